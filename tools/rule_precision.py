#!/usr/bin/env python3
"""How often each rule of the resolver names the right speaker: a table, in the order of the rules.

Reads the texts of GOLD files (the fixtures if none is named) anew and lays the result beside
the gold. For every rule of ``quotes.resolver.RULES``:

    score      the mean confidence of the rows that name a speaker
    speakers   rows of the rule that name a speaker and stand for a row of the gold
    right      those whose speaker is the gold's; naming one where the gold has none is wrong
    share      right / speakers
    empty      rows of the rule without a speaker
    no row     rows of the rule that stand for no row of the gold at all
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from quotes.engine import default_engine
from quotes.errors import QuotesError
from quotes.evaluation.compare import Comparison, Pair
from quotes.evaluation.run import evaluate
from quotes.evaluation.scores import right_speaker
from quotes.resolver import RULES

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "gold"
HEAD = ("rule", "score", "speakers", "right", "share", "empty", "no row")


@dataclass
class Counts:
    """What became of the rows of one rule; the columns are explained above, ``score`` is a sum."""

    speakers: int = 0
    right: int = 0
    score: float = 0.0
    empty: int = 0
    no_row: int = 0


def per_rule(comparisons: Sequence[Comparison]) -> dict[str, Counts]:
    """Counts for every rule of the resolver, those that never fired included."""
    counts = {rule: Counts() for rule in RULES}
    for comparison in comparisons:
        placed: set[int] = set()
        for pair in (*comparison.pairs, *comparison.indirect):
            if pair.found is None or pair.found.quote_id in placed:
                continue
            placed.add(pair.found.quote_id)
            _count(counts, comparison, pair)
        for quote in comparison.analysis.quotes:
            if quote.rule in counts and quote.quote_id not in placed:
                counts[quote.rule].no_row += 1
    return counts


def _count(counts: dict[str, Counts], comparison: Comparison, pair: Pair) -> None:
    found = pair.found
    if found is None or found.rule not in counts:
        return
    held = counts[found.rule]
    if not found.speaker:
        held.empty += 1
        return
    held.speakers += 1
    held.score += found.score or 0.0
    held.right += bool(pair.gold.name) and right_speaker(comparison, pair)


def rows(counts: dict[str, Counts]) -> list[tuple[str, ...]]:
    """The cells of the table, its head first."""
    table: list[tuple[str, ...]] = [HEAD]
    for rule, held in counts.items():
        share = f"{held.right / held.speakers:.3f}" if held.speakers else "-"
        numbers = (str(held.speakers), str(held.right), share, str(held.empty), str(held.no_row))
        score = f"{held.score / held.speakers:.3f}" if held.speakers else "-"
        table.append((rule, score, *numbers))
    return table


def measure(paths: Sequence[Path]) -> dict[str, Counts]:
    """Counts over gold files of the project's own format.

    Raises:
        GoldError: a file cannot be used.
    """
    evaluated = evaluate(paths, default_engine())
    return per_rule([comparison for one in evaluated for comparison in one.own])


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", metavar="GOLD", nargs="*", type=Path, help="gold files (default: fixtures)")
    paths = parser.parse_args().gold or sorted(FIXTURES.glob("*.jsonl"))
    try:
        table = rows(measure(paths))
    except QuotesError as error:
        sys.stderr.write(f"rule_precision: {error}\n")
        return error.exit_status
    widths = [max(len(row[i]) for row in table) for i in range(len(HEAD))]
    for row in table:
        cells = [
            cell.rjust(width) if i else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells))
    return 0


if __name__ == "__main__":
    sys.exit(main())
