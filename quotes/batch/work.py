"""What a worker does with a task: read, analyse, correct, render. Pure, but for what it reads."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from quotes import corrections, tables
from quotes.batch.options import Settings, program_fingerprint
from quotes.batch.part import Key, Piece, Unit, decode, digest, encode
from quotes.batch.render import Renderer, renderer
from quotes.corpus import FAILURES, Source, Trouble, read_source
from quotes.corpus.packing import describe
from quotes.errors import QuotesError, RunError
from quotes.lexicon import load as load_lexicon
from quotes.people import speakers_of, spoken_of
from quotes.pipeline import Engine, analyze_batch
from quotes.records import Analysis, Article, Problem

Item = Article | Trouble

#: ``Unit.missed`` of a unit whose content is what the caller knows already.
SAME = -1


@dataclass(frozen=True, slots=True)
class Load:
    """One file or record of a task.

    Attributes:
        key: its place in the order of the tables.
        version: see ``Unit.version``.
        item: the file, or what was read of it or of the record.
        known: digest of the content whose rows are at hand; "" for none.
        renamed: another id for the article, and the problem that tells why.
    """

    key: Key
    version: str
    item: Source | tuple[Item, ...]
    known: str = ""
    renamed: tuple[str, Problem] | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """What one call of :func:`work` is to do; ``texts`` asks for the articles' texts too."""

    loads: tuple[Load, ...]
    texts: bool = False


@dataclass(frozen=True, slots=True)
class _Bench:
    """A worker's tools, laid out once."""

    settings: Settings
    engine: Engine


#: What :func:`prepare` laid out, or why it did not, by ``Settings.key``.
_benches: dict[str, _Bench | QuotesError] = {}


def prepare(settings: Settings) -> None:
    """Lay out the tools of a process; called once in each before its first task.

    Raises:
        RunError: the process has another program, lexicon or shipped model than the caller.
    """
    if program_fingerprint() != settings.program:
        raise RunError(
            "a worker has other files of quotes than the command: install the same version on every machine,"
            " and change nothing while it runs"
        )
    from quotes.stance.model import load_model

    model = settings.model or load_model()
    engine = Engine(load_lexicon(), model, indirect=settings.indirect, min_score=settings.min_score)
    _benches[settings.key] = _Bench(settings, engine)


def prepare_quietly(settings: Settings) -> None:
    """:func:`prepare` for a process of its own: errors wait for its first task, to be seen by the caller."""
    try:
        prepare(settings)
    except QuotesError as error:
        _benches[settings.key] = error


def prepare_worker(settings: Settings) -> None:
    """:func:`prepare_quietly` for a process beside the caller's, which ends when the caller does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the caller's business
    threading.Thread(target=_leave_with, args=(os.getppid(),), daemon=True).start()
    prepare_quietly(settings)


def _leave_with(parent: int) -> None:
    """End this process when ``parent`` is gone: a killed run leaves nobody behind."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def work(task: Task, key: str) -> bytes:
    """The part that a task gives, units in the order of its loads (:mod:`quotes.batch.part`).

    Args:
        task: files and records.
        key: ``Settings.key`` of what :func:`prepare` was called with.
    """
    found = units(task, key)
    return Made.of(found)


class Made(bytes):
    """A part that still has its units at hand, in the process that made it."""

    units: list[Unit]

    @classmethod
    def of(cls, found: list[Unit]) -> Made:
        """The part that holds ``found``."""
        part = cls(encode(found))
        part.units = found
        return part

    def __reduce__(self) -> tuple[type[bytes], tuple[bytes]]:
        return bytes, (bytes(self),)


def units_of(part: bytes) -> list[Unit]:
    """The units of a part that :func:`work` gave."""
    return part.units if isinstance(part, Made) else decode(part)


