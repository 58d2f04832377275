"""Finished tables read back as streams of rows, whatever their format.

The page and the check of corrections read what the run has written; a table is never held whole.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from quotes.errors import RunError

#: What a spreadsheet takes for the start of a formula; ``--spreadsheet-safe`` puts an apostrophe before.
FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")

_BATCH = 4096


class Tables(NamedTuple):
    """The output folder of a run, and how its tables were written.

    ``format`` is ``csv``, ``parquet`` or ``jsonl``; ``spreadsheet_safe`` tells whether
    apostrophes are to be taken off again.
    """

    folder: Path
    format: str = "csv"
    spreadsheet_safe: bool = False

    def path(self, table: str) -> Path:
        """Where a table lies; RunError where it does not."""
        path = self.folder / f"{table}.{self.format}"
        if not path.is_file():
            raise RunError(f"{path}: table missing; run `quotes report` into this folder again")
        return path


def rows(tables: Tables, table: str, columns: Iterable[str]) -> Iterator[list[str]]:
    """The cells of ``columns``, row by row, as strings (``""`` for unknown).

    Args:
        tables: the finished tables.
        table: name without suffix, e.g. ``quotes``.
        columns: the columns wanted, in the order wanted.

    Raises:
        RunError: the table is missing or lacks a column.
    """
    found = _READERS[tables.format](tables.path(table), list(columns))
    if not tables.spreadsheet_safe:
        return found
    return ([bare(cell) for cell in row] for row in found)


def header(tables: Tables, table: str) -> list[str]:
    """The names of the table's columns, in order (for ``jsonl``: of its first row)."""
    path = tables.path(table)
    if tables.format == "parquet":
        import pyarrow.parquet as pq

        return list(pq.read_schema(path).names)
    with path.open(encoding="utf-8", newline="") as lines:
        if tables.format == "jsonl":
            first = next(lines, "")
            return list(json.loads(first)) if first.strip() else []
        return next(csv.reader(lines), [])


def bare(cell: str) -> str:
    """``cell`` without the apostrophe that ``--spreadsheet-safe`` put before it."""
    if cell[:1] == "'" and cell[1:2] in FORMULA_STARTS and len(cell) > 1:
        return cell[1:]
    return cell


def allow_long_cells() -> None:
    """Lift the csv module's limit of 128 KiB a cell: one quoted span may be longer."""
    csv.field_size_limit(sys.maxsize)


def _csv_rows(path: Path, columns: list[str]) -> Iterator[list[str]]:
    allow_long_cells()
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        places = _places(path, next(reader, []), columns)
        chosen = itemgetter(*places) if len(places) > 1 else lambda row: (row[places[0]],)
        yield from map(list, map(chosen, reader))


def _jsonl_rows(path: Path, columns: list[str]) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            record = json.loads(line)
            yield [_cell(record.get(column)) for column in columns]


def _parquet_rows(path: Path, columns: list[str]) -> Iterator[list[str]]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        _places(path, file.schema_arrow.names, columns)
        for batch in file.iter_batches(batch_size=_BATCH, columns=columns):
            values = [batch.column(column).to_pylist() for column in columns]
            for row in zip(*values, strict=True):
                yield [_cell(value) for value in row]


_READERS = {"csv": _csv_rows, "jsonl": _jsonl_rows, "parquet": _parquet_rows}


def _places(path: Path, found: list[str], columns: list[str]) -> list[int]:
    missing = [column for column in columns if column not in found]
    if missing:
        raise RunError(f"{path}: column {missing[0]} missing; run `quotes report` into this folder again")
    return [found.index(column) for column in columns]


def _cell(value: Any) -> str:
    return "" if value is None else str(value)
