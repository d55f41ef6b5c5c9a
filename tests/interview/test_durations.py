"""Lengths of time as people type them; and sixty phrases of all kinds to build on, sixty to measure by."""

from collections.abc import Sequence
from datetime import date

import pytest

from chatbot.case import Span
from chatbot.interview.reading.choices import Choice, read_choice, read_yes_no
from chatbot.interview.reading.durations import LONGEST, read_duration, say_duration
from chatbot.interview.reading.en import ENGLISH
from chatbot.interview.reading.numbers import read_number
from tests.support.held_out_phrases import HELD_OUT, Row

WEDNESDAY = date(2026, 3, 18)

BUILD_ON: tuple[Row, ...] = (
    Row("duration", "", "3 weeks", (21, 21)),
    Row("duration", "", "three weeks", (21, 21)),
    Row("duration", "", "about three weeks", (18, 24)),
    Row("duration", "", "2-3 wks", (14, 21)),
    Row("duration", "", "2 or 3 weeks", (14, 21)),
    Row("duration", "", "between two and three weeks", (14, 21)),
    Row("duration", "", "a fortnight", (14, 14)),
    Row("duration", "", "10/52", (70, 70)),
    Row("duration", "", "2/7", (2, 2)),
    Row("duration", "", "3/12", (89, 92)),
    Row("duration", "", "a couple of months", (59, 92)),
    Row("duration", "", "a few days", (3, 5)),
    Row("duration", "", "half a year", (181, 184)),
    Row("duration", "", "a year and a half", (546, 550)),
    Row("duration", "", "3.5 weeks", (24, 25)),
    Row("duration", "", "1 month", (28, 31)),
    Row("duration", "", "since Tuesday", (1, 1)),
    Row("duration", "", "since yesterday", (1, 1)),
    Row("duration", "", "since this morning", (0, 0)),
    Row("duration", "", "today", (0, 0)),
    Row("duration", "", "last night", (0, 1)),
    Row("duration", "", "last week", (3, 9)),
    Row("duration", "", "since 3 March", (15, 15)),
    Row("duration", "", "since last March", (352, 382)),
    Row("duration", "", "since 2019", (2269, 2633)),
    Row("duration", "", "over 6 months", (181, LONGEST)),
    Row("duration", "", "more than 3 weeks", (21, LONGEST)),
    Row("duration", "", "less than a week", (0, 6)),
    Row("duration", "", "for ages", None),
    Row("duration", "", "6 weeks or so", (36, 48)),
    Row("duration", "", "two weeks ago", (14, 14)),
    Row("duration", "", "nearly a month", (21, 31)),
    Row("duration", "", "5d", (5, 5)),
    Row("duration", "", "a week on Friday", None),
    Row("duration", "", "on and off for 2 years", (730, 731)),
    Row("duration", "", "a month and two weeks", (42, 45)),
    Row("duration", "", "years", None),
    Row("duration", "", "since 25 March", None),
    Row("number", "pain", "7", (7, 7)),
    Row("number", "pain", "seven", (7, 7)),
    Row("number", "pain", "7/10", (7, 7)),
    Row("number", "pain", "6-7", (6, 7)),
    Row("number", "pain", "about 7", (7, 7)),
    Row("number", "age", "about 40", None),
    Row("number", "age", "fifties", None),
    Row("number", "age", "forty two", (42, 42)),
    Row("number", "age", "I'm 42", (42, 42)),
    Row("number", "age", "42 yrs old", (42, 42)),
    Row("number", "temperature", "38,5", (38.5, 38.5)),
    Row("choice", "side", "the right side", "right"),
    Row("choice", "side", "both legs", "both"),
    Row("choice", "side", "i think left", None),
    Row("choice", "feeling", "not numb", None),
    Row("choice", "feeling", "no feeling", "numb"),
    Row("choice", "walking", "cannot walk", "cannot_walk"),
    Row("yes_no", "", "yeah", "yes"),
    Row("yes_no", "", "nope", "no"),
    Row("yes_no", "", "dunno", "unknown"),
    Row("yes_no", "", "not really", None),
    Row("yes_no", "", "i think so", None),
)

# Read as 102 to 175 days, where 100 to 170 was written down as the loosest. Left as it was measured: it holds
# all of the days meant, and neither the reader nor the held-out list is changed to fit the other.
TOO_WIDE = ["must be four or five months now"]

NUMBERS = {"pain": (0, 10, 0, True), "age": (0, 120, 0, False), "temperature": (30, 43, 1, False)}
CHOICES = {
    "side": [
        Choice("none", ("Neither leg", "none", "no leg pain")),
        Choice("left", ("Left leg", "left", "L")),
        Choice("right", ("Right leg", "right", "R")),
        Choice("both", ("Both legs", "both")),
    ],
    "feeling": [
        Choice("normal", ("It feels normal", "normal")),
        Choice("altered", ("It feels different", "different", "tingling")),
        Choice("numb", ("I cannot feel touch there", "numb", "no feeling")),
    ],
    "walking": [
        Choice("none", ("I walk as usual", "steady", "normal")),
        Choice("cannot_walk", ("I cannot walk", "can't walk")),
    ],
}


