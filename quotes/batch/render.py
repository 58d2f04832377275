"""Rows to bytes, in the words of each format.

Workers render; the parent only puts pieces together. A row of the quotes table is rendered
before its ``speaker_id`` is known: the place where the id belongs (a *cut*) is kept beside
the bytes, and :meth:`Format.speaker_id` gives what goes there.

Parquet tables are rendered as JSON lines on their way and become columns in the end.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence

from quotes.tables import DECIMALS, SPEAKER_ID, Cell, Format, Row, spreadsheet_safe

_END = "\r\n"


class CsvRenderer:
    """RFC 4180: comma, CR LF, quotes only where they are needed, empty cell for unknown."""

    def __init__(self, safe: bool = False) -> None:
        self._safe = safe
        self._pieces: list[str] = []
        # The writer quotes cells with either character of its line end: no other line end will do.
        self._line = csv.writer(_Sink(self._pieces.append), lineterminator=_END).writerow

    def header(self, columns: Sequence[str]) -> bytes:
        """The first line of a table."""
        return self.row(columns, tuple(columns))

    def row(self, columns: Sequence[str], row: Row) -> bytes:
        """One line."""
        self._line(_csv_cells(spreadsheet_safe(row) if self._safe else row))
        return self._taken()

    def quote(self, columns: Sequence[str], row: Row) -> tuple[bytes, bytes]:
        """A line of the quotes table in two pieces; the speaker's id belongs between them."""
        cells = _csv_cells(spreadsheet_safe(row) if self._safe else row)
        self._line(cells[:SPEAKER_ID])
        before = self._taken()[: -len(_END)] + b","
        # The empty cell in front stands for the id and gives the comma after it.
        self._line(("", *cells[SPEAKER_ID + 1 :]))
        return before, self._taken()

    @staticmethod
    def speaker_id(name: str) -> bytes:
        """What is put at a cut; ids hold nothing that needs quoting."""
        return name.encode()

    def _taken(self) -> bytes:
        text = self._pieces.pop()
        return text.encode("utf-8", "replace")


class JsonRenderer:
    """One object a line, keys in the order of the columns, null for unknown."""

    def __init__(self, safe: bool = False) -> None:
        self._safe = safe
        self._encode = json.JSONEncoder(ensure_ascii=False).encode

    def header(self, columns: Sequence[str]) -> bytes:
        """Nothing: every line names its columns."""
        return b""

    def row(self, columns: Sequence[str], row: Row) -> bytes:
        """One line."""
        cells = spreadsheet_safe(row) if self._safe else row
        line = self._encode(dict(zip(columns, cells, strict=True)))
        return f"{line}\n".encode("utf-8", "replace")

    def quote(self, columns: Sequence[str], row: Row) -> tuple[bytes, bytes]:
        """A line of the quotes table in two pieces; the speaker's id belongs between them."""
        cells = spreadsheet_safe(row) if self._safe else row
        before = self._encode(dict(zip(columns[:SPEAKER_ID], cells, strict=False)))
        after = self._encode(dict(zip(columns[SPEAKER_ID + 1 :], cells[SPEAKER_ID + 1 :], strict=True)))
        return (
            f'{before[:-1]}, "{columns[SPEAKER_ID]}": '.encode("utf-8", "replace"),
            f", {after[1:]}\n".encode("utf-8", "replace"),
        )

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


def _csv_cells(row: Row) -> Sequence[Cell]:
    # Fixed decimals, so that a probability looks the same on every machine.
    return [f"{cell:.{DECIMALS}f}" if type(cell) is float else cell for cell in row]
