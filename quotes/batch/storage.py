"""Writing that appears complete or not at all, and errors of the disk that say what to do."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from quotes.errors import RunError

#: No room: the disk, the quota, the limit on one file.
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_AGAIN = "then run the same command again: it goes on where it stopped"


@contextmanager
def storage(place: Path | str) -> Iterator[None]:
    """Turn errors of the disk into one line that names the place and the remedy.

    Raises:
        RunError: instead of an OSError, or an error of SQLite's.
    """
    try:
        yield
    except OSError as error:
        where = error.filename or place
        if error.errno in _FULL:
            raise RunError(f"{where}: no room left on the disk; make room, {_AGAIN}") from None
        reason = error.strerror or type(error).__name__
        raise RunError(f"{where}: cannot be written ({reason}); mend that, {_AGAIN}") from None
    except sqlite3.OperationalError as error:
        if "interrupted" in str(error):
            raise KeyboardInterrupt from None
        if "full" in str(error) or "I/O" in str(error):
            raise RunError(f"{place}: no room left on the disk; make room, {_AGAIN}") from None
        raise


@contextmanager
def replacing(path: Path, *, sync: bool = True) -> Iterator[IO[bytes]]:
    """A new file that takes the place of ``path`` when all of it is written."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with unfinished.open("wb") as out:
            yield out
            if sync:
                out.flush()
                os.fsync(out.fileno())
        os.replace(unfinished, path)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink()
        raise


def sync_folder(folder: Path) -> None:
    """Let renames in a folder reach the disk, where the system has such a thing."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
