"""What a run is asked to do, and what of it decides the rows."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes import __version__, corrections, tables
from quotes.batch.part import PART_FORMAT
from quotes.corpus import Columns

if TYPE_CHECKING:
    from quotes.corrections import Corrections
    from quotes.stance.model import StanceModel

#: Articles of one batch: local, and where the parts go to an object store.
BATCH_SIZE, STORE_BATCH_SIZE = 128, 2048

#: Libraries that touch the text or the probabilities, by distribution name.
LIBRARIES = (
    "nltk",
    "numpy",
    "scikit-learn",
    "charset-normalizer",
    "trafilatura",
    "lxml",
    "htmldate",
    "dateparser",
    "pyarrow",
)


@dataclass(frozen=True, slots=True)
class Options:
    """A run of the main job.

    Attributes:
        paths: folders, files and fsspec addresses to read.
        out: the output folder, or an fsspec address.
        workers: processes; None for one per core.
        batch_size: articles per batch; None for the default.
        format: of the tables.
        indirect: whether indirect statements are rows.
        min_score: attributions with a lower confidence are left empty, 0 to 1.
        model: a stance model made by ``quotes train``; None for the shipped one.
        corrections: files of corrections, earliest first.
        columns: which columns of records are text, id and date.
        save_texts: whether each article's text is written beside the tables.
        spreadsheet_safe: whether cells that a spreadsheet would run get an apostrophe.
        page: whether report.html is written.
        dask: address of a Dask scheduler, or ``local`` for a cluster on this machine.
    """

    paths: tuple[str, ...]
    out: str
    workers: int | None = None
    batch_size: int | None = None
    format: tables.Format = "csv"
    indirect: bool = True
    min_score: float = 0.0
    model: Path | None = None
    corrections: tuple[Path, ...] = ()
    columns: Columns = field(default_factory=Columns)
    save_texts: bool = False
    spreadsheet_safe: bool = False
    page: bool = True
    dask: str | None = None

    def into(self, out: str) -> Options:
        """The same run with another output."""
        return replace(self, out=out)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a worker needs to know; it travels to each worker once.

    Attributes:
        format: rendering of the rows.
        safe: see ``Options.spreadsheet_safe``.
        indirect: see ``Options.indirect``.
        min_score: see ``Options.min_score``.
        columns: see ``Options.columns``.
        model: the stance model; None for the shipped one.
        labels: its labels.
        corrections: the corrections of all articles.
        program: fingerprint of program, lexicon and shipped model, which a worker's must equal.
        key: digest of everything here but the corrections: rows made under one key can be kept.
    """

    format: tables.Format
    safe: bool
    indirect: bool
    min_score: float
    columns: Columns
    model: StanceModel | None
    labels: tuple[str, ...]
    corrections: Corrections
    program: str
    key: str


def settle(options: Options) -> Settings:
    """Load model and corrections, and fingerprint everything that decides the rows.

    Raises:
        ModelError: the model does not load.
        LabelsError: a file of corrections cannot be used.
        UsageError: a label of the model is also a column.
    """
    from quotes.stance.model import load_model

    model = load_model(options.model)
    tables.check_labels(model.labels)
    program = program_fingerprint()
    parts = {
        "part": PART_FORMAT,
        "program": program,
        "libraries": library_versions(),
        "model": model.fingerprint,
        "format": options.format,
        "safe": options.spreadsheet_safe,
        "indirect": options.indirect,
        "min_score": options.min_score,
        "columns": [options.columns.text, options.columns.id, options.columns.date],
    }
    key = hashlib.blake2b(json.dumps(parts, sort_keys=True).encode(), digest_size=12).hexdigest()
    return Settings(
        options.format,
        options.spreadsheet_safe,
        options.indirect,
        options.min_score,
        options.columns,
        model if options.model else None,
        model.labels,
        corrections.load(*options.corrections, stances=model.labels),
        program,
        key,
    )


@cache
def program_fingerprint() -> str:
    """A digest of the program's own files: version number, code, lexicon, shipped model.

    The version alone would keep the rows of an older working copy.
    """
    digest = hashlib.blake2b(__version__.encode(), digest_size=16)
    for name, data in _files(resources.files("quotes"), ""):
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def _files(folder: Traversable, prefix: str) -> Sequence[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            found += _files(entry, f"{prefix}{entry.name}/") if entry.name != "__pycache__" else ()
        elif entry.name.endswith((".py", ".toml", ".json")):
            found.append((prefix + entry.name, entry.read_bytes()))
    return found


@cache
def library_versions() -> dict[str, str]:
    """Versions of the libraries that touch text and probabilities, and of Python."""
    found = {"python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def described(options: Options) -> dict[str, Any]:
    """The options as run.json has them."""
    return {
        "paths": list(options.paths),
        "out": options.out,
        "workers": options.workers,
        "batch_size": options.batch_size,
        "format": options.format,
        "indirect": options.indirect,
        "min_score": options.min_score,
        "model": str(options.model) if options.model else None,
        "corrections": [str(path) for path in options.corrections],
        "text_column": options.columns.text,
        "id_column": options.columns.id,
        "date_column": options.columns.date,
        "save_texts": options.save_texts,
        "spreadsheet_safe": options.spreadsheet_safe,
        "page": options.page,
        "dask": options.dask,
    }
