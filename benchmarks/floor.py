"""The floor: the least a program does that reads articles and writes quoted spans.

It reads each file, decodes it, runs one regular expression that pairs marks, and writes
file, offsets and text as CSV.

    python -m benchmarks.floor FOLDER OUT.csv     prints the seconds it took
"""

from __future__ import annotations

import csv
import re
import sys
import time
from pathlib import Path

_PAIR = re.compile(r"[“\"”«„]([^“\"”«»„\n]+)[”\"“»]")


def run(folder: Path, out: Path) -> int:
    """Write the quoted spans of all files below ``folder``; gives their number."""
    spans = 0
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("file", "start", "end", "text"))
        for path in sorted(folder.rglob("*.txt")):
            text = path.read_bytes().decode("utf-8")
            name = path.relative_to(folder).as_posix()
            for match in _PAIR.finditer(text):
                writer.writerow((name, match.start(1), match.end(1), match[1]))
                spans += 1
    return spans


if __name__ == "__main__":
    started = time.perf_counter()
    run(Path(sys.argv[1]), Path(sys.argv[2]))
    print(time.perf_counter() - started)
