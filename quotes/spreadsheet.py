"""Tables that people make: by hand, in a spreadsheet, or by editing one of ours.

Comma, semicolon and tab are understood as separators, UTF-8 (with or without byte-order mark),
UTF-16 and Windows-1252 as encodings, any line ends, and the line ``sep=;`` that Excel may
leave before the header.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from quotes import stored
from quotes.errors import LabelsError

_SEPARATORS = ",;\t"
#: How files of Excel and LibreOffice begin: .xlsx and .ods, .xls.
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class Line(NamedTuple):
    """A row that holds something.

    Attributes:
        number: as a spreadsheet counts: the header is row 1.
        cells: by the column's name in lower case; empty where the row is shorter than the header.
        beyond: whether it has cells that no column names.
    """

    number: int
    cells: dict[str, str]
    beyond: bool


def read(path: Path, required: Sequence[str], known: Collection[str], described: str) -> Iterator[Line]:
    """The rows below the header, blank ones left out.

    Args:
        path: the file.
        required: columns that must be there.
        known: further columns that may stand there once.
        described: what such a file has, for messages.

    Raises:
        LabelsError: the file cannot be read, lacks a column, has one twice, or is no table.
    """
    stored.allow_long_cells()
    text = _decoded(path)
    # Strict: a quotation mark that nothing closes would swallow the rows behind it.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text, required), strict=True)
    names: list[str] = []
    try:
        for number, cells in enumerate(reader, 1):
            if not any(cell.strip() for cell in cells) or (not names and _is_hint(cells)):
                continue
            if not names:
                names = _checked(path, cells, required, known, described)
                continue
            beyond = any(cell.strip() for cell in cells[len(names) :])
            whole = dict.fromkeys(names, "") | dict(zip(names, cells, strict=False))
            yield Line(number, whole, beyond)
    except csv.Error as error:
        reason = str(error)
        if "end of data" in reason:
            reason = "a quotation mark opens a cell and nothing closes it"
        raise LabelsError(f"{path}, line {reader.line_num}: not a table ({reason})") from None
    if not names:
        raise LabelsError(f"{path}: the file is empty; {described}")


def _decoded(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise LabelsError(f"{path}: cannot be read ({error.strerror})") from None
    if raw.startswith(_WORKBOOKS):
        raise LabelsError(f"{path}: a workbook, not a text file; save it as CSV UTF-8 and give that file")
    encodings = ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise LabelsError(f"{path}: neither UTF-8 nor a spreadsheet's encoding; save it as CSV UTF-8")


def _separator(text: str, required: Sequence[str]) -> str:
    """The separator under which the header has most of the required columns; a comma, if none is better."""

    def found(separator: str) -> int:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        header: list[str] = next((row for row in rows if any(row) and not _is_hint(row)), [])
        return len(set(required) & {_name(cell) for cell in header})

    return max(_SEPARATORS, key=found)


def _is_hint(cells: Sequence[str]) -> bool:
    return bool(cells) and cells[0].strip().lower().startswith("sep=")


def _checked(
    path: Path, cells: Sequence[str], required: Sequence[str], known: Collection[str], described: str
) -> list[str]:
    """The names of the columns."""
    names = [_name(cell) for cell in cells]
    for column in required:
        if column not in names:
            there = ", ".join(filter(None, names[:30]))
            raise LabelsError(f"{path}: column {column} missing; {described}; this one has {there[:300]}")
    for column in (*required, *known):
        if names.count(column) > 1:
            raise LabelsError(f"{path}: column {column} stands twice; remove or rename one of the two")
    return names


def _name(cell: str) -> str:
    return cell.strip().strip("'\"\ufeff").strip().lower()
