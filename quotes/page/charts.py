"""The figures: Vega-Lite specifications (``assets/charts``) drawn as SVG while the page is written.

The page carries no chart library: a figure is a drawing whose every part is a link to its
quotes, in colours that follow the page's light or dark theme.
"""

from __future__ import annotations

import datetime
import json
import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any, NamedTuple
from urllib.parse import urlencode

from quotes.page.gather import Gathered
from quotes.page.stances import Look

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
#: Longest labels, in characters: cutting by width would make Vega measure each text many times.
_NAME, _DETAIL, _ARTICLE = 38, 50, 44


class Period(NamedTuple):
    """A bar of the chart over time: ``first`` and ``last`` are ISO dates, both inside."""

    label: str
    first: str
    last: str
    stances: Counter[str]


def link(view: str, **terms: str) -> str:
    """The address of a view of the page, with its filters."""
    filters = urlencode({("from" if key == "since" else key): value for key, value in terms.items()})
    return f"#{view}?{filters}" if filters else f"#{view}"


def stance_term(label: str) -> str:
    """The filter that finds quotes of this label; quotes without one are found by ``-``."""
    return label or "-"


def draw(found: Gathered, looks: Mapping[str, Look], periods: Iterable[Period]) -> dict[str, str]:
    """The figures by name, as SVG; ``""`` for a figure without anything to show."""
    rows = {
        "share": _share_rows(found, looks),
        "speakers": _speaker_rows(found, looks),
        "time": _time_rows(periods, looks),
        "articles": _article_rows(found, looks),
    }
    return {name: _svg(name, values) if values else "" for name, values in rows.items()}


def periods(dates: Mapping[str, Counter[str]]) -> list[Period]:
    """Quotes by day, week, month or year, whichever gives a readable number of bars, without gaps."""
    days: dict[datetime.date, Counter[str]] = {}
    for date, counts in dates.items():
        day = _day(date)
        if day and counts.total():
            days[day] = counts
    if not days:
        return []
    first, last = min(days), max(days)
    unit = _unit((last - first).days)
    found: dict[datetime.date, Period] = {}
    start = _floor(first, unit)
    while start <= last:
        end = _next(start, unit) - datetime.timedelta(1)
        label = _period_label(start, unit)
        found[start] = Period(label, start.isoformat(), end.isoformat(), Counter())
        start = end + datetime.timedelta(1)
    for day, counts in days.items():
        found[_floor(day, unit)].stances.update(counts)
    return list(found.values())


# --- rows of the figures -------------------------------------------------------------------------


def _share_rows(found: Gathered, looks: Mapping[str, Look]) -> list[dict[str, Any]]:
    if not found.quotes:
        return []
    return [
        {
            "measure": measure,
            "value": value,
            "order": order,
            "colour": looks[share.label].colour,
            "glyph": looks[share.label].sign,
            "href": link("quotes", stance=stance_term(share.label)),
        }
        for order, share in enumerate(found.shares)
        for measure, value in (("Quotes", share.quotes), ("Words", share.words))
        if value
    ]


def _speaker_rows(found: Gathered, looks: Mapping[str, Look]) -> list[dict[str, Any]]:
    rows = []
    for rank, who in enumerate(found.speakers):
        look = looks.get(who.stance, looks[""])
        role = _plain(who.role)
        rows.append(
            {
                "rank": rank,
                "name": _cut(_plain(who.name), _NAME),
                "detail": _cut(f"{look.sign} {look.title}" + (f" · {role}" if role else ""), _DETAIL),
                "quotes": who.quotes,
                "colour": look.colour,
                "href": link("quotes", speaker=who.speaker_id),
            }
        )
    return rows


def _time_rows(periods: Iterable[Period], looks: Mapping[str, Look]) -> list[dict[str, Any]]:
    return [
        {
            "period": f"{place}|{period.label}",
            "quotes": period.stances[look.label],
            "order": order,
            "colour": look.colour,
            "href": link("quotes", stance=stance_term(look.label), since=period.first, to=period.last),
        }
        for place, period in enumerate(periods)
        for order, look in enumerate(looks.values())
        # A period without quotes keeps its place on the axis.
        if period.stances[look.label] or (order == 0 and not period.stances.total())
    ]


