"""Language data: TOML files a linguist can review, loaded and checked.

One folder per language (``id`` is Indonesian), one file per idea, one typed section
per file. A section is loaded when it is first asked for.
"""

from __future__ import annotations

from quotes.lexicon.loader import Lexicon, load

__all__ = ["Lexicon", "load"]
