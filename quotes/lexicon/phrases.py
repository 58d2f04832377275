"""Finding many fixed words and phrases in running text in one pass.

A table of phrases is keyed by their first word; at each word of the text the longest
phrase that starts there wins. The cost grows with the words of the text, not with the
size of the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from quotes.segment import WORD

T = TypeVar("T")


class Hit(NamedTuple, Generic[T]):
    """A phrase found at ``words[start:end]`` and what the table holds for it."""

    start: int
    end: int
    value: T


class _Entry(NamedTuple, Generic[T]):
    lower: list[str]
    exact: list[str] | None  # abbreviations: the letters as they stand
    capital: bool  # a name: its first letter must be a capital
    value: T


class Phrases(Generic[T]):
    """A table from phrases to values, searched by :meth:`find`.

    A phrase in capitals of at most six letters (*AS*, *DIY*) is an abbreviation and matches
    only in capitals; a phrase with a capital first letter matches any spelling with one;
    all others match in any case. With ``names=False`` case never matters.
    """

    def __init__(self, entries: Iterable[tuple[str, T]], *, names: bool = True) -> None:
        # By first word: phrases of several words by their second, and those of one word.
        self._first: dict[str, tuple[dict[str, list[_Entry[T]]], list[_Entry[T]]]] = {}
        for phrase, value in entries:
            words = WORD.findall(phrase)
            lower = [word.lower() for word in words]
            abbreviation = names and phrase.isupper() and len(phrase) <= 6
            entry = _Entry(lower, words if abbreviation else None, names and phrase[:1].isupper(), value)
            several, single = self._first.setdefault(lower[0], ({}, []))
            (several.setdefault(lower[1], []) if len(lower) > 1 else single).append(entry)
        for several, _ in self._first.values():
            for same in several.values():
                same.sort(key=lambda entry: -len(entry.lower))

    def find(self, words: Sequence[str], lower: Sequence[str]) -> list[Hit[T]]:
        """The phrases of the table in ``words``, longest first at each place, none overlapping.

        Args:
            words: the words as they stand.
            lower: the same words, lower-cased.
        """
        first, count = self._first, len(lower)
        hits: list[Hit[T]] = []
        reached = 0
        for start in [i for i, word in enumerate(lower) if word in first]:
            if start < reached:
                continue
            several, single = first[lower[start]]
            longer = several.get(lower[start + 1], ()) if several and start + 1 < count else ()
            for entry in (*longer, *single) if longer else single:
                size = len(entry.lower)
                if size > 2 and (start + size > count or list(lower[start : start + size]) != entry.lower):
                    continue
                if entry.exact is not None:
                    if list(words[start : start + size]) != entry.exact:
                        continue
                elif entry.capital and not words[start][0].isupper():
                    continue
                hits.append(Hit(start, start + size, entry.value))
                reached = start + size
                break
        return hits

    def __contains__(self, phrase: str) -> bool:
        lower = [word.lower() for word in WORD.findall(phrase)]
        if not lower or lower[0] not in self._first:
            return False
        several, single = self._first[lower[0]]
        found = several.get(lower[1], ()) if len(lower) > 1 else single
        return any(entry.lower == lower for entry in found)
