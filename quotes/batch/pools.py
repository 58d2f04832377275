"""Who does the work: this process, processes beside it, or a Dask cluster.

All three are executors of the standard library's interface; :func:`results` drives any of
them with a bounded number of calls under way, and survives lost workers.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType
from typing import Any, Generic, Protocol, TypeVar

from quotes.batch.options import Settings
from quotes.batch.work import prepare, prepare_quietly, prepare_worker
from quotes.corpus.packing import describe
from quotes.errors import QuotesError, RunError, UsageError

#: A job may take down this many pools of workers before it is set aside …
MAX_LOSSES = 3
#: … and this many jobs may be, before the run gives up at once.
MAX_ASIDE = 2

#: Seconds between two looks at the cluster, and how long it may be without a worker.
_LOOK, _PATIENCE = 1.0, 60.0


T = TypeVar("T")

#: What a worker does: a function of a module, with its arguments, that gives bytes.
Call = tuple[Callable[..., bytes], tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Job(Generic[T]):
    """Something to be done.

    Attributes:
        number: its place in the run.
        place: what it is about, for messages.
        call: what a worker does for it; None where nothing is to do.
        about: the caller's own.
    """

    number: int
    place: str
    call: Call | None
    about: T


def _unheard(problem: threading.ExceptHookArgs) -> None:
    """Say nothing of what went wrong in a thread."""


@contextmanager
def _silenced(*packages: str) -> Iterator[None]:
    """Let the loggers of packages say nothing meanwhile."""
    named = list(logging.root.manager.loggerDict.items())
    loggers = [
        logger
        for name, logger in named
        if isinstance(logger, logging.Logger) and name.partition(".")[0] in packages and not logger.disabled
    ]
    for logger in loggers:
        logger.disabled = True
    try:
        yield
    finally:
        for logger in loggers:
            logger.disabled = False


class Pool(Protocol):
    """Something that does tasks."""

    @property
    def width(self) -> int:
        """How many tasks it does at once."""

    def submit(self, call: Call) -> Future[bytes]:
        """Start a call, or let it wait for its turn."""

    def renew(self) -> None:
        """Start anew after workers were lost."""

    def check(self) -> None:
        """Say so where no worker is left."""

    def close(self, *, at_once: bool) -> None:
        """Stop; ``at_once`` without waiting for what is under way."""


class Here:
    """This process."""

    width = 1

    def __init__(self, settings: Settings) -> None:
        prepare(settings)

    def submit(self, call: Call) -> Future[bytes]:
        """Do it now."""
        function, arguments = call
        future: Future[bytes] = Future()
        future.set_result(function(*arguments))
        return future

    def renew(self) -> None:
        """Nothing: this process is not lost."""

    def check(self) -> None:
        """Nothing."""

    def close(self, *, at_once: bool) -> None:
        """Nothing."""


@contextmanager
def _quiet_tracker() -> Iterator[None]:
    """Start the process that tracks locks such that it warns nobody of those a killed worker has left."""
    before = os.environ.get("PYTHONWARNINGS")
    quiet = "ignore:resource_tracker:UserWarning"
    os.environ["PYTHONWARNINGS"] = f"{before},{quiet}" if before else quiet
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONWARNINGS"]
        else:
            os.environ["PYTHONWARNINGS"] = before


@contextmanager
def _shielded() -> Iterator[None]:
    """Hold back Ctrl-C meanwhile: a process that is started now would die of it before it can say it will not."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Processes:
    """Processes of this machine, by joblib's loky."""

    def __init__(self, settings: Settings, workers: int) -> None:
        self.width = workers
        self._settings = settings
        self._executor = self._start()

    def _start(self) -> Any:
        from joblib.externals.loky import ProcessPoolExecutor

        # One thread each: the libraries' own threads would fight for the cores.
        threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
        with _quiet_tracker():
            return ProcessPoolExecutor(
                max_workers=self.width,
                initializer=prepare_worker,
                initargs=(self._settings,),
                env=dict.fromkeys(threads, "1"),
            )

    def submit(self, call: Call) -> Future[bytes]:
        """Start a call, or let it wait for its turn."""
        function, arguments = call
        with _shielded():  # this may start processes
            future: Future[bytes] = self._executor.submit(function, *arguments)
        return future

    def renew(self) -> None:
        """Start new processes."""
        self.close(at_once=True)
        self._executor = self._start()

    def check(self) -> None:
        """Nothing: the executor notices lost workers itself."""

    def close(self, *, at_once: bool) -> None:
        """Stop the processes; they hold nothing that is not here."""
        if at_once:
            # The executor's own thread may stumble over processes taken from it: no news to anybody.
            threading.excepthook = _unheard
        with suppress(Exception):  # a broken pool has nothing left to stop
            self._executor.shutdown(wait=not at_once, kill_workers=True)


