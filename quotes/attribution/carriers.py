"""Banners, chants and scribbles: things that carry the words of whoever holds, shouts or writes them."""

from __future__ import annotations

from typing import NamedTuple

from quotes.attribution.view import View
from quotes.clauses import Source, leading_phrases, source_of, word_after
from quotes.lexicon.cues import CueEntry
from quotes.lexicon.words import COMMON, DEMONSTRATIVE, DETERMINER, PRONOUN
from quotes.phrases import Phrase, parse
from quotes.records import Span

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


def find_carrier(view: View, number: int, index: int) -> Carrier | None:
    """What carries a quoted span of sentence ``number``, if anything does."""
    return _beside(view, number, index) or _described(view, number, index)


def _beside(view: View, number: int, index: int) -> Carrier | None:
    """Disambut teriakan “…” dari massa; spanduk bertuliskan “…”."""
    carriers, lower = view.lexicon.cues.carriers, view.document.lower
    opening = view.outer(index)[0]
    word = word_after(view.tagged, opening) - 1
    left = view.left_limit(number, index)
    last = word
    if word > left and lower[word] == "dengan":
        return _answer(view, left, word)
    if word > left and _adjective(view, word):
        word -= 1
    answered = word >= left and lower[word] in carriers.answered
    if word < left or not (answered or lower[word] in carriers.beside):
        return None
    if view.text[view.document.ends[last] : opening].strip(" :,"):
        return None
    behind = _behind(view, number, index)
    if behind is not None or answered:
        return Carrier(word, behind) if behind is not None else None
    return Carrier(word, _shouter(view, number, word))


def _answer(view: View, left: int, word: int) -> Carrier | None:
    """Disahut massa dengan “…”."""
    answered = view.lexicon.cues.carriers.answered
    for place in range(word - 2, max(left, word - _TOLD) - 1, -1):
        if view.document.lower[place] in answered:
            agent = parse(view.tagged, place + 1, word)
            whole = agent is not None and agent.last == word and view.can_write(agent)
            return Carrier(place, _source(agent)) if whole else None
    return None


def _adjective(view: View, word: int) -> bool:
    """Whether a word only describes the carrier before it: spanduk raksasa “…”, poster bertulis tangan “…”."""
    tagged = view.tagged
    if tagged.upper[word] or tagged.marks[word] or tagged.flags[word] & ~COMMON:
        return False
    lower, beside = tagged.document.lower, view.lexicon.cues.carriers.beside
    return lower[word - 1] in beside and lower[word] not in beside


def _behind(view: View, number: int, index: int) -> Source | None:
    """Whose it is, told behind the span: “…” dari massa."""
    tagged = view.tagged
    first, limit = word_after(tagged, view.outer(index)[1]), view.right_limit(number, index)
    if first + 1 < limit and tagged.document.lower[first] in ("dari", "oleh"):
        return _source(parse(tagged, first + 1, limit))
    return None


def _shouter(view: View, number: int, word: int) -> Source | None:
    """Whose it is, told before the thing: the agent of an answering passive, or else the subject."""
    tagged, carriers = view.tagged, view.lexicon.cues.carriers
    head = word_after(tagged, view.sentences[number].start)
    for place in range(word - 1, max(head, word - _ANSWERED) - 1, -1):
        if tagged.document.lower[place] in carriers.answered:
            # Disambut yel-yel “…”: whoever is told of before was answered.
            return _source(parse(tagged, place + 1, word)) if place + 1 < word else None
    source = source_of(tagged, view.noun_cue(word)._replace(entry=_VERB), head, word + 1)
    if source is None or (source.phrase is not None and source.phrase.kind == "document"):
        people = (held for held in leading_phrases(tagged, head, word) if view.can_say(held))
        source = _source(next(people, None)) or source
    if source is None or source.phrase is None or source.phrase.kind in _THINGS:
        return None
    if any(
        low in carriers.described for low in tagged.document.lower[source.phrase.first : source.phrase.last]
    ):
        return _bearer(view, source.phrase.last, word)
    return source


def _bearer(view: View, first: int, last: int) -> Source | None:
    """Whoever wears a thing: Sebuah karton di dada seorang sopir bertuliskan “…”."""
    for place in range(first, last):
        if view.tagged.flags[place] & DETERMINER:
            phrase = parse(view.tagged, place, last)
            return _source(phrase) if phrase is not None and view.can_say(phrase) else None
    return None


def _described(view: View, number: int, index: int) -> Carrier | None:
    """Meninggalkan tulisan dengan cat semprot: “…”; satu tulisan di kardus milik pedagang: “…”."""
    tagged, carriers = view.tagged, view.lexicon.cues.carriers
    lower = tagged.document.lower
    opening = view.outer(index)[0]
    end = word_after(tagged, opening)
    left = view.left_limit(number, index)
    if end - 1 < left or view.text[view.document.ends[end - 1] : opening].strip() != ":":
        return None
    for word in range(end - 1, max(left, end - _TOLD) - 1, -1):
        if word + 1 < end and tagged.marks[word + 1]:
            return None
        if lower[word] in carriers.owner and word + 1 < end:
            owner = parse(tagged, word + 1, end)
            if owner is not None and owner.last == end:
                thing = _thing_before(view, word, left)
                return Carrier(thing, _source(owner)) if thing is not None else None
        if lower[word] in carriers.described:
            break
        if lower[word].removesuffix("nya") in carriers.described:  # tulisan pada spanduknya
            whose = Source(Span(tagged.document.ends[word] - 3, tagged.document.ends[word]), None)
            whole = word - 2 if word - 2 >= left and lower[word - 2] in carriers.described else word
            return Carrier(whole, whose)
    else:
        return None
    if _opens(view, number, word):
        return Carrier(word, _holder(view, number, lower[word]))
    if any(lower[place] == "yang" and tagged.flags[place + 1] & PRONOUN for place in range(word, end - 1)):
        return Carrier(word, None)  # kertas yang mereka angkat
    return Carrier(word, _shouter(view, number, word))


def _thing_before(view: View, word: int, left: int) -> int | None:
    described = view.lexicon.cues.carriers.described
    places = (
        p for p in range(word - 1, max(left, word - _TOLD) - 1, -1) if view.document.lower[p] in described
    )
    return next(places, None)


def _opens(view: View, number: int, word: int) -> bool:
    """Whether the thing is what the sentence is about: Sebuah poster menarik perhatian: “…”."""
    head = word_after(view.tagged, view.sentences[number].start)
    return word - head < _OPENING and not any(
        low.startswith(("me", "ber", "di")) and len(low) > 4 for low in view.document.lower[head:word]
    )


def _holder(view: View, number: int, thing: str) -> Source | None:
    """Who is told in the next sentence to hold it: Poster itu dibawa Kirana."""
    tagged = view.tagged
    if number + 1 >= len(view.sentences):
        return None
    sentence = view.sentences[number + 1]
    first, limit = word_after(tagged, sentence.start), word_after(tagged, sentence.end)
    lower = tagged.document.lower
    if first + 3 >= limit or lower[first] != thing or not tagged.flags[first + 1] & DEMONSTRATIVE:
        return None
    if lower[first + 2] not in view.lexicon.cues.carriers.held:
        return None
    return _source(parse(tagged, first + 3 + (lower[first + 3] == "oleh"), limit))


def _source(phrase: Phrase | None) -> Source | None:
    return None if phrase is None else Source(Span(phrase.start, phrase.end), phrase)
