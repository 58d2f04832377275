"""Rows of a CSV table, one at a time, however long their fields."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterator
from io import BufferedReader

from quotes.corpus.columns import Columns, choose, listed
from quotes.corpus.encodings import UndecodableError, mend, stream_encoding
from quotes.corpus.ours import is_our_table
from quotes.corpus.record import bad_record, make_article
from quotes.corpus.source import Source, Trouble
from quotes.records import Article, Problem

#: Delimiters tried where the comma makes one column of the header (spreadsheets write them too).
_OTHER_DELIMITERS = ";\t|"
#: The line that Excel may leave before the header.
_HINT = re.compile(r"sep=([,;\t|])", re.IGNORECASE)


def read_csv(stream: BufferedReader, source: Source, columns: Columns) -> Iterator[Article | Trouble]:
    """The articles of a CSV stream; a row without text is its trouble.

    Raises:
        UsageError: a named column is missing.
    """
    table = _Table(stream)
    if table.problem:
        yield Trouble(source.article_id, table.problem)
    if is_our_table(table.header):
        return
    if not table.header:
        yield Trouble(source.article_id, Problem("empty", None, "no row in it"))
        return
    chosen = choose(table.header, columns, source.article_id)
    if chosen.text is None:
        yield Trouble(source.article_id, no_text_column(table.header))
        return
    text, given_id, date = (table.header.index(name) if name else None for name in chosen)
    number = 0
    for number, row in enumerate(table.rows(), 1):
        if row is None:
            yield bad_record(source, number, "a quotation mark opens a field and nothing closes it")
            continue
        cells = [
            row[place] if place is not None and place < len(row) else None for place in (text, given_id, date)
        ]
        yield make_article(source, number, *cells)
    if number == 0:
        yield Trouble(source.article_id, Problem("empty", None, "no row below the header"))


def csv_columns(stream: BufferedReader) -> list[str]:
    """The names in the header row."""
    return _Table(stream).header


def no_text_column(there: list[str]) -> Problem:
    """The problem of a table that has none of the usual text columns."""
    return Problem("no_text", None, f"no text column; name one of {listed(there)} with --text-column")


class _Table:
    """A CSV stream: its header, then its rows. Bytes that are not UTF-8 stand as surrogates."""

    def __init__(self, stream: BufferedReader) -> None:
        csv.field_size_limit(sys.maxsize)
        codec, self.problem = stream_encoding(stream.peek(4)[:4])
        errors = "replace" if self.problem else "surrogateescape"
        self._lines = iter(io.TextIOWrapper(stream, encoding=codec, errors=errors, newline=""))
        self._record: list[str] = []
        self._ended = False
        self._delimiter = ","
        first = next(csv.reader(self._kept()), [])
        if hint := _HINT.fullmatch(",".join(first)):
            self._delimiter = hint[1]
            self._record.clear()
            first = next(csv.reader(self._kept(), delimiter=self._delimiter), [])
        elif len(first) == 1:
            for delimiter in _OTHER_DELIMITERS:
                if delimiter in first[0]:
                    self._delimiter = delimiter
                    first = next(csv.reader(self._record, delimiter=delimiter), first)
                    break
        self.header = [_name(cell) for cell in first]

    def rows(self) -> Iterator[list[str] | None]:
        """The rows that hold something; None for a last one whose quoted field never ends."""
        reader = csv.reader(self._kept(), delimiter=self._delimiter)
        self._record.clear()
        for row in reader:
            if row:
                yield row if not self._ended or self._closed() else None
            self._record.clear()

    def _kept(self) -> Iterator[str]:
        """The lines, those of the record at hand remembered."""
        for line in self._lines:
            self._record.append(line)
            yield line
        self._ended = True

    def _closed(self) -> bool:
        try:
            list(csv.reader(self._record, delimiter=self._delimiter, strict=True))
        except csv.Error as error:
            return "end of data" not in str(error)
        return True


def _name(cell: str) -> str:
    try:
        return mend(cell).text.strip()
    except UndecodableError:
        return cell.encode("ascii", "replace").decode()
