"""Lane `boundary`: ended at each call by which a scenario changes its files, as by a kill or a loss of power."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.survival.apart import Child, apart, over_forks
from benchmarks.survival.damage import flip_in_events
from benchmarks.survival.prepared import Prepared, bodies_of, small_pack
from benchmarks.survival.shim import Calls, How, arm, disarm
from benchmarks.survival.talking import LAST, Place, Say, Told, stands, talk, whole
from benchmarks.survival.tally import Setting, Tally
from chatbot.errors import TriageError

WAYS = {
    How.KILL: "before a call",
    How.KILL_HALFWAY: "within a write",
    How.POWER_ALL_LOST: "with the power, all that was not synced lost",
    How.POWER_SOME_LOST: "with the power, some of it lost",
}
STEPS, MORE = 8, 4
SEED = 11


@dataclass(frozen=True)
class Scenario:
    """What is done, `make` readies the files, `judge` looks at them after the end."""

    name: str
    make: Callable[[Path], Place]
    act: Callable[[Place, Say], None]
    judge: Callable[[Place, list[str]], list[str]]


def run(setting: Setting) -> Tally:
    """Every scenario, ended at each call in every way, or at every n-th of them."""
    with TemporaryDirectory(dir=setting.folder) as folder:
        total = Tally()
        for scenario in (_begun(setting), _again(setting, Path(folder)), damaged(setting, Path(folder))):
            calls = apart(lambda scenario=scenario: _calls(setting, scenario))
            points = [
                (how, at)
                for number, how in enumerate(WAYS)
                for at in range(1 + number * setting.share // len(WAYS), calls + 1, setting.share)
            ]
            tally = over_forks(
                lambda point, scenario=scenario: ended(setting, scenario, *point), points, setting.processes
            )
            tally.figures.append(f"{calls:,} calls of '{scenario.name}'")
            total.add(tally)
    return total


def ended(setting: Setting, scenario: Scenario, how: How, at: int) -> Tally:
    """The scenario, ended at that call; then what it said is looked for."""
    tally = Tally(1)
    with TemporaryDirectory(dir=setting.folder, ignore_cleanup_errors=True) as folder:
        place = scenario.make(Path(folder) / "it")

        def act(say: Say) -> None:
            arm(place.folder, how, Calls.CHANGES, at)
            scenario.act(place, say)

        child = Child.start(act)
        tally.seen["ended " + WAYS[how] if child.ended() == -9 else "came to its end"] += 1
        wrong = apart(lambda: scenario.judge(place, child.lines))
        if wrong:
            tally.violations.append(f"boundary: '{scenario.name}', {how.name} at {at}: {'; '.join(wrong)}")
    return tally


def _calls(setting: Setting, scenario: Scenario) -> int:
    """How many calls a scenario makes."""
    with TemporaryDirectory(dir=setting.folder, ignore_cleanup_errors=True) as folder:
        place = scenario.make(Path(folder) / "it")
        arm(place.folder, How.KILL, Calls.CHANGES, 1 << 40)
        scenario.act(place, lambda _: None)
        return disarm()


def _begun(setting: Setting) -> Scenario:
    """A file made, a case begun, some steps kept, and closed."""

    def make(folder: Path) -> Place:
        folder.mkdir()
        return Place(folder)

    def judge(place: Place, lines: list[str]) -> list[str]:
        return stands(setting, place, Told(SEED).after(lines)).wrong

    return Scenario("begin", make, lambda place, say: talk(setting, place, Told(SEED), STEPS, say), judge)


def _again(setting: Setting, folder: Path) -> Scenario:
    """A case taken up from a file whose log was left behind by a kill, with some more steps."""
    base = folder / "again"
    base.mkdir()

    def left(say: Say) -> None:
        """Talk, and be gone before the store is closed."""
        talk(setting, Place(base), Told(SEED), STEPS, lambda line: os._exit(0) if line == LAST else say(line))

    child = Child.start(left)
    child.ended()
    kept, lines = Prepared(Place(base), {}, {}), child.lines
    told = Told(SEED).after(lines)

    def act(place: Place, say: Say) -> None:
        talk(setting, place, told, told.steps + MORE, say)

    def judge(place: Place, lines: list[str]) -> list[str]:
        return stands(setting, place, (told if lines else _before(told)).after(lines)).wrong

    return Scenario("resume", kept.copy, act, judge)


def _before(told: Told) -> Told:
    """Nothing was said after it was killed, so that what is on its way is that it is taken up."""
    return Told(told.seed, told.code, told.steps, told.seq, is_back=False)


def damaged(setting: Setting, folder: Path) -> Scenario:
    """A damaged file set aside, and every whole case carried over."""
    kept = Prepared.make(setting, small_pack(), folder / "damaged", SEED)
    lost = apart(lambda: flip_in_events(kept.place.file))

    def act(place: Place, _: Say) -> None:
        setting.open(place.file, place.heads).close()

    def judge(place: Place, _: list[str]) -> list[str]:
        try:
            store = setting.open(place.file, place.heads)
            found = bodies_of(store)
            findings = [line for line in whole(store) if lost not in line and "warned" not in line]
            store.close()
        except TriageError as error:
            return [f"{type(error).__name__}: {error}"]
        missing = [case for case, bodies in kept.bodies.items() if case != lost and found.get(case) != bodies]
        return [*findings, *(f"case {case} was whole and is gone or another" for case in missing)]

    return Scenario("set aside", kept.copy, act, judge)
