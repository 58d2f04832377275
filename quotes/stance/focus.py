"""The focus country: where the events of an article happen.

Every name of a country, place or institution in the text is evidence, weighed by what it
is (a dateline, a place after *di*, a body that only one country has …), by where it stands
(headline and lead count more) and by how often it was counted already. The country with
the most evidence is the focus; None where the text names none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from quotes.lexicon.geography import Geography, Sort, Tie
from quotes.lexicon.phrases import Hit
from quotes.segment import Document

#: Weight of a phrase by what it is: standing alone, after a word of place, after *di*.
_WEIGHTS: dict[Sort, tuple[float, float, float]] = {
    "name": (1.0, 1.5, 2.5),
    "place": (0.8, 1.8, 2.5),
    "guarded": (0.0, 1.5, 2.0),
    "institution": (1.3, 1.3, 1.5),
    "mission": (0.0, 0.0, 0.0),
    "between": (0.0, 0.0, 0.0),
    "nothing": (0.0, 0.0, 0.0),
}
#: A place in the dateline outweighs a whole paragraph about elsewhere.
_DATELINE = 8.0
#: The newsroom's own capital stands in the dateline of many articles on events abroad.
_HOME_DATELINE = 2.5
#: Headline and lead, in words, and how much more they count.
_LEAD_WORDS = 70
_LEAD_FACTOR = 2.0
#: The n-th time the same phrase is counted it weighs 1 / n to this power.
_REPEAT = 0.6
_SIGN = 1.5
#: So many words of talks in the lead make the article one of a meeting; the home country then weighs so much.
_MEETING_WORDS, _MEETING_FACTOR = 2, 4.0
#: One such word is enough where the lead names a leader of either side; how far the country is from the office.
_LED_WORDS, _LEADER_REACH = 1, 3
_ABROAD_FACTOR = 0.6
#: A team bears its country's name wherever it plays: Vietnam U-20, timnas Vietnam.
_TEAM_FACTOR = 0.25
_TEAMS = frozenset(("timnas", "skuad", "skuat"))
_OF_AGE = re.compile(r"u-?\d\d$")
_DATELINE_HEAD = re.compile(
    r"(?:\w+\.(?:CO\.ID|COM|ID|co\.id|com|id)\s*[-–—]\s*[A-Z]{4,20}\.)"  # WARTA.CO.ID - JAKARTA.
    r"|[^\n!?]{2,60}?(?:\s*[—–]|\s+-{1,2}\s|\s*--)"
)
_DATELINE_PARAGRAPHS = 3


def find_ties(document: Document, geography: Geography) -> list[Hit[Tie]]:
    """Every phrase of the text that is tied to a country or to a body between states."""
    return geography.phrases.find(document.words, document.lower)


def focus_country(document: Document, ties: Sequence[Hit[Tie]], geography: Geography) -> str | None:
    """The country with the most evidence, as ISO 3166-1 alpha-2; None where there is none.

    Args:
        document: the article.
        ties: what :func:`find_ties` found in it.
        geography: the language's geographic knowledge.
    """
    scores = evidence(document, ties, geography)
    if not scores:
        return geography.home if geography.home_signs.intersection(document.lower) else None
    scores = _seen_from_home(document, ties, scores, geography)
    # Ties between countries are broken by code, so that the answer never depends on chance.
    return max(sorted(scores), key=lambda country: scores[country])


def _seen_from_home(
    document: Document, ties: Sequence[Hit[Tie]], scores: dict[str, float], geography: Geography
) -> dict[str, float]:
    """The scores with the weight of the newsroom's own country set right.

    Where the home country takes part in talks, wherever they are held, the events are its own.
    Otherwise a dateline abroad says that the home country is named for the readers' sake.
    """
    home = geography.home
    if home not in scores:
        return scores
    mentioned = any(hit.value.country == home and hit.start < _LEAD_WORDS for hit in ties)
    if mentioned and _is_meeting(document, ties, geography):
        return scores | {home: scores[home] * _MEETING_FACTOR}
    dateline = _dateline_words(document)
    places = {hit.value.country for hit in ties if hit.start in dateline and hit.value.sort != "institution"}
    if places and home not in places:
        return scores | {home: scores[home] * _ABROAD_FACTOR}
    return scores


def _is_meeting(document: Document, ties: Sequence[Hit[Tie]], geography: Geography) -> bool:
    """Whether the lead tells of talks: by its words, or by the leaders of both sides and one such word."""
    lower = document.lower
    words = sum(word in geography.meetings for word in lower[:_LEAD_WORDS])
    if words >= _MEETING_WORDS:
        return True
    led = {
        hit.value.country == geography.home
        for hit in ties
        if hit.start < _LEAD_WORDS
        and hit.value.sort == "name"
        and not geography.leaders.isdisjoint(lower[max(0, hit.start - _LEADER_REACH) : hit.start])
    }
    return words >= _LED_WORDS and len(led) > 1


def evidence(document: Document, ties: Sequence[Hit[Tie]], geography: Geography) -> dict[str, float]:
    """The weight of evidence for each country the text speaks of."""
    scores: dict[str, float] = {}
    counted: Counter[int] = Counter()
    lower = document.lower
    dateline = _dateline_words(document)
    home_dated = False
    for start, end, (sort, country, number) in ties:
        if not country:
            continue
        before = lower[start - 1] if start else ""
        step = 2 if before in geography.at else 1 if before in geography.near else 0
        weight = _WEIGHTS[sort][step]
        if start in dateline and sort != "institution":
            at_home = country == geography.home
            if (at_home and home_dated) or (sort == "guarded" and not _stands_alone(document, start)):
                continue  # the name of a newspaper: Jakarta, Warta Nusantara
            home_dated = home_dated or at_home
            weight = _HOME_DATELINE if at_home and lower[start] in geography.seats else _DATELINE
        elif start < _LEAD_WORDS:
            weight *= _LEAD_FACTOR
        if before in _TEAMS or (end < len(lower) and _OF_AGE.match(lower[end])):
            weight *= _TEAM_FACTOR
        if not weight:
            continue
        counted[number] += 1
        scores[country] = scores.get(country, 0.0) + weight * _discount(counted[number])
    for sign, country in geography.signs.items():
        if sign in document.text:
            scores[country] = scores.get(country, 0.0) + _SIGN
    return scores


def _stands_alone(document: Document, word: int) -> bool:
    """Whether no other word of a name stands right before the word."""
    gap = document.gaps[word]
    return word == 0 or "," in gap or "(" in gap or "\n" in gap


@lru_cache(maxsize=256)
def _discount(times: int) -> float:
    return float(times**-_REPEAT)


def _dateline_words(document: Document) -> frozenset[int]:
    """Indices of the words that stand in a dateline."""
    found: set[int] = set()
    for start, _ in document.paragraphs[:_DATELINE_PARAGRAPHS]:
        match = _DATELINE_HEAD.match(document.text, start)
        if match:
            first = document.word_at(start)
            if first < 0 or document.starts[first] < start:
                first += 1
            last = document.word_at(match.end())
            if last - first < 8:
                found.update(range(first, last + 1))
    return frozenset(found)