def units(task: Task, key: str) -> list[Unit]:
    """The units that a task gives, in the order of its loads."""
    bench = _bench(key)
    settings = bench.settings
    render = renderer(settings.format, safe=settings.safe)
    read = [_Read(load, items := _items(load, settings), content_of(items, settings)) for load in task.loads]
    articles = [item for one in read if one.is_new for item in one.items if isinstance(item, Article)]
    analyses = iter(_analyses(articles, bench))
    found = []
    for one in read:
        if one.is_new:
            done = [next(analyses) if isinstance(item, Article) else item for item in one.items]
            found.append(_unit(one, done, settings, render, task.texts))
        else:
            found.append(Unit(one.load.key, one.load.version, one.content, missed=SAME))
    return found


class _Read(NamedTuple):
    """A load with what it holds, and the digest of that."""

    load: Load
    items: list[Item]
    content: str

    @property
    def is_new(self) -> bool:
        """Whether there is something to do for it."""
        return self.content != self.load.known


#: What came of an article, or what came instead of one.
_Done = tuple[Article, Analysis] | Trouble


def _analyses(articles: Sequence[Article], bench: _Bench) -> list[_Done]:
    """The corrected analysis of each article; one on which the program fails takes no other with it."""
    try:
        analyses = analyze_batch(articles, bench.engine)
    except QuotesError:
        raise
    except Exception as error:
        if len(articles) > 1:
            return [one for article in articles for one in _analyses([article], bench)]
        reason = f"{type(error).__name__}: {describe(error)}"
        message = f"the program failed on this article ({reason}); please report it"
        return [Trouble(articles[0].article_id, Problem("unreadable", None, message))]
    mended = (corrections.apply(analysis, bench.settings.corrections) for analysis in analyses)
    return list(zip(articles, mended, strict=True))


def settings_of(key: str) -> Settings:
    """The settings that :func:`prepare` was called with in this process."""
    return _bench(key).settings


def _bench(key: str) -> _Bench:
    bench = _benches[key]
    if isinstance(bench, QuotesError):
        raise bench
    return bench


def _items(load: Load, settings: Settings) -> list[Item]:
    found = load.item
    items = read_source(found, settings.columns) if isinstance(found, Source) else found
    return [as_named(load, item) for item in items]


def as_named(load: Load, item: Item) -> Item:
    """``item`` under the id that its load gives it."""
    if load.renamed is None or not isinstance(item, Article):
        return item
    name, problem = load.renamed
    return replace(item, article_id=name, problems=(problem, *item.problems))


def content_of(items: Sequence[Item], settings: Settings) -> str:
    """A digest of what was read, and of the corrections to it."""
    said: list[str] = []
    for item in items:
        if isinstance(item, Article):
            said += (item.article_id, item.text, item.date or "", repr(item.problems))
            said.append(settings.corrections.fingerprint(item.article_id))
        else:
            said.append(repr(item))
    return digest(*said)


def _unit(
    read: _Read,
    items: Sequence[_Done],
    settings: Settings,
    render: Renderer,
    texts: bool,
) -> Unit:
    pieces: list[Piece] = []
    problems: list[tuple[str, Problem]] = []
    missed = 0
    for item in items:
        if isinstance(item, Trouble):
            problems.append(item)
            missed += item.problem.code in FAILURES
        else:
            article, analysis = item
            pieces.append(_piece(analysis, article.text if texts else None, settings.labels, render))
            problems += [(analysis.article_id, problem) for problem in analysis.problems]
    rows = [tables.problem_row(article_id, problem) for article_id, problem in problems]
    return Unit(
        read.load.key,
        read.load.version,
        read.content,
        tuple(pieces),
        dict(Counter(problem.code for _, problem in problems)),
        render.rows(tables.PROBLEMS, rows),
        missed,
    )


def _piece(analysis: Analysis, text: str | None, labels: Sequence[str], render: Renderer) -> Piece:
    speakers, voices = speakers_of(analysis)
    spoken = spoken_of(analysis, voices, labels)
    known = [who >= 0 for who in voices]
    lines, cuts = render.quotes(analysis.article_id, analysis.quotes, known)
    return Piece(
        analysis.article_id,
        analysis.date,
        tuple(speakers),
        spoken,
        cuts,
        [who for who in voices if who >= 0],
        len(voices) - spoken.rows,
        lines,
        render.rows(tables.columns("articles", labels), [tables.article_row(analysis, labels)]),
        text,
    )
