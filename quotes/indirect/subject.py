"""Whose verb it is: the subject of an active verb, wherever the sentence tells it."""

from __future__ import annotations

from typing import NamedTuple

from quotes.clauses import Cue, Source, leading_phrases, source_before
from quotes.indirect.attachment import Attachment
from quotes.indirect.complement import Complement
from quotes.indirect.stretch import Stretch, as_source
from quotes.lexicon.reports import Frame
from quotes.lexicon.words import W
from quotes.phrases import Phrase, is_verbal, parse
from quotes.records import Span

#: How many words before a verb or a relative *yang* its noun phrase may begin.
_PHRASE = 16
_RELATIVE = 14
_NOUNS = W.ROLE | W.BODY | W.DOCUMENT
_HOOKS = W.CONJUNCTION | W.PREPOSITION | W.ADVERB | W.CUE | W.DEMONSTRATIVE
_STARTS = W.OPENER | W.ADVERB | W.TIME | W.CONJUNCTION | W.DEMONSTRATIVE | W.CUE


class Held(NamedTuple):
    """The last report of the sentence so far; a verb without a subject goes on with it."""

    source: Source | None
    cue: Cue | None


def subject(
    stretch: Stretch, cue: Cue, frame: Frame, before: Attachment, behind: Complement, held: Held
) -> Source | None:
    """The source of an active verb; None where it has none, or tells no speech."""
    left = stretch.left_of(cue.word)
    if before.link in ("subject", "governed"):
        strong = before.link == "subject" or behind.kind in ("that", "ask")
        return _own(stretch, cue, before.word, left, behind) if strong else None
    if before.link == "relative":
        return None if frame.weak or frame.filled else _antecedent(stretch, before.word, left)
    if before.link == "purpose" and behind.kind != "that":
        return None
    if frame.weak and not _weak_may(stretch, before, held):
        return None
    return _shared(stretch, cue, before, left, held)


def _weak_may(stretch: Stretch, before: Attachment, held: Held) -> bool:
    """Whether a weak verb (berharap, memastikan) may be joined: only to a report right before it."""
    if before.link == "adverbial":
        return False
    if before.link != "joined":
        return True
    return held.cue is not None and not stretch.tells(held.cue.word, before.word)


def _shared(stretch: Stretch, cue: Cue, before: Attachment, left: int, held: Held) -> Source | None:
    """The subject that a verb shares with the clause or the report before it."""
    if before.link == "comma":
        if stretch.bracketed(before.word):
            return None
        own = _set_off(stretch, cue, before.word, left, held) or _around_aside(stretch, before, held)
        if own is not None:
            return own
    if before.link != "purpose" and _goes_on(stretch, before, held):
        return (
            (_reported_subject(stretch, held) or held.source) if before.link == "adverbial" else held.source
        )
    if before.link == "comma" and not stretch.tells(left, before.word):
        return _before_verb(stretch, cue, left)
    return _of_clause(stretch, before) or _before_verb(stretch, cue, left)


def _before_verb(stretch: Stretch, cue: Cue, left: int) -> Source | None:
    """The subject before a verb, or where its clause began before an earlier quoted span."""
    source = source_before(stretch.tagged, cue, left)
    if source is None and left > stretch.first:
        return source_before(stretch.tagged, cue, stretch.first)
    return source


def _of_clause(stretch: Stretch, before: Attachment) -> Source | None:
    """The subject of the clause that holds a verb: its first phrase behind adverbials."""
    start = stretch.clause_start(before.word)
    if before.link == "purpose":
        while start < before.word and stretch.lower[start] in stretch.guards.adverbial:
            start += 1
    if start >= before.word:
        return None
    phrases = leading_phrases(stretch.tagged, start, before.word)
    return as_source(phrases[0]) if phrases else _counted_people(stretch, start, before.word)


def _counted_people(stretch: Stretch, start: int, end: int) -> Source | None:
    """Pada Rabu, sekitar 400 penduduk berkumpul: people behind a number that opens a clause."""
    for opening in range(start, end):
        if opening > start and "," not in stretch.marks[opening]:
            continue
        place = opening
        while place < end and (stretch.lower[place] in stretch.guards.quantity or stretch.is_number(place)):
            place += 1
        if place > opening:
            source = stretch.phrase_at(place, end)
            if source is not None and stretch.flags[place] & W.ROLE:
                return source
    return None


# --- verbs without a subject of their own ------------------------------------------------------


