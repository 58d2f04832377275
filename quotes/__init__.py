"""Who said what in Indonesian news, and for which side.

:func:`analyze` takes the text of one article, :func:`report` folders of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quotes.api import analyze, report

__version__ = "0.1.0"
__all__ = ["__version__", "analyze", "report"]


def __getattr__(name: str) -> Any:
    # Loaded when they are asked for: `import quotes` and `quotes --help` stay quick.
    if name in ("analyze", "report"):
        return getattr(import_module("quotes.api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
