"""Which keys came from a person, and which act on what was not there to be read yet."""

from time import monotonic

import pytest

from chatbot.packs.pack import Pack
from chatbot.tui.key_timing import BURST, SETTLE, SETTLE_EMERGENCY, Pace
from tests.support.driving import asking, running


def test_a_key_that_follows_at_the_speed_of_a_machine_does_not_act() -> None:
    pace = Pace()
    assert pace.acts(False, 1.0)
    assert not pace.acts(False, 1.0 + BURST / 2)
    assert pace.acts(False, 1.0 + BURST / 2 + BURST)


def test_a_held_key_never_acts_again_however_long_it_is_held() -> None:
    pace = Pace()
    assert pace.acts(False, 0.0)
    assert not any(pace.acts(False, at * BURST / 2) for at in range(1, 500))


def test_characters_get_through_as_text_at_any_speed() -> None:
    pace = Pace()
    assert all(pace.acts(True, at / 1000) for at in range(50))


def test_enter_right_after_fast_text_does_not_act() -> None:
    """What is pasted without a terminal's brackets ends in an Enter of its own."""
    pace = Pace()
    for at in range(5):
        pace.acts(True, at / 1000)
    assert not pace.acts(False, 5 / 1000)


def test_enter_right_after_a_paste_does_not_act() -> None:
    pace = Pace()
    pace.pasted(1.0)
    assert not pace.acts(False, 1.0 + BURST / 4)
    assert pace.acts(False, 2.0)


def test_nothing_answers_what_is_not_shown_yet() -> None:
    pace = Pace()
    pace.hide()
    pace.acts(False, monotonic() + 100)
    assert not pace.may_answer()


def test_what_is_shown_can_be_answered_once_it_stood_for_a_moment() -> None:
    pace = Pace()
    pace.show(0.5)
    now = monotonic()
    pace.acts(False, now + 0.3)
    assert not pace.may_answer()
    pace.acts(False, now + 0.6)
    assert pace.may_answer()


def test_a_key_pressed_before_something_was_shown_does_not_answer_it() -> None:
    pace = Pace()
    pace.acts(False, monotonic() - 1)
    pace.show(0)
    assert not pace.may_answer()


def test_a_click_answers_what_stood_for_a_moment_as_a_key_does() -> None:
    pace = Pace()
    pace.show(0.5)
    pace.clicked(monotonic() + 0.3)
    assert not pace.may_answer()
    pace.clicked(monotonic() + 0.6)
    assert pace.may_answer()


def test_an_emergency_stands_longest_and_a_nurse_waits_least() -> None:
    assert SETTLE_EMERGENCY >= 1.0 > max(SETTLE.values())
    assert SETTLE["nurse"] < SETTLE["patient"] == SETTLE["carer"]


def test_tests_can_do_without_waiting() -> None:
    pace = Pace(burst=0, scale=0)
    pace.show(SETTLE_EMERGENCY)
    assert pace.acts(False, monotonic())
    assert pace.may_answer()


async def test_enter_held_down_answers_one_question_at_most(pack: Pack) -> None:
    """With the pace of the real program; a keyboard repeats some 30 times a second, a script faster."""
    async with asking(pack, "age_years") as app:
        app.app.pace = Pace()
        await app.show(app.conversation)
        app.app.pace.show(0)
        app.typed.value = "40"
        before, start = len(app.conversation.interview.case.answers), monotonic() + 1
        for held in range(40):
            await app.keys("enter", at=start + held / 30)
        assert len(app.conversation.interview.case.answers) == before + 1
        assert app.state == "sex_at_birth"


async def test_a_key_that_came_too_fast_is_told_so_and_loses_nothing(pack: Pack) -> None:
    async with asking(pack, "age_years") as app:
        app.app.pace = Pace()
        app.app.pace.show(0)
        app.typed.value = "40"
        start = monotonic() + 1
        await app.keys("f2", at=start)
        await app.keys("enter", at=start + BURST / 4)
        assert app.notice.startswith("That key came faster than a person types")
        assert (app.state, app.typed.value) == ("age_years", "40")
        await app.keys("enter", at=start + 2)
        assert app.said("age_years") == {"age_years": 40}


async def test_pasted_lines_answer_nothing_by_themselves(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation") as app:
        app.app.pace = Pace()
        await app.show(app.conversation)
        await app.paste("1\n1\n1\r\n1\nyes\n")
        assert app.state == "saddle_sensation"
        assert "\n" not in app.typed.value
        assert app.said("saddle_sensation") is None


@pytest.mark.parametrize("key", ["1", "enter", "3"])
async def test_a_key_in_flight_when_the_start_came_up_is_heard_by_nothing(pack: Pack, key: str) -> None:
    async with running(pack, None, pace=Pace()) as app:
        await app.keys(key, at=monotonic() - 3600)
        assert app.app.conversation is None
