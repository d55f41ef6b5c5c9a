"""Which level stands in a row: what was shown, what a clinician chose, and what waits for a signature."""

from dataclasses import replace

import pytest

from chatbot.case import Mode
from chatbot.storage.events import (
    Called,
    Closed,
    Signed,
)
from chatbot.storage.worklist_query import urgency_of
from tests.support.course import EMERGENCY, PRIMARY, ROUTINE, SAME_DAY, SELF_CARE, URGENT, chose, issued, told

# A call with somebody who answered alone.


def test_a_call_begins_with_the_level_that_was_told_before() -> None:
    course = told(SAME_DAY)
    row = course.did(Called(then="right_now"), "ann")
    assert (row.called, row.owner, row.taken, row.state) == (course.last, "ann", course.last, "right_now")
    assert (row.mode, row.level, row.stands) == ("patient", SAME_DAY, SAME_DAY)
    assert course.did(Called(then="right_now"), "bob").called == row.called


@pytest.mark.parametrize("then", ["stopped", "complete"])
def test_what_a_person_was_told_alone_stands_while_not_all_they_said_is_confirmed(then: str) -> None:
    """Whoever plans a call back then has to find the emergency where it stood."""
    course = told(EMERGENCY)
    course.did(Called(then="right_now"), "ann")
    less = issued(SAME_DAY, then)
    row = course.did(less.model_copy(update={"at_least": "emergency_now"}), "ann")
    assert (row.level, row.stands, row.urgency) == (EMERGENCY, EMERGENCY, urgency_of(EMERGENCY))
    assert course.did(less.model_copy(update={"at_least": "self_care"}), "ann").stands == SAME_DAY
    assert course.did(less, "ann").stands == SAME_DAY


def test_questions_that_are_broken_off_can_raise_a_level() -> None:
    course = told(PRIMARY)
    course.did(Called(then="right_now"), "ann")
    assert course.did(issued(SAME_DAY, "stopped"), "ann").stands == SAME_DAY


@pytest.mark.parametrize("mode", ["patient", "nurse"])
def test_who_answers_alone_or_is_asked_from_the_start_has_the_level_shown_last(mode: Mode) -> None:
    course = told(EMERGENCY, mode)
    assert course.did(issued(SAME_DAY, "stopped"), "ann" if mode == "nurse" else "").stands == SAME_DAY


# Another level than that of the rules.


def test_a_higher_level_counts_at_once() -> None:
    course = told(URGENT)
    row = course.did(chose(EMERGENCY, URGENT), "ann")
    assert (row.level, row.chosen, row.asked, row.stands) == (URGENT, EMERGENCY, None, EMERGENCY)
    assert row.urgency == urgency_of(EMERGENCY)


def test_a_lower_level_counts_at_once_where_there_was_no_emergency() -> None:
    course = told(SAME_DAY)
    row = course.did(chose(PRIMARY, SAME_DAY), "ann")
    assert (row.level, row.chosen, row.asked, row.stands) == (SAME_DAY, PRIMARY, None, PRIMARY)
    assert row.urgency == urgency_of(PRIMARY)


@pytest.mark.parametrize("by_rules", [EMERGENCY, URGENT], ids=["shown", "said to be the one of the rules"])
def test_a_level_below_an_emergency_waits_until_somebody_else_signs_it(by_rules: int) -> None:
    course = told(by_rules)
    row = course.did(chose(URGENT - 1, EMERGENCY), "ann")
    assert (row.chosen, row.asked, row.asker, row.stands) == (None, ROUTINE, "ann", by_rules)
    assert row.urgency == urgency_of(by_rules)
    row = course.did(Signed(override=3), "bob")
    assert (row.chosen, row.asked, row.asker, row.stands) == (ROUTINE, None, "", ROUTINE)
    assert row.urgency == urgency_of(ROUTINE)


@pytest.mark.parametrize("login", ["ann", ""])
def test_a_signature_by_the_same_login_or_by_nobody_counts_nothing(login: str) -> None:
    course = told(EMERGENCY)
    before = course.did(chose(URGENT, EMERGENCY), "ann")
    row = course.did(Signed(override=3), login, "nurse")
    assert row == replace(before, changed=course.last)
    assert course.did(Signed(override=3), "bob").stands == URGENT


