"""What follows a verb: a clause, a request, a name for something, a thing, or nothing."""

from __future__ import annotations

from typing import NamedTuple

from quotes.clauses import Cue
from quotes.indirect.stretch import Stretch
from quotes.lexicon.reports import Frame
from quotes.lexicon.words import W
from quotes.phrases import parse

#: How many words behind a verb its complement is looked for.
_REACH = 22
_CLAUSE_ENDS = frozenset((";", ".", "!", "?", ":", "—", "–"))
_NO_PREDICATE = W.PREPOSITION | W.CONJUNCTION | W.TIME | W.DEMONSTRATIVE


class Complement(NamedTuple):
    """What follows a verb.

    ``kind`` is one of the complements of the lexicon's frames, or *adjunct* where only a
    time, a place or an addressee follows; ``first`` the first word of what is reported;
    ``noun`` the noun that makes a report of the verb (menyampaikan belasungkawa), or -1.
    """

    kind: str
    first: int
    noun: int


def complement(stretch: Stretch, cue: Cue, frame: Frame, right: int) -> Complement:
    """The complement of an active verb inside the words up to ``right``."""
    index = cue.word + 1
    noun = -1
    if index < right and not stretch.marks[index] and stretch.lower[index] in frame.objects:
        noun = index
        if frame.light:
            index += 1
            while (
                index < right
                and not stretch.marks[index]
                and stretch.lower[index] in stretch.guards.object_tail
            ):
                noun, index = index, index + 1
    if index >= right:
        return Complement("bare", index, noun if frame.light else -1)
    stop = min(right, index + _REACH)
    place, adjunct = _over_adjuncts(stretch, index, stop)
    if place >= stop:
        return Complement("adjunct", index, noun)
    mark = stretch.marks[place]
    if mark:
        return _behind_mark(stretch, frame, place, right, adjunct)._replace(noun=noun)
    if stretch.lower[place] in stretch.guards.joining and not stretch.flags[place - 1] & W.TIME:
        if "bare" in frame.takes or place + 2 >= stop or not stretch.predicate(place + 1):
            return Complement("bare", place, noun)
        place += 2  # mengecam dan mengutuk serangan itu: one object for both
    kind, first = _kind(stretch, frame, place, stop)
    if adjunct and stretch.lower[index] != "kepada" and kind in ("thing", "number", "clause"):
        return Complement("adjunct", index, noun)
    return Complement(kind, first, noun)


def takes(stretch: Stretch, frame: Frame, found: Complement) -> bool:
    """Whether the complement makes a report of a verb with this frame."""
    if found.noun >= 0:
        behind = found.noun + 1
        if found.kind != "bare" or frame.light or behind >= stretch.last or "," in stretch.marks[behind]:
            return True
    if frame.light or (found.kind == "thing" and frame.filled):
        return False
    return found.kind in frame.takes


def says_nothing(stretch: Stretch, index: int, frame: Frame) -> bool:
    """Whether word ``index``, right behind the verb, makes it no report: meminta uang, mengatakan hal itu."""
    if stretch.lower[index] not in frame.things:
        return False
    if stretch.lower[index] != "hal":
        return True
    return index + 1 < stretch.last and bool(stretch.flags[index + 1] & W.DEMONSTRATIVE)


def closes(stretch: Stretch, found: Complement) -> bool:
    """Whether nothing but adjuncts stands between a verb and the end of its sentence or clause."""
    if found.kind not in ("bare", "adjunct"):
        return False
    return found.kind == "adjunct" or found.first >= stretch.last or bool(stretch.marks[found.first])


def _over_adjuncts(stretch: Stretch, index: int, stop: int) -> tuple[int, bool]:
    """The word behind times, places and addressees, and whether there are any."""
    guards = stretch.guards
    first = index
    adjunct = False
    while index < stop and not stretch.marks[index]:
        flags = stretch.flags[index]
        if stretch.lower[index] in guards.skipped or (flags & W.TIME and not flags & W.COMMON):
            index += 1
        elif stretch.lower[index] in guards.addressed and (adjunct or index <= first + 2):
            adjunct = True
            index = _over_phrase(stretch, index + 1, stop)
        else:
            break
    return index, adjunct


