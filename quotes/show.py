"""One article for the terminal: its text with the quotes marked, then a table of them.

Offsets are kept: every character is shown as one character, and what could steer the
terminal (escape sequences, direction overrides) is shown as ``\N{REPLACEMENT CHARACTER}``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from quotes.errors import UsageError
from quotes.page.stances import Look, looks
from quotes.records import STANCES, Analysis, Article, Quote

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

    from quotes.corpus import Columns, Source

#: Dark letters on tints: readable on dark and light terminals alike. One per colour of the page.
_TINTS = {
    "0": "#a9d1f5", "1": "#ffc59e", "2": "#9fe3c9", "3": "#d3d7de",
    "4": "#f0b8da", "5": "#ecd58a", "6": "#a9dceb", "7": "#cfc6f7", "u": "#e6e1d6",
}  # fmt: skip
_COLUMNS = ("quote", "kind", "stance", "speaker", "role", "cue", "rule", "score", "start", "end", "text")
_WIDTH, _SHORT = 100, 160


class Segment(NamedTuple):
    """A stretch of text under the same marks; ``opens`` and ``closes`` begin and end with it."""

    start: int
    end: int
    quotes: tuple[Quote, ...]
    mention: bool
    cue: bool
    opens: tuple[Quote, ...]
    closes: tuple[Quote, ...]


def find(path: str, record: int = 1, columns: Columns | None = None) -> tuple[Article, int]:
    """The article to show, and how many records the file holds.

    Args:
        path: one file, or one address.
        record: which record of a file that holds many, from 1, as in its article_id.
        columns: which columns of a record are what.

    Raises:
        UsageError: there is no such file, or no such article in it.
    """
    from quotes.corpus import list_sources, read_source

    if os.path.isdir(path):
        raise UsageError(f"{path}: a folder; `quotes show` reads one file, `quotes report` folders")
    found, count, why = None, 0, "it holds no article, or quotes itself wrote it"
    for source in list_sources([path]):
        for item in read_source(source, columns):
            number = (item.record or 1) if isinstance(item, Article) else _number(item.article_id, source)
            if number is None:
                assert not isinstance(item, Article)
                why = f"{item.problem.code}: {item.problem.message}"
                continue
            count = max(count, number)
            if number == record:
                found = item
    if isinstance(found, Article):
        return found, count
    if found is not None:
        why = f"record {record}: {found.problem.code}: {found.problem.message}"
    elif count:
        why = f"it holds {count}; choose one with --record"
    raise UsageError(f"{path}: no article to show ({why})")


def _number(article_id: str, source: Source) -> int | None:
    """The number of a record that could not be read; None where the trouble is the whole file's."""
    name, separator, number = article_id.rpartition("#")
    return int(number) if separator and name == source.article_id and number.isdigit() else None


def segments(length: int, quotes: Sequence[Quote]) -> Iterator[Segment]:
    """The text cut wherever a mark begins or ends; quotes of a segment from the widest to the narrowest.

    Args:
        length: of the text, in code points.
        quotes: the rows, which may nest and overlap.
    """
    spans = [span for quote in quotes for span in _spans(quote)]
    spans.sort(key=lambda span: span.start)
    cuts = sorted({0, length, *(span.start for span in spans), *(span.end for span in spans)})
    under: list[_Span] = []
    taken = 0
    for start, end in pairwise(cuts):
        under = [span for span in under if span.end > start]
        while taken < len(spans) and spans[taken].start <= start:
            under.append(spans[taken])
            taken += 1
        inside = [span for span in under if span.part == "quote"]
        inside.sort(key=lambda span: (span.start - span.end, span.quote.quote_id))
        parts = {span.part for span in under}
        yield Segment(
            start,
            end,
            tuple(span.quote for span in inside),
            "mention" in parts,
            "cue" in parts,
            tuple(span.quote for span in inside if span.start == start),
            tuple(span.quote for span in reversed(inside) if span.end == end),
        )


class _Span(NamedTuple):
    start: int
    end: int
    part: str
    quote: Quote


def _spans(quote: Quote) -> Iterator[_Span]:
    parts = (
        ("quote", quote.start, quote.end),
        ("mention", quote.mention_start, quote.mention_end),
        ("cue", quote.cue_start, quote.cue_end),
    )
    for part, start, end in parts:
        if start is not None and end is not None and start < end:
            yield _Span(start, end, part, quote)


def plain(text: str, analysis: Analysis) -> str:
    """For pipes and files: quotes in numbered brackets, then a table with tabs."""
    shown = _visible(text)
    pieces = []
    for segment in segments(len(text), analysis.quotes):
        pieces += [f"[{quote.quote_id}: " for quote in segment.opens]
        pieces.append(shown[segment.start : segment.end])
        pieces += ["]" for _ in segment.closes]
    lines = [_headline(analysis), "", "".join(pieces).strip("\n"), ""]
    if analysis.quotes:
        lines += ["\t".join(_COLUMNS), *("\t".join(_cells(quote)) for quote in analysis.quotes), ""]
    lines += _problem_lines(analysis)
    return "\n".join(lines).rstrip("\n") + "\n"


