"""Names of months and days."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources.abc import Traversable

from quotes.errors import LexiconError
from quotes.lexicon.checks import read_toml

FILE = "calendar.toml"


@dataclass(frozen=True, slots=True)
class Calendar:
    """Names as they stand in dates, lower-case.

    Attributes:
        months: name to number, from 1.
        weekdays: names of days.
    """

    months: dict[str, int]
    weekdays: frozenset[str]


def load_calendar(folder: Traversable) -> Calendar:
    """The calendar of a language folder.

    Raises:
        LexiconError: the file is missing, or a month is missing or named twice.
    """
    tables = read_toml(folder, FILE, ("months", "weekdays"))
    months: dict[str, int] = {}
    for number in range(1, 13):
        for name in tables["months"].get(str(number), ()):
            if name in months:
                raise LexiconError(f"lexicon file {folder / FILE} names {name!r} for two months")
            months[name] = number
    if set(tables["months"]) != {str(number) for number in range(1, 13)}:
        raise LexiconError(f"lexicon file {folder / FILE} [months] must have the months 1 to 12")
    return Calendar(months, frozenset(tables["weekdays"]["names"]))