def test_a_signature_where_nothing_waits_counts_nothing() -> None:
    course = told(EMERGENCY)
    before = course.row
    assert course.did(Signed(override=3), "bob") == replace(before, changed=course.last)
    course.did(chose(URGENT, EMERGENCY), "ann")
    course.did(Signed(override=4), "bob")
    before = course.row
    assert course.did(Signed(override=4), "carl") == replace(before, changed=course.last)


def test_who_asks_again_is_the_one_who_cannot_sign() -> None:
    course = told(EMERGENCY)
    course.did(chose(URGENT, EMERGENCY), "ann")
    row = course.did(chose(SAME_DAY, EMERGENCY), "bob")
    assert (row.asked, row.asker) == (SAME_DAY, "bob")
    assert course.did(Signed(override=4), "bob").stands == EMERGENCY
    assert course.did(Signed(override=4), "ann").stands == SAME_DAY


def test_an_emergency_chosen_takes_back_what_waited_for_a_signature() -> None:
    course = told(EMERGENCY)
    course.did(chose(URGENT, EMERGENCY), "ann")
    row = course.did(chose(EMERGENCY, EMERGENCY), "ann")
    assert (row.chosen, row.asked, row.asker, row.stands) == (EMERGENCY, None, "", EMERGENCY)
    assert course.did(Signed(override=3), "bob").stands == EMERGENCY


def test_what_is_more_urgent_than_a_lower_level_that_was_signed_waits_for_nobody() -> None:
    course = told(EMERGENCY)
    course.did(chose(PRIMARY, EMERGENCY), "ann")
    course.did(Signed(override=3), "bob")
    assert course.did(chose(SAME_DAY, EMERGENCY), "carl").stands == SAME_DAY
    row = course.did(chose(URGENT, EMERGENCY), "carl")
    assert (row.stands, row.asked) == (SAME_DAY, URGENT)


@pytest.mark.parametrize(
    ("chosen", "shown", "stands"),
    [
        (PRIMARY, SAME_DAY, SAME_DAY),
        (PRIMARY, ROUTINE, ROUTINE),
        (SAME_DAY, ROUTINE, SAME_DAY),
        (SAME_DAY, SAME_DAY, SAME_DAY),
        (SAME_DAY, EMERGENCY, EMERGENCY),
        (EMERGENCY, EMERGENCY, EMERGENCY),
        (EMERGENCY, SELF_CARE, EMERGENCY),
        (PRIMARY, URGENT, PRIMARY),
    ],
)
def test_a_choice_falls_when_another_level_above_it_is_shown_and_stands_otherwise(
    chosen: int, shown: int, stands: int
) -> None:
    course = told(URGENT)
    course.did(chose(chosen, URGENT), "ann")
    row = course.did(issued(shown))
    assert (row.level, row.stands) == (shown, stands)
    assert row.urgency == urgency_of(stands)


def test_what_waits_for_a_signature_falls_when_another_level_is_shown() -> None:
    course = told(EMERGENCY)
    course.did(chose(PRIMARY, EMERGENCY), "ann")
    assert course.did(issued(EMERGENCY)).asked == PRIMARY
    row = course.did(issued(SAME_DAY))
    assert (row.asked, row.asker) == (None, "")
    assert course.did(Signed(override=3), "bob").stands == SAME_DAY


def test_a_choice_made_for_a_case_that_was_closed_is_made_anew_when_it_is_open_again() -> None:
    course = told(EMERGENCY)
    course.did(chose(PRIMARY, EMERGENCY), "ann")
    course.did(Signed(override=3), "bob")
    course.did(Closed(outcome="advised"), "ann")
    assert course.row.stands == PRIMARY
    assert course.did(issued(EMERGENCY, "emergency")).stands == EMERGENCY


def test_choosing_the_level_that_stands_takes_a_lower_one_that_waits_back() -> None:
    """It was signed already, so it waits for nobody, and nobody can sign the lower one any more."""
    course = told(EMERGENCY)
    course.did(chose(SAME_DAY, EMERGENCY), "ann")
    course.did(Signed(override=3), "bob")
    assert course.did(chose(URGENT, EMERGENCY), "ann").asked == URGENT
    row = course.did(chose(SAME_DAY, EMERGENCY), "ann")
    assert (row.chosen, row.asked, row.asker, row.stands) == (SAME_DAY, None, "", SAME_DAY)
    assert course.did(Signed(override=5), "bob").stands == SAME_DAY
