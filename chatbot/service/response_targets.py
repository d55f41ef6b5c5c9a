"""What a level of care promises: until when somebody has seen to a case, counted from when the person was told."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from chatbot.recommendation.rulebook import EMERGENCY, SAME_DAY

_URGENT, _ROUTINE = 3, 2
# The guidance behind an emergency says now. This project counts a case as kept when somebody took it on so soon; the
# number has no source.
TAKEN_WITHIN = timedelta(minutes=10)
_WITHIN = {_URGENT: timedelta(days=14), _ROUTINE: timedelta(days=91)}


def day_of(now: datetime) -> datetime:
    """The beginning of the day where this program runs."""
    return _beginning(now.astimezone().date())


def _beginning(day: date) -> datetime:
    """The first moment of a day, which where clocks change is at another hour of the world than that of other days."""
    # By way of the clock of the system: where midnight is left out, its first moment is an hour later.
    return datetime.fromtimestamp(datetime.combine(day, time.min).timestamp(), UTC).astimezone()


def promised(level: int | None, shown: datetime) -> datetime | None:
    """Until when a case is to be seen to; None where its level promises no time.

    "Today" ends with the day on which it was said, which is the more urgent reading. A call of which no level is known
    yet is counted as an emergency.
    """
    if level is None or level >= EMERGENCY:
        return shown + TAKEN_WITHIN
    if level == SAME_DAY:
        return _beginning(shown.astimezone().date() + timedelta(days=1))
    return shown + _WITHIN[level] if level in _WITHIN else None
