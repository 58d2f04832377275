#!/usr/bin/env python3
"""Measure stance anew and write the figures into docs/stance.md, between their markers.

The shipped model is compared with the majority label, with a list of rules, with the words
of the quotes alone, and with itself lacking one group of features: on families of made-up
articles that it has not seen (cross-validation), and end to end on the fixtures and, where
they are there, on the annotated real articles.

Exit status: 0 written (or equal, with --check), 1 --check found a difference.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from accuracy_page import BLOCK, GOLD, ROOT, Row, number, table
from make_model import OMIT, build

from quotes.evaluation import scores as figures_of
from quotes.evaluation.run import evaluate
from quotes.lexicon import load
from quotes.pipeline import Engine
from quotes.records import STANCES
from quotes.stance.features import GROUPS
from quotes.stance.model import StanceModel, load_model
from quotes.stance.training import score, train

PAGE = ROOT / "docs" / "stance.md"
FIXTURES = tuple(ROOT / "fixtures" / "gold" / f"{name}.jsonl" for name in ("protests", "foreign-affairs"))
REAL = tuple(GOLD / f"{name}.jsonl" for name in ("kompas-dev", "ntrex-dev"))

#: What each group of features is, in the words of the page.
NAMES = {
    "role": "role and body: word classes",
    "word": "role: single words",
    "type": "speaker type, named or not",
    "relation": "relation of countries",
    "context": "protest in the article, deeds",
    "cue": "manner of saying",
    "say": "what is said: word classes",
    "quote": "what is said: single words",
}
#: Roles of those who organise: at a protest, the rule list takes them for protesters.
ORGANISED = frozenset({"union", "student", "grassroots"})


@dataclass(frozen=True, eq=False)
class RuleList(StanceModel):
    """What can be had without learning: office and country, part in the protest, nothing else."""

    @property
    def unused(self) -> frozenset[str]:
        """The rules look at names, not at weights."""
        return frozenset(OMIT)

    def probabilities(self, features: Sequence[Sequence[str]]) -> npt.NDArray[np.float64]:
        """Certainty for one label each."""
        return np.array([self._row(frozenset(names)) for names in features]).reshape(-1, len(self.labels))

    def _row(self, names: frozenset[str]) -> list[float]:
        label = rule_list(names)
        return [float(name == label) for name in self.labels]


def rule_list(names: frozenset[str]) -> str:
    """The label that the rules give to a speaker with these features."""
    if "relation:between" in names or "relation:foreign&authority" in names:
        return "foreign_government"
    if "relation:same&authority" in names or "relation:unsaid&authority" in names:
        return "official"
    main = next((name.partition("=")[2] for name in names if name.startswith("role:main=")), "")
    if main == "protest_role" or (main in ORGANISED and "context:protest>=some" in names):
        return "protester"
    return "other"


class Measure:
    """The measurements, each made once, when a block first asks for it."""

    def __init__(self) -> None:
        self.lexicon = load()
        self.rows, self.groups = build()
        self.trained = cache(self._trained)

    def _trained(self, *omit: str) -> Any:
        return train(self.rows, self.lexicon, groups=self.groups, omit=omit)

    def end_to_end(self, model: StanceModel, paths: Sequence[Path]) -> figures_of.Scores:
        """The figures over all files together."""
        evaluated = evaluate(paths, Engine(self.lexicon, model))
        return figures_of.score([article for file in evaluated for article in file.own])


# --- blocks --------------------------------------------------------------------------------------


def held_out(measure: Measure) -> list[str]:
    """The shipped model and its rivals on families that they have not seen."""
    trained = measure.trained(*OMIT)
    majority = Counter(trained.gold).most_common(1)[0][0]
    rows: list[Row] = [("", "accuracy", "macro-F1", *STANCES, "calibration error")]
    count = len(trained.gold)
    words = measure.trained(*(group for group in GROUPS if group != "quote"))
    rows.append(_scores("majority label", score(trained.gold, [majority] * count, [1.0] * count, STANCES)))
    rows.append(_scores("rule list", score(*measure_rules(measure), STANCES)))
    rows.append(_scores("words of the quotes alone", words.scores))
    rows.append(_scores("**the model**", trained.scores))
    for group in GROUPS:
        if group in OMIT:
            other = measure.trained(*(name for name in OMIT if name != group))
            rows.append(_scores(f"with {NAMES[group]}", other.scores))
        else:
            rows.append(_scores(f"without {NAMES[group]}", measure.trained(*OMIT, group).scores))
    return table(rows)


def measure_rules(measure: Measure) -> tuple[list[str], list[str], list[float]]:
    """Gold, rule list's label and certainty, per row."""
    from quotes.stance.features import describe
    from quotes.stance.rows import as_readings

    gold: list[str] = []
    said: list[str] = []
    for article in as_readings(measure.rows):
        described = describe(
            article.reading, measure.lexicon, focus=article.focus, countries=article.countries
        )
        for label, names, numbers in zip(article.labels, described.features, article.rows, strict=False):
            gold += [label] * len(numbers)
            said += [rule_list(frozenset(names))] * len(numbers)
    return gold, said, [1.0] * len(gold)


