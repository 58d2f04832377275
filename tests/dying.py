"""Imported by a command and its workers: the worker that meets one article dies.

QUOTES_TEST_DIE is ``MARK:NUMBER``: which article of folder a, in order; with a MARK it
dies only once, and leaves a file of that name.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

from quotes.batch import local_run, work

_units = work.units


def units(task: work.Task, key: str) -> object:
    mark, _, number = os.environ["QUOTES_TEST_DIE"].rpartition(":")
    for load in task.loads:
        path = Path(load.item.path)  # type: ignore[union-attr]
        first = path.parent.name == "a" and sorted(path.parent.iterdir())[int(number)] == path
        if first and not (mark and Path(mark).exists()):
            if mark:
                Path(mark).touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return _units(task, key)


def work_or_die(task: work.Task, key: str) -> bytes:
    return work.encode(units(task, key))  # type: ignore[arg-type]


local_run.work = work_or_die
