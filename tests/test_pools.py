"""Ctrl-C while others work, lost workers, and leaving a cluster."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import pytest

from quotes.batch import pools
from quotes.batch.pools import Job, results
from quotes.errors import RunError


class Finalized:
    """Something at whose end code runs."""

    def __init__(self, last: Callable[[], object]) -> None:
        self._last = last

    def __del__(self) -> None:
        self._last()


class Late(pools.Here):
    """A pool that does something after each call, while an object is finalized."""

    def __init__(self, last: Callable[[], object]) -> None:
        self._last = last

    def submit(self, call: pools.Call) -> Future[bytes]:
        Finalized(self._last)
        return super().submit(call)


def jobs() -> Iterator[Job[int]]:
    return (Job(number, str(number), (bytes, (number,)), number) for number in range(1000))


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    problems: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda problem: problems.append(problem.exc_type))
    return problems


def test_ctrl_c_that_python_drops_still_stops(said: list[Any]) -> None:
    done: list[int] = []
    pressing = Late(lambda: signal.raise_signal(signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        done.extend(number for number, _ in results(pressing, jobs()))
    assert len(done) < 10
    assert said == []


def test_other_errors_that_python_drops_are_said(said: list[Any]) -> None:
    done = list(results(Late(lambda: 1 / 0), jobs()))
    assert len(done) == 1000
    assert set(said) == {ZeroDivisionError}


def test_signals_are_heard_as_before_afterwards(said: list[Any]) -> None:
    handler, hook = signal.getsignal(signal.SIGINT), sys.unraisablehook
    assert len(list(results(Late(lambda: None), jobs()))) == 1000
    assert signal.getsignal(signal.SIGINT) is handler
    assert sys.unraisablehook is hook


class Breaking(pools.Here):
    """A pool that refuses some submissions."""

    def __init__(self, *refused: int, error: Exception) -> None:
        self._refused, self._error = set(refused), error
        self.submitted = self.renewed = 0

    def submit(self, call: pools.Call) -> Future[bytes]:
        self.submitted += 1
        if self.submitted in self._refused:
            raise self._error
        return super().submit(call)

    def renew(self) -> None:
        self.renewed += 1


@pytest.mark.parametrize("refused", [(1,), (2,), (7, 8), (990,), (3, 500, 900)])
def test_workers_lost_before_a_job_is_handed_over_are_replaced(refused: tuple[int, ...]) -> None:
    pool = Breaking(*refused, error=BrokenProcessPool("a worker died"))
    assert sorted(number for number, _ in results(pool, jobs())) == list(range(1000))
    assert 1 <= pool.renewed <= len(refused)


def test_a_pool_that_is_lost_again_and_again_is_given_up() -> None:
    pool = Breaking(*range(10_000), error=BrokenProcessPool("a worker died"))
    with pytest.raises(RunError, match="fewer --workers"):
        list(results(pool, jobs()))
    assert pool.renewed < 10


def test_an_error_of_our_own_is_no_lost_worker() -> None:
    pool = Breaking(5, error=ValueError("ours"))
    with pytest.raises(ValueError, match="ours"):
        list(results(pool, jobs()))
    assert pool.renewed == 0


def test_ctrl_c_is_held_back_while_processes_start() -> None:
    told: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        press_while_starting(told)
    assert "SIGINT" in told[0]  # who is started inherits it
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def press_while_starting(told: list[str]) -> None:
    blocked = "import signal; print(signal.pthread_sigmask(signal.SIG_BLOCK, ()))"
    with pools._shielded():
        signal.raise_signal(signal.SIGINT)
        told.append(subprocess.check_output([sys.executable, "-c", blocked], text=True))


def test_loggers_of_packages_are_silenced_for_a_time(caplog: pytest.LogCaptureFixture) -> None:
    loud, other = logging.getLogger("tornado.application"), logging.getLogger("tornadoes")
    with pools._silenced("tornado"):
        loud.error("closed")
        other.error("heard")
    loud.error("heard too")
    assert caplog.messages == ["heard", "heard too"]


def test_loggers_that_were_off_stay_off(monkeypatch: pytest.MonkeyPatch) -> None:
    off = logging.getLogger("tornado.general")
    monkeypatch.setattr(off, "disabled", True)
    with pools._silenced("tornado"):
        pass
    assert off.disabled
