#!/usr/bin/env python3
"""The quality gate: floors under the figures on the fixtures, tied to the gold they were measured on.

Measures ``fixtures/gold/*.jsonl`` and lays the figures beside the floors of tests/quality.toml.

Without an option it only tells what is below its floor. ``--raise`` moves floors up to a
hundredth below today's figures, never down; new figures, new sets and changed gold are taken
on, provided that nothing is below its floor. ``--lower REASON`` moves the floors that are not
reached down, and writes the reason beside them.

Exit status: 0 every floor is reached (and written, where asked), 1 some floor is not or the
gold has changed, 2 wrong usage or no gold.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from quotes.engine import default_engine
from quotes.errors import QuotesError
from quotes.evaluation.run import Evaluated, evaluate
from quotes.evaluation.scores import F1, score

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "fixtures" / "gold"
FLOORS = ROOT / "tests" / "quality.toml"
COMMAND = "python tools/quality_floors.py"

#: How far below a figure its floor is set.
MARGIN = 0.01
#: The set of all articles.
TOGETHER = "together"
FIGURES = (
    "span_f1",
    "kind_accuracy",
    "attribution_accuracy",
    "name_exact",
    "cue_accuracy",
    "stance_accuracy",
    "stance_macro_f1",
    "indirect_f1",
    "indirect_speaker",
    "focus_country",
)
#: A part of a figure that has a floor of its own.
PRECISION = "indirect_precision"

Figures = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Lowered:
    """A floor that was lowered on purpose."""

    name: str  # set.figure
    before: float
    after: float
    reason: str


@dataclass(frozen=True)
class Floors:
    """What tests/quality.toml holds.

    Attributes:
        gold: SHA-256 of the gold the floors were set on; empty where there are none yet.
        floors: set to figure to floor.
        lowered: floors lowered on purpose, the earliest first.
    """

    gold: str = ""
    floors: Figures = field(default_factory=dict)
    lowered: tuple[Lowered, ...] = ()


def gold_files(folder: Path = GOLD) -> list[Path]:
    """The gold files of a folder, by name.

    Raises:
        SystemExit: there is none.
    """
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise SystemExit(f"no gold below {folder}")
    return files


def gold_hash(files: Sequence[Path]) -> str:
    """SHA-256 over names and bytes of the files, as 64 hex digits."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def measure(files: Sequence[Path]) -> Figures:
    """Today's figures: set to figure to value; a figure without rows is left out."""
    evaluated = evaluate(files, default_engine())
    everything = Evaluated(TOGETHER, tuple(c for part in evaluated for c in part.own), ())
    return {Path(part.path).stem: dict(_figures(part)) for part in (*evaluated, everything)}


def _figures(part: Evaluated) -> Iterator[tuple[str, float]]:
    figures = score(part.own).figures
    for name in FIGURES:
        figure = figures[name]
        if figure.value is not None:
            yield name, figure.value
        if name == "indirect_f1" and isinstance(figure, F1) and figure.precision is not None:
            yield PRECISION, figure.precision


def load_floors(path: Path = FLOORS) -> Floors:
    """The floors of a file; none if there is no such file."""
    if not path.exists():
        return Floors()
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    lowered = tuple(Lowered(**entry) for entry in data.get("lowered", ()))
    return Floors(data["gold"], data["floors"], lowered)


def floor_under(value: float) -> float:
    """The floor for a figure, to three digits."""
    return max(0.0, math.floor((value - MARGIN) * 1000 + 1e-6) / 1000)


def misses(figures: Figures, floors: Floors) -> list[str]:
    """One line for every floor that is not reached, or whose figure there is no more."""
    found = []
    for part, held in floors.floors.items():
        for name, floor in held.items():
            value = figures.get(part, {}).get(name)
            if value is None:
                found.append(f"{part}.{name}: there is no such figure any more; its floor is {floor:.3f}")
            elif value < floor:
                found.append(f"{part}.{name}: {value:.4f} is below its floor of {floor:.3f}")
    return found


