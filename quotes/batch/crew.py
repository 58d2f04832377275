"""What every run does, wherever its output goes: input, workers, record."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from types import TracebackType
from typing import Any, Self, TypeVar

from quotes import __version__
from quotes.batch.options import Options, Settings, described, library_versions
from quotes.batch.pools import Cluster, Here, Job, Pool, Processes, results
from quotes.batch.summary import TOP, Summary, TopSpeaker
from quotes.corpus import Source, check_columns, list_sources
from quotes.errors import UsageError
from quotes.lexicon import load
from quotes.people import Crowd

T = TypeVar("T")

#: With fewer calls than this, starting processes takes longer than the work.
FEW = 3


def sources_of(options: Options) -> Iterator[Source]:
    """The input; its first file is looked for at once.

    Raises:
        UsageError: there is nothing to read, or a named column is missing.
    """
    skip = [options.out]
    check_columns(list_sources(options.paths, skip=skip), options.columns)
    sources = iter(list_sources(options.paths, skip=skip))
    first = next(sources, None)
    if first is None:
        raise UsageError(f"{named(options.paths)}: nothing to read")
    return chain((first,), sources)


def total_of(options: Options) -> int:
    """The bytes of the input, as stored."""
    return sum(source.size or 0 for source in list_sources(options.paths, skip=[options.out]))


def named(paths: tuple[str, ...]) -> str:
    """The input, for a message."""
    return ", ".join(paths[:3]) + (" …" if len(paths) > 3 else "")


class Crew:
    """Those who work on a run; a context manager that lets them go."""

    def __init__(self, options: Options, settings: Settings) -> None:
        self._options = options
        self._settings = settings
        self._pool: Pool | None = None

    def do(self, jobs: Iterator[Job[T]]) -> Iterator[tuple[T, bytes | None]]:
        """What each job is about, with what its call gave; see :func:`quotes.batch.pools.results`."""
        ahead: list[Job[T]] = []
        for job in jobs:
            if job.call is None:
                yield job.about, None
                continue
            ahead.append(job)
            if len(ahead) == FEW:
                break
        if ahead:
            yield from results(self._hired(len(ahead)), chain(ahead, jobs))

    def _hired(self, calls: int) -> Pool:
        if self._pool is None or isinstance(self._pool, Here):
            self._pool = self._hire(calls)
        return self._pool

    def _hire(self, calls: int) -> Pool:
        options, settings = self._options, self._settings
        workers = options.workers
        if options.dask is None and (workers == 1 or calls < FEW):
            return Here(settings)
        if workers is None:
            from joblib import cpu_count

            workers = int(cpu_count())
        if options.dask is not None:
            return Cluster(settings, options.dask, workers)
        return Processes(settings, workers) if workers > 1 else Here(settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.close(at_once=error is not None)


def look_at_speakers(crowd: Crowd, summary: Summary) -> None:
    """Count the speakers, and note the most quoted."""
    summary.speakers = crowd.size()
    for speaker_id, name, _, role, _, stance, _, quotes, *_ in islice(crowd.speakers(), TOP):
        summary.top.append(TopSpeaker(speaker_id, name, role, stance, quotes))  # type: ignore[arg-type]


def record(options: Options, settings: Settings, summary: Summary) -> dict[str, Any]:
    """What run.json says."""
    from quotes.stance.model import load_model

    model = settings.model or load_model()
    return {
        "program": f"quotes {__version__}",
        "program_fingerprint": settings.program,
        "model": {
            "file": str(options.model) if options.model else None,
            "labels": list(settings.labels),
            "fingerprint": model.fingerprint,
        },
        "lexicon": {"language": load().language, "fingerprint": load().fingerprint},
        "libraries": library_versions(),
        "options": described(options),
        "counts": summary.counts(),
        "seconds": summary.seconds,
    }