def read(row: Row) -> Span | str | None:
    if row.kind == "duration":
        return read_duration(row.text, WEDNESDAY, ENGLISH)
    if row.kind == "number":
        low, high, decimals, approximate = NUMBERS[row.of]
        return read_number(row.text, low, high, decimals=decimals, approximate=approximate, language=ENGLISH)
    return read_choice(row.text, CHOICES[row.of], ENGLISH) if row.kind == "choice" else read_yes_no(row.text, ENGLISH)


def is_wrong(row: Row) -> bool:
    got = read(row)
    if got is None:
        return False
    if isinstance(got, Span) and isinstance(row.meant, tuple):
        least, most = row.meant, row.loosest or row.meant
        return not (most[0] <= got.low <= least[0] and least[1] <= got.high <= most[1])
    return got != row.meant


def test_every_phrase_to_build_on_is_read_as_meant() -> None:
    assert len(BUILD_ON) == 60
    assert [row.text for row in BUILD_ON if is_wrong(row) or (read(row) is None) != (row.meant is None)] == []


def test_no_held_out_phrase_is_read_wrongly_but_one_too_widely() -> None:
    assert len(HELD_OUT) == 60
    wrong = [(row.text, read(row)) for row in HELD_OUT if is_wrong(row)]
    asked_again = [row.text for row in HELD_OUT if row.meant is not None and read(row) is None]
    as_meant = len(HELD_OUT) - len(wrong) - len(asked_again)
    print(f"held-out: {as_meant} of {len(HELD_OUT)} read, {len(wrong)} wrong, asked again: {asked_again}")  # noqa: T201 - figures are printed, not asserted
    assert [text for text, _ in wrong] == TOO_WIDE


def test_no_phrase_is_in_both_lists() -> None:
    assert {row.text.casefold() for row in BUILD_ON}.isdisjoint(row.text.casefold() for row in HELD_OUT)


def spans(phrases: Sequence[str], today: date | None = WEDNESDAY) -> list[tuple[float, float] | None]:
    found = [read_duration(phrase, today, ENGLISH) for phrase in phrases]
    return [(span.low, span.high) if span else None for span in found]


@pytest.mark.parametrize(
    "phrase",
    [
        "", " ", "?", "weeks", "a few", "3", "3 or 4", "10/10", "6/10", "7/10", "24/7", "2/7/2025",
        "3/4/2025", "-3 days",
        "3,5 weeks", "1.000 days", "1e3 days", "1e309 weeks", "nan weeks", "inf days", "0x10 days",
        "three", "week",
        "3-2 weeks", "3 weeks 2", "2 3 weeks", "5 days and 2 weeks", "a week and a month", "2 tablets a day",
        "65 years old", "twice a night", "since 3/12", "from 2/7", "started 10/52", "not 3 weeks",
        "3 weeks but not 4", "in 2 weeks", "tomorrow", "next Tuesday",
        "a week tomorrow", "2 weeks on Monday", "3 weeks today", "since birth", "all my life",
        "since I was 20",
        "31 February", "since 31 April 2025", "since 2027", "since 1850", "since year 0", "in 19", "may",
        "march",
        "2019", "since summer", "over since Tuesday", "under at least 3 weeks", "since 2 weeks next Friday",
        "3\u00b2 weeks", "1\u2460 weeks", "\u2153 of a week", "three \u4e09 weeks", "3 weeks " * 40,
        "9" * 5000 + " days",
    ],
)  # fmt: skip
def test_what_is_not_plainly_a_length_of_time_is_asked_again(phrase: str) -> None:
    assert read_duration(phrase, WEDNESDAY, ENGLISH) is None


def test_the_same_length_is_read_from_many_spellings() -> None:
    phrases = [
        "3 weeks",
        "3weeks",
        "3 WKS.",
        "three  weeks!",
        "3w",
        "for 3 weeks now",
        "it's been 3 weeks",
        "3/52",
    ]
    phrases += [
        "since 3 weeks ago",
        "3 weeks, on and off",
        "back pain for 3 weeks",
        "I\u2019ve had it for three weeks",
        "\uff13 weeks",
        "\u0663 weeks",
        "3 \u200bweeks",
    ]
    assert set(spans(phrases)) == {(21, 21)}


def test_halves_and_sums_are_added_up() -> None:
    assert spans(["2\u00bd weeks", "two and a half weeks", "2 1/2 weeks", "a week and a half", "1/2 a week"]) == [
        (17, 18),
        (17, 18),
        (17, 18),
        (10, 11),
        (3, 4),
    ]
    assert spans(["1 year 3 months", "1y 3mo", "1 year, 3 months", "a week and a couple of days"]) == [
        (454, 458),
        (454, 458),
        (454, 458),
        (9, 10),
    ]


def test_two_ends_may_name_their_unit_once_or_twice() -> None:
    assert (
        spans(
            [
                "1 to 2 weeks",
                "1 week to 2 weeks",
                "a week or two",
                "one week or 2",
                "between a week and 2 weeks",
            ]
        )
        == [(7, 14)] * 5
    )
    assert spans(["10 days to 2 weeks", "a week or 10 days", "2-3/52"]) == [(10, 14), (7, 10), (14, 21)]


