"""The real pipeline over gold texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from quotes.evaluation.compare import Comparison, PfsaComparison, compare, compare_pfsa
from quotes.evaluation.gold import GoldArticle, PfsaArticle, load_gold
from quotes.pipeline import Engine, analyze_batch
from quotes.records import Analysis, Article

_BATCH = 64
_BREAK = re.compile(r"[\r\n\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One gold file, compared; one of the two lists is empty."""

    path: str
    own: tuple[Comparison, ...]
    pfsa: tuple[PfsaComparison, ...]


def evaluate(paths: Sequence[Path], engine: Engine, *, paragraphs: bool = True) -> list[Evaluated]:
    """Read every gold text once and lay the result beside the gold, file by file.

    Args:
        paths: gold files, of either format.
        engine: what the pipeline runs with.
        paragraphs: False replaces each line break by a space before reading, as
            archives do that lost their paragraphs; offsets stay what they are.

    Raises:
        GoldError: a file cannot be used.
    """
    loaded = [(str(path), load_gold(path)) for path in paths]
    evaluated = []
    for path, golds in loaded:
        analyses = _read(golds, engine, paragraphs=paragraphs)
        own, pfsa = [], []
        for gold, analysis in zip(golds, analyses, strict=True):
            if isinstance(gold, PfsaArticle):
                pfsa.append(compare_pfsa(gold, analysis))
            elif isinstance(gold, GoldArticle):
                own.append(compare(gold, analysis))
        evaluated.append(Evaluated(path, tuple(own), tuple(pfsa)))
    return evaluated


def _read(
    golds: Sequence[GoldArticle] | Sequence[PfsaArticle], engine: Engine, *, paragraphs: bool
) -> list[Analysis]:
    articles = [
        Article(gold.article_id, gold.text if paragraphs else _BREAK.sub(" ", gold.text)) for gold in golds
    ]
    analyses: list[Analysis] = []
    for start in range(0, len(articles), _BATCH):
        analyses += analyze_batch(articles[start : start + _BATCH], engine)
    return analyses
