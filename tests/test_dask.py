"""A real scheduler and workers, as processes of their own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from runs import ROOT, STOPS, command, fill, fill_many, parts, report, start, tables, until

pytest.importorskip("distributed")

ENV = os.environ | {"PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "10s"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("input"), 16)


@pytest.fixture(scope="module")
def expected(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("expected")
    report(folder, out)
    return tables(out)


@contextmanager
def process(*arguments: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as out:
        started = subprocess.Popen(
            [sys.executable, "-m", *arguments], stdout=out, stderr=out, env=ENV, start_new_session=True
        )
    try:
        yield started
    finally:
        started.kill()
        started.wait()


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    log = tmp_path_factory.mktemp("logs") / "scheduler"
    options = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    with process("distributed.cli.dask_scheduler", *options, log=log):
        address = re.compile(r"Scheduler at:\s+(tcp://\S+)")
        until(lambda: address.search(log.read_text()))
        found = address.search(log.read_text())
        assert found
        yield found[1]


@contextmanager
def workers(scheduler: str, folder: Path, count: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    options = ("--nworkers", "1", "--nthreads", "1", "--no-dashboard", "--no-nanny")
    with process(
        "distributed.cli.dask_worker", scheduler, *options, "--local-directory", str(folder), log=folder / "0"
    ) as first:
        if count == 1:
            yield [first]
            return
        with workers(scheduler, make(folder / "next"), count - 1) as others:
            yield [first, *others]


def make(folder: Path) -> Path:
    folder.mkdir()
    return folder


def run(folder: Path, out: Path, scheduler: str) -> subprocess.Popen[str]:
    options = ("--dask", scheduler, "--batch-size", 1, "--no-page", "--quiet")
    return start("report", folder, "--out", out, *options, env=ENV)


def test_a_worker_that_dies_is_survived(
    folder: Path, expected: dict[str, bytes], scheduler: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with workers(scheduler, make(tmp_path / "w"), 2) as (first, second):
        running = run(folder, out, scheduler)
        until(lambda: len(parts(out)) >= 2)
        first.kill()
        _, errors = running.communicate(timeout=120)
        assert running.returncode == 0, errors
        assert second.poll() is None
    assert tables(out) == expected


def test_a_run_goes_on_after_its_command_was_killed(
    folder: Path, expected: dict[str, bytes], scheduler: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with workers(scheduler, make(tmp_path / "w"), 1):
        running = run(folder, out, scheduler)
        until(lambda: parts(out))
        running.kill()
        running.communicate()
        again = run(folder, out, scheduler)
        _, errors = again.communicate(timeout=120)
        assert again.returncode == 0, errors
    assert tables(out) == expected


def test_interrupted(scheduler: str, tmp_path: Path) -> None:
    folder = fill_many(make(tmp_path / "input"))
    with workers(scheduler, make(tmp_path / "w"), 1):
        running = run(folder, tmp_path / "out", scheduler)
        until(lambda: parts(tmp_path / "out"))
        began = time.monotonic()
        os.killpg(running.pid, signal.SIGINT)
        _, errors = running.communicate(timeout=30)
    assert time.monotonic() - began < STOPS
    assert running.returncode == 130
    assert "Traceback" not in errors


def test_no_workers(folder: Path, scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from quotes.errors import RunError

    monkeypatch.setattr("quotes.batch.pools._PATIENCE", 2.0)
    with pytest.raises(RunError, match="no workers left"):
        report(folder, tmp_path, dask=scheduler)


def test_workers_with_another_program_are_refused(
    folder: Path, scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quotes.errors import RunError

    monkeypatch.setattr("quotes.batch.options.program_fingerprint", lambda: "other")
    with workers(scheduler, make(tmp_path / "w"), 1), pytest.raises(RunError, match="same version"):
        report(folder, tmp_path / "out", dask=scheduler)


def test_a_cluster_on_this_machine(folder: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    done = command("report", folder, "--out", tmp_path, "--dask", "local", "--workers", 2, "--batch-size", 3)
    assert done.returncode == 0, done.stderr
    assert tables(tmp_path) == expected