def _set_off(stretch: Stretch, cue: Cue, end: int, left: int, held: Held) -> Source | None:
    """A subject of the verb's own between commas, behind the report before."""
    if held.cue is None:
        return None
    source = source_before(stretch.tagged, cue, left)
    if source is None or source.phrase is None:
        return None
    first = source.phrase.first
    if first <= held.cue.word + 1 or not (stretch.marks[first] or _may_begin(stretch, first)):
        return None
    return None if stretch.tells(first, end) else source


def _around_aside(stretch: Stretch, before: Attachment, held: Held) -> Source | None:
    """The subject that an aside parts from its verb: Presiden, lanjut Said, berjanji ..."""
    if held.cue is None or not held.cue.entry.after or held.source is None:
        return None
    aside, told = held.cue.word, held.source.phrase
    ends = told.last if told is not None else aside + 1
    if ends != before.word or "," not in stretch.marks[aside] or aside == stretch.first:
        return None
    phrase = _phrase_to(stretch, aside, stretch.first)
    return as_source(phrase) if phrase is not None and phrase.kind != "phrase" else None


def _goes_on(stretch: Stretch, before: Attachment, held: Held) -> bool:
    """Whether a verb without a subject goes on with the report before it."""
    if held.source is None or held.cue is None:
        return False
    if before.link == "comma" and held.cue.entry.preposition:
        return False  # Menurutnya, menjawab krisis itu bisa ...: no subject is left out
    between = range(held.cue.word + 1, before.word)
    return not any(
        stretch.lower[word] in stretch.guards.contrast or ";" in stretch.marks[word] for word in between
    )


def _reported_subject(stretch: Stretch, held: Held) -> Source | None:
    """The subject of the clause the last cue reports: menilai pemerintah tidak konsisten."""
    if held.cue is None:
        return None
    index = held.cue.word + 1
    if index < stretch.last and stretch.lower[index] == "bahwa":
        index += 1
    source = stretch.phrase_at(index, stretch.last)
    if (
        source is None
        or source.phrase is None
        or source.phrase.kind not in ("name", "body", "title", "pronoun")
    ):
        return None
    return source


# --- verbs with a subject of their own ---------------------------------------------------------


def _own(stretch: Stretch, cue: Cue, end: int, left: int, behind: Complement) -> Source | None:
    """The phrase right before a verb, or in front of what sets it off from the verb."""
    share = _share_of(stretch, end)
    if share is not None or stretch.flags[end - 1] & W.FIRST_PERSON:
        return share
    end = next(
        (word for word in range(end - 1, max(left, end - 13), -1) if stretch.lower[word] == "selaku"), end
    )
    phrase = _phrase_to(stretch, end, left) if end < cue.word or _inner_start(stretch, end, left) else None
    if phrase is not None and (end < cue.word or (phrase.first > left and not stretch.marks[phrase.first])):
        return _or_head(stretch, phrase, left)
    source = _before_verb(stretch, cue, left)
    if (
        source is None
        or source.phrase is None
        or (source.phrase.last == end and _governed(stretch, source.phrase))
    ):
        return _before_adjuncts(stretch, end, left) or source
    if behind.kind != "that" and _stray_verb(stretch, source.phrase.last, end):
        return _before_adjuncts(stretch, end, left)
    return source


def _share_of(stretch: Stretch, end: int) -> Source | None:
    """35 persen: a share of those who were asked."""
    word = end - 1
    if word <= stretch.first or stretch.lower[word] != "persen" or not stretch.is_number(word - 1):
        return None
    span = stretch.tagged.span(word - 1, end)
    return Source(span, Phrase(word - 1, end, *span, "phrase", (end, end), (end, end), True))


def _phrase_to(stretch: Stretch, end: int, left: int) -> Phrase | None:
    """The longest phrase that ends right before word ``end`` and may be a subject."""
    first = max(left, end - _PHRASE)
    starts = [start for start in range(first, end) if start == left or _may_begin(stretch, start)]
    for start in starts:
        phrase = parse(stretch.tagged, start, end)
        if phrase is not None and phrase.last == end:
            return phrase
    return None


def _inner_start(stretch: Stretch, end: int, left: int) -> bool:
    """Whether a subject may begin anywhere but with the clause itself."""
    return any(_may_begin(stretch, start) for start in range(max(left + 1, end - _PHRASE), end))


def _may_begin(stretch: Stretch, start: int) -> bool:
    """Whether a subject may begin at ``start``: not behind a preposition, not inside a phrase."""
    if stretch.marks[start]:
        return True
    flags, word = stretch.flags[start - 1], stretch.lower[start - 1]
    if word in stretch.guards.preposition or flags & _NOUNS:
        return False
    if stretch.upper[start - 1] and not flags & W.OPENER:
        return False
    return bool(flags & _STARTS) or word in stretch.guards.that or word == "persen" or stretch.verb(start - 1)


