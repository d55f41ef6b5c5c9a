"""A time to call back as people type it: `20 min`, `2 h`, `14:30`, `tomorrow 9:00`."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from chatbot.errors import InputError
from chatbot.interview.reading.sanitise import fold

_IN = re.compile(r"(?:in )?(\d{1,3}) ?(m|min|mins|minutes?|h|hrs?|hours?|d|days?)")
_AT = re.compile(r"(?:at )?(tomorrow )?(?:at )?(\d{1,2})[:.](\d{2})")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def read_time(typed: str, now: datetime) -> datetime:
    """The moment that was meant, after `now`; InputError where it names none. A time of day gone by is tomorrow's."""
    words = fold(typed)
    if match := _IN.fullmatch(words):
        return now + int(match[1]) * _UNITS[match[2][0]]
    match = _AT.fullmatch(words)
    if not match or int(match[2]) > 23 or int(match[3]) > 59:
        raise InputError("Enter a time such as 20 min, 2 h, 14:30 or tomorrow 9:00.")
    here = now.astimezone()
    due = here.replace(hour=int(match[2]), minute=int(match[3]), second=0, microsecond=0)
    if match[1] or due <= here:
        # By the calendar, so that the hour stays the same where clocks change over night.
        due = (due.replace(tzinfo=None) + timedelta(days=1)).astimezone()
    return due
