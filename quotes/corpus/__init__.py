"""Folders, files, records and addresses in, articles out.

Two steps. :func:`list_sources` is a cheap listing, in the order of the tables, that opens
no file. :func:`read_source` reads one source and yields its articles one after another, so
that memory holds one record at a time. Sources, columns and what comes out are picklable:
a worker can read what the listing found.

    for source in list_sources(["berita/", "s3://bucket/arsip/"], skip=["reports/"]):
        for item in read_source(source, Columns(text="isi")):
            ...  # an Article, or a Trouble: a row of problems.csv without an article

Files that ``quotes`` wrote itself yield nothing. A folder whose every file is ours (saved
texts, state) tells so by holding :data:`MARKER`.
"""

from __future__ import annotations

from quotes.corpus.columns import Columns
from quotes.corpus.ids import Ids
from quotes.corpus.listing import list_sources
from quotes.corpus.ours import MARKER
from quotes.corpus.read import check_columns, read_source
from quotes.corpus.source import FAILURES, Source, Trouble

__all__ = [
    "FAILURES",
    "MARKER",
    "Columns",
    "Ids",
    "Source",
    "Trouble",
    "check_columns",
    "list_sources",
    "read_source",
]
