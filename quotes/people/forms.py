"""Forms: what one speaker of one article is called there, and what is counted of an article."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from quotes.people.names import fold
from quotes.people.roles import identifies
from quotes.records import SPEECH_KINDS, Analysis


class Local(NamedTuple):
    """A speaker of one article who has rows; ``form`` is :func:`form_of` what follows."""

    form: int
    name: str
    type: str
    role: str | None
    country: str | None


class Spoken(NamedTuple):
    """The rows of speech of one article, column by column, as far as the whole input is concerned.

    Attributes:
        cuts: where each row's speaker id belongs in the article's rendered rows.
        speakers: indices into the article's speakers; -1: none known, and the cut tells nothing.
        stances: indices into the labels of the run; -1: none known.
        kinds: indices into ``records.SPEECH_KINDS``.
        words: lengths of the quotes.
    """

    cuts: list[int]
    speakers: list[int]
    stances: list[int]
    kinds: list[int]
    words: list[int]


@lru_cache(maxsize=65536)
def form_of(name: str, type: str, role: str | None, country: str | None, named: bool) -> int:
    """The number of a form: the same in every article, process and run.

    0 where nothing would tell the speaker again in another article: describing phrases,
    persons of a single name without an office, bodies called by a common noun (*perusahaan*)
    of no country. Such speakers are one per article.
    """
    if not named:
        return 0
    if type == "person":
        words = fold(name)
        if not words or (len(words) == 1 and not (role and identifies(role))):
            return 0
    elif not country and name[:1].islower():
        return 0
    key = "\0".join((name, type, role or "", country or ""))
    data = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return (int.from_bytes(data, "big") >> 1) or 1


def speakers_of(analysis: Analysis) -> tuple[list[Local], list[int]]:
    """The speakers of an article's rows, and for each row which of them speaks.

    -1 where nobody does: kind other, and speakers who are not known. Corrections may give
    one speaker two roles; he is two locals then, and one person again over the whole input.
    """
    found: dict[tuple[int, str, str | None, str | None, str | None], int] = {}
    who = []
    for quote in analysis.quotes:
        if quote.speaker is None or quote.kind not in SPEECH_KINDS:
            who.append(-1)
            continue
        said = (quote.speaker_index, quote.speaker, quote.speaker_type, quote.role, quote.country)
        who.append(found.setdefault(said, len(found)))
    speakers = []
    for index, name, type, role, country in found:
        known = 0 <= index < len(analysis.speakers)
        named = analysis.speakers[index].named if known else name[:1].isupper()
        kind = type or "person"
        speakers.append(Local(form_of(name, kind, role, country, named), name, kind, role, country))
    return speakers, who


def numbered(order: int, speakers: Sequence[Local], rows: Spoken) -> list[int]:
    """The forms of an article's speakers; who has none of his own is told by his first row's place.

    Args:
        order: the place of the article's first row among all rows of the run.
        speakers: its speakers.
        rows: its rows.
    """
    forms = [who[0] for who in speakers]
    if 0 in forms:
        for place, who in enumerate(rows.speakers, order):
            if who >= 0 and not forms[who]:
                forms[who] = -place - 1
    return forms
