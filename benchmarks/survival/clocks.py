"""Lane `clock`: clocks that are set back, jump, pass from winter to summer time, or stand on 29 February."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.survival.apart import over_forks
from benchmarks.survival.talking import Place, alike, steps_of, whole
from benchmarks.survival.tally import Setting, Tally
from chatbot.service.records import Records
from chatbot.storage.events import read_event

STEPS = 16
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
ZONES = ("UTC", "Europe/London", "Asia/Kathmandu", "Pacific/Apia")


@dataclass(frozen=True)
class Clock:
    """When it begins, and by how much it goes on before each look at it: first so, later otherwise."""

    name: str
    begins: datetime
    jump: timedelta = timedelta()
    tick: timedelta = MINUTE

    def times(self) -> Iterator[datetime]:
        """The time at each look; the jump comes at the sixth."""
        now = self.begins
        for step in chain(repeat(self.tick, 5), [self.jump], repeat(self.tick)):
            yield now
            now += step


CLOCKS = (
    Clock("an hour back", datetime(2026, 3, 2, 9, 30, tzinfo=UTC), -HOUR),
    Clock("ten years on", datetime(2026, 3, 2, 9, 30, tzinfo=UTC), timedelta(days=3653)),
    Clock("ten years back", datetime(2026, 3, 2, 9, 30, tzinfo=UTC), timedelta(days=-3653)),
    Clock("to summer time", datetime(2026, 3, 29, 0, 55, tzinfo=UTC)),
    Clock("to winter time", datetime(2026, 10, 25, 0, 25, tzinfo=UTC), tick=5 * MINUTE),
    Clock("29 February", datetime(2028, 2, 28, 23, 55, tzinfo=UTC), tick=3 * MINUTE),
    Clock("29 February to March", datetime(2028, 2, 29, 23, 55, tzinfo=UTC), timedelta(days=365)),
    Clock("a leap year's end", datetime(2028, 12, 31, 23, 55, tzinfo=UTC)),
    Clock("standing still", datetime(2026, 3, 2, 9, 30, tzinfo=UTC), tick=timedelta()),
    Clock("1970", datetime(1970, 1, 1, tzinfo=UTC)),
)


def run(setting: Setting) -> Tally:
    """Every clock in every zone."""
    pairs = [(clock, zone) for clock in CLOCKS for zone in ZONES][:: max(1, setting.share // 20)]
    tally = over_forks(lambda pair: _one(setting, *pair), pairs, setting.processes)
    tally.figures.append(f"{len(CLOCKS)} clocks in {len(ZONES)} zones")
    return tally


def _one(setting: Setting, clock: Clock, zone: str) -> Tally:
    wrong = _with(setting, clock, zone)
    found = [f"clock: {clock.name} in {zone}: {'; '.join(wrong)}"] if wrong else []
    return Tally(1, Counter({"taken up twice at the same question": not wrong}), found)


def _with(setting: Setting, clock: Clock, zone: str) -> list[str]:
    """What goes wrong in an interview under a clock, taken up again twice."""
    os.environ["TZ"] = zone
    time.tzset()
    times, told = clock.times(), list[datetime]()

    def now() -> datetime:
        told.append(next(times))
        return told[-1]

    with TemporaryDirectory(dir=setting.folder, ignore_cleanup_errors=True) as folder:
        return _held_under(setting, Place(Path(folder)), now, told)


def _held_under(setting: Setting, place: Place, now: Callable[[], datetime], told: list[datetime]) -> list[str]:
    wrong = []
    someone, code = steps_of(setting.pack, 11, 0), ""
    for part in range(3):
        store = setting.open(place.file, place.heads)
        kept = Records(store, clock=now)
        if code:
            returned = kept.resume(code, lambda _: setting.pack)
            if returned.journal is None or not alike(returned.conversation, someone.at.resume()):
                return [f"it stood at '{someone.at.state}', and now at '{returned.conversation.state}'"]
            journal, someone.at = returned.journal, returned.conversation
        else:
            journal = kept.begin(setting.pack, someone.at)
            code = journal.code
        for _ in range(STEPS // 2 if part < 2 else 1):
            someone.at = someone.step() or someone.at
            journal.take(someone.at)
        events = [read_event(each.body) for each in store.events(journal.row.case)]
        if [event.seq for event in events] != list(range(1, len(events) + 1)):
            wrong.append("the events are not in their order")
        if not {event.at for event in events} <= set(told):
            wrong.append("an event has another time than the clock told")
        row = store.row(journal.row.case)
        if row is None or datetime.fromisoformat(row.changed) != events[-1].at:
            wrong.append("the row was changed at another time than its last event")
        wrong += whole(store)
        journal.close()
        store.close()
    return wrong