def _scores(name: str, scores: dict[str, Any]) -> Row:
    per = [number(scores["labels"].get(label, {"f1": 0.0})["f1"]) for label in STANCES]
    error = "–" if name in ("majority label", "rule list") else number(scores["calibration_error"])
    return (name, number(scores["accuracy"]), number(scores["macro_f1"]), *per, error)


def fixtures(measure: Measure) -> list[str]:
    """End to end on the fixture articles on protests and foreign affairs."""
    return _end_to_end(measure, FIXTURES)


def real(measure: Measure) -> list[str]:
    """End to end on the annotated real articles."""
    return _end_to_end(measure, REAL)


def _end_to_end(measure: Measure, paths: Sequence[Path]) -> list[str]:
    shipped = load_model()
    rules = RuleList(shipped.labels, {}, np.zeros((1, len(shipped.labels))), 1.0)
    words = measure.trained(*(group for group in GROUPS if group != "quote")).model
    rows: list[Row] = [("", "accuracy", "macro-F1", *STANCES)]
    support: dict[str, int] = {}
    for name, model in (
        ("rule list", rules),
        ("words of the quotes alone", words),
        ("**the model**", shipped),
    ):
        found = measure.end_to_end(model, paths)
        assert found.stances is not None
        per = {label.label: label.score for label in found.stances.labels}
        support = {label: entry.rows for label, entry in per.items()}
        main = [number(found.figures[figure].value) for figure in ("stance_accuracy", "stance_macro_f1")]
        rows.append((name, *main, *(number(per[label].value) if label in per else "–" for label in STANCES)))
    rows.append(("rows", "", "", *(str(support.get(label, 0)) for label in STANCES)))
    return table(rows)


def size(measure: Measure) -> list[str]:
    """How many rows, speakers and families there are."""
    about = measure.trained(*OMIT).model.about["training"]
    return [
        f"{about['rows']:,} rows of {about['speakers']:,} speakers in {about['groups']} families; "
        f"{len(load_model().vocabulary):,} features."
    ]


BLOCKS: dict[str, Callable[[Measure], list[str]]] = {
    "stance-size": size,
    "stance-held-out": held_out,
    "stance-fixtures": fixtures,
    "stance-real": real,
}


def rewritten(text: str, measure: Measure) -> str:
    """``text`` with every block measured anew; blocks on real articles stay where these are missing."""
    for match in list(BLOCK.finditer(text)):
        if match[2] == "stance-real" and not all(path.is_file() for path in REAL):
            sys.stderr.write(f"{match[2]}: left as it is, {GOLD} is not there\n")
            continue
        new = "\n".join([match[1], *BLOCKS[match[2]](measure), "", match[3]])
        text = text.replace(match[0], new)
    return text


def main() -> int:
    """Write or compare."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="compare only")
    arguments = parser.parse_args()
    old = PAGE.read_text(encoding="utf-8")
    new = rewritten(old, Measure())
    if new == old:
        return 0
    if arguments.check:
        print(f"{PAGE.name}: not what is measured; run python tools/stance_page.py")
        return 1
    PAGE.write_text(new, encoding="utf-8")
    print(f"{PAGE.name}: written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
