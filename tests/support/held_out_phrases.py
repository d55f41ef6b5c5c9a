"""Sixty phrases written before the readers were tried on them, and only ever measured.

Do not change a reader because of a row here: put a new phrase among `BUILD_ON` in `test_durations.py`
and leave this list as it is. Of a duration `meant` is what the reading must hold and `loosest` what it
must not go beyond; for every other kind they are the same. `None` says that nothing may be read.
"""

from typing import Literal, NamedTuple

Kind = Literal["duration", "number", "choice", "yes_no"]


class Row(NamedTuple):
    """One phrase: its kind, the question it answers, and what it means."""

    kind: Kind
    of: str
    text: str
    meant: tuple[float, float] | str | None
    loosest: tuple[float, float] | None = None


HELD_OUT: tuple[Row, ...] = (
    Row("duration", "", "six wks", (42, 42), (42, 42)),
    Row("duration", "", "ten days or thereabouts", (10, 10), (7, 14)),
    Row("duration", "", "just over a fortnight", (15, 16), (14, 20)),
    Row("duration", "", "the best part of a year", (270, 364), (180, 366)),
    Row("duration", "", "9 months", (274, 274), (265, 280)),
    Row("duration", "", "since last Thursday", (6, 6), (6, 13)),
    Row("duration", "", "about 2 and a half months", (74, 78), (60, 95)),
    Row("duration", "", "since the 1st of Feb", (45, 45), (45, 45)),
    Row("duration", "", "18/12", (546, 549), (530, 560)),
    Row("duration", "", "a few hours", (0, 0), (0, 1)),
    Row("duration", "", "it started the day before yesterday", (2, 2), (2, 2)),
    Row("duration", "", "quite a while", None),
    Row("duration", "", "a long time", None),
    Row("duration", "", "3 weeks tomorrow", None),
    Row("duration", "", "must be four or five months now", (120, 153), (100, 170)),
    Row("duration", "", "twenty years", (7305, 7305), (7000, 7600)),
    Row("duration", "", "since I had my baby", None),
    Row("duration", "", "2mths", (60, 61), (55, 66)),
    Row("duration", "", "nearly 3 weeks", (18, 20), (14, 21)),
    Row("duration", "", "only a couple of days", (2, 2), (1, 3)),
    Row("duration", "", "5-6/7", (5, 6), (5, 6)),
    Row("duration", "", "less than 48 hours", (0, 1), (0, 2)),
    Row("duration", "", "since new year's day", (76, 76), (73, 79)),
    Row("duration", "", "from the middle of January", (61, 63), (46, 76)),
    Row("duration", "", "a year or two", (366, 730), (360, 735)),
    Row("duration", "", "two weeks to a month", (14, 30), (14, 31)),
    Row("duration", "", "3 or so weeks", (21, 21), (16, 26)),
    Row("duration", "", "one week 3 days", (10, 10), (10, 10)),
    Row("duration", "", "next month", None),
    Row("duration", "", "24/7", None),
    Row("duration", "", "every day for 3 weeks", (21, 21), (18, 24)),
    Row("duration", "", "6 weeks, worse the last 2 days", (42, 42), (38, 46)),
    Row("duration", "", "not more than 10 days", (0, 10), (0, 10)),
    Row("duration", "", "since November", (108, 137), (105, 140)),
    Row("duration", "", "since 2021", (1538, 1902), (1530, 1910)),
    Row("duration", "", "two day", (2, 2), (2, 2)),
    Row("number", "pain", "8 out of ten", (8, 8)),
    Row("number", "age", "sixty-seven", (67, 67)),
    Row("number", "age", "67 next birthday", None),
    Row("number", "age", "late thirties", None),
    Row("number", "pain", "between 5 and 6", (5, 6)),
    Row("number", "temperature", "thirty eight point two", (38.2, 38.2)),
    Row("number", "age", "i am 29 years of age", (29, 29)),
    Row("number", "pain", "11", None),
    Row("number", "age", "4 2", None),
    Row("number", "pain", "five or six out of 10", (5, 6)),
    Row("choice", "side", "its the left", "left"),
    Row("choice", "side", "rihgt", "right"),
    Row("choice", "feeling", "cant feel anything", "numb"),
    Row("choice", "feeling", "not normal", None),
    Row("choice", "walking", "unsteady", None),
    Row("choice", "side", "left leg mostly", None),
    Row("choice", "side", "either", None),
    Row("choice", "walking", "can walk", None),
    Row("yes_no", "", "yeah it does", "yes"),
    Row("yes_no", "", "nah mate", "no"),
    Row("yes_no", "", "no idea", "unknown"),
    Row("yes_no", "", "yes but only at night", None),
    Row("yes_no", "", "I wouldn't say so", None),
    Row("yes_no", "", "haven't got a clue", "unknown"),
)
