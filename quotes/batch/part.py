"""Parts: what one batch gave, on its way from a worker to the tables.

A part holds units in the order of the tables. A unit is what one file or one record gave:
usually one article, sometimes only a problem. Everything is rendered already except the
speaker ids, which need the whole input: the places where they belong (the *cuts*) and the
speakers with what they say are all that the rest of the run looks at.

On disk and on the wire a part is a line of JSON with sizes and keys (readable by itself),
a line of JSON with everything but the bytes, and the bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from quotes.people.forms import Local, Said, Spoken

#: Changes whenever parts of an older program cannot be read any more.
PART_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Piece:
    """One article, rendered.

    Attributes:
        article_id: its id.
        date: its date, where it tells one.
        speakers: those who have rows.
        spoken: what they say.
        cuts: the places in ``quotes`` where speaker ids belong.
        voices: whose ids: indices into ``speakers``.
        not_speech: rows of kind other.
        quotes: its rows of the quotes table, without speaker ids.
        article: its row of the articles table.
        text: its text, where it was asked for.
    """

    article_id: str
    date: str | None
    speakers: tuple[Local, ...]
    spoken: Spoken
    cuts: list[int]
    voices: list[int]
    not_speech: int
    quotes: bytes = b""
    article: bytes = b""
    text: str | None = None


class Key(NamedTuple):
    """Where a unit stands in the order of the tables: the file's article_id, and a record's place in it."""

    source: str
    item: int


@dataclass(frozen=True, slots=True)
class Unit:
    """What one file or record gave.

    Attributes:
        key: its place.
        version: changes whenever the file may have changed; "" where nothing is known.
        content: a digest of what was read, corrections included.
        pieces: its articles.
        codes: how often each problem code occurs.
        problems: the rendered rows of the problems table.
        missed: how many articles could not be read.
    """

    key: Key
    version: str
    content: str
    pieces: tuple[Piece, ...] = ()
    codes: dict[str, int] = field(default_factory=dict)
    problems: bytes = b""
    missed: int = 0


class Span(NamedTuple):
    """The first line of a part: which units it holds, and its length after that line."""

    first: Key
    last: Key
    size: int


def digest(*values: str) -> str:
    """A short digest of strings, for names of parts and contents of units."""
    found = hashlib.blake2b(digest_size=16)
    for value in values:
        data = value.encode("utf-8", "surrogatepass")
        found.update(len(data).to_bytes(8, "big"))
        found.update(data)
    return found.hexdigest()


def name_of(units: Iterable[Unit]) -> str:
    """The name of the part that holds ``units``: the same units have the same name."""
    return digest(
        *(
            f"{unit.key.source}\0{unit.key.item}\0{unit.version}\0{unit.content}\0{_has_text(unit)}"
            for unit in units
        )
    )


def encode(units: Sequence[Unit]) -> bytes:
    """The part that holds ``units`` (at least one)."""
    head, body = encode_head(units), b"".join(_bytes(units))
    first, last = units[0].key, units[-1].key
    return b"%b\n%b%b" % (json.dumps([PART_FORMAT, first, last, len(head) + len(body)]).encode(), head, body)


def encode_head(units: Sequence[Unit]) -> bytes:
    """The units without their bytes, as one line."""
    return json.dumps([_packed(unit) for unit in units], separators=(",", ":")).encode() + b"\n"


def span(line: bytes) -> Span | None:
    """The first line of a part, or None where it is none (of this program)."""
    try:
        format, first, last, size = json.loads(line)
        return Span(Key(*first), Key(*last), int(size)) if format == PART_FORMAT else None
    except (ValueError, TypeError):
        return None


def decode(data: bytes) -> list[Unit]:
    """The units of a part.

    Raises:
        ValueError: the part is not whole.
    """
    line, _, rest = data.partition(b"\n")
    found = span(line)
    if found is None or found.size != len(rest):
        raise ValueError("not a whole part")
    head, _, body = rest.partition(b"\n")
    return _units(head, _Body(body).take)


def decode_head(head: bytes) -> list[Unit]:
    """The units without their bytes."""
    return _units(head, lambda size: b"")


class _Body:
    """The bytes of a part, taken from the front."""

    __slots__ = ("_data", "_place")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._place = 0

    def take(self, size: int) -> bytes:
        place = self._place
        self._place = place + size
        return self._data[place : place + size]


def _packed(unit: Unit) -> list[Any]:
    pieces = [
        [
            piece.article_id,
            piece.date,
            piece.speakers,
            piece.spoken,
            piece.cuts,
            piece.voices,
            piece.not_speech,
            len(piece.quotes),
            len(piece.article),
            -1 if piece.text is None else len(_encoded(piece.text)),
        ]
        for piece in unit.pieces
    ]
    return [unit.key, unit.version, unit.content, pieces, unit.codes, len(unit.problems), unit.missed]


def _bytes(units: Sequence[Unit]) -> Iterator[bytes]:
    for unit in units:
        yield unit.problems
        for piece in unit.pieces:
            yield piece.quotes
            yield piece.article
            if piece.text is not None:
                yield _encoded(piece.text)


def _units(head: bytes, take: Callable[[int], bytes]) -> list[Unit]:
    units = []
    for key, version, content, packed, codes, problems_size, missed in json.loads(head):
        problems = take(problems_size)
        pieces = tuple([_piece(piece, take) for piece in packed])
        units.append(Unit(Key(*key), version, content, pieces, codes, problems, missed))
    return units


def _piece(packed: list[Any], take: Callable[[int], bytes]) -> Piece:
    article_id, date, speakers, (rows, said), cuts, voices, not_speech, quotes, article, text = packed
    return Piece(
        article_id,
        date,
        tuple([Local._make(who) for who in speakers]),
        Spoken(rows, tuple([Said._make(one) for one in said])),
        cuts,
        voices,
        not_speech,
        take(quotes),
        take(article),
        _decoded(take(text)) if text >= 0 else None,
    )


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def _has_text(unit: Unit) -> bool:
    return any(piece.text is not None for piece in unit.pieces)
