"""One article's gold beside its analysis: what is matched with what.

A gold span is matched with the predicted span of largest intersection over union, at
least 0.5; an indirect statement with the predicted row whose cue overlaps its cue.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotes.evaluation.gold import GoldArticle, GoldQuote, PfsaArticle
from quotes.records import Analysis, Quote, Span

#: Words of a mention that name nobody; ``nya`` is the enclitic of *katanya*.
PRONOUNS = frozenset(
    {"dia", "ia", "beliau", "mereka", "nya", "saya", "aku", "ku", "kami", "kita"}
    | {"engkau", "kau", "kamu", "mu", "anda", "kalian"}
)

#: Marks trimmed from both ends of a PFSA-ID statement, with white space.
MARKS = "“”„\"«»‘’'"

#: How far, in characters, a PFSA-ID cue may stand from its statement and a person from that cue.
CUE_DISTANCE, PERSON_DISTANCE = 30, 60

_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold quote and the predicted row that stands for it, or None."""

    gold: GoldQuote
    found: Quote | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One article of the project's own format, gold beside prediction.

    Attributes:
        gold: the annotated article.
        analysis: what was predicted.
        pairs: one per gold quoted span, in gold order.
        exact: indices of gold spans predicted to the character (white space trimmed).
        overlapping: how many predicted spans pair one to one with a gold span at
            intersection over union of at least 0.5.
        false_spans: predicted quoted spans that equal no gold span.
        indirect: one per gold indirect statement.
        false_indirect: predicted indirect rows matched with no gold statement.
    """

    gold: GoldArticle
    analysis: Analysis
    pairs: tuple[Pair, ...]
    exact: frozenset[int]
    overlapping: int
    false_spans: tuple[Quote, ...]
    indirect: tuple[Pair, ...]
    false_indirect: tuple[Quote, ...]

    @property
    def predicted(self) -> int:
        """Number of predicted quoted spans."""
        return len(self.exact) + len(self.false_spans)


@dataclass(frozen=True, slots=True)
class PfsaStatement:
    """One quoted PFSA-ID statement (marks trimmed) and what was predicted for it.

    Attributes:
        span: the statement without its marks.
        cue: the nearest CUE or CUECOREF at most :data:`CUE_DISTANCE` characters away.
        cue_is_pronoun: the cue is a CUECOREF (*ujarnya*), which holds its own mention.
        person: the PERSON or PERSONCOREF nearest to that cue, at most
            :data:`PERSON_DISTANCE` characters away.
        found: the predicted row of largest overlap, or None.
        exact: the predicted span equals the statement to the character.
    """

    span: Span
    cue: Span | None
    cue_is_pronoun: bool
    person: Span | None
    found: Quote | None
    exact: bool


@dataclass(frozen=True, slots=True)
class PfsaComparison:
    """One article of the PFSA-ID format, gold beside prediction."""

    gold: PfsaArticle
    analysis: Analysis
    statements: tuple[PfsaStatement, ...]


def tokens(text: str | None) -> frozenset[str]:
    """Case-folded words of ``text``, punctuation dropped."""
    return frozenset(_TOKEN.findall(text.casefold())) if text else frozenset()


def same_speaker(predicted: str | None, gold: GoldQuote, text: str) -> bool:
    """Whether ``predicted`` is the gold speaker, by the token-set rule.

    With P the predicted name, G the gold name, R its role and M its mention without
    pronouns: P shares a token with G or M and holds nothing outside G, R and M; or G is
    inside P; or token-F1 of P and G is at least 0.5.
    """
    p, g = tokens(predicted), tokens(gold.name)
    if not p or not g:
        return False
    mention = text[gold.mention.start : gold.mention.end] if gold.mention else None
    m = tokens(mention) - PRONOUNS
    if p & (g | m) and p <= g | tokens(gold.role) | m:
        return True
    return g <= p or 2 * len(p & g) / (len(p) + len(g)) >= 0.5


def same_name(predicted: str | None, gold: str | None) -> bool:
    """Equal after case-folding and collapsing white space."""
    return " ".join((predicted or "").casefold().split()) == " ".join((gold or "").casefold().split())


def cue_span(quote: Quote | None) -> Span | None:
    """Where the predicted cue stands."""
    if quote is None or quote.cue_start is None or quote.cue_end is None:
        return None
    return Span(quote.cue_start, quote.cue_end)


def mention_span(quote: Quote | None) -> Span | None:
    """Where the predicted mention stands."""
    if quote is None or quote.mention_start is None or quote.mention_end is None:
        return None
    return Span(quote.mention_start, quote.mention_end)


def overlap(a: Span | None, b: Span | None) -> int:
    """Number of code points two spans share."""
    return max(0, min(a.end, b.end) - max(a.start, b.start)) if a and b else 0


def compare(gold: GoldArticle, analysis: Analysis) -> Comparison:
    """Lay one analysis beside its annotated article."""
    text = gold.text
    quoted = [(trim(text, Span(q.start, q.end)), q) for q in analysis.quotes if q.kind != "indirect"]
    spans = [trim(text, quote.span) for quote in gold.quotes]
    places: dict[Span, list[int]] = {}
    for index, span in enumerate(spans):
        places.setdefault(span, []).append(index)
    exact, false = set(), []
    for span, quote in quoted:
        if waiting := places.get(span):
            exact.add(waiting.pop(0))
        else:
            false.append(quote)
    pairs = [Pair(quote, _best(span, quoted)) for quote, span in zip(gold.quotes, spans, strict=True)]
    indirect, false_indirect = _match_indirect(gold, [q for q in analysis.quotes if q.kind == "indirect"])
    return Comparison(
        gold,
        analysis,
        tuple(pairs),
        frozenset(exact),
        _one_to_one(spans, [span for span, _ in quoted]),
        tuple(false),
        tuple(indirect),
        tuple(false_indirect),
    )


def compare_pfsa(gold: PfsaArticle, analysis: Analysis) -> PfsaComparison:
    """Lay one analysis beside its PFSA-ID article; only statements inside marks are looked at."""
    text = gold.text
    quoted = [(trim(text, Span(q.start, q.end), MARKS), q) for q in analysis.quotes if q.kind != "indirect"]
    exact = {span for span, _ in quoted}
    cues = [(label, span) for label, span in gold.spans if label in ("CUE", "CUECOREF")]
    persons = [span for label, span in gold.spans if label in ("PERSON", "PERSONCOREF")]
    statements = []
    for label, outer in gold.spans:
        span = trim(text, outer, MARKS)
        if label != "STATEMENT" or not _between_marks(text, span):
            continue
        near = [(gap(cue, outer), kind, cue) for kind, cue in cues if gap(cue, outer) <= CUE_DISTANCE]
        _, kind, cue = min(near) if near else (0, "", None)
        beside = [(gap(p, cue), p) for p in persons if gap(p, cue) <= PERSON_DISTANCE] if cue else []
        person = min(beside)[1] if beside else None
        statements.append(
            PfsaStatement(span, cue, kind == "CUECOREF", person, _best(span, quoted), span in exact)
        )
    return PfsaComparison(gold, analysis, tuple(statements))


def trim(text: str, span: Span, marks: str = "") -> Span:
    """``span`` without white space (and ``marks``) at both ends; empty at its start if nothing is left."""
    start, end = span
    while start < end and (text[end - 1].isspace() or text[end - 1] in marks):
        end -= 1
    while start < end and (text[start].isspace() or text[start] in marks):
        start += 1
    return Span(start, end)


def gap(a: Span, b: Span) -> int:
    """Number of characters between two spans; 0 where they touch or overlap."""
    return max(0, a.start - b.end, b.start - a.end)


def _between_marks(text: str, span: Span) -> bool:
    before, after = text[max(0, span.start - 3) : span.start], text[span.end : span.end + 3]
    return any(mark in MARKS for mark in before) and any(mark in MARKS for mark in after)


def _iou(a: Span, b: Span) -> float:
    shared = overlap(a, b)
    return shared / (a.end - a.start + b.end - b.start - shared) if shared else float(a == b)


def _best(span: Span, quoted: list[tuple[Span, Quote]]) -> Quote | None:
    scored = [(_iou(span, other), -index) for index, (other, _) in enumerate(quoted)]
    value, place = max(scored, default=(0.0, 0))
    return quoted[-place][1] if value >= 0.5 else None


def _one_to_one(gold: list[Span], predicted: list[Span]) -> int:
    """Pairs at intersection over union of 0.5 or more, best first, each span used once."""
    scored = [(_iou(a, b), -i, -j) for i, a in enumerate(gold) for j, b in enumerate(predicted)]
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    for value, i, j in sorted(scored, reverse=True):
        if value >= 0.5 and i not in used_gold and j not in used_predicted:
            used_gold.add(i)
            used_predicted.add(j)
    return len(used_gold)


def _match_indirect(gold: GoldArticle, rows: list[Quote]) -> tuple[list[Pair], list[Quote]]:
    """Pairs by overlapping cues, each row used once; and the rows left over."""
    scored = [
        (overlap(statement.cue, cue_span(row)), -i, -j)
        for i, statement in enumerate(gold.indirect)
        for j, row in enumerate(rows)
    ]
    found: dict[int, int] = {}
    for value, i, j in sorted(scored, reverse=True):
        if value > 0 and -i not in found and -j not in found.values():
            found[-i] = -j
    pairs = [
        Pair(statement, rows[found[i]] if i in found else None) for i, statement in enumerate(gold.indirect)
    ]
    used = set(found.values())
    return pairs, [row for j, row in enumerate(rows) if j not in used]
