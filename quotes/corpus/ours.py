"""Files that ``quotes`` wrote, recognised wherever they lie, by what they hold."""

from __future__ import annotations

import re
from collections.abc import Collection

from quotes import tables

#: A file of this name tells that every file of its folder is ours; the folder is left out.
MARKER = ".written-by-quotes"

#: What a page that ``quotes`` wrote has in its head, and an artefact near its beginning.
PAGE_MARK = re.compile(rb'<meta\s+name="?generator"?\s+content="quotes\b', re.IGNORECASE)
ARTEFACT_MARK = re.compile(rb'"(?:program|kind)"\s*:\s*"quotes\b')

#: How many bytes of a file are looked at.
HEAD = 1 << 12

#: What our tables are called, without suffix.
TABLE_NAMES = frozenset({"quotes", "speakers", "articles", "stance", "problems"})

# A model of the user's own sides gives articles.csv other stance columns.
_ARTICLES = frozenset(tables.ARTICLES[: tables.ARTICLES.index("attributed") + 1])
_TABLES = tuple(map(frozenset, (tables.QUOTES, tables.SPEAKERS, tables.STANCE, tables.PROBLEMS)))
_CORRECTIONS = frozenset({"article_id", "start", "end", "text"})
_CORRECTED = frozenset({"kind", "speaker", "role", "stance"})


def is_our_table(columns: Collection[str]) -> bool:
    """Whether a table of these columns is one of ours, or a table of corrections to one."""
    found = frozenset(columns)
    if found >= _ARTICLES or any(found >= table for table in _TABLES):
        return True
    return found >= _CORRECTIONS and bool(found & _CORRECTED)


def is_our_page(head: bytes) -> bool:
    """Whether an HTML file that begins like this is a report of ours."""
    return bool(PAGE_MARK.search(head))


def is_our_artefact(head: bytes) -> bool:
    """Whether a JSON file that begins like this is a run record or a model of ours."""
    return bool(ARTEFACT_MARK.search(head))
