"""One record's cells in, an article or its trouble out; shared by jsonl, csv and parquet."""

from __future__ import annotations

import math
from typing import Any

from quotes.corpus.dates import iso_date
from quotes.corpus.encodings import UndecodableError, decode, mend
from quotes.corpus.source import Source, Trouble
from quotes.records import Article, Problem


def record_id(source: Source, number: int) -> str:
    """``PATH#N``."""
    return f"{source.article_id}#{number}"


def bad_record(source: Source, number: int, message: str) -> Trouble:
    """A record that cannot be read."""
    return Trouble(record_id(source, number), Problem("bad_record", None, message))


def make_article(
    source: Source, number: int, text: Any, given_id: Any = None, given_date: Any = None
) -> Article | Trouble:
    """The article of one record.

    Args:
        source: the file.
        number: the record's number in it, from 1.
        text: the cell with the text; undecodable bytes as surrogates.
        given_id: the cell with the id, None where there is none: then it is ``PATH#N``.
        given_date: the cell with the date.
    """
    article_id = _id(given_id) or record_id(source, number)
    if not isinstance(text, str | bytes):
        return bad_record(source, number, "no text in it" if text is None else "its text is no string")
    try:
        decoded = decode(text) if isinstance(text, bytes) else mend(text)
    except UndecodableError as error:
        return Trouble(article_id, Problem("undecodable", None, str(error)))
    if not decoded.text or decoded.text.isspace():
        return Trouble(article_id, Problem("empty", None, "the record's text is empty"))
    problems = (decoded.problem,) if decoded.problem else ()
    return Article(article_id, decoded.text, iso_date(given_date), problems, number)


def _id(value: Any) -> str | None:
    if value is None or isinstance(value, bool | list | dict):
        return None
    if isinstance(value, float):
        if not math.isfinite(value):
            return None  # a gap in a column of numbers
        if value.is_integer():
            value = int(value)  # a column of whole numbers with gaps comes as floats
    try:
        text = (decode(value) if isinstance(value, bytes) else mend(str(value))).text
    except UndecodableError:
        return None
    return text if text.strip() else None
