"""Paragraphs, words and sentences of a text, as offsets.

A :class:`Document` is the one shared view of an article's text. Paragraphs and words
come from one pass each; sentences are found per paragraph with NLTK's Punkt and the
lexicon's Indonesian parameters.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from quotes.records import Span

#: A word: letters and digits with inner hyphens and apostrophes, and the separators inside a number.
WORD = re.compile(r"\w+(?:[-'’‘`]\w+|[.,:/]\d+)*")
#: The same, and the names of sites: Kompas.com, laporcovid19.org.
WORD_OR_SITE = re.compile(
    r"[a-zA-Z0-9-]+\.(?:com|co|id|org|net|news|go)(?:\.[a-z]{2})?(?!\w)|\w+(?:[-'’‘`]\w+|[.,:/]\d+)*"
)
_SITE = re.compile(r"\w\.(?:com|co|id|org|net|news|go)\b")
_LINE = re.compile(r"[^\r\n\x85\u2028\u2029]+")


class Document:
    """The text with its paragraphs and words; built once per article.

    Attributes:
        text: the article's text, untouched.
        words: the words in order; ``starts`` and ``ends`` are their offsets.
        lower: the words, lower-cased.
        paragraphs: spans between line breaks, empty ones left out.
    """

    __slots__ = ("ends", "lower", "paragraphs", "starts", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        pattern = WORD_OR_SITE if _SITE.search(text) else WORD
        spans = [match.span() for match in pattern.finditer(text)]
        self.words: list[str] = [text[start:end] for start, end in spans]
        self.starts: list[int] = [start for start, _ in spans]
        self.ends: list[int] = [end for _, end in spans]
        folded = text.lower()
        # Lower-casing keeps every offset but for a handful of characters (İ).
        same = len(folded) == len(text)
        self.lower = [folded[start:end] for start, end in spans] if same else [word.lower() for word in self.words]
        self.paragraphs = [Span(m.start(), m.end()) for m in _LINE.finditer(text)]

    def word_at(self, offset: int) -> int:
        """Index of the last word that starts at or before ``offset``; -1 before the first."""
        return bisect_right(self.starts, offset) - 1
