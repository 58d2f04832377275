"""Dates as records and pages write them, to ISO dates."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Any

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)|(\d{4})(\d\d)(\d\d)$")
_LONGEST = 60


def iso_date(value: Any) -> str | None:
    """``2026-01-31`` for a date, a timestamp or a way of writing either; None where it is none.

    Days come before months (31/1/2026), as Indonesian writes them; a time of day and its
    zone are dropped, not converted.
    """
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        value = str(int(value)) if abs(value) < 1e16 else ""
    return _parse(value.strip()) if isinstance(value, str) and len(value) <= _LONGEST else None


@lru_cache(maxsize=4096)
def _parse(text: str) -> str | None:
    if match := _ISO.match(text):
        try:
            return date(*(int(part) for part in match.groups() if part)).isoformat()
        except ValueError:
            return None
    if not any(c.isdigit() for c in text) or (text.isdigit() and len(text) not in (10, 13)):
        return None  # a word, a year, an amount
    import dateparser  # (heavy, and few need it)

    found = dateparser.parse(
        text,
        languages=["id", "en"],
        settings={
            "DATE_ORDER": "DMY",
            "REQUIRE_PARTS": ["day", "month", "year"],
            "PARSERS": ["timestamp", "absolute-time"],  # none that counts from today
            "TIMEZONE": "UTC",
        },
    )
    return found.date().isoformat() if found else None
