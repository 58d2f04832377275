"""What an article tells of a protest: how much of one there is, and what somebody does there.

Signs are words of the lexicon (``roles.toml``, [protest] and [speech]). They count where
the writer uses them and where speakers do; what somebody *does* is read off the writer's
own words around him only.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from quotes.lexicon import Lexicon
from quotes.lexicon.phrases import Hit
from quotes.lexicon.roles import TOPIC
from quotes.reader import Reading
from quotes.records import Statement
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
#: How far into a statement its speaker's role may begin, as in *Menurut X (40), guru, …*.
_OPENING = 12
#: More words than this make a topic.
_TOPIC_WORDS = 1
_TAKING_PART = frozenset({"joins", "leads"})
_DENIALS = frozenset({"tidak", "tak", "bukan"})
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
        topic: what the article is about more than about a protest, or "".
        leads: whether a strong sign stands in headline or lead.
        unrest: how many words tell of violence on the streets.
        crowd: words for the kinds of people that the article says protest (*ratusan* buruh *mogok*).
    """

    document: Document
    told: Sequence[Hit[tuple[str, ...]]]
    starts: Sequence[int]
    quoted: Sequence[bool]
    sums: Sequence[float]
    topic: str
    leads: bool
    unrest: int
    crowd: frozenset[str]

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

    def _told(self, first: int, last: int) -> set[str]:
        low, high = bisect_left(self.starts, first), bisect_right(self.starts, last)
        own = zip(self.told[low:high], self.quoted[low:high], strict=True)
        return {sign for hit, quoted in own if not quoted for sign in hit.value}


def find_scene(reading: Reading, lexicon: Lexicon) -> Scene:
    """The signs of the article."""
    document = reading.document
    told = _denied(lexicon.roles.text.find(document.words, document.lower), document.lower)
    spans = [_said(reading, statement) for statement in reading.statements]
    starts = [hit.start for hit in told]
    weights = [max(_WEIGHTS.get(sign, 0.0) for sign in hit.value) for hit in told]
    marks = [hit.start for hit in told if not _MARKS.isdisjoint(hit.value)]
    strong = [hit.start for hit in told if "strong" in hit.value]
    return Scene(
        document,
        told,
        starts,
        [_inside(document.starts[start], spans) for start in starts],
        [0.0, *accumulate(weights)],
        _topic(told, sum(weights)),
        bool(strong) and strong[0] < _LEAD_WORDS,
        sum("unrest" in hit.value for hit in told),
        _crowd(document, marks, lexicon),
    )


def _topic(told: Iterable[Hit[tuple[str, ...]]], weight: float) -> str:
    """The topic with the most words, where they outweigh the signs of a protest."""
    topics = Counter(sign for hit in told for sign in hit.value if sign.startswith(TOPIC))
    if not topics:
        return ""
    name, count = min(topics.items(), key=lambda item: (-item[1], item[0]))
    return name.removeprefix(TOPIC) if count > max(_TOPIC_WORDS, weight) else ""


def _crowd(document: Document, marks: Sequence[int], lexicon: Lexicon) -> frozenset[str]:
    """The kinds of people of whom many are told of in a sentence with a sign of a protest."""
    kin, many = lexicon.roles.kin, lexicon.roles.crowd
    lower = document.lower
    found: set[str] = set()
    for place in [number for number, word in enumerate(lower) if word in kin]:
        if lower[place] in found or not any(
            word in many or word.isdigit() for word in lower[max(0, place - 2) : place]
        ):
            continue
        first, last = sentence_around(document, place)
        near = bisect_left(marks, first)
        if near < len(marks) and marks[near] <= last:
            found.add(lower[place])
    return frozenset(found)


def _denied(told: Sequence[Hit[tuple[str, ...]]], words: Sequence[str]) -> list[Hit[tuple[str, ...]]]:
    """The signs, with deeds turned round that somebody did *not* do."""
    return [
        hit._replace(value=("watches",))
        if not _TAKING_PART.isdisjoint(hit.value)
        and not _DENIALS.isdisjoint(words[max(0, hit.start - 2) : hit.start])
        else hit
        for hit in told
    ]


def _said(reading: Reading, statement: Statement) -> tuple[int, int]:
    """Where a statement stands, without the writer's apposition that it may begin with."""
    start, end = statement.start, statement.end
    role = reading.speakers[statement.speaker].role if statement.speaker >= 0 else None
    if statement.kind == "indirect" and role:
        text = reading.document.text
        place = text.find(role, start, start + _OPENING + len(role))
        comma = text.find(",", place + len(role), end) if place >= 0 else -1
        if comma >= 0:
            return comma, end
    return start, end


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
