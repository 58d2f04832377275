"""What an article tells of a protest: how much of one there is, and what somebody does there.

Signs are words of the lexicon (``roles.toml``, [protest] and [speech]). They count where
the writer uses them and where speakers do; what somebody *does* is read off the writer's
own words around him only.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from quotes.lexicon import Lexicon
from quotes.lexicon.phrases import Hit
from quotes.reader import Reading
from quotes.segment import Document

#: What a sign weighs; a weak one may mean something else.
_WEIGHTS = {"strong": 2.0, "medium": 1.0, "weak": 0.3}
#: How much makes a hint of a protest, one that the article speaks of, and one that is its matter.
LEVELS: tuple[tuple[str, float], ...] = (("hint", 0.8), ("some", 2.0), ("central", 5.0))
#: How far around a speaker signs are counted, in words.
_WINDOW = 110
#: Headline and lead, in words.
_LEAD_WORDS = 70
#: How far from a mention, in words of the same sentence, a deed is the speaker's.
_REACH = 24
#: What somebody may do at a protest.
DEEDS = frozenset({"joins", "leads", "watches", "polices"})
#: Signs of a protest and of nothing else, or nearly so.
_SURE = frozenset({"strong", "medium"})
_MARKS = frozenset({"strong", "medium", "weak", "joins", "leads"})


@dataclass(frozen=True, slots=True)
class Scene:
    """The signs of one article.

    Attributes:
        document: the article.
        told: every word that tells something, in text order.
        starts: where they start, in words.
        quoted: per sign, whether it stands inside somebody's statement.
        sums: running totals of the weights, starting with 0.
        marks: where signs of a protest start, in words.
        leads: whether a strong sign stands in headline or lead.
    """

    document: Document
    told: Sequence[Hit[tuple[str, ...]]]
    starts: Sequence[int]
    quoted: Sequence[bool]
    sums: Sequence[float]
    marks: Sequence[int]
    leads: bool

    @property
    def levels(self) -> list[str]:
        """The levels that the whole article reaches."""
        return _reached(self.sums[-1])

    def levels_around(self, places: Iterable[int]) -> list[str]:
        """The levels reached within reach of any of the places (offsets)."""
        best = 0.0
        for offset in places:
            word = self.document.word_at(offset)
            low, high = bisect_left(self.starts, word - _WINDOW), bisect_right(self.starts, word + _WINDOW)
            best = max(best, self.sums[high] - self.sums[low])
        return _reached(best)

    def signs_around(self, places: Iterable[int]) -> tuple[set[str], set[str]]:
        """What the writer tells around the places: in the sentence, and in the one before it in the line."""
        near: set[str] = set()
        before: set[str] = set()
        for offset in places:
            first, last = sentence_around(self.document, self.document.word_at(offset))
            near |= self._told(first, last)
            if (
                first > 0
                and break_after(self.document, first - 1)
                and not _line_after(self.document, first - 1)
            ):
                start, _ = sentence_around(self.document, first - 1)
                before |= self._told(start, first - 1)
        return near, before

    def signs_in(self, start: int, end: int) -> set[str]:
        """What the words between two offsets tell, whosoever they are."""
        first, last = bisect_left(self.document.starts, start), bisect_left(self.document.starts, end)
        low, high = bisect_left(self.starts, first), bisect_left(self.starts, last)
        return {sign for hit in self.told[low:high] for sign in hit.value}

    def distance(self, places: Iterable[int]) -> int:
        """How many words lie between the places and the nearest sign of a protest."""
        best = len(self.document.words)
        for offset in places:
            word = self.document.word_at(offset)
            after = bisect_left(self.marks, word)
            for mark in self.marks[max(0, after - 1) : after + 1]:
                best = min(best, abs(mark - word))
        return best

    def _told(self, first: int, last: int) -> set[str]:
        low, high = bisect_left(self.starts, first), bisect_right(self.starts, last)
        own = zip(self.told[low:high], self.quoted[low:high], strict=True)
        return {sign for hit, quoted in own if not quoted for sign in hit.value}


def find_scene(reading: Reading, lexicon: Lexicon) -> Scene:
    """The signs of the article."""
    document = reading.document
    told = lexicon.roles.text.find(document.words, document.lower)
    spans = [(statement.start, statement.end) for statement in reading.statements]
    starts = [hit.start for hit in told]
    weights = [max(_WEIGHTS.get(sign, 0.0) for sign in hit.value) for hit in told]
    strong = next((hit.start for hit in told if "strong" in hit.value), None)
    return Scene(
        document,
        told,
        starts,
        [_inside(document.starts[start], spans) for start in starts],
        [0.0, *accumulate(weights)],
        [hit.start for hit in told if not _MARKS.isdisjoint(hit.value)],
        strong is not None and strong < _LEAD_WORDS,
    )


def is_sure(signs: Iterable[str]) -> bool:
    """Whether any of the signs tells of a protest and of nothing else."""
    return not _SURE.isdisjoint(signs)


def sentence_around(document: Document, word: int) -> tuple[int, int]:
    """First and last word of the same sentence, at most ``_REACH`` words away."""
    breaks = document.breaks()
    here = max(word, 0)
    place = bisect_right(breaks, here)
    first = max(0, word - _REACH, breaks[place - 1] if place else 0)
    last = min(len(document.words) - 1, word + _REACH)
    if place < len(breaks):
        last = min(last, breaks[place] - 1)
    return first, max(last, here)


def break_after(document: Document, word: int) -> bool:
    """Whether a sentence or line ends after the word."""
    breaks = document.breaks()
    place = bisect_left(breaks, word + 1)
    return place < len(breaks) and breaks[place] == word + 1


def _line_after(document: Document, word: int) -> bool:
    gap = document.gaps[word + 1]
    return "\n" in gap or "\r" in gap


def _reached(weight: float) -> list[str]:
    return [level for level, least in LEVELS if weight >= least]


def _inside(offset: int, spans: Sequence[tuple[int, int]]) -> bool:
    place = bisect_right(spans, (offset, len(spans) and spans[-1][1]))
    return place > 0 and spans[place - 1][1] > offset
