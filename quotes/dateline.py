"""The date of an article from its own opening, where neither record nor page tells one.

Indonesian news names its day in the first sentences (*Senin (2/3/2026)*), in a dateline
(*JAKARTA, 3 Mei 2024 –*) or in a header line (*03/05/2024, 10:15 WIB*). Only dates with a
year count, and only in one of these forms: a birthday or an anniversary is no date of news.
"""

from __future__ import annotations

import re
from datetime import date

from quotes.lexicon.calendar import Calendar

#: How much of a text is its opening, in code points.
OPENING = 800
#: Words before the date in a dateline or header line, in code points.
_HEAD = 60

# Years are few and quickly found; the day and the month stand before them.
_YEAR = re.compile(r"(?:19|20)[0-9][0-9](?![0-9/-])")
_DAY_AND_MONTH = re.compile(r"([0-9]{1,2})(?:([/.-])([0-9]{1,2})\2|\s+([^\W\d_]{3,9})\.?,?\s+)\Z")
_LONGEST = 20
_JOINED = frozenset("/.-")
_AFTER_HEAD = re.compile(r"\s*[,)]?\s*(?:[–—|]|-|\(?\d{1,2}[.:]\d\d\b|pukul\b)|[ \t]*(?:[\r\n]|\Z)")
_SENTENCE_END = re.compile(r"[!?]|\.\s")


def date_of(text: str, calendar: Calendar) -> str | None:
    """The date in the opening of ``text`` as ``2026-03-02``, or None."""
    opening = text[:OPENING]
    for year in _YEAR.finditer(opening):
        first = max(0, year.start() - _LONGEST)
        match = _DAY_AND_MONTH.search(opening[first : year.start()])
        found = _iso(match, year[0], calendar) if match else None
        if (
            match
            and found
            and _is_date_of_news(opening, first + match.start(), year.end(), match[2], calendar)
        ):
            return found
    return None


def _iso(match: re.Match[str], year: str, calendar: Calendar) -> str | None:
    day, _, number, name = match.groups()
    month = int(number) if number else calendar.months.get(name.lower())
    try:
        return date(int(year), month or 0, int(day)).isoformat()
    except ValueError:
        return None


def _is_date_of_news(opening: str, start: int, end: int, mark: str | None, calendar: Calendar) -> bool:
    before = opening[max(0, start - _HEAD) : start]
    if before[-1:].isdigit() or before[-1:] in _JOINED:
        return False
    words = before.rstrip(" ,(\t\xa0").split()
    if words and words[-1].lstrip("(").lower() in calendar.weekdays:
        return True
    if mark == "/" and before.endswith("(") and opening.startswith(")", end):
        return True
    line = max(opening.rfind(break_, 0, start) for break_ in "\r\n\x85\u2028\u2029") + 1
    if start - line > _HEAD or _SENTENCE_END.search(opening, line, start):
        return False
    return bool(_AFTER_HEAD.match(opening, end))
