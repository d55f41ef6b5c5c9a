"""What was seen on a day, in tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from benchmarks.shift.clock import Day
from benchmarks.shift.judge import Verdict
from benchmarks.shift.waiting import Stand
from benchmarks.survival.tally import row
from chatbot.recommendation.rulebook import EMERGENCY, LEVELS


def told(day: Day, found: Verdict, end: datetime, seconds: float, judging: float) -> Iterator[str]:
    """Everything in lines."""
    who = f"{day.patients} people who answer alone, {day.calls} who ring up"
    yield f"{who}; seed {day.seed}, {day.speed:g} times as fast"
    yield f"the day ended at {end:%H:%M}, after {seconds:.0f} s; judged in {judging:.0f} s"
    yield from ("", row("what was seen", "times"), "|---|--:|")
    yield from (row(what, f"{number:,}") for what, number in sorted(found.seen.items()))
    yield from ("", row("closed by", "times"), "|---|--:|")
    yield from (row(login, number) for login, number in sorted(found.by_nurse.items()))
    yield from ("", row("refused", "times"), "|---|--:|")
    yield from (row(what, number) for what, number in found.refused.most_common())
    yield from ("", *_levels(found.stands, end), "")
    yield from _emergencies(found.stands, end)
    yield f"{len(found.tomorrow)} call-backs for tomorrow: {', '.join(found.tomorrow) or 'none'}"
    yield f"{len(found.violations)} violations"


def _levels(stands: Sequence[Stand], end: datetime) -> Iterator[str]:
    yield row("level", "told", "waited alone, median", "p90", "at most", "kept", "late", "open", "changed", "no time")
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    for level in reversed(range(len(LEVELS))):
        some = [stand for stand in stands if stand.level == level]
        waited = sorted(stand.waited for stand in some if stand.waited is not None)
        kept = Counter(stand.kept(end) for stand in some)
        yield row(
            LEVELS[level], len(some), *(_minutes(_at(waited, part)) for part in (0.5, 0.9, 1.0)),
            kept["kept"], kept["late"], kept["open"], kept["changed"], kept["no time"],
        )  # fmt: skip


def _emergencies(stands: Iterable[Stand], end: datetime) -> Iterator[str]:
    late = [stand for stand in stands if stand.level == EMERGENCY and stand.kept(end) == "late"]
    for stand in late:
        how = f"{_minutes(stand.waited)} min" if stand.waited else "never, as the answers became others"
        yield f"emergency not taken on in time: {stand.case}, told {stand.since:%H:%M}, {how}"


def _at(waited: Sequence[timedelta], part: float) -> timedelta | None:
    return waited[min(len(waited) - 1, int(len(waited) * part))] if waited else None


def _minutes(span: timedelta | None) -> str:
    return "-" if span is None else f"{span.total_seconds() / 60:.1f}"
