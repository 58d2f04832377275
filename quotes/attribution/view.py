"""An article as the rules of attribution see it: words, cues, sentences and quoted spans, by place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache, partial
from typing import NamedTuple

from quotes.clauses import Cue, Source, find_cues, word_after
from quotes.lexicon import Lexicon
from quotes.lexicon.cues import CueEntry
from quotes.lexicon.words import DETERMINER, ROLE
from quotes.phrases import Phrase, Tagged
from quotes.records import QuotedSpan, Span
from quotes.segment import Document
from quotes.sentences import sentences

_NOUN = CueEntry("", noun=True)
#: Sentences whose own words are kept at hand; the same few are asked for again and again.
_KEPT = 6


class Link(NamedTuple):
    """A span's cue and source, the rule that found them, and whether a colon or comma leads in."""

    cue: Cue | None
    source: Source | None
    rule: str
    strong: bool


class View:
    """One article: what every rule reads and none changes.

    Attributes:
        document: the text and its words; ``text`` is the text alone.
        spans: the quoted spans, sorted by start.
        lexicon: the language data.
        tagged: the words with their classes.
        cues: the reporting words, in text order.
        sentences: the sentences; none ends inside a span.
        top: numbers of the spans that stand in no other.
        span_words: the words of every span: indices of the first, and of the one behind the last.
        narrative: word ranges of a sentence, by its number, outside quoted spans.
    """

    def __init__(self, document: Document, spans: list[QuotedSpan], lexicon: Lexicon) -> None:
        self.document = document
        self.text = document.text
        self.spans = spans
        self.lexicon = lexicon
        self.tagged = Tagged(document, lexicon.words)
        self.cues = find_cues(self.tagged, lexicon.cues)
        self.sentences = sentences(document, spans, lexicon.abbreviations)
        self._sentence_starts = [sentence.start for sentence in self.sentences]
        self._cue_starts = [cue.start for cue in self.cues]
        self._outers = [(span.start - len(span.opening), span.end + len(span.closing)) for span in spans]
        self.top = [index for index, span in enumerate(spans) if span.parent < 0]
        self._top_starts = [spans[index].start for index in self.top]
        # No method of this object: without a cycle, an article is freed as soon as it is read.
        top = [self._outers[index] for index in self.top]
        narrative = partial(_narrative, self.tagged, self.sentences, top, self._top_starts)
        self.narrative = lru_cache(maxsize=_KEPT)(narrative)
        starts = document.starts
        self.span_words = [(bisect_left(starts, span.start), bisect_left(starts, span.end)) for span in spans]

    def outer(self, index: int) -> tuple[int, int]:
        """Offsets of a span with its marks."""
        return self._outers[index]

    def sentence_at(self, offset: int) -> int:
        """Number of the sentence that holds ``offset``."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def left_limit(self, number: int, index: int) -> int:
        """Word index where the narrative before a span begins: behind the span before, or with the sentence."""
        start = self.sentences[number].start
        position = bisect_left(self.top, index)
        if position > 0:
            start = max(start, self.outer(self.top[position - 1])[1])
        return word_after(self.tagged, start)

    def right_limit(self, number: int, index: int) -> int:
        """Word index where the narrative behind a span ends: the next span or the sentence's end."""
        end = self.sentences[max(number, self.sentence_at(self.spans[index].end))].end
        position = bisect_left(self.top, index)
        if position + 1 < len(self.top):
            end = min(end, self.outer(self.top[position + 1])[0])
        return word_after(self.tagged, max(end, self.spans[index].end))

    def quoted(self, offset: int) -> bool:
        """Whether an offset stands inside a quoted span."""
        position = bisect_right(self._top_starts, offset) - 1
        return position >= 0 and offset < self.spans[self.top[position]].end

    def cues_in(self, first: int, last: int) -> list[Cue]:
        """The cues among words ``[first, last)``."""
        starts = self.document.starts
        if first >= last or first >= len(starts):
            return []
        low = bisect_left(self._cue_starts, starts[first])
        high = bisect_left(self._cue_starts, starts[last]) if last < len(starts) else len(self.cues)
        return self.cues[low:high]

    def cue_at(self, word: int) -> Cue | None:
        """The cue that a word is, if it is one."""
        if not 0 <= word < len(self.document.starts):
            return None
        position = bisect_left(self._cue_starts, self.document.starts[word])
        if position < len(self.cues) and self.cues[position].word == word:
            return self.cues[position]
        return None

    def noun_cue(self, word: int) -> Cue:
        """A word as a noun of saying."""
        starts, ends = self.document.starts, self.document.ends
        return Cue(word, starts[word], ends[word], _NOUN)

    def can_say(self, phrase: Phrase) -> bool:
        """Whether a phrase behind an unknown word is somebody: a name, or a description of people."""
        if phrase.kind in ("name", "pronoun", "title"):
            return True
        if phrase.kind == "document":
            return False
        first = phrase.first
        flags = self.tagged.flags
        while first < phrase.last - 1 and flags[first] & DETERMINER and not flags[first] & ROLE:
            first += 1
        return bool(flags[first] & ROLE) or self.document.lower[first] == "seseorang"

    def can_write(self, phrase: Phrase) -> bool:
        """Whether a phrase is somebody, or a body."""
        return phrase.kind == "body" or self.can_say(phrase)

    def holds_span(self, sentence: Span) -> bool:
        """Whether a quoted span stands in a sentence."""
        place = bisect_left(self._top_starts, sentence.start)
        return place < len(self.top) and self._top_starts[place] < sentence.end

    def narrative_end(self, number: int, phrase: Phrase) -> int:
        """The word at which the writer's own words behind a phrase end: a quoted span, or the sentence's end."""
        end = self.sentences[number].end
        place = bisect_left(self._top_starts, phrase.end)
        if place < len(self.top):
            end = min(end, self.outer(self.top[place])[0])
        return word_after(self.tagged, end)


def _narrative(
    tagged: Tagged, sentences: list[Span], top: list[tuple[int, int]], starts: list[int], number: int
) -> list[tuple[int, int]]:
    """Word ranges of a sentence outside quoted spans, which stand at ``top`` with their marks."""
    sentence = sentences[number]
    low = max(0, bisect_left(starts, sentence.start) - 1)
    high = bisect_left(starts, sentence.end)
    return _narrative_words(tagged, sentence, top[low:high])


def _narrative_words(tagged: Tagged, sentence: Span, holes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The word ranges of a sentence outside quoted spans (``holes`` are offsets with marks)."""
    stretches: list[tuple[int, int]] = []
    start = sentence.start
    for first, last in holes:
        if last <= sentence.start or first >= sentence.end:
            continue
        if first > start:
            stretches.append((word_after(tagged, start), word_after(tagged, first)))
        start = max(start, last)
    if start < sentence.end:
        stretches.append((word_after(tagged, start), word_after(tagged, sentence.end)))
    return [(first, last) for first, last in stretches if last > first]
