"""Parts to tables: the speaker ids filled in, everything in its order, nothing held whole."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from quotes import tables
from quotes.batch.options import Settings
from quotes.batch.part import Piece, Unit
from quotes.batch.render import renderer
from quotes.batch.state import State
from quotes.batch.texts import TextFolder
from quotes.batch.writers import TableWriter
from quotes.people import Crowd, numbered

#: Bits of a row's place that count inside its batch; the batch's number stands above them.
_PLACE = 32


def place(number: int) -> int:
    """The place among all rows of the first row of batch ``number``."""
    return number << _PLACE


def count(crowd: Crowd, number: int, units: Sequence[Unit]) -> None:
    """Count the articles of a batch in."""
    order = place(number)
    for unit in units:
        for piece in unit.pieces:
            crowd.add(order, piece.article_id, piece.speakers, piece.rows)
            order += len(piece.rows)


def write_tables(
    folder: Path, state: State, names: Sequence[str], crowd: Crowd, settings: Settings, *, texts: bool
) -> list[Path]:
    """Write the five tables into ``folder``.

    Args:
        folder: where to.
        state: the parts.
        names: the parts of the run, in the order of the tables.
        crowd: the speakers, settled.
        settings: of the run.
        texts: whether the articles' texts are written too, below ``folder``.

    Returns:
        The files, in the order of ``tables.NAMES``.
    """
    paths = {table: folder / f"{table}.{settings.format}" for table in tables.NAMES}
    with ExitStack() as stack:
        open_ = {
            table: stack.enter_context(
                TableWriter(path, table, settings.labels, settings.format, safe=settings.safe)
            )
            for table, path in paths.items()
        }
        saved = TextFolder(folder) if texts else None
        for number, name in enumerate(names):
            units = state.units(name)
            open_["quotes"].write(b"".join(filled(number, units, crowd, settings)))
            open_["articles"].write(b"".join(piece.article for unit in units for piece in unit.pieces))
            open_["problems"].write(b"".join(unit.problems for unit in units))
            if saved:
                for unit in units:
                    for piece in unit.pieces:
                        saved.save(piece.article_id, piece.text or "")
        open_["speakers"].rows(crowd.speakers())
        open_["stance"].rows(crowd.stances())
    for path in paths.values():
        _sync(path)
    return list(paths.values())


def filled(number: int, units: Sequence[Unit], crowd: Crowd, settings: Settings) -> Iterator[bytes]:
    """The rendered quotes of a batch, speaker ids filled in."""
    pieces = [piece for unit in units for piece in unit.pieces]
    order = place(number)
    forms: list[list[int]] = []
    for piece in pieces:
        forms.append(numbered(order, piece.speakers, piece.rows))
        order += len(piece.rows)
    ids = crowd.ids({form for some in forms for form in some})
    render = renderer(settings.format)
    for piece, some in zip(pieces, forms, strict=True):
        yield from _filled(piece, [render.speaker_id(ids[form]) for form in some])


def _filled(piece: Piece, ids: Sequence[bytes]) -> Iterator[bytes]:
    reached = 0
    for row in piece.rows:
        if row.speaker >= 0:
            yield piece.quotes[reached : row.cut]
            yield ids[row.speaker]
            reached = row.cut
    yield piece.quotes[reached:]


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
