"""Which columns of a record are its text, its id and its date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from quotes.corpus.source import Source

#: Column names taken for the text, and for the date, where none is named; first match wins.
TEXT_COLUMNS = (
    "text",
    "content",
    "body",
    "article",
    "isi",
    "teks",
    "konten",
    "isi_berita",
    "naskah",
    "artikel",
)
DATE_COLUMNS = (
    "date", "published", "published_at", "publish_date", "pubdate", "date_published",
    "tanggal", "tanggal_terbit", "tgl", "waktu", "timestamp", "created_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Columns:
    """The user's choice of columns; None takes the usual names (and no id column)."""

    text: str | None = None
    id: str | None = None
    date: str | None = None


def check_columns(sources: Iterable[Source], columns: Columns) -> None:
    """Look at the heads of record files for the columns that were named.

    Costs one open per record file; call it before a run when a column is named, so that
    a wrong name is found before the work, not in the middle of it.

    Raises:
        UsageError: a named column is missing; the text lists the columns there are.
    """
    raise NotImplementedError
