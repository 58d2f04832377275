"""Banners, chants and scribbles: things that carry the words of whoever holds, shouts or writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quotes.clauses import Source, leading_phrases, source_of, word_after
from quotes.lexicon.cues import CueEntry
from quotes.lexicon.words import COMMON, DEMONSTRATIVE, DETERMINER, PRONOUN
from quotes.phrases import Phrase, parse
from quotes.records import Span

if TYPE_CHECKING:
    from quotes.resolver import Resolver

#: How many words may tell of a thing between it and the colon.
_TOLD = 7
#: How many words a sentence may have before the thing that it begins with: hanya tertinggal satu tulisan.
_OPENING = 5
#: How many words before the thing what is answered with it may be told: disambut ribuan buruh dengan yel-yel.
_ANSWERED = 24
#: Kinds of phrases that carry words themselves, or cannot be held to have said them.
_THINGS = frozenset(("document", "title"))
_VERB = CueEntry("", active=frozenset(("clause",)))


class Carrier(NamedTuple):
    """The word of a thing that carries a quoted span, and whose words they are; None: the people around."""

    word: int
    source: Source | None


def find_carrier(resolver: Resolver, number: int, index: int) -> Carrier | None:
    """What carries a quoted span of sentence ``number``, if anything does."""
    return _beside(resolver, number, index) or _described(resolver, number, index)


def _beside(resolver: Resolver, number: int, index: int) -> Carrier | None:
    """Disambut teriakan “…” dari massa; spanduk bertuliskan “…”."""
    carriers, lower = resolver.lexicon.cues.carriers, resolver.document.lower
    opening = resolver.outer(index)[0]
    word = word_after(resolver.tagged, opening) - 1
    left = resolver.left_limit(number, index)
    last = word
    if word > left and lower[word] == "dengan":
        return _answer(resolver, left, word)
    if word > left and _adjective(resolver, word):
        word -= 1
    answered = word >= left and lower[word] in carriers.answered
    if word < left or not (answered or lower[word] in carriers.beside):
        return None
    if resolver.text[resolver.document.ends[last] : opening].strip(" :,"):
        return None
    behind = _behind(resolver, number, index)
    if behind is not None or answered:
        return Carrier(word, behind) if behind is not None else None
    return Carrier(word, _shouter(resolver, number, word))


def _answer(resolver: Resolver, left: int, word: int) -> Carrier | None:
    """Disahut massa dengan “…”."""
    answered = resolver.lexicon.cues.carriers.answered
    for place in range(word - 2, max(left, word - _TOLD) - 1, -1):
        if resolver.document.lower[place] in answered:
            agent = parse(resolver.tagged, place + 1, word)
            whole = agent is not None and agent.last == word and resolver.can_write(agent)
            return Carrier(place, _source(agent)) if whole else None
    return None


def _adjective(resolver: Resolver, word: int) -> bool:
    """Whether a word only describes the carrier before it: spanduk raksasa “…”, poster bertulis tangan “…”."""
    tagged = resolver.tagged
    if tagged.upper[word] or tagged.marks[word] or tagged.flags[word] & ~COMMON:
        return False
    lower, beside = tagged.document.lower, resolver.lexicon.cues.carriers.beside
    return lower[word - 1] in beside and lower[word] not in beside


def _behind(resolver: Resolver, number: int, index: int) -> Source | None:
    """Whose it is, told behind the span: “…” dari massa."""
    tagged = resolver.tagged
    first, limit = word_after(tagged, resolver.outer(index)[1]), resolver.right_limit(number, index)
    if first + 1 < limit and tagged.document.lower[first] in ("dari", "oleh"):
        return _source(parse(tagged, first + 1, limit))
    return None


def _shouter(resolver: Resolver, number: int, word: int) -> Source | None:
    """Whose it is, told before the thing: the agent of an answering passive, or else the subject."""
    tagged, carriers = resolver.tagged, resolver.lexicon.cues.carriers
    head = word_after(tagged, resolver.sentences[number].start)
    for place in range(word - 1, max(head, word - _ANSWERED) - 1, -1):
        if tagged.document.lower[place] in carriers.answered:
            # Disambut yel-yel “…”: whoever is told of before was answered.
            return _source(parse(tagged, place + 1, word)) if place + 1 < word else None
    source = source_of(tagged, resolver.noun_cue(word)._replace(entry=_VERB), head, word + 1)
    if source is None or (source.phrase is not None and source.phrase.kind == "document"):
        people = (held for held in leading_phrases(tagged, head, word) if resolver.can_say(held))
        source = _source(next(people, None)) or source
    if source is None or source.phrase is None or source.phrase.kind in _THINGS:
        return None
    if any(
        low in carriers.described for low in tagged.document.lower[source.phrase.first : source.phrase.last]
    ):
        return _bearer(resolver, source.phrase.last, word)
    return source


def _bearer(resolver: Resolver, first: int, last: int) -> Source | None:
    """Whoever wears a thing: Sebuah karton di dada seorang sopir bertuliskan “…”."""
    for place in range(first, last):
        if resolver.tagged.flags[place] & DETERMINER:
            phrase = parse(resolver.tagged, place, last)
            return _source(phrase) if phrase is not None and resolver.can_say(phrase) else None
    return None


def _described(resolver: Resolver, number: int, index: int) -> Carrier | None:
    """Meninggalkan tulisan dengan cat semprot: “…”; satu tulisan di kardus milik pedagang: “…”."""
    tagged, carriers = resolver.tagged, resolver.lexicon.cues.carriers
    lower = tagged.document.lower
    opening = resolver.outer(index)[0]
    end = word_after(tagged, opening)
    left = resolver.left_limit(number, index)
    if end - 1 < left or resolver.text[resolver.document.ends[end - 1] : opening].strip() != ":":
        return None
    for word in range(end - 1, max(left, end - _TOLD) - 1, -1):
        if word + 1 < end and tagged.marks[word + 1]:
            return None
        if lower[word] in carriers.owner and word + 1 < end:
            owner = parse(tagged, word + 1, end)
            if owner is not None and owner.last == end:
                thing = _thing_before(resolver, word, left)
                return Carrier(thing, _source(owner)) if thing is not None else None
        if lower[word] in carriers.described:
            break
        if lower[word].removesuffix("nya") in carriers.described:  # tulisan pada spanduknya
            whose = Source(Span(tagged.document.ends[word] - 3, tagged.document.ends[word]), None)
            whole = word - 2 if word - 2 >= left and lower[word - 2] in carriers.described else word
            return Carrier(whole, whose)
    else:
        return None
    if _opens(resolver, number, word):
        return Carrier(word, _holder(resolver, number, lower[word]))
    if any(lower[place] == "yang" and tagged.flags[place + 1] & PRONOUN for place in range(word, end - 1)):
        return Carrier(word, None)  # kertas yang mereka angkat
    return Carrier(word, _shouter(resolver, number, word))


def _thing_before(resolver: Resolver, word: int, left: int) -> int | None:
    described = resolver.lexicon.cues.carriers.described
    places = (
        p for p in range(word - 1, max(left, word - _TOLD) - 1, -1) if resolver.document.lower[p] in described
    )
    return next(places, None)


def _opens(resolver: Resolver, number: int, word: int) -> bool:
    """Whether the thing is what the sentence is about: Sebuah poster menarik perhatian: “…”."""
    head = word_after(resolver.tagged, resolver.sentences[number].start)
    return word - head < _OPENING and not any(
        low.startswith(("me", "ber", "di")) and len(low) > 4 for low in resolver.document.lower[head:word]
    )


def _holder(resolver: Resolver, number: int, thing: str) -> Source | None:
    """Who is told in the next sentence to hold it: Poster itu dibawa Kirana."""
    tagged = resolver.tagged
    if number + 1 >= len(resolver.sentences):
        return None
    sentence = resolver.sentences[number + 1]
    first, limit = word_after(tagged, sentence.start), word_after(tagged, sentence.end)
    lower = tagged.document.lower
    if first + 3 >= limit or lower[first] != thing or not tagged.flags[first + 1] & DEMONSTRATIVE:
        return None
    if lower[first + 2] not in resolver.lexicon.cues.carriers.held:
        return None
    return _source(parse(tagged, first + 3 + (lower[first + 3] == "oleh"), limit))


def _source(phrase: Phrase | None) -> Source | None:
    return None if phrase is None else Source(Span(phrase.start, phrase.end), phrase)
