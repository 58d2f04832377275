"""The main job: folders in, tables out; fast, restartable, nothing lost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from quotes import __version__, corrections
from quotes.batch import publish
from quotes.batch.assemble import count, place, write_tables
from quotes.batch.feed import Batch, batches
from quotes.batch.options import BATCH_SIZE, Options, Settings, described, library_versions, settle
from quotes.batch.part import Unit, decode
from quotes.batch.pools import Cluster, Here, Job, Pool, Processes, results
from quotes.batch.progress import Progress, Silence
from quotes.batch.state import Known, State
from quotes.batch.storage import storage
from quotes.batch.summary import TOP, Summary, TopSpeaker
from quotes.batch.work import SAME, work
from quotes.corpus import Source, check_columns, list_sources
from quotes.errors import UsageError
from quotes.lexicon import load
from quotes.people import Crowd

#: With fewer batches than this to work on, starting processes takes longer than the work.
FEW = 3


def run(options: Options, progress: Progress | None = None) -> Summary:
    """Do the main job.

    Args:
        options: what to read and where to write.
        progress: who is told how it is getting on.

    Returns:
        What was found.

    Raises:
        UsageError: wrong options, nothing to read, or no article that can be read (its
            tables are written all the same).
        ModelError: the model does not load.
        LabelsError: a file of corrections cannot be used.
        RunError: the run cannot go on; the same call again goes on where it stopped.
    """
    progress = progress or Silence()
    started = time.monotonic()
    try:
        summary = _run(options, progress, started)
    finally:
        progress.close()
    if not summary.articles:
        if not summary.missed:
            raise UsageError(f"{_named(options.paths)}: nothing to read; all files there are quotes' own")
        raise UsageError(
            f"{_named(options.paths)}: no article could be read; the problems table in {options.out} says why"
        )
    return summary


def _run(options: Options, progress: Progress, started: float) -> Summary:
    sources = _sources(options)
    settings = settle(options)
    out = Path(options.out)
    publish.protect(out, options.format)
    state = State(out, settings.key)
    with state.locked():
        summary = Summary(options.out, settings.labels)
        progress.start(_total(options) if progress.wants_total else None)
        with storage(out):
            crowd = Crowd(state.scratch / "speakers.sqlite", settings.labels)
            try:
                names = _read(options, settings, state, sources, crowd, summary, progress)
                _write(options, settings, state, names, crowd, summary, progress)
            finally:
                crowd.close()
            summary.seconds = round(time.monotonic() - started, 2)
            publish.write_run(out, _record(options, settings, summary))
            state.clean(set(names))
    return summary


def _sources(options: Options) -> Iterator[Source]:
    """The input; its first file is looked for at once."""
    skip = [options.out]
    check_columns(list_sources(options.paths, skip=skip), options.columns)
    sources = iter(list_sources(options.paths, skip=skip))
    first = next(sources, None)
    if first is None:
        raise UsageError(f"{_named(options.paths)}: nothing to read")
    return chain((first,), sources)


def _named(paths: tuple[str, ...]) -> str:
    return ", ".join(paths[:3]) + (" …" if len(paths) > 3 else "")


def _total(options: Options) -> int:
    return sum(source.size or 0 for source in list_sources(options.paths, skip=[options.out]))


def _read(
    options: Options,
    settings: Settings,
    state: State,
    sources: Iterator[Source],
    crowd: Crowd,
    summary: Summary,
    progress: Progress,
) -> list[str]:
    """Work on everything that is not known; gives the names of the parts, in order."""
    names: dict[int, str] = {}

    def done(batch: Batch, part: bytes | None) -> None:
        units, kept = _merged(batch, decode(part) if part else [])
        names[batch.number] = state.keep(units)
        count(crowd, place(batch.number), units)
        summary.add(units)
        summary.unchanged += kept
        progress.advance(batch.size, summary.articles, summary.quotes)

    texts = None if options.save_texts else _page_texts() if options.page else 0
    size = options.batch_size or BATCH_SIZE
    elsewhere = options.dask not in (None, "local")
    waiting = batches(sources, settings, Known(state).find, size=size, texts=texts, here=elsewhere)
    ahead: list[Batch] = []
    for batch in waiting:
        if batch.task is None:
            done(batch, None)
        else:
            ahead.append(batch)
            if len(ahead) == FEW:
                break
    if ahead:
        pool = _pool(options, settings, len(ahead))
        at_once = True
        try:
            jobs = (_job(batch, settings) for batch in chain(ahead, waiting))
            for batch, part in results(pool, jobs):
                done(batch, part)
            at_once = False
        finally:
            pool.close(at_once=at_once)
    return [names[number] for number in sorted(names)]


def _job(batch: Batch, settings: Settings) -> Job[Batch]:
    task = batch.task
    call = None if task is None else (work, (task, settings.key))
    return Job(batch.number, batch.entries[0].load.key.source, call, batch)


def _merged(batch: Batch, fresh: list[Unit]) -> tuple[list[Unit], int]:
    """The units of a batch in order, and how many articles of an earlier run are among them."""
    made = iter(fresh)
    units: list[Unit] = []
    kept = 0
    for entry in batch.entries:
        unit = entry.old if entry.is_done else next(made)
        assert unit is not None
        if unit.missed == SAME:
            assert entry.old is not None
            unit = replace(entry.old, version=unit.version)
            kept += len(unit.pieces)
        elif unit is entry.old:
            kept += len(unit.pieces)
        units.append(unit)
    return units, kept


def _pool(options: Options, settings: Settings, tasks: int) -> Pool:
    """Who does the work."""
    workers = options.workers
    if options.dask is None and (workers == 1 or tasks < FEW):
        return Here(settings)
    if workers is None:
        from joblib import cpu_count

        workers = int(cpu_count())
    if options.dask is not None:
        return Cluster(settings, options.dask, workers)
    return Processes(settings, workers) if workers > 1 else Here(settings)


def _page_texts() -> int:
    from quotes.page.gather import MAX_ARTICLES

    return MAX_ARTICLES


def _write(
    options: Options,
    settings: Settings,
    state: State,
    names: list[str],
    crowd: Crowd,
    summary: Summary,
    progress: Progress,
) -> None:
    """Parts to tables, tables to page."""
    progress.stage("who is who")
    crowd.settle()
    _look_at_speakers(crowd, summary)
    progress.stage("writing the tables")
    parts = ((place(number), state.units(name)) for number, name in enumerate(names))
    files = write_tables(state.scratch, parts, crowd, settings, texts=options.save_texts)
    publish.publish(state, files, options.format)
    found = corrections.misfits(
        settings.corrections, state.out, format=options.format, spreadsheet_safe=options.spreadsheet_safe
    )
    summary.misfits = tuple(map(str, found))
    page = state.out / publish.PAGE
    if options.page:
        from quotes.page import write_page

        progress.stage("writing the page")
        write_page(
            state.out,
            format=options.format,
            sources=_page_sources(state, names),
            spreadsheet_safe=options.spreadsheet_safe,
        )
    else:
        page.unlink(missing_ok=True)


def _look_at_speakers(crowd: Crowd, summary: Summary) -> None:
    for row in crowd.speakers():
        if summary.speakers < TOP:
            speaker_id, name, _, role, _, stance, _, quotes, *_ = row
            summary.top.append(TopSpeaker(speaker_id, name, role, stance, quotes))  # type: ignore[arg-type]
        summary.speakers += 1


def _page_sources(state: State, names: list[str]) -> Iterator[Any]:
    """Dates and texts for the page; the texts only as far as it may hold them."""
    from quotes.page import Source as PageSource

    limit, seen = _page_texts(), 0
    for name in names:
        for unit in state.units(name) if seen < limit else state.heads(name):
            for piece in unit.pieces:
                yield PageSource(piece.article_id, piece.date, piece.text if seen < limit else None)
                seen += 1


def _record(options: Options, settings: Settings, summary: Summary) -> dict[str, Any]:
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