class Cluster:
    """The workers of a Dask scheduler; ``local`` starts one on this machine.

    A worker that dies is the scheduler's business: it gives the task to another one.
    """

    def __init__(self, settings: Settings, address: str, workers: int) -> None:
        Client: Any
        LocalCluster: Any
        try:
            from distributed import Client, LocalCluster
            from distributed.comm.addressing import resolve_address
        except ImportError:
            raise RunError("--dask needs Dask: pip install 'quotes[cluster]'") from None
        self._settings = settings
        self._address = address
        self._idle = 0.0
        self._local: Any = None
        try:
            if address != "local":
                resolve_address(address)
        except (OSError, ValueError) as error:
            raise UsageError(
                f"--dask {address}: {describe(error)}; a scheduler's address looks like tcp://HOST:8786"
            ) from None
        try:
            if address == "local":
                self._local = LocalCluster(
                    n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=50
                )
            self._client = Client(self._local or address, set_as_default=False)
            self._client.register_plugin(_plugin(settings), name=f"quotes-{settings.key}")
        except (OSError, ValueError) as error:
            raise RunError(
                f"{address}: no Dask scheduler answers ({type(error).__name__}); start one or mend --dask"
            ) from None
        self._executor: Executor = self._client.get_executor(pure=False)
        self._looked = 0.0
        self._width = 1

    @property
    def width(self) -> int:
        """As many tasks as there are threads in the cluster by now."""
        if time.monotonic() - self._looked > _LOOK:
            self._width = max(1, sum(worker["nthreads"] for worker in self._workers().values()))
            self._looked = time.monotonic()
        return self._width

    def submit(self, call: Call) -> Future[bytes]:
        """Hand a call to the scheduler.

        Raises:
            RunError: the scheduler is gone.
        """
        self._idle = 0.0
        function, arguments = call
        try:
            return self._executor.submit(function, *arguments)
        except Exception as error:
            raise self._gone(error) from None

    def renew(self) -> None:
        """Nothing: the scheduler brings in new workers."""

    def check(self) -> None:
        """Count how long no worker has been there.

        Raises:
            RunError: for too long.
        """
        if self._workers():
            self._idle = 0.0
            return
        self._idle += _LOOK
        if self._idle >= _PATIENCE:
            raise RunError(
                f"{self._address}: the cluster has no workers left; start some, then run the same command"
                " again: it goes on where it stopped"
            )

    def close(self, *, at_once: bool) -> None:
        """Leave the scheduler; a local cluster ends."""
        if not at_once:
            self._leave(10)
            return
        # A busy scheduler may take its time to say good-bye; whoever pressed Ctrl-C does not.
        leaving = threading.Thread(target=self._drop, daemon=True)
        leaving.start()
        leaving.join(1)

    def _drop(self) -> None:
        # Results that were on their way stumble over the closed connection: no news to anybody.
        with _silenced("distributed", "tornado", "asyncio"):
            self._leave(1, wait=False)

    def _leave(self, seconds: int, *, wait: bool = True) -> None:
        with suppress(Exception):
            self._executor.shutdown(wait=wait)
        for part in (self._client, self._local):
            if part is not None:
                with suppress(Exception):
                    part.close(timeout=seconds)

    def _workers(self) -> dict[str, Any]:
        try:
            found: dict[str, Any] = self._client.scheduler_info(n_workers=-1)["workers"]
        except Exception as error:
            raise self._gone(error) from None
        return found

    def _gone(self, error: Exception) -> RunError:
        return RunError(
            f"{self._address}: the Dask scheduler is gone ({type(error).__name__}); start it again, then run"
            " the same command again: it goes on where it stopped"
        )


def _plugin(settings: Settings) -> Any:
    """Lay out the tools of each worker of a cluster, of those that come later too."""
    from distributed import WorkerPlugin

    class Prepared(WorkerPlugin):
        def setup(self, worker: Any) -> None:
            prepare_quietly(settings)

    return Prepared()


