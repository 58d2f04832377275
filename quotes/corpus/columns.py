"""Which columns of a record are its text, its id and its date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from quotes.errors import UsageError

#: Column names taken for the text where none is named; the first that is there.
TEXT_COLUMNS = (
    "text", "content", "body", "article",
    "isi", "teks", "konten", "berita", "isi_berita", "naskah", "artikel",
)  # fmt: skip

#: Column names taken for the date where none is named; the first that is there.
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

    def named(self) -> list[tuple[str, str]]:
        """The choices made, as ``(option, column)``."""
        pairs = (("--text-column", self.text), ("--id-column", self.id), ("--date-column", self.date))
        return [(option, column) for option, column in pairs if column is not None]


class Chosen(NamedTuple):
    """The columns of one table; ``text`` is None where it has none of the usual names."""

    text: str | None
    id: str | None
    date: str | None


def choose(there: Sequence[str], columns: Columns, place: str) -> Chosen:
    """The columns to read of those that are ``there``.

    Raises:
        UsageError: a named column is missing; the text lists those there are.
    """
    for option, column in columns.named():
        if column not in there:
            raise UsageError(f"{place}: no column {column!r} ({option}); there are {listed(there)}")
    return Chosen(
        columns.text or _usual(TEXT_COLUMNS, there), columns.id, columns.date or _usual(DATE_COLUMNS, there)
    )


def listed(there: Sequence[str]) -> str:
    """Column names for a message."""
    shown = ", ".join(repr(name) for name in there[:30])
    return (shown + (", …" if len(there) > 30 else "")) or "none"


def _usual(names: Sequence[str], there: Sequence[str]) -> str | None:
    by_lower = {column.strip().lower(): column for column in reversed(there)}
    return next((by_lower[name] for name in names if name in by_lower), None)
