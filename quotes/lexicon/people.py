"""What tells one person in two articles from two persons of one name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from quotes.errors import LexiconError
from quotes.lexicon.checks import read_toml

FILE = "people.toml"


@dataclass(frozen=True, slots=True)
class People:
    """Names and roles over many articles.

    Attributes:
        spellings: spelling of a given name to the form that is compared.
        honorifics: titles that are no part of a name.
        domains: class of roles.toml to walk of life.
        apart: pairs of walks of life that one person does not have.
        local_offices: offices held in one place at a time, longest first.
        generic: words of roles that tell no two people apart.
    """

    spellings: Mapping[str, str]
    honorifics: frozenset[str]
    domains: Mapping[str, str]
    apart: frozenset[frozenset[str]]
    local_offices: tuple[str, ...]
    generic: frozenset[str]


def load_people(folder: Traversable) -> People:
    """The people of a language folder.

    Raises:
        LexiconError: a spelling or class stands twice, or ``apart`` names a walk of life
            that ``domains`` does not have.
    """
    data = read_toml(
        folder, FILE, ("spellings", "honorifics", "domains", "apart", "local_offices", "generic")
    )
    where = folder / FILE
    domains = data["domains"]
    pairs = {frozenset((one, other)) for one, others in data["apart"].items() for other in others}
    if unknown := sorted(set().union(*pairs) - domains.keys()):
        raise LexiconError(f"{where} [apart]: there is no domain {unknown[0]!r}")
    offices = sorted(data["local_offices"]["words"], key=lambda words: (-len(words), words))
    return People(
        _turned(f"{where} [spellings]", data["spellings"]),
        frozenset(data["honorifics"]["words"]),
        _turned(f"{where} [domains]", domains),
        frozenset(pairs),
        tuple(offices),
        frozenset(data["generic"]["words"]),
    )


def _turned(where: str, lists: Mapping[str, list[str]]) -> dict[str, str]:
    """Entry to the key of the list it stands in."""
    found: dict[str, str] = {}
    for key, entries in lists.items():
        for entry in entries:
            if found.setdefault(entry, key) != key:
                raise LexiconError(f"{where}: {entry!r} stands under {found[entry]} and {key}")
    return found
