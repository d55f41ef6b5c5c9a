"""What a level of care promises: until when somebody has seen to a case, counted from when the person was told."""

from __future__ import annotations

from datetime import datetime, timedelta

from chatbot.recommendation.rulebook import EMERGENCY, SAME_DAY

_URGENT, _ROUTINE = 3, 2
# The guidance behind an emergency says now. This project counts a case as kept when somebody took it on so soon; the
# number has no source.
TAKEN_WITHIN = timedelta(minutes=10)
_WITHIN = {_URGENT: timedelta(days=14), _ROUTINE: timedelta(days=91)}


def day_of(now: datetime) -> datetime:
    """The beginning of the day where this program runs."""
    return now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)


def promised(level: int | None, shown: datetime) -> datetime | None:
    """Until when a case is to be seen to; None where its level promises no time.

    "Today" ends with the day on which it was said, which is the more urgent reading. A call of which no level is known
    yet is counted as an emergency.
    """
    if level is None or level >= EMERGENCY:
        return shown + TAKEN_WITHIN
    if level == SAME_DAY:
        return day_of(day_of(shown) + timedelta(hours=30))  # also on a day that has 23 or 25 hours
    return shown + _WITHIN[level] if level in _WITHIN else None
