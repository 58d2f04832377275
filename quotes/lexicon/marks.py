"""Quotation marks: which glyphs open, which close, and in which pairs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from quotes.errors import LexiconError
from quotes.lexicon.checks import read_toml

FILE = "marks.toml"


@dataclass(frozen=True, slots=True)
class MarkSet:
    """The marks of one level (double or single).

    Attributes:
        opens: for each opening glyph, the closing glyphs that belong to it.
        closes: every closing glyph.
        aliases: marks of two characters and the glyph they stand for.
        pattern: finds every mark of the level.
    """

    opens: dict[str, frozenset[str]]
    closes: frozenset[str]
    aliases: dict[str, str]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Marks:
    """Double and single quotation marks, and both taken together."""

    double: MarkSet
    single: MarkSet
    all: MarkSet


def load_marks(folder: Traversable) -> Marks:
    """The marks of a language folder.

    Raises:
        LexiconError: a pair is not two glyphs or a digraph not ``xx=y``.
    """
    data = read_toml(folder, FILE, ("double", "single"))
    double, single = data["double"], data["single"]
    return Marks(
        _mark_set(double["pairs"], double.get("digraphs", [])),
        _mark_set(single["pairs"], single.get("digraphs", [])),
        _mark_set(double["pairs"] + single["pairs"], double.get("digraphs", [])),
    )


def _mark_set(pairs: list[str], digraphs: list[str]) -> MarkSet:
    opens: dict[str, set[str]] = {}
    for pair in pairs:
        if len(pair) != 2:
            raise LexiconError(f"{FILE}: the pair {pair!r} must be two glyphs")
        opens.setdefault(pair[0], set()).add(pair[1])
    aliases: dict[str, str] = {}
    for entry in digraphs:
        mark, _, glyph = entry.partition("=")
        if len(mark) != 2 or len(glyph) != 1:
            raise LexiconError(f"{FILE}: the digraph {entry!r} must look like ''=\"")
        aliases[mark] = glyph
    glyphs = {glyph for pair in pairs for glyph in pair}
    parts = [re.escape(mark) for mark in sorted(aliases)] + ["[" + re.escape("".join(sorted(glyphs))) + "]"]
    return MarkSet(
        {glyph: frozenset(closers) for glyph, closers in opens.items()},
        frozenset(glyph for closers in opens.values() for glyph in closers),
        aliases,
        re.compile("|".join(parts)),
    )
