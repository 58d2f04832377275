"""Parts to tables: the speaker ids filled in, everything in its order, nothing held whole."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path

from quotes import tables
from quotes.batch.options import Settings
from quotes.batch.part import Piece, Unit
from quotes.batch.render import renderer
from quotes.batch.texts import TextFolder
from quotes.batch.writers import TableWriter
from quotes.people import Crowd, numbered

#: Bits of a row's place that count inside its batch; the batch's number stands above them.
_PLACE = 32


def place(number: int) -> int:
    """The place among all rows of the first row of batch ``number``."""
    return number << _PLACE


def count(crowd: Crowd, order: int, units: Iterable[Unit]) -> int:
    """Count articles in.

    Args:
        crowd: the speakers.
        order: the place of the first row among all rows.
        units: what follows there.

    Returns:
        The place after the last row.
    """
    for piece in pieces_of(units):
        crowd.add(order, piece.article_id, piece.speakers, piece.spoken)
        order += piece.spoken.rows
    return order


def pieces_of(units: Iterable[Unit]) -> Iterator[Piece]:
    """The articles of units."""
    for unit in units:
        yield from unit.pieces


def write_tables(
    folder: Path, parts: Iterable[tuple[int, list[Unit]]], crowd: Crowd, settings: Settings, *, texts: bool
) -> list[Path]:
    """Write the five tables into ``folder``.

    Args:
        folder: where to.
        parts: the parts of the run in the order of the tables, each with the place of its
            first row.
        crowd: the speakers, settled.
        settings: of the run.
        texts: whether the articles' texts are written too, below ``folder``.

    Returns:
        The tables' files, in the order of ``tables.NAMES``.
    """
    paths = {table: folder / f"{table}.{settings.format}" for table in tables.NAMES}
    saved = TextFolder(folder) if texts else None
    with ExitStack() as stack:
        open_ = {
            table: stack.enter_context(TableWriter(path, table, settings)) for table, path in paths.items()
        }
        for order, units in parts:
            forms = forms_of(order, units)
            write_part(open_, units, forms, crowd.ids(set(chain.from_iterable(forms))), settings)
            if saved:
                for piece in pieces_of(units):
                    saved.save(piece.article_id, piece.text or "")
        open_["speakers"].rows(crowd.speakers())
        open_["stance"].rows(crowd.stances())
    for path in paths.values():
        _sync(path)
    return list(paths.values())


def forms_of(order: int, units: Iterable[Unit]) -> list[list[int]]:
    """The forms of the speakers of each article; ``order`` is the place of the first row."""
    found = []
    for piece in pieces_of(units):
        found.append(numbered(order, piece.speakers, piece.spoken))
        order += piece.spoken.rows
    return found


def write_part(
    open_: Mapping[str, TableWriter],
    units: Sequence[Unit],
    forms: Sequence[Sequence[int]],
    ids: Mapping[int, str],
    settings: Settings,
) -> None:
    """Add a part's rows to the tables of quotes, articles and problems.

    Args:
        open_: the tables.
        units: of the part.
        forms: as :func:`forms_of` gives them.
        ids: the speaker ids of all these forms.
        settings: of the run.
    """
    render = renderer(settings.format)
    rows: list[bytes] = []
    for piece, some in zip(pieces_of(units), forms, strict=True):
        rows += _filled(piece, [render.speaker_id(ids[form]) for form in some])
    open_["quotes"].write(b"".join(rows))
    open_["articles"].write(b"".join([piece.article for piece in pieces_of(units)]))
    open_["problems"].write(b"".join([unit.problems for unit in units]))


def _filled(piece: Piece, ids: Sequence[bytes]) -> Iterator[bytes]:
    reached = 0
    for cut, who in zip(piece.cuts, piece.voices, strict=True):
        yield piece.quotes[reached:cut]
        yield ids[who]
        reached = cut
    yield piece.quotes[reached:]


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
