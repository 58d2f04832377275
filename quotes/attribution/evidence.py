"""What speaks for an attribution: readable facts, from which its confidence is computed."""

from __future__ import annotations

from typing import NamedTuple

from quotes.clauses import Cue, Source
from quotes.discourse import Event
from quotes.lexicon.words import BODY, PLACE, PLURAL_DETERMINER, ROLE
from quotes.speakers import GROUP_HEADS, Registry


class Ground(NamedTuple):
    """How a speaker was found, and how many sentences before the cue.

    ``how``: *named* (a phrase names or describes them), *pointed* (pria itu), *person* (the
    nearest speaker or subject), *many* (the nearest group), *topic* (whose statement it
    was), *last* (whoever spoke last).
    """

    how: str
    back: int


NAMED = Ground("named", 0)


class Found(NamedTuple):
    """A speaker, by the number of its entity in the registry, and how it was found."""

    entity: int
    ground: Ground = NAMED


class Evidence(NamedTuple):
    """The facts behind one attribution, each a word.

    Attributes:
        rule: the rule that linked the row to its source.
        cue: what the cue is: verb (subject before it), bare (kata), clitic (katanya), passive,
            preposition (menurut), noun, unknown (told by its place), none.
        gap: words between cue and mention: 0, few (1 to 3), many; none without a mention.
        mention: what stands as the source: full or single name, title, body, described,
            pronoun, many (mereka), nya, document, none.
        speaker: who was found: full or single (name), someone (seorang warga), bare (another
            single noun), group, things (a plural that is no known group), body, place, odd (a
            body whose first word is none).
        how: see :class:`Ground`.
        back: sentences between the speaker's last place and the cue: 0, 1, 2, far.
        turn: who spoke last: same, other, none.
    """

    rule: str
    cue: str
    gap: str
    mention: str
    speaker: str
    how: str
    back: str
    turn: str


def gather(
    rule: str, cue: Cue | None, source: Source | None, found: Found, registry: Registry, last: Event | None
) -> Evidence:
    """The evidence for an attribution.

    Args:
        rule: the rule that made the link.
        cue: the row's cue.
        source: what stands as its source.
        found: the speaker, and how it was found.
        registry: the article's speakers.
        last: who spoke last before the cue, or before the row where it has none.
    """
    ground = found.ground
    return Evidence(
        rule,
        _cue(cue),
        _gap(cue, source),
        _mention(source),
        _speaker(registry, found.entity),
        ground.how,
        _BACK[ground.back] if ground.back < len(_BACK) else "far",
        "none" if last is None else "same" if last.entity == found.entity else "other",
    )


_BACK = ("0", "1", "2")


def _cue(cue: Cue | None) -> str:
    if cue is None:
        return "none"
    entry = cue.entry
    if not entry.lemma:
        return "noun" if entry.noun else "unknown"
    if entry.clitic:
        return "clitic"
    if entry.preposition:
        return "preposition"
    if entry.noun:
        return "noun"
    return "passive" if entry.passive else "verb" if entry.active else "bare"


def _gap(cue: Cue | None, source: Source | None) -> str:
    if cue is None or source is None or source.phrase is None:
        return "none"
    phrase = source.phrase
    words = phrase.first - cue.word - 1 if phrase.first > cue.word else cue.word - phrase.last
    return "0" if words <= 0 else "few" if words <= 3 else "many"


def _mention(source: Source | None) -> str:
    if source is None:
        return "none"
    phrase = source.phrase
    if phrase is None:
        return "nya"
    if phrase.kind == "name":
        return "full" if phrase.name[1] - phrase.name[0] > 1 else "single"
    if phrase.kind == "pronoun":
        return "many" if phrase.plural else "pronoun"
    return "described" if phrase.kind == "phrase" else phrase.kind


def _speaker(registry: Registry, entity: int) -> str:
    held = registry.entities[entity]
    if held.type == "person":
        if held.named:
            return "full" if len(held.words) > 1 else "single"
        return "someone" if registry.single(entity) else "bare"
    head = held.name.partition(" ")[0].lower()
    flags = registry.tagged.lexicon_flags(head)
    if held.type == "organisation":
        return "place" if flags & PLACE else "body" if flags & (BODY | ROLE) else "odd"
    known = flags & (PLURAL_DETERMINER | ROLE) or head in GROUP_HEADS
    return "group" if known else "things"
