"""``python -m benchmarks``: all measurements, or some, printed and written as JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import measure

#: Measurement to function and the sizes it takes: as the project states them, and small ones.
MEASUREMENTS: dict[str, tuple[Callable[..., dict[str, Any]], dict[str, Any], dict[str, Any]]] = {
    "startup": (measure.startup, {}, {}),
    "floor": (measure.against_floor, {"count": 5000}, {"count": 300}),
    "stages": (measure.stages, {"count": 5000}, {"count": 300}),
    "profile": (measure.profile, {"count": 5000}, {"count": 300}),
    "workers": (measure.two_workers, {"count": 50_000}, {"count": 1000}),
    "linear": (
        measure.linear,
        {"size": 20_000_000, "marks": 100_000, "unpaired": 10_000, "words": 1_000_000},
        {"size": 1_000_000, "marks": 5000, "unpaired": 1000, "words": 50_000},
    ),
    "memory": (measure.memory, {"counts": [100_000, 300_000]}, {"counts": [500, 1500]}),
    "resume": (measure.resume, {"count": 5000}, {"count": 300}),
}


def main() -> int:
    """Measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("only", nargs="*", metavar="NAME", help=f"some of: {', '.join(MEASUREMENTS)}")
    parser.add_argument("--small", action="store_true", help="small sizes: does it run at all?")
    parser.add_argument("--json", type=Path, metavar="FILE", help="where the figures go as JSON")
    parser.add_argument("--work", type=Path, metavar="FOLDER", help="where articles and tables are kept")
    asked = parser.parse_args()
    unknown = [name for name in asked.only if name not in MEASUREMENTS]
    if unknown:
        parser.error(f"no measurement {unknown[0]!r}")
    found: dict[str, Any] = {"machine": _machine()}
    with tempfile.TemporaryDirectory(prefix="quotes-benchmarks-") as scratch:
        work = asked.work or Path(scratch)
        work.mkdir(parents=True, exist_ok=True)
        for name in asked.only or MEASUREMENTS:
            function, stated, small = MEASUREMENTS[name]
            print(f"{name} …", file=sys.stderr, flush=True)
            found[name] = function(work, **(small if asked.small else stated))
            print(json.dumps({name: found[name]}, indent=2, ensure_ascii=False), flush=True)
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return 0


def _machine() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "processor": platform.processor() or platform.machine(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "load": [round(value, 2) for value in os.getloadavg()],
    }


if __name__ == "__main__":
    sys.exit(main())
