"""Sentences, by NLTK's Punkt with the lexicon's abbreviations, never inside a quoted span.

Punkt decides every full stop that can be doubted: behind an abbreviation, an initial or a
number. A mark of exclamation or question, or a stop behind an ordinary word, ends a
sentence where white space and no lower-case letter follow; asking Punkt there would give
the same answer at forty times the cost (``tests/test_sentences.py`` checks that it does).
Three things differ from Punkt: *?!* is one end, dots of an ellipsis before a capital end a
sentence, and several initials (*B.J. Wiratama*) end none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from quotes.punkt import punkt
from quotes.records import QuotedSpan, Span
from quotes.segment import Document

#: A possible end: stops, closing marks and brackets, then white space.
_STOPS = r"(?<![.!?…])([.!?…]++)([”\"»“’')\]]*+)"
_END = re.compile(rf"{_STOPS}(\s++)(?=(\S))")
#: The same where white space was lost here and there: dijaga ketat.Kasi Humas …; but no name of a site.
_END_OR_GLUED = re.compile(rf"{_STOPS}(\s++|(?=(?!(?:Com|Co|Id|Net|Org)\b)[A-Z][a-z]+[ ,]))(?=(\S))")
_GLUED = re.compile(r"[.!?…][”\"»“)]?[A-Z][a-z]+[ ,]")
#: What a glued stop stands behind: a word, no initial and no degree; a number or a bracket.
_BEFORE_GLUED = re.compile(r"(?:[a-z]{2}|[\d)\]])[.!?…]")
_PLACE = (
    r"(?:[A-Z][\w’'.]*(?:-[A-Z][\w’'.]*)*|[a-z]\w*\.(?:com|net|tv|co\.id|id)"
    r"|\([^()\n]{2,30}\)|\d{1,2}(?: [A-Z][a-z]+(?: \d{4})?)?)"
)
#: JAKARTA, KOMPAS — ; Medan (ANTARA) - ; PARIS, 12 November – : where and by whom, before the first sentence.
_DATELINE = re.compile(
    rf"{_PLACE}(?:,? {_PLACE}){{0,7}}(?: ?(?:—|–|--) ?| - )(?=\W?[A-Z“”\"‘']|\d[\d.,]* [a-z])"
)
_DATELINE_REACH = 70
#: A sentence is cut at white space after so many characters outside its spans: what reads a sentence
#: as a whole stays quick on text without stops. The longest of the gold has under 700.
_LONGEST = 2000
_SPACE = re.compile(r"\s")
_INITIALS = re.compile(r"[A-Z](?:\.[A-Z])+$")
_BEFORE_WORD = re.compile('[(\\[“”"«»]')


def sentences(document: Document, spans: list[QuotedSpan], abbreviations: frozenset[str]) -> list[Span]:
    """The sentences of every paragraph, in text order.

    A quoted span never holds a boundary; a boundary may lie between a closing mark and
    the next sentence. A paragraph with a span that runs on into the next one ends there.
    A sentence with over two thousand characters outside its spans is cut at white space.
    """
    text = document.text
    holes = [Span(span.start, span.end) for span in spans if span.parent < 0]
    pattern = _END_OR_GLUED if _GLUED.search(text) else _END
    found: list[Span] = []
    number = 0
    for paragraph in document.paragraphs:
        start, end = paragraph
        head = text[start : min(end, start + _DATELINE_REACH)]
        if "-" in head or "—" in head or "–" in head:
            dateline = _DATELINE.match(head)
            if dateline is not None:
                start += dateline.end()
        for match in pattern.finditer(text, start, end):
            position = match.end(1)
            while number < len(holes) and holes[number][1] < position:
                number += 1
            if number < len(holes) and holes[number][0] < position and match.end(2) <= holes[number][1]:
                continue
            if _ends(text, match, abbreviations, start):
                # In ketat."Kami siap the mark opens the next sentence.
                opens = not match[3] and number < len(holes) and holes[number].start == match.end(2)
                _add(found, text, start, position if opens else match.end(2), holes)
                start = position if opens else match.end(3)
        _add(found, text, start, end, holes)
    return found


def _add(found: list[Span], text: str, start: int, end: int, holes: list[Span]) -> None:
    """Add the sentence ``[start, end)`` without white space at its ends, in pieces if it is over-long."""
    while start < end:
        place = _limit(text, start, end, holes) if end - start > _LONGEST else end
        sentence = _trimmed(text, start, place)
        if sentence.start < sentence.end:
            found.append(sentence)
        start = place


def _limit(text: str, start: int, end: int, holes: list[Span]) -> int:
    """Where a sentence is cut: the first white space behind enough characters outside spans, or its end."""
    left = _LONGEST
    number = bisect_right(holes, start, key=lambda hole: hole.start)
    if number and holes[number - 1].end > start:
        start = holes[number - 1].end
    while start < end:
        stop = min(end, holes[number].start) if number < len(holes) else end
        if stop - start > left:
            space = _SPACE.search(text, start + left, stop)
            if space is not None:
                return space.start()
        left = max(0, left - (stop - start))
        if stop == end:
            break
        start = holes[number].end
        number += 1
    return end


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _ends(text: str, match: re.Match[str], abbreviations: frozenset[str], start: int) -> bool:
    """Whether a sentence ends at the stop of ``match``."""
    following = match[4]
    if following.islower():
        return False
    stop = match[1]
    if not match[3] and not match[2]:
        before = _BEFORE_GLUED.match(text, max(0, match.end(1) - 3)) or _BEFORE_GLUED.match(
            text, max(0, match.end(1) - 2)
        )
        if before is None or before.end() != match.end(1):
            return False
    if stop != "." or match[2]:
        return True
    word = _last_word(text[max(start, match.start() - 40) : match.start()])
    if len(word) > 1 and word.isalpha() and word.lower() not in abbreviations:
        return True
    if not word:
        return True
    if _INITIALS.match(word):
        return False
    return _punkt_breaks(word, following.isupper(), abbreviations)


def _last_word(piece: str) -> str:
    """The word that ends a piece of text, brackets and quotation marks before it left out; empty behind white space."""
    if not piece or piece[-1].isspace():
        return ""
    word = piece.rsplit(maxsplit=1)[-1]
    return word if word.isalnum() else _BEFORE_WORD.split(word)[-1]


@lru_cache(maxsize=20_000)
def _punkt_breaks(word: str, capital: bool, abbreviations: frozenset[str]) -> bool:
    """Whether Punkt ends a sentence at a full stop behind ``word``.

    Without learnt collocations and sentence starters, Punkt's decision depends on the word
    before the stop and on whether a ``capital`` follows only, so each word is asked for once.
    """
    context = f"Kata {word}. {'Kata' if capital else '10'} itu."
    stop = len(word) + 6
    return any(end == stop for _, end in punkt(abbreviations).span_tokenize(context))
