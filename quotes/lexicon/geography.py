"""Countries, places and institutions: what ties an article or a speaker to a country."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Literal, NamedTuple

from quotes.errors import LexiconError
from quotes.lexicon.checks import read_toml
from quotes.lexicon.phrases import Phrases

COUNTRIES = "countries.toml"
PLACES = "places.toml"
TERMS = "country_terms.toml"
FILES = (COUNTRIES, PLACES, TERMS)

#: What a phrase is: the country's own name, a place in it, a place whose name is also a word or
#: a person's name, a body or term of the country, its missions abroad, a body between states, or nothing (*dolar AS*).
Sort = Literal["name", "place", "guarded", "institution", "mission", "between", "nothing"]

_CODE = re.compile(r"[A-Z]{2}")


class Tie(NamedTuple):
    """What a phrase is tied to; ``country`` is empty for bodies between states and for nothing.

    ``number`` tells phrases apart where the same one is counted again.
    """

    sort: Sort
    country: str
    number: int


@dataclass(frozen=True, slots=True)
class Geography:
    """Geographic knowledge of one language.

    Attributes:
        phrases: every name, place and institution, to be found in a text's words.
        seats: capitals and palaces (lower case) that stand for a government, to their country.
        signs: characters that point to a country (*£*).
        at: prepositions that say where something happens.
        near: prepositions and words that show that a place is meant.
        home: the country whose newsrooms the language's articles come from.
        meetings: words (lower case) of talks between states.
        leaders: words (lower case) of those who hold such talks, before their country's name.
        home_signs: words (lower case) of offices and institutions that, where no place is named
            at all, tell that the article is set at home.
    """

    phrases: Phrases[Tie]
    seats: dict[str, str]
    signs: dict[str, str]
    at: frozenset[str]
    near: frozenset[str]
    home: str
    meetings: frozenset[str]
    leaders: frozenset[str]
    home_signs: frozenset[str]


def load_geography(folder: Traversable) -> Geography:
    """The geography of a language folder.

    Raises:
        LexiconError: a code is not two capitals, or a phrase stands for two things.
    """
    names = read_toml(folder, COUNTRIES, ("names",))["names"]
    places = read_toml(folder, PLACES, ("places", "guarded"))
    terms = read_toml(
        folder,
        TERMS,
        (
            "aliases", "missions", "institutions", "not_evidence", "intergovernmental",
            "seats", "signs", "prepositions", "guarded_names", "newsroom",
        ),
    )  # fmt: skip
    guarded = frozenset(terms["guarded_names"]["names"])
    entries: dict[str, Tie] = {}
    for sort, country, phrase in _entries(names, places, terms):
        found = "guarded" if phrase in guarded else sort
        known = entries.get(phrase)
        if known is not None and (known.country != country or "between" in (known.sort, sort)):
            raise LexiconError(
                f"lexicon folder {folder}: {phrase!r} is {known.sort} of {known.country or 'no country'} "
                f"and {sort} of {country or 'no country'}"
            )
        if known is None:
            entries[phrase] = Tie(found, country, len(entries))
    words = terms["prepositions"]
    return Geography(
        Phrases(entries.items()),
        {phrase.lower(): code for code, phrases in terms["seats"].items() for phrase in phrases},
        {sign: code for code, signs in terms["signs"].items() for sign in signs},
        frozenset(words["at"]),
        frozenset(words["near"]),
        _checked(terms["newsroom"]["country"], TERMS),
        frozenset(terms["newsroom"]["meetings"]),
        frozenset(terms["newsroom"]["leaders"]),
        frozenset(terms["newsroom"]["signs"]),
    )


def _entries(
    names: dict[str, str], places: dict[str, dict[str, list[str]]], terms: dict[str, dict[str, list[str]]]
) -> Iterator[tuple[Sort, str, str]]:
    """Every phrase with what it is; earlier ones win over later ones of the same country."""
    for phrase in terms["not_evidence"]["phrases"]:
        yield "nothing", "", phrase
    for phrase in terms["intergovernmental"]["names"]:
        yield "between", "", phrase
    for code, name in names.items():
        yield "name", _checked(code, COUNTRIES), name
    sources: tuple[tuple[Sort, dict[str, list[str]], str], ...] = (
        ("name", terms["aliases"], TERMS),
        ("mission", terms["missions"], TERMS),
        ("institution", terms["institutions"], TERMS),
        ("place", places["places"], PLACES),
        ("guarded", places["guarded"], PLACES),
    )
    for sort, table, file in sources:
        for code, phrases in table.items():
            for phrase in phrases:
                yield sort, _checked(code, file), phrase


def _checked(code: str, file: str) -> str:
    if not _CODE.fullmatch(code):
        raise LexiconError(f"{file}: {code!r} is not an ISO 3166-1 alpha-2 code")
    return code
