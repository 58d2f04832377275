"""Finished tables made by hand, for tests of the page and of corrections.

Only the form of the tables is made here; the articles and rows come from the tests.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quotes import tables

STANCES = ("official", "protester", "foreign_government", "other")
SPEECH = ("direct", "mixed", "indirect")


@dataclass
class Made:
    """One article with its rows; ``quotes`` are dicts of quotes.csv columns, words instead of offsets."""

    article_id: str
    text: str
    quotes: list[dict[str, Any]] = field(default_factory=list)
    date: str | None = None
    focus: str = "ID"
    problems: list[tuple[str, str, str]] = field(default_factory=list)

    def rows(self) -> list[dict[str, Any]]:
        return [self._row(number, quote) for number, quote in enumerate(self.quotes, 1)]

    def _row(self, number: int, quote: dict[str, Any]) -> dict[str, Any]:
        row: dict[str, Any] = dict.fromkeys(tables.QUOTES, "")
        row |= {"article_id": self.article_id, "quote_id": number, "kind": "direct"} | quote
        for part in ("text", "cue", "mention"):
            prefix = "" if part == "text" else f"{part}_"
            if row[part] and row[f"{prefix}start"] == "":
                start = self.text.index(row[part])
                row |= {f"{prefix}start": start, f"{prefix}end": start + len(row[part])}
        if row["speaker"]:
            row |= {"speaker_id": row["speaker_id"] or f"s-{row['speaker']}"}
            row |= {key: row[key] or value for key, value in ATTRIBUTED.items()}
        if row["stance"]:
            row["stance_score"] = row["stance_score"] or "0.91"
        return row


ATTRIBUTED = {"speaker_type": "person", "rule": "cue-after", "score": "0.93"}


def write_tables(folder: Path, articles: list[Made], *, format: str = "csv", safe: bool = False) -> None:
    """The five tables of ``articles`` in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [(made, row) for made in articles for row in made.rows()]
    put = lambda name, columns, lines: _write(folder, name, columns, lines, format, safe)  # noqa: E731
    put("quotes", tables.QUOTES, [row for _, row in rows])
    put("articles", tables.ARTICLES, [_article(made) for made in articles])
    put("speakers", tables.SPEAKERS, _speakers([row for _, row in rows]))
    put("stance", tables.STANCE, _stances([row for _, row in rows]))
    problems = [
        dict(zip(tables.PROBLEMS, (made.article_id, *problem), strict=True))
        for made in articles
        for problem in made.problems
    ]
    put("problems", tables.PROBLEMS, problems)


def _article(made: Made) -> dict[str, Any]:
    rows = made.rows()
    kinds = Counter(row["kind"] for row in rows)
    stances = Counter(row["stance"] for row in rows if row["kind"] in SPEECH)
    return {
        "article_id": made.article_id,
        "focus_country": made.focus,
        "characters": len(made.text),
        "quotes": sum(kinds[kind] for kind in SPEECH),
        **{kind: kinds[kind] for kind in SPEECH},
        "not_speech": kinds["other"],
        "attributed": sum(1 for row in rows if row["speaker"]),
        **{stance: stances[stance] for stance in STANCES},
        "problems": len(made.problems),
    }


def _speakers(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        if not row["speaker"]:
            continue
        same = ("speaker_id", "speaker", "speaker_type", "role", "country", "stance")
        who = found.setdefault(
            row["speaker_id"],
            {key: row[key] for key in same}
            | dict.fromkeys(("articles", "quotes", "direct", "mixed", "indirect", "words"), 0)
            | {"first_article": row["article_id"], "in": set()},
        )
        who["in"].add(row["article_id"])
        who["articles"] = len(who["in"])
        who["quotes"] += 1
        who[row["kind"]] += 1
        who["words"] += len(row["text"].split())
    return list(found.values())


def _stances(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        if row["kind"] in SPEECH:
            found.setdefault((row["stance"], row["kind"]), []).append(row)
    return [
        {
            "stance": stance,
            "kind": kind,
            "quotes": len(group),
            "words": sum(len(row["text"].split()) for row in group),
            "speakers": len({row["speaker"] for row in group}),
            "articles": len({row["article_id"] for row in group}),
        }
        for (stance, kind), group in sorted(found.items())
    ]


def _write(
    folder: Path, name: str, columns: tuple[str, ...], rows: list[dict[str, Any]], format: str, safe: bool
) -> None:
    path = folder / f"{name}.{format}"
    lines = [{column: row[column] for column in columns} for row in rows]
    if format == "csv":
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, columns)
            writer.writeheader()
            writer.writerows({key: _cell(value, safe) for key, value in line.items()} for line in lines)
    elif format == "jsonl":
        with path.open("w", encoding="utf-8") as out:
            for line in lines:
                out.write(json.dumps({k: None if v == "" else v for k, v in line.items()}) + "\n")
    else:
        import pandas

        strings = [
            {key: None if value == "" else str(value) for key, value in line.items()} for line in lines
        ]
        pandas.DataFrame(strings, columns=list(columns)).to_parquet(path)


def _cell(value: Any, safe: bool) -> Any:
    if safe and isinstance(value, str) and value[:1] in tuple("=+-@\t\r"):
        return "'" + value
    return value
