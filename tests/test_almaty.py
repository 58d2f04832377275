"""The annotated real article, where it is at hand: exact spans, kinds, speakers, stances, one stray mark."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from quotes.engine import default_engine
from quotes.evaluation.compare import Comparison
from quotes.evaluation.run import Evaluated, evaluate
from quotes.evaluation.scores import Scores, score
from quotes.pipeline import analyze_batch
from quotes.records import Analysis, Article
from quotes.segment import Document

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
TEXT = SHARED / "articles" / "almaty.txt"
GOLD = SHARED / "gold" / "almaty.jsonl"

pytestmark = pytest.mark.skipif(
    not (TEXT.is_file() and GOLD.is_file()), reason="the annotated article of ../shared is not here"
)


@cache
def evaluated() -> Evaluated:
    return evaluate([GOLD], default_engine())[0]


def comparison() -> Comparison:
    (found,) = evaluated().own
    return found


def scores() -> Scores:
    return score(evaluated().own)


def analysis() -> Analysis:
    with TEXT.open(encoding="utf-8-sig", newline="") as file:
        return analyze_batch([Article("almaty.txt", file.read())], default_engine())[0]


def test_the_gold_is_of_this_text() -> None:
    assert comparison().gold.text == TEXT.read_bytes().decode("utf-8-sig")


def test_the_eleven_spans_are_exact() -> None:
    gold = [tuple(quote.span) for quote in comparison().gold.quotes]
    found = [(row.start, row.end) for row in analysis().quotes if row.kind != "indirect"]
    assert len(gold) == 11
    assert found == sorted(gold)


@pytest.mark.parametrize(
    "figure",
    [
        "span_f1",
        "kind_accuracy",
        "attribution_accuracy",
        "name_exact",
        "cue_accuracy",
        "stance_accuracy",
        "focus_country",
    ],
)
def test_every_row_is_right(figure: str) -> None:
    assert scores().figures[figure].value == 1.0


def test_indirect_statements() -> None:
    """At least nine of the ten are found, with at most one false one."""
    found = comparison()
    assert len(found.gold.indirect) == 10
    assert sum(1 for pair in found.indirect if pair.found) >= 9
    assert len(found.false_indirect) <= 1


def test_one_stray_mark() -> None:
    (problem,) = analysis().problems
    assert problem.code == "unpaired_mark"
    text = comparison().gold.text
    assert problem.start is not None
    assert text[problem.start] in '“"'
    paragraphs = Document(text).paragraphs
    assert paragraphs[6].start <= problem.start < paragraphs[6].end
