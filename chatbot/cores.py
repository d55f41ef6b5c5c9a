"""Work spread over the cores of a machine; what comes of it comes in the order of the work."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TypeVar

from chatbot.errors import EngineError

MOST_PROCESSES = 60  # Windows can wait for 61
Work = TypeVar("Work")
Done = TypeVar("Done")


def cores() -> int:
    """The cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1


def over_cores(
    function: Callable[[Work], Done], work: Sequence[Work], processes: int, at_once: int = 1
) -> Iterator[Done]:
    """Do each piece of work in one of so many processes; with fewer than two, here."""
    if min(processes, MOST_PROCESSES) < 2:
        yield from map(function, work)
        return
    # Started afresh, since a copy of a process with threads may hang; so it is the same on every system.
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(min(processes, MOST_PROCESSES), context, _end_with_parent)
    try:
        with _deaf_to_interrupts():
            done = executor.map(function, work, chunksize=at_once)
        yield from done
    except BrokenProcessPool as error:
        raise EngineError("a process that did a part of the work was ended from outside; try --jobs 1") from error
    finally:
        executor.shutdown(cancel_futures=True)


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Processes started meanwhile ignore Ctrl-C, so that only this one hears it and ends them in good order."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _end_with_parent() -> None:
    """A process whose parent was killed would wait for work for ever."""
    threading.Thread(target=_wait_for_its_end, daemon=True).start()


def _wait_for_its_end() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
