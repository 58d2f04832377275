"""Small folders of articles, and runs on them, for the tests of the main job."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from quotes.batch import Options, Summary, run

ROOT = Path(__file__).resolve().parent.parent
#: Seconds a run may take to stop; two are promised, on a machine that is not as busy as one that runs tests.
STOPS = 10
ARTICLES = ROOT / "fixtures" / "articles"
TABLES = ("quotes", "speakers", "articles", "stance", "problems")


def fill(folder: Path, count: int = 12) -> Path:
    """A folder with some of the fixtures, in two folders below it."""
    for number, path in enumerate(sorted(ARTICLES.rglob("*.txt"))[::7][:count]):
        target = folder / ("a" if number % 2 else "b-c") / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return folder


def fill_many(folder: Path, count: int = 300) -> Path:
    """A folder that takes a fast machine some seconds: what is to be interrupted must not be done before."""
    some = sorted(ARTICLES.rglob("*.txt"))[:20]
    for number in range(count):
        shutil.copyfile(some[number % len(some)], folder / f"{number:04}.txt")
    return folder


def report(source: Path | str, out: Path | str, **options: object) -> Summary:
    """Run the main job in this process."""
    defaults: dict[str, object] = {"workers": 1, "page": False}
    return run(Options((str(source),), str(out), **(defaults | options)))  # type: ignore[arg-type]


def tables(out: Path, format: str = "csv") -> dict[str, bytes]:
    """The bytes of the five tables."""
    return {name: (out / f"{name}.{format}").read_bytes() for name in TABLES}


def command(*arguments: object, **kwargs: object) -> subprocess.CompletedProcess[str]:
    """``quotes …`` as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "quotes", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        **kwargs,  # type: ignore[call-overload]
    )


def start(*arguments: object, env: dict[str, str] | None = None) -> subprocess.Popen[str]:
    """``quotes …`` as a process that goes on, in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "quotes", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=os.environ | (env or {}),
    )


def until(true: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def parts(out: Path) -> list[Path]:
    """The parts that a run has left so far."""
    return sorted((out / ".quotes-state").glob("parts-*/*.part"))
