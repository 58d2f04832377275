"""Ctrl-C while others work, and leaving a cluster."""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any

import pytest

from quotes.batch import pools
from quotes.batch.pools import Job, results


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
