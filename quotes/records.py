"""The records that travel through the program, in the order of the work.

``Article`` comes in; ``QuotedSpan``, ``Cue`` and ``Mention`` are found in its text;
``Statement`` and ``Speaker`` make the ``reader.Reading`` (what the text says, before
stance); ``Quote`` rows make the :class:`Analysis` (what goes into the tables).

All offsets are half-open ``[start, end)`` in Unicode code points of the article's text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Kind = Literal["direct", "mixed", "indirect", "other"]
SpeakerType = Literal["person", "organisation", "group"]

#: The kinds that count as speech, in the order of the tables.
SPEECH_KINDS: tuple[Kind, ...] = ("direct", "mixed", "indirect")

#: The stance labels of the shipped model; a user's own model may have others.
STANCES: tuple[str, ...] = ("official", "protester", "foreign_government", "other")


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


class Problem(NamedTuple):
    """One row of problems.csv, without the article it belongs to.

    ``code`` is one of the contract's codes; ``start`` the offset, or None where the
    problem has no place in the text.
    """

    code: str
    start: int | None
    message: str


@dataclass(frozen=True, slots=True)
class Article:
    """One text to read.

    ``date`` is an ISO date (``2026-01-31``) where the record or page tells one;
    ``record`` the number, from 1, of a record inside its file (None: a file of its own).
    """

    article_id: str
    text: str
    date: str | None = None
    problems: tuple[Problem, ...] = ()  # met while reading it, e.g. guessed_encoding
    record: int | None = None


class QuotedSpan(NamedTuple):
    """A quoted span, marks excluded.

    ``opening`` and ``closing`` are the marks (``closing`` empty where the span ends with
    its paragraph); ``parent`` is the index of the span it lies inside, or -1.
    """

    start: int
    end: int
    opening: str
    closing: str
    parent: int = -1


class Statement(NamedTuple):
    """One quoted span or one indirect statement, attributed, before stance.

    ``speaker`` is an index into ``Reading.speakers``, or -1 where nothing supports one;
    ``rule`` the stable name of the rule that made the attribution ("" for kind other);
    ``score`` its confidence in 0..1.
    """

    kind: Kind
    start: int
    end: int
    cue: Span | None
    mention: Span | None
    speaker: int
    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class Speaker:
    """A canonical speaker inside one article.

    ``mentions`` are all spans of the article that name or describe the speaker,
    in text order (pronouns excluded); ``named`` is false for describing phrases
    (*seorang warga*) and true for names of persons and bodies.
    """

    name: str
    type: SpeakerType
    role: str | None
    named: bool
    mentions: tuple[Span, ...]


class Quote(NamedTuple):
    """One row of quotes.csv, without ``article_id`` and ``speaker_id``.

    ``None`` is an empty cell. ``speaker_index`` points into ``Analysis.speakers``
    (-1: no speaker).
    """

    quote_id: int
    kind: Kind
    text: str
    start: int
    end: int
    cue: str | None
    cue_start: int | None
    cue_end: int | None
    mention: str | None
    mention_start: int | None
    mention_end: int | None
    speaker: str | None
    speaker_index: int
    speaker_type: str | None
    role: str | None
    country: str | None
    stance: str | None
    stance_score: float | None
    rule: str | None
    score: float | None


@dataclass(frozen=True, slots=True)
class Profile:
    """A speaker of one article with what stance analysis adds.

    ``country`` is ISO 3166-1 alpha-2 of the state spoken for; ``stance`` is the label
    of the speaker's rows (None where the speaker has no row with a stance).
    """

    name: str
    type: SpeakerType
    role: str | None
    named: bool
    country: str | None
    stance: str | None


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything the tables need of one article."""

    article_id: str
    characters: int
    focus_country: str | None
    date: str | None
    quotes: tuple[Quote, ...]
    speakers: tuple[Profile, ...]
    problems: tuple[Problem, ...]
