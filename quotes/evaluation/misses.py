"""Every miss with its text, so that the next improvement is a matter of reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotes.evaluation import scores
from quotes.evaluation.compare import (
    Comparison,
    Pair,
    PfsaComparison,
    cue_span,
    mention_span,
    overlap,
)
from quotes.evaluation.gold import GoldQuote
from quotes.records import Quote, Span

#: The types of miss, in the order of print.
TYPES = (
    "span-missed", "span-false", "kind", "attribution", "name", "abstention", "cue", "stance",
    "indirect-missed", "indirect-false", "indirect-speaker", "indirect-stance", "focus-country",
    "pfsa-span", "pfsa-cue", "pfsa-mention",
)  # fmt: skip

#: Characters of text shown on both sides of the place.
CONTEXT = 120

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Miss:
    """One wrong row.

    Attributes:
        type: one of :data:`TYPES`.
        article_id: the gold article.
        start: offset of the place in its text.
        gold: what the gold says.
        predicted: what was predicted.
        rule: the rule that made the attribution, "" where there is none.
        context: the text around the place, the place in ``⟦ ⟧``.
    """

    type: str
    article_id: str
    start: int
    gold: str
    predicted: str
    rule: str
    context: str


def misses(comparisons: Sequence[Comparison]) -> Iterator[Miss]:
    """What is wrong in articles of the project's own format.

    A span without a counterpart is listed once, as ``span-missed``, though it counts as
    wrong for kind, attribution, cue and stance too; a wrong speaker is listed as
    ``attribution`` and not again as ``name``.
    """
    for comparison in comparisons:
        yield from _span_misses(comparison)
        for pair in comparison.pairs:
            if pair.found:
                yield from _row_misses(comparison, pair, pair.found)
        yield from _indirect_misses(comparison)
        expected, found = comparison.gold.focus_country, comparison.analysis.focus_country
        if expected and expected != found:
            place = Span(0, min(len(comparison.gold.text), _LONGEST))
            yield _miss(comparison, "focus-country", place, expected, found or "-", None)


def misses_pfsa(comparisons: Sequence[PfsaComparison]) -> Iterator[Miss]:
    """What is wrong in articles of the PFSA-ID format."""
    for comparison in comparisons:
        text = comparison.gold.text
        for s in comparison.statements:
            if not s.exact:
                yield _miss(comparison, "pfsa-span", s.span, _words(text, s.span), _row(s.found), s.found)
            if s.cue and not overlap(cue_span(s.found), s.cue):
                yield _miss(comparison, "pfsa-cue", s.span, _words(text, s.cue), _row(s.found), s.found)
            if s.person and not s.cue_is_pronoun and not overlap(mention_span(s.found), s.person):
                expected = _words(text, s.person)
                yield _miss(comparison, "pfsa-mention", s.span, expected, _row(s.found), s.found)


def _span_misses(comparison: Comparison) -> Iterator[Miss]:
    for index, pair in enumerate(comparison.pairs):
        if index not in comparison.exact:
            predicted = _row(pair.found) if pair.found else "no span here"
            yield _miss(
                comparison, "span-missed", pair.gold.span, _gold(comparison, pair.gold), predicted, pair.found
            )
    for quote in comparison.false_spans:
        place = Span(quote.start, quote.end)
        yield _miss(comparison, "span-false", place, "no such span", _row(quote), quote)


def _row_misses(comparison: Comparison, pair: Pair, found: Quote) -> Iterator[Miss]:
    gold = pair.gold
    wrong = []
    if not scores.right_kind(pair):
        wrong.append("kind")
    if gold.kind != "other":
        if gold.name and not scores.right_speaker(comparison, pair):
            wrong.append("attribution")
        elif gold.name and not scores.right_name(pair):
            wrong.append("name")
        elif not gold.name and not scores.right_abstention(pair):
            wrong.append("abstention")
        if gold.cue and not scores.right_cue(pair):
            wrong.append("cue")
        if gold.stance and not scores.right_stance(pair):
            wrong.append("stance")
    for type_ in wrong:
        yield _miss(comparison, type_, gold.span, _gold(comparison, gold), _row(found), found)


def _indirect_misses(comparison: Comparison) -> Iterator[Miss]:
    for pair in comparison.indirect:
        gold, found = pair.gold, pair.found
        place = gold.cue or gold.span
        if found is None:
            yield _miss(comparison, "indirect-missed", place, _gold(comparison, gold), "no row here", None)
            continue
        if gold.name and not scores.right_speaker(comparison, pair):
            yield _miss(comparison, "indirect-speaker", place, _gold(comparison, gold), _row(found), found)
        if gold.stance and not scores.right_stance(pair):
            yield _miss(comparison, "indirect-stance", place, _gold(comparison, gold), _row(found), found)
    for quote in comparison.false_indirect:
        place = cue_span(quote) or Span(quote.start, quote.end)
        yield _miss(comparison, "indirect-false", place, "no such statement", _row(quote), quote)


def _miss(
    comparison: Comparison | PfsaComparison,
    type_: str,
    place: Span,
    gold: str,
    predicted: str,
    found: Quote | None,
) -> Miss:
    rule = (found.rule or "") if found else ""
    context = _context(comparison.gold.text, place)
    return Miss(type_, comparison.gold.article_id, place.start, gold, predicted, rule, context)


def _gold(comparison: Comparison, gold: GoldQuote) -> str:
    text = comparison.gold.text
    return _line(
        gold.kind,
        gold.name,
        gold.role,
        gold.stance,
        _words(text, gold.cue) if gold.cue else None,
        _words(text, gold.mention) if gold.mention else None,
    )


def _row(quote: Quote | None) -> str:
    if quote is None:
        return "no span here"
    stance = quote.stance
    if stance and quote.stance_score is not None:
        stance = f"{stance} {quote.stance_score:.2f}"
    line = _line(quote.kind, quote.speaker, quote.role, stance, quote.cue, quote.mention)
    score = f" {quote.score:.2f}" if quote.score is not None else ""
    return f"{line} | [{quote.start}, {quote.end}) {quote.rule or 'no rule'}{score}"


def _line(
    kind: str, name: str | None, role: str | None, stance: str | None, cue: str | None, mention: str | None
) -> str:
    who = f"{name or '-'} ({role})" if role else name or "-"
    return f"{kind} | {who} | {stance or '-'} | cue {cue or '-'} | mention {mention or '-'}"


def _words(text: str, span: Span) -> str:
    return _flat(text[span.start : span.end])


def _context(text: str, place: Span) -> str:
    before = _flat(text[max(0, place.start - CONTEXT) : place.start])
    inside = _flat(text[place.start : place.end])
    after = _flat(text[place.end : place.end + CONTEXT])
    if len(inside) > _LONGEST:
        inside = f"{inside[: _LONGEST // 2]} … {inside[-_LONGEST // 2 :]}"
    return f"{before}⟦{inside}⟧{after}"


def _flat(text: str) -> str:
    return "".join("⏎" if c in "\n\u2028\u2029\x85" else c for c in text if c != "\r")
