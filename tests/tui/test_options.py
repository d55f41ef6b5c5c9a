"""The start: what this is, what to do in an emergency, and who answers."""

import asyncio
import threading

import pytest

from chatbot.packs.pack import Pack
from chatbot.tui.app import Start
from tests.support.driving import in_order, running
from tests.support.person import TODAY

SIZES = [(80, 24), (40, 15), (120, 40), (200, 60)]


async def test_the_start_says_what_this_is_is_not_and_what_to_do_in_an_emergency(pack: Pack) -> None:
    async with running(pack, None) as app:
        assert in_order(
            app.text,
            "Low back pain",
            "If you feel very unwell or it gets suddenly worse: Call 999 or go to A&E now.",
            "This asks one question at a time and ends with advice",
            "Not a diagnosis, not a medical device",
            "your answers are not saved",
            "No clinician has approved it",
            "United Kingdom (F2)",
            "Who is answering?",
            "1 ( ) I am, for myself",
            "2 ( ) I am, for someone I am with",
            "3 ( ) A nurse or clinician",
        )


async def test_the_emergency_sentence_stands_in_a_double_box(pack: Pack) -> None:
    async with running(pack, None) as app:
        top, bottom = app.row_of("╔"), app.row_of("╚")
        assert top < app.row_of("If you feel very unwell") < bottom


@pytest.mark.parametrize("size", SIZES)
async def test_at_every_size_the_emergency_sentence_and_the_choice_are_in_sight(
    pack: Pack, size: tuple[int, int]
) -> None:
    async with running(pack, None, size) as app:
        assert in_order(app.text, "Call 999 or go to A&E now.", "Who is answering?", "1 ( ) I am, for myself")
        assert "Enter Begin F1 Help Ctrl+Q Leave" in app.text


@pytest.mark.parametrize(("key", "mode"), [("1", "patient"), ("23", "carer"), ("3", "nurse")])
async def test_a_digit_says_who_answers_and_the_first_question_comes(pack: Pack, key: str, mode: str) -> None:
    async with running(pack, None) as app:
        await app.keys(*key)
        assert (app.topic, app.state) == ("question", "right_now")
        assert app.conversation.interview.case.mode == mode


@pytest.mark.parametrize("size", SIZES)
async def test_a_carer_says_for_whom(pack: Pack, size: tuple[int, int]) -> None:
    async with running(pack, None, size) as app:
        await app.keys("2")
        assert in_order(
            app.text,
            "Call 999 or go to A&E now.",
            "Who are you answering for?",
            '1 ( ) Her: "How old is she?"',
            '2 ( ) Him: "How old is he?"',
            '3 ( ) Them: "How old are they?"',
        )
        assert app.chosen == set()
        await app.keys("enter")
        assert app.app.conversation is None
        await app.keys("1")
        case = app.conversation.interview.case
        assert (case.mode, case.whom) == ("carer", "her")


async def test_back_leads_from_whom_to_who_answers(pack: Pack) -> None:
    async with running(pack, None) as app:
        assert "Esc" not in app.text
        await app.keys("2", "escape")
        assert "Who is answering?" in app.text
        assert "1 ( ) I am, for myself" in app.text
        await app.keys("1")
        assert app.conversation.interview.case.mode == "patient"


async def test_whom_a_carer_answers_for_is_not_asked_where_it_was_named(pack: Pack) -> None:
    async with running(pack, None, start=Start(lambda: pack, "carer", "gb", today=TODAY, whom="him")) as app:
        await app.keys("enter")
        case = app.conversation.interview.case
        assert (case.mode, case.whom) == ("carer", "him")


async def test_arrows_and_enter_say_who_answers(pack: Pack) -> None:
    async with running(pack, None) as app:
        await app.keys("down", "down", "down")
        assert "> 3 ( ) A nurse or clinician" in app.text
        await app.keys("up")
        assert "> 2 ( ) I am, for someone I am with" in app.text
        await app.keys("enter", "down", "enter")
        assert app.conversation.interview.case.mode == "carer"
        assert app.conversation.interview.case.whom == "her"


async def test_a_click_says_who_answers(pack: Pack) -> None:
    async with running(pack, None) as app:
        await app.click("A nurse or clinician")
        assert app.conversation.interview.case.mode == "nurse"


async def test_nothing_is_chosen_at_first_and_enter_says_what_to_press(pack: Pack) -> None:
    async with running(pack, None) as app:
        assert app.chosen == set()
        await app.keys("enter")
        assert "Press 1, 2 or 3 to say who is answering." in app.text
        assert app.app.conversation is None


async def test_another_key_says_nothing_about_who_answers(pack: Pack) -> None:
    async with running(pack, None) as app:
        await app.keys("4", "x", "space", "right", "tab")
        assert app.topic == "start"
        assert app.app.conversation is None


async def test_a_key_changes_the_country_and_with_it_the_emergency_number(pack: Pack) -> None:
    async with running(pack, None, country="any") as app:
        assert "any country" in app.text
        assert "Call your local emergency number or go to an emergency department now." in app.text
        seen = {}
        for _ in pack.rulebook.countries:
            await app.keys("f2")
            seen[app.screen.country] = app.text  # type: ignore[attr-defined] # the start's
        assert set(seen) == set(pack.rulebook.countries)
        assert "Call 999 or go to A&E now." in seen["gb"]
        assert "Call 911 or go to an emergency room now." in seen["us"]
        await app.keys(*["f2"] * (1 + list(seen).index("us")), "1")
        assert app.conversation.interview.case.country == "us"


async def test_a_role_named_on_the_command_line_waits_for_one_key(pack: Pack) -> None:
    start = Start(lambda: pack, role="nurse", country="us", today=TODAY)
    async with running(pack, None, start=start) as app:
        assert app.app.conversation is None
        assert app.chosen == {"A nurse or clinician"}
        await app.keys("enter")
        case = app.conversation.interview.case
        assert (case.mode, case.country) == ("nurse", "us")


async def test_a_choice_made_before_the_questions_are_here_is_kept(pack: Pack) -> None:
    """The pack loads behind the first screen."""
    here = threading.Event()

    def load() -> Pack:
        here.wait(10)
        return pack

    from chatbot.tui.app import TriageApp
    from tests.support.driving import Driven, Instant

    app = TriageApp(Start(load, country="gb", today=TODAY), Instant())
    async with app.run_test(size=(80, 24)):
        driven = Driven(app)
        await driven.settle()
        assert "If you feel very unwell" in driven.text
        await driven.keys("2", "1")
        assert "Getting the questions ready." in driven.text
        assert app.conversation is None
        here.set()
        while app.conversation is None:
            await asyncio.sleep(0.001)
        await driven.settle()
        assert driven.state == "right_now"
        assert driven.conversation.interview.case.mode == "carer"


async def test_help_on_the_start_comes_back_to_it(pack: Pack) -> None:
    async with running(pack, None) as app:
        await app.keys("f1")
        assert "Here you say who answers." in app.text
        await app.keys("escape")
        assert app.topic == "start"
        await app.keys("1")
        assert app.state == "right_now"


async def test_what_does_not_fit_is_a_page_away(pack: Pack) -> None:
    async with running(pack, None, (40, 15)) as app:
        assert "not a medical device" not in app.text
        seen = app.text
        for _ in range(8):
            await app.keys("pagedown")
            seen += app.text
        assert "and nobody has validated it" in seen
        assert "No clinician has approved it" in seen
        await app.keys(*["pageup"] * 8)
        assert "If you feel very unwell" in app.text