def _over_phrase(stretch: Stretch, index: int, stop: int) -> int:
    """The word behind the noun phrase or time of an adjunct: kepada [wartawan], pada [hari Jumat]."""
    phrase = parse(stretch.tagged, index, stop) if index < stop else None
    if phrase is not None:
        return phrase.last
    while index < stop and not stretch.marks[index] and stretch.flags[index] & (W.TIME | W.DEMONSTRATIVE):
        index += 1
    return index


def _behind_mark(stretch: Stretch, frame: Frame, index: int, right: int, adjunct: bool) -> Complement:
    """The complement behind a comma, a colon, or the bracket of a date."""
    guards = stretch.guards
    mark, word = stretch.marks[index], stretch.lower[index]
    bare = Complement("bare", index, -1)
    if not (mark.startswith((",", ":")) or (mark.startswith("(") and adjunct)):
        return bare
    if word in guards.joining or word in guards.contrast or word == "yang":
        return bare
    if adjunct:
        hangs = any(
            word in words for words in (guards.manner, guards.adverbial, guards.local, guards.purpose)
        )
        if hangs or not stretch.has_clause(index, right):
            return bare
    kind, first = _kind(stretch, frame, index, min(right, index + _REACH))
    return Complement("that", first if kind == "that" else index, -1)


def _kind(stretch: Stretch, frame: Frame, index: int, stop: int) -> tuple[str, int]:
    """The kind of the complement that starts at word ``index``, and the first word it reports."""
    guards = stretch.guards
    word = stretch.lower[index]
    that = _that(stretch, index, stop)
    if that >= 0:
        return "that", min(that + 1, stretch.last - 1)
    if word in guards.question and not stretch.marks[index]:
        return "that", index
    if word in guards.ask:
        return "ask", index + 1
    if word == "untuk":
        return "ask", index
    if frame.filled:
        kind = "clause" if stretch.predicate(index) else "as" if word == "sebagai" else "thing"
    elif word in guards.about:
        kind = "about"
    else:
        kind = "act" if stretch.predicate(index) else _grown(stretch, index, stop)
    return kind, index


def _that(stretch: Stretch, index: int, stop: int) -> int:
    """The word *bahwa* of the verb, before any other reporting verb; -1 if there is none."""
    if stretch.lower[index] in stretch.guards.that:
        return index
    for place in range(index, stop):
        if place > index:
            mark = stretch.marks[place]
            if (mark and mark[0] in _CLAUSE_ENDS) or (
                stretch.flags[place] & W.CUE and _reports(stretch, place)
            ):
                return -1
        if stretch.lower[place] == "bahwa":
            return place
    return -1


def _reports(stretch: Stretch, place: int) -> bool:
    return any(cue.word == place and cue.entry.report is not None for cue in stretch.cues)


def _grown(stretch: Stretch, index: int, stop: int) -> str:
    """What a noun phrase behind a verb grows into: a request, a naming, a clause, a quantity or a thing."""
    guards = stretch.guards
    relative = False
    for place in range(index + 1, stop):
        if _phrase_ends(stretch, place, stop):
            break
        word = stretch.lower[place]
        if word in guards.ask or word == "untuk":
            return "ask"
        if word == "sebagai":
            return "as"
        if word == "yang":
            relative = True
        elif relative and stretch.predicate(place):
            relative = False
        elif not relative and _begins_clause(stretch, place):
            return "clause"
    return "number" if stretch.is_number(index) or stretch.lower[index] in guards.number else "thing"


def _phrase_ends(stretch: Stretch, place: int, stop: int) -> bool:
    """Whether the noun phrase behind the verb cannot go on at ``place``."""
    mark = stretch.marks[place]
    listed = mark == "," and stretch.upper[place] and stretch.upper[place - 1]
    if mark and not mark.startswith("(") and not listed:
        return True
    word = stretch.lower[place]
    if word in stretch.guards.adverbial:
        return True
    return word in stretch.guards.joining and place + 1 < stop and stretch.predicate(place + 1)


def _begins_clause(stretch: Stretch, place: int) -> bool:
    """Whether the noun phrase before ``place`` is a subject, and this word its predicate."""
    pointed = stretch.flags[place - 1] & W.DEMONSTRATIVE and not stretch.upper[place]
    if pointed and not stretch.flags[place] & _NO_PREDICATE:
        return True
    return stretch.predicate(place) and stretch.lower[place - 1] not in stretch.guards.nonfinite
