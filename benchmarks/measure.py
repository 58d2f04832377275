"""The measurements; each gives its figures as a dictionary. Ratios are of one run, on one machine."""

from __future__ import annotations

import cProfile
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import made

#: Times a short measurement is repeated; the best counts, for what else the machine does is no cost of ours.
REPEATS = 3


def startup(work: Path) -> dict[str, Any]:
    """Seconds of the shortest commands, from the shell."""
    source = work / "one"
    source.mkdir(exist_ok=True)
    (source / "a.txt").write_text("“Kami menolak,” kata Siti Rahma, petani, di Jakarta.\n", "utf-8")

    def report() -> None:
        shutil.rmtree(work / "out", ignore_errors=True)
        _command("report", source, "--out", work / "out", "--quiet")

    return {
        "python alone": _best(lambda: _call(sys.executable, "-c", "pass"), 5),
        "quotes --help": _best(lambda: _command("--help"), 5),
        "quotes report, one small article": _best(report, 3),
        "the same without the page": _best(
            lambda: _command("report", source, "--out", work / "out", "--quiet", "--no-page"), 3
        ),
        "quotes show, one small article": _best(lambda: _command("show", source / "a.txt"), 3),
    }


def against_floor(work: Path, count: int) -> dict[str, Any]:
    """The whole job by one worker against the floor, start-up apart."""
    source = made.folder(work / f"in-{count}", count)
    size = sum(path.stat().st_size for path in source.rglob("*.txt"))
    floors, jobs, pages = [], [], []
    _warm(work)
    for _ in range(REPEATS):
        done = _call(sys.executable, "-m", "benchmarks.floor", source, work / "floor.csv")
        floors.append(float(done.stdout))
        jobs.append(_job(source, work / "out", page=False))
        pages.append(_job(source, work / "out", page=True))
    return {
        "articles": count,
        "bytes per article": round(size / count),
        "floor, seconds": round(min(floors), 3),
        "tables, seconds": round(min(jobs), 3),
        "tables and page, seconds": round(min(pages), 3),
        "tables / floor": round(min(jobs) / min(floors), 2),
        "tables and page / floor": round(min(pages) / min(floors), 2),
        "articles per second": round(count / min(pages)),
        "milliseconds per article": round(min(pages) / count * 1000, 3),
    }


def stages(work: Path, count: int) -> dict[str, Any]:
    """Where the time of one worker goes, in milliseconds per article."""
    from quotes import page, people, pipeline
    from quotes.batch import local_run, state
    from quotes.batch import work as batch_work

    source = made.folder(work / f"in-{count}", count)
    _warm(work)
    spent: dict[str, float] = {}
    places: list[tuple[str, Any, str]] = [
        ("read the file, decode", batch_work, "_items"),
        ("find quotes and speakers", pipeline, "read"),
        ("country and stance", pipeline, "judge"),
        ("rows to bytes", batch_work, "_unit"),
        ("keep the part", state.State, "keep"),
        ("count the speakers", local_run, "count"),
        ("who is who", people.Crowd, "settle"),
        ("write the tables", local_run, "write_tables"),
        ("write the page", page, "write_page"),
    ]
    with _timed(places, spent):
        whole = _job(source, work / "out", page=True)
    spent["everything else"] = whole - sum(spent.values())
    return {
        "articles": count,
        "milliseconds per article": {name: round(spent[name] / count * 1000, 4) for name in spent},
        "together": round(whole / count * 1000, 4),
    }


