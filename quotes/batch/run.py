"""The main job: folders in, tables out; fast, restartable, nothing lost."""

from __future__ import annotations

from quotes.batch.crew import named
from quotes.batch.local_run import run_local
from quotes.batch.options import Options
from quotes.batch.progress import Progress, Silence
from quotes.batch.store import local_path
from quotes.batch.store_run import run_into_store
from quotes.batch.summary import Summary
from quotes.errors import UsageError


def run(options: Options, progress: Progress | None = None) -> Summary:
    """Do the main job.

    Args:
        options: what to read and where to write.
        progress: who is told how it is getting on.

    Returns:
        What was found.

    Raises:
        UsageError: wrong options, nothing to read, or no article that can be read (the
            problems table is written all the same).
        ModelError: the model does not load.
        LabelsError: a file of corrections cannot be used.
        RunError: the run cannot go on; the same call again goes on where it stopped.
    """
    _check(options)
    progress = progress or Silence()
    try:
        summary = _run(options, progress)
    finally:
        progress.close()
    if not summary.articles:
        if not summary.missed:
            raise UsageError(f"{named(options.paths)}: nothing to read; the files there are quotes' own")
        raise UsageError(
            f"{named(options.paths)}: no article could be read; the problems table in {options.out} says why"
        )
    return summary


def _check(options: Options) -> None:
    if not options.paths:
        raise UsageError("nothing to read: name at least one folder, file or address")
    if not all(options.paths):
        raise UsageError("an empty name stands where a folder should; leave it out or put one in")
    if not options.out:
        raise UsageError("--out is empty; name a folder")


def _run(options: Options, progress: Progress) -> Summary:
    folder = local_path(options.out)
    if folder is None:
        return run_into_store(options, progress)
    return run_local(options.into(folder), progress)