def test_an_open_end_stays_open() -> None:
    assert (
        spans(["6+ weeks", "6 weeks plus", "> 6 weeks", "at least 6 weeks", "6 weeks or more"]) == [(42, LONGEST)] * 5
    )
    assert spans(["up to 2 weeks", "no more than 2 weeks", "2 weeks at most", "in the last 2 weeks"]) == [(0, 14)] * 4
    assert spans(["< 2 weeks", "under a day", "90 years", "at least 0 days"]) == [
        (0, 13),
        (0, 0),
        (LONGEST, LONGEST),
        None,
    ]


def test_doubt_widens_the_interval() -> None:
    phrases = [
        "about 3 weeks",
        "3 weeks or so",
        "3ish weeks",
        "3 weeks?",
        "maybe 3 weeks",
        "I think it's been 3 weeks",
    ]
    assert set(spans([*phrases, "over the last 3 weeks"])) == {(18, 24)}
    assert spans(["about a week", "about a month", "about a year", "about 2-3 weeks"]) == [
        (4, 10),
        (21, 38),
        (305, 426),
        (11, 24),
    ]


def test_days_of_the_week_count_back_from_today() -> None:
    assert spans(["Monday", "on Monday", "since mon", "since Monday morning", "this Monday"]) == [(2, 2)] * 5
    assert spans(["since Thursday", "since Wednesday", "since last Monday", "Monday last week"]) == [
        (6, 6),
        (7, 7),
        (2, 9),
        (9, 9),
    ]
    assert spans(["over the weekend", "since last weekend", "since Monday night", "this Friday"]) == [
        (3, 4),
        (3, 4),
        (1, 2),
        None,
    ]


def test_dates_and_months_are_the_last_that_came_round() -> None:
    assert spans(["since March 3rd", "the 3rd of March 2026", "2026-03-03", "3/3/2026"]) == [(15, 15)] * 4
    assert spans(["since 13/3/2026", "25 December", "since Christmas", "29 Feb 2024"]) == [
        (5, 5),
        (83, 83),
        (83, 83),
        (748, 748),
    ]
    assert spans(["since February", "in May", "this month", "since March", "early 2026"]) == [
        (18, 45),
        (291, 321),
        (0, 17),
        (0, 17),
        (0, 76),
    ]


def test_a_day_that_comes_again_soon_is_not_taken_for_last_year() -> None:
    assert spans(["since 19 March", "since 10 April", "since 1 May"]) == [None, None, (321, 321)]


def test_without_today_only_words_that_need_no_calendar_are_read() -> None:
    phrases = [
        "since Tuesday",
        "3 March",
        "last week",
        "since 2019",
        "in May",
        "last weekend",
        "since Christmas",
    ]
    assert set(spans(phrases, None)) == {None}
    assert spans(["today", "yesterday", "3 weeks", "the last week"], None) == [
        (0, 0),
        (1, 1),
        (21, 21),
        (7, 7),
    ]


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("today", "less than a day"),
        ("4 days", "4 days"),
        ("3 weeks", "3 weeks"),
        ("2-3 weeks", "about 2 to 3 weeks"),
        ("about 3 weeks", "about 3 weeks"),
        ("1 month", "about 1 month"),
        ("up to a year", "up to 1 year"),
        ("over 70 years", "at least 50 years"),
        ("3 months", "about 3 months"),
        ("2-3 months", "about 2 to 3 months"),
        ("18 months", "about 18 months"),
        ("2 years", "about 2 years"),
        ("less than a week", "less than a week"),
        ("under 3 weeks", "less than 3 weeks"),
        ("up to 3 weeks", "up to 3 weeks"),
        ("less than a month", "less than 1 month"),
        ("over 6 weeks", "at least 6 weeks"),
        ("over 6 months", "at least 6 months"),
        ("since 1 Feb", "about 6 weeks"),
    ],
)
def test_a_length_is_said_back_in_plain_words(phrase: str, said: str) -> None:
    span = read_duration(phrase, WEDNESDAY, ENGLISH)
    assert span is not None
    assert say_duration(span, ENGLISH) == said


def test_what_is_said_back_reads_as_the_same_stretch_of_time() -> None:
    ends = [
        0,
        1,
        2,
        5,
        6,
        7,
        13,
        14,
        20,
        21,
        27,
        28,
        30,
        31,
        41,
        42,
        62,
        84,
        92,
        120,
        184,
        366,
        729,
        1000,
        7305,
        LONGEST,
    ]
    for low, high in ((low, high) for low in ends for high in ends if low <= high and (low, high) != (0, LONGEST)):
        again = read_duration(say_duration(Span(low, high), ENGLISH), None, ENGLISH)
        assert again is not None, (low, high, say_duration(Span(low, high), ENGLISH))
        assert max(again.low, low) <= min(again.high, high), (low, high, say_duration(Span(low, high), ENGLISH))