def profile(work: Path, count: int) -> dict[str, Any]:
    """Where the time of one worker goes by module and by function: shares of all time, under the profiler.

    The profiler charges by the call, so small functions look somewhat dearer than they are.
    """
    source = made.folder(work / f"in-{count}", count)
    _warm(work)
    watch = cProfile.Profile()
    with watch:
        _job(source, work / "out", page=True)
    modules: defaultdict[str, float] = defaultdict(float)
    functions: defaultdict[str, float] = defaultdict(float)
    calls = 0
    for entry in watch.getstats():
        code = entry.code
        # What the interpreter does itself (a pattern, a list, a look-up) has no file: it counts for its callers.
        if isinstance(code, str):
            continue
        built_in = sum(part.inlinetime for part in entry.calls or () if isinstance(part.code, str))
        own = entry.inlinetime + built_in
        modules[_module_of(code.co_filename)] += own
        functions[f"{_module_of(code.co_filename)}: {code.co_qualname}"] += own
        calls += entry.callcount
    return {
        "articles": count,
        "calls of Python functions per article": round(calls / count),
        "shares by module": _shares(modules),
        "shares by function": _shares(functions),
    }


def two_workers(work: Path, count: int) -> dict[str, Any]:
    """Two workers against one, from the shell, start-up included."""
    source = made.folder(work / f"in-{count}", count)
    seconds = {}
    for workers in (1, 2):
        shutil.rmtree(work / "out", ignore_errors=True)
        begun = time.perf_counter()
        _command("report", source, "--out", work / "out", "--quiet", "--workers", workers)
        seconds[workers] = time.perf_counter() - begun
    return {
        "articles": count,
        "one worker, seconds": round(seconds[1], 2),
        "two workers, seconds": round(seconds[2], 2),
        "one / two": round(seconds[1] / seconds[2], 2),
    }


def linear(work: Path, size: int, marks: int, unpaired: int, words: int) -> dict[str, Any]:
    """Hard articles of a size, and of half of it: seconds, and how much longer the whole takes."""
    text = made.long_text(size)
    kinds: dict[str, Callable[[float], str]] = {
        f"{size:,} bytes": lambda share: text[: int(len(text) * share)],
        f"{marks:,} marks": lambda share: "“Ya,” kata Ani. " * int(marks * share / 2),
        f"{marks:,} straight marks in one paragraph": lambda share: 'kata "ya" ' * int(marks * share / 2),
        f"{unpaired:,} unpaired marks": lambda share: "Ia berkata “begitu saja.\n" * int(unpaired * share),
        f"{unpaired:,} unpaired marks in one line": lambda share: (
            "Ia berkata “begitu. " * int(unpaired * share)
        ),
        f"{unpaired:,} single marks": lambda share: "Jum'at di Ma'ruf 5' " * int(unpaired * share / 3),
        f"one line of {words:,} words": lambda share: "petani kata polisi itu " * int(words * share / 4),
        f"{marks:,} marks and nothing else": lambda share: "”" * int(marks * share),
    }
    found = {}
    _warm(work)
    for name, write in kinds.items():
        seconds = {}
        for share in (0.5, 1.0):
            source = work / "hard"
            shutil.rmtree(source, ignore_errors=True)
            source.mkdir()
            (source / "a.txt").write_text(write(share), "utf-8")
            seconds[share] = _job(source, work / "out", page=False)
        found[name] = {
            "seconds": round(seconds[1.0], 3),
            "half of it": round(seconds[0.5], 3),
            "ratio": round(seconds[1.0] / seconds[0.5], 2),
        }
    return found


def memory(work: Path, counts: list[int]) -> dict[str, Any]:
    """The largest resident size of any process of a run with two workers, in MiB."""
    found = {}
    for count in counts:
        source = made.folder(work / f"in-{count}", count)
        shutil.rmtree(work / "out", ignore_errors=True)
        begun = time.perf_counter()
        arguments = ["report", str(source), "--out", str(work / "out"), "--quiet", "--workers", "2"]
        process = subprocess.Popen([sys.executable, "-m", "quotes", *arguments], start_new_session=True)
        peaks: dict[int, int] = {}
        while process.poll() is None:
            for pid, peak in _peaks(process.pid):
                peaks[pid] = max(peaks.get(pid, 0), peak)
            time.sleep(0.05)
        if process.returncode:
            raise SystemExit(f"quotes report failed with status {process.returncode}")
        command = peaks.pop(process.pid)
        found[f"{count:,} articles"] = {
            "command": round(command / 1024),
            "largest worker": round(max(peaks.values(), default=0) / 1024),
            "seconds": round(time.perf_counter() - begun, 1),
        }
    return found


