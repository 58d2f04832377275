#!/usr/bin/env python3
"""Measure anew and write the figures into the documents, between their markers.

A measured block stands in README.md or a page of docs (PAGES) between the lines

    <!-- measured: NAME -->
    <!-- /measured -->

and is whatever BLOCKS[NAME] makes of ``quotes evaluate --json``, ``quotes report``, ``quotes
show`` or tools/train_confidence.py. Blocks on the annotated real articles need the folder ../shared/gold (or --gold);
without it they stay as they are.

Exit status: 0 written (or equal, with --check), 1 --check found a difference, 2 a measurement failed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import rule_precision
import train_confidence

import quotes
from quotes.evaluation.text import TITLES
from quotes.lexicon import load

ROOT = Path(__file__).resolve().parent.parent
PAGES = (
    ROOT / "README.md",
    *(ROOT / "docs" / f"{name}.md" for name in ("accuracy", "confidence", "indirect", "rules")),
)
FIXTURES = ROOT / "fixtures" / "gold"
GOLD = ROOT.parent / "shared" / "gold"
#: Real articles in the project's own gold format, and those in the format of PFSA-ID.
REAL, PFSA = ("almaty", "kompas-dev", "ntrex-dev"), "pfsa-dev"

#: The article in the README: a short one in paragraphs.
SHOWN = "fixtures/articles/wire/tarif-parkir-dprd-kota-malang.txt"

BLOCK = re.compile(r"(<!-- measured: ([a-z-]+) -->\n).*?(<!-- /measured -->)", re.DOTALL)

Data = dict[str, Any]
Row = Sequence[str]

#: Figures of the whole pipeline that are compared between sets of articles.
MAIN = (
    "span_f1", "span_f1_overlap", "kind_accuracy", "attribution_accuracy", "name_exact",
    "abstention_accuracy", "cue_accuracy", "stance_accuracy", "stance_macro_f1", "indirect_f1",
    "indirect_speaker", "indirect_stance", "focus_country", "coverage", "answered_precision",
    "score_ece", "stance_score_ece",
)  # fmt: skip
#: Those a newcomer wants to see.
SHORT = (
    "span_f1", "kind_accuracy", "attribution_accuracy", "name_exact", "cue_accuracy",
    "stance_accuracy", "indirect_f1", "indirect_speaker", "focus_country",
)  # fmt: skip
#: Those of rows without marks.
INDIRECT = ("indirect_f1", "indirect_speaker", "indirect_stance")
#: Those that lost paragraph breaks could touch.
FLAT = ("span_f1", "kind_accuracy", "attribution_accuracy", "cue_accuracy", "stance_accuracy", "indirect_f1")


class NotMeasured(Exception):
    """The gold a block needs is not there."""


class Measure:
    """The measurements, each made once, when a block first asks for it."""

    def __init__(self, gold: Path) -> None:
        self.gold = gold
        self.evaluated = cache(self._evaluated)
        self.scored = cache(lambda: list(train_confidence.sets(self.real("kompas-dev", "ntrex-dev"))))
        self.rules = cache(lambda: rule_precision.measure(self.fixtures()))

    def real(self, *names: str) -> tuple[Path, ...]:
        """Gold files of real articles, all of them if none is named; NotMeasured where one is missing."""
        paths = tuple(self.gold / f"{name}.jsonl" for name in names or REAL)
        if not all(path.is_file() for path in paths):
            raise NotMeasured(f"{self.gold} is not there")
        return paths

    def fixtures(self) -> tuple[Path, ...]:
        """The gold files of the fixtures."""
        return tuple(sorted(FIXTURES.glob("*.jsonl")))

    def _evaluated(self, paths: tuple[Path, ...], *options: str) -> Data:
        data: Data = json.loads(run("evaluate", "--json", *options, *map(str, paths)))
        data["files"] = {Path(path).stem: entry for path, entry in data["files"].items()}
        return data


def run(*arguments: str, folder: Path = ROOT) -> str:
    """What ``quotes`` prints when it is run in ``folder``; leaves with status 2 where it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "quotes", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    if done.returncode:
        sys.stderr.write(done.stderr)
        sys.exit(2)
    return done.stdout


# --- cells and tables ----------------------------------------------------------------------------


def table(rows: Sequence[Row]) -> list[str]:
    """A Markdown table, its first row the head."""
    head, *body = rows
    marks = ["---", *["---:"] * (len(head) - 1)]
    return ["| " + " | ".join(row) + " |" for row in (head, marks, *body)]


def number(value: float | None) -> str:
    """A figure of three decimals, a dash for none."""
    return "–" if value is None else f"{value:.3f}"


def cell(figure: Data | None) -> str:
    """A figure with the rows behind it."""
    if figure is None or figure["value"] is None:
        return "–"
    return f"{number(figure['value'])} ({figure['rows']:,})"


