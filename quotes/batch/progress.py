"""How a run is getting on: a bar on a terminal, plain lines in a log, or nothing."""

from __future__ import annotations

import sys
import time
from typing import Any, Protocol, TextIO

from quotes.batch.summary import counted

#: Seconds between two lines of a log.
INTERVAL = 10.0


class Progress(Protocol):
    """Who is told how a run is getting on."""

    wants_total: bool

    def start(self, total: int | None) -> None:
        """The work begins; ``total`` is the bytes to read, None where nobody knows."""

    def advance(self, size: int, articles: int, quotes: int) -> None:
        """A batch of ``size`` bytes is done; articles and quotes are those of the whole run."""

    def stage(self, text: str) -> None:
        """Something else begins."""

    def close(self) -> None:
        """The run is over, or broken off."""


class Silence:
    """Nobody."""

    wants_total = False

    def start(self, total: int | None) -> None:
        """Nothing."""

    def advance(self, size: int, articles: int, quotes: int) -> None:
        """Nothing."""

    def stage(self, text: str) -> None:
        """Nothing."""

    def close(self) -> None:
        """Nothing."""


class Log:
    """A line every ten seconds, and at the beginning of each stage that takes long."""

    wants_total = False

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._started = self._told = time.monotonic()
        self._done = ""

    def start(self, total: int | None) -> None:
        """Count from now on."""
        self._started = self._told = time.monotonic()

    def advance(self, size: int, articles: int, quotes: int) -> None:
        """Tell it now and then."""
        now = time.monotonic()
        seconds = max(now - self._started, 1e-9)
        self._done = f"{counted(articles, 'article')}, {counted(quotes, 'quote')}, {articles / seconds:,.0f} articles/s"
        if now - self._told >= INTERVAL:
            self._told = now
            self._print(self._done)

    def stage(self, text: str) -> None:
        """Tell it where the run is a long one."""
        if time.monotonic() - self._started >= INTERVAL:
            self._print(f"{self._done}; {text}" if self._done else text)
            self._done = ""

    def close(self) -> None:
        """Nothing."""

    def _print(self, text: str) -> None:
        print(f"quotes: {text}", file=self._stream, flush=True)


class Bar:
    """A bar with articles, quotes, rate and time left."""

    wants_total = True

    def __init__(self, stream: TextIO) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

        self._progress: Any = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[found]}"),
            TimeRemainingColumn(elapsed_when_finished=True),
            console=Console(file=stream),
            transient=True,
        )
        self._task = self._progress.add_task("listing", total=None, found="")
        self._progress.start()
        self._started = time.monotonic()

    def start(self, total: int | None) -> None:
        """Show how much there is."""
        self._started = time.monotonic()
        self._progress.reset(self._task, description="reading", total=total or None, found="")

    def advance(self, size: int, articles: int, quotes: int) -> None:
        """Show what is done."""
        rate = articles / max(time.monotonic() - self._started, 1e-9)
        found = f"{counted(articles, 'article')} · {counted(quotes, 'quote')} · {rate:,.0f}/s"
        self._progress.update(self._task, advance=size, found=found)

    def stage(self, text: str) -> None:
        """Show what is being done."""
        self._progress.update(self._task, description=text)

    def close(self) -> None:
        """Take the bar away."""
        self._progress.stop()


def for_stream(stream: TextIO | None = None, *, quiet: bool = False) -> Progress:
    """The progress that suits a stream; standard error if none is given."""
    stream = stream or sys.stderr
    if quiet:
        return Silence()
    return Bar(stream) if stream.isatty() else Log(stream)
