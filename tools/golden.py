#!/usr/bin/env python3
"""Golden cases: whole analyses of fixture articles, as they were read and found right.

Each tests/golden/SET--NAME.json holds the rows of fixtures/articles/SET/NAME.txt. Without an
option the differences are told; ``--write`` makes the files anew, and those of ARTICLES named
(SET/NAME.txt) besides. Read the difference before you commit it.

Exit status: 0 nothing differs (or written), 1 something does, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import difflib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quotes.engine import default_engine
from quotes.pipeline import analyze_batch
from quotes.records import Analysis, Article, Quote

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "fixtures" / "articles"
GOLDEN = ROOT / "tests" / "golden"
COMMAND = "python tools/golden.py --write"

#: What a golden row holds; confidences are left out, because they move with every training.
FIELDS = (
    "kind",
    "text",
    "start",
    "end",
    "cue",
    "cue_start",
    "mention",
    "mention_start",
    "speaker",
    "speaker_type",
    "role",
    "country",
    "stance",
    "rule",
)


def cases(folder: Path = GOLDEN) -> list[str]:
    """The articles that have a golden file, as SET/NAME.txt."""
    return [path.stem.replace("--", "/", 1) + ".txt" for path in sorted(folder.glob("*.json"))]


def golden_file(article: str, folder: Path = GOLDEN) -> Path:
    """Where the rows of an article are kept."""
    return folder / (article.removesuffix(".txt").replace("/", "--") + ".json")


def as_json(article: str) -> str:
    """Today's rows of an article, in the form of a golden file."""
    with (ARTICLES / article).open(encoding="utf-8", newline="") as file:
        (found,) = analyze_batch([Article(article, file.read())], default_engine())
    return json.dumps(_data(found), ensure_ascii=False, indent=1) + "\n"


def _data(found: Analysis) -> dict[str, Any]:
    return {
        "article": found.article_id,
        "characters": found.characters,
        "focus_country": found.focus_country,
        "date": found.date,
        "quotes": [_row(row) for row in found.quotes],
        "problems": [{"code": problem.code, "start": problem.start} for problem in found.problems],
    }


def _row(row: Quote) -> dict[str, Any]:
    """The fields of a row that are told, the empty ones left out."""
    values = {name: getattr(row, name) for name in FIELDS}
    return {name: value for name, value in values.items() if value is not None}


def differences(article: str) -> list[str]:
    """What changed since the golden file was made, as lines of a diff."""
    path = golden_file(article)
    before = path.read_text(encoding="utf-8").splitlines()
    return list(difflib.unified_diff(before, as_json(article).splitlines(), path.name, "today", lineterm=""))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the tool."""
    parser = argparse.ArgumentParser(description="Golden cases: whole analyses of fixture articles.")
    parser.add_argument("--write", action="store_true", help="make the golden files anew")
    parser.add_argument("articles", nargs="*", metavar="ARTICLE", help="with --write: SET/NAME.txt to add")
    options = parser.parse_args(arguments)
    if options.articles and not options.write:
        parser.error("an ARTICLE is added with --write")
    for article in options.articles:
        if not (ARTICLES / article).is_file():
            parser.error(f"there is no fixtures/articles/{article}")
    if options.write:
        GOLDEN.mkdir(exist_ok=True)
        for article in dict.fromkeys((*cases(), *options.articles)):
            golden_file(article).write_text(as_json(article), encoding="utf-8")
        return 0
    told = [line for article in cases() for line in differences(article)]
    print("\n".join(told))
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
