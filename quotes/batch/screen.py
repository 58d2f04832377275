"""The summary of a run, for the screen."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.batch.summary import Summary, counted
from quotes.records import SPEECH_KINDS


def lines(summary: Summary) -> Iterator[str]:
    """The summary, line by line: quotes by stance, the most quoted speakers, problems."""
    kinds = ", ".join(f"{summary.kinds[kind]:,} {kind}" for kind in SPEECH_KINDS)
    yield f"{counted(summary.articles, 'article')}, {counted(summary.quotes, 'quote')} ({kinds}),"
    yield f"{counted(summary.speakers, 'speaker')}: {summary.out}"
    if summary.unchanged:
        yield f"{counted(summary.unchanged, 'article')} unchanged since the last run"
    if summary.quotes:
        yield from _stances(summary)
        yield from _speakers(summary)
    if summary.problems:
        yield from _problems(summary)


def _stances(summary: Summary) -> Iterator[str]:
    yield ""
    yield "Quotes by stance"
    shares = [(label or "(none known)", count) for label, count in summary.by_stance()]
    wide = max(len(label) for label, _ in shares)
    for label, count in shares:
        yield f"  {label:<{wide}}  {count:>9,}  {count / summary.quotes:>4.0%}"


def _speakers(summary: Summary) -> Iterator[str]:
    if not summary.top:
        return
    yield ""
    yield "Most quoted speakers"
    for who in summary.top:
        role = f", {_plain(who.role)}" if who.role else ""
        stance = f" ({who.stance})" if who.stance else ""
        yield f"  {who.quotes:>6,}  {_plain(who.name)}{role}{stance}"


def _problems(summary: Summary) -> Iterator[str]:
    yield ""
    yield "Problems"
    for code, count in sorted(summary.problems.items(), key=lambda item: (-item[1], item[0])):
        yield f"  {count:>6,}  {code}"
    if summary.missed:
        yield f"  {counted(summary.missed, 'article')} could not be read; the problems table says why"


def _plain(text: str) -> str:
    """Words of an article as they may be printed: in one line, without control characters."""
    text = " ".join(text.split())
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
