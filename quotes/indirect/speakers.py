"""Who can be the source of a report: somebody, a body, or something written."""

from __future__ import annotations

import re

from quotes.clauses import Source
from quotes.indirect.stretch import Stretch, as_source
from quotes.lexicon.words import W
from quotes.phrases import Phrase, parse

#: Nouns made of verbs and adjectives: they say nothing.
ABSTRACT = re.compile(r"(?:ke|pe[mnlrwy]?|per)[a-z]{3,}an$|[a-z]{3,}(?:asi|itas|isme|nya)$")
_SOMEBODY = W.ROLE | W.BODY | W.TITLE | W.GIVEN


def speaks(stretch: Stretch, phrase: Phrase | None, kind: str, *, strict: bool) -> bool:
    """Whether a phrase can be the source of a report.

    Args:
        stretch: the sentence.
        phrase: the source; None stands for -nya.
        kind: the complement it is to report.
        strict: whether only a person or a body will do.
    """
    if phrase is None or phrase.kind in ("pronoun", "title"):
        return True
    head = stretch.head(phrase)
    word, flags = stretch.lower[head], stretch.flags[head]
    if word in stretch.guards.carrier:
        return not strict or kind != "thing"
    if _says_nothing(stretch, phrase, head):
        return False
    if flags & _SOMEBODY or word in stretch.guards.quantity or _full_name(phrase):
        return True
    if word == "persen":
        return not strict
    return _unknown_speaks(stretch, phrase, head, kind, strict=strict)


def _says_nothing(stretch: Stretch, phrase: Phrase, head: int) -> bool:
    if stretch.flags[head] & W.DOCUMENT:
        return True
    if phrase.last - phrase.first == 1 and stretch.lower[head] in stretch.guards.state:
        return not stretch.upper[head]
    proper = stretch.upper[head] and head + 1 < phrase.last and stretch.upper[head + 1]
    return stretch.lower[head] in stretch.guards.speechless and not proper


def _full_name(phrase: Phrase) -> bool:
    """A name of several words, or one behind what somebody is."""
    first, last = phrase.name
    return phrase.kind == "name" and (last - first > 1 or first > phrase.first)


def _unknown_speaks(stretch: Stretch, phrase: Phrase, head: int, kind: str, *, strict: bool) -> bool:
    """Whether a word no list knows may be somebody: by its form, and by what is reported."""
    word = stretch.lower[head]
    if word.endswith("nya"):
        stem = word.removesuffix("nya")
        if stretch.classes.get(stem, 0) & (W.ROLE | W.BODY):
            return True
        thing = stem in stretch.guards.speechless or ABSTRACT.match(stem) is not None
        return not (strict or thing or kind == "thing")
    if ABSTRACT.match(word) and not stretch.tagged.is_acronym(head):
        # afiliasi WAFB: an abstract noun with a name behind it
        return not strict and not stretch.upper[head] and head + 1 < phrase.last and stretch.upper[head + 1]
    return not strict or phrase.kind != "phrase"


def behind_heading(stretch: Stretch, phrase: Phrase | None) -> Source | None:
    """The speaker in a phrase that a heading without a stop has run into: Situasi kondusif Kepala Desa X."""
    if phrase is None or phrase.first != stretch.first:
        return None
    for start in range(phrase.first + 1, phrase.last):
        second = start - 1 == phrase.first
        if not stretch.upper[start] or (stretch.upper[start - 1] and not second):
            continue
        if second and stretch.flags[start] & W.COMMON:
            continue
        found = parse(stretch.tagged, start, phrase.last)
        if found is None or found.last != phrase.last or found.kind not in ("name", "body", "title"):
            continue
        if found.kind == "name" or stretch.flags[start] & (W.ROLE | W.BODY | W.TITLE):
            return as_source(found)
    return None
