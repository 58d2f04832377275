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
from functools import lru_cache
from typing import NamedTuple

from quotes.lexicon import Lexicon
from quotes.lexicon.geography import Tie
from quotes.lexicon.phrases import Hit
from quotes.lexicon.roles import HEAD
from quotes.reader import Reading
from quotes.records import Speaker, Statement
from quotes.segment import Document
from quotes.stance.countries import Affiliation
from quotes.stance.description import NO_AFFILIATION, PROTESTER, Role, describe_speaker, two_roles
from quotes.stance.focus import find_ties, focus_country
from quotes.stance.scene import DEEDS, Scene, break_after, find_scene, is_sure, sentence_around

#: The groups of features, by the prefix of their names.
GROUPS = ("role", "word", "type", "relation", "context", "cue", "say", "quote")

#: In a text of so many words, the lack of any sign tells that there is no protest.
_LEAST_WORDS = 25
#: How often the word for a speaker's kind must stand in the article.
_KIN = 4
#: What is said of oneself and one's own cause, and all that counts as said.
_OWN = frozenset({"demand", "we"})
_SAYINGS = ("demand", "we", "procedure", "fright", "diplomacy")
#: Words that open a sentence with a place, and how far into a sentence its first body may stand.
_WHERE = frozenset({"di", "dari"})
_OPENING = 3
_STATES = frozenset({"name", "institution", "mission", "between"})
#: What somebody does who is one of the protesters.
_TAKING_PART = frozenset({"joins", "leads"})
#: How many words of violence on the streets make a riot of a protest.
_RIOT = 3


@dataclass(frozen=True, slots=True)
class Described:
    """The features of one reading.

    Attributes:
        focus: the focus country, or None.
        countries: per speaker, the state spoken for, or None.
        nearby: per speaker with an office of no named country, another country than the focus
            that is named beside him, or None.
        features: per speaker, the names of the features that are present; behind them those of
            speakers in a second role.
        rows: per statement, which of ``features`` are its speaker's; -1 where nobody speaks.
    """

    focus: str | None
    countries: tuple[str | None, ...]
    nearby: tuple[str | None, ...]
    features: tuple[tuple[str, ...], ...]
    rows: tuple[int, ...]


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
    rows = [statement.speaker for statement in reading.statements]
    if not reading.speakers:
        return Described(focus, (), (), (), tuple(rows))
    scene = find_scene(reading, lexicon)
    dropped = frozenset(omit) - {"quote"}  # quoted words are not made in the first place
    starts = [hit.start for hit in ties]
    found: list[str | None] = []
    nearby: list[str | None] = []
    features: list[tuple[str, ...]] = []
    for index, (speaker, statements) in enumerate(_speakers(reading, rows, lexicon)):
        role, tied = describe_speaker(document, ties, speaker, lexicon, protest=bool(scene.levels))
        if index < len(countries) and countries[index]:
            tied = tied._replace(country=countries[index], between=False)
        authority = tied.seat or tied.between or role.main in lexicon.roles.states
        told = _Told(speaker, statements, role, authority, _places(speaker, statements, authority=authority))
        around = _NOTHING_AROUND
        if authority and tied == NO_AFFILIATION:
            around = _around(document, ties, starts, told.places, focus)
            if around.opens and _stands_there(speaker, around.opens, lexicon.geography.home):
                tied = Affiliation(around.opens, between=False, seat=False)
        found.append(_country(tied, authority=authority, focus=focus))
        nearby.append(around.opens or around.beside or around.before)
        names = _about_role(told)
        names += _about_relation(told, tied, focus, around, lexicon)
        levels = scene.levels_around(told.places)
        names += _about_protest(told, levels, scene, lexicon)
        names += _about_speech(told, levels, scene, lexicon)
        if "quote" not in omit:
            names += _quoted_words(document, statements)
        if dropped:
            names = [name for name in names if name.partition(":")[0] not in dropped]
        features.append(tuple(dict.fromkeys(names)))
    count = len(reading.speakers)
    return Described(focus, tuple(found[:count]), tuple(nearby[:count]), tuple(features), tuple(rows))


