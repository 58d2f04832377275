"""What an article tells about each of its speakers, as named features.

A feature is present or absent; its name says what it means and to which group it belongs
(``role:main=police``, ``relation:foreign&authority``, ``context:joins``, ``say:demand`` …),
so that the weights of a model can be read. A ``*`` joins two things that have a feature
each, for the exceptions. Speakers, not statements, have features: one speaker keeps one
side inside an article.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from quotes.lexicon import Lexicon
from quotes.lexicon.geography import Tie
from quotes.lexicon.phrases import Hit
from quotes.reader import Reading
from quotes.records import Speaker, Statement
from quotes.segment import Document
from quotes.stance.countries import Affiliation
from quotes.stance.description import NO_AFFILIATION, Role, describe_speaker
from quotes.stance.focus import find_ties, focus_country
from quotes.stance.scene import DEEDS, Scene, find_scene, is_sure, sentence_around

#: The groups of features, by the prefix of their names.
GROUPS = ("role", "word", "type", "relation", "context", "cue", "say", "quote")

#: From so many words to the nearest sign on, a speaker stands apart from the protest, or far apart.
_APART = (40, 100)
#: In a text of so many words, the lack of any sign tells that there is no protest.
_LEAST_WORDS = 25
#: How often the word for a speaker's kind must stand in the article.
_KIN = 4
#: What is said of oneself and one's own cause, and all that counts as said.
_OWN = frozenset({"demand", "we"})
_SAYINGS = ("demand", "we", "procedure", "diplomacy")


@dataclass(frozen=True, slots=True)
class Described:
    """The features of one reading.

    Attributes:
        focus: the focus country, or None.
        countries: per speaker, the state spoken for, or None.
        nearby: per speaker with an office of no named country, another country than the focus
            that is named beside him, or None.
        features: per speaker, the names of the features that are present.
    """

    focus: str | None
    countries: tuple[str | None, ...]
    nearby: tuple[str | None, ...]
    features: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """What is known of one speaker while his features are made."""

    speaker: Speaker
    statements: Sequence[Statement]
    role: Role
    authority: bool
    places: Sequence[int]

    @property
    def side(self) -> str:
        """*authority*, or what the role says."""
        if self.authority:
            return "authority"
        return self.role.main or ("unknown" if self.role.words else "none")

    @property
    def kind(self) -> str:
        """*authority* or *private*."""
        return "authority" if self.authority else "private"


def describe(
    reading: Reading,
    lexicon: Lexicon,
    *,
    focus: str | None = None,
    countries: Sequence[str | None] = (),
    omit: Collection[str] = (),
) -> Described:
    """The features of every speaker of ``reading``.

    Args:
        reading: an article with its statements and speakers.
        lexicon: the language data.
        focus: the focus country where it is known already; else it is found.
        countries: per speaker the state spoken for, where known already (None: find it).
        omit: groups of features (see ``GROUPS``) that are not wanted.
    """
    document = reading.document
    ties = find_ties(document, lexicon.geography)
    if focus is None:
        focus = focus_country(document, ties, lexicon.geography)
    if not reading.speakers:
        return Described(focus, (), (), ())
    scene = find_scene(reading, lexicon)
    said: list[list[Statement]] = [[] for _ in reading.speakers]
    for statement in reading.statements:
        if statement.speaker >= 0:
            said[statement.speaker].append(statement)
    found: list[str | None] = []
    nearby: list[str | None] = []
    features: list[tuple[str, ...]] = []
    for index, (speaker, statements) in enumerate(zip(reading.speakers, said, strict=True)):
        role, tied = describe_speaker(document, ties, speaker, lexicon)
        if index < len(countries) and countries[index]:
            tied = tied._replace(country=countries[index], between=False)
        authority = tied.seat or role.main in lexicon.roles.states
        told = _Told(speaker, statements, role, authority, _places(speaker, statements))
        beside = _beside(document, ties, told.places, focus) if authority and tied == NO_AFFILIATION else None
        found.append(_country(tied, authority=authority, focus=focus))
        nearby.append(beside)
        names = _about_role(told)
        names += _about_relation(told, tied, focus, beside, lexicon.geography.home)
        names += _about_protest(told, scene, lexicon)
        names += _about_speech(told, scene, lexicon)
        if "quote" not in omit:
            names += _quoted_words(document, statements)
        if omit:
            names = [name for name in names if name.partition(":")[0] not in omit]
        features.append(tuple(dict.fromkeys(names)))
    return Described(focus, tuple(found), tuple(nearby), tuple(features))


def _places(speaker: Speaker, statements: Sequence[Statement]) -> list[int]:
    """Offsets where the article speaks of the speaker, pronouns at his statements included."""
    places = {mention.start for mention in speaker.mentions}
    for statement in statements:
        anchor = statement.mention or statement.cue
        if anchor is not None:
            places.add(anchor.start)
    return sorted(places)


def _about_role(told: _Told) -> list[str]:
    role, speaker = told.role, told.speaker
    main = role.main or ("unknown" if role.words else "none")
    names = [f"role:main={main}", f"type:{speaker.type}", "type:named" if speaker.named else "type:unnamed"]
    names.append(f"type:{speaker.type}*{told.side}")
    names += [f"role:has={name}" for name in role.classes]
    names += [f"role:{a}*{b}" for a, b in zip(role.classes, role.classes[1:], strict=False) if a != b]
    names += [f"word:{word}" for word in role.words]
    return names


# --- countries -----------------------------------------------------------------------------------


def _country(tied: Affiliation, *, authority: bool, focus: str | None) -> str | None:
    """The state spoken for: who has an office without a country's name holds it in the focus country."""
    if not authority or tied.between:
        return None
    return tied.country or focus


