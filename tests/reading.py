"""What the tests of the core share: texts with their spans marked in place, and rows as plain tuples.

In a marked text ``⟦`` and ``⟧`` enclose a quoted span and ``‡`` stands before a mark that is to be
reported as unpaired; all three are taken out before the text is read.
"""

from __future__ import annotations

from typing import NamedTuple

from quotes.detector import detect
from quotes.lexicon import load
from quotes.reader import Reading, read
from quotes.records import Article, Span
from quotes.segment import Document

LEXICON = load()


class Marked(NamedTuple):
    """A text, its spans sorted by start (outer ones first), and the offsets of its problems."""

    text: str
    spans: list[tuple[int, int]]
    problems: list[int]


def unmark(marked: str) -> Marked:
    text, opened, spans, problems = "", [], [], []
    for character in marked:
        if character == "⟦":
            opened.append(len(text))
        elif character == "⟧":
            spans.append((opened.pop(), len(text)))
        elif character == "‡":
            problems.append(len(text))
        else:
            text += character
    assert not opened
    return Marked(text, sorted(spans, key=lambda span: (span[0], -span[1])), problems)


def found(text: str) -> Marked:
    """What the detector finds."""
    spans, problems = detect(Document(text), LEXICON.marks, LEXICON.cues.closing)
    return Marked(text, [(span.start, span.end) for span in spans], [p.start for p in problems])


def remark(marked: Marked) -> str:
    """The text with its spans and problems marked: what a failing test shows."""
    notes = [(start, 2, "⟦") for start, _ in marked.spans] + [(end, 0, "⟧") for _, end in marked.spans]
    notes += [(start, 1, "‡") for start in marked.problems]
    text = marked.text
    for place, _, sign in sorted(notes, reverse=True):
        text = text[:place] + sign + text[place:]
    return text


class Said(NamedTuple):
    """One statement as words; "" where the reading has nothing."""

    kind: str
    text: str
    cue: str
    mention: str
    speaker: str
    type: str
    role: str
    rule: str


def reading(text: str, *, indirect: bool = True) -> Reading:
    return read(Article("a", text), LEXICON, indirect=indirect)


def said(text: str, *, indirect: bool = False) -> list[Said]:
    """The statements of a text, the quoted ones only unless ``indirect``."""
    result = reading(text, indirect=indirect)

    def words(span: Span | None) -> str:
        return text[span.start : span.end] if span is not None else ""

    rows = []
    for row in result.statements:
        who = result.speakers[row.speaker] if row.speaker >= 0 else None
        rows.append(
            Said(
                row.kind,
                text[row.start : row.end],
                words(row.cue),
                words(row.mention),
                who.name if who else "",
                who.type if who else "",
                (who.role or "") if who else "",
                row.rule,
            )
        )
    return rows
