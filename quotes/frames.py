"""Tables as pandas DataFrames, with the types of their columns."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from quotes import stored, tables
from quotes.errors import RunError
from quotes.records import STANCES

if TYPE_CHECKING:
    import pandas as pd

#: How pandas holds a column: whole numbers may be missing, text is text (``NA`` is Namibia).
_DTYPES: dict[type, str] = {str: "string", int: "Int64", float: "Float64"}


def from_rows(table: str, rows: Iterable[tables.Row], labels: Sequence[str] = STANCES) -> pd.DataFrame:
    """The DataFrame of rows of a table; unknown cells are ``<NA>``."""
    import pandas as pd

    types = tables.types(table, labels)
    frame = pd.DataFrame.from_records([_writable(row) for row in rows], columns=list(types))
    return frame.astype({name: _DTYPES[kind] for name, kind in types.items()})


def _writable(row: tables.Row) -> tables.Row:
    """``row`` with lone surrogates as question marks, as the files have them."""
    try:
        "".join([cell for cell in row if type(cell) is str]).encode()
    except UnicodeEncodeError:
        return tuple(cell.encode("utf-8", "replace").decode() if type(cell) is str else cell for cell in row)
    return row


def joined(
    parts: Iterable[bytes], table: str, *, format: str = "csv", labels: Sequence[str] = STANCES
) -> pd.DataFrame:
    """A table that comes as the bytes of several files; see :func:`read`."""
    import pandas as pd

    found = []
    with tempfile.TemporaryDirectory(prefix="quotes-") as folder:
        path = Path(folder, f"{table}.{format}")
        for part in parts:
            path.write_bytes(part)
            found.append(read(Path(folder), table, format=format, labels=labels))
    return pd.concat(found, ignore_index=True) if found else from_rows(table, [], labels)


def read(folder: Path, table: str, *, format: str = "csv", labels: Sequence[str] = STANCES) -> pd.DataFrame:
    """A finished table of ``quotes report``.

    Args:
        folder: the output folder.
        table: one of ``tables.NAMES``.
        format: ``csv``, ``parquet`` or ``jsonl``.
        labels: the stance labels of the run, where they are not the shipped model's.

    Raises:
        RunError: the table is not there.
    """
    import pandas as pd

    path = stored.Tables(folder, format).path(table)
    types = tables.types(table, labels)
    dtypes = {name: _DTYPES[kind] for name, kind in types.items()}
    if format == "parquet":
        return pd.read_parquet(path).astype(dtypes)
    if format == "jsonl":
        with path.open(encoding="utf-8", newline="\n") as lines:
            return from_rows(table, [tuple(json.loads(line).values()) for line in lines], labels)
    frame = pd.read_csv(path, dtype=dtypes, keep_default_na=False, na_values=[""])
    return frame[list(types)]


def read_labels(folder: Path) -> tuple[str, ...]:
    """The stance labels of a finished run, as its run.json has them.

    Raises:
        RunError: run.json is not there, or not readable.
    """
    path = folder / "run.json"
    try:
        return tuple(json.loads(path.read_text("utf-8"))["model"]["labels"])
    except (OSError, ValueError, LookupError, TypeError):
        raise RunError(f"{path}: no finished run; run `quotes report` into this folder again") from None
