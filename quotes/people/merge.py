"""The policy: which forms are one speaker.

Plain functions over a few forms or clusters at a time, so that the caller can walk through
any number of them. Whatever they decide depends on the forms and their order, which is the
order of the tables, and on nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from quotes.people.names import Tokens, covers
from quotes.people.roles import RARE, Fit, compare_all, identifies

#: As many different roles of one cluster are compared; more tell nothing new.
_MOST_ROLES = 24


class Form(NamedTuple):
    """What one speaker is called in some articles, with how often and where first."""

    id: int
    role: str | None
    country: str | None
    quotes: int
    first: int


@dataclass(slots=True)
class Cluster:
    """Forms that are one speaker; ``id`` is its number among the clusters of a run."""

    id: int
    tokens: Tokens
    roles: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    quotes: int = 0
    first: int = -1
    forms: list[int] = field(default_factory=list)

    def take(self, form: Form) -> None:
        """Count a form in."""
        self._note([form.role] if form.role else [], [form.country] if form.country else [])
        self.quotes += form.quotes
        self.first = form.first if self.first < 0 else min(self.first, form.first)
        self.forms.append(form.id)

    def join(self, other: Cluster) -> None:
        """Count a cluster in."""
        self._note(other.roles, other.countries)
        self.quotes += other.quotes
        self.first = min(self.first, other.first)

    def _note(self, roles: Sequence[str], countries: Sequence[str]) -> None:
        self.roles += [role for role in roles if role not in self.roles][: _MOST_ROLES - len(self.roles)]
        self.countries += [country for country in countries if country not in self.countries]


def persons(tokens: Tokens, forms: Sequence[Form]) -> list[Cluster]:
    """The persons of one name.

    Args:
        tokens: the folded name.
        forms: its forms; those with role and country, and the frequent ones, are settled first.
    """
    if len(forms) == 1:
        return [_alone(tokens, forms[0])]
    found: list[Cluster] = []
    order = sorted(
        forms, key=lambda form: (form.role is None, form.country is None, -form.quotes, form.first)
    )
    for form in order:
        lone = _alone(tokens, form)
        home = _best(lone, found)
        if home is None:
            found.append(lone)
        else:
            home.take(form)
    return found


def bodies(tokens: Tokens, forms: Sequence[Form]) -> list[Cluster]:
    """The bodies of one name: one for each country; without a country, the most quoted of them."""
    found: dict[str | None, Cluster] = {}
    order = sorted(forms, key=lambda form: (form.country is None, -form.quotes, form.first))
    for form in order:
        country = form.country
        if country is None and found:
            country = max(found, key=lambda known: found[known].quotes)
        found.setdefault(country, Cluster(-1, tokens)).take(form)
    return list(found.values())


def fuller(short: Cluster, candidates: Sequence[Cluster]) -> Cluster | None:
    """The cluster of which ``short`` is a shorter form, where there is one and no doubt.

    Args:
        short: a cluster.
        candidates: clusters whose names :func:`~quotes.people.names.covers` the short one
            (or, for a single name, hold it).
    """
    fits = [(other, fit(short, other)) for other in candidates]
    pool = [other for other, found in fits if found is Fit.SAME]
    if not pool and len(short.tokens) > 1:
        pool = [other for other, found in fits if found is Fit.OPEN]
    if len(pool) < 2:
        return pool[0] if pool else None
    # Several, but each a longer form of the shortest: they are one another's forms.
    least = min(pool, key=lambda other: (len(other.tokens), other.tokens, other.id))
    chain = all(other is least or covers(other.tokens, least.tokens) for other in pool)
    return least if chain else None


def same_office(cluster: Cluster, candidates: Sequence[Cluster]) -> Cluster | None:
    """The one candidate that a role shared with ``cluster`` tells to be the same person.

    For spellings that differ: roles that many people have (*warga*, *mahasiswa*) tell nothing.
    """
    known = [role for role in cluster.roles if identifies(role)]
    pool = [
        other
        for other in candidates
        if fit(cluster, other) is Fit.SAME
        and compare_all(known, [role for role in other.roles if identifies(role)]) is Fit.SAME
    ]
    return pool[0] if len(pool) == 1 else None


def fit(one: Cluster, other: Cluster) -> Fit:
    """What countries and roles say of two clusters."""
    if one.countries and other.countries and not set(one.countries) & set(other.countries):
        return Fit.APART
    rare = min(len(one.tokens), len(other.tokens)) >= RARE
    return compare_all(one.roles, other.roles, rare=rare)


def _alone(tokens: Tokens, form: Form) -> Cluster:
    roles = [form.role] if form.role else []
    countries = [form.country] if form.country else []
    return Cluster(-1, tokens, roles, countries, form.quotes, form.first, [form.id])


def _best(lone: Cluster, found: Sequence[Cluster]) -> Cluster | None:
    """The cluster of its name that ``lone`` joins: one that agrees, else one that does not contradict."""
    fits = [(other, fit(lone, other)) for other in found]
    for wanted in (Fit.SAME, Fit.OPEN):
        if wanted is Fit.OPEN and len(lone.tokens) < 2:
            return None
        for other, got in fits:
            if got is wanted:
                return other
    return None