def precision_recall(figure: Data | None) -> str:
    """Both behind an F1, a dash for any other figure."""
    if figure is None or "precision" not in figure:
        return "–"
    return f"{number(figure['precision'])} / {number(figure['recall'])}"


def grid(columns: Sequence[dict[str, Data]], names: Iterable[str]) -> Iterator[Row]:
    """Rows of figures, one cell per column; a row without any figure is left out."""
    for name in names:
        held = [column.get(name) for column in columns]
        for title, cells in (
            (TITLES[name], [cell(figure) for figure in held]),
            ("– precision / recall", [precision_recall(figure) for figure in held]),
        ):
            if any(text != "–" for text in cells):
                yield [title, *cells]


def figures(columns: dict[str, Data], names: Sequence[str]) -> list[str]:
    """A table of figures: one row per figure, one column per set of articles."""
    rows: list[Row] = [["", *columns]]
    rows.append(["articles", *(str(entry["articles"]) for entry in columns.values())])
    rows += grid([entry["figures"] for entry in columns.values()], names)
    return table(rows)


def by_kind(entry: Data) -> list[str]:
    """A table of the figures by kind."""
    kinds = entry["by_kind"]
    names = dict.fromkeys(name for held in kinds.values() for name in held)
    return table([["", *kinds], *grid(list(kinds.values()), names)])


# --- the blocks ----------------------------------------------------------------------------------


def _sets(data: Data) -> dict[str, Data]:
    return {**data["files"], "together": data["together"]}


def summary(measure: Measure) -> list[str]:
    """What a newcomer wants to know: fixtures and real articles side by side."""
    real = measure.evaluated(measure.real(), "--curve")["files"]
    made = measure.evaluated(measure.fixtures(), "--curve")["together"]
    columns = {"Kompas print": real["kompas-dev"], "translated wire": real["ntrex-dev"], "fixtures": made}
    return figures(columns, SHORT)


def gold(measure: Measure) -> list[str]:
    """Real articles."""
    return figures(_sets(measure.evaluated(measure.real(), "--curve")), MAIN)


def gold_kinds(measure: Measure) -> list[str]:
    """Real articles together, by kind."""
    return by_kind(measure.evaluated(measure.real(), "--curve")["together"])


def pfsa(measure: Measure) -> list[str]:
    """PFSA-ID's own labels."""
    (entry,) = measure.evaluated(measure.real(PFSA))["files"].values()
    return figures({PFSA: entry}, tuple(entry["figures"]))


def fixtures(measure: Measure) -> list[str]:
    """The fixtures, set by set."""
    return figures(_sets(measure.evaluated(measure.fixtures(), "--curve")), MAIN)


def fixtures_kinds(measure: Measure) -> list[str]:
    """The fixtures together, by kind."""
    return by_kind(measure.evaluated(measure.fixtures(), "--curve")["together"])


def indirect(measure: Measure) -> list[str]:
    """Indirect rows: real articles set by set, and the fixtures together."""
    real = measure.evaluated(measure.real(), "--curve")["files"]
    made = measure.evaluated(measure.fixtures(), "--curve")["together"]
    return figures({**real, "fixtures": made}, INDIRECT)


def curve(measure: Measure) -> list[str]:
    """What --min-score leaves: answered share and precision, real articles and fixtures."""
    real = measure.evaluated(measure.real(), "--curve")["together"]["curve"]
    made = measure.evaluated(measure.fixtures(), "--curve")["together"]["curve"]
    rows: list[Row] = [
        ["`--min-score`", "real: answered", "real: right", "fixtures: answered", "fixtures: right"]
    ]
    before: list[str] | None = None
    for one, other in zip(real, made, strict=True):
        cells = [number(point[key]["value"]) for point in (one, other) for key in ("answered", "precision")]
        if cells != before:
            rows.append([f"{one['min_score']:.2f}", *cells])
        before = cells
    return table(rows)


def paragraphs(measure: Measure) -> list[str]:
    """With and without paragraph breaks."""
    columns: dict[str, Data] = {}
    for name, paths in (("real", measure.real()), ("fixtures", measure.fixtures())):
        columns[name] = measure.evaluated(paths, "--curve")["together"]
        columns[f"{name}, no breaks"] = measure.evaluated(paths, "--no-paragraphs")["together"]
    return figures(columns, FLAT)


def calibration(measure: Measure) -> list[str]:
    """How well the scores of attributions are calibrated."""
    rows: list[Row] = [("rows", "number", "right", "calibration error")]
    for title, some, scores in measure.scored():
        _, right = train_confidence.at(0.0, some, scores)
        rows.append((title, f"{len(some):,}", number(right), number(train_confidence.error(scores, some))))
    return table(rows)


