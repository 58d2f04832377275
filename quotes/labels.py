"""Tables of labelled rows, for training: a corrected quotes.csv, corrections, a table made by hand.

docs/stance.md describes the columns. Texts and focus countries that a run wrote beside its
quotes.csv are used where they are there.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from quotes import stored
from quotes.batch.texts import FOLDER, file_name
from quotes.errors import LabelsError
from quotes.records import SPEECH_KINDS
from quotes.stance.rows import Row

#: Columns every labels file has.
REQUIRED = ("article_id", "text", "stance")
#: Columns that tell more; empty cells are allowed everywhere.
OPTIONAL = (
    "kind", "start", "end", "cue", "mention", "speaker", "speaker_type", "role", "country",
    "focus_country", "context", "group",
)  # fmt: skip

#: The cell of a corrections file that empties a value.
_EMPTIED = "(none)"
#: Columns that go into a row as they are.
_TOLD = ("cue", "mention", "role", "country", "focus_country", "context")
_TYPES = frozenset({"person", "organisation", "group"})


@dataclass(frozen=True, slots=True)
class Labels:
    """Rows to train on.

    Attributes:
        rows: the rows that have a stance.
        groups: per row, what it must not be parted from (its article, or the cell of ``group``).
        places: per row, file and line as a spreadsheet counts them.
        skipped: why rows were left out, with their number.
    """

    rows: tuple[Row, ...]
    groups: tuple[str, ...]
    places: tuple[str, ...]
    skipped: dict[str, int] = field(default_factory=dict)


def read_labels(paths: Sequence[Path]) -> Labels:
    """The labelled rows of one or more files; later files correct earlier ones.

    A row that has article, start, end and text of an earlier one fills in its non-empty cells.

    Raises:
        LabelsError: a file cannot be read, or lacks a column of ``REQUIRED``.
    """
    cells: dict[tuple[str, ...], dict[str, str]] = {}
    places: dict[tuple[str, ...], str] = {}
    for path in paths:
        beside = _Beside(path.parent)
        for line, row in _table(path, REQUIRED):
            key = _key(path, line, row)
            known = cells.get(key)
            if known is None:
                cells[key], places[key] = beside.completed(row), f"{path.name}, row {line}"
            else:
                cells[key] = known | {name: cell for name, cell in row.items() if cell}
    skipped: Counter[str] = Counter()
    rows: list[Row] = []
    groups: list[str] = []
    kept: list[str] = []
    for key, row in cells.items():
        reason = _unfit(row)
        if reason:
            skipped[reason] += 1
            continue
        rows.append(_as_row(row, places[key]))
        groups.append(row.get("group") or row["article_id"])
        kept.append(places[key])
    return Labels(tuple(rows), tuple(groups), tuple(kept), dict(sorted(skipped.items())))


def _key(path: Path, line: int, row: dict[str, str]) -> tuple[str, ...]:
    if row.get("start") and row.get("end"):
        return (row["article_id"], row["start"], row["end"], " ".join(row["text"].split()))
    return (str(path), str(line))


def _unfit(row: dict[str, str]) -> str:
    """Why a row cannot be learned from; "" if it can."""
    if row["stance"] in ("", _EMPTIED):
        return "without a stance"
    if row.get("kind") == "other":
        return "of kind other"
    if not row["text"].strip():
        return "without text"
    return ""


def _as_row(row: dict[str, str], place: str) -> Row:
    start = row.get("start", "")
    kind, type_ = row.get("kind") or "direct", row.get("speaker_type") or "person"
    if kind not in SPEECH_KINDS:
        raise LabelsError(f"{place}: kind {kind!r} is none of {', '.join(SPEECH_KINDS)}, other")
    if type_ not in _TYPES:
        raise LabelsError(f"{place}: speaker_type {type_!r} is none of {', '.join(sorted(_TYPES))}")
    told = {name: row.get(name, "") for name in _TOLD}
    # Who has no name is nobody else's namesake.
    speaker = row.get("speaker") or row.get("mention") or f"({place})"
    return Row(
        row["article_id"], row["stance"], row["text"], kind, speaker=speaker, speaker_type=type_,
        start=int(start) if start.isdigit() else None, **told,
    )  # fmt: skip


# --- what lies beside a run's quotes.csv ---------------------------------------------------------


class _Beside:
    """Texts and focus countries in the folder of a labels file."""

    def __init__(self, folder: Path) -> None:
        self._texts = folder / FOLDER
        self._focus: dict[str, str] = {}
        articles = folder / "articles.csv"
        if articles.is_file():
            rows = _table(articles, ("article_id", "focus_country"))
            self._focus = {row["article_id"]: row["focus_country"] for _, row in rows}
        self._known: dict[str, str] = {}

    def completed(self, row: dict[str, str]) -> dict[str, str]:
        """``row`` with context and focus country, where the files tell them and the row does not."""
        article = row["article_id"]
        found = dict(row)
        if not found.get("focus_country"):
            found["focus_country"] = self._focus.get(article, "")
        if not found.get("context"):
            found["context"] = self._text(article)
        return found

    def _text(self, article: str) -> str:
        if article not in self._known:
            path = self._texts / file_name(article)
            try:
                self._known[article] = path.read_bytes().decode("utf-8", "replace")
            except OSError:
                self._known[article] = ""
        return self._known[article]


# --- files ---------------------------------------------------------------------------------------


def _table(path: Path, required: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV file, each with its number as a spreadsheet counts (the header is row 1)."""
    import pandas as pd

    text = _decoded(path)
    hint = 1 if text[:4].lower() == "sep=" else 0  # the line that Excel may leave before the header
    separator = _separator(text.splitlines()[hint : hint + 1], required)
    try:
        table = pd.read_csv(
            io.StringIO(text),
            sep=separator,
            skiprows=hint,
            dtype=str,
            na_filter=False,
            skip_blank_lines=False,
        )
    except pd.errors.EmptyDataError:
        raise LabelsError(f"{path}: the file is empty") from None
    except pd.errors.ParserError as error:
        raise LabelsError(f"{path}: not a table ({_plain(error)})") from None
    table.columns = [_name(column) for column in table.columns]
    missing = [name for name in required if name not in table.columns]
    if missing:
        raise LabelsError(
            f"{path}: column {missing[0]} missing; a labels file has {', '.join(required)} "
            f"and may have {', '.join(OPTIONAL)}; this one has {', '.join(table.columns)}"
        )
    table = table.loc[:, ~table.columns.duplicated()]
    return [
        (number, {str(name): stored.bare(cell) for name, cell in row.items()})
        for number, row in enumerate(table.to_dict("records"), start=2 + hint)
        if any(row.values())
    ]


def _decoded(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise LabelsError(f"{path}: cannot be read ({error.strerror})") from None
    encodings = ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise LabelsError(f"{path}: neither UTF-8 nor a spreadsheet's encoding; save it as CSV UTF-8")


def _separator(header: Sequence[str], required: Sequence[str]) -> str:
    """The separator under which most of the required columns are there; a comma, if none is better."""
    line = header[0] if header else ""
    return max(",;\t", key=lambda mark: sum(_name(cell) in required for cell in line.split(mark)))


def _name(cell: str) -> str:
    return str(cell).strip().strip("'\"\ufeff").lower()


def _plain(error: Exception) -> str:
    return re.sub(r"^Error tokenizing data\. C error: ", "", " ".join(str(error).split()))
