"""Quoted spans: which marks open, which close, which are strays.

Every mark of an article is read in order by a cheapest-path search over a handful of
states (what is open now), so that one bad mark costs a stray instead of turning all
later marks round. Costs say how badly a reading fits the characters beside the mark,
its glyph, its partner and the paragraph breaks in between; they are ordinal judgements,
checked against the gold in ``tests/test_detector.py``, not learnt weights.

The search keeps one path per state, so it is linear in the number of marks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from quotes.lexicon.marks import Marks, MarkSet
from quotes.records import Problem, QuotedSpan
from quotes.segment import WORD, Document

_OPENING = frozenset("([{<—–-/\\:;|*•_…=+")
_CLOSING = frozenset(".,;:!?)]}>—–-/…|*")

# Costs of a reading. 0: nothing against it; a stray is the dearest single reading.
STRAY = 3.0
NESTED = 0.6
FOREIGN_GLYPH = 0.7  # a glyph that the convention uses at the other end
MISMATCH = 0.4  # opener and closer of two conventions
REOPENED = 0.3  # a paragraph ends open and the next one opens anew
CROSSING = 0.8  # a quote runs over a paragraph break ...
CROSSING_MORE = 0.1  # ... and over each further one
INCHES = 0.5  # 21" and 5'
MAX_DEPTH = 3
SINGLES_PER_DOUBLE = 2  # single marks are primary where they make over twice the pairs of double ones ...
SINGLES_AT_LEAST = 3  # ... and this many, unless there is no double pair at all
CUE_CLOSES = 0.2  # a mark glued to a reporting word that follows quotes
NO_CLOSER = 1.2  # white space on the inner side of a mark


LOST_OPENING_REACH = 600  # code points: longer than any quoted paragraph of the gold

#: A speaker's label before a colon at the start of a paragraph: ``Rogers: …``.
_LABEL = re.compile(r"\s*[^\W\d_][^:.,?!\n]{0,40}:\s+")


_INK = re.compile(r"\S")


class Mark(NamedTuple):
    """A quotation mark: offsets, glyph, cost to open and cost to close here."""

    start: int
    end: int
    glyph: str
    opening: float
    closing: float
    paragraph: int
    number: bool  # stands behind a digit: may mean inches, minutes or seconds
    first: bool  # first character of its paragraph


class _Path(NamedTuple):
    """A reading of the marks so far: its cost, what is open, and the last decision."""

    cost: float
    open: tuple[int, ...]  # indices of open marks, outermost first
    last: tuple[str, int, int] | None  # (decision, mark, partner)
    back: _Path | None


def detect(
    document: Document, marks: Marks, cue_words: frozenset[str] = frozenset()
) -> tuple[list[QuotedSpan], list[Problem]]:
    """The quoted spans of a text in order of their start, and its unpaired marks.

    Double marks count wherever they stand; single marks only in a text that has no
    pair of double ones. Spans exclude the marks; a span inside another names it as
    ``parent``. A mark that is never closed gives a span to the end of its paragraph
    (none if nothing follows), and a problem at its offset, as does a closing mark that
    nothing opened.

    Args:
        document: the text.
        marks: the language's marks.
        cue_words: reporting words that follow a quote (lower-case): a mark glued to one
            closes, whatever the space on its other side (``…, "kata Budi``).
    """
    double = find_marks(document, marks.double, cue_words)
    spans, problems = _detect(document, double, marks.double, cue_words)
    pairs = sum(1 for span in spans if span.closing)
    # Fewer single marks than it takes to outnumber the double ones: apostrophes, nested quotes.
    wanted = max(2 * SINGLES_PER_DOUBLE * pairs + 2, 2 * SINGLES_AT_LEAST if pairs else 2)
    if sum(map(document.text.count, marks.single.opens)) < wanted:
        return spans, problems
    single = find_marks(document, marks.single, cue_words)
    if len(single) < wanted:
        return spans, problems
    starts = [span.start for span in spans]
    rivals = [
        s
        for s in _detect(document, single, marks.single, cue_words)[0]
        if s.closing and not inside(spans, starts, s.start)
    ]
    if len(rivals) <= SINGLES_PER_DOUBLE * pairs or (pairs and len(rivals) < SINGLES_AT_LEAST):
        return spans, problems
    every = sorted(double + single)
    return _detect(document, every, marks.all, cue_words)


def _detect(
    document: Document, found: list[Mark], mark_set: MarkSet, cue_words: frozenset[str]
) -> tuple[list[QuotedSpan], list[Problem]]:
    if not found:
        return [], []
    plain = _plain_pairs(document, found, mark_set)
    if plain is not None:
        return plain, []
    return _spans(document, found, _search(found, mark_set), cue_words)


# --- marks and the characters beside them ---------------------------------------------------------


def find_marks(document: Document, mark_set: MarkSet, cue_words: frozenset[str] = frozenset()) -> list[Mark]:
    """Every mark of the set with its costs; marks inside a word (apostrophes) are left out."""
    text, paragraphs = document.text, document.paragraphs
    hits = [(m.start(), m.end(), m[0]) for m in mark_set.pattern.finditer(text)]
    if not hits:
        return []
    glyphs = {mark_set.aliases.get(raw, raw) for _, _, raw in hits}
    opens, closes = _glyph_roles(glyphs, mark_set)
    starts = [paragraph.start for paragraph in paragraphs]
    marks: list[Mark] = []
    paragraph = left_edge = right_edge = first_ink = -1
    for start, end, raw in hits:
        place = bisect_right(starts, start) - 1
        if place != paragraph:
            paragraph = place
            left_edge, right_edge = paragraphs[place]
            ink = _INK.search(text, left_edge, right_edge)
            first_ink = ink.start() if ink else right_edge
        left = text[start - 1] if start > left_edge else ""
        right = text[end] if end < right_edge else ""
        glyph = mark_set.aliases.get(raw, raw)
        if left.isalnum() and right.isalnum() and glyph in "'’‘`":
            continue
        opening = opens[glyph] + _opening_cost(left, right)
        closing = closes[glyph] + _closing_cost(left, right)
        if right.islower() and cue_words:
            word = WORD.match(text, end)
            if word and word[0] in cue_words:
                opening, closing = opening + 2.0, min(closing, CUE_CLOSES)
        marks.append(
            Mark(
                start,
                end,
                glyph,
                opening,
                closing,
                place,
                left.isdigit() and glyph in "\"'”’",
                start <= first_ink,
            )
        )
    return marks


def _glyph_roles(glyphs: set[str], mark_set: MarkSet) -> tuple[dict[str, float], dict[str, float]]:
    """Cost of each glyph as opener and as closer, given the glyphs the text uses.

    A glyph opens (closes) at no cost when it is the only glyph of its convention that can:
    ``”`` opens freely in a text without ``“``, ``“`` closes freely after ``„``.
    """
    opens, closes = {}, {}
    for glyph in glyphs:
        partners = mark_set.opens.get(glyph, frozenset())
        same = glyph in partners
        rival_opener = any(other != glyph and glyph in mark_set.opens.get(other, ()) for other in glyphs)
        rival_closer = any(other != glyph and other in partners for other in glyphs)
        proper_opener = bool(partners - {glyph})
        proper_closer = any(glyph in ends and other != glyph for other, ends in mark_set.opens.items())
        symmetric = same and not proper_opener and not proper_closer
        opens[glyph] = (
            0.0
            if symmetric or (partners and not (rival_opener and (same or rival_closer)))
            else FOREIGN_GLYPH
        )
        closes[glyph] = 0.0 if symmetric or (glyph in mark_set.closes and not rival_closer) else FOREIGN_GLYPH
        if not partners:
            opens[glyph] = 2 * FOREIGN_GLYPH
        if glyph not in mark_set.closes:
            closes[glyph] = 2 * FOREIGN_GLYPH
        if rival_opener and not rival_closer and not symmetric:
            opens[glyph] = max(opens[glyph], FOREIGN_GLYPH)
    return opens, closes


def _opening_cost(left: str, right: str) -> float:
    """How badly an opening mark fits between these characters ("" is a paragraph's edge)."""
    before = not left or left.isspace() or left in _OPENING or _is_mark(left)
    if not right:
        return 2.5
    if right.isspace():
        return NO_CLOSER if before else 2.5
    if right in ",.;:!?)" and not before:
        return 2.5
    return 0.0 if before else 1.0


def _closing_cost(left: str, right: str) -> float:
    """How badly a closing mark fits between these characters."""
    after = not right or right.isspace() or right in _CLOSING or _is_mark(right)
    if not left:
        return 3.0
    if left.isspace():
        return NO_CLOSER if after else 2.5
    return 0.0 if after else 1.0


def _is_mark(character: str) -> bool:
    return character in "“”„‟«»\"＂‘’‚‹›'`"


def _plain_pairs(document: Document, marks: list[Mark], mark_set: MarkSet) -> list[QuotedSpan] | None:
    """The spans of a text whose marks open and close in turn without a doubt; None if any mark is doubtful.

    This is what the search finds there, at no cost: every reading costs nothing, so no other
    reading can be cheaper.
    """
    if len(marks) % 2:
        return None
    spans: list[QuotedSpan] = []
    text = document.text
    opens = mark_set.opens
    for index in range(0, len(marks), 2):
        first, second = marks[index], marks[index + 1]
        if (
            first.opening
            or second.closing
            or not first.closing
            or not second.opening
            or first.paragraph != second.paragraph
            or second.start == first.end
            or second.glyph not in opens.get(first.glyph, ())
        ):
            return None
        if text[first.end : second.start].strip():
            spans.append(_pair(text, first, second))
    return spans


# --- the cheapest reading -------------------------------------------------------------------------


def _search(marks: list[Mark], mark_set: MarkSet) -> _Path:
    paths = [_Path(0.0, (), None, None)]
    paragraph = marks[0].paragraph
    for index, mark in enumerate(marks):
        if mark.paragraph != paragraph:
            paths = _cheapest(_cross(paths, marks, mark))
            paragraph = mark.paragraph
        grown: list[_Path] = []
        for path in paths:
            grown.extend(_read(path, index, mark, marks, mark_set))
        paths = _cheapest(grown)
    return min(
        (_end_all(path, marks, STRAY) for path in paths),
        key=lambda path: path.cost,
    )


def _cheapest(paths: list[_Path]) -> list[_Path]:
    best: dict[tuple[int, ...], _Path] = {}
    for path in paths:
        held = best.get(path.open)
        if held is None or path.cost < held.cost:
            best[path.open] = path
    if len(best) <= 1:
        return list(best.values())
    floor = min(path.cost for path in best.values())
    kept = [path for path in best.values() if path.cost <= floor + 2 * STRAY]
    kept.sort(key=lambda path: path.cost)
    return kept[:12]


def _cross(paths: list[_Path], marks: list[Mark], mark: Mark) -> list[_Path]:
    """Paths at the start of the paragraph of ``mark``: stay open, or end with the paragraph."""
    grown: list[_Path] = []
    for path in paths:
        if not path.open:
            grown.append(path)
            continue
        grown.append(path)  # the breaks are paid for when the quote closes
        next_one = mark.paragraph == marks[path.open[-1]].paragraph + 1
        again = next_one and mark.first and mark.opening < 1.0 and len(path.open) == 1
        grown.append(_end_all(path, marks, REOPENED if again else STRAY, again))
    return grown


def _end_all(path: _Path, marks: list[Mark], cost: float, again: bool = False) -> _Path:
    """The path with every open mark ended with its paragraph."""
    while path.open:
        decision = "reopened" if again else "unclosed"
        path = _Path(path.cost + cost, path.open[:-1], (decision, path.open[-1], -1), path)
    return path


def _read(path: _Path, index: int, mark: Mark, marks: list[Mark], mark_set: MarkSet) -> list[_Path]:
    depth = len(path.open)
    stray = "stray inside" if depth else "stray"
    readings = [_Path(path.cost + STRAY, path.open, (stray, index, -1), path)]
    if depth < MAX_DEPTH:
        cost = path.cost + mark.opening + (NESTED if depth else 0.0)
        readings.append(_Path(cost, (*path.open, index), None, path))
    if depth:
        partner = marks[path.open[-1]]
        cost = path.cost + mark.closing
        if mark.glyph not in mark_set.opens.get(partner.glyph, ()):
            cost += MISMATCH
        if mark.start == partner.end:
            cost += STRAY
        breaks = mark.paragraph - partner.paragraph
        if breaks:
            cost += CROSSING + CROSSING_MORE * (breaks - 1)
        readings.append(_Path(cost, path.open[:-1], ("pair", path.open[-1], index), path))
    if mark.number:
        readings.append(_Path(path.cost + INCHES, path.open, ("measure", index, -1), path))
    return readings


# --- from the reading to spans --------------------------------------------------------------------


def _spans(
    document: Document, marks: list[Mark], path: _Path, cue_words: frozenset[str]
) -> tuple[list[QuotedSpan], list[Problem]]:
    text = document.text
    spans: list[QuotedSpan] = []
    problems: list[Problem] = []
    decisions = _decisions(path)
    runs_on: dict[int, int] = {}  # paragraphs that end inside a pair: where its opening mark stands
    for decision, first, second in decisions:
        if decision == "pair" and marks[second].paragraph != marks[first].paragraph:
            place = marks[first].paragraph
            runs_on[place] = min(marks[first].start, runs_on.get(place, marks[first].start))
    for decision, first, second in decisions:
        mark = marks[first]
        if decision == "pair":
            spans.append(_pair(text, mark, marks[second]))
        elif decision != "measure":
            opens = decision in ("unclosed", "reopened") or mark.opening <= mark.closing
            if decision == "stray inside":
                pass  # a row for it would overlap the quote around it
            elif opens:
                end = _paragraph_end(document, mark, runs_on.get(mark.paragraph))
                spans.append(QuotedSpan(mark.end, end, text[mark.start : mark.end], ""))
            else:
                start = _lost_opening(document, marks, first, cue_words)
                if start is not None:
                    spans.append(QuotedSpan(start, mark.start, "", text[mark.start : mark.end]))
            if decision != "reopened":
                problems.append(_unpaired(text, mark, opens))
    spans = [span for span in spans if text[span.start : span.end].strip()]
    spans.sort(key=lambda span: (span.start, -span.end))
    problems.sort(key=lambda problem: problem.start or 0)
    return _with_parents(spans), problems


def _decisions(path: _Path) -> list[tuple[str, int, int]]:
    """What a reading decided: decision, mark, partner (-1: none)."""
    found = []
    step: _Path | None = path
    while step is not None:
        if step.last is not None:
            found.append(step.last)
        step = step.back
    return found


def _lost_opening(document: Document, marks: list[Mark], index: int, cue_words: frozenset[str]) -> int | None:
    """Where the quote before an unopened closing mark starts: with its paragraph, if at all.

    Only where the mark is the paragraph's first, ends a clause, and closes the paragraph or
    leads into a reporting clause; a long text without paragraph breaks gives None.
    """
    mark = marks[index]
    paragraph = document.paragraphs[mark.paragraph]
    if index and marks[index - 1].paragraph == mark.paragraph:
        return None
    text = document.text
    if mark.start - paragraph.start > LOST_OPENING_REACH or text[mark.start - 1] not in ",.?!…":
        return None
    after = text[mark.end : paragraph.end].strip()
    words = WORD.findall(after[:60])
    if after and not (text[mark.start - 1] == "," or any(word.lower() in cue_words for word in words[:3])):
        return None
    label = _LABEL.match(text, paragraph.start, mark.start)
    return label.end() if label else paragraph.start


def _pair(text: str, opener: Mark, closer: Mark) -> QuotedSpan:
    return QuotedSpan(
        opener.end, closer.start, text[opener.start : opener.end], text[closer.start : closer.end]
    )


def _paragraph_end(document: Document, mark: Mark, before: int | None) -> int:
    """Where a quote that is never closed ends: with its paragraph, or ``before`` a quote that runs on."""
    end = document.paragraphs[mark.paragraph].end
    if before is not None and before > mark.start:
        end = before
    return mark.end + len(document.text[mark.end : end].rstrip())


def _unpaired(text: str, mark: Mark, opens: bool) -> Problem:
    glyph = text[mark.start : mark.end]
    if opens:
        message = f"opening mark {glyph} is never closed; its quote ends with the paragraph"
    else:
        message = f"closing mark {glyph} has no opening mark"
    return Problem("unpaired_mark", mark.start, message)


def _with_parents(spans: list[QuotedSpan]) -> list[QuotedSpan]:
    """The spans, each naming the innermost span that holds it."""
    nested: list[QuotedSpan] = []
    stack: list[int] = []
    for index, span in enumerate(spans):
        while stack and nested[stack[-1]].end < span.end:
            stack.pop()
        nested.append(span._replace(parent=stack[-1]) if stack else span)
        stack.append(index)
    return nested


def inside(spans: list[QuotedSpan], starts: list[int], offset: int) -> bool:
    """Whether ``offset`` lies inside one of ``spans``, which start at ``starts`` (sorted)."""
    index = bisect_right(starts, offset) - 1
    while index >= 0:
        if spans[index].start <= offset < spans[index].end:
            return True
        index = spans[index].parent
    return False
