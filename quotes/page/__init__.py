"""``report.html``: one self-contained page made of the finished tables.

The package is called ``page`` because ``quotes.report`` is the public function.
"""

from __future__ import annotations

from quotes.page.gather import Source
from quotes.page.write import write_page

__all__ = ["Source", "write_page"]
