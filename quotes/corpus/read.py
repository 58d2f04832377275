"""One source in, its articles out."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.corpus.columns import Columns
from quotes.corpus.source import Source, Trouble
from quotes.records import Article


def read_source(source: Source, columns: Columns | None = None) -> Iterator[Article | Trouble]:
    """The articles of one source, in order; what cannot be read is a :class:`Trouble`.

    An article keeps what was said while reading it (``guessed_encoding``) in its
    ``problems``. Records have ``Article.record``, their number from 1, and with
    ``columns.id`` the id their column gives, repeated ones as they are (see :class:`Ids`).
    A file that ``quotes`` wrote yields nothing.

    Raises:
        UsageError: a named column is missing; the text lists the columns there are.
    """
    raise NotImplementedError
