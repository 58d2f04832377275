"""Paragraphs, words and sentences of a text, as offsets.

A :class:`Document` is the one shared view of an article's text. Paragraphs and words
come from one pass each; sentences are found per paragraph with NLTK's Punkt and the
lexicon's Indonesian parameters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from quotes.records import Span

# KOMPAS-Bupati is a dateline and a word, TNI-Polri one word.
_PLAIN = r"\w++(?:(?!(?<=[A-Z]{5})-[A-Z][a-z])[-'’‘`]\w++|[.,:/]\d++)*+"
_NAME_OF_SITE = r"[a-zA-Z0-9-]+\.(?:com|co|id|org|net|news|go)(?:\.[a-z]{2})?(?!\w)"
#: A word: letters and digits with inner hyphens and apostrophes, and the separators inside a number.
WORD = re.compile(_PLAIN)
# In one group each, so that splitting gives words and gaps in turn.
_WORDS = re.compile(f"({_PLAIN})")
#: The same, and the names of sites: Kompas.com, laporcovid19.org.
_WORDS_AND_SITES = re.compile(f"({_NAME_OF_SITE}|{_PLAIN})")
#: Accents set behind their letter, and what is not seen: soft hyphens, zero-width spaces and joiners.
_ODD = re.compile("[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]")
_WITH_ODD = _PLAIN.replace(r"\w++", r"\w[\w\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]*+")
_WORDS_WITH_ODD = re.compile(f"({_WITH_ODD})")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
# The dot first, so that the search leaps from dot to dot.
_SITE = re.compile(r"\.(?<=\w\.)(?:com|co|id|org|net|news|go)\b")
_STOP = re.compile("[.!?\n\r]")
_LINE_ENDS = frozenset("\n\r")
_LINE = re.compile(r"[^\r\n\x85\u2028\u2029]+")


def seen(text: str) -> str:
    """A text as it is seen: without soft hyphens and characters of no width."""
    return _UNSEEN.sub("", text)


class Document:
    """The text with its paragraphs and words; built once per article.

    Attributes:
        text: the article's text, untouched.
        words: the words in order; ``starts`` and ``ends`` are their offsets.
        lower: the words, lower-cased.
        gaps: what stands between each word and the one before; empty for the first.
        marks: the gaps without the white space around them: empty between most words.
        paragraphs: spans between line breaks, blank ones left out.
    """

    __slots__ = (
        "_breaks",
        "_places",
        "ends",
        "gaps",
        "lower",
        "marks",
        "paragraphs",
        "starts",
        "text",
        "words",
    )

    def __init__(self, text: str) -> None:
        self.text = text
        self._breaks: list[int] | None = None
        self._places: dict[str, list[int]] | None = None
        # One split, and each list from it in one call: a loop over the words costs several times as much.
        odd = not text.isascii() and _ODD.search(text) is not None
        pattern = _WORDS_WITH_ODD if odd else _WORDS_AND_SITES if _SITE.search(text) else _WORDS
        parts = pattern.split(text)
        offsets = list(accumulate(map(len, parts)))
        self.words: list[str] = parts[1::2]
        self.gaps: list[str] = ["", *parts[2:-1:2]] if self.words else []
        self.starts: list[int] = offsets[:-1:2]
        self.ends: list[int] = offsets[1::2]
        self.lower: list[str] = list(map(str.lower, map(seen, self.words) if odd else self.words))
        self.marks: list[str] = list(map(str.strip, self.gaps))
        self.paragraphs: list[Span] = [
            Span(*match.span()) for match in _LINE.finditer(text) if not match[0].isspace()
        ]

    def word_at(self, offset: int) -> int:
        """Index of the last word that starts at or before ``offset``; -1 before the first."""
        return bisect_right(self.starts, offset) - 1

    def places(self, word: str) -> Sequence[int]:
        """The indices of a lower-case word; found once for all, so that a long text is passed over once."""
        if self._places is None:
            self._places = {}
            for index, low in enumerate(self.lower):
                self._places.setdefault(low, []).append(index)
        return self._places.get(word, ())

    def breaks(self) -> list[int]:
        """Indices of the words with a capital behind a line break, or behind a stop and more.

        A rough and quick view of where sentences begin, whatever the marks: for what stands
        near a word, not for what a sentence says.
        """
        if self._breaks is None:
            words = self.words
            self._breaks = [
                index
                for index, gap in enumerate(self.gaps)
                if (len(gap) > 1 or gap in _LINE_ENDS) and words[index][0].isupper() and _STOP.search(gap)
            ]
        return self._breaks
