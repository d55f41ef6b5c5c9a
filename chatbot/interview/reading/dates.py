"""When something began, as people type it: `yesterday`, `last Tuesday`, `3 March`, `early 2020`."""

import calendar
import re
from datetime import date, timedelta

from chatbot.interview.reading.language import Dates
from chatbot.interview.reading.phrases import Reading, Words, word

_PART_OF_MONTH = ((1, 12), (8, 23), (19, 31))
_PART_OF_YEAR = ((1, 5), (4, 9), (8, 12))
_SOONEST_GUESS = timedelta(days=31)


def read_start(tokens: Words, today: date | None, dates: Dates, *, anchored: bool) -> Reading | None:
    """Reads how long ago a day, month or year named in words was; None when that is unclear or lies ahead.

    `anchored` says that "since" or the like went before, so that "May" can only be the month. Days of the
    week, dates, months and years need `today`. The whole of `tokens` must be read.
    """
    spoken = dates.spoken.get(" ".join(tokens))
    if spoken:
        return Reading(*spoken, "day")
    if today is None:
        return None
    if word(tokens, 0) in dates.anchors and len(tokens) > 1:
        tokens, anchored = tokens[1:], True
    if not anchored and tokens[0:1] and tokens[0] in dates.need_anchor and len(tokens) == 1:
        return None
    return (
        _of_period(tokens, today, dates)
        or _of_weekend(tokens, today, dates)
        or _of_weekday(tokens, today, dates)
        or _of_day(tokens, today, dates)
        or _of_month(tokens, today, dates)
        or _of_year(tokens, today, dates, anchored=anchored)
    )


def _between(first: date, last: date, today: date, grain: str) -> Reading | None:
    if first > today:
        return None
    return Reading((today - min(last, today)).days, (today - first).days, grain)


def _single(day: date | None, today: date) -> Reading | None:
    return _between(day, day, today, "day") if day else None


def _of_period(tokens: Words, today: date, dates: Dates) -> Reading | None:
    if word(tokens, 0) in dates.earlier:
        tokens = tokens[1:]
    which, unit = word(tokens, 0), word(tokens, 1)
    if len(tokens) != 2 or which not in dates.this | dates.last:
        return None
    is_last = which in dates.last
    if unit in dates.week:
        first = today - timedelta(days=today.weekday() + (7 if is_last else 0))
        return _between(first, first + timedelta(days=6), today, "day")
    if unit in dates.month:
        first = today.replace(day=1)
        first = first if not is_last else (first - timedelta(days=1)).replace(day=1)
        return _between(first, _month_end(first), today, "week")
    if unit in dates.year:
        year = today.year if not is_last else today.year - 1
        return _between(date(year, 1, 1), date(year, 12, 31), today, "month")
    return None


def _of_weekend(tokens: Words, today: date, dates: Dates) -> Reading | None:
    if " ".join(tokens) not in dates.weekend or today.weekday() >= 5:
        return None
    saturday = today - timedelta(days=today.weekday() + 2)
    return _between(saturday, saturday + timedelta(days=1), today, "day")


def _of_weekday(tokens: Words, today: date, dates: Dates) -> Reading | None:
    ends_at_night = word(tokens, len(tokens) - 1) in dates.night
    if ends_at_night or word(tokens, len(tokens) - 1) in dates.times_of_day:
        tokens = tokens[:-1]
    last_week = tokens[1:] in dates.last_week
    which = word(tokens, 0) if word(tokens, 0) in dates.last | dates.this and not last_week else ""
    day = dates.weekdays.get(word(tokens, 1 if which else 0))
    if day is None or not (last_week or len(tokens) == (2 if which else 1)):
        return None
    this_week = today.weekday() - day
    ago = this_week if this_week > 0 else this_week + 7
    if last_week:
        ago = this_week + 7
    if which in dates.this and this_week <= 0:
        return None
    # On a Friday "last Tuesday" may be three days ago or ten.
    further = 7 if which in dates.last and this_week > 0 else 0
    return Reading(ago - 1 if ends_at_night else ago, ago + further, "day")


