"""Forms: what one speaker of one article is called there, and what is counted of an article."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from quotes.people.names import fold
from quotes.people.roles import identifies
from quotes.records import SPEECH_KINDS, Analysis
from quotes.tables import words


class Local(NamedTuple):
    """A speaker of one article who has rows; ``form`` is :func:`form_of` what follows."""

    form: int
    name: str
    type: str
    role: str | None
    country: str | None


class Said(NamedTuple):
    """What one speaker of an article says for one side in one kind.

    Attributes:
        speaker: index into the article's speakers; -1: none known.
        stance: index into the labels of the run; -1: none known.
        kind: index into ``records.SPEECH_KINDS``.
        quotes: how often.
        words: in as many words.
        first: which of the article's rows of speech is the first of these, from 0.
    """

    speaker: int
    stance: int
    kind: int
    quotes: int
    words: int
    first: int


class Spoken(NamedTuple):
    """The rows of speech of one article, as far as the whole input is concerned.

    Attributes:
        rows: how many there are.
        said: who says how much, no two alike in speaker, stance and kind.
    """

    rows: int
    said: tuple[Said, ...]


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


def spoken_of(analysis: Analysis, voices: Sequence[int], labels: Sequence[str]) -> Spoken:
    """Who says how much in an article.

    Args:
        analysis: the article.
        voices: as :func:`speakers_of` gives them.
        labels: the stance labels of the run.
    """
    found: dict[tuple[int, int, int], list[int]] = {}
    sides: dict[str | None, int] = {label: index for index, label in enumerate(labels)}
    place = 0
    for quote, who in zip(analysis.quotes, voices, strict=True):
        kind = _KINDS.get(quote.kind)
        if kind is None:
            continue
        key = (who, sides.get(quote.stance, -1), kind)
        known = found.get(key)
        if known is None:
            found[key] = [1, words(quote.text), place]
        else:
            known[0] += 1
            known[1] += words(quote.text)
        place += 1
    return Spoken(place, tuple([Said(*key, *counts) for key, counts in found.items()]))


def numbered(order: int, speakers: Sequence[Local], spoken: Spoken) -> list[int]:
    """The forms of an article's speakers; who has none of his own is told by his first row's place.

    Args:
        order: the place of the article's first row among all rows of the run.
        speakers: its speakers.
        spoken: what they say.
    """
    forms = [who[0] for who in speakers]
    if 0 in forms:
        # In the order of their first rows, so the first that is met is a speaker's first.
        for said in spoken.said:
            if said[0] >= 0 and not forms[said[0]]:
                forms[said[0]] = -(order + said[5]) - 1
    return forms


_KINDS: dict[str, int] = {kind: index for index, kind in enumerate(SPEECH_KINDS)}