def missing(figures: Figures, floors: Floors) -> list[str]:
    """The figures that have no floor."""
    held = floors.floors
    return [f"{part}.{name}" for part in figures for name in figures[part] if name not in held.get(part, {})]


def raised(figures: Figures, floors: Floors, gold: str) -> Floors:
    """The floors moved up to today's figures; no floor is lower than before.

    Raises:
        SystemExit: a figure is below its floor; that is for :func:`lowered` to settle.
    """
    if below := misses(figures, floors):
        raise SystemExit("\n".join([*below, f'nothing is raised; first: {COMMAND} --lower "REASON"']))
    moved = {
        part: {
            name: max(floor_under(value), floors.floors.get(part, {}).get(name, 0.0))
            for name, value in held.items()
        }
        for part, held in figures.items()
    }
    return Floors(gold, moved, floors.lowered)


def lowered(figures: Figures, floors: Floors, gold: str, reason: str) -> Floors:
    """The floors with those moved down that are not reached, each with the reason.

    Raises:
        SystemExit: there is no reason, or nothing to lower.
    """
    if not reason.strip():
        raise SystemExit("a floor is lowered for a reason; tell it")
    changes = []
    moved: Figures = {}
    for part, held in floors.floors.items():
        for name, floor in held.items():
            value = figures.get(part, {}).get(name)
            kept = floor if value is not None and value >= floor else floor_under(value or 0.0)
            if kept != floor:
                changes.append(Lowered(f"{part}.{name}", floor, kept, reason))
            if value is not None:
                moved.setdefault(part, {})[name] = kept
    if not changes:
        raise SystemExit(
            f"every floor is reached; nothing to lower ({COMMAND} --raise takes on changed gold)"
        )
    return Floors(gold, moved, (*floors.lowered, *changes))


def as_toml(floors: Floors) -> str:
    """The text of tests/quality.toml."""
    lines = [
        f"# Floors under the figures on fixtures/gold. Written by {COMMAND}",
        '# (--raise, or --lower "REASON"); never by hand.',
        "",
        "# SHA-256 of the gold files that the floors were set on.",
        f"gold = {json.dumps(floors.gold)}",
    ]
    for part, held in floors.floors.items():
        lines += ["", f"[floors.{part}]", *(f"{name} = {floor:.3f}" for name, floor in held.items())]
    for entry in floors.lowered:
        lines += [
            "",
            "[[lowered]]",
            f"name = {json.dumps(entry.name)}",
            f"before = {entry.before:.3f}",
            f"after = {entry.after:.3f}",
            f"reason = {json.dumps(entry.reason, ensure_ascii=False)}",
        ]
    return "\n".join(lines) + "\n"


def _report(figures: Figures, floors: Floors) -> list[str]:
    """Every figure beside its floor."""
    lines = []
    for part, held in figures.items():
        for name, value in held.items():
            floor = floors.floors.get(part, {}).get(name)
            told = f"{floor:.3f}" if floor is not None else "    -"
            sign = "<" if floor is not None and value < floor else " "
            lines.append(f"{part + '.' + name:40} {value:.4f} {sign} {told}")
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the tool."""
    parser = argparse.ArgumentParser(description="Floors under the figures on the fixtures.")
    change = parser.add_mutually_exclusive_group()
    change.add_argument("--raise", dest="up", action="store_true", help="move floors up to today's figures")
    change.add_argument("--lower", metavar="REASON", help="move floors down that are not reached")
    options = parser.parse_args(arguments)
    files = gold_files()
    gold = gold_hash(files)
    try:
        figures = measure(files)
    except QuotesError as error:
        raise SystemExit(str(error)) from None
    floors = load_floors()
    print("\n".join(_report(figures, floors)))
    if options.up or options.lower is not None:
        new = raised(figures, floors, gold) if options.up else lowered(figures, floors, gold, options.lower)
        FLOORS.write_text(as_toml(new), encoding="utf-8")
        return 0
    told = misses(figures, floors)
    if floors.gold != gold:
        told.append(f"the gold has changed since the floors were set; review them: {COMMAND} --raise")
    print("\n".join(told), file=sys.stderr)
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