def _article_rows(found: Gathered, looks: Mapping[str, Look]) -> list[dict[str, Any]]:
    rows = []
    for place, article in enumerate(found.top_articles):
        known = sum(article.stances.values())
        stances = article.stances | {"": article.quotes - known}
        for order, look in enumerate(looks.values()):
            if stances.get(look.label, 0) > 0:
                terms = {"article": article.article_id, "stance": stance_term(look.label)}
                rows.append(
                    {
                        "place": place,
                        "article": article_label(article.article_id),
                        "open": link("article", id=article.article_id),
                        "quotes": stances[look.label],
                        "order": order,
                        "colour": look.colour,
                        "href": link("quotes", **terms),
                    }
                )
    return rows


def article_label(article_id: str) -> str:
    """The end of an article's path, which tells it from its neighbours."""
    label = _plain(article_id.rstrip("/").rsplit("/", 1)[-1]) or _plain(article_id)
    return label if len(label) <= _ARTICLE else "…" + label[1 - _ARTICLE :]


def _cut(label: str, longest: int) -> str:
    return label if len(label) <= longest else label[: longest - 1].rstrip() + "…"


def _plain(text: str) -> str:
    """``text`` on one line, without characters that are invisible, turn the line around or break XML."""
    shown = (char if unicodedata.category(char)[0] != "C" else " " for char in text)
    return " ".join("".join(shown).split())


#: Dates outside these years are slips of the pen and would only stretch the axis.
_YEARS = (1900, 2100)


# --- periods -------------------------------------------------------------------------------------


def _day(date: str) -> datetime.date | None:
    try:
        day = datetime.date.fromisoformat(date)
    except ValueError:
        return None
    return day if _YEARS[0] <= day.year <= _YEARS[1] else None


def _unit(days: int) -> str:
    for unit, most in (("day", 31), ("week", 217), ("month", 1100)):
        if days <= most:
            return unit
    return "year"


def _floor(day: datetime.date, unit: str) -> datetime.date:
    if unit == "week":
        return day - datetime.timedelta(day.weekday())
    if unit == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if unit == "year" else day


def _next(start: datetime.date, unit: str) -> datetime.date:
    if unit == "month":
        return (start + datetime.timedelta(31)).replace(day=1)
    if unit == "year":
        return start.replace(year=start.year + 1)
    return start + datetime.timedelta(7 if unit == "week" else 1)


def _period_label(start: datetime.date, unit: str) -> str:
    if unit == "year":
        return str(start.year)
    month = _MONTHS[start.month - 1]
    return f"{month} {start.year}" if unit == "month" else f"{start.day} {month}"


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


# --- drawing -------------------------------------------------------------------------------------


@cache
def _chart_file(name: str) -> str:
    return resources.files("quotes.page").joinpath("assets", "charts", f"{name}.json").read_text("utf-8")


def _svg(name: str, values: list[dict[str, Any]]) -> str:
    import vl_convert

    spec = json.loads(_chart_file("config")) | json.loads(_chart_file(name))
    spec["data"] = {"values": values}
    return _inlined(vl_convert.vegalite_to_svg(spec), name)


def _inlined(svg: str, name: str) -> str:
    """The drawing as part of a page: scalable, silent (a table beside it speaks), its links made local."""
    ET.register_namespace("", _SVG)
    root = ET.fromstring(svg)
    width, height = float(root.attrib.pop("width")), float(root.attrib.pop("height"))
    root.attrib.update({"viewBox": f"0 0 {width:g} {height:g}", "aria-hidden": "true", "focusable": "false"})
    for element in root.iter():
        # The figure as a whole is hidden from screen readers; leftovers of Vega's own labels only weigh.
        for attribute in ("class", "role", "aria-roledescription", "aria-label", "aria-hidden"):
            if element is not root or attribute == "class":
                element.attrib.pop(attribute, None)
        target = element.attrib.pop(f"{{{_XLINK}}}href", None)
        if target is not None:
            # Vega resolves addresses against a site of its own; only the part after # is ours.
            element.attrib.update({"href": "#" + target.partition("#")[2], "tabindex": "-1"})
    _rename_clips(root, name)
    return ET.tostring(root, encoding="unicode")


def _rename_clips(root: ET.Element, name: str) -> None:
    """Count the ids of clips from 0 in each figure; Vega counts through all figures of a process."""
    names: dict[str, str] = {}
    for element in root.iter():
        if (old := element.get("id")) is not None:
            names[old] = f"{name}-{len(names)}"
            element.set("id", names[old])
    for element in root.iter():
        if (clip := element.get("clip-path")) is not None:
            element.set("clip-path", f"url(#{names[clip[5:-1]]})")
