"""Training a stance model from labelled rows, and telling how good it is.

Speakers are the examples: every speaker of every article counts once per label, whatever
the number of his rows. Groups (articles, or families of made-up articles) never stand on
both sides of a split. Training is deterministic: rows are sorted first, the solver starts
from zero, and weights are rounded, so that the same rows give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from quotes.errors import LabelsError
from quotes.lexicon import Lexicon
from quotes.stance.features import GROUPS, describe
from quotes.stance.model import StanceModel, dump, lexicon_fingerprint
from quotes.stance.rows import Row, as_readings

#: Fewer rows than this per label, or in all, teach nothing.
LEAST_PER_LABEL = 5
LEAST_ROWS = 20
LEAST_GROUPS = 3
#: Inverse strength of the L2 penalty; chosen by cross-validation on the shipped rows.
STRENGTH = 2.0
FOLDS = 5
#: Single words are many and each tells little: they count for less, so that classes explain first.
_SCALE = {"word": 0.4, "quote": 0.25, "cue": 0.5}
#: So do features that join two things, which have few examples each.
_JOINED = 0.5
#: A feature must stand in this many groups; words of roles and of quotes in more.
_LEAST_SUPPORT = {"word": 3, "quote": 6}
#: A quoted word that stands in a larger share of the groups says nothing about sides.
_MOST_COMMON = 0.12
_DECIMALS = 4
_DOUBTFUL = 0.5

Floats = npt.NDArray[np.float64]


class Examples(NamedTuple):
    """Speakers with their features, labels, groups and the rows they came from."""

    features: tuple[tuple[str, ...], ...]
    labels: tuple[str, ...]
    groups: tuple[str, ...]
    rows: tuple[tuple[int, ...], ...]


class Doubt(NamedTuple):
    """A row whose label the model, trained without its group, does not believe.

    ``row`` is an index into the rows given; ``probability`` that of the row's own label.
    """

    row: int
    label: str
    predicted: str
    probability: float


@dataclass(frozen=True)
class Trained:
    """A model with its artefact and its cross-validated figures.

    Attributes:
        model: the model over all rows.
        artefact: its file, as text.
        gold: label per row, as given; ``predicted`` what folds without the row's group said.
        scores: accuracy, macro_f1, calibration_error and per-label precision, recall, f1, rows.
        doubts: the rows most likely mislabelled, the most doubtful first.
    """

    model: StanceModel
    artefact: str
    gold: tuple[str, ...]
    predicted: tuple[str, ...]
    scores: dict[str, Any]
    doubts: tuple[Doubt, ...]


def train(
    rows: Sequence[Row],
    lexicon: Lexicon,
    *,
    groups: Sequence[str] | None = None,
    probes: Sequence[dict[str, Any]] | None = None,
    omit: Sequence[str] = (),
) -> Trained:
    """A model from ``rows``.

    Args:
        rows: labelled rows; their order does not matter.
        lexicon: the language data.
        groups: per row the group it must not be parted from; its article where not given.
        probes: rows kept in the artefact as a check; some of ``rows`` where not given.
        omit: groups of features to leave out (see ``features.GROUPS``), for comparisons.

    Raises:
        LabelsError: fewer than two labels, or too few rows or articles.
    """
    own = list(groups) if groups is not None else [row.article_id for row in rows]
    order = sorted(range(len(rows)), key=lambda n: (own[n], _row_key(rows[n])))
    ordered = [rows[n] for n in order]
    check_rows(ordered, [own[n] for n in order])
    examples = _examples(ordered, [own[n] for n in order], lexicon, frozenset(omit))
    labels = _label_order(examples.labels)
    folded = _cross_validate(examples, labels)
    temperature = _temperature(folded, examples, labels)
    vocabulary, weights = _fit(examples, labels, range(len(examples.labels)))
    model = StanceModel(labels, vocabulary, np.round(weights, _DECIMALS), temperature)
    about = {
        "rows_sha256": _rows_hash(ordered),
        "lexicon_sha256": lexicon_fingerprint(lexicon),
        "libraries": {name: version(name) for name in ("numpy", "scikit-learn")},
    }
    probabilities = _softmax(folded / temperature)
    gold, predicted, sure = _per_row(examples, labels, probabilities, len(rows))
    scores = score(gold, predicted, sure, labels)
    about["training"] = {
        "rows": len(rows), "speakers": len(examples.labels), "groups": len(set(examples.groups)),
        "folds": _fold_count(examples), **scores,
    }  # fmt: skip
    back = {place: order[place] for place in range(len(order))}
    doubts = _doubts(examples, labels, probabilities, back)
    chosen = probes if probes is not None else _choose_probes(ordered)
    model = replace(model, about=about)
    restored = sorted(range(len(order)), key=lambda place: order[place])
    return Trained(
        model,
        dump(model, about, chosen, lexicon),
        tuple(gold[place] for place in restored),
        tuple(predicted[place] for place in restored),
        scores,
        doubts,
    )


def check_rows(rows: Sequence[Row], groups: Sequence[str]) -> None:
    """Refuse rows that cannot teach anything.

    Raises:
        LabelsError: saying what is too few, and how many are needed.
    """
    counts = Counter(row.stance for row in rows)
    if len(counts) < 2:
        only = f"only {next(iter(counts))!r}" if counts else "none"
        raise LabelsError(f"a model needs at least two different stances; the rows have {only}")
    if len(rows) < LEAST_ROWS:
        raise LabelsError(f"a model needs at least {LEAST_ROWS} rows with a stance; there are {len(rows)}")
    label, fewest = min(counts.items(), key=lambda item: (item[1], item[0]))
    if fewest < LEAST_PER_LABEL:
        raise LabelsError(
            f"each stance needs at least {LEAST_PER_LABEL} rows; {label!r} has {fewest}: "
            "label more rows, or give these another stance"
        )
    if len(set(groups)) < LEAST_GROUPS:
        raise LabelsError(
            f"rows of at least {LEAST_GROUPS} articles are needed; there are {len(set(groups))}"
        )


def score(
    gold: Sequence[str], predicted: Sequence[str], sure: Sequence[float], labels: Sequence[str]
) -> dict[str, Any]:
    """Accuracy, macro-F1, expected calibration error (ten bins) and figures per label."""
    per: dict[str, dict[str, Any]] = {}
    for label in labels:
        right = sum(g == p == label for g, p in zip(gold, predicted, strict=True))
        said, there = sum(p == label for p in predicted), sum(g == label for g in gold)
        per[label] = {
            "precision": round(right / said, 4) if said else 0.0,
            "recall": round(right / there, 4) if there else 0.0,
            "f1": round(2 * right / (said + there), 4) if said + there else 0.0,
            "rows": there,
        }
    hits = [g == p for g, p in zip(gold, predicted, strict=True)]
    return {
        "accuracy": round(sum(hits) / len(hits), 4),
        "macro_f1": round(sum(entry["f1"] for entry in per.values()) / len(per), 4),
        "calibration_error": round(calibration_error(hits, sure), 4),
        "labels": per,
    }


def calibration_error(hits: Sequence[bool], sure: Sequence[float], bins: int = 10) -> float:
    """Expected calibration error: mean gap of confidence and accuracy over equal-width bins."""
    edges = np.minimum((np.asarray(sure) * bins).astype(int), bins - 1)
    right, confidence = np.asarray(hits, dtype=float), np.asarray(sure)
    total = 0.0
    for place in range(bins):
        inside = edges == place
        if inside.any():
            total += inside.sum() * abs(right[inside].mean() - confidence[inside].mean())
    return float(total / len(hits))


# --- examples ------------------------------------------------------------------------------------


def _row_key(row: Row) -> str:
    return json.dumps(asdict(row), ensure_ascii=False, sort_keys=True)


def _rows_hash(rows: Sequence[Row]) -> str:
    digest = hashlib.sha256()
    for key in sorted(_row_key(row) for row in rows):
        digest.update(key.encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()


def _label_order(labels: Sequence[str]) -> tuple[str, ...]:
    """The contract's labels in the contract's order, others after them by name."""
    known = ("official", "protester", "foreign_government", "other")
    there = set(labels)
    return tuple([label for label in known if label in there] + sorted(there.difference(known)))


def _examples(rows: Sequence[Row], groups: Sequence[str], lexicon: Lexicon, omit: frozenset[str]) -> Examples:
    features: list[tuple[str, ...]] = []
    labels: list[str] = []
    found: list[str] = []
    members: list[tuple[int, ...]] = []
    for article in as_readings(rows):
        described = describe(
            article.reading, lexicon, focus=article.focus, countries=article.countries, omit=omit
        )
        for place, names in enumerate(described.features[: len(article.labels)]):
            features.append(names)
            labels.append(article.labels[place])
            found.append(groups[article.rows[place][0]])
            members.append(article.rows[place])
    return Examples(tuple(features), tuple(labels), tuple(found), tuple(members))


# --- fitting -------------------------------------------------------------------------------------


def _fit(examples: Examples, labels: Sequence[str], chosen: Sequence[int]) -> tuple[dict[str, int], Floats]:
    """Vocabulary and weights (bias last) from the chosen examples."""
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
    from sklearn.linear_model import LogisticRegression

    vocabulary = _vocabulary(examples, chosen)
    columns: list[int] = []
    ends = [0]
    for n in chosen:
        columns += [vocabulary[name] for name in examples.features[n] if name in vocabulary]
        ends.append(len(columns))
    scale = np.array([_scale(name) for name in vocabulary])
    table = csr_matrix((scale[columns], columns, ends), shape=(len(chosen), len(vocabulary)))
    number = {label: place for place, label in enumerate(labels)}
    target = np.array([number[examples.labels[n]] for n in chosen])
    weight = np.sqrt([len(examples.rows[n]) for n in chosen])
    solver = LogisticRegression(C=STRENGTH, max_iter=2000, tol=1e-6)
    solver.fit(table, target, sample_weight=weight)
    weights = np.zeros((len(vocabulary) + 1, len(labels)))
    if len(solver.classes_) == 2:
        # Two classes have one row of weights: half of it for the one, half against the other.
        one, other = solver.classes_[1], solver.classes_[0]
        for sign, label in ((0.5, one), (-0.5, other)):
            weights[:-1, label], weights[-1, label] = sign * solver.coef_[0], sign * solver.intercept_[0]
    else:
        weights[:-1, solver.classes_], weights[-1, solver.classes_] = solver.coef_.T, solver.intercept_
    weights[:-1] *= scale[:, None]
    absent = [place for place in range(len(labels)) if place not in set(solver.classes_.tolist())]
    weights[-1, absent] = -20.0  # a label that no example of this fold has
    return vocabulary, weights


def _scale(name: str) -> float:
    """How large a feature is when present: the smaller, the more it takes to give it weight."""
    return _SCALE.get(name.partition(":")[0], 1.0) * (_JOINED if "*" in name else 1.0)


def _vocabulary(examples: Examples, chosen: Sequence[int]) -> dict[str, int]:
    """The features that stand in enough groups, by name."""
    where: dict[str, set[str]] = {}
    for n in chosen:
        for name in examples.features[n]:
            where.setdefault(name, set()).add(examples.groups[n])
    few = len({examples.groups[n] for n in chosen})
    kept = [
        name
        for name, groups in where.items()
        if len(groups) >= min(_LEAST_SUPPORT.get(name.split(":", 1)[0], 2), max(1, few // 4))
        and (name.split(":", 1)[0] != "quote" or len(groups) <= _MOST_COMMON * few)
    ]
    return {name: row for row, name in enumerate(sorted(kept))}


def _fold_count(examples: Examples) -> int:
    return min(FOLDS, len(set(examples.groups)))


def _folds(examples: Examples) -> Iterator[tuple[list[int], list[int]]]:
    """Training and held-out examples; groups are dealt out by size, so that folds are alike."""
    sizes = Counter(examples.groups)
    count = _fold_count(examples)
    loads = [0] * count
    fold: dict[str, int] = {}
    for group, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
        place = loads.index(min(loads))
        fold[group] = place
        loads[place] += size
    numbers = range(len(examples.labels))
    for place in range(count):
        held = [n for n in numbers if fold[examples.groups[n]] == place]
        yield [n for n in numbers if fold[examples.groups[n]] != place], held


def _cross_validate(examples: Examples, labels: Sequence[str]) -> Floats:
    """Scores of every example by a model that has not seen its group."""
    scores = np.zeros((len(examples.labels), len(labels)))
    for seen, held in _folds(examples):
        if not seen or not held:
            continue
        if len({examples.labels[n] for n in seen}) < 2:
            raise LabelsError(
                "all rows of one stance are in the same article or group; label rows of more articles"
            )
        vocabulary, weights = _fit(examples, labels, seen)
        for n in held:
            known = [vocabulary[name] for name in examples.features[n] if name in vocabulary]
            scores[n] = weights[[*known, -1]].sum(axis=0)
    return scores


def _softmax(scores: Floats) -> Floats:
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Floats = odds / odds.sum(axis=1, keepdims=True)
    return result


def _temperature(scores: Floats, examples: Examples, labels: Sequence[str]) -> float:
    """The temperature under which held-out groups are likeliest."""
    number = {label: place for place, label in enumerate(labels)}
    target = np.array([number[label] for label in examples.labels])
    weight = np.array([len(rows) for rows in examples.rows], dtype=float)

    def loss(value: float) -> float:
        chance = _softmax(scores / value)[np.arange(len(target)), target]
        return float(-(weight * np.log(np.maximum(chance, 1e-12))).sum())

    grid = np.round(np.exp(np.linspace(np.log(0.3), np.log(5.0), 141)), 4)
    return float(min(grid, key=loss))


# --- what it tells -------------------------------------------------------------------------------


def _per_row(
    examples: Examples, labels: Sequence[str], probabilities: Floats, count: int
) -> tuple[list[str], list[str], list[float]]:
    gold, predicted, sure = [""] * count, [""] * count, [0.0] * count
    best = probabilities.argmax(axis=1)
    for n, rows in enumerate(examples.rows):
        for row in rows:
            gold[row], predicted[row] = examples.labels[n], labels[best[n]]
            sure[row] = float(probabilities[n, best[n]])
    return gold, predicted, sure


def _doubts(
    examples: Examples, labels: Sequence[str], probabilities: Floats, back: dict[int, int]
) -> tuple[Doubt, ...]:
    number = {label: place for place, label in enumerate(labels)}
    found: list[Doubt] = []
    for n, label in enumerate(examples.labels):
        chance = float(probabilities[n, number[label]])
        best = labels[int(probabilities[n].argmax())]
        if chance < _DOUBTFUL and best != label:
            found.append(Doubt(min(back[row] for row in examples.rows[n]), label, best, round(chance, 4)))
    return tuple(sorted(found, key=lambda doubt: (doubt.probability, doubt.row)))


def _choose_probes(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """One short row per label; the first of each in the sorted rows."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row.stance not in found:
            fields = asdict(row)
            kept = (
                "text",
                "kind",
                "cue",
                "mention",
                "speaker",
                "speaker_type",
                "role",
                "country",
                "focus_country",
            )
            found[row.stance] = {key: fields[key] for key in kept}
    return [found[label] for label in sorted(found)]


__all__ = ["GROUPS", "Doubt", "Examples", "Trained", "calibration_error", "check_rows", "score", "train"]
