"""Figures and misses as text for a terminal, and as plain data for ``--json``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import PurePath
from typing import Any

from quotes.evaluation.compare import Comparison, PfsaComparison
from quotes.evaluation.misses import TYPES, Miss, misses, misses_pfsa
from quotes.evaluation.run import Evaluated
from quotes.evaluation.scores import (
    F1,
    MISSING,
    CurvePoint,
    Figure,
    Ratio,
    Scores,
    Stances,
    curve,
    score,
    score_pfsa,
)

#: How a figure is called in print.
TITLES = {
    "span_f1": "span F1, exact",
    "span_f1_overlap": "span F1, overlap",
    "kind_accuracy": "kind accuracy",
    "attribution_accuracy": "attribution accuracy",
    "name_exact": "name exact",
    "abstention_accuracy": "abstention accuracy",
    "cue_accuracy": "cue accuracy",
    "stance_accuracy": "stance accuracy",
    "stance_macro_f1": "stance macro-F1",
    "indirect_f1": "indirect F1",
    "indirect_speaker": "indirect speaker",
    "indirect_stance": "indirect stance",
    "focus_country": "focus country",
    "coverage": "coverage (speaker given)",
    "answered_precision": "right where given",
    "score_ece": "calibration error of score",
    "stance_score_ece": "calibration error of stance_score",
    "span_recall": "quoted STATEMENT recall, exact",
    "cue_overlap": "cue overlap",
    "mention_overlap": "mention overlap",
    "mention_overlap_coref": "mention overlap, CUECOREF rows too",
    "f1": "F1",
    "speaker": "speaker (matched)",
    "stance": "stance (matched)",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for besides the figures.

    Attributes:
        errors: list the misses.
        types: only misses of these types; empty: all.
        curve: show what a threshold on ``score`` leaves.
    """

    errors: bool = False
    types: frozenset[str] = frozenset()
    curve: bool = False


TOGETHER = "together"


def as_lines(evaluated: Sequence[Evaluated], wanted: Wanted) -> Iterator[str]:
    """Everything for the terminal: per file and together, by kind, by stance, the misses."""
    own = _own(evaluated)
    if own:
        scored = {name: score(comparisons) for name, comparisons in own.items()}
        yield from _table([(_short(name), s.figures, s.articles) for name, s in scored.items()])
        for name, scores in scored.items():
            yield from ("", f"-- {_short(name)}: by kind", *_kinds_table(scores))
            if scores.stances and scores.stances.gold:
                yield from ("", f"-- {_short(name)}: stance", *_stance_lines(scores.stances))
            if wanted.curve:
                yield from ("", f"-- {_short(name)}: threshold", *_curve_lines(curve(own[name])))
    pfsa = _pfsa(evaluated)
    if pfsa:
        if own:
            yield ""
        columns = [(name, score_pfsa(comparisons)) for name, comparisons in pfsa.items()]
        yield from _table([(_short(name), s.figures, s.articles) for name, s in columns])
    if wanted.errors:
        for one in evaluated:
            lines = list(_miss_lines(_misses(one), wanted.types))
            yield from ("", f"-- {_short(one.path)}: misses", *(lines or ["none"]))


def as_data(evaluated: Sequence[Evaluated], wanted: Wanted) -> dict[str, Any]:
    """The same as plain JSON data: ``files`` by path, ``together``, and ``pfsa_together``."""
    data: dict[str, Any] = {"files": {}}
    for name, comparisons in _own(evaluated).items():
        entry = _scores_data(score(comparisons))
        if wanted.curve:
            entry["curve"] = _curve_data(curve(comparisons))
        _put(data, name, "together", entry)
    for name, statements in _pfsa(evaluated).items():
        _put(data, name, "pfsa_together", _scores_data(score_pfsa(statements)))
    if wanted.errors:
        for one in evaluated:
            data["files"][one.path]["errors"] = _miss_data(_misses(one), wanted.types)
    return data


def _put(data: dict[str, Any], name: str, together: str, entry: dict[str, Any]) -> None:
    if name == TOGETHER:
        data[together] = entry
    else:
        data["files"][name] = entry


def _own(evaluated: Sequence[Evaluated]) -> dict[str, tuple[Comparison, ...]]:
    """Comparisons by path, and together where there are several files."""
    by_path = {one.path: one.own for one in evaluated if one.own}
    if len(by_path) > 1:
        by_path[TOGETHER] = tuple(c for comparisons in by_path.values() for c in comparisons)
    return by_path


def _pfsa(evaluated: Sequence[Evaluated]) -> dict[str, tuple[PfsaComparison, ...]]:
    by_path = {one.path: one.pfsa for one in evaluated if one.pfsa}
    if len(by_path) > 1:
        by_path[TOGETHER] = tuple(c for comparisons in by_path.values() for c in comparisons)
    return by_path


def _misses(one: Evaluated) -> list[Miss]:
    return [*misses(one.own), *misses_pfsa(one.pfsa)]


def _short(path: str) -> str:
    return PurePath(path).name


