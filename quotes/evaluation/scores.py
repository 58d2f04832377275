"""From comparisons to figures, each with the number of rows behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quotes.evaluation.compare import (
    Comparison,
    Pair,
    PfsaComparison,
    cue_span,
    mention_span,
    overlap,
    same_name,
    same_speaker,
)
from quotes.records import Quote

#: A label enters the macro-average with at least this many gold rows.
MIN_SUPPORT = 10

#: What stands for a missing span or an empty stance beside the real labels.
MISSING = "(none)"

_BINS = 10


@dataclass(frozen=True, slots=True)
class Ratio:
    """``right`` of ``rows``; ``value`` is None where there are no rows."""

    right: int
    rows: int

    @property
    def value(self) -> float | None:
        """The share, 0 to 1."""
        return self.right / self.rows if self.rows else None


@dataclass(frozen=True, slots=True)
class F1:
    """Precision, recall and their harmonic mean, from counts."""

    right: int
    predicted: int
    rows: int

    @property
    def precision(self) -> float | None:
        """Share of the predicted that is right; None where nothing is predicted."""
        return self.right / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """Share of the gold that is found; None without gold."""
        return self.right / self.rows if self.rows else None

    @property
    def value(self) -> float | None:
        """F1; None where there is neither gold nor prediction."""
        total = self.predicted + self.rows
        return 2 * self.right / total if total else None


@dataclass(frozen=True, slots=True)
class Mean:
    """An average or an error that is no share of rows, with the rows behind it."""

    value: float | None
    rows: int


@dataclass(frozen=True, slots=True)
class LabelScore:
    """One stance label: gold rows, predicted rows, right ones."""

    label: str
    score: F1
    in_macro: bool


Figure = Ratio | F1 | Mean


@dataclass(frozen=True, slots=True)
class Stances:
    """Gold and predicted stance of every direct or mixed gold span that has one.

    ``kappa`` is Cohen's kappa between the two; None without rows.
    """

    gold: tuple[str, ...]
    predicted: tuple[str, ...]
    labels: tuple[LabelScore, ...]
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Scores:
    """All figures of a set of articles, by name, and the same by kind.

    Attributes:
        articles: how many articles are behind the figures.
        figures: name to figure, in the order of print.
        by_kind: kind to its figures.
        stances: the rows behind the stance figures; None for PFSA-ID articles.
    """

    articles: int
    figures: dict[str, Figure]
    by_kind: dict[str, dict[str, Figure]]
    stances: Stances | None


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What a threshold on ``score`` leaves: share answered and precision among the answered."""

    min_score: float
    answered: Ratio
    precision: Ratio


def score(comparisons: Sequence[Comparison]) -> Scores:
    """The figures over articles of the project's own format."""
    pairs = [(c, pair) for c in comparisons for pair in c.pairs]
    speech = [(c, pair) for c, pair in pairs if pair.gold.kind != "other"]
    stances = _stances([pair for _, pair in speech])
    figures: dict[str, Figure] = {
        "span_f1": F1(
            sum(len(c.exact) for c in comparisons), sum(c.predicted for c in comparisons), len(pairs)
        ),
        "span_f1_overlap": F1(
            sum(c.overlapping for c in comparisons), sum(c.predicted for c in comparisons), len(pairs)
        ),
        "kind_accuracy": _ratio(right_kind(pair) for _, pair in pairs),
        **_speech_figures(speech),
        "stance_accuracy": _stance_accuracy(pair for _, pair in speech),
        "stance_macro_f1": _macro(stances),
        **_indirect_figures(comparisons),
        "focus_country": _ratio(
            c.analysis.focus_country == c.gold.focus_country for c in comparisons if c.gold.focus_country
        ),
        **_confidence_figures(speech),
    }
    by_kind = {
        kind: _kind_figures([(c, pair) for c, pair in pairs if pair.gold.kind == kind])
        for kind in ("direct", "mixed", "other")
    }
    by_kind["indirect"] = {
        name.removeprefix("indirect_"): figure
        for name, figure in figures.items()
        if name.startswith("indirect_")
    }
    return Scores(len(comparisons), figures, by_kind, stances)