def _beside(
    document: Document, ties: Sequence[Hit[Tie]], places: Iterable[int], focus: str | None
) -> str | None:
    """Another country than the focus that is named in the sentences where the speaker stands."""
    starts = [hit.start for hit in ties]
    for offset in places:
        first, last = sentence_around(document, document.word_at(offset))
        for hit in ties[bisect_left(starts, first) : bisect_right(starts, last)]:
            if hit.value.sort == "name" and hit.value.country != focus:
                return hit.value.country
    return None


def _about_relation(
    told: _Told, tied: Affiliation, focus: str | None, beside: str | None, home: str
) -> list[str]:
    if tied.between:
        relation = "between"
    elif tied.country is None:
        relation = "unsaid"
    else:
        relation = "same" if tied.country == focus else "foreign"
    names = [f"relation:{relation}", f"relation:{relation}&{told.kind}"]
    main = told.role.main
    if main:
        names.append(f"relation:{relation}*{main}")
        names.append(f"relation:{relation}*{main}*{'home' if focus == home else 'abroad'}")
    if tied.seat:
        names.append(f"relation:{relation}&seat")
    if beside:
        names += ["relation:beside", f"relation:beside*{main}"]
    return names


# --- the protest ---------------------------------------------------------------------------------


def _about_protest(told: _Told, scene: Scene, lexicon: Lexicon) -> list[str]:
    levels = scene.levels_around(told.places)
    if not levels and not scene.levels:
        return ["context:protest=none"] if len(scene.document.words) >= _LEAST_WORDS else []
    kind, side = told.kind, told.side
    naming = f"{told.speaker.type}&{'named' if told.speaker.named else 'unnamed'}"
    names = [f"context:article&{kind}"] if "central" in scene.levels else []
    if scene.leads:
        names += [f"context:leads-article&{kind}", f"context:leads-article*{side}"]
    for level in levels:
        names.append(f"context:protest>={level}*{side}")
        if not told.authority:
            names += [f"context:protest>={level}", f"context:protest>={level}*{naming}"]
    near, before = scene.signs_around(told.places)
    near |= _signs_of(told.role.words, lexicon)
    stage = _stage(levels)
    for where, signs in (("", near), ("before-", before - near)):
        for sign in sorted(signs & DEEDS):
            names.append(f"context:{where}{sign}&{kind}&{stage}")
            if not where:
                names.append(f"context:{sign}*{side}")
    if is_sure(near):
        names.append(f"context:near&{kind}&{stage}")
    distance = scene.distance(told.places)
    names += [
        f"context:{word}&{kind}"
        for word, least in zip(("apart", "far-apart"), _APART, strict=True)
        if distance > least
    ]
    if not told.authority and _is_kin(scene, told.role):
        names += ["context:kin", f"context:kin*{side}"]
    return names


def _stage(levels: Sequence[str]) -> str:
    """Whether there is a protest around, or only a hint of one."""
    return "protest" if "some" in levels else "hint"


def _signs_of(words: Sequence[str], lexicon: Lexicon) -> set[str]:
    return {sign for hit in lexicon.roles.text.find(words, words) for sign in hit.value}


def _is_kin(scene: Scene, role: Role) -> bool:
    """Whether the article speaks of many like the speaker: a *pedagang* where *pedagang* protest."""
    return any(scene.document.lower.count(word) >= _KIN for word in role.kinds)


# --- what is said --------------------------------------------------------------------------------


def _about_speech(told: _Told, scene: Scene, lexicon: Lexicon) -> list[str]:
    names: list[str] = []
    signs: set[str] = set()
    manner = lexicon.roles.manner
    for statement in told.statements:
        signs |= scene.signs_in(statement.start, statement.end)
        if statement.cue is not None:
            words = scene.document.text[statement.cue.start : statement.cue.end].lower().split()
            names += [f"cue:{manner[word]}" for word in words if word in manner]
    levels = scene.levels_around(told.places) if signs & _OWN else []
    for sign in _SAYINGS:
        if sign in signs:
            names.append(f"say:{sign}&{told.kind}")
            if levels and sign in _OWN:
                names.append(f"say:{sign}&{told.kind}&{_stage(levels)}")
                names.append(f"say:{sign}&{_stage(levels)}*{told.role.main or 'none'}")
    return names


def _quoted_words(document: Document, statements: Sequence[Statement]) -> list[str]:
    names: list[str] = []
    for statement in statements:
        first = bisect_left(document.starts, statement.start)
        last = bisect_left(document.starts, statement.end)
        names += [f"quote:{word}" for word in document.lower[first:last]]
    return names
