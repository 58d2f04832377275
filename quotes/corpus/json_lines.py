"""One JSON object a line."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from functools import lru_cache
from io import BufferedReader
from itertools import islice
from typing import Any

from quotes.corpus.columns import Chosen, Columns, choose, listed
from quotes.corpus.encodings import stream_encoding
from quotes.corpus.ours import is_our_table
from quotes.corpus.record import bad_record, make_article
from quotes.corpus.source import Source, Trouble
from quotes.records import Article, Problem

#: Records whose fields make up "the columns there are": a record may lack an empty field.
HEAD_RECORDS = 100


def read_json_lines(stream: BufferedReader, source: Source, columns: Columns) -> Iterator[Article | Trouble]:
    """The articles of a jsonl stream; a line that is no object, or has no text, is its trouble."""
    lines, problem = _lines(stream)
    if problem:
        yield Trouble(source.article_id, problem)
    number = 0
    for number, row in enumerate(map(_parse, lines), 1):
        if isinstance(row, str):
            yield bad_record(source, number, row)
        elif number == 1 and is_our_table(row):
            return
        else:
            yield _article(source, number, row, columns)
    if number == 0:
        yield Trouble(source.article_id, Problem("empty", None, "no record in it"))


def json_columns(stream: BufferedReader) -> list[str]:
    """The fields of the first records, in order of appearance."""
    lines, _ = _lines(stream)
    rows = [row for row in map(_parse, islice(lines, HEAD_RECORDS)) if isinstance(row, dict)]
    return list(dict.fromkeys(field for row in rows for field in row))


def _article(source: Source, number: int, row: dict[str, Any], columns: Columns) -> Article | Trouble:
    usual = _usual(tuple(row))
    text, date = columns.text or usual.text, columns.date or usual.date
    if text is None or text not in row:
        return bad_record(source, number, f"no text in it; its fields are {listed(list(row))}")
    given_id = row.get(columns.id) if columns.id else None
    return make_article(source, number, row[text], given_id, row.get(date) if date else None)


@lru_cache(maxsize=1024)
def _usual(fields: tuple[str, ...]) -> Chosen:
    return choose(fields, Columns(), "")


def _lines(stream: BufferedReader) -> tuple[Iterator[bytes | str], Problem | None]:
    """The lines that hold something; UTF-16 and UTF-32 as text, all else as bytes."""
    codec, problem = stream_encoding(stream.peek(4)[:4])
    if problem:
        wide = io.TextIOWrapper(stream, encoding=codec, errors="replace", newline="\n")
        return (line for line in wide if not line.isspace()), problem
    if codec == "utf-8-sig":
        stream.read(3)
    return (line for line in stream if not line.isspace()), None


def _loads(line: str) -> Any:
    try:
        return json.loads(line)
    except json.JSONDecodeError:
        raise
    except ValueError:  # a number of thousands of digits, which Python does not convert
        return json.loads(line, parse_int=str)


def _parse(line: bytes | str) -> dict[str, Any] | str:
    """The object of a line, or what is wrong with it."""
    try:
        if isinstance(line, bytes):
            line = line.decode("utf-8", "surrogateescape")
        row = _loads(line)
    except json.JSONDecodeError as error:
        return f"not JSON: {error.msg.removesuffix(' at')} at character {error.pos + 1} of the line"
    except RecursionError:
        return "not JSON: nested too deeply"
    return row if isinstance(row, dict) else f"a JSON object is needed, not {type(row).__name__}"
