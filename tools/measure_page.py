#!/usr/bin/env python3
"""Measure the page: size, processor time and memory for the fixture articles, many times over.

    python tools/measure_page.py 1 32 200

Prints the table of docs/page.md, one line per number of repetitions.
"""

from __future__ import annotations

import csv
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "fixtures" / "articles"


def repeat(source: Path, target: Path, times: int) -> None:
    """The tables of ``source`` in ``target``, every article ``times`` times under other names."""
    target.mkdir()
    for name in ("quotes", "articles", "problems", "speakers", "stance"):
        with (source / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            header, *rows = csv.reader(lines)
        with (target / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(header)
            for number in range(times if header[0] == "article_id" else 1):
                writer.writerows([f"{number:04}/{row[0]}", *row[1:]] if times > 1 else row for row in rows)


def measure(folder: Path, times: int) -> str:
    """One line of the table; run in a process of its own, whose memory is measured."""
    from quotes.page import Source, write_page

    ids = [row[0] for row in csv.reader((folder / "articles.csv").open(encoding="utf-8", newline=""))][1:]

    def sources() -> Iterator[Source]:
        for article_id in ids:
            path = ARTICLES / (article_id.split("/", 1)[1] if times > 1 else article_id)
            yield Source(article_id, "2026-03-02", path.read_text("utf-8"))

    start = time.process_time()
    page = write_page(folder, sources=sources())
    seconds = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    size = page.stat().st_size / 1e6
    return f"| {len(ids):,} | {size:.1f} MB | {seconds:.1f} | {memory} MB |"


def main() -> int:
    """Print the table."""
    if sys.argv[1:2] == ["--one"]:
        print(measure(Path(sys.argv[2]), int(sys.argv[3])))
        return 0
    print(
        "| articles | page | seconds of processor time | memory of the process |\n| --- | --- | --- | --- |"
    )
    sys.stdout.flush()
    with tempfile.TemporaryDirectory() as parent:
        first = Path(parent) / "tables"
        command = [sys.executable, "-m", "quotes", "report", str(ARTICLES), "--out", str(first)]
        subprocess.run([*command, "--no-page", "--quiet"], check=True)
        for times in map(int, sys.argv[1:] or ["1"]):
            folder = Path(parent) / str(times)
            repeat(first, folder, times)
            subprocess.run([sys.executable, __file__, "--one", str(folder), str(times)], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
