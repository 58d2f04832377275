"""The state of a run in its output folder: the lock, the parts, what is known from before.

Everything lies in :data:`FOLDER`, hidden below the output folder. Parts appear one by one,
each complete or not at all, so that a run may be killed at any point; parts made under
other options lie in a folder of their own. Nothing else is kept: a part itself tells which
files and records it holds, and of which content.
"""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from quotes.batch.part import Key, Span, Unit, decode, decode_head, encode, name_of, span
from quotes.batch.storage import replacing, storage
from quotes.corpus import MARKER
from quotes.errors import RunError, UsageError

FOLDER = ".quotes-state"
_SUFFIX = ".part"


class State:
    """The state folder of an output folder.

    Args:
        out: the output folder; made if it is not there.
        key: ``Settings.key``: parts of other settings are not seen.

    Raises:
        UsageError: ``out`` is a file.
        RunError: the folder cannot be made.
    """

    def __init__(self, out: Path, key: str) -> None:
        self.out = out
        self.folder = out / FOLDER
        self.scratch = self.folder / "unfinished"
        self._parts = self.folder / f"parts-{key}"
        self._whole: set[str] = set()  # parts that are known to be there
        with storage(out):
            if file := next(
                (path for path in (out, *out.parents) if path.exists() and not path.is_dir()), None
            ):
                raise UsageError(f"{file}: is a file; --out takes a folder")
            self._parts.mkdir(parents=True, exist_ok=True)
            (self.folder / MARKER).touch()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder for one run.

        The lock is the operating system's: it ends with the process that holds it, however that ends.

        Raises:
            RunError: a live run holds it.
        """
        from filelock import FileLock, Timeout

        lock = FileLock(self.folder / "lock", timeout=0)
        owner = self.folder / "owner"
        try:
            lock.acquire()
        except Timeout:
            who = owner.read_text("utf-8").strip() if owner.is_file() else "another process"
            raise RunError(
                f"{self.out}: a run into this folder is alive ({who}); wait for it, or choose another --out"
            ) from None
        try:
            with storage(owner):
                owner.write_text(f"process {os.getpid()} on {socket.gethostname()}\n", "utf-8")
                shutil.rmtree(self.scratch, ignore_errors=True)
                self.scratch.mkdir()
            yield
        finally:
            shutil.rmtree(self.scratch, ignore_errors=True)
            with suppress(OSError):
                owner.unlink()
            lock.release()

    def keep(self, units: list[Unit], encoded: bytes | None = None) -> str:
        """Write a part, unless it is there; gives its name.

        Args:
            units: of the part.
            encoded: the same, where it is at hand.
        """
        name = name_of(units)
        path = self._path(name)
        if name not in self._whole:
            with storage(path), replacing(path, sync=False) as out:
                out.write(encoded or encode(units))
            self._whole.add(name)
        return name

    def units(self, name: str) -> list[Unit]:
        """The units of a part.

        Raises:
            RunError: the part is not whole any more.
        """
        try:
            return decode(self._path(name).read_bytes())
        except (OSError, ValueError):
            raise RunError(f"{self.folder}: a part of the run is gone; run the same command again") from None

    def heads(self, name: str) -> list[Unit]:
        """The units of a part without their bytes and texts.

        Raises:
            RunError: the part is gone.
        """
        try:
            with self._path(name).open("rb") as part:
                part.readline()
                return decode_head(part.readline())
        except (OSError, ValueError):
            raise RunError(f"{self.folder}: a part of the run is gone; run the same command again") from None

    def spans(self) -> list[tuple[Span, str]]:
        """The parts that are there and whole, in the order of their first units."""
        found = []
        for entry in os.scandir(self._parts):
            name, suffix = os.path.splitext(entry.name)
            if suffix != _SUFFIX or name.startswith("."):
                continue
            with open(entry.path, "rb") as part:
                line = part.readline()
                held = span(line)
                if held and entry.stat().st_size == len(line) + held.size:
                    found.append((held, name))
                    self._whole.add(name)
        return sorted(found)

    def clean(self, names: Collection[str]) -> None:
        """Remove everything but the parts of ``names``: what is left of earlier runs."""
        kept = {f"{name}{_SUFFIX}" for name in names}
        with suppress(OSError):
            for entry in os.scandir(self._parts):
                if entry.name not in kept:
                    os.unlink(entry.path)
            for folder in self.folder.glob("parts-*"):
                if folder != self._parts:
                    shutil.rmtree(folder, ignore_errors=True)

    def _path(self, name: str) -> Path:
        return self._parts / f"{name}{_SUFFIX}"


class _Open(NamedTuple):
    """A part that is being looked through."""

    last: Key
    units: dict[Key, Unit]


class Known:
    """The units of earlier runs, asked for in the order of the tables.

    Memory holds the parts around the place that was asked for last.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._ahead = state.spans()[::-1]
        self._open: list[_Open] = []

    def find(self, key: Key) -> list[Unit]:
        """What is known of a unit, from all parts that hold it."""
        while self._ahead and self._ahead[-1][0].first <= key:
            held, name = self._ahead.pop()
            if held.last >= key:
                with suppress(RunError):
                    self._open.append(_Open(held.last, {unit.key: unit for unit in self._state.units(name)}))
        if any(part.last < key for part in self._open):
            self._open = [part for part in self._open if part.last >= key]
        return [part.units[key] for part in self._open if key in part.units]
