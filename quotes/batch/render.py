"""Rows to bytes, in the words of each format.

Workers render; the parent only puts pieces together. Rows of the quotes table are rendered
before their ``speaker_id`` is known: the places where ids belong (*cuts*) are kept beside
the bytes, and :meth:`speaker_id` gives what goes there.

Parquet tables are rendered as JSON lines on their way and become columns in the end.
"""

from __future__ import annotations

import csv
import json
import secrets
from collections.abc import Callable, Sequence

from quotes.records import Quote
from quotes.tables import DECIMALS, QUOTES, Format, Row, quote_row, spreadsheet_safe

#: Stands for a speaker's id until it is known; drawn anew in each process, so that no article can hold it.
_TOKEN = f"id-{secrets.token_hex(16)}"
_END = "\r\n"


class CsvRenderer:
    """RFC 4180: comma, CR LF, quotes only where they are needed, empty cell for unknown."""

    _token = _TOKEN.encode()

    def __init__(self, safe: bool = False) -> None:
        self._safe = safe
        self._pieces: list[str] = []
        self._write = csv.writer(_Sink(self._pieces.append), lineterminator=_END).writerows

    def header(self, columns: Sequence[str]) -> bytes:
        """The first line of a table."""
        return self.rows(columns, [tuple(columns)])

    def rows(self, columns: Sequence[str], rows: Sequence[Row]) -> bytes:
        """Lines without probabilities."""
        self._write(map(spreadsheet_safe, rows) if self._safe else rows)
        text = "".join(self._pieces)
        self._pieces.clear()
        return text.encode("utf-8", "replace")

    def quotes(
        self, article_id: str, quotes: Sequence[Quote], known: Sequence[bool]
    ) -> tuple[bytes, list[int]]:
        """Lines of the quotes table, and the cuts of those whose speaker is ``known``."""
        rows = [_csv_quote(article_id, *both) for both in zip(quotes, known, strict=True)]
        return _cut(self.rows(QUOTES, rows), self._token)

    @staticmethod
    def speaker_id(name: str) -> bytes:
        """What is put at a cut; ids hold nothing that needs quoting."""
        return name.encode()


class JsonRenderer:
    """One object a line, keys in the order of the columns, null for unknown."""

    _token = f'"{_TOKEN}"'.encode()

    def __init__(self, safe: bool = False) -> None:
        self._safe = safe
        self._encode = json.JSONEncoder(ensure_ascii=False).encode

    def header(self, columns: Sequence[str]) -> bytes:
        """Nothing: every line names its columns."""
        return b""

    def rows(self, columns: Sequence[str], rows: Sequence[Row]) -> bytes:
        """Lines."""
        cells = map(spreadsheet_safe, rows) if self._safe else rows
        lines = [f"{self._encode(dict(zip(columns, row, strict=True)))}\n" for row in cells]
        return "".join(lines).encode("utf-8", "replace")

    def quotes(
        self, article_id: str, quotes: Sequence[Quote], known: Sequence[bool]
    ) -> tuple[bytes, list[int]]:
        """Lines of the quotes table, and the cuts of those whose speaker is ``known``."""
        rows = [
            quote_row(article_id, quote, _TOKEN if is_known else None)
            for quote, is_known in zip(quotes, known, strict=True)
        ]
        return _cut(self.rows(QUOTES, rows), self._token)

    @staticmethod
    def speaker_id(name: str) -> bytes:
        """What is put at a cut; ids hold nothing that needs escaping."""
        return f'"{name}"'.encode()


Renderer = CsvRenderer | JsonRenderer


def renderer(format: Format, *, safe: bool = False) -> Renderer:
    """The renderer of an output format."""
    return CsvRenderer(safe) if format == "csv" else JsonRenderer(safe)


class _Sink:
    """The least a csv writer needs: it calls ``write`` once a row."""

    __slots__ = ("write",)

    def __init__(self, write: Callable[[str], None]) -> None:
        self.write = write


def _csv_quote(article_id: str, quote: Quote, known: bool) -> Row:
    """:func:`~quotes.tables.quote_row` with fixed decimals: a probability looks the same everywhere."""
    sure, score = quote.stance_score, quote.score
    return (
        article_id, *quote[:12], _TOKEN if known else None, *quote[13:17],
        None if sure is None else f"{sure:.{DECIMALS}f}", quote.rule,
        None if score is None else f"{score:.{DECIMALS}f}",
    )  # fmt: skip


def _cut(lines: bytes, token: bytes) -> tuple[bytes, list[int]]:
    """``lines`` without the tokens, and where these were."""
    pieces = lines.split(token)
    cuts = []
    place = 0
    for piece in pieces[:-1]:
        place += len(piece)
        cuts.append(place)
    return b"".join(pieces), cuts
