"""Rows of a Parquet table, in batches that stay small."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from io import BufferedReader
from typing import Any

from quotes.corpus.columns import Columns, choose
from quotes.corpus.csv_rows import no_text_column
from quotes.corpus.ours import is_our_table
from quotes.corpus.record import make_article
from quotes.corpus.source import Source, Trouble
from quotes.records import Article, Problem

#: Bytes of text held at a time, as far as the table's own statistics tell.
_BATCH_BYTES = 1 << 23
_BATCH_ROWS = 1024


def read_parquet(stream: BufferedReader, source: Source, columns: Columns) -> Iterator[Article | Trouble]:
    """The articles of a Parquet file; a row without text is its trouble.

    Raises:
        UsageError: a named column is missing.
    """
    with tempfile.TemporaryFile() as spool:
        file = _open(stream, source, spool)
        there = list(file.schema_arrow.names)
        if is_our_table(there):
            return
        chosen = choose(there, columns, source.article_id)
        if chosen.text is None:
            yield Trouble(source.article_id, no_text_column(there))
            return
        rows = file.metadata.num_rows
        if rows == 0:
            yield Trouble(source.article_id, Problem("empty", None, "no row in it"))
            return
        wanted = [name for name in chosen if name]
        number = 0
        for batch in file.iter_batches(batch_size=_batch_rows(file.metadata), columns=wanted):
            cells = {name: _values(batch.column(name)) for name in wanted}
            nothing = [None] * batch.num_rows
            for row in zip(*(cells[name] if name else nothing for name in chosen), strict=True):
                number += 1
                yield make_article(source, number, *row)


def parquet_columns(stream: BufferedReader, source: Source) -> list[str]:
    """The names of the columns."""
    with tempfile.TemporaryFile() as spool:
        return list(_open(stream, source, spool).schema_arrow.names)


def _values(column: Any) -> list[Any]:
    try:
        return list(column.to_pylist())
    except (ValueError, OverflowError):  # a time outside the calendar costs a date, not the articles
        return [_value(cell) for cell in column]


def _value(cell: Any) -> Any:
    try:
        return cell.as_py()
    except (ValueError, OverflowError):
        return None


def _open(stream: BufferedReader, source: Source, spool: Any) -> Any:
    """The table; a compressed file is unpacked into ``spool`` first, for Parquet is read from its end."""
    import pyarrow.parquet as pq

    if source.compression is None:
        return pq.ParquetFile(stream)
    shutil.copyfileobj(stream, spool)
    spool.seek(0)
    return pq.ParquetFile(spool)


def _batch_rows(metadata: Any) -> int:
    size = int(sum(metadata.row_group(i).total_byte_size for i in range(metadata.num_row_groups)))
    return max(1, min(_BATCH_ROWS, _BATCH_BYTES * int(metadata.num_rows) // max(1, size)))
