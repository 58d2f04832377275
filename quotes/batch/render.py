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

from quotes.tables import DECIMALS, FLOATS, QUOTES, SPEAKER_ID, Cell, Format, Row, spreadsheet_safe

#: Stands for a speaker's id until it is known; drawn anew in each process, so that no article can hold it.
_TOKEN = f"id-{secrets.token_hex(16)}"
_END = "\r\n"
_SCORES = tuple(place for place, name in enumerate(QUOTES) if name in FLOATS)


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
        return self._lines(list(map(spreadsheet_safe, rows)) if self._safe else rows)

    def quotes(self, rows: Sequence[Row], known: Sequence[bool]) -> tuple[bytes, list[int]]:
        """Lines of the quotes table, and the cuts of those whose speaker is ``known``."""
        if self._safe:
            rows = list(map(spreadsheet_safe, rows))
        return _cut(self._lines(list(map(_csv_quote, rows, known))), self._token)

    @staticmethod
    def speaker_id(name: str) -> bytes:
        """What is put at a cut; ids hold nothing that needs quoting."""
        return name.encode()

    def _lines(self, rows: Sequence[Sequence[Cell]]) -> bytes:
        self._write(rows)
        text = "".join(self._pieces)
        self._pieces.clear()
        return text.encode("utf-8", "replace")


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

    def quotes(self, rows: Sequence[Row], known: Sequence[bool]) -> tuple[bytes, list[int]]:
        """Lines of the quotes table, and the cuts of those whose speaker is ``known``."""
        return _cut(self.rows(QUOTES, list(map(_with_token, rows, known))), self._token)

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


def _csv_quote(row: Row, known: bool) -> list[Cell]:
    cells = list(row)
    if known:
        cells[SPEAKER_ID] = _TOKEN
    for place in _SCORES:
        if cells[place] is not None:
            # Fixed decimals, so that a probability looks the same everywhere.
            cells[place] = f"{cells[place]:.{DECIMALS}f}"
    return cells


def _with_token(row: Row, known: bool) -> Row:
    return (*row[:SPEAKER_ID], _TOKEN, *row[SPEAKER_ID + 1 :]) if known else row


def _cut(lines: bytes, token: bytes) -> tuple[bytes, list[int]]:
    """``lines`` without the tokens, and where these were."""
    pieces = lines.split(token)
    cuts = []
    place = 0
    for piece in pieces[:-1]:
        place += len(piece)
        cuts.append(place)
    return b"".join(pieces), cuts
