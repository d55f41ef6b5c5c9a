"""An emergency: the next screen says what to do, nothing competes with it, and it can be corrected."""

from time import monotonic

import pytest

from chatbot.case import Mode
from chatbot.packs.pack import Pack
from chatbot.tui.key_timing import SETTLE_EMERGENCY, Pace
from tests.support.driving import Driven, asking, in_order, running

NUMB = {"saddle_sensation": "4", "cauda_symptom_timing": "1"}
ACT = {"gb": "Call 999 or go to A&E now", "us": "Call 911 or go to an emergency room now"}
SIZES = [(80, 24), (40, 15), (120, 40), (200, 60)]


async def numb(app: Driven) -> None:
    """Answer as somebody who is newly numb between the legs."""
    await app.say("numb")
    await app.say("1")


async def test_the_screen_after_the_answer_is_the_emergency(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation") as app:
        await numb(app)
        assert (app.topic, app.state) == ("emergency", "emergency")
        assert "Part 1" not in app.text


@pytest.mark.parametrize("country", ["gb", "us"])
async def test_the_first_words_say_what_to_do_and_stand_in_a_double_box(pack: Pack, country: str) -> None:
    async with asking(pack, "emergency", says=NUMB, country=country) as app:
        for size in SIZES:
            await app.resize(*size)
            assert app.text.startswith(f"!!! EMERGENCY ADVICE: {ACT[country]}")
            rows = app.rows
            top, bottom = app.row_of("╔"), app.row_of("╚")
            assert top == 0
            assert all("║" in row for row in rows[top + 1 : bottom])
            assert "How soon: Now" in " ".join(rows[top:bottom])


async def test_what_can_be_done_next_is_in_sight_below_the_advice(pack: Pack) -> None:
    async with asking(pack, "emergency", says=NUMB) as app:
        for size in SIZES:
            await app.resize(*size)
            assert in_order(
                app.text[app.text.index("What now?") :],
                "1 Show everything for the people who will help",
                "2 Go back and correct the last answer",
                "3 Change an earlier answer",
            )


async def test_under_the_card_stand_what_to_do_and_why_and_nothing_else(pack: Pack) -> None:
    async with asking(pack, "emergency", size=(100, 60), says=NUMB) as app:
        assert in_order(app.text, "EMERGENCY ADVICE", "What to do", "Why", "You said: Yes: numb", "What now?")
        for title in ("Medicines", "Scans", "Follow-up", "Have a question"):
            assert title not in app.text


async def test_what_does_not_fit_is_a_page_away(pack: Pack) -> None:
    async with asking(pack, "emergency", size=(40, 15), says=NUMB) as app:
        seen = app.text
        assert "You said:" not in seen
        for _ in range(12):
            await app.keys("pagedown")
            seen += app.text
        assert "You said:" in seen
        await app.keys(*["pageup"] * 12)
        assert app.text.startswith("!!! EMERGENCY ADVICE")


async def test_no_key_acts_on_it_in_its_first_second(pack: Pack) -> None:
    """Somebody who types ahead must not type it away."""
    async with asking(pack, "emergency", says=NUMB) as app:
        app.app.pace = Pace()
        await app.show(app.conversation)
        app.screen.settle(SETTLE_EMERGENCY)  # type: ignore[attr-defined] # one of ours
        await app.settle()
        start = monotonic()
        for wait, key in enumerate(["1", "2", "3", "enter", "escape", "s", "y"]):
            await app.keys("down", key, at=start + 0.1 * wait)
            assert (app.topic, app.state) == ("emergency", "emergency")
        assert app.text.startswith("!!! EMERGENCY ADVICE")
        await app.keys("1", at=start + 5)
        assert app.topic == "summary"


async def test_a_click_does_not_act_on_it_in_its_first_second_either(pack: Pack) -> None:
    async with asking(pack, "emergency", says=NUMB) as app:
        app.app.pace = Pace()
        app.screen.settle(SETTLE_EMERGENCY)  # type: ignore[attr-defined] # one of ours
        await app.settle()
        await app.click("Show everything")
        assert app.topic == "emergency"


@pytest.mark.parametrize("way", ["escape", "2", "click", "arrows"])
async def test_going_back_corrects_the_last_answer(pack: Pack, way: str) -> None:
    async with asking(pack, "emergency", says=NUMB) as app:
        if way == "click":
            await app.click("Go back and correct")
        elif way == "arrows":
            await app.keys("down", "down", "enter")
        else:
            await app.keys(way)
        assert (app.topic, app.state) == ("question", "cauda_symptom_timing")
        await app.keys("escape")
        assert app.state == "saddle_sensation"
        await app.say("1")
        assert app.state == "bladder_function"


async def test_any_earlier_answer_can_be_changed(pack: Pack) -> None:
    async with asking(pack, "emergency", says=NUMB) as app:
        await app.keys("3")
        assert "What we have so far" in app.text
        await app.type("numb")
        await app.keys("enter")
        assert app.state == "saddle_sensation"
        await app.say("1")
        assert app.state == "bladder_function"


async def test_looking_at_the_answers_leads_back_to_the_emergency(pack: Pack) -> None:
    async with asking(pack, "emergency", says=NUMB) as app:
        for key in ("f3", "f4", "f1"):
            await app.keys(key, "escape")
            assert app.text.startswith("!!! EMERGENCY ADVICE")


async def test_everything_for_the_people_who_will_help_is_the_summary_and_leads_back(pack: Pack) -> None:
    async with asking(pack, "emergency", says=NUMB) as app:
        await app.keys("1")
        assert app.topic == "summary"
        assert f"EMERGENCY ADVICE: {ACT['gb']}" in app.text
        await app.keys("escape")
        assert (app.topic, app.state) == ("emergency", "emergency")


@pytest.mark.parametrize("who", ["patient", "carer"])
async def test_only_a_nurse_can_go_on(pack: Pack, who: Mode) -> None:
    async with asking(pack, "emergency", who=who, says=NUMB) as app:
        assert "Go on with the questions" not in app.text
        await app.keys("4")
        assert app.topic == "emergency"
        await app.keys("c")
        assert app.topic == "emergency"


async def test_a_nurse_goes_on_for_the_note_and_is_not_interrupted_again(pack: Pack) -> None:
    async with asking(pack, "emergency", who="nurse", says=NUMB) as app:
        assert "4 Go on with the questions, for the note" in app.text
        await app.keys("4")
        assert (app.topic, app.state) == ("question", "bladder_function")
        retention = next(at for at, line in enumerate(app.answers.lines) if "Retention" in line.text)
        await app.keys(str(retention + 1))
        assert app.topic == "question"
        assert app.said("bladder_function") is not None
        assert "CES-1" in {rule.id for rule in app.conversation.interview.recommendation.decided_by}


async def test_an_emergency_corrected_and_said_again_stands_alone_again(pack: Pack) -> None:
    """Also when its summary was looked at before."""
    async with asking(pack, "emergency", says=NUMB) as app:
        await app.keys("1", "escape", "escape", "escape")
        assert app.state == "saddle_sensation"
        await numb(app)
        assert app.topic == "emergency"


async def test_an_emergency_at_the_very_first_answer_stands_alone_too(pack: Pack) -> None:
    async with running(pack, "carer", (40, 15)) as app:
        await app.keys("1")
        assert app.topic == "emergency"
        assert app.text.startswith("!!! EMERGENCY ADVICE: Call 999")