def pretty(text: str, analysis: Analysis, labels: Sequence[str] = STANCES) -> RenderableType:
    """For a terminal: quotes on the colour of their side, source underlined, reporting word in italics.

    Args:
        text: the article's text.
        analysis: what was found in it.
        labels: the labels of the stance model.
    """
    from rich.console import Group
    from rich.text import Text

    look = looks(labels)
    parts: list[RenderableType] = [Text(_headline(analysis), style="bold"), Text()]
    parts += [_marked(text, analysis, look), Text(), _legend(analysis, look), Text()]
    if analysis.quotes:
        parts.append(_table(analysis, look))
    parts += [Text(line, style="yellow") for line in _problem_lines(analysis)]
    return Group(*parts)


def console() -> Console:
    """The terminal, at most ``_WIDTH`` columns of it."""
    from rich.console import Console

    found = Console(highlight=False, markup=False, emoji=False)
    found.width = min(found.width, _WIDTH)
    return found


def _marked(text: str, analysis: Analysis, look: Mapping[str, Look]) -> Text:
    from rich.text import Text

    shown = _visible(text)
    marked = Text()
    for segment in segments(len(text), analysis.quotes):
        for quote in segment.opens:
            sign = _look(quote, look).sign if quote.kind != "other" else "–"
            marked.append(f"{sign}{quote.quote_id}\N{NO-BREAK SPACE}", style="bold")
        style = []
        if segment.quotes:
            inner = segment.quotes[-1]
            style.append("dim" if inner.kind == "other" else f"black on {_TINTS[_look(inner, look).slot]}")
        style += ["underline"] if segment.mention else []
        style += ["italic bold"] if segment.cue else []
        marked.append(shown[segment.start : segment.end], style=" ".join(style))
    marked.rstrip()
    return marked


def _legend(analysis: Analysis, look: Mapping[str, Look]) -> Text:
    from rich.text import Text

    legend = Text()
    stances = {quote.stance or "" for quote in analysis.quotes if quote.kind != "other"}
    for label, seen in look.items():
        if label in stances:
            legend.append(f" {seen.sign} {seen.title} ", style=f"black on {_TINTS[seen.slot]}")
            legend.append("  ")
    legend.append("source", style="underline").append("  ").append("reporting word", style="italic bold")
    return legend


def _table(analysis: Analysis, look: Mapping[str, Look]) -> RenderableType:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), expand=False)
    table.add_column("", justify="right")
    table.add_column("quote", ratio=5)
    table.add_column("speaker", ratio=4)
    table.add_column("side", ratio=2)
    table.add_column("kind, rule", no_wrap=True)
    for quote in analysis.quotes:
        who = Text(_line(quote.speaker or ""), style="bold")
        if quote.role:
            who.append(f"\n{_line(quote.role)}", style="not bold dim")
        side = "" if quote.kind == "other" else f"{_look(quote, look).sign} {_look(quote, look).title}"
        how = Text(quote.kind)
        if quote.rule and quote.score is not None:
            how.append(f"\n{quote.rule} {quote.score:.2f}", style="dim")
        table.add_row(str(quote.quote_id), Text(_short(quote.text)), who, side, how)
    return table


def _look(quote: Quote, look: Mapping[str, Look]) -> Look:
    return look.get(quote.stance or "", look[""])


def _headline(analysis: Analysis) -> str:
    speech = sum(quote.kind != "other" for quote in analysis.quotes)
    attributed = sum(quote.speaker is not None for quote in analysis.quotes)
    facts = [
        f"{speech} {'quote' if speech == 1 else 'quotes'}",
        f"{attributed} with a speaker",
        f"focus country {analysis.focus_country or 'not known'}",
    ]
    return f"{_line(analysis.article_id)}: {', '.join(facts)}"


def _cells(quote: Quote) -> list[str]:
    score = "" if quote.score is None else f"{quote.score:.2f}"
    cells = (
        quote.quote_id, quote.kind, quote.stance, quote.speaker, quote.role, quote.cue, quote.rule, score,
        quote.start, quote.end, quote.text,
    )  # fmt: skip
    return [_line("" if cell is None else str(cell)) for cell in cells]


def _problem_lines(analysis: Analysis) -> list[str]:
    return [
        f"problem: {code}{'' if start is None else f' at {start}'}: {_line(message)}"
        for code, start, message in analysis.problems
    ]


def _short(text: str) -> str:
    line = _line(text)
    return line if len(line) <= _SHORT else line[: _SHORT - 1] + "…"


def _line(text: str) -> str:
    return " ".join(_visible(text).split())


def _visible(text: str) -> str:
    """``text`` of the same length without what steers a terminal; line breaks become line feeds."""
    return text if text.isprintable() else "".join(map(_shown, text.replace("\r\n", " \n")))


def _shown(char: str) -> str:
    if char.isprintable() or char in "\n\t":
        return char
    if char in "\r\x85\u2028\u2029":
        return "\n"
    return " " if char.isspace() else "\N{REPLACEMENT CHARACTER}"
