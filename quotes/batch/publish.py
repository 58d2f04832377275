"""Finished files into the output folder: each appears complete, and none of the user's is lost."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from quotes import stored, tables
from quotes.batch import texts
from quotes.batch.state import State
from quotes.batch.storage import replacing, sync_folder
from quotes.corpus import MARKER
from quotes.corpus.ours import HEAD, is_our_artefact, is_our_page, is_our_table
from quotes.errors import UsageError

RUN = "run.json"
PAGE = "report.html"


def protect(out: Path, format: tables.Format, used: Iterable[Path | None] = ()) -> None:
    """Refuse an output folder in which a file of the user's would be overwritten.

    Args:
        out: the folder.
        format: of the tables.
        used: files that the run reads besides the articles; a reader may have edited them.

    Raises:
        UsageError: naming the file.
    """
    ours = _is_ours_all(out)
    names = [*(f"{table}.{format}" for table in tables.NAMES), RUN, PAGE]
    for path in (out / name for name in names):
        if path.exists() and not ours and not _is_ours(path, format):
            raise UsageError(
                f"{path}: quotes did not write this file and would overwrite it; choose another --out"
            )
    for file in used:
        if file is not None and file.name in names and file.parent.resolve() == out.resolve():
            raise UsageError(f"{file}: the run would write its own over this file; copy it to another name")
    folder = out / texts.FOLDER
    if folder.exists() and not (folder / MARKER).exists():
        raise UsageError(
            f"{folder}: quotes did not make this folder and would replace it; choose another --out"
        )


def publish(state: State, files: Sequence[Path], format: tables.Format) -> None:
    """Put finished files in the place of those of the last run.

    ``run.json`` goes first and comes last: while it is there, all tables are of one run.

    Args:
        state: of the output folder; the files lie in its scratch folder.
        files: the tables.
        format: of the tables; those of another format go.
    """
    out = state.out
    (out / RUN).unlink(missing_ok=True)
    for path in files:
        os.replace(path, out / path.name)
    for other in tables.FORMATS:
        if other != format:
            for table in tables.NAMES:
                path = out / f"{table}.{other}"
                if path.exists() and _is_ours(path, other):
                    path.unlink()
    _replace_folder(state.scratch / texts.FOLDER, out / texts.FOLDER, state.scratch / "old-texts")
    sync_folder(out)


def write_run(out: Path, run: dict[str, Any]) -> None:
    """Write run.json."""
    with replacing(out / RUN) as file:
        file.write(json.dumps(run, ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n")


def _replace_folder(new: Path, place: Path, old: Path) -> None:
    if place.exists():
        os.replace(place, old)
        shutil.rmtree(old, ignore_errors=True)
    if new.exists():
        os.replace(new, place)


def _is_ours_all(out: Path) -> bool:
    """Whether the folder holds a finished run of ours."""
    path = out / RUN
    return path.is_file() and is_our_artefact(_head(path))


def _is_ours(path: Path, format: tables.Format) -> bool:
    """Whether we wrote a file, as far as its beginning tells."""
    if path.name == RUN:
        return is_our_artefact(_head(path))
    if path.name == PAGE:
        return is_our_page(_head(path))
    try:
        header = stored.header(stored.Tables(path.parent, format), path.stem)
        return not path.stat().st_size or is_our_table(header)
    except Exception:  # not a table at all
        return False


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError:
        return b""
