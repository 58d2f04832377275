"""One source in, its articles out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from quotes.corpus import ours
from quotes.corpus.columns import Columns, choose
from quotes.corpus.csv_rows import csv_columns, read_csv
from quotes.corpus.encodings import Decoded, UndecodableError, decode
from quotes.corpus.json_lines import json_columns, read_json_lines
from quotes.corpus.packing import describe, open_source
from quotes.corpus.parquet_rows import parquet_columns, read_parquet
from quotes.corpus.source import FAILURES, Source, Trouble
from quotes.corpus.web_page import decode_page, read_page
from quotes.errors import QuotesError, RunError
from quotes.records import Article, Problem

_READERS = {"jsonl": read_json_lines, "csv": read_csv, "parquet": read_parquet}


def read_source(source: Source, columns: Columns | None = None) -> Iterator[Article | Trouble]:
    """The articles of one source, in order; what cannot be read is a :class:`Trouble`.

    An article keeps what was said while reading it (``guessed_encoding``) in its
    ``problems``. Records have ``Article.record``, their number from 1, and with
    ``columns.id`` the id their column gives, repeated ones as they are (see
    :class:`quotes.corpus.Ids`). A stream that breaks off gives the records before the
    break and one ``unreadable``. A file that ``quotes`` wrote yields nothing.

    Raises:
        UsageError: a named column is missing; the text lists the columns there are.
        RunError: a library that reads this format is not installed.
    """
    columns = columns or Columns()
    if source.problem and source.problem.code in FAILURES:
        yield Trouble(source.article_id, source.problem)
        return
    count = 0
    try:
        for item in _items(source, columns):
            count += 1
            yield item
    except QuotesError:
        raise
    except ImportError as error:  # not the file's fault
        raise RunError(
            f"{source.article_id}: a library is missing ({describe(error)}); install quotes anew"
        ) from None
    except Exception as error:  # whatever a damaged file makes a library raise: the rest goes on
        message = f"breaks off after record {count}: " if source.holds_records and count else ""
        yield Trouble(source.article_id, Problem("unreadable", None, message + describe(error)))


def check_columns(sources: Iterable[Source], columns: Columns) -> None:
    """Look at the heads of record files for the columns that were named.

    Costs one open per record file; call it before a run when a column is named, so that
    a wrong name is found before the work, not in the middle of it.

    Raises:
        UsageError: a named column is missing; the text lists the columns there are.
    """
    if not columns.named():
        return
    for source in sources:
        there = _columns_there(source)
        if there and not ours.is_our_table(there):
            choose(there, columns, source.article_id)


def _columns_there(source: Source) -> list[str]:
    if not source.holds_records or (source.problem and source.problem.code in FAILURES):
        return []
    try:
        with open_source(source) as stream:
            if source.format == "parquet":
                return parquet_columns(stream, source)
            return json_columns(stream) if source.format == "jsonl" else csv_columns(stream)
    except Exception:  # the reading itself will tell what is wrong with the file
        return []


def _items(source: Source, columns: Columns) -> Iterator[Article | Trouble]:
    if source.format is None:
        if not _is_our_artefact(source):
            yield Trouble(source.article_id, Problem("unsupported", None, _unsupported(source)))
    elif source.format in _READERS:
        if source.problem:
            yield Trouble(source.article_id, source.problem)
        if source.format == "jsonl":
            check_columns([source], columns)
        with open_source(source) as stream:
            for item in _READERS[source.format](stream, source, columns):
                if not (_is_empty(item, source) and _is_our_empty_table(source)):
                    yield item
    else:
        with open_source(source) as stream:
            data = stream.read()
        if not data.strip(b" \t\r\n\f\v\xef\xbb\xbf"):
            yield Trouble(source.article_id, Problem("empty", None, "the file is empty"))
        else:
            yield from _single(source, data)


def _single(source: Source, data: bytes) -> Iterator[Article | Trouble]:
    """The article that a whole file is."""
    try:
        decoded = decode_page(data) if source.format == "html" else decode(data)
    except UndecodableError as error:
        yield Trouble(source.article_id, Problem("undecodable", None, str(error)))
        return
    notes = tuple(problem for problem in (source.problem, decoded.problem) if problem)
    if source.format == "html":
        if not ours.is_our_page(data[: ours.HEAD]):
            yield _page(source, decoded, notes)
    elif decoded.text.isspace() or not decoded.text:
        yield Trouble(source.article_id, Problem("empty", None, "nothing but white space"))
    else:
        yield Article(source.article_id, decoded.text, None, notes)


def _page(source: Source, decoded: Decoded, notes: tuple[Problem, ...]) -> Article | Trouble:
    page = read_page(decoded.text)
    if page.text is None:
        return Trouble(source.article_id, Problem("no_text", None, "no main text found in the page"))
    return Article(source.article_id, page.text, page.date, notes)


def _is_empty(item: Article | Trouble, source: Source) -> bool:
    """Whether ``item`` says that the whole table is empty, not one record."""
    return isinstance(item, Trouble) and item.problem.code == "empty" and item.article_id == source.article_id


def _is_our_empty_table(source: Source) -> bool:
    """A jsonl table without rows tells nothing of itself; the run record beside it does."""
    folder, separator, name = source.path.rpartition("/")
    if name.partition(".")[0] not in ours.TABLE_NAMES:
        return False
    return _is_our_artefact(replace(source, path=f"{folder}{separator}run.json", compression=None))


def _is_our_artefact(source: Source) -> bool:
    if not source.path.lower().endswith(".json"):
        return False
    try:
        with open_source(source) as stream:
            return ours.is_our_artefact(stream.read(ours.HEAD))
    except OSError:
        return False


def _unsupported(source: Source) -> str:
    name = source.path.rpartition("/")[2]
    suffix = name[name.rindex(".") :] if "." in name.strip(".") else ""
    return (
        f"files of type {suffix} are not read" if suffix else "a file without a type in its name is not read"
    )
