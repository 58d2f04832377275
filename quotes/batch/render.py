"""Rows to bytes, in the words of each format.

Workers render; the parent only puts pieces together. Rows of the quotes table are rendered
before their ``speaker_id`` is known: the places where ids belong (*cuts*) are kept beside
the bytes, and :meth:`speaker_id` gives what goes there.

Parquet tables are rendered as JSON lines on their way and become columns in the end.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable, Sequence

from quotes.records import Quote
from quotes.stored import FORMULA_STARTS
from quotes.tables import DECIMALS, QUOTES, Format, Row, quote_row, spreadsheet_safe

#: Stands for a speaker's id until it is known; drawn anew in each process, so that no article can hold it.
_TOKEN = f"id-{secrets.token_hex(16)}"


class CsvRenderer:
    """RFC 4180: comma, CR LF, quotes only where they are needed, empty cell for unknown.

    Writes what the csv module would write (the tests compare the two), in a third of its time.
    """

    _token = _TOKEN.encode()

    def __init__(self, safe: bool = False) -> None:
        self._safe = safe
        self._cell = _safe_cell if safe else _cell

    def header(self, columns: Sequence[str]) -> bytes:
        """The first line of a table."""
        return self.rows(columns, [tuple(columns)])

    def rows(self, columns: Sequence[str], rows: Sequence[Row]) -> bytes:
        """Lines without probabilities."""
        cell = self._cell
        lines = [
            ",".join(["" if one is None else cell(one) if type(one) is str else str(one) for one in row])
            for row in rows
        ]
        return "".join([f"{line}\r\n" for line in lines]).encode("utf-8", "replace")

    def quotes(
        self, article_id: str, quotes: Sequence[Quote], known: Sequence[bool]
    ) -> tuple[bytes, list[int]]:
        """Lines of the quotes table, and the cuts of those whose speaker is ``known``."""
        line = _CsvLine(article_id, self._cell)
        lines = [line.of(quote, is_known) for quote, is_known in zip(quotes, known, strict=True)]
        return _cut("".join(lines).encode("utf-8", "replace"), self._token)

    @staticmethod
    def speaker_id(name: str) -> bytes:
        """What is put at a cut; ids hold nothing that needs quoting."""
        return name.encode()


class JsonRenderer:
    """One object a line, keys in the order of the columns, null for unknown."""

    _token = f'"{_TOKEN}"'.encode()

    def __init__(self, safe: bool = False) -> None:
        self._safe = safe
        self._encode = json.JSONEncoder(ensure_ascii=False).encode

    def header(self, columns: Sequence[str]) -> bytes:
        """Nothing: every line names its columns."""
        return b""

    def rows(self, columns: Sequence[str], rows: Sequence[Row]) -> bytes:
        """Lines."""
        cells = map(spreadsheet_safe, rows) if self._safe else rows
        lines = [f"{self._encode(dict(zip(columns, row, strict=True)))}\n" for row in cells]
        return "".join(lines).encode("utf-8", "replace")

    def quotes(
        self, article_id: str, quotes: Sequence[Quote], known: Sequence[bool]
    ) -> tuple[bytes, list[int]]:
        """Lines of the quotes table, and the cuts of those whose speaker is ``known``."""
        rows = [
            quote_row(article_id, quote, _TOKEN if is_known else None)
            for quote, is_known in zip(quotes, known, strict=True)
        ]
        return _cut(self.rows(QUOTES, rows), self._token)

    @staticmethod
    def speaker_id(name: str) -> bytes:
        """What is put at a cut; ids hold nothing that needs escaping."""
        return f'"{name}"'.encode()


Renderer = CsvRenderer | JsonRenderer


def renderer(format: Format, *, safe: bool = False) -> Renderer:
    """The renderer of an output format."""
    return CsvRenderer(safe) if format == "csv" else JsonRenderer(safe)


_SPECIAL = re.compile('[",\r\n]')


def _cell(text: str) -> str:
    if _SPECIAL.search(text) is None:
        return text
    return '"' + text.replace('"', '""') + '"'


def _safe_cell(text: str) -> str:
    return _cell(f"'{text}" if text[:1] in FORMULA_STARTS and text else text)


class _CsvLine:
    """Lines of one article; cells that many of them share are rendered once."""

    __slots__ = ("_cell", "_name", "_sides", "_whos", "_whys")

    def __init__(self, article_id: str, cell: Callable[[str], str]) -> None:
        self._cell = cell
        self._name = cell(article_id)
        self._whos: dict[tuple[object, ...], str] = {}
        self._sides: dict[tuple[str | None, float | None], str] = {}
        self._whys: dict[tuple[str | None, float | None], str] = {}

    def of(self, quote: Quote, known: bool) -> str:
        (
            number, kind, text, start, end, cue, cue_start, cue_end, mention, mention_start, mention_end,
            speaker, _, type, role, country, stance, sure, rule, score,
        ) = quote  # fmt: skip
        cell = self._cell
        who = self._whos.get(key := (speaker, type, role, country, known))
        if who is None:
            cells = [cell(one) if one else "" for one in (speaker, type, role, country)]
            cells.insert(1, _TOKEN if known else "")
            who = self._whos[key] = ",".join(cells)
        side = self._sides.get((stance, sure))
        if side is None:
            side = self._sides[stance, sure] = self._with_number(stance, sure)
        why = self._whys.get((rule, score))
        if why is None:
            why = self._whys[rule, score] = self._with_number(rule, score)
        said = ",," if cue is None else f"{cell(cue)},{cue_start},{cue_end}"
        source = ",," if mention is None else f"{cell(mention)},{mention_start},{mention_end}"
        return (
            f"{self._name},{number},{kind},{cell(text)},{start},{end},{said},{source},{who},{side},{why}\r\n"
        )

    def _with_number(self, word: str | None, number: float | None) -> str:
        # Fixed decimals, so that a probability looks the same everywhere.
        decimals = "" if number is None else f"{number:.{DECIMALS}f}"
        return f"{self._cell(word) if word else ''},{decimals}"


def _cut(lines: bytes, token: bytes) -> tuple[bytes, list[int]]:
    """``lines`` without the tokens, and where these were."""
    pieces = lines.split(token)
    cuts = []
    place = 0
    for piece in pieces[:-1]:
        place += len(piece)
        cuts.append(place)
    return b"".join(pieces), cuts
