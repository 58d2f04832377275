"""Paths and addresses in, sources out, in the order of the tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.corpus.source import Source


def list_sources(paths: Sequence[str], *, skip: Sequence[str] = ()) -> Iterator[Source]:
    """Every file below ``paths``, sorted by article_id; opens none of them.

    Args:
        paths: folders, single files, fsspec addresses of either.
        skip: folders (or addresses) left out with all they hold: the output folder.

    Yields:
        One source per file, those of unsupported type or without permission included
        (``read_source`` turns them into their problem row). Memory holds one folder's
        names at a time.

    Raises:
        UsageError: a path does not exist, or its store cannot be reached; raised at once,
            before the first source.
    """
    raise NotImplementedError