def _of_day(tokens: Words, today: date, dates: Dates) -> Reading | None:
    holiday = dates.holidays.get(" ".join(tokens[1:] if word(tokens, 0) in dates.last else tokens))
    if holiday:
        return _single(_latest(*holiday, today), today)
    numeric = _numeric_date(tokens)
    if numeric:
        return _single(numeric, today)
    named = _day_and_month(tuple(part for part in tokens if part not in dates.dropped | {","}), dates)
    if named is None:
        return None
    number, month, year = named
    return _single(_date(year, month, number) if year else _latest(month, number, today), today)


def _day_and_month(tokens: Words, dates: Dates) -> tuple[int, int, int | None] | None:
    parts = [part for part in tokens if part not in dates.ordinals]
    if len(parts) not in {2, 3} or len(tokens) - len(parts) > 1:
        return None
    number, month = (parts[0], parts[1]) if parts[0].isdigit() else (parts[1], parts[0])
    year = parts[2] if len(parts) == 3 else ""
    if month not in dates.months or not re.fullmatch(r"\d{1,2}", number) or not re.fullmatch(r"(?:\d{4})?", year):
        return None
    return int(number), dates.months[month], int(year) if year else None


def _numeric_date(tokens: Words) -> date | None:
    if len(tokens) != 5 or tokens[1] != tokens[3] or tokens[1] not in {"-", "/"}:
        return None
    first, second, third = tokens[0], tokens[2], tokens[4]
    if re.fullmatch(r"\d{4} \d{2} \d{2}", f"{first} {second} {third}"):
        return _date(int(first), int(second), int(third))
    if not re.fullmatch(r"\d{1,2} \d{1,2} \d{4}", f"{first} {second} {third}"):
        return None
    # 3/4/2025 is April or March, according to where one lives: read only what can be one day alone.
    readings = {_date(int(third), int(second), int(first)), _date(int(third), int(first), int(second))} - {None}
    return readings.pop() if len(readings) == 1 else None


def _of_month(tokens: Words, today: date, dates: Dates) -> Reading | None:
    part, tokens = _part(tokens, dates)
    which = word(tokens, 0) if word(tokens, 0) in dates.last | dates.this else ""
    rest = tuple(each for each in (tokens[1:] if which else tokens) if each not in dates.of)
    month = dates.months.get(word(rest, 0))
    if month is None or (which and len(rest) > 1) or which in dates.this:
        return None
    if len(rest) == 1:
        return _latest_month(month, part, today, last=which in dates.last)
    year = _year(rest[1:], today)
    return _month(year, month, part, today) if year else None


def _latest_month(month: int, part: int | None, today: date, *, last: bool) -> Reading | None:
    year = today.year if month < today.month or (month == today.month and not last) else today.year - 1
    reading = _month(year, month, part, today)
    if reading is None or not last or year < today.year:
        return reading
    earlier = _month(year - 1, month, part, today)
    return earlier and Reading(reading.low, earlier.high, reading.grain)


def _month(year: int, month: int, part: int | None, today: date) -> Reading | None:
    first = date(year, month, 1)
    last = _month_end(first)
    if part is not None:
        start, end = _PART_OF_MONTH[part]
        first, last = first.replace(day=start), first.replace(day=min(end, last.day))
    return _between(first, last, today, "week")


def _of_year(tokens: Words, today: date, dates: Dates, *, anchored: bool) -> Reading | None:
    part, tokens = _part(tokens, dates)
    year = _year(tokens, today)
    if year is None or (part is None and not anchored):
        return None
    start, end = (1, 12) if part is None else _PART_OF_YEAR[part]
    return _between(date(year, start, 1), _month_end(date(year, end, 1)), today, "month")


def _part(tokens: Words, dates: Dates) -> tuple[int | None, Words]:
    for size in (3, 2, 1):
        part = dates.parts.get(" ".join(tokens[:size]))
        if part is not None and len(tokens) > size:
            return part, tokens[size:]
    return None, tokens


def _year(tokens: Words, today: date) -> int | None:
    if len(tokens) != 1 or not re.fullmatch(r"(?:19|20)\d\d", tokens[0]):
        return None
    return int(tokens[0]) if int(tokens[0]) <= today.year else None


def _latest(month: int, number: int, today: date) -> date | None:
    """The last time this day came round; none when it comes again so soon that it may have been mistyped."""
    this_year = _date(today.year, month, number)
    if this_year and this_year <= today:
        return this_year
    if this_year and this_year - today <= _SOONEST_GUESS:
        return None
    return _date(today.year - 1, month, number)


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _month_end(first: date) -> date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])
