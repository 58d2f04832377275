"""One article in, its reading out: quoted spans and indirect statements with their speakers."""

from __future__ import annotations

from dataclasses import dataclass

from quotes.attribution.confidence import Confidence
from quotes.detector import detect
from quotes.lexicon import Lexicon
from quotes.records import Article, Problem, Speaker, Statement
from quotes.resolver import resolve
from quotes.segment import Document


@dataclass(frozen=True, slots=True)
class Reading:
    """What an article says: its statements in text order, and who makes them."""

    article: Article
    document: Document
    statements: tuple[Statement, ...]
    speakers: tuple[Speaker, ...]
    problems: tuple[Problem, ...]


def read(
    article: Article, lexicon: Lexicon, *, indirect: bool = True, confidence: Confidence | None = None
) -> Reading:
    """The statements and speakers of ``article``.

    Args:
        article: the article; its own problems are carried over.
        lexicon: the language data.
        indirect: whether indirect statements are looked for.
        confidence: what scores the attributions; None takes the shipped model.
    """
    document = Document(article.text)
    spans, problems = detect(document, lexicon.marks, lexicon.cues.closing)
    statements, speakers = resolve(document, spans, lexicon, indirect=indirect, confidence=confidence)
    return Reading(article, document, statements, speakers, (*article.problems, *problems))
