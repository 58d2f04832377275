"""A batch of articles in, one analysis each out: a pure function.

The same function serves the Python call, the command line, worker processes and a
cluster; its result depends on the articles, the lexicon, the model and the options only.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quotes.dateline import date_of
from quotes.lexicon import Lexicon
from quotes.lexicon.calendar import Calendar
from quotes.reader import Reading, read
from quotes.records import Analysis, Article, Profile, Quote
from quotes.stance.judge import Judgement, judge


@dataclass(frozen=True, slots=True)
class Engine:
    """What an analysis needs besides the articles.

    Attributes:
        lexicon: the language data.
        model: the stance model.
        indirect: whether indirect statements are rows.
        min_score: attributions with a lower confidence are left empty.
    """

    lexicon: Lexicon
    model: object
    indirect: bool = True
    min_score: float = 0.0


def analyze_batch(articles: Sequence[Article], engine: Engine) -> list[Analysis]:
    """One analysis per article, in the same order.

    The collector of cycles rests meanwhile: what a reading leaves behind has none, and looking
    for them among its many small records takes a tenth of the time.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        return _analyses(articles, engine)
    finally:
        if collects:
            gc.enable()


def _analyses(articles: Sequence[Article], engine: Engine) -> list[Analysis]:
    readings = [read(article, engine.lexicon, indirect=engine.indirect) for article in articles]
    if engine.min_score > 0:
        readings = [_sure(reading, engine.min_score) for reading in readings]
    judgements = judge(readings, engine.lexicon, engine.model)
    calendar = engine.lexicon.calendar
    return [
        _analysis(reading, judgement, calendar)
        for reading, judgement in zip(readings, judgements, strict=True)
    ]


def _sure(reading: Reading, min_score: float) -> Reading:
    """The reading without speakers that are less sure than ``min_score``; cue, mention and score stay."""
    kept = [
        statement if statement.score >= min_score else statement._replace(speaker=-1)
        for statement in reading.statements
    ]
    numbers: dict[int, int] = {-1: -1}
    for statement in kept:
        if statement.speaker >= 0:
            numbers.setdefault(statement.speaker, len(numbers) - 1)
    return replace(
        reading,
        statements=tuple(statement._replace(speaker=numbers[statement.speaker]) for statement in kept),
        speakers=tuple(reading.speakers[number] for number in numbers if number >= 0),
    )


def _analysis(reading: Reading, judgement: Judgement, calendar: Calendar) -> Analysis:
    rows = [quote_row(number, reading, judgement) for number in range(len(reading.statements))]
    stances: dict[int, str] = {}
    for row in rows:
        if row.stance is not None:
            stances.setdefault(row.speaker_index, row.stance)
    profiles = tuple(
        Profile(who.name, who.type, who.role, who.named, country, stances.get(index))
        for index, (who, country) in enumerate(zip(reading.speakers, judgement.countries, strict=True))
    )
    return Analysis(
        reading.article.article_id,
        len(reading.article.text),
        judgement.focus_country,
        reading.article.date or date_of(reading.article.text, calendar),
        tuple(rows),
        profiles,
        reading.problems,
    )


def quote_row(number: int, reading: Reading, judgement: Judgement | None = None) -> Quote:
    """The row of a statement by its place, from 0; without a judgement it has no country and no stance."""
    statement = reading.statements[number]
    text = reading.article.text
    cue, mention = statement.cue, statement.mention
    known = statement.speaker >= 0
    who = reading.speakers[statement.speaker] if known else None
    stance = judgement.stances[number] if judgement else None
    return Quote(
        quote_id=number + 1,
        kind=statement.kind,
        text=text[statement.start : statement.end],
        start=statement.start,
        end=statement.end,
        cue=text[cue.start : cue.end] if cue else None,
        cue_start=cue.start if cue else None,
        cue_end=cue.end if cue else None,
        mention=text[mention.start : mention.end] if mention else None,
        mention_start=mention.start if mention else None,
        mention_end=mention.end if mention else None,
        speaker=who.name if who else None,
        speaker_index=statement.speaker,
        speaker_type=who.type if who else None,
        role=who.role if who else None,
        country=judgement.countries[statement.speaker] if judgement and known else None,
        stance=stance[0] if stance else None,
        stance_score=stance[1] if stance else None,
        rule=statement.rule or None,
        score=statement.score if statement.rule else None,
    )