def score_pfsa(comparisons: Sequence[PfsaComparison]) -> Scores:
    """The figures over articles of the PFSA-ID format.

    ``mention_overlap`` is over statements whose cue is a CUE with a person near it: a
    CUECOREF is itself the pronoun, so the nearest person often belongs to the next
    sentence; ``mention_overlap_coref`` counts those rows too.
    """
    rows = [s for c in comparisons for s in c.statements]
    with_person = [s for s in rows if s.cue and s.person]
    figures: dict[str, Figure] = {
        "span_recall": _ratio(s.exact for s in rows),
        "cue_overlap": _ratio(overlap(cue_span(s.found), s.cue) > 0 for s in rows if s.cue),
        "mention_overlap": _ratio(
            overlap(mention_span(s.found), s.person) > 0 for s in with_person if not s.cue_is_pronoun
        ),
        "mention_overlap_coref": _ratio(overlap(mention_span(s.found), s.person) > 0 for s in with_person),
    }
    return Scores(len(comparisons), figures, {}, None)


def curve(comparisons: Sequence[Comparison], steps: int = 20) -> list[CurvePoint]:
    """Answered share and attribution precision for ``min_score`` from 0 to 1.

    Over direct and mixed gold spans; a span whose gold names nobody counts as wrong
    where it is answered, and is left out of the answered share.
    """
    rows = [(c, pair) for c in comparisons for pair in c.pairs if pair.gold.kind != "other"]
    points = []
    for step in range(steps + 1):
        threshold = step / steps
        kept = [(c, p) for c, p in rows if _answered(p.found) and _confidence(p.found) >= threshold]
        named = sum(1 for _, p in rows if p.gold.name)
        points.append(
            CurvePoint(
                threshold,
                Ratio(sum(1 for _, p in kept if p.gold.name), named),
                _ratio(right_speaker(c, p) for c, p in kept),
            )
        )
    return points


def right_kind(pair: Pair) -> bool:
    """Whether a matched span has the gold kind."""
    return pair.found is not None and pair.found.kind == pair.gold.kind


def right_speaker(comparison: Comparison, pair: Pair) -> bool:
    """Whether a matched row has the gold speaker."""
    return pair.found is not None and same_speaker(pair.found.speaker, pair.gold, comparison.gold.text)


def right_name(pair: Pair) -> bool:
    """Whether a matched row has the gold name to the letter, case aside."""
    return pair.found is not None and same_name(pair.found.speaker, pair.gold.name)


def right_abstention(pair: Pair) -> bool:
    """Whether a matched row leaves the speaker empty, as its gold does."""
    return pair.found is not None and not pair.found.speaker


def right_cue(pair: Pair) -> bool:
    """Whether a matched row's cue overlaps the gold cue."""
    return overlap(cue_span(pair.found), pair.gold.cue) > 0


def right_stance(pair: Pair) -> bool:
    """Whether a matched row has the gold stance."""
    return pair.found is not None and pair.found.stance == pair.gold.stance


def _kind_figures(rows: list[tuple[Comparison, Pair]]) -> dict[str, Figure]:
    pairs = [pair for _, pair in rows]
    figures: dict[str, Figure] = {"kind_accuracy": _ratio(right_kind(pair) for pair in pairs)}
    if pairs and pairs[0].gold.kind != "other":
        figures |= _speech_figures(rows)
        figures["stance_accuracy"] = _stance_accuracy(pairs)
    return figures


def _speech_figures(rows: list[tuple[Comparison, Pair]]) -> dict[str, Figure]:
    named = [(c, pair) for c, pair in rows if pair.gold.name]
    return {
        "attribution_accuracy": _ratio(right_speaker(c, pair) for c, pair in named),
        "name_exact": _ratio(right_name(pair) for _, pair in named),
        "abstention_accuracy": _ratio(right_abstention(pair) for _, pair in rows if not pair.gold.name),
        "cue_accuracy": _ratio(right_cue(pair) for _, pair in rows if pair.gold.cue),
    }


