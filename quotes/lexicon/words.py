"""Word classes: what a single word may be in a noun phrase or clause, as bit flags."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from quotes.lexicon.checks import read_toml

FILE = "words.toml"
NAMES_FILE = "names.toml"
PLACES_FILE = "places.toml"
COUNTRIES_FILES = ("countries.toml", "country_terms.toml")


class W:
    """Classes of a word as bits of an int; one word may have several.

    Plain ints, not an ``IntFlag``: the parser tests them for every word of every article.
    """

    PRONOUN = 1
    PLURAL_PRONOUN = 2
    FIRST_PERSON = 4
    DETERMINER = 8
    SINGULAR_DETERMINER = 16
    PLURAL_DETERMINER = 32
    DEMONSTRATIVE = 64
    TITLE = 128
    RANK = 256
    ROLE = 512
    BODY = 1024
    DOCUMENT = 2048
    PREPOSITION = 4096
    ROLE_PREPOSITION = 8192
    CONJUNCTION = 16384
    ADVERB = 32768
    TIME = 65536
    NAME_PARTICLE = 131072
    OPENER = 262144
    GIVEN = 524288
    COMMON = 1048576
    PLACE = 2097152
    CUE = 4194304
    DEGREE = 8388608
    PROPER_HEAD = 16777216


_SECTIONS: dict[str, int] = {
    "pronoun": W.PRONOUN,
    "plural_pronoun": W.PLURAL_PRONOUN,
    "first_person": W.FIRST_PERSON,
    "determiner": W.DETERMINER,
    "singular_determiner": W.SINGULAR_DETERMINER,
    "plural_determiner": W.PLURAL_DETERMINER,
    "demonstrative": W.DEMONSTRATIVE,
    "title": W.TITLE,
    "rank": W.RANK,
    "role": W.ROLE,
    "body": W.BODY,
    "document": W.DOCUMENT,
    "preposition": W.PREPOSITION,
    "role_preposition": W.ROLE_PREPOSITION,
    "conjunction": W.CONJUNCTION,
    "adverb": W.ADVERB,
    "time": W.TIME,
    "name_particle": W.NAME_PARTICLE,
    "opener": W.OPENER,
    "degree": W.DEGREE,
    "proper_head": W.PROPER_HEAD,
}


@dataclass(frozen=True, slots=True)
class Words:
    """What is known of single words.

    Attributes:
        flags: the flags of every known word, lower-case; an unknown word has none.
        institutions: names that are part of a body's name, by their first word.
        places: names of places of several words, by their first word.
    """

    flags: dict[str, int]
    institutions: dict[str, list[tuple[str, ...]]]
    places: dict[str, list[tuple[str, ...]]]


def load_words(folder: Traversable, cue_words: frozenset[str]) -> Words:
    """The word classes of a language folder; ``cue_words`` are flagged as cues.

    Raises:
        LexiconError: a file is missing, or a section unknown, empty or with doubles.
    """
    flags: dict[str, int] = {}

    def mark(words: list[str], flag: int) -> None:
        for word in words:
            flags[word] = flags.get(word, 0) | flag

    classes = read_toml(folder, FILE, ("classes",))["classes"]
    for section, flag in _SECTIONS.items():
        mark(classes[section], flag)
    names = read_toml(folder, NAMES_FILE, ("names", "commons", "institutions"))
    mark(names["names"]["given"], W.GIVEN)
    mark(names["commons"]["plain"], W.COMMON)
    places: dict[str, list[tuple[str, ...]]] = {}
    for name in sorted(_place_names(folder)):
        head, *rest = name.split()
        if rest:
            places.setdefault(head, []).append(tuple(rest))
        elif len(head) >= 2:
            mark([head], W.PLACE)
    mark(sorted(cue_words), W.CUE)
    institutions: dict[str, list[tuple[str, ...]]] = {}
    for name in names["institutions"]["plain"]:
        head, *rest = name.split()
        institutions.setdefault(head, []).append(tuple(rest))
    return Words(flags, institutions, places)


def _place_names(folder: Traversable) -> set[str]:
    """Every name of a place or country in the lexicon, lower-case."""
    names: set[str] = set()

    def walk(value: object) -> None:
        if isinstance(value, str):
            names.add(value.lower())
        elif isinstance(value, list):
            for entry in value:
                walk(entry)
        elif isinstance(value, dict):
            for entry in value.values():
                walk(entry)

    for name in (PLACES_FILE, *COUNTRIES_FILES):
        path = folder / name
        if path.is_file():
            data = tomllib.loads(path.read_text(encoding="utf-8"))
            walk(data.get("aliases", data) if name == "country_terms.toml" else data)
    return {name for name in names if name}
