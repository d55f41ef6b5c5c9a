"""Words said of a list: the lines they name and their replies, what is said of the rest, and nothing more."""

from collections.abc import Mapping

import pytest

from chatbot.case import Reply
from chatbot.interview.reading.choices import Choice
from chatbot.interview.reading.en import ENGLISH
from chatbot.interview.reading.list_words import SaidOfLines, read_replies

LINES = tuple(Choice(name, (name, f"my {name}")) for name in ("chest", "face", "belly", "calf"))


@pytest.mark.parametrize(
    ("typed", "lines", "rest"),
    [
        ("1", {"chest": "yes"}, None),
        ("1, 4", {"chest": "yes", "calf": "yes"}, None),
        ("1 and 3", {"chest": "yes", "belly": "yes"}, None),
        ("2 no", {"face": "no"}, None),
        ("my calf: no, my face", {"calf": "no", "face": "yes"}, None),
        ("1 yes, 2 no; 3 not sure", {"chest": "yes", "face": "no", "belly": "unknown"}, None),
        ("chest, not sure about the rest", {"chest": "yes"}, "unknown"),
        ("4 no, unsure about some", {"calf": "no"}, "unknown"),
        ("not sure", {}, "unknown"),
        ("none of these", {}, "no"),
        ("1, 1 yes", {"chest": "yes"}, None),
    ],
)
def test_only_what_was_said_is_given(typed: str, lines: Mapping[str, Reply], rest: Reply | None) -> None:
    assert read_replies(typed, LINES, ENGLISH) == SaidOfLines(lines, rest)


@pytest.mark.parametrize("typed", ["", "elbow", "1, elbow", "9", "1, none", "1, not sure", "chest?", "no chest"])
def test_what_is_not_understood_in_any_part_says_nothing(typed: str) -> None:
    assert read_replies(typed, LINES, ENGLISH) is None


@pytest.mark.parametrize("one", ["yes", "no", "not sure"])
@pytest.mark.parametrize("other", ["yes", "no", "not sure"])
@pytest.mark.parametrize("name", ["1", "chest", "my chest"])
def test_two_replies_to_one_line_that_differ_are_asked_again(one: str, other: str, name: str) -> None:
    """Of "1 yes, 1 no" the later one used to win, and the yes was lost."""
    found = read_replies(f"{name} {one}, 2 no, 1 {other}", LINES, ENGLISH)
    assert (found is None) == (one != other)


def test_the_others_are_denied_only_where_a_transcript_asks_for_it() -> None:
    said = read_replies("2 yes, 3 not sure", LINES, ENGLISH)
    assert said is not None
    assert said.lines.keys() == {"face", "belly"}
    assert said.and_none_of_the_others(LINES) == {"chest": "no", "face": "yes", "belly": "unknown", "calf": "no"}
