"""Lane `fault`: the disk is full, fails or is closed in the midst of an interview, for a moment or for some time."""

from __future__ import annotations

import errno
import os
import random
import resource
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from benchmarks.survival.apart import Child, apart, over_forks
from benchmarks.survival.boundaries import Scenario, damaged
from benchmarks.survival.shim import Calls, How, arm, disarm, missing
from benchmarks.survival.talking import Place, Say, Told, stands, steps_of, taken_up
from benchmarks.survival.tally import Setting, Tally
from chatbot.errors import StorageError
from chatbot.storage import migrations

WHOLE = 900
STEPS, SEED = 10, 11
NOBODY = 65_534
Done = TypeVar("Done")


@dataclass(frozen=True)
class Fault:
    """Which calls fail, and with what."""

    calls: Calls
    failure: int
    most: int  # a number that is not far beyond the calls of that kind in the scenario


FAULTS = (
    Fault(Calls.WRITE, errno.ENOSPC, 300),
    Fault(Calls.WRITE | Calls.SYNC | Calls.NAME, errno.EIO, 350),
    Fault(Calls.SYNC, errno.EIO, 40),
    Fault(Calls.OPEN, errno.EMFILE, 40),
    Fault(Calls.OPEN, errno.EACCES, 40),
    Fault(Calls.READ, errno.EIO, 120),
)