def _indirect_figures(comparisons: Sequence[Comparison]) -> dict[str, Figure]:
    pairs = [(c, pair) for c in comparisons for pair in c.indirect]
    matched = [(c, pair) for c, pair in pairs if pair.found]
    found = len(matched)
    predicted = found + sum(len(c.false_indirect) for c in comparisons)
    return {
        "indirect_f1": F1(found, predicted, len(pairs)),
        "indirect_speaker": _ratio(right_speaker(c, pair) for c, pair in matched if pair.gold.name),
        "indirect_stance": _ratio(right_stance(pair) for _, pair in matched if pair.gold.stance),
    }


def _confidence_figures(rows: list[tuple[Comparison, Pair]]) -> dict[str, Figure]:
    """How often an answer is given, how right the given ones are, and whether scores tell it."""
    answered = [(c, pair) for c, pair in rows if _answered(pair.found)]
    named = [(c, pair) for c, pair in answered if pair.gold.name]
    scored = [(_confidence(pair.found), right_speaker(c, pair)) for c, pair in answered]
    judged = [
        (pair.found.stance_score, right_stance(pair))
        for _, pair in rows
        if pair.gold.stance and pair.found and pair.found.stance and pair.found.stance_score is not None
    ]
    return {
        "coverage": Ratio(len(named), sum(1 for _, pair in rows if pair.gold.name)),
        "answered_precision": _ratio(right_speaker(c, pair) for c, pair in answered),
        "score_ece": calibration_error(scored),
        "stance_score_ece": calibration_error(judged),
    }


def calibration_error(rows: Sequence[tuple[float, bool]]) -> Mean:
    """Expected calibration error over ten bins of equal width.

    The mean over rows of the distance, per bin, between mean confidence and share right.
    """
    bins: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in rows:
        bins.setdefault(min(int(confidence * _BINS), _BINS - 1), []).append((confidence, right))
    error = sum(abs(sum(c for c, _ in rows_) - sum(r for _, r in rows_)) for rows_ in bins.values())
    return Mean(error / len(rows) if rows else None, len(rows))


def _stances(pairs: list[Pair]) -> Stances:
    rows = [pair for pair in pairs if pair.gold.stance]
    gold = tuple(pair.gold.stance or MISSING for pair in rows)
    predicted = tuple((pair.found.stance if pair.found else None) or MISSING for pair in rows)
    support, guessed = Counter(gold), Counter(predicted)
    right = Counter(g for g, p in zip(gold, predicted, strict=True) if g == p)
    enough = {label for label, rows_ in support.items() if rows_ >= MIN_SUPPORT} or set(support)
    labels = tuple(
        LabelScore(label, F1(right[label], guessed[label], support[label]), label in enough)
        for label in sorted(support, key=lambda label: (-support[label], label))
    )
    return Stances(gold, predicted, labels, _kappa(gold, predicted))


def _kappa(gold: Sequence[str], predicted: Sequence[str]) -> float | None:
    """Cohen's kappa by NLTK; None without rows or where chance alone agrees fully."""
    if not gold or len({*gold, *predicted}) < 2:
        return None
    from nltk.metrics.agreement import AnnotationTask

    triples = [("gold", str(i), label) for i, label in enumerate(gold)]
    triples += [("predicted", str(i), label) for i, label in enumerate(predicted)]
    return float(AnnotationTask(data=triples).kappa())


def _macro(stances: Stances) -> Mean:
    values = [label.score.value or 0.0 for label in stances.labels if label.in_macro]
    return Mean(sum(values) / len(values) if values else None, len(stances.gold))


def _stance_accuracy(pairs: Iterable[Pair]) -> Ratio:
    return _ratio(right_stance(pair) for pair in pairs if pair.gold.stance)


def _answered(quote: Quote | None) -> bool:
    return quote is not None and bool(quote.speaker)


def _confidence(quote: Quote | None) -> float:
    return quote.score if quote is not None and quote.score is not None else 0.0


def _ratio(outcomes: Iterable[bool]) -> Ratio:
    values = list(outcomes)
    return Ratio(sum(values), len(values))
