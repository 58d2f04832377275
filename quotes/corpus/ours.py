"""Files that ``quotes`` wrote, recognised wherever they lie."""

from __future__ import annotations

#: A file of this name tells that every file of its folder is ours; the folder is left out.
MARKER = ".written-by-quotes"