def calibration_said(measure: Measure) -> list[str]:
    """What the folds say beside the table."""
    from sklearn.metrics import roc_auc_score

    _, rows, scores = measure.scored()[0]
    area = roc_auc_score([row.right for row in rows], scores)
    return [
        f"In the folds the area under the curve is {area:.3f}: the chance that a wrong row scores below a right one."
        f" {train_confidence.at(0.9, rows, scores)[0]:.0%} of the rows score at least 0.9; below 0.7 there are"
        f" only {sum(scores < 0.7)} of {len(rows):,}, so what is said of low scores rests on few rows."
    ]


def kept(measure: Measure) -> list[str]:
    """What each threshold keeps, and how much of that is right."""
    sets = [one for one in measure.scored() if one[0].endswith(("folds", "both"))]
    names = [title.removesuffix(", both") for title, _, _ in sets]
    rows: list[Row] = [("`--min-score`", *(cell for name in names for cell in (f"{name}: kept", "right")))]
    for threshold in train_confidence.THRESHOLDS:
        pairs = [train_confidence.at(threshold, some, scores) for _, some, scores in sets]
        rows.append((f"{threshold:.2f}", *(number(value) for pair in pairs for value in pair)))
    return table(rows)


def versions(measure: Measure) -> list[str]:
    """What was measured, with what."""
    model = json.loads((ROOT / "quotes" / "stance" / "model.json").read_text(encoding="utf-8"))
    lines = [
        f"- quotes {quotes.__version__}, lexicon `{load().fingerprint[:12]}`,"
        f" training rows of the stance model `{model['rows_sha256'][:12]}`"
    ]
    for path in (*measure.real(*REAL, PFSA), *measure.fixtures()):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        lines.append(f"- `{path.name}`: SHA-256 `{digest[:12]}`")
    return lines


def screen(measure: Measure) -> list[str]:
    """What the main job prints for the fixtures."""
    command = ("report", "fixtures/articles", "--out", "reports")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "fixtures").symlink_to(ROOT / "fixtures")
        return console(command, run(*command, folder=Path(folder)))


def show(measure: Measure) -> list[str]:
    """One article in the terminal."""
    command = ("show", SHOWN)
    return console(command, run(*command))


def console(command: Row, output: str) -> list[str]:
    """A command and its output as a block of a terminal."""
    return ["```console", "$ quotes " + " ".join(command), *output.rstrip().splitlines(), "```"]


def rules(measure: Measure) -> list[str]:
    """How often each rule names the right speaker, on the fixtures."""
    head, *body = rule_precision.rows(measure.rules())
    return table([head, *([f"`{rule}`", *cells] for rule, *cells in body)])


def stance(name: str) -> Callable[[Measure], list[str]]:
    """A table of docs/stance.md: tools/stance_page.py measures it, which takes some minutes."""

    def taken(measure: Measure) -> list[str]:
        page = (ROOT / "docs" / "stance.md").read_text(encoding="utf-8")
        match = next(match for match in BLOCK.finditer(page) if match[2] == name)
        return match[0].splitlines()[2:-2]

    return taken


BLOCKS: dict[str, Callable[[Measure], list[str]]] = {
    "summary": summary,
    "gold": gold,
    "gold-kinds": gold_kinds,
    "pfsa": pfsa,
    "fixtures": fixtures,
    "fixtures-kinds": fixtures_kinds,
    "indirect": indirect,
    "curve": curve,
    "confidence": calibration,
    "confidence-said": calibration_said,
    "confidence-curve": kept,
    "paragraphs": paragraphs,
    "versions": versions,
    "screen": screen,
    "show": show,
    "rules": rules,
    "stance-held-out": stance("stance-held-out"),
    "stance-fixtures": stance("stance-fixtures"),
    "stance-real": stance("stance-real"),
}


def rewritten(text: str, measure: Measure) -> str:
    """A page with its blocks measured anew; a block without its gold stays as it is.

    Raises:
        KeyError: the page has a block that is not in BLOCKS.
    """

    def block(match: re.Match[str]) -> str:
        try:
            lines = BLOCKS[match[2]](measure)
        except NotMeasured as reason:
            sys.stderr.write(f"{match[2]}: left as it is, {reason}\n")
            return match[0]
        return f"{match[1]}\n" + "\n".join(lines) + f"\n\n{match[3]}"

    return BLOCK.sub(block, text)


def main() -> int:
    """Write or compare."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="compare only")
    parser.add_argument("--gold", type=Path, default=GOLD, help="folder of the annotated real articles")
    arguments = parser.parse_args()
    measure = Measure(arguments.gold)
    status = 0
    for page in PAGES:
        old = page.read_text(encoding="utf-8")
        new = rewritten(old, measure)
        if new == old:
            continue
        if arguments.check:
            print(f"{page.name}: not what is measured; run python tools/accuracy_page.py")
            status = 1
        else:
            page.write_text(new, encoding="utf-8")
            print(f"{page.name}: written")
    return status


if __name__ == "__main__":
    sys.exit(main())
