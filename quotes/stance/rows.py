"""Labelled rows, as tables hold them, turned back into readings.

A corrected quotes.csv, a table made by hand and the shipped training rows take the same
way: the rows of one article become one :class:`~quotes.reader.Reading`, so that a model is
trained on exactly the features it will see.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from quotes.reader import Reading
from quotes.records import Article, Kind, Span, Speaker, SpeakerType, Statement
from quotes.segment import Document

#: Shorter parts of a name (initials, particles) are not looked for in the text on their own.
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled statement.

    Attributes:
        article_id: the article; rows of one article never stand on both sides of a split.
        stance: the label.
        text: what is said.
        kind: direct, mixed or indirect.
        cue: the reporting words, or "".
        mention: the words that stand as the source, or "".
        speaker: the canonical name.
        speaker_type: person, organisation or group.
        role: what the article says the speaker is, or "".
        country: the state spoken for where it is given, or "".
        focus_country: the article's focus country where it is given, or "".
        context: the article's text, or any part of it, or "".
        start: offset of ``text`` in ``context`` where it is known.
    """

    article_id: str
    stance: str
    text: str
    kind: str = "direct"
    cue: str = ""
    mention: str = ""
    speaker: str = ""
    speaker_type: str = "person"
    role: str = ""
    country: str = ""
    focus_country: str = ""
    context: str = ""
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article of labelled rows.

    ``labels`` has one entry per speaker of the reading; ``rows`` the row numbers of each.
    """

    reading: Reading
    focus: str | None
    countries: tuple[str | None, ...]
    labels: tuple[str, ...]
    rows: tuple[tuple[int, ...], ...]


def as_readings(rows: Sequence[Row]) -> list[Labelled]:
    """One labelled reading per article, in the order in which articles first appear."""
    articles: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        articles.setdefault(row.article_id, []).append(number)
    return [_labelled(article, numbers, rows) for article, numbers in articles.items()]


def _labelled(article_id: str, numbers: Sequence[int], rows: Sequence[Row]) -> Labelled:
    own = [rows[number] for number in numbers]
    # Rows of one article may each bring their own part of it.
    text = "\n".join(dict.fromkeys(row.context for row in own if row.context)) or _written_out(own)
    # A speaker with two labels in one article has two sides there: two speakers, for training.
    keys = list(dict.fromkeys((row.speaker, row.stance) for row in own))
    index = {key: place for place, key in enumerate(keys)}
    statements = [_statement(row, text, index[row.speaker, row.stance]) for row in own]
    members = [
        [number for number in numbers if (rows[number].speaker, rows[number].stance) == key] for key in keys
    ]
    speakers = tuple(
        _speaker([rows[n] for n in group], text, [s.mention for s in statements if s.speaker == place])
        for place, group in enumerate(members)
    )
    order = sorted(statements, key=lambda s: (s.start, s.end))
    return Labelled(
        Reading(Article(article_id, text), Document(text), tuple(order), speakers, ()),
        next((row.focus_country for row in own if row.focus_country), None),
        tuple(next((rows[n].country for n in group if rows[n].country), None) for group in members),
        tuple(stance for _, stance in keys),
        tuple(tuple(group) for group in members),
    )


def _written_out(rows: Iterable[Row]) -> str:
    """A text for rows that bring none, so that mention and words stand where they would in an article."""
    return "\n".join(f"{row.mention or row.speaker} {row.cue} “{row.text}”" for row in rows)


def _statement(row: Row, text: str, speaker: int) -> Statement:
    start = (
        row.start if row.start is not None and text.startswith(row.text, row.start) else text.find(row.text)
    )
    span = Span(start, start + len(row.text)) if start >= 0 else Span(0, 0)
    cue = _nearest(text, row.cue, span)
    mention = _nearest(text, row.mention, cue or span)
    return Statement(cast(Kind, row.kind), *span, cue, mention, speaker, "label", 1.0)


def _nearest(text: str, words: str, anchor: Span) -> Span | None:
    """Where ``words`` stand closest to ``anchor``; None where they are empty or not there."""
    if not words:
        return None
    after, before = text.find(words, anchor.end), text.rfind(words, 0, anchor.start)
    if after < 0 and before < 0:
        after = text.find(words)
        if after < 0:
            return None
    near = before if after < 0 or (before >= 0 and anchor.start - before < after - anchor.end) else after
    return Span(near, near + len(words))


def _speaker(rows: Sequence[Row], text: str, mentions: Sequence[Span | None]) -> Speaker:
    first = rows[0]
    person = first.speaker_type == "person"
    named = first.speaker[:1].isupper() and (not person or not first.speaker.lower().startswith("seorang "))
    spans = {span for span in mentions if span is not None and span.end - span.start > _SHORTEST_NAME}
    wanted = {first.speaker}
    if person and named:
        wanted |= {part for part in first.speaker.split() if len(part) > _SHORTEST_NAME}
    for words in wanted:
        if words:
            pattern = rf"(?<!\w){re.escape(words)}(?!\w)"
            spans |= {Span(*match.span()) for match in re.finditer(pattern, text)}
    role = next((row.role for row in rows if row.role), None)
    return Speaker(
        first.speaker,
        cast(SpeakerType, first.speaker_type or "person"),
        role,
        named,
        tuple(sorted(_widest(spans))),
    )


def _widest(spans: Iterable[Span]) -> set[Span]:
    """The spans that lie in no other one."""
    found: set[Span] = set()
    reached = -1
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if span.end > reached:
            found.add(span)
            reached = span.end
    return found
