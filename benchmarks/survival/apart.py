"""Work done in forked processes, so that each can be killed and none leaves anything behind in this one."""

from __future__ import annotations

import os
import pickle
import select
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import NoReturn, TypeVar

from benchmarks.survival.tally import Tally

DEADLINE = 120.0  # seconds that no run comes near
Done = TypeVar("Done")
Work = TypeVar("Work")


class DidNotEndError(Exception):
    """A process brought no result: it raised, hung, or was killed by something else."""


@dataclass
class Child:
    """A forked process, and what it has said so far, line by line."""

    number: int
    pipe: int
    lines: list[str] = field(default_factory=list)
    _rest: bytes = b""

    @classmethod
    def start(cls, work: Callable[[Callable[[str], None]], None]) -> Child:
        """Do work that says lines."""
        end, start = os.pipe()
        number = _forked()
        if not number:
            os.close(end)
            _last(lambda: work(lambda line: _write(start, f"{line}\n".encode())))
        os.close(start)
        return cls(number, end)

    def listen(self, seconds: float) -> bool:
        """Hear what is said within that time; False once there is nobody any more."""
        ready, _, _ = select.select([self.pipe], [], [], seconds)
        if not ready:
            return True
        found = os.read(self.pipe, 1 << 16)
        *whole, self._rest = (self._rest + found).split(b"\n")
        self.lines += [line.decode() for line in whole]
        return bool(found)

    def end(self) -> int:
        """Kill it where it is still there and hear the rest; how it ended: 0, or below it the signal."""
        with suppress(ProcessLookupError):
            os.kill(self.number, signal.SIGKILL)
        return self.ended()

    def ended(self, seconds: float = DEADLINE) -> int:
        """Wait for its end and hear all of it."""
        until = monotonic() + seconds
        while self.listen(max(0.0, until - monotonic())):
            if monotonic() > until:
                os.kill(self.number, signal.SIGKILL)
                self.lines.append("raised: it hung")
        os.close(self.pipe)
        return os.waitstatus_to_exitcode(os.waitpid(self.number, 0)[1])


def apart(work: Callable[[], Done], seconds: float = DEADLINE) -> Done:
    """What comes of work done in a process of its own; DidNotEndError where nothing does."""
    end, start = os.pipe()
    number = _forked()
    if not number:
        os.close(end)
        _last(lambda: _write(start, pickle.dumps(work())))
    os.close(start)
    found, until = b"", monotonic() + seconds
    while select.select([end], [], [], max(0.0, until - monotonic()))[0]:
        if not (some := os.read(end, 1 << 20)):
            break
        found += some
    else:
        os.kill(number, signal.SIGKILL)
    os.close(end)
    code = os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
    if code:
        raise DidNotEndError(f"a process ended with {code}; what it raised stands above")
    return pickle.loads(found)  # from a child of ours


def over_forks(work: Callable[[Work], Tally], items: Sequence[Work], processes: int) -> Tally:
    """One tally of many pieces of work, dealt out to so many processes."""
    total, many = Tally(), max(1, min(processes, len(items)))
    dealt = [items[at::many] for at in range(many)]
    pipes = [_begun(work, some) for some in dealt]
    for number, end in pipes:
        with os.fdopen(end, "rb") as pipe:
            found = pipe.read()
        code = os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
        total.add(pickle.loads(found) if not code else Tally(violations=[f"the harness ended with {code}"]))  # as above
    return total


def _begun(work: Callable[[Work], Tally], items: Sequence[Work]) -> tuple[int, int]:
    end, start = os.pipe()

    def all_of_it() -> None:
        tally = Tally()
        for item in items:
            try:
                tally.add(work(item))
            except Exception as error:  # whatever it is, the lane says so and goes on
                traceback.print_exc()
                tally.add(Tally(1, violations=[f"{item!r:.200}: {type(error).__name__}: {error}"]))
        _write(start, pickle.dumps(tally))

    number = _forked()
    if not number:
        os.close(end)
        _last(all_of_it)
    os.close(start)
    return number, end


def _forked() -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    return os.fork()


def _last(work: Callable[[], object]) -> NoReturn:
    """Work, and end without anything that a parent has left to do at its end."""
    code = 0
    try:
        work()
    except BaseException:
        code = 1
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _write(pipe: int, content: bytes) -> None:
    while content:
        content = content[os.write(pipe, content) :]
