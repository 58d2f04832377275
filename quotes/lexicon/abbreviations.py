"""Abbreviations: words whose full stop ends no sentence."""

from __future__ import annotations

from importlib.resources.abc import Traversable

from quotes.lexicon.checks import read_toml

FILE = "abbreviations.toml"


def load_abbreviations(folder: Traversable) -> frozenset[str]:
    """Every abbreviation of a language folder, lower-case, without its final stop.

    Raises:
        LexiconError: the section is missing, empty or has doubles.
    """
    groups = read_toml(folder, FILE, ("abbreviations",))["abbreviations"]
    return frozenset(word for words in groups.values() for word in words)
