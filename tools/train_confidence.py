#!/usr/bin/env python3
"""Make the shipped confidence model from the annotated articles in fixtures/gold.

A row of the result that stands for a row of the gold and names a speaker is one example: its
evidence, and whether the speaker is right. A logistic regression learns the probability; the
same articles and the same rules give the same file. Prints what folds without an article's own
rows say of it.

Exit status: 0 done, 1 --check and the file differs, 2 wrong usage or gold that cannot be read.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from quotes.attribution.confidence import Confidence, dump, features
from quotes.attribution.evidence import Evidence
from quotes.errors import QuotesError
from quotes.evaluation.compare import compare
from quotes.evaluation.gold import GoldArticle, load_gold
from quotes.evaluation.scores import calibration_error, right_speaker
from quotes.lexicon import Lexicon, load
from quotes.pipeline import quote_row
from quotes.reader import Reading, read
from quotes.records import Analysis, Article

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "fixtures" / "gold"
TARGET = ROOT / "quotes" / "attribution" / "confidence.json"

FOLDS = 10
#: Inverse strength of the L2 penalty; between 0.2 and 1 the folds' log loss differs by 0.003.
STRENGTH = 0.3
_DIGITS = 4
_PROBES = 12
#: Thresholds of the curve, and the kinds of rows that are told apart.
THRESHOLDS = (0.0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98)
KINDS: dict[str, set[bool]] = {"quoted": {False}, "indirect": {True}, "both": {False, True}}


class Example(NamedTuple):
    """One attributed row of an article: what speaks for it, and whether its speaker is right."""

    article_id: str
    indirect: bool
    evidence: Evidence
    right: bool


class Recorder(Confidence):
    """Keeps the evidence of every row; a row's score is its number."""

    def __init__(self) -> None:
        super().__init__({}, 0.0, {})
        self.seen: list[Evidence] = []
        self.score = self._keep  # type: ignore[assignment]

    def _keep(self, evidence: Evidence) -> float:
        self.seen.append(evidence)
        return float(len(self.seen) - 1)


@dataclass(frozen=True)
class Trained:
    """The model over all examples, and the score each got from a model without its article."""

    model: Confidence
    scores: npt.NDArray[np.float64]


def examples(golds: Sequence[GoldArticle], lexicon: Lexicon) -> list[Example]:
    """The attributed rows of ``golds`` that stand for a row of the gold with a name."""
    found = []
    for gold in golds:
        recorder = Recorder()
        comparison = compare(
            gold, reading_rows(read(Article(gold.article_id, gold.text), lexicon, confidence=recorder))
        )
        for pair in (*comparison.pairs, *comparison.indirect):
            row = pair.found
            if pair.gold.kind == "other" or not pair.gold.name or row is None or not row.speaker:
                continue
            evidence = recorder.seen[int(row.score or 0)]
            indirect = row.kind == "indirect"
            found.append(Example(gold.article_id, indirect, evidence, right_speaker(comparison, pair)))
    return found


def reading_rows(reading: Reading) -> Analysis:
    """The reading as rows, without stances."""
    rows = tuple(quote_row(number, reading) for number in range(len(reading.statements)))
    return Analysis(reading.article.article_id, len(reading.article.text), None, None, rows, (), ())


def train(rows: Sequence[Example], about: dict[str, object]) -> Trained:
    """The model over ``rows``; their order does not matter.

    Args:
        rows: the examples; some right, some wrong.
        about: what the file tells of the training besides counts and library.
    """
    import sklearn

    ordered = sorted(rows)
    articles = {name: place for place, name in enumerate(sorted({row.article_id for row in ordered}))}
    fold = np.array([articles[row.article_id] % FOLDS for row in ordered])
    scores = np.zeros(len(ordered))
    for held_out in sorted(set(fold)):
        model = _fit([row for row, number in zip(ordered, fold, strict=True) if number != held_out], {})
        for place in np.flatnonzero(fold == held_out):
            scores[place] = model.score(ordered[place].evidence)
    told = {
        **about,
        "articles": len(articles),
        "rows": len(ordered),
        "right": sum(row.right for row in ordered),
        "calibration_error": round(error(scores, ordered), 4),
        "scikit-learn": sklearn.__version__,
    }
    return Trained(_fit(ordered, told), scores)


def error(scores: npt.NDArray[np.float64], rows: Sequence[Example]) -> float:
    """The calibration error of ``scores``."""
    return (
        calibration_error([(float(s), row.right) for s, row in zip(scores, rows, strict=True)]).value or 0.0
    )


