"""Gold files: annotated articles, one JSON object a line, in one of two formats.

The project's own format has ``quotes`` and ``indirect`` (offsets into ``text``, names,
roles, stances); the PFSA-ID format has ``spans`` with labels, public figures only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from quotes.errors import GoldError
from quotes.records import Kind, Span

PFSA_LABELS = frozenset({"STATEMENT", "PERSON", "PERSONCOREF", "ROLE", "AFFILIATION", "CUE", "CUECOREF"})


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """One annotated quoted span, or one indirect statement.

    For an indirect statement ``span`` is the sentence (or its first words) it stands in.
    """

    kind: Kind
    span: Span
    mention: Span | None
    name: str | None
    role: str | None
    cue: Span | None
    stance: str | None


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One article in the project's own gold format."""

    article_id: str
    text: str
    focus_country: str | None
    quotes: tuple[GoldQuote, ...]
    indirect: tuple[GoldQuote, ...]


@dataclass(frozen=True, slots=True)
class PfsaArticle:
    """One article in the PFSA-ID format: ``(label, span)`` pairs in text order."""

    article_id: str
    text: str
    spans: tuple[tuple[str, Span], ...]


def load_gold(path: Path) -> list[GoldArticle] | list[PfsaArticle]:
    """The annotated articles of one file, all in the same format.

    Raises:
        GoldError: the file cannot be read, holds nothing, mixes the formats, or a line
            is not a gold row; the text names file and line.
    """
    own: list[GoldArticle] = []
    pfsa: list[PfsaArticle] = []
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        place = f"{path}, line {number}"
        try:
            row = json.loads(line)
        except ValueError as error:
            raise GoldError(f"{place}: not JSON ({error}); each line is one annotated article") from None
        if not isinstance(row, dict):
            raise GoldError(f"{place}: a JSON object is needed, found {type(row).__name__}")
        article = _Row(place, row).article()
        if isinstance(article, PfsaArticle):
            pfsa.append(article)
        else:
            own.append(article)
    if own and pfsa:
        raise GoldError(f"{path}: mixes rows with 'quotes' and rows with 'spans'; split them into two files")
    if not own and not pfsa:
        raise GoldError(f"{path}: no annotated article in it")
    return own or pfsa


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as file:
            yield from file
    except OSError as error:
        raise GoldError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        raise GoldError(f"{path}: not UTF-8 ({error.reason} at byte {error.start})") from None


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a gold file on its way to an article; knows how to complain."""

    place: str
    row: dict[str, Any]

    def article(self) -> GoldArticle | PfsaArticle:
        article_id, text = self.string(self.row, "id"), self.string(self.row, "text")
        if "spans" in self.row:
            spans = [self.label(entry, f"spans[{i}]") for i, entry in enumerate(self.list("spans"))]
            return PfsaArticle(article_id, text, tuple(sorted(spans, key=lambda pair: pair[1])))
        if "quotes" not in self.row:
            raise GoldError(f"{self.place}: neither 'quotes' nor 'spans' in it, so not a gold row")
        focus = self.optional(self.row, "focus_country", "")
        quotes = [self.quote(entry, f"quotes[{i}]") for i, entry in enumerate(self.list("quotes"))]
        indirect = [self.quote(entry, f"indirect[{i}]") for i, entry in enumerate(self.list("indirect", ()))]
        return GoldArticle(article_id, text, focus, tuple(quotes), tuple(indirect))

    def quote(self, entry: Any, where: str) -> GoldQuote:
        entry = self.object(entry, where)
        indirect = where.startswith("indirect")
        kind = entry.get("kind", "indirect" if indirect else None)
        kinds = ("indirect",) if indirect else tuple(k for k in get_args(Kind) if k != "indirect")
        if kind not in kinds:
            raise GoldError(f"{self.place}: {where}: kind {kind!r} is none of {', '.join(kinds)}")
        bounds = entry.get("sentence") if indirect else [entry.get("start"), entry.get("end")]
        cue = self.span(entry["cue"], f"{where}.cue") if entry.get("cue") is not None else None
        if indirect and cue is None:
            raise GoldError(f"{self.place}: {where}: an indirect statement needs its cue")
        return GoldQuote(
            kind,
            self.span(bounds, f"{where}.{'sentence' if indirect else 'start, end'}"),
            self.span(entry["mention"], f"{where}.mention") if entry.get("mention") is not None else None,
            self.optional(entry, "name", where),
            self.optional(entry, "role", where),
            cue,
            self.optional(entry, "stance", where),
        )

    def label(self, entry: Any, where: str) -> tuple[str, Span]:
        entry = self.object(entry, where)
        label = entry.get("label")
        if label not in PFSA_LABELS:
            raise GoldError(f"{self.place}: {where}: unknown label {label!r}")
        return label, self.span([entry.get("start"), entry.get("end")], where)

    def span(self, bounds: Any, where: str) -> Span:
        length = len(self.row["text"])
        match bounds:
            case [int(start), int(end)] if 0 <= start < end <= length:
                return Span(start, end)
        raise GoldError(
            f"{self.place}: {where}: {bounds!r} is not a [start, end) inside the text of {length} characters"
        )

    def object(self, entry: Any, where: str) -> dict[str, Any]:
        if not isinstance(entry, dict):
            raise GoldError(f"{self.place}: {where}: a JSON object is needed")
        return entry

    def list(self, key: str, default: tuple[()] | None = None) -> Any:
        value = self.row.get(key, default)
        if not isinstance(value, (list, tuple)):
            raise GoldError(f"{self.place}: {key!r} must be a list")
        return value

    def string(self, entry: dict[str, Any], key: str) -> str:
        value = entry.get(key)
        if not isinstance(value, str):
            raise GoldError(f"{self.place}: {key!r} is missing or no text")
        return value

    def optional(self, entry: dict[str, Any], key: str, where: str) -> str | None:
        value = entry.get(key)
        if value is not None and not isinstance(value, str):
            raise GoldError(f"{self.place}: {where}{'.' if where else ''}{key}: text or null is needed")
        return value or None