def _table(columns: Sequence[tuple[str, dict[str, Figure], int]]) -> list[str]:
    """Lines of a table: one row per figure, one column per ``(heading, figures, articles)``."""
    names = list(dict.fromkeys(name for _, figures, _ in columns for name in figures))
    rows = [["", *(heading for heading, _, _ in columns)]]
    rows.append(["articles", *(str(articles) for _, _, articles in columns)])
    for name in names:
        rows.append([TITLES[name], *(_cell(figures.get(name)) for _, figures, _ in columns)])
        if any(isinstance(figures.get(name), F1) for _, figures, _ in columns):
            cells = [_precision_recall(figures.get(name)) for _, figures, _ in columns]
            rows.append(["  precision / recall", *cells])
    return _aligned(rows)


def _kinds_table(scores: Scores) -> list[str]:
    """Lines of a table of the figures by kind."""
    names = list(dict.fromkeys(name for figures in scores.by_kind.values() for name in figures))
    rows = [["", *scores.by_kind]]
    for name in names:
        rows.append([TITLES[name], *(_cell(figures.get(name)) for figures in scores.by_kind.values())])
    return _aligned(rows)


def _stance_lines(stances: Stances) -> list[str]:
    """Support and scores of each label, NLTK's confusion matrix, and kappa."""
    if not stances.gold:
        return []
    from nltk.metrics import ConfusionMatrix

    rows = [["stance", "gold rows", "precision", "recall", "F1", "in macro-F1"]]
    for label in stances.labels:
        score = label.score
        values = (score.precision, score.recall, score.value)
        rows.append([label.label, str(score.rows), *map(_number, values), "yes" if label.in_macro else "no"])
    matrix = ConfusionMatrix(list(stances.gold), list(stances.predicted))
    lines = _aligned(rows)
    lines += ["", "rows: gold, columns: predicted"]
    lines += matrix.pretty_format(sort_by_count=True).rstrip().splitlines()
    lines.append(f"kappa {_number(stances.kappa)} ({MISSING}: no span or no stance predicted)")
    return lines


def _curve_lines(points: Sequence[CurvePoint]) -> list[str]:
    """Lines of the threshold table."""
    rows = [["--min-score", "answered", "attribution precision"]]
    for point in points:
        rows.append([f"{point.min_score:.2f}", _cell(point.answered), _cell(point.precision)])
    return _aligned(rows)


def _miss_lines(found: Sequence[Miss], only: frozenset[str]) -> Iterator[str]:
    """The misses grouped by type; ``only`` limits the types (empty: all)."""
    order = {name: number for number, name in enumerate(TYPES)}
    chosen = sorted(
        (m for m in found if not only or m.type in only),
        key=lambda m: order[m.type],
    )
    counts = Counter(m.type for m in chosen)
    for type_, group in groupby(chosen, key=lambda m: m.type):
        yield ""
        yield f"== {type_}: {counts[type_]}"
        for miss in group:
            yield f"{miss.article_id} @{miss.start}{f'  rule {miss.rule}' if miss.rule else ''}"
            yield f"  gold      {miss.gold}"
            yield f"  predicted {miss.predicted}"
            yield f"  text      {miss.context}"


def _scores_data(scores: Scores) -> dict[str, Any]:
    """Scores as plain JSON data."""
    data: dict[str, Any] = {
        "articles": scores.articles,
        "figures": {name: _figure_data(figure) for name, figure in scores.figures.items()},
    }
    if scores.by_kind:
        data["by_kind"] = {
            kind: {name: _figure_data(figure) for name, figure in figures.items()}
            for kind, figures in scores.by_kind.items()
        }
    if scores.stances:
        pairs = Counter(zip(scores.stances.gold, scores.stances.predicted, strict=True))
        data["stance"] = {
            "labels": {
                label.label: {**_figure_data(label.score), "in_macro": label.in_macro}
                for label in scores.stances.labels
            },
            "confusion": [
                {"gold": gold, "predicted": predicted, "rows": rows}
                for (gold, predicted), rows in sorted(pairs.items())
            ],
            "kappa": scores.stances.kappa,
        }
    return data


def _curve_data(points: Sequence[CurvePoint]) -> list[dict[str, Any]]:
    """The threshold table as plain JSON data."""
    return [
        {
            "min_score": point.min_score,
            "answered": _figure_data(point.answered),
            "precision": _figure_data(point.precision),
        }
        for point in points
    ]


def _miss_data(found: Sequence[Miss], only: frozenset[str]) -> list[dict[str, Any]]:
    """The misses as plain JSON data."""
    return [asdict(miss) for miss in found if not only or miss.type in only]


def _figure_data(figure: Figure) -> dict[str, Any]:
    data: dict[str, Any] = {"value": figure.value, "rows": figure.rows}
    if isinstance(figure, Ratio):
        data["right"] = figure.right
    elif isinstance(figure, F1):
        data |= {
            "right": figure.right,
            "predicted": figure.predicted,
            "precision": figure.precision,
            "recall": figure.recall,
        }
    return data


def _cell(figure: Figure | None) -> str:
    if figure is None or figure.value is None:
        return "-"
    counts = f"{figure.right}/{figure.rows}" if isinstance(figure, Ratio) else str(figure.rows)
    return f"{figure.value:.3f} ({counts})"


def _precision_recall(figure: Figure | None) -> str:
    if not isinstance(figure, F1) or figure.value is None:
        return "-"
    return f"{_number(figure.precision)} / {_number(figure.recall)}"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _aligned(rows: list[list[str]]) -> list[str]:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return [
        "  ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
