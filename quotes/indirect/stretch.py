"""The words of one sentence, and what they may be in a clause."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.clauses import Cue, Source, word_after
from quotes.lexicon import Lexicon
from quotes.lexicon.words import W
from quotes.phrases import Phrase, Tagged, is_verbal, parse
from quotes.records import Span

_NO_VERB = W.ROLE | W.BODY | W.DOCUMENT | W.PLACE | W.TITLE | W.PRONOUN | W.PREPOSITION | W.DETERMINER


class Stretch:
    """One sentence under reading: its words, its cues and the quoted spans cut out of it.

    Attributes:
        marks: what stands between each word and the one before it, white space left out.
        first: index of the first word; ``last`` the one behind the last word.
        holes: word ranges of the quoted spans; ``hole_offsets`` their offsets, marks included.
        guards: the words of the lexicon that decide what a clause is.
        classes: the classes of every known word.
    """

    __slots__ = (
        "classes",
        "cues",
        "document",
        "first",
        "flags",
        "guards",
        "hole_offsets",
        "holes",
        "last",
        "lower",
        "marks",
        "sentence",
        "tagged",
        "upper",
    )

    def __init__(
        self, tagged: Tagged, lexicon: Lexicon, sentence: Span, cues: Sequence[Cue], holes: Sequence[Span]
    ) -> None:
        self.tagged = tagged
        self.document = tagged.document
        self.lower = tagged.document.lower
        self.upper = tagged.upper
        self.flags = tagged.flags
        self.marks = tagged.marks
        self.guards = lexicon.cues.reports.guards
        self.classes = lexicon.words.flags
        self.sentence = sentence
        self.cues = cues
        self.first = word_after(tagged, sentence.start)
        self.last = word_after(tagged, sentence.end)
        self.holes = [(word_after(tagged, hole.start), word_after(tagged, hole.end)) for hole in holes]
        self.hole_offsets = holes

    def left_of(self, word: int) -> int:
        """Where the writer's own words around ``word`` begin."""
        if not self.holes:
            return self.first
        return max((end for _, end in self.holes if end <= word), default=self.first)

    def right_of(self, word: int) -> int:
        """The word behind the writer's own words around ``word``."""
        if not self.holes:
            return self.last
        return min((start for start, _ in self.holes if start > word), default=self.last)

    def is_number(self, index: int) -> bool:
        """Whether a word begins with a digit."""
        return self.document.words[index][0].isdigit()

    def predicate(self, index: int) -> bool:
        """Whether the word is a verb, or another word that makes a clause: akan, tidak, keliru."""
        return self.verb(index) or (self.lower[index] in self.guards.state and not self.upper[index])

    def verb(self, index: int) -> bool:
        """Whether the word is a verb, or stands before one."""
        if self.upper[index]:
            return False
        word = self.lower[index]
        if word in self.guards.predicate:
            return True
        return not self.flags[index] & _NO_VERB and is_verbal(word) and word not in self.guards.noun

    def has_clause(self, first: int, last: int) -> bool:
        """Whether a predicate stands in words ``[first, last)``."""
        return any(self.predicate(index) for index in range(first, last))

    def tells(self, left: int, end: int) -> bool:
        """Whether a clause of its own begins at ``left``: with a verb that is in no relative clause."""
        guards = self.guards
        relative = False
        for word in range(left + 1, end):
            if self.marks[word].startswith(","):
                relative = False
            if self.lower[word] in guards.relative:
                relative = True
            elif not relative and self.verb(word):
                before = self.lower[word - 1]
                if before not in guards.adverbial and before not in guards.local and not self.marks[word]:
                    return True
        return False

    def clause_start(self, end: int) -> int:
        """Where the clause that holds word ``end`` begins."""
        for word in range(end - 1, self.first, -1):
            if (
                self.lower[word] in self.guards.contrast
                or self.lower[word] == "bahwa"
                or ";" in self.marks[word + 1]
            ):
                return word + 1
        return self.first

    def bracketed(self, word: int) -> bool:
        """Whether the word stands inside brackets."""
        text = self.document.text[self.sentence.start : self.document.starts[word]]
        return text.count("(") > text.count(")")

    def head(self, phrase: Phrase) -> int:
        """The word of a phrase that says who it is, behind determiners and quantities."""
        index = phrase.first
        while index < phrase.last - 1 and (
            self.lower[index] in self.guards.quantity
            or self.is_number(index)
            or (self.flags[index] & W.DETERMINER and not self.flags[index] & (W.ROLE | W.BODY))
        ):
            index += 1
        return index

    def phrase_at(self, index: int, limit: int) -> Source | None:
        """The phrase that starts at ``index``, as a source."""
        phrase = parse(self.tagged, index, limit) if index < limit else None
        return as_source(phrase) if phrase is not None else None


def as_source(phrase: Phrase) -> Source:
    """A phrase as a source."""
    return Source(Span(phrase.start, phrase.end), phrase)