def run(setting: Setting) -> Tally:
    """Faults by the library, then those that need none."""
    chance, total = random.Random(setting.share), Tally()
    if reason := missing():
        total.figures.append(f"without failing calls: {reason}")
    else:
        work = [(number, chance.randrange(1 << 30)) for number in range(setting.part(WHOLE))]
        total.add(over_forks(lambda one: failed(setting, _fault(one[0]), one[1]), work, setting.processes))
        with TemporaryDirectory(dir=setting.folder) as folder:
            scenario = damaged(setting, Path(folder))
            total.add(
                over_forks(
                    lambda one: while_set_aside(setting, scenario, _fault(one[0]), one[1]),
                    work[: len(work) // 3],
                    setting.processes,
                )
            )
    total.add(over_forks(lambda way: way(setting), (closed_folder, missing_folder, small_limit), setting.processes))
    return total


def _fault(number: int) -> Fault:
    return FAULTS[number % len(FAULTS)]


def while_set_aside(setting: Setting, scenario: Scenario, fault: Fault, seed: int) -> Tally:
    """A damaged file is opened while the disk fails; in the end every whole case is carried over all the same."""
    chance, tally, kind = random.Random(seed), Tally(1), errno.errorcode[fault.failure]
    how, at = chance.choice((How.FAIL_ONCE, How.FAIL_ON)), chance.randrange(1, fault.most)
    with TemporaryDirectory(dir=setting.folder, ignore_cleanup_errors=True) as folder:
        place = scenario.make(Path(folder) / "it")

        def act(say: Say) -> None:
            arm(place.folder, how, fault.calls, at, fault.failure)
            _again(say, 1)(lambda: scenario.act(place, say))
            disarm()

        child = Child.start(act)
        ended = child.ended()
        wrong = [f"it ended with {ended}"] if ended else []
        wrong += [line for line in child.lines if line.startswith("wrong")]
        wrong += apart(lambda: scenario.judge(place, child.lines))
    tally.seen[f"{kind} said in words" if child.lines else f"{kind} without effect"] += 1
    if wrong:
        name = f"{kind} of {fault.calls!r} {how.name} at {at}"
        tally.violations.append(f"fault: while set aside, {name}: {'; '.join(wrong)}")
    return tally


def failed(setting: Setting, fault: Fault, seed: int) -> Tally:
    """An interview with one fault at a moment by chance, which is over after a while; all of it is kept in the end."""
    chance = random.Random(seed)
    how, at = chance.choice((How.FAIL_ONCE, How.FAIL_ON)), chance.randrange(1, fault.most)
    name = f"{errno.errorcode[fault.failure]} of {fault.calls!r} {how.name} at {at}"
    with TemporaryDirectory(dir=setting.folder, ignore_cleanup_errors=True) as folder:
        place = Place(Path(folder))

        def act(say: Say) -> None:
            arm(place.folder, how, fault.calls, at, fault.failure)
            _stubborn(setting, place, say, patience=chance.randrange(1, 4))

        return _judged(setting, place, act, f"fault: {name}", errno.errorcode[fault.failure])


def _judged(setting: Setting, place: Place, act: Callable[[Say], None], name: str, kind: str) -> Tally:
    """Let it be done, hear what was said, and look for it afterwards."""
    child, tally = Child.start(act), Tally(1)
    ended = child.ended()
    refusals = [line for line in child.lines if line.startswith("refused")]
    wrong = [f"it ended with {ended}"] if ended else []
    wrong += [line for line in child.lines if line.startswith("wrong")]
    wrong += apart(lambda: stands(setting, place, replace(Told(SEED).after(child.lines)))).wrong
    tally.seen[f"{kind} said in words" if refusals else f"{kind} without effect"] += 1
    if wrong:
        tally.violations.append(f"{name}: {'; '.join(wrong)}")
    return tally


def _stubborn(setting: Setting, place: Place, say: Say, patience: int) -> None:
    """Hold a conversation as the app does: what could not be kept is tried again, and the fault is over some time."""
    again = _again(say, patience)
    store = again(lambda: setting.open(place.file, place.heads))
    someone = steps_of(setting.pack, SEED, 0)
    journal = again(lambda: taken_up(store, someone, Told(SEED)))
    say(f"code {journal.code}")
    say(f"kept 0 {journal.row.seq}")
    for number in range(1, STEPS + 1):
        someone.at = someone.step() or someone.at
        again(lambda: journal.take(someone.at))
        say(f"kept {number} {journal.row.seq}")
    journal.close()
    store.close()
    disarm()


def _again(say: Say, patience: int) -> Callable[[Callable[[], Done]], Done]:
    """Do work until it is done; after so many refusals in all the fault is over."""
    left = [patience]

    def again(work: Callable[[], Done]) -> Done:
        while True:
            try:
                return work()
            except StorageError as error:
                _refused(error, say)
                left[0] -= 1
                if left[0] == 0:
                    disarm()
                if left[0] < -3:
                    raise

    return again


def _refused(error: StorageError, say: Say) -> None:
    """What the person would read: a sentence, and nothing of what was to be kept or of a library's own words."""
    text = str(error)
    say(f"refused {text}".replace("\n", " "))
    if len(text.split()) < 4 or any(word in text for word in ("sqlite3", "Error", "Errno", "INSERT", "\n")):
        say(f"wrong: nobody reads '{text}'")


def _as_nobody() -> None:
    """Root may write anywhere."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def _is_open_to_all(file: Path) -> bool:
    """Whether another account could read a part of the program that is read only when it is needed."""
    return all(path.stat().st_mode & 0o001 for path in file.resolve().parents)


def closed_folder(setting: Setting) -> Tally:
    """A folder that cannot be written to, before anything is there and after; then it can again."""
    total = Tally()
    if os.geteuid() == 0 and not _is_open_to_all(Path(migrations.__file__)):
        return Tally(figures=["closed folder not tried: nobody but root may read the program here"])
    for after in (0, 1):
        with TemporaryDirectory(dir=setting.folder, ignore_cleanup_errors=True) as folder:
            place = Place(Path(folder))
            place.file.parent.mkdir()
            if os.geteuid() == 0:
                os.chown(folder, NOBODY, NOBODY)
                os.chown(place.file.parent, NOBODY, NOBODY)

            def act(say: Say, place: Place = place, after: int = after) -> None:
                _as_nobody()
                if after:
                    setting.open(place.file, place.heads).close()
                with _closed(place.file.parent):
                    _expect_refusal(setting, place, say)
                _stubborn(setting, place, say, patience=1)

            total.add(_judged(setting, place, act, f"fault: closed folder, {after}", "closed folder"))
    return total


class _closed:  # noqa: N801 # read like a function
    """A folder and its files that nobody may write to, for a while."""

    def __init__(self, folder: Path) -> None:
        self.paths = [*folder.iterdir(), folder]

    def __enter__(self) -> None:
        for path in self.paths:
            path.chmod(0o555 if path.is_dir() else 0o444)

    def __exit__(self, *_: object) -> None:
        for path in self.paths:
            with suppress(FileNotFoundError):
                path.chmod(0o755 if path.is_dir() else 0o644)


def _expect_refusal(setting: Setting, place: Place, say: Say) -> None:
    try:
        store = setting.open(place.file, place.heads)
        taken_up(store, steps_of(setting.pack, SEED, 0), Told(SEED))
        say("wrong: it was kept where nothing can be")
    except StorageError as error:
        _refused(error, say)


def missing_folder(setting: Setting) -> Tally:
    """The folder goes away in the midst, or cannot be made because a file is in its place."""
    with TemporaryDirectory(dir=setting.folder, ignore_cleanup_errors=True) as folder:
        place = Place(Path(folder))
        place.file.parent.write_text("a file, and no folder")

        def act(say: Say) -> None:
            _expect_refusal(setting, place, say)
            place.file.parent.unlink()
            _stubborn(setting, place, say, patience=1)

        return _judged(setting, place, act, "fault: no folder", "no folder")


def small_limit(setting: Setting) -> Tally:
    """No file may become larger than so much, until it may."""
    total = Tally()
    for limit in _limits():
        with TemporaryDirectory(dir=setting.folder, ignore_cleanup_errors=True) as folder:
            place = Place(Path(folder))

            def act(say: Say, place: Place = place, limit: int = limit) -> None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
                _expect_refusal(setting, place, say)
                resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
                _stubborn(setting, place, say, patience=1)

            total.add(_judged(setting, place, act, f"fault: ulimit -f of {limit} bytes", "ulimit -f"))
    return total


def _limits() -> Iterator[int]:
    yield from (0, 100, 4_096, 40_000, 100_000)
