"""Indirect statements: clauses that report what somebody said, without quotation marks."""

from __future__ import annotations

from typing import NamedTuple

from quotes.clauses import Cue, Source, source_of
from quotes.phrases import Tagged
from quotes.records import Span


class Report(NamedTuple):
    """A reporting clause: its source and the offsets of the reported clause."""

    source: Source | None
    clause: Span


def report_of(tagged: Tagged, cue: Cue, sentence: Span, left: int, right: int) -> Report | None:
    """The indirect statement that hangs on ``cue``; None if it reports nothing.

    Args:
        tagged: the article's words.
        cue: a reporting word outside quoted spans that no quoted span uses.
        sentence: offsets of its sentence.
        left: first word of the narrative around the cue.
        right: word behind the narrative around the cue.
    """
    entry = cue.entry
    if entry.noun and not entry.active and not entry.after:
        return None
    if entry.quote_only and not entry.active:
        return None
    if entry.active and entry.active <= {"quoted"}:
        return None
    source = source_of(tagged, cue, left, right)
    if source is None:
        return None
    document = tagged.document
    end = sentence.end
    while end > sentence.start and document.text[end - 1] in ".!? \n":
        end -= 1
    if entry.active:
        first = cue.word + 1
        if first >= right:
            return None
        return Report(source, Span(document.starts[first], min(end, document.ends[right - 1])))
    if source.phrase is not None and source.phrase.last < right:
        return Report(source, Span(document.starts[source.phrase.last], min(end, document.ends[right - 1])))
    return Report(source, Span(sentence.start, end))
