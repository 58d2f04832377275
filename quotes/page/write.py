"""Finished tables in, ``report.html`` out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from quotes.errors import RunError

#: The page holds the details (quotes and texts) of at most this many articles …
MAX_ARTICLES = 20_000
#: … and of no more articles once their packed details reach this many bytes.
MAX_BYTES = 24_000_000


class Source(NamedTuple):
    """What the page wants of an article besides its rows in the tables.

    ``text`` may be None where it is not at hand: the article view then lists the
    quotes without the text around them. Texts beyond the first ``MAX_ARTICLES``
    articles of the table are never used and may be None as well.
    """

    article_id: str
    date: str | None
    text: str | None


def write_page(
    folder: Path,
    *,
    format: str = "csv",
    sources: Iterable[Source] = (),
    spreadsheet_safe: bool = False,
    title: str | None = None,
) -> Path:
    """Write ``folder/report.html`` from the five finished tables in ``folder``.

    The tables are read as streams, the texts only as far as the page holds them, so that
    memory is bounded by ``MAX_BYTES`` whatever the size of the tables. The same tables
    and sources give the same bytes. The page appears complete or not at all.

    Args:
        folder: the output folder with ``quotes``, ``speakers``, ``articles``, ``stance``
            and ``problems`` in ``format``.
        format: ``csv``, ``parquet`` or ``jsonl``, as in ``--format``.
        sources: dates and texts of articles, consumed once, in the order of the articles
            table; articles may be missing.
        spreadsheet_safe: whether the tables were written with ``--spreadsheet-safe``.
        title: heading of the page.

    Returns:
        The path of the page.

    Raises:
        RunError: a table is missing or the page cannot be written.
    """
    raise RunError("the page cannot be written yet")
