"""A batch of readings in, their focus countries, speakers' countries and stances out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotes.lexicon import Lexicon
from quotes.reader import Reading
from quotes.stance.features import describe
from quotes.stance.model import StanceModel

#: The label of a speaker whose office, if the article names no country for it, is not the focus country's.
FOREIGN = "foreign_government"


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
    """One judgement per reading; the speakers of the whole batch are scored at once."""
    if not isinstance(model, StanceModel):
        raise TypeError(f"a StanceModel is needed, not {type(model).__name__}")
    described = [describe(reading, lexicon, omit=model.unused) for reading in readings]
    table = model.probabilities([names for article in described for names in article.features])
    best = table.argmax(axis=1).tolist()
    sides = [(model.labels[label], round(float(table[row, label]), 4)) for row, label in enumerate(best)]
    judgements: list[Judgement] = []
    done = 0
    for reading, article in zip(readings, described, strict=True):
        own = sides[done : done + len(article.features)]
        done += len(article.features)
        stances = tuple(
            own[row] if row >= 0 and statement.kind != "other" else None
            for row, statement in zip(article.rows, reading.statements, strict=True)
        )
        countries = tuple(
            beside if side == FOREIGN and country == article.focus else country
            for country, beside, (side, _) in zip(article.countries, article.nearby, own, strict=False)
        )
        judgements.append(Judgement(article.focus, countries, stances))
    return judgements
