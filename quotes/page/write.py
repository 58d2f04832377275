"""Finished tables in, ``report.html`` out."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from quotes import __version__, stored
from quotes.errors import RunError
from quotes.page import charts
from quotes.page.gather import MAX_PROBLEMS, MAX_TEXT, QUOTE_CELLS, Gathered, Source, gather
from quotes.page.stances import looks
from quotes.records import SPEECH_KINDS

NAME = "report.html"


def write_page(
    folder: Path,
    *,
    format: str = "csv",
    sources: Iterable[Source] = (),
    spreadsheet_safe: bool = False,
    title: str | None = None,
) -> Path:
    """Write ``folder/report.html`` from the five finished tables in ``folder``.

    The tables are read as streams, the texts only as far as the page holds them
    (``gather.MAX_ARTICLES``, ``gather.MAX_BYTES``), so that memory is bounded whatever the
    size of the tables. The same tables and sources give the same bytes. The page appears
    complete or not at all.

    Args:
        folder: the output folder with ``quotes``, ``speakers``, ``articles``, ``stance``
            and ``problems`` in ``format``.
        format: ``csv``, ``parquet`` or ``jsonl``, as in ``--format``.
        sources: dates and texts of articles, consumed once, in the order of the articles
            table; articles may be missing, but each one given has a row there.
        spreadsheet_safe: whether the tables were written with ``--spreadsheet-safe``.
        title: heading of the page.

    Returns:
        The path of the page.

    Raises:
        RunError: a table is missing or the page cannot be written.
    """
    found = gather(stored.Tables(folder, format, spreadsheet_safe), sources)
    path = folder / NAME
    unfinished = folder / f".{NAME}.{os.getpid()}"
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(_render(found, title or "Who said what"))
        os.replace(unfinished, path)
    except OSError as error:
        raise RunError(f"{path}: cannot be written ({error.strerror}); make room and run again") from None
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink()
    return path


def _render(found: Gathered, title: str) -> Iterator[str]:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("quotes.page", "assets"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["count"] = lambda number: f"{number:,}"
    environment.filters["safe_svg"] = jinja2.filters.do_mark_safe
    style, script = _asset("page.css"), _asset("page.js")
    seen = looks(found.labels)
    for share in found.shares:
        seen.setdefault(share.label, seen[""])
    spans = charts.periods(found.dates)
    return environment.get_template("page.html.j2").generate(
        title=title,
        version=__version__,
        policy=_policy(style, script),
        style=jinja2.filters.do_mark_safe(style),
        script=jinja2.filters.do_mark_safe(script),
        found=found,
        looks=seen,
        kinds=SPEECH_KINDS,
        periods=spans,
        figures=charts.draw(found, seen, spans),
        link=charts.link,
        stance_term=charts.stance_term,
        article_label=charts.article_label,
        limits={"text": MAX_TEXT, "problems": MAX_PROBLEMS},
        settings=_json({"labels": [look._asdict() for look in seen.values()], "cells": QUOTE_CELLS}),
    )


def _json(value: Any) -> Any:
    """JSON that may stand inside a script element."""
    import markupsafe

    text = json.dumps(value, separators=(",", ":"))
    return markupsafe.Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _policy(style: str, script: str) -> str:
    """What the page may do: run its one script, use its one style sheet, and nothing else."""
    return (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


@cache
def _asset(name: str) -> str:
    return resources.files("quotes.page").joinpath("assets", name).read_text("utf-8")
