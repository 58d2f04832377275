"""What the listing finds, and what comes out of it besides articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from quotes.records import Problem

Format = Literal["txt", "md", "html", "jsonl", "csv", "parquet"]
Compression = Literal["gz", "bz2", "xz", "zst"]

#: Problem codes that mean "this article could not be read" (exit status 1).
FAILURES = frozenset({"unreadable", "unsupported", "undecodable", "empty", "no_text", "bad_record"})


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read: an article, or many records.

    Attributes:
        path: where it is opened: a local path (undecodable bytes as surrogates, as the
            operating system hands them) or an fsspec address.
        article_id: the article's id; records are ``article_id#N``.
        format: what it is; None for a type that is not read.
        compression: how it is packed, None for plain.
        size: bytes as stored, None where the store does not tell.
        version: changes whenever the content may have changed: size and time of the last
            change of a local file, the store's tag of an object; "" where nothing is known.
        problem: why it cannot be read, where the listing already knows (a folder without
            permission, a dangling link); or, of a file that can be, ``repeated_id``.
    """

    path: str
    article_id: str
    format: Format | None
    compression: Compression | None = None
    size: int | None = None
    version: str = ""
    problem: Problem | None = None

    @property
    def holds_records(self) -> bool:
        """Whether it can hold many articles (jsonl, csv, parquet)."""
        return self.format in ("jsonl", "csv", "parquet")


class Trouble(NamedTuple):
    """A row of problems.csv that comes without an article.

    ``problem.code`` in :data:`FAILURES` means that something was not read; any other
    (a guessed encoding of a whole table) is only said.
    """

    article_id: str
    problem: Problem
