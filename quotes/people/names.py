"""Names of persons and bodies, compared.

A name is compared as a tuple of folded words: no case, no accents, no honorifics, one
spelling for what is written in several ways. A word of one letter is an initial.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from quotes.lexicon import load

Tokens = tuple[str, ...]

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = frozenset("'’‘ʼ`´")
_APOSTROPHE = re.compile(r"(?<=\w)['’‘ʼ`´](?=\w)")
_VOWELS = str.maketrans("", "", "aeiouy")
_REPEATED = re.compile(r"(.)\1+")
#: Spelling before 1972, which many names keep: Soekarno, Djoko, Tjahjo.
_OLD_SPELLING = (("oe", "u"), ("dj", "j"), ("tj", "c"), ("sj", "sy"), ("nj", "ny"))
_OLD = re.compile("|".join(old for old, _ in _OLD_SPELLING))
#: Shorter words are left as they are: too little stays to compare.
_SHORTEST = 4
#: Longer names are cut here; what follows tells nobody apart.
_LONGEST = 8


@lru_cache(maxsize=65536)
def fold(name: str) -> Tokens:
    """The words of a person's name, folded; () where no word is left."""
    people = load().people
    words = [people.spellings.get(word, word) for word in _words(name)]
    while len(words) > 1 and words[0] in people.honorifics:
        del words[0]
    return tuple(_modern(word) for word in words[:_LONGEST])


def fold_body(name: str) -> str:
    """The name of a body, folded: case, accents, punctuation and white space do not count."""
    return " ".join(_words(name))


def covers(long: Tokens, short: Tokens) -> bool:
    """Whether ``short`` can be a shorter form of ``long``.

    Its words stand in ``long`` in the same order; initials stand for words of their letter.
    At least two words agree, one of them in full.

    >>> covers(("muhammad", "tito", "karnavian"), ("tito", "karnavian"))
    True
    >>> covers(("bacharuddin", "jusuf", "habibie"), ("b", "j", "habibie"))
    True
    >>> covers(("budi", "santoso"), ("santoso", "budi"))
    False
    """
    if len(short) > len(long) or len(short) < 2 or long == short:
        return False
    full = 0
    rest = iter(long)
    for word in short:
        for other in rest:
            if word == other:
                full += len(word) > 1
                break
            if (len(word) == 1 or len(other) == 1) and _same_letter(word[0], other[0]):
                break
        else:
            return False
    return full > 0


def misspelt(one: Tokens, other: Tokens) -> bool:
    """Whether two names differ only in the vowels or doubled letters of one word.

    >>> misspelt(("volodymyr", "zelensky"), ("volodymyr", "zelenskyy"))
    True
    >>> misspelt(("rina", "sari"), ("rini", "sara"))
    False
    """
    if len(one) != len(other) or len(one) < 2:
        return False
    changed = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(changed) == 1 and skeleton(changed[0][0]) == skeleton(changed[0][1])


def skeleton(word: str) -> str:
    """First letter and consonants of a word; words under four letters as they are."""
    if len(word) < _SHORTEST:
        return word
    return _REPEATED.sub(r"\1", word[0] + word[1:].translate(_VOWELS))


def bones(key: str) -> str:
    """What is left of a folded name without vowels and doubled letters: equal where names may be misspelt."""
    return _REPEATED.sub(r"\1", key.translate(_VOWELS))


def slug(name: str) -> str:
    """A name as the readable part of an id: lower case, ASCII where Latin, hyphens between words.

    >>> slug("Ma'ruf Amin")
    'maruf-amin'
    """
    words = _words(name)
    found = "-".join(words)
    while len(found) > _LONGEST_SLUG and len(words) > 1:
        del words[-1]
        found = "-".join(words)
    return found[:_LONGEST_SLUG] or "speaker"


_LONGEST_SLUG = 60


def _words(name: str) -> list[str]:
    plain = name if name.isascii() else "".join(_without_accents(name))
    if not _APOSTROPHES.isdisjoint(plain):
        plain = _APOSTROPHE.sub("", plain)
    return _WORD.findall(plain.casefold())


def _without_accents(name: str) -> Iterator[str]:
    for letter in unicodedata.normalize("NFKD", name):
        if not unicodedata.combining(letter):
            yield letter


def _same_letter(one: str, other: str) -> bool:
    # J. may stand for Jusuf, whose modern spelling is Yusuf.
    return one == other or {one, other} == {"j", "y"}


def _modern(word: str) -> str:
    if len(word) < _SHORTEST or not _OLD.search(word):
        return word
    for old, new in _OLD_SPELLING:
        word = word.replace(old, new)
    return word