def _speakers(reading: Reading, rows: list[int], lexicon: Lexicon) -> list[tuple[Speaker, list[Statement]]]:
    """The speakers with their statements, those in a second role last; ``rows`` is set right for these."""
    said: list[list[Statement]] = [[] for _ in reading.speakers]
    for statement in reading.statements:
        if statement.speaker >= 0:
            said[statement.speaker].append(statement)
    first: list[tuple[Speaker, list[Statement]]] = []
    second: list[tuple[Speaker, list[Statement]]] = []
    for index, (speaker, statements) in enumerate(zip(reading.speakers, said, strict=True)):
        roles = two_roles(reading.document, speaker, statements, lexicon)
        first.append(roles[0])
        for other in roles[1:]:
            moved = set(other[1])
            for number, statement in enumerate(reading.statements):
                if statement.speaker == index and statement in moved:
                    rows[number] = len(reading.speakers) + len(second)
            second.append(other)
    return first + second


def _places(speaker: Speaker, statements: Sequence[Statement], *, authority: bool) -> list[int]:
    """Offsets where the article speaks of the speaker, pronouns at his statements included.

    A president is named in many sentences that tell what others do: of authorities, only those
    count in which they speak.
    """
    places = set() if authority and statements else {mention.start for mention in speaker.mentions}
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
    names += [f"role:has={name}" for name in role.classes if name != HEAD]
    if HEAD in role.classes:
        names.append(f"role:has={HEAD}&{told.kind if role.main else 'unknown'}")
    names += [f"role:{a}*{b}" for a, b in zip(role.classes, role.classes[1:], strict=False) if a != b]
    names += [f"word:{word}" for word in role.words]
    return names


# --- countries -----------------------------------------------------------------------------------


def _country(tied: Affiliation, *, authority: bool, focus: str | None) -> str | None:
    """The state spoken for: who has an office without a country's name holds it in the focus country."""
    if not authority or tied.between:
        return None
    return tied.country or focus


_AROUND = ("opens", "beside", "before", "before-between")


class _Around(NamedTuple):
    """Other countries than the focus that the text names around an office of no named country.

    Attributes:
        opens: of a place with which the sentence opens (*Di Seoul, seorang pejabat …*).
        beside: named in the speaker's sentence.
        before: with which the sentence before opens (*Uni Eropa menegur … Komisioner …*).
        between: whether a body between states opens the sentence before.
    """

    opens: str | None
    beside: str | None
    before: str | None
    between: bool


_NOTHING_AROUND = _Around(None, None, None, between=False)


def _around(
    document: Document,
    ties: Sequence[Hit[Tie]],
    starts: Sequence[int],
    places: Iterable[int],
    focus: str | None,
) -> _Around:
    opens: str | None = None
    beside: str | None = None
    before: str | None = None
    between = False
    for offset in places:
        word = document.word_at(offset)
        first, last = sentence_around(document, word)
        for hit in ties[bisect_left(starts, first) : bisect_right(starts, last)]:
            sort, country, _ = hit.value
            if country == focus or not country:
                continue
            if hit.start == first + 1 and document.lower[first] in _WHERE and _comma_after(document, hit.end):
                opens = opens or country
            elif sort == "name":
                beside = beside or country
        if first and break_after(document, first - 1) and "\n" not in document.gaps[first]:
            start, _ = sentence_around(document, first - 1)
            for hit in ties[bisect_left(starts, start) : bisect_left(starts, first)]:
                if hit.start - start > _OPENING or hit.value.sort not in _STATES:
                    continue
                between = between or hit.value.sort == "between"
                if hit.value.country and hit.value.country != focus:
                    before = before or hit.value.country
    return _Around(opens, beside, before, between)


def _comma_after(document: Document, word: int) -> bool:
    return word < len(document.words) and document.gaps[word].startswith(",")


def _stands_there(speaker: Speaker, country: str, home: str) -> bool:
    """Whether the place that opens the sentence tells for whom an office speaks.

    A minister who travels is mostly one of the newsroom's own; bodies and the unnamed stay at home.
    """
    return speaker.type != "person" or not speaker.named or country == home


