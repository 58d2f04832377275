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

_DATE = re.compile(
    r"(?<![\d/.-])(\d{1,2})(?:([/.-])(\d{1,2})\2|\s+([^\W\d_]{3,9})\.?,?\s+)((?:19|20)\d\d)(?![\d/-])"
)
_WORD_BEFORE = re.compile(r"([^\W\d_]+(?:['’][^\W\d_]+)?)[\s,(]*\Z")
_AFTER_HEAD = re.compile(r"\s*[,)]?\s*(?:[–—|]|-|\(?\d{1,2}[.:]\d\d\b|pukul\b)|[ \t]*(?:[\r\n]|\Z)")
_SENTENCE_END = re.compile(r"[!?]|\.\s")


def date_of(text: str, calendar: Calendar) -> str | None:
    """The date in the opening of ``text`` as ``2026-03-02``, or None."""
    opening = text[:OPENING]
    for match in _DATE.finditer(opening):
        found = _iso(match, calendar)
        if found and _is_date_of_news(opening, match, calendar):
            return found
    return None


def _iso(match: re.Match[str], calendar: Calendar) -> str | None:
    day, _, number, name, year = match.groups()
    month = int(number) if number else calendar.months.get(name.lower())
    try:
        return date(int(year), month or 0, int(day)).isoformat()
    except ValueError:
        return None


def _is_date_of_news(opening: str, match: re.Match[str], calendar: Calendar) -> bool:
    before = opening[max(0, match.start() - _HEAD) : match.start()]
    word = _WORD_BEFORE.search(before)
    if word and word[1].lower() in calendar.weekdays:
        return True
    if match[2] == "/" and before.endswith("(") and opening.startswith(")", match.end()):
        return True
    line = max(opening.rfind(end, 0, match.start()) for end in "\r\n\x85\u2028\u2029") + 1
    if match.start() - line > _HEAD or _SENTENCE_END.search(opening, line, match.start()):
        return False
    return bool(_AFTER_HEAD.match(opening, match.end()))
