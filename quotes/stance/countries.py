"""The country a speaker speaks for, from role, body and mention."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from quotes.lexicon import Lexicon
from quotes.segment import WORD

#: What a description says where it speaks for a body between states.
BETWEEN = "between"
#: Words after which a country is where somebody works, not for whom: duta besar AS untuk Tiongkok.
_ELSEWHERE = frozenset({"untuk", "bagi", "di", "urusan", "terhadap", "asal", "soal", "tentang", "ke"})


class Affiliation(NamedTuple):
    """What a description tells of the state behind a speaker.

    Attributes:
        country: alpha-2 code of the country named, or None.
        between: whether a body between states is named.
        seat: whether the description is nothing but a country or its seat of government.
    """

    country: str | None
    between: bool
    seat: bool


@lru_cache(maxsize=4096)
def affiliation(description: str, lexicon: Lexicon) -> Affiliation:
    """The affiliation that ``description`` (a role, a body's name or a mention) tells.

    The first country or body named decides: a *duta besar AS untuk Tiongkok* speaks for the
    United States. A body between states yields to a country after it (*Direktur Kerja Sama
    ASEAN Kemlu RI*), and so does an institution that Indonesian papers abbreviate like their
    own: *Kemlu China*.
    """
    words = WORD.findall(description)
    lower = [word.lower() for word in words]
    geography = lexicon.geography
    seat = geography.seats.get(" ".join(lower))
    if seat is not None:
        return Affiliation(seat, between=False, seat=True)
    institution: str | None = None
    between = False
    for start, end, tie in geography.phrases.find(words, lower):
        if tie.sort == "nothing" or (start and lower[start - 1] in _ELSEWHERE):
            continue
        if tie.sort == "between":
            between = True
            continue
        if between and tie.sort not in ("name", "mission", "institution"):
            continue
        if tie.sort == "guarded" and not start:
            continue
        if tie.sort == "institution":
            institution = institution or tie.country
            continue
        if institution and tie.sort not in ("name", "mission"):
            break
        whole = tie.sort == "name" and start == 0 and end == len(words)
        return Affiliation(tie.country, between=False, seat=whole)
    return Affiliation(institution, between=between and institution is None, seat=False)
