"""Tables as files: rendered lines in, a table of the wanted format out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from quotes import tables
from quotes.batch.options import Settings
from quotes.batch.render import renderer

#: Rows of a row group of Parquet: the same whatever the batches were.
ROW_GROUP = 65_536
#: Rows that are rendered at once.
_SOME = 1000


class LineWriter:
    """CSV and JSON lines: what comes in is what the file holds, after the header."""

    def __init__(self, path: Path, columns: Sequence[str], format: tables.Format) -> None:
        self._out: IO[bytes] = path.open("wb")
        self._out.write(renderer(format).header(columns))

    def write(self, lines: bytes) -> None:
        """Add rendered rows."""
        self._out.write(lines)

    def close(self) -> None:
        """Finish the file."""
        self._out.close()


class ParquetWriter:
    """Parquet with the types of the columns; rows come as JSON lines."""

    def __init__(self, path: Path, types: dict[str, type]) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        arrow: dict[type, Any] = {str: pa.string(), int: pa.int64(), float: pa.float64()}
        self._schema = pa.schema([(name, arrow[kind]) for name, kind in types.items()])
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[dict[str, tables.Cell]] = []

    def write(self, lines: bytes) -> None:
        """Add rendered rows."""
        for line in lines.split(b"\n"):
            if line:
                self._rows.append(json.loads(line))
                if len(self._rows) == ROW_GROUP:
                    self._flush()

    def close(self) -> None:
        """Finish the file."""
        if self._rows:
            self._flush()
        self._writer.close()

    def _flush(self) -> None:
        import pyarrow as pa

        self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
        self._rows.clear()


class TableWriter:
    """One table on its way to a file; a context manager.

    Args:
        path: the file.
        table: one of ``tables.NAMES``.
        settings: format and labels of the run.
    """

    def __init__(self, path: Path, table: str, settings: Settings) -> None:
        self._columns = tables.columns(table, settings.labels)
        self._render = renderer(settings.format, safe=settings.safe)
        self._writer: LineWriter | ParquetWriter
        if settings.format == "parquet":
            self._writer = ParquetWriter(path, tables.types(table, settings.labels))
        else:
            self._writer = LineWriter(path, self._columns, settings.format)

    def write(self, lines: bytes) -> None:
        """Add rows that are rendered already."""
        self._writer.write(lines)

    def rows(self, rows: Iterable[tables.Row]) -> None:
        """Add rows."""
        waiting = iter(rows)
        while some := list(islice(waiting, _SOME)):
            self._writer.write(self._render.rows(self._columns, some))

    def close(self) -> None:
        """Finish the file."""
        self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