def _fit(rows: Sequence[Example], about: dict[str, object]) -> Confidence:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([dict.fromkeys(features(row.evidence), 1) for row in rows])
    solver = LogisticRegression(C=STRENGTH, max_iter=5000, tol=1e-8)
    solver.fit(table, [row.right for row in rows])
    names = vectorizer.get_feature_names_out()
    # Adding 0.0 turns -0.0 into 0.0.
    weights = {
        str(name): round(float(w), _DIGITS) + 0.0 for name, w in zip(names, solver.coef_[0], strict=True)
    }
    return Confidence(weights, round(float(solver.intercept_[0]), _DIGITS), about)


def probes(rows: Sequence[Example], count: int = _PROBES) -> list[Evidence]:
    """Some of the evidence met in ``rows``, spread over the rules."""
    kinds = sorted({row.evidence for row in rows})
    return kinds[:: max(1, len(kinds) // count)][:count]


def fingerprint(paths: Sequence[Path]) -> str:
    """SHA-256 of the gold files, by name; line ends do not matter."""
    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda path: path.name):
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def load_articles(paths: Sequence[Path]) -> list[GoldArticle]:
    """The articles of gold files of the project's own format.

    Raises:
        GoldError: a file cannot be used.
    """
    return [gold for path in paths for gold in load_gold(path) if isinstance(gold, GoldArticle)]


def sets(paths: Sequence[Path]) -> Iterator[tuple[str, Sequence[Example], npt.NDArray[np.float64]]]:
    """What docs/confidence.md measures: the folds, and the rows of other gold by their kind.

    Args:
        paths: the other gold.

    Yields:
        A title, rows, and their scores by a model that has not seen their articles.
    """
    lexicon = load()
    rows = sorted(examples(load_articles(sorted(SOURCE.glob("*.jsonl"))), lexicon))
    trained = train(rows, {})
    yield "fixtures, folds", rows, trained.scores
    for path in paths:
        measured = examples(load_articles([path]), lexicon)
        for name, wanted in KINDS.items():
            chosen = [row for row in measured if row.indirect in wanted]
            scores = np.array([trained.model.score(row.evidence) for row in chosen])
            yield f"{path.stem}, {name}", chosen, scores


def at(
    threshold: float, rows: Sequence[Example], scores: npt.NDArray[np.float64]
) -> tuple[float, float | None]:
    """The share of rows with at least that score, and the share right among them."""
    kept = scores >= threshold
    right = np.array([row.right for row in rows])
    return float(kept.mean()), float(right[kept].mean()) if kept.any() else None


def report(title: str, rows: Sequence[Example], scores: npt.NDArray[np.float64]) -> str:
    """Calibration and curve of ``scores``, as lines."""
    right = np.array([row.right for row in rows])
    lines = [
        f"{title}: {len(rows)} rows, {right.mean():.3f} right, calibration error {error(scores, rows):.3f}"
    ]
    lines.append("  min-score   kept  precision")
    for threshold in THRESHOLDS:
        kept, precision = at(threshold, rows, scores)
        shown = "-" if precision is None else f"{precision:.3f}"
        lines.append(f"       {threshold:.2f}  {kept:.3f}      {shown}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, print the figures, write or compare the file."""
    parser = argparse.ArgumentParser(description="Make the shipped confidence model.")
    parser.add_argument("--out", type=Path, default=TARGET, help="where the model goes")
    parser.add_argument("--check", action="store_true", help="compare with the file, write nothing")
    parser.add_argument("--on", type=Path, nargs="*", default=[], help="gold files to measure on besides")
    options = parser.parse_args(arguments)
    try:
        lexicon = load()
        paths = sorted(SOURCE.glob("*.jsonl"))
        golds = load_articles(paths)
        rows = sorted(examples(golds, lexicon))
        trained = train(rows, {"gold_sha256": fingerprint(paths)})
        others = [(path, examples(load_articles([path]), lexicon)) for path in options.on]
    except QuotesError as error:
        print(f"train_confidence: {error}", file=sys.stderr)
        return 2
    text = dump(trained.model, probes(rows))
    same = options.out.is_file() and options.out.read_text(encoding="utf-8") == text
    if not options.check:
        options.out.write_text(text, encoding="utf-8", newline="\n")
    print(report("folds", rows, trained.scores))
    for path, measured in others:
        for name, wanted in KINDS.items():
            chosen = [row for row in measured if row.indirect in wanted]
            if chosen:
                scores = np.array([trained.model.score(row.evidence) for row in chosen])
                print(report(f"{path.name}, {name}", chosen, scores))
    if options.check:
        print(f"{options.out.name}: {'as trained' if same else 'differs from what the gold gives now'}")
        return 0 if same else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
