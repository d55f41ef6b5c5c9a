"""Check your answers: one row each, Change on every row, and confirming is a key of its own."""

import pytest

from chatbot.interview.answered_questions import AnsweredQuestion, answers_given
from chatbot.packs.pack import Pack
from tests.support.driving import Driven, asking, in_order

CONFIRM = "All right: show my advice"
PARTS = ["Emergency checks", "How it started", "Your health and medicines", "What the pain is like", "Daily life"]


def listed(app: Driven) -> list[AnsweredQuestion]:
    return list(answers_given(app.conversation.interview, app.conversation.words))


async def test_every_answer_has_one_row_under_the_heading_of_its_part(pack: Pack) -> None:
    async with asking(pack, "check_answers", size=(120, 60)) as app:
        assert app.rows[0].strip() == "Check your answers"
        assert in_order(app.text, *PARTS)
        for part in PARTS:
            assert app.text.count(part) == 1
        for row in listed(app):
            assert app.text.count(f"{row.name}: ") == 1
        changes = [row for row in app.rows if row.rstrip().endswith("Change")]
        assert len(changes) == len(listed(app))


async def test_title_first_row_button_and_keys_are_in_sight(pack: Pack) -> None:
    async with asking(pack, "check_answers") as app:
        for size in ((80, 24), (40, 15), (120, 40), (200, 60)):
            await app.resize(*size)
            assert in_order(app.text, "Check your answers", "Has any of this happened", CONFIRM)
            assert app.rows[-1].startswith(" y ")


@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
async def test_every_row_can_be_reached(pack: Pack, size: tuple[int, int]) -> None:
    async with asking(pack, "check_answers", size=size) as app:
        for row in listed(app):
            await app.keys("down")
            assert app.answers.current is not None
            assert app.answers.current.id == row.question
            assert any(shown.lstrip().startswith(f"> {row.name[:12]}") for shown in app.rows)


async def test_enter_confirms_nothing(pack: Pack) -> None:
    async with asking(pack, "check_answers") as app:
        for _ in range(3):
            await app.keys("enter")
        assert app.state == "check_answers"
        assert app.notice == "If all of it is right, press y. To change an answer, choose its row first."


@pytest.mark.parametrize("key", ["space", "1", "n", "right", "pagedown", "x"])
async def test_no_other_key_confirms(pack: Pack, key: str) -> None:
    async with asking(pack, "check_answers") as app:
        await app.keys(key)
        assert app.state == "check_answers"


@pytest.mark.parametrize("way", ["y", "click", "tab"])
async def test_its_own_key_and_the_button_confirm(pack: Pack, way: str) -> None:
    async with asking(pack, "check_answers") as app:
        if way == "click":
            await app.click(CONFIRM)
        elif way == "tab":
            await app.keys("tab", "enter")
        else:
            await app.keys("y")
        assert (app.topic, app.state) == ("summary", "complete")


@pytest.mark.parametrize("way", ["keys", "click"])
async def test_an_answer_changed_comes_back_to_the_check_with_the_new_answer(pack: Pack, way: str) -> None:
    async with asking(pack, "check_answers", size=(100, 60)) as app:
        if way == "click":
            await app.click("Change", after="Age: 40 years")
        else:
            while app.answers.current is None or app.answers.current.id != "age_years":
                await app.keys("down")
            await app.keys("enter")
        assert (app.topic, app.state) == ("question", "age_years")
        await app.say("41")
        assert (app.topic, app.state) == ("check", "check_answers")
        assert "Age: 41 years" in app.text
        assert "Age: 40 years" not in app.text


async def test_a_change_asks_what_it_opens_before_it_comes_back(pack: Pack) -> None:
    async with asking(pack, "check_answers", size=(100, 60)) as app:
        name = next(row.name for row in listed(app) if row.question == "illnesses")
        await app.click(name[:30])
        assert app.state == "illnesses"
        await app.say("1")
        assert app.state == "cancer_history"
        await app.say("2")
        while app.topic == "question":
            await app.say("1")
        assert (app.topic, app.state) == ("check", "check_answers")
        assert {"illnesses", "cancer_history"} <= {row.question for row in listed(app)}


async def test_what_no_longer_applies_has_no_row(pack: Pack) -> None:
    says = {"leg_symptom_side": "left leg", "leg_weakness": "1", "leg_sensory_change": "1", "leg_symptom_extent": "1"}
    async with asking(pack, "check_answers", size=(100, 60), says=says) as app:
        assert any(row.question == "leg_symptom_extent" for row in listed(app))
        legs = next(row.name for row in listed(app) if row.question == "leg_symptom_side")
        await app.click(legs[:20])
        await app.say("neither leg")
        while app.topic == "question":
            await app.say("3")
        assert app.topic == "check"
        assert not any(row.question == "leg_symptom_extent" for row in listed(app))
        assert "leg_symptom_extent" not in app.conversation.interview.rule_state.values


async def test_back_leads_to_the_last_question(pack: Pack) -> None:
    async with asking(pack, "check_answers") as app:
        await app.keys("escape")
        assert app.topic == "question"
        assert "Before, you answered: " in app.text


async def test_leaving_from_the_check_still_gives_advice(pack: Pack) -> None:
    async with asking(pack, "check_answers") as app:
        await app.keys("ctrl+q", "2")
        assert (app.topic, app.state) == ("summary", "stopped")
        assert "You stopped before the end." in app.text