def _about_relation(
    told: _Told, tied: Affiliation, focus: str | None, around: _Around, lexicon: Lexicon
) -> list[str]:
    if tied.between:
        relation = "between"
    elif tied.country is None:
        relation = "unsaid"
    else:
        relation = "same" if tied.country == focus else "foreign"
    home, abroad = lexicon.geography.home, lexicon.roles.abroad
    names = [f"relation:{relation}", f"relation:{relation}&{told.kind}"]
    main = told.role.main
    if main:
        names.append(f"relation:{relation}*{main}")
        names.append(f"relation:{relation}*{main}*{'home' if focus == home else 'abroad'}")
    if tied.seat:
        names.append(f"relation:{relation}&seat")
    if relation == "unsaid" and focus == home and not abroad.isdisjoint(told.role.words):
        names += ["relation:not-of-home", f"relation:not-of-home*{main}"]
    for name, there in zip(_AROUND, around, strict=True):
        if there:
            names += [f"relation:{name}", f"relation:{name}*{main}"]
    return names


# --- the protest ---------------------------------------------------------------------------------


def _about_protest(told: _Told, levels: list[str], scene: Scene, lexicon: Lexicon) -> list[str]:
    if told.role.main == PROTESTER and len(levels) < len(scene.levels[:2]):
        levels = scene.levels[:2]  # the demonstrators of an article are where its protest is
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
    own = _signs_of(told.role.words, lexicon)
    if "leads" in near or not own.isdisjoint(_TAKING_PART):
        near = near - {"watches"}  # who leads, or is told in his role to march, is no bystander
    near = near | own
    stage = _stage(levels)
    for where, signs in (("", near), ("before-", before - near)):
        for sign in sorted(signs & DEEDS):
            names.append(f"context:{where}{sign}&{kind}&{stage}")
            if not where and stage == "protest":
                names.append(f"context:{sign}*{side}")
    if is_sure(near):
        names.append(f"context:near&{kind}&{stage}")
    if told.authority:
        return names
    names += [f"context:article>={level}" for level in scene.levels]
    names += [f"context:article>={level}*{side}" for level in scene.levels]
    if scene.topic:
        names += [f"context:about={scene.topic}", f"context:about={scene.topic}&{stage}"]
    if scene.unrest >= _RIOT:
        names += ["context:riot", f"context:riot*{side}"]
    if _is_kin(scene, told.role, lexicon):
        names += ["context:kin", f"context:kin*{side}"]
    if _is_of_the_crowd(scene, told.role, lexicon):
        names += ["context:crowd", f"context:crowd*{side}", f"context:crowd&{stage}"]
    return names


def _stage(levels: Sequence[str]) -> str:
    """Whether there is a protest around, or only a hint of one."""
    return "protest" if "some" in levels else "hint"


@lru_cache(maxsize=4096)
def _signs_of(words: tuple[str, ...], lexicon: Lexicon) -> frozenset[str]:
    return frozenset(sign for hit in lexicon.roles.text.find(words, words) for sign in hit.value)


def _is_kin(scene: Scene, role: Role, lexicon: Lexicon) -> bool:
    """Whether the article speaks of many like the speaker: a *pedagang* where *pedagang* protest."""
    places, alike = scene.document.places, lexicon.roles.kin
    return any(sum(len(places(word)) for word in alike.get(kind, (kind,))) >= _KIN for kind in role.kinds)


def _is_of_the_crowd(scene: Scene, role: Role, lexicon: Lexicon) -> bool:
    """Whether the speaker is of the kind of people that protest: a *sopir* where hundreds of *sopir* do."""
    alike = lexicon.roles.kin
    return any(not scene.crowd.isdisjoint(alike.get(kind, (kind,))) for kind in role.kinds)


# --- what is said --------------------------------------------------------------------------------


def _about_speech(told: _Told, levels: list[str], scene: Scene, lexicon: Lexicon) -> list[str]:
    names: list[str] = []
    signs: set[str] = set()
    manner = lexicon.roles.manner
    for statement in told.statements:
        signs |= scene.signs_in(statement.start, statement.end)
        if statement.cue is not None:
            words = scene.document.text[statement.cue.start : statement.cue.end].lower().split()
            names += [f"cue:{manner[word]}" for word in words if word in manner]
    for sign in _SAYINGS:
        if sign not in signs:
            continue
        if sign not in _OWN:
            names.append(f"say:{sign}&{told.kind}")
        elif levels:  # politicians make demands too: they tell nothing where nobody protests
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
