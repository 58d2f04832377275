"""Tables of labelled rows, for training: a corrected quotes.csv, corrections, a table made by hand.

docs/stance.md describes the columns. Texts and focus countries that a run wrote beside its
quotes.csv are used where they are there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from quotes import spreadsheet, stored
from quotes.batch.texts import FOLDER, file_name
from quotes.corrections import NONE, offsets
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

#: Columns that go into a row as they are.
_TOLD = ("cue", "mention", "role", "country", "focus_country", "context")
#: Columns in which white space counts.
_EXACT = frozenset({"article_id", "text", "context"})
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
        LabelsError: a file cannot be read, lacks a column of ``REQUIRED``, has one twice, or is
            no table; a row has a kind or a speaker type that is none.
    """
    cells: dict[tuple[str, ...], dict[str, str]] = {}
    places: dict[tuple[str, ...], str] = {}
    for path in paths:
        beside = _Beside(path.parent)
        for line, row in _table(path, REQUIRED, OPTIONAL):
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
    where = offsets(row.get("start", ""), row.get("end", ""), len(row["text"]))
    if where is not None:
        return (row["article_id"], *map(str, where), " ".join(row["text"].split()))
    return (str(path), str(line))


def _unfit(row: dict[str, str]) -> str:
    """Why a row cannot be learned from; "" if it can."""
    if not row["stance"] or row["stance"].lower() == NONE or row.get("speaker", "").lower() == NONE:
        return "without a stance"
    if row.get("kind") == "other":
        return "of kind other"
    if not row["text"].strip():
        return "without text"
    return ""


def _as_row(row: dict[str, str], place: str) -> Row:
    row = {name: "" if cell.lower() == NONE else cell for name, cell in row.items()}
    where = offsets(row.get("start", ""), row.get("end", ""), len(row["text"]))
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
        start=where[0] if where else None, **told,
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


def _table(
    path: Path, required: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a file, each with its number as a spreadsheet counts (the header is row 1)."""
    described = f"a labels file has {', '.join(REQUIRED)} and may have {', '.join(OPTIONAL)}"
    for number, cells, beyond in spreadsheet.read(path, required, optional, described):
        if beyond:
            raise LabelsError(
                f"{path}, row {number}: more cells than the header; a cell with a separator in it needs"
                " quotation marks"
            )
        yield (
            number,
            {
                name: stored.bare(cell) if name in _EXACT else stored.bare(cell).strip()
                for name, cell in cells.items()
            },
        )
