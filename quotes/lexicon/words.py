"""Word classes: what a single word may be in a noun phrase or clause, as bit flags."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from quotes.lexicon.checks import read_toml

FILE = "words.toml"
NAMES_FILE = "names.toml"
VOCABULARY_FILE = "vocabulary.toml"
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
    ENGLISH = 33554432
    NAMED_BODY = 67108864


# --- classes and sets of classes, as module constants: tested for every word of every article ------

PRONOUN = W.PRONOUN
PLURAL_PRONOUN = W.PLURAL_PRONOUN
FIRST_PERSON = W.FIRST_PERSON
DETERMINER = W.DETERMINER
SINGULAR_DETERMINER = W.SINGULAR_DETERMINER
PLURAL_DETERMINER = W.PLURAL_DETERMINER
DEMONSTRATIVE = W.DEMONSTRATIVE
TITLE = W.TITLE
RANK = W.RANK
ROLE = W.ROLE
BODY = W.BODY
DOCUMENT = W.DOCUMENT
PREPOSITION = W.PREPOSITION
ROLE_PREPOSITION = W.ROLE_PREPOSITION
CONJUNCTION = W.CONJUNCTION
ADVERB = W.ADVERB
TIME = W.TIME
NAME_PARTICLE = W.NAME_PARTICLE
OPENER = W.OPENER
GIVEN = W.GIVEN
COMMON = W.COMMON
PLACE = W.PLACE
CUE = W.CUE
DEGREE = W.DEGREE
PROPER_HEAD = W.PROPER_HEAD
ENGLISH = W.ENGLISH
NAMED_BODY = W.NAMED_BODY

ADVERBIAL = W.PREPOSITION | W.CONJUNCTION | W.ADVERB | W.TIME
ADVERB_OR_CUE = W.ADVERB | W.CUE
ADVERB_OR_OPENER = W.ADVERB | W.OPENER
AMBIGUOUS = W.TITLE | W.ROLE | W.BODY | W.ADVERB | W.TIME | W.COMMON | W.PLACE
BEFORE_PLACE = W.ROLE | W.BODY | W.PREPOSITION | W.COMMON | W.PLACE
BEFORE_SUBJECT = W.CONJUNCTION | W.ADVERB | W.TIME | W.OPENER
BEHIND_SUBJECT = W.DEMONSTRATIVE | W.ADVERB | W.TIME | W.CUE
BODY_OR_COMMON = W.BODY | W.COMMON
BODY_OR_COMMON_OR_PLACE = W.BODY | W.COMMON | W.PLACE
COMMON_OR_PLACE = W.COMMON | W.PLACE
DEMONSTRATIVE_OR_ROLE = W.DEMONSTRATIVE | W.ROLE
DETERMINER_OR_ROLE = W.DETERMINER | W.ROLE
ENDS_NAME = W.PREPOSITION | W.CONJUNCTION | W.TIME | W.OPENER | W.CUE
ENDS_PHRASE = W.PRONOUN | W.PREPOSITION | W.CONJUNCTION | W.ADVERB
FUNCTION_WORD = W.DEMONSTRATIVE | W.PREPOSITION | W.CONJUNCTION | W.ADVERB | W.CUE
INSIDE_ROLE = W.ROLE | W.BODY | W.ROLE_PREPOSITION | W.COMMON
KNOWN_NOUN = W.TITLE | W.ROLE | W.BODY | W.TIME | W.COMMON | W.PLACE
NOUN_BEFORE_CUE = W.ROLE | W.BODY | W.DOCUMENT | W.GIVEN
BODY_OR_PROPER_HEAD = W.BODY | W.PROPER_HEAD
NUMBERED = W.ROLE | W.BODY | W.COMMON | W.PLACE | W.PROPER_HEAD
NO_INITIALS = W.ROLE | W.BODY | W.COMMON | W.PLACE
NO_NAME = (
    W.PRONOUN
    | W.DETERMINER
    | W.TITLE
    | W.ROLE
    | W.BODY
    | W.TIME
    | W.OPENER
    | W.COMMON
    | W.PLACE
    | W.PROPER_HEAD
)
NEVER_NAME = NO_NAME | FUNCTION_WORD
NO_ROLE_WORD = W.PRONOUN | W.PREPOSITION | W.TIME | W.CUE
NO_SUBJECT = W.FIRST_PERSON | W.DEMONSTRATIVE | W.PREPOSITION | W.CONJUNCTION | W.ADVERB | W.TIME
NO_CAPITALISED_SUBJECT = NO_SUBJECT | W.OPENER
NO_LOWER_SUBJECT = NO_SUBJECT | W.OPENER | W.CUE
NO_VERB = W.TITLE | W.ROLE | W.BODY | W.DOCUMENT | W.GIVEN | W.COMMON | W.PLACE
OPENER_OR_CUE = W.OPENER | W.CUE
OPENS_CAPITALISED = W.DETERMINER | W.TITLE | W.ROLE | W.BODY | W.GIVEN | W.PLACE
OPENS_CLAUSE = W.DEMONSTRATIVE | W.PREPOSITION | W.CONJUNCTION | W.ADVERB | W.TIME | W.OPENER
OPENS_LOWER = W.DETERMINER | W.TITLE | W.ROLE | W.BODY | W.DOCUMENT
OPENS_MENTION = W.DETERMINER | W.TITLE | W.ROLE | W.BODY
ORDINARY_NOUN = W.TITLE | W.ROLE | W.BODY | W.COMMON
PREPOSITION_OR_ADVERB_OR_CUE = W.PREPOSITION | W.ADVERB | W.CUE
PREPOSITION_OR_ADVERB_OR_TIME = W.PREPOSITION | W.ADVERB | W.TIME
PREPOSITION_OR_CONJUNCTION = W.PREPOSITION | W.CONJUNCTION
PREPOSITION_OR_ROLE_PREPOSITION = W.PREPOSITION | W.ROLE_PREPOSITION
PREPOSITION_OR_TIME = W.PREPOSITION | W.TIME
RANK_OR_GIVEN = W.RANK | W.GIVEN
RANK_OR_ROLE_OR_BODY = W.RANK | W.ROLE | W.BODY
ROLE_OR_BODY = W.ROLE | W.BODY
ROLE_OR_BODY_OR_COMMON = W.ROLE | W.BODY | W.COMMON
ROLE_OR_BODY_OR_GIVEN = W.ROLE | W.BODY | W.GIVEN
ROLE_OR_BODY_OR_PREPOSITION = W.ROLE | W.BODY | W.PREPOSITION
ROLE_PREPOSITION_OR_CONJUNCTION = W.ROLE_PREPOSITION | W.CONJUNCTION
SINGULAR_DETERMINER_OR_ROLE = W.SINGULAR_DETERMINER | W.ROLE
SINGULAR_DETERMINER_OR_ROLE_OR_BODY = W.SINGULAR_DETERMINER | W.ROLE | W.BODY
TAKES_NUMBER = W.BODY | W.COMMON | W.PLACE | W.PROPER_HEAD
TITLE_OR_DEGREE = W.TITLE | W.DEGREE
TITLE_OR_RANK = W.TITLE | W.RANK
TITLE_OR_RANK_OR_PLACE = W.TITLE | W.RANK | W.PLACE
TITLE_OR_RANK_OR_ROLE = W.TITLE | W.RANK | W.ROLE
TITLE_OR_ROLE = W.TITLE | W.ROLE
BEFORE_BEGINNING = W.DEMONSTRATIVE | W.CONJUNCTION | W.ADVERB | W.TIME | W.OPENER | W.CUE
CONJUNCTION_OR_OPENER = W.CONJUNCTION | W.OPENER
DEMONSTRATIVE_OR_TIME = W.DEMONSTRATIVE | W.TIME
NO_CLAUSE_BEGINNING = W.DEMONSTRATIVE | W.PREPOSITION | W.CONJUNCTION | W.TIME
NO_PREDICATE = W.PRONOUN | W.DETERMINER | W.TITLE | W.ROLE | W.BODY | W.DOCUMENT | W.PREPOSITION | W.PLACE
PERSON_OR_BODY = W.TITLE | W.ROLE | W.BODY | W.GIVEN
PREPOSITION_OR_CONJUNCTION_OR_CUE = W.PREPOSITION | W.CONJUNCTION | W.CUE
ROLE_OR_BODY_OR_DOCUMENT = W.ROLE | W.BODY | W.DOCUMENT
ROLE_OR_CUE = W.ROLE | W.CUE
SINGULAR_DETERMINER_OR_PLURAL_DETERMINER_OR_ROLE = W.SINGULAR_DETERMINER | W.PLURAL_DETERMINER | W.ROLE
TITLE_OR_ROLE_OR_BODY = W.TITLE | W.ROLE | W.BODY


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
    "named_body": W.NAMED_BODY,
}


@dataclass(frozen=True, slots=True)
class Words:
    """What is known of single words.

    Attributes:
        flags: the flags of every known word, lower-case; an unknown word has none.
        institutions: names that are part of a body's name, by their first word.
        places: names of places of several words, by their first word.
        offices: an office in short or in full, as words, to its other forms: menkeu, menteri keuangan.
        ordinary: other words that are no names, lower-case, though they may begin a sentence.
    """

    flags: dict[str, int]
    institutions: dict[str, list[tuple[str, ...]]]
    places: dict[str, list[tuple[str, ...]]]
    offices: dict[tuple[str, ...], list[tuple[str, ...]]]
    ordinary: frozenset[str]


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
    names = read_toml(folder, NAMES_FILE, ("names", "commons", "institutions", "offices"))
    mark(names["names"]["given"], W.GIVEN)
    mark(names["commons"]["plain"], W.COMMON)
    mark(names["commons"]["english"], W.COMMON | W.ENGLISH)
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
    vocabulary = read_toml(folder, VOCABULARY_FILE, ("vocabulary",))["vocabulary"]
    ordinary = frozenset((*vocabulary["ordinary"], *vocabulary["more"]))
    return Words(flags, institutions, places, _offices(names["offices"]), ordinary)


def _offices(forms: dict[str, list[str]]) -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    """Every form of an office to the others it is known by."""
    table: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for short, written in forms.items():
        for full in written:
            table.setdefault(tuple(short.split()), []).append(tuple(full.split()))
            table.setdefault(tuple(full.split()), []).append(tuple(short.split()))
    return table


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
