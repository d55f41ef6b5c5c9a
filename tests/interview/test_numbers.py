"""Numbers as people type them."""

import pytest

from chatbot.case import Span
from chatbot.interview.reading.en import ENGLISH
from chatbot.interview.reading.numbers import read_number


def age(text: str) -> Span | None:
    return read_number(text, 0, 120, ENGLISH)


def pain(text: str) -> Span | None:
    return read_number(text, 0, 10, approximate=True, unit="points", language=ENGLISH)


def temperature(text: str) -> Span | None:
    return read_number(text, 30, 43, decimals=1, unit="celsius", language=ENGLISH)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("42", 42), (" 42. ", 42), ("forty two", 42), ("forty-two", 42), ("Forty Two!", 42), ("fourty", 40),
        ("42 years", 42), ("I'm 42", 42), ("I\u2019m 42", 42), ("im 42 yrs old", 42),
        ("I am forty two years old", 42),
        ("she's 80", 80), ("aged 9", 9), ("just turned 42", 42), ("a hundred", 100),
        ("one hundred and five", 105),
        ("0", 0), ("zero", 0), ("07", 7), ("120", 120), ("42 y/o", 42),
        ("\uff14\uff12", 42), ("\u0664\u0662", 42), ("4\u200b2", 42), ("\x1b[31m42\x1b[0m", 42),
    ],
)  # fmt: skip
def test_an_age_is_read(text: str, number: int) -> None:
    assert age(text) == Span(number, number)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "?", "-", "forty twenty", "two three", "4 2", "42 43", "121", "-3", "\u22123", "+3",
        "1e1", "1e309", "nan",
        "inf", "infinity", "0x10", "0b1", "1_0", "1.000", "1,000", "42.5", "42,5", ".4", "..4", "#4", "$4",
        "007",
        "9" * 5000, "about 40", "around 40", "40ish", "40?", "maybe 40", "I think 40", "fifties", "40s",
        "mid 40s",
        "over 40", ">40", "40+", "under 40", "not 40", "nearly 40", "42 next month", "6 months",
        "42 weeks", "7/10",
        "40/2", "7 out of 10", "3\u00b2", "4\u00b2", "\u2460", "1\u2461", "\u00bd", "4\u00bd", "\u4e09",
        "1\u2488", "two hundred",
        "40-30", "40-40", "40 and 50", "between 40", "between 50 and 40", "40 or 50 or 60", "forty\nor so",
    ],
)  # fmt: skip
def test_what_is_not_plainly_an_age_is_asked_again(text: str) -> None:
    assert age(text) is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("7", 7, 7), ("7/10", 7, 7), ("7 / 10", 7, 7), ("7 out of 10", 7, 7), ("seven out of ten", 7, 7),
        ("about 7", 7, 7), ("7ish", 7, 7), ("maybe a 7", 7, 7), ("I'd say 7", 7, 7), ("7?", 7, 7),
        ("~7", 7, 7),
        ("it's a seven", 7, 7), ("6-7", 6, 7), ("6 \u2013 7", 6, 7), ("6 or 7", 6, 7), ("six to seven", 6, 7),
        ("six-seven", 6, 7), ("6-7/10", 6, 7), ("between 6 and 7", 6, 7), ("10/10", 10, 10), ("0", 0, 0),
        ("7 points", 7, 7),
    ],
)  # fmt: skip
def test_a_place_on_the_scale_is_read(text: str, low: int, high: int) -> None:
    assert pain(text) == Span(low, high)


@pytest.mark.parametrize(
    "text",
    [
        "11",
        "7.5",
        "7/5",
        "6/7",
        "7/100",
        "7 years",
        "7 weeks",
        "7 now, 9 at worst",
        "7-11",
        "over 7",
        "6 and 7",
        "6, 7",
    ],
)
def test_what_is_no_place_on_the_scale_is_asked_again(text: str) -> None:
    assert pain(text) is None


@pytest.mark.parametrize(
    "text", ["38.5", "38,5", "38.5C", "38.5 \u00b0C", "38.5\u2103", "38.5 degrees", "\uff13\uff18.5"]
)
def test_a_temperature_takes_one_decimal(text: str) -> None:
    assert temperature(text) == Span(38.5, 38.5)


@pytest.mark.parametrize(
    "text", ["38.55", "101 F", "101", "38.5 F", "38. 5", "38.5.1", "38,5,1", "38:5", "29.9", "43.1"]
)
def test_what_is_no_temperature_in_celsius_is_asked_again(text: str) -> None:
    assert temperature(text) is None


def test_a_whole_number_is_kept_whole() -> None:
    span = temperature("38")
    assert span is not None
    assert isinstance(span.low, int)
    assert isinstance(span.high, int)


def test_years_are_a_unit_of_ages_alone() -> None:
    assert read_number("7 years", 0, 10, ENGLISH) is None
    assert read_number("2 years", 0, 520, ENGLISH) is None
    assert read_number("7/10", 0, 120, ENGLISH) is None
    assert read_number("6 weeks", 0, 520, unit="weeks", language=ENGLISH) == Span(6, 6)
    assert read_number("6 years", 0, 520, unit="weeks", language=ENGLISH) is None


def test_a_range_is_read_for_an_age_but_not_an_approximation() -> None:
    assert age("40-45") == Span(40, 45)
    assert age("40 to 45 years") == Span(40, 45)
    assert age("about 40-45") is None
