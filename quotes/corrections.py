"""Corrections: a table in which a reader mends speaker, role, stance or kind of single rows.

The file (docs/corrections.md) is written by the page, by hand or in a spreadsheet.
A row is matched by ``article_id``, ``start`` and ``end`` and checked by ``text``; whatever
does not fit is a :class:`Misfit`, never dropped in silence.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple, get_args

from quotes import spreadsheet, stored
from quotes.records import Analysis, Kind, Profile, Quote, SpeakerType

#: Columns every corrections file has.
REQUIRED = ("article_id", "start", "end", "text")
#: Columns that correct; an empty cell leaves the value as it is.
CORRECTABLE = ("kind", "speaker", "role", "stance")
#: The cell that empties a value.
NONE = "(none)"
#: The rule of an attribution that a reader made.
RULE = "correction"

_KINDS = get_args(Kind)
_NUMBER = re.compile(r"(\d+)(?:[.,]0+)?")
_GROUPED = re.compile(r"\d{1,3}(?:[.,' \xa0\u202f]\d{3})+(?:[.,]0+)?")
_SHOWN = 60
_DESCRIBED = f"a corrections file has {', '.join(REQUIRED)} and any of {', '.join(CORRECTABLE)}"


class Misfit(NamedTuple):
    """A row of a corrections file that was not applied, or not wholly, and why.

    ``row`` counts like a spreadsheet does: the header is row 1.
    """

    file: str
    row: int
    article_id: str
    reason: str

    def __str__(self) -> str:
        place = f" ({self.article_id})" if self.article_id else ""
        return f"{self.file}, row {self.row}{place}: {self.reason}"


class Correction(NamedTuple):
    """One row: where it belongs and the new values (None: leave as it is, "": empty it)."""

    file: str
    row: int
    article_id: str
    start: int
    end: int
    text: str
    kind: Kind | None
    speaker: str | None
    role: str | None
    stance: str | None


@dataclass(frozen=True, slots=True)
class Corrections:
    """The rows of corrections files by article; picklable, false when there is none.

    Attributes:
        by_article: the rows of each article, in the order of the files, by its id as
            :func:`quotes.stored.bare` gives it.
        refused: rows that cannot be used whatever the articles say.
        files: names of the files, in the order given.
    """

    by_article: dict[str, tuple[Correction, ...]] = field(default_factory=dict)
    refused: tuple[Misfit, ...] = ()
    files: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.by_article or self.refused)

    def of(self, article_id: str) -> tuple[Correction, ...]:
        """The rows of an article."""
        return self.by_article.get(stored.bare(article_id), ())

    def fingerprint(self, article_id: str) -> str:
        """A hash of what the files say on one article, ``""`` for nothing (for resumed runs)."""
        found = self.of(article_id)
        if not found:
            return ""
        said = repr([row[3:] for row in found])
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def load(*paths: Path, stances: Collection[str] | None = None) -> Corrections:
    """Read corrections files; where two speak of the same cell, the later file is right.

    Comma, semicolon and tab are understood as separators, UTF-8 (with or without byte-order
    mark), UTF-16 and Windows-1252 as encodings, ``1.234`` and ``1234,0`` as numbers.

    Args:
        paths: the files, earliest first.
        stances: the labels of the stance model; a row with another one is refused.

    Raises:
        LabelsError: a file cannot be read, lacks one of the columns in ``REQUIRED``, or has
            a column twice.
    """
    refused: list[Misfit] = []
    by_article: dict[str, list[Correction]] = {}
    for path in paths:
        seen: dict[tuple[str, int, int, str], Correction] = {}
        for row in _read(path, stances, refused):
            by_article.setdefault(row.article_id, []).append(row)
            key = (row.article_id, row.start, row.end, _plain(row.text))
            if key in seen:
                _compare(seen[key], row, refused)
            seen[key] = row
    names = tuple(str(path) for path in paths)
    return Corrections({key: tuple(rows) for key, rows in by_article.items()}, tuple(refused), names)


def apply(analysis: Analysis, corrections: Corrections) -> Analysis:
    """``analysis`` with its corrections applied; the same object where there is none. Pure."""
    rows = corrections.of(analysis.article_id)
    if not rows:
        return analysis
    quotes = list(analysis.quotes)
    speakers = list(analysis.speakers)
    places: dict[tuple[int, int], list[int]] = {}
    for place, quote in enumerate(quotes):
        places.setdefault((quote.start, quote.end), []).append(place)
    touched: set[int] = set()
    for row in rows:
        for place in places.get((row.start, row.end), ()):
            old = quotes[place]
            if not same_text(old.text, row.text):
                continue
            quotes[place] = new = _mend(old, row, speakers)
            if new != old:
                touched.update((old.speaker_index, new.speaker_index))
    for index in sorted(touched - {-1}):
        speakers[index] = _profile(speakers[index], [q for q in quotes if q.speaker_index == index])
    return replace(analysis, quotes=tuple(quotes), speakers=tuple(speakers))


def misfits(
    corrections: Corrections, folder: Path, *, format: str = "csv", spreadsheet_safe: bool = False
) -> list[Misfit]:
    """The rows that did not fit, found once in the finished tables of ``folder``, in file order.

    Looking at the tables instead of collecting reports from workers gives the same answer
    after any number of workers, batches and resumed runs.

    Raises:
        RunError: a table is missing.
    """
    if not corrections:
        return []
    tables = stored.Tables(folder, format, spreadsheet_safe)
    wanted = corrections.by_article
    ids = (stored.bare(row[0]) for row in stored.rows(tables, "articles", ("article_id",)))
    articles = {article for article in ids if article in wanted}
    found: dict[tuple[str, int, int], list[_Found]] = {}
    columns = ("article_id", "start", "end", "text", "speaker", "kind")
    for name, start, end, text, speaker, kind in stored.rows(tables, "quotes", columns):
        if (article := stored.bare(name)) in wanted:
            found.setdefault((article, int(start), int(end)), []).append(_Found(text, speaker, kind))
    missed = list(corrections.refused)
    for article, rows in wanted.items():
        for row in rows:
            reason = (
                _reason(row, found.get((article, row.start, row.end), []))
                if article in articles
                else "no article of this run has this article_id"
            )
            if reason:
                missed.append(Misfit(row.file, row.row, article, reason))
    files = {name: place for place, name in enumerate(corrections.files)}
    return sorted(missed, key=lambda misfit: (files[misfit.file], misfit.row))


def same_text(one: str, other: str) -> bool:
    """Whether two cells hold the same words, whatever a spreadsheet did to apostrophe and white space."""
    return one == other or _plain(one) == _plain(other)


def _plain(text: str) -> str:
    # Lone surrogates, which a file cannot hold, are question marks in the tables.
    return " ".join(stored.bare(text).encode("utf-8", "replace").decode().split())


class _Found(NamedTuple):
    """What the finished table says where a correction belongs."""

    text: str
    speaker: str
    kind: str


def _reason(row: Correction, there: list[_Found]) -> str:
    if not there:
        return f"no quote stands at {row.start}–{row.end}"
    fitting = [found for found in there if same_text(found.text, row.text)]
    if not fitting:
        return f"the quote at {row.start}–{row.end} reads “{_short(there[0].text)}”, not “{_short(row.text)}”"
    if row.kind == "other" or not (row.speaker or row.stance or row.role):
        return ""
    if all(found.kind == "other" for found in fitting):
        return "kind other has no speaker, role or stance; correct its kind too"
    if (row.stance or row.role) and not any(found.speaker for found in fitting):
        return "a stance or role needs a speaker; none is known here and the row names none"
    return ""


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


# --- one row applied ---------------------------------------------------------------------------


def _mend(quote: Quote, row: Correction, speakers: list[Profile]) -> Quote:
    if (row.kind or quote.kind) == "other":
        return quote if quote.kind == "other" else _not_speech(quote)
    quote = quote._replace(kind=row.kind or quote.kind)
    if row.speaker is not None and row.speaker != (quote.speaker or ""):
        quote = _with_speaker(quote, row, speakers)
    if quote.speaker is None:
        return quote
    if row.role is not None:
        quote = quote._replace(role=row.role or None)
    if row.stance is not None and row.stance != (quote.stance or ""):
        quote = quote._replace(stance=row.stance or None, stance_score=1.0 if row.stance else None)
    return quote


def _not_speech(quote: Quote) -> Quote:
    return _without_speaker(quote)._replace(
        kind="other", cue=None, cue_start=None, cue_end=None,
        mention=None, mention_start=None, mention_end=None,
    )  # fmt: skip


def _without_speaker(quote: Quote) -> Quote:
    return quote._replace(
        speaker=None, speaker_index=-1, speaker_type=None, role=None, country=None,
        stance=None, stance_score=None, rule=None, score=None,
    )  # fmt: skip


def _with_speaker(quote: Quote, row: Correction, speakers: list[Profile]) -> Quote:
    if not row.speaker:
        return _without_speaker(quote)
    index = next((i for i, who in enumerate(speakers) if who.name == row.speaker), -1)
    if index < 0:
        # A name that the article does not know: what the row says of the old speaker stays.
        index = len(speakers)
        kind: SpeakerType = quote.speaker_type or "person"  # type: ignore[assignment]
        named = row.speaker[:1].isupper()
        speakers.append(Profile(row.speaker, kind, quote.role, named, quote.country, quote.stance))
    who = speakers[index]
    same_stance = quote.stance is not None and quote.stance == who.stance
    return quote._replace(
        speaker=who.name, speaker_index=index, speaker_type=who.type, role=who.role, country=who.country,
        stance=who.stance, stance_score=quote.stance_score if same_stance else None,
        rule=RULE, score=1.0,
    )  # fmt: skip


def _profile(who: Profile, quotes: Sequence[Quote]) -> Profile:
    roles = Counter(quote.role for quote in quotes if quote.role)
    stances = Counter(quote.stance for quote in quotes if quote.stance)
    return replace(
        who,
        role=roles.most_common(1)[0][0] if roles else None if quotes else who.role,
        stance=stances.most_common(1)[0][0] if stances else None,
    )


# --- files -------------------------------------------------------------------------------------


def _read(path: Path, stances: Collection[str] | None, refused: list[Misfit]) -> Iterator[Correction]:
    for line in spreadsheet.read(path, REQUIRED, CORRECTABLE, _DESCRIBED):
        found = _correction(str(path), line, stances)
        if isinstance(found, Misfit):
            refused.append(found)
        else:
            yield found


def _correction(file: str, line: spreadsheet.Line, stances: Collection[str] | None) -> Correction | Misfit:
    number, row = line.number, line.cells
    article = row["article_id"]

    def refuse(reason: str) -> Misfit:
        return Misfit(file, number, article, reason)

    text = row["text"]
    if line.beyond:
        return refuse(
            "it has more cells than the header; a cell with a separator in it needs quotation marks"
        )
    if not text.strip():
        return refuse("the text cell is empty, so the row cannot be checked")
    places = offsets(row["start"], row["end"], len(text))
    if places is None:
        return refuse(f"start “{row['start']}” and end “{row['end']}” are not offsets")
    values = {column: _value(row.get(column, "")) for column in CORRECTABLE}
    if all(value is None for value in values.values()):
        return refuse("nothing is corrected: kind, speaker, role and stance are empty")
    kind, stance = values["kind"], values["stance"]
    if kind is not None and kind not in _KINDS:
        return refuse(f"kind “{kind or NONE}” is none of {', '.join(_KINDS)}")
    if stance and stances is not None and stance not in stances:
        return refuse(f"stance “{stance}” is none of the model's {', '.join(stances)}")
    return Correction(
        file, number, stored.bare(article), *places, text,
        kind,  # type: ignore[arg-type]
        values["speaker"], values["role"], stance,
    )  # fmt: skip


def _value(cell: str) -> str | None:
    cell = stored.bare(cell).strip()
    if not cell:
        return None
    return "" if cell.lower() == NONE else cell


def offsets(start: str, end: str, length: int) -> tuple[int, int] | None:
    """Both offsets as a spreadsheet may write them; None where they are none.

    Where ``1.000`` may be a thousand or one, the pair is taken that fits the text's length.
    """
    pairs = [(one, other) for one in _numbers(start) for other in _numbers(end) if one <= other]
    if not pairs:
        return None
    return next((pair for pair in pairs if pair[1] - pair[0] == length), pairs[0])


def _numbers(cell: str) -> list[int]:
    cell = cell.strip().lstrip("'")
    found = []
    if _GROUPED.fullmatch(cell):
        whole = re.sub(r"[.,]0{1,2}$", "", cell)
        found.append(int(re.sub(r"\D", "", whole)))
    plain = _NUMBER.fullmatch(cell)
    if plain:
        found.append(int(plain[1]))
    return found


def _compare(before: Correction, row: Correction, refused: list[Misfit]) -> None:
    """Tell of two rows of one file that say different things of one quote; the later one is applied last."""
    changed = [
        name
        for name in CORRECTABLE
        if getattr(row, name) is not None and getattr(before, name) not in (None, getattr(row, name))
    ]
    if changed:
        reason = f"row {row.row} corrects the same quote; its {', '.join(changed)} is used"
        refused.append(Misfit(before.file, before.row, before.article_id, reason))
