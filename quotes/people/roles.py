"""What people are said to be, compared: may two roles belong to one person?"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from quotes.lexicon import load
from quotes.lexicon.roles import HEAD
from quotes.segment import WORD

#: Names of as many words are so rare that one office in two places means a transfer.
RARE = 3


class Fit(Enum):
    """What two roles say of the persons who hold them."""

    APART = "apart"  # two persons
    OPEN = "open"  # nothing
    SAME = "same"  # one person


class Role(NamedTuple):
    """A role as far as it is compared.

    ``domain`` is the walk of life ("" where the words tell none), ``office`` the local
    office it names (or ""), ``words`` what is left without words that many people share.
    """

    folded: str
    domain: str
    office: str
    words: frozenset[str]


@lru_cache(maxsize=65536)
def parse(role: str) -> Role:
    """A role of the tables, taken apart."""
    lexicon = load()
    people = lexicon.people
    words = WORD.findall(role)
    lower = [word.lower() for word in words]
    folded = " ".join(lower)
    classes = (hit.value for hit in lexicon.roles.classes.find(words, lower) if hit.value != HEAD)
    domain = next(filter(None, map(_domain, classes)), "")
    office = next((name for name in people.local_offices if f" {name} " in f" {folded} "), "")
    telling = frozenset(word for word in lower if word not in people.generic)
    return Role(folded, domain, office, telling - set(office.split()))


def _domain(role_class: str) -> str:
    lexicon = load()
    known = lexicon.people.domains.get(role_class)
    return known or ("state" if role_class in lexicon.roles.states else "")


def compare(one: str | None, other: str | None, *, rare: bool = False) -> Fit:
    """Whether two roles under one name are one person's.

    Args:
        one: a role, or None where the article tells none.
        other: likewise.
        rare: whether the name is too long to be shared by chance.
    """
    if one is None or other is None:
        return Fit.OPEN
    a, b = parse(one), parse(other)
    if a.folded == b.folded:
        return Fit.SAME
    if frozenset((a.domain, b.domain)) in load().people.apart:
        return Fit.APART
    if not (a.words and b.words):
        return Fit.OPEN
    if a.words & b.words:
        return Fit.SAME
    two_places = a.office != "" and a.office == b.office
    two_trades = a.domain == b.domain == "people"  # petani and pedagang
    return Fit.APART if (two_places or two_trades) and not rare else Fit.OPEN


def compare_all(ones: Iterable[str], others: Iterable[str], *, rare: bool = False) -> Fit:
    """Whether two sets of roles are one person's: one contradiction is enough, then one agreement."""
    others = tuple(others)
    found = Fit.OPEN
    for one in ones:
        for other in others:
            fit = compare(one, other, rare=rare)
            if fit is Fit.APART:
                return fit
            if fit is Fit.SAME:
                found = fit
    return found


@lru_cache(maxsize=65536)
def identifies(role: str) -> bool:
    """Whether a role says enough to know a person of a single name in another article."""
    parsed = parse(role)
    return parsed.domain not in ("", "people") and bool(parsed.words or parsed.office)