def results(pool: Pool, jobs: Iterator[Job[T]]) -> Iterator[tuple[T, bytes | None]]:
    """What each job is about, with what its call gave (None where there was nothing to do).

    In the order in which they are done. Not more than two calls for each worker are under
    way, so that memory stays bounded however large the input is.

    Raises:
        RunError: workers were lost again and again, or none is left.
    """
    course = _Course(pool, jobs)
    with _hearing() as interrupted:
        while True:
            yield from course.start()
            if interrupted.is_set():
                raise KeyboardInterrupt
            if not course.pending:
                course.end()
                return
            yield from course.finish()


@contextmanager
def _hearing() -> Iterator[threading.Event]:
    """Remember Ctrl-C: Python drops the exception, and says so, where it comes while an object is finalized."""
    pressed = threading.Event()
    before, dropped = signal.getsignal(signal.SIGINT), sys.unraisablehook
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield pressed
        return

    def note(number: int, frame: FrameType | None) -> None:
        pressed.set()
        before(number, frame)

    def say(problem: sys.UnraisableHookArgs) -> None:
        if not (pressed.is_set() and issubclass(problem.exc_type, KeyboardInterrupt)):
            dropped(problem)

    signal.signal(signal.SIGINT, note)
    sys.unraisablehook = say
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)
        sys.unraisablehook = dropped


class _Course(Generic[T]):
    """The jobs under way.

    Attributes:
        pending: what each future is about.
    """

    def __init__(self, pool: Pool, jobs: Iterator[Job[T]]) -> None:
        self.pending: dict[Future[bytes], Job[T]] = {}
        self._pool = pool
        self._jobs = jobs
        # Under way when workers were lost: tried again one by one, so that the one that
        # takes workers down is known.
        self._suspects: list[Job[T]] = []
        self._losses = 0
        self._aside: list[Job[T]] = []

    def start(self) -> Iterator[tuple[T, None]]:
        """Start jobs while there is room; gives those that need no worker."""
        if self._suspects:
            self._submit(self._suspects[-1])
            return
        while len(self.pending) < 2 * self._pool.width + 2:
            job = next(self._jobs, None)
            if job is None:
                return
            if job.call is None:
                yield job.about, None
            else:
                self._submit(job)

    def finish(self) -> Iterator[tuple[T, bytes]]:
        """Wait for some jobs; gives them with their results."""
        done, _ = wait(self.pending, timeout=_LOOK, return_when=FIRST_COMPLETED)
        while not done:
            self._pool.check()
            done, _ = wait(self.pending, timeout=_LOOK, return_when=FIRST_COMPLETED)
        lost: list[Job[T]] = []
        for future in done:
            job = self.pending.pop(future)
            try:
                result = future.result()
            except Exception as error:
                if not _is_loss(error):
                    raise
                lost.append(job)
                continue
            if self._suspects:
                self._suspects.pop()
                self._losses = 0
            yield job.about, result
        if lost:
            self._recover(lost)

    def _submit(self, job: Job[T]) -> None:
        assert job.call is not None
        try:
            future = self._pool.submit(job.call)
        except Exception as error:
            if not _is_loss(error):
                raise
            future = Future()  # workers were lost between two looks
            future.set_exception(error)
        self.pending[future] = job

    def end(self) -> None:
        """Say so where jobs were set aside; everything else is done by now."""
        if self._aside:
            raise RunError(
                f"a worker process was lost {MAX_LOSSES} times near {self._aside[0].place} (out of memory, or"
                " killed); run the same command again with fewer --workers: it goes on where it stopped"
            )

    def _recover(self, lost: list[Job[T]]) -> None:
        self._losses += 1
        if not self._suspects:
            self._suspects = sorted([*lost, *self.pending.values()], key=lambda job: -job.number)
            self.pending.clear()
        elif self._losses >= MAX_LOSSES:
            self._aside.append(self._suspects.pop())
            self._losses = 0
            if len(self._aside) >= MAX_ASIDE:
                self.end()
        self._pool.renew()


#: What pools raise where a worker was lost.
_LOSSES = frozenset({"BrokenExecutor", "BrokenProcessPool", "KilledWorker", "CommError", "CancelledError"})


def _is_loss(error: Exception) -> bool:
    """Whether a worker was lost; anything else is the task's own error."""
    return not isinstance(error, QuotesError) and any(
        kind.__name__ in _LOSSES for kind in type(error).__mro__
    )