def _governed(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a phrase is the noun of a preposition: dengan [istrinya]."""
    return phrase.first > stretch.first and stretch.lower[phrase.first - 1] in stretch.guards.preposition


def _or_head(stretch: Stretch, phrase: Phrase, left: int) -> Source:
    """The phrase before a verb, or whom its relative clause tells of: warga yang enggan disebut nama."""
    holds = phrase.kind == "title" and stretch.lower[phrase.first - 1] in stretch.guards.holding
    head = _head_of_relative(stretch, phrase.first, left) if phrase.kind == "phrase" or holds else None
    return head or apposed(stretch, phrase, left)


def _before_adjuncts(stretch: Stretch, end: int, left: int) -> Source | None:
    """The subject in front of adverbials: Presiden dalam pidatonya di Senayan [menegaskan]."""
    for word in range(end - 1, max(left, end - _RELATIVE), -1):
        if word + 1 < end and stretch.marks[word + 1]:
            return None
        if stretch.lower[word] not in stretch.guards.preposition:
            continue
        phrase = _phrase_to(stretch, word, left)
        if phrase is not None and (phrase.kind != "phrase" or stretch.flags[stretch.head(phrase)] & W.ROLE):
            inner = phrase.first > left and stretch.verb(phrase.first - 1)
            head = _head_of_relative(stretch, phrase.first, left) if inner else None
            return head or apposed(stretch, phrase, left)
    return None


def _stray_verb(stretch: Stretch, first: int, end: int) -> bool:
    """Whether another verb stands between a subject and its verb, in no relative clause or aside."""
    for word in range(first, end):
        if stretch.lower[word] == "yang" or stretch.marks[word].startswith(("(", ",")):
            return False
        if is_verbal(stretch.lower[word]) and stretch.verb(word):
            return True
    return False


def _head_of_relative(stretch: Stretch, end: int, left: int) -> Source | None:
    """Who the relative clause that holds word ``end`` tells of; None if it stands in none."""
    for word in range(end - 1, max(left, end - _RELATIVE), -1):
        if stretch.marks[word + 1]:
            return None
        if stretch.lower[word] == "yang":
            return _antecedent(stretch, word, left)
    return None


def _antecedent(stretch: Stretch, yang: int, left: int) -> Source | None:
    """The noun phrase right before *yang*, or before the comma in front of it."""
    for start in range(max(left, yang - _RELATIVE), yang):
        if start > left and not _may_start(stretch, start):
            continue
        phrase = parse(stretch.tagged, start, yang)
        if phrase is not None and phrase.last == yang:
            return apposed(stretch, phrase, left)
    return None


def _may_start(stretch: Stretch, start: int) -> bool:
    """Whether a phrase that a relative clause hangs on may begin here."""
    mark = stretch.marks[start]
    if mark:
        return mark.startswith((",", ";", "—", "–", "("))
    return bool(stretch.flags[start - 1] & _HOOKS) or stretch.verb(start - 1)


# --- a name and what it is ---------------------------------------------------------------------


def apposed(stretch: Stretch, phrase: Phrase, left: int) -> Source:
    """A phrase as a source; where it says who the name before its comma is, that name.

    *Gabriel Manek (60), penjual air [menuturkan]*: Gabriel Manek.
    """
    own = as_source(phrase)
    piece = _piece_start(stretch, phrase, left)
    if piece is None:
        return own
    end = piece
    if stretch.is_number(piece - 1) and "(" in stretch.marks[piece - 1]:
        end = piece - 1
    for start in range(max(left, end - 6), end):
        if start == left or stretch.marks[start].startswith(",") or _opens(stretch, start - 1):
            name = parse(stretch.tagged, start, end)
            if name is not None and name.kind == "name" and name.last == end:
                return Source(Span(name.start, name.end), name)
    return own


def _piece_start(stretch: Stretch, phrase: Phrase, left: int) -> int | None:
    """Where the apposition that holds a description begins, behind a comma; None if it is none."""
    if phrase.kind in ("name", "pronoun"):
        return None
    piece = phrase.first
    while piece > left and not stretch.marks[piece]:
        if stretch.verb(piece - 1):
            return None
        piece -= 1
    behind_comma = piece > left and stretch.marks[piece] in (",", "),")
    return piece if behind_comma and stretch.lower[piece] not in stretch.guards.joining else None


def _opens(stretch: Stretch, word: int) -> bool:
    """Whether a word opens a sentence and is no preposition, conjunction or verb: Namun, Terpisah."""
    flags = stretch.flags[word]
    return bool(flags & W.OPENER) and not flags & (W.PREPOSITION | W.CUE | W.CONJUNCTION)
