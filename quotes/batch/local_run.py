"""A run into a folder of this machine."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from quotes import corrections
from quotes.batch import publish
from quotes.batch.assemble import count, pieces_of, place, write_tables
from quotes.batch.crew import Crew, look_at_speakers, record, sources_of, total_of
from quotes.batch.feed import Batch, batches
from quotes.batch.options import BATCH_SIZE, Options, Settings, settle
from quotes.batch.part import Unit
from quotes.batch.pools import Job
from quotes.batch.progress import Progress
from quotes.batch.state import Known, State
from quotes.batch.storage import storage
from quotes.batch.summary import Summary
from quotes.batch.work import SAME, units_of, work
from quotes.corpus import Source
from quotes.people import Crowd


def run_local(options: Options, progress: Progress) -> Summary:
    """Do the main job into the folder ``options.out``; see :func:`quotes.batch.run` for the errors."""
    started = time.monotonic()
    sources = sources_of(options)
    settings = settle(options)
    out = Path(options.out)
    with storage(out):
        publish.protect(out, options.format, (*options.corrections, options.model))
    state = State(out, settings.key)
    with state.locked(), storage(out):
        progress.start(total_of(options) if progress.wants_total else None)
        run = _Run(options, settings, state, progress)
        try:
            run.read(sources)
            run.write()
        finally:
            run.crowd.close()
        run.summary.seconds = round(time.monotonic() - started, 2)
        publish.write_run(out, record(options, settings, run.summary))
        state.clean(run.names)
    return run.summary


class _Run:
    """A run under way.

    Attributes:
        crowd: the speakers met so far.
        summary: what was found so far.
        names: the parts, in the order of the tables.
    """

    def __init__(self, options: Options, settings: Settings, state: State, progress: Progress) -> None:
        self.crowd = Crowd(state.scratch / "speakers.sqlite", settings.labels)
        self.summary = Summary(options.out, settings.labels)
        self.names: list[str] = []
        self._options = options
        self._settings = settings
        self._state = state
        self._progress = progress

    def read(self, sources: Iterator[Source]) -> None:
        """Work on everything that is not known from before."""
        options, settings = self._options, self._settings
        waiting = batches(
            sources,
            settings,
            Known(self._state).find,
            size=options.batch_size or BATCH_SIZE,
            texts=None if options.save_texts else _page_texts() if options.page else 0,
            here=options.dask not in (None, "local"),
        )
        names: dict[int, str] = {}
        with Crew(options, settings) as crew:
            for batch, part in crew.do(_job(batch, settings) for batch in waiting):
                units, kept = _merged(batch, units_of(part) if part else [])
                is_new = all(entry.old is None for entry in batch.entries)
                names[batch.number] = self._state.keep(units, part if is_new else None)
                count(self.crowd, place(batch.number), units)
                self.summary.add(units)
                self.summary.unchanged += kept
                self._progress.advance(batch.size, self.summary.articles, self.summary.quotes)
        self.names = [names[number] for number in sorted(names)]

    def write(self) -> None:
        """Parts to tables, tables to page."""
        options, state = self._options, self._state
        self._progress.stage("who is who")
        self.crowd.settle()
        look_at_speakers(self.crowd, self.summary)
        self._progress.stage("writing the tables")
        parts = ((place(number), state.units(name)) for number, name in enumerate(self.names))
        files = write_tables(state.scratch, parts, self.crowd, self._settings, texts=options.save_texts)
        publish.publish(state, files, options.format)
        self.summary.misfits = misfits(state.out, options, self._settings)
        if options.page:
            from quotes.page import write_page

            self._progress.stage("writing the page")
            write_page(
                state.out,
                format=options.format,
                sources=self._page_sources(),
                spreadsheet_safe=options.spreadsheet_safe,
            )
        else:
            (state.out / publish.PAGE).unlink(missing_ok=True)

    def _page_sources(self) -> Iterator[Any]:
        """Dates and texts for the page; the texts only as far as it may hold them."""
        from quotes.page import Source as PageSource

        limit, seen = _page_texts(), 0
        for name in self.names:
            for piece in pieces_of(self._state.units(name) if seen < limit else self._state.heads(name)):
                yield PageSource(piece.article_id, piece.date, piece.text if seen < limit else None)
                seen += 1


def misfits(folder: Path, options: Options, settings: Settings) -> tuple[str, ...]:
    """The rows of corrections that did not fit the tables in ``folder``, a line each."""
    found = corrections.misfits(
        settings.corrections, folder, format=options.format, spreadsheet_safe=options.spreadsheet_safe
    )
    return tuple(map(str, found))


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


def _page_texts() -> int:
    from quotes.page.gather import MAX_ARTICLES

    return MAX_ARTICLES
