"""The five tables: their columns, the types of the columns, and their rows.

A row is a tuple of cells in the order of the columns; a cell is a string, a number, or
None for unknown. How cells become bytes is :mod:`quotes.batch.render`'s business.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from quotes.errors import UsageError
from quotes.records import SPEECH_KINDS, STANCES, Analysis, Problem, Quote
from quotes.stored import FORMULA_STARTS

Cell = str | int | float | None
Row = tuple[Cell, ...]
Format = Literal["csv", "parquet", "jsonl"]

FORMATS: tuple[Format, ...] = ("csv", "parquet", "jsonl")

QUOTES = (
    "article_id", "quote_id", "kind", "text", "start", "end",
    "cue", "cue_start", "cue_end", "mention", "mention_start", "mention_end",
    "speaker", "speaker_id", "speaker_type", "role", "country",
    "stance", "stance_score", "rule", "score",
)  # fmt: skip
SPEAKERS = (
    "speaker_id", "speaker", "speaker_type", "role", "country", "stance",
    "articles", "quotes", "direct", "mixed", "indirect", "words", "first_article",
)  # fmt: skip
ARTICLES = (
    "article_id", "focus_country", "characters", "quotes", "direct", "mixed", "indirect", "not_speech",
    "attributed", "official", "protester", "foreign_government", "other", "problems",
)  # fmt: skip
STANCE = ("stance", "kind", "quotes", "words", "speakers", "articles")
PROBLEMS = ("article_id", "code", "start", "message")

#: The names of the tables, in the order in which they are written.
NAMES = ("quotes", "speakers", "articles", "stance", "problems")

#: Columns of numbers; all others are text. Stances of articles.csv are counts as well.
INTEGERS = frozenset({
    "quote_id", "start", "end", "cue_start", "cue_end", "mention_start", "mention_end",
    "articles", "quotes", "direct", "mixed", "indirect", "words", "characters", "not_speech",
    "attributed", "problems", "speakers",
})  # fmt: skip
FLOATS = frozenset({"stance_score", "score"})

#: Decimals of the probabilities.
DECIMALS = 4

#: Where ``speaker_id`` stands in a row of quotes.csv: it is filled in last, when the whole input is known.
SPEAKER_ID = QUOTES.index("speaker_id")

_BEFORE_STANCES = ARTICLES[: ARTICLES.index("official")]


def columns(table: str, labels: Sequence[str] = STANCES) -> tuple[str, ...]:
    """The columns of a table.

    Args:
        table: one of :data:`NAMES`.
        labels: the stance labels of the run; articles.csv has a column of counts for each.
    """
    if table == "articles":
        return (*_BEFORE_STANCES, *labels, "problems")
    return {"quotes": QUOTES, "speakers": SPEAKERS, "stance": STANCE, "problems": PROBLEMS}[table]


def types(table: str, labels: Sequence[str] = STANCES) -> dict[str, type]:
    """Column to ``str``, ``int`` or ``float``, in the order of the columns."""
    counts = INTEGERS | set(labels) if table == "articles" else INTEGERS
    return {
        name: int if name in counts else float if name in FLOATS else str for name in columns(table, labels)
    }


def check_labels(labels: Sequence[str]) -> None:
    """Refuse stance labels that cannot be columns of articles.csv.

    Raises:
        UsageError: naming the label and what to do.
    """
    taken = [label for label in labels if label in (*_BEFORE_STANCES, "problems")]
    if taken:
        raise UsageError(
            f"the model's label {taken[0]!r} is also a column of the articles table;"
            " name it otherwise in the labelled rows and train again"
        )


def words(text: str) -> int:
    """How many words a quote counts in the tables: its parts between white space."""
    return len(text.split())


def quote_row(article_id: str, quote: Quote, speaker_id: str | None) -> Row:
    """One row of the quotes table."""
    return (
        article_id, *quote[:12], speaker_id, *quote[13:17], _rounded(quote.stance_score),
        quote.rule, _rounded(quote.score),
    )  # fmt: skip


def article_row(analysis: Analysis, labels: Sequence[str] = STANCES) -> Row:
    """The article's row of the articles table."""
    kinds = dict.fromkeys((*SPEECH_KINDS, "other"), 0)
    stances = dict.fromkeys(labels, 0)
    attributed = 0
    for quote in analysis.quotes:
        kinds[quote.kind] += 1
        if quote.speaker is not None:
            attributed += 1
        if quote.stance in stances:
            stances[quote.stance] += 1
    speech = [kinds[kind] for kind in SPEECH_KINDS]
    return (
        analysis.article_id, analysis.focus_country, analysis.characters,
        sum(speech), *speech, kinds["other"], attributed, *stances.values(), len(analysis.problems),
    )  # fmt: skip


def problem_row(article_id: str, problem: Problem) -> Row:
    """One row of the problems table."""
    return (article_id, *problem)


def spreadsheet_safe(row: Row) -> Row:
    """``row`` with an apostrophe before each text that a spreadsheet would run as a formula."""
    return tuple(
        f"'{cell}" if isinstance(cell, str) and cell[:1] in FORMULA_STARTS and cell else cell for cell in row
    )


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, DECIMALS)
