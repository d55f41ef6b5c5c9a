"""An answer that is come back to is there as it was given: Enter gives it again, and anything said takes its place."""

import pytest

from chatbot.packs.pack import Pack
from tests.support.driving import asking, running


async def test_enter_on_a_choice_come_back_to_gives_it_again(pack: Pack) -> None:
    async with asking(pack, "bladder_function", says={"saddle_sensation": "2"}) as app:
        before = app.said("saddle_sensation")
        await app.keys("escape")
        assert app.said("saddle_sensation") is None
        await app.keys("enter")
        assert app.said("saddle_sensation") == before
        assert app.state == "bladder_function"


async def test_a_figure_come_back_to_stands_in_the_line_to_type_in(pack: Pack) -> None:
    async with asking(pack, "sex_at_birth") as app:
        await app.keys("escape")
        assert (app.state, app.typed.value) == ("age_years", "forty")
        await app.keys("enter")
        assert app.said("age_years") == {"age_years": 40}


async def test_a_list_come_back_to_has_its_replies_and_enter_goes_on(pack: Pack) -> None:
    async with asking(pack, "how_it_affects_you") as app:
        await app.keys("2", "3", "2", "2", "2", "enter")
        given = app.conversation.interview.case.by_question["how_it_affects_you"].lines
        await app.keys("escape")
        assert app.state == "how_it_affects_you"
        assert {line: reply for line, (reply, _) in app.conversation.current_replies.items()} == given
        assert "[Not sure]" in app.text
        await app.keys("enter")
        assert app.conversation.interview.case.by_question["how_it_affects_you"].lines == given


@pytest.mark.parametrize("way", ["4", "numb", "click", "arrow"])
async def test_another_choice_takes_its_place(pack: Pack, way: str) -> None:
    async with asking(pack, "bladder_function") as app:
        await app.keys("escape")
        assert len(app.chosen) == 1
        if way == "click":
            await app.click("I cannot feel paper")
            await app.keys("enter")
        elif way == "arrow":
            while not any("(•) Yes: numb" in row for row in app.rows):
                await app.keys("down")
            await app.keys("enter")
        else:
            await app.type(way)
            await app.keys("enter")
        assert app.said("saddle_sensation") == {"saddle_sensation": "numb"}


async def test_nothing_kept_is_taken_for_an_answer_before_it_is_given_again(pack: Pack) -> None:
    """What stopping or looking so far finds are answers, and this is none until Enter."""
    async with asking(pack, "bladder_function", says={"saddle_sensation": "2"}) as app:
        await app.keys("escape", "ctrl+q", "2")
        assert app.said("saddle_sensation") is None
        assert "saddle_sensation" not in app.conversation.interview.rule_state.values


async def test_after_an_error_the_next_key_takes_the_place_of_what_was_typed(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation") as app:
        await app.type("banana")
        await app.keys("enter")
        assert app.notice.startswith("Error: ")
        await app.type("4")
        assert app.typed.value == "4"
        await app.keys("enter")
        assert app.said("saddle_sensation") == {"saddle_sensation": "numb"}


@pytest.mark.parametrize("key", ["0", "click"])
async def test_nought_closes_a_list_only_after_all_of_it_was_on_the_screen(pack: Pack, key: str) -> None:
    async with running(pack) as app:
        await app.keys("0")
        assert app.notice.startswith("Error: Read every line first.")
        assert app.conversation.current_replies == {}
        while app.answers.unseen:
            await app.keys("pagedown")
        if key == "click":
            await app.keys("up", "down", "down")
            await app.click("None of these")
        else:
            await app.keys("0")
        assert app.state == "saddle_sensation"
        assert set(app.conversation.interview.case.by_question["right_now"].lines.values()) == {"no"}


async def test_a_nurse_who_knows_the_list_by_heart_still_sees_it_before_she_denies_it(pack: Pack) -> None:
    async with running(pack, "nurse", (40, 15)) as app:
        await app.keys("0")
        assert app.state == "right_now"
        assert "not on the screen yet" in app.notice
        while app.answers.unseen:
            await app.keys("0")
        assert app.state == "right_now"
        await app.keys("0")
        assert app.state == "saddle_sensation"


async def test_nought_leaves_the_replies_already_given(pack: Pack) -> None:
    async with running(pack, size=(200, 60)) as app:
        await app.keys("2", "3", "0")
        lines = app.conversation.interview.case.by_question["right_now"].lines
        assert sorted(lines.values()) == ["no"] * 10 + ["unknown"]


async def test_a_list_outside_the_emergency_checks_can_be_skipped_and_its_rest_is_not_known(pack: Pack) -> None:
    async with asking(pack, "how_it_affects_you") as app:
        assert "F5 Skip" in app.rows[-1]
        await app.keys("2", "f5")
        assert app.state != "how_it_affects_you"
        lines = app.conversation.interview.case.by_question["how_it_affects_you"].lines
        assert sorted(lines.values()) == ["no"] + ["unknown"] * (len(lines) - 1)


async def test_no_emergency_check_can_be_skipped(pack: Pack) -> None:
    async with running(pack) as app:
        assert "F5" not in app.rows[-1]
        await app.keys("f5")
        assert (app.state, app.said("right_now")) == ("right_now", None)
        await app.say("skip")
        assert (app.state, app.said("right_now")) == ("right_now", None)


async def test_an_age_that_ends_the_questions_is_confirmed(pack: Pack) -> None:
    """A slip of the finger is not to end them."""
    async with asking(pack, "age_years") as app:
        await app.say("14")
        assert "So 14 years. Is that right?" in app.text
        assert app.said("age_years") is None
        await app.say("no")
        assert app.state == "age_years"
        await app.say("41")
        assert app.said("age_years") == {"age_years": 41}