def resume(work: Path, count: int) -> dict[str, Any]:
    """A second run where nothing has changed, against the first."""
    source = made.folder(work / f"in-{count}", count)
    _warm(work)
    first = _job(source, work / "out", page=False)
    again = _job(source, work / "out", page=False, fresh=False)
    return {
        "articles": count,
        "first, seconds": round(first, 2),
        "again, seconds": round(again, 2),
        "again, milliseconds per article": round(again / count * 1000, 3),
    }


# --- helpers -----------------------------------------------------------------------------------


def _shares(spent: dict[str, float]) -> dict[str, float]:
    """The twelve largest, as shares of all."""
    whole = sum(spent.values())
    largest = sorted(spent, key=spent.__getitem__, reverse=True)[:12]
    return {name: round(spent[name] / whole, 3) for name in largest}


def _module_of(path: str) -> str:
    """``quotes.phrases`` for its file; what is not ours by the name of its folder."""
    parts = Path(path).with_suffix("").parts
    for package in ("quotes", "benchmarks"):
        if package in parts:
            return ".".join(parts[len(parts) - 1 - parts[::-1].index(package) :]).removesuffix(".__init__")
    return "everything else"


def _job(source: Path, out: Path, *, page: bool, fresh: bool = True) -> float:
    from quotes.batch import Options, run

    if fresh:
        shutil.rmtree(out, ignore_errors=True)
    begun = time.perf_counter()
    run(Options((str(source),), str(out), workers=1, page=page))
    return time.perf_counter() - begun


def _warm(work: Path) -> None:
    """Load everything that a process loads once."""
    source = work / "warm"
    source.mkdir(exist_ok=True)
    (source / "a.txt").write_text("“Kami menolak,” kata Siti Rahma, petani, di Jakarta.\n", "utf-8")
    _job(source, work / "warm-out", page=True)


@contextmanager
def _timed(places: list[tuple[str, Any, str]], spent: dict[str, float]) -> Iterator[None]:
    """Add up the seconds that functions take, under their names; none of them calls another."""
    kept = [(owner, name, getattr(owner, name)) for _, owner, name in places]
    for label, owner, name in places:
        setattr(owner, name, _watched(getattr(owner, name), label, spent))
    try:
        yield
    finally:
        for owner, name, function in kept:
            setattr(owner, name, function)


def _watched(function: Callable[..., Any], label: str, spent: dict[str, float]) -> Callable[..., Any]:
    spent[label] = 0.0

    def watched(*arguments: Any, **options: Any) -> Any:
        begun = time.perf_counter()
        try:
            return function(*arguments, **options)
        finally:
            spent[label] += time.perf_counter() - begun

    return watched


def _best(function: Callable[[], object], times: int) -> float:
    seconds = []
    for _ in range(times):
        begun = time.perf_counter()
        function()
        seconds.append(time.perf_counter() - begun)
    return round(min(seconds), 3)


def _command(*arguments: object) -> None:
    _call(sys.executable, "-m", "quotes", *arguments)


def _call(*arguments: object) -> subprocess.CompletedProcess[str]:
    words = list(map(str, arguments))
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{shlex.join(words)} ended with exit {done.returncode}:\n{done.stderr.strip()}")
    return done


def _peaks(session: int) -> Iterator[tuple[int, int]]:
    """The processes of a session with the largest size each has had, in KiB."""
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            if os.getsid(int(entry)) != session:
                continue
            status = Path(f"/proc/{entry}/status").read_text()
        except OSError:
            continue
        for line in status.splitlines():
            if line.startswith("VmHWM:"):
                yield int(entry), int(line.split()[1])
