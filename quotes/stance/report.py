"""What ``quotes train`` prints about a model it has made."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from quotes.stance.rows import Row
from quotes.stance.training import Trained

_SHOWN = 70


class Table(Protocol):
    """The labelled rows as they were read."""

    @property
    def rows(self) -> Sequence[Row]:
        """The rows that have a stance."""

    @property
    def places(self) -> Sequence[str]:
        """Per row, its file and number."""

    @property
    def skipped(self) -> dict[str, int]:
        """Why rows were left out, with their number."""


def as_lines(trained: Trained, table: Table, out: Path, doubts: int) -> list[str]:
    """Scores, confusion matrix and doubtful rows, as lines of text.

    Args:
        trained: the model and its cross-validated figures.
        table: the rows it was made from.
        out: where the model was written.
        doubts: how many doubtful rows to list at most.
    """
    about = trained.model.about["training"]
    lines = [f"{about['rows']} rows of {about['speakers']} speakers in {about['groups']} articles or groups"]
    lines += [f"{number} rows {reason} left out" for reason, number in table.skipped.items()]
    lines += ["", f"cross-validated in {about['folds']} parts, no article in two of them:", ""]
    lines += _scores(trained)
    lines += ["", "rows: labels given, columns: predicted", _matrix(trained)]
    lines += _doubtful(trained, table, doubts)
    lines += ["", f"model: {out}"]
    return lines


def _scores(trained: Trained) -> list[str]:
    scores = trained.scores
    width = max(len("label"), *(len(label) for label in scores["labels"]))
    lines = [f"{'label':<{width}}  rows  precision  recall     F1"]
    for label, entry in scores["labels"].items():
        lines.append(
            f"{label:<{width}} {entry['rows']:>5}      {entry['precision']:.3f}   "
            f"{entry['recall']:.3f}  {entry['f1']:.3f}"
        )
    lines += ["", f"accuracy {scores['accuracy']:.3f}, macro-F1 {scores['macro_f1']:.3f}, "
              f"expected calibration error {scores['calibration_error']:.3f}"]  # fmt: skip
    return lines


def _matrix(trained: Trained) -> str:
    from nltk.metrics import ConfusionMatrix

    return str(ConfusionMatrix(list(trained.gold), list(trained.predicted)).pretty_format()).rstrip()


def _doubtful(trained: Trained, table: Table, doubts: int) -> list[str]:
    found = trained.doubts
    if not found or not doubts:
        return []
    shown = found[:doubts]
    more = f", the first {len(shown)} of {len(found)}" if len(found) > len(shown) else ""
    lines = ["", f"rows to look at again{more} (the model without their article believes another label):"]
    for doubt in shown:
        row = table.rows[doubt.row]
        text = " ".join(row.text.split())
        text = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
        lines.append(
            f"  {table.places[doubt.row]}: {doubt.label} ({doubt.probability:.2f}) or {doubt.predicted}? "
            f"{row.article_id}: {row.speaker}: “{text}”"
        )
    return lines
