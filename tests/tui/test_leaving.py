"""Leaving and hiding: one key at any moment, which says what happens, and one that shows nothing at once."""

import pytest

from chatbot.packs.pack import Pack
from tests.support.driving import Driven, asking, in_order, running

NUMB = {"saddle_sensation": "4", "cauda_symptom_timing": "1"}
CALL = "If you feel very unwell or it gets suddenly worse: Call 999 or go to A&E now."
PLACES = ["right_now", "saddle_sensation", "pain_location", "check_answers", "complete", "emergency"]
SIZES = [(80, 24), (40, 15), (120, 40)]


def at(place: str) -> dict[str, str]:
    return NUMB if place == "emergency" else {}


@pytest.mark.parametrize("place", PLACES)
async def test_leaving_says_what_happens_and_what_to_do_in_an_emergency(pack: Pack, place: str) -> None:
    async with asking(pack, place, says=at(place)) as app:
        await app.keys("ctrl+q")
        for size in SIZES:
            await app.resize(*size)
            assert in_order(app.text, "Leave?", "Your answers are not saved.", CALL, "Stay and go on")
        assert not app.app._exit


async def test_the_number_is_that_of_the_country(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation", country="us") as app:
        await app.keys("ctrl+q")
        assert "Call 911 or go to an emergency room now." in app.text


@pytest.mark.parametrize("way", ["1", "escape", "click", "arrows"])
async def test_staying_changes_nothing(pack: Pack, way: str) -> None:
    async with asking(pack, "saddle_sensation") as app:
        before, question = app.conversation, app.text
        await app.keys("ctrl+q")
        if way == "click":
            await app.click("Stay and go on")
        else:
            await app.keys(*(["down", "enter"] if way == "arrows" else [way]))
        assert app.conversation is before
        assert app.text == question


@pytest.mark.parametrize("place", ["saddle_sensation", "pain_location", "check_answers"])
async def test_ending_here_shows_the_advice_so_far(pack: Pack, place: str) -> None:
    async with asking(pack, place) as app:
        await app.keys("ctrl+q")
        assert "2 End the questions here and show the advice so far" in app.text
        await app.keys("2")
        assert (app.topic, app.state) == ("summary", "stopped")
        assert "You stopped before the end." in app.text


@pytest.mark.parametrize("place", ["complete", "emergency"])
async def test_where_the_questions_have_ended_there_is_nothing_to_end(pack: Pack, place: str) -> None:
    async with asking(pack, place, says=at(place)) as app:
        await app.keys("ctrl+q")
        assert "End the questions here" not in app.text
        assert in_order(app.text, "1 Stay and go on", "3 Leave now; the answers are forgotten")


async def test_every_choice_is_in_sight(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation") as app:
        await app.keys("ctrl+q")
        for size in SIZES:
            await app.resize(*size)
            assert in_order(app.text, "1 Stay", "2 End the questions", "advice so far", "3 Leave now", "forgotten")


@pytest.mark.parametrize("keys", [["ctrl+q", "ctrl+q"], ["ctrl+q", "3"], ["ctrl+q", "down", "down", "down", "enter"]])
async def test_leaving_for_good_takes_a_second_key(pack: Pack, keys: list[str]) -> None:
    async with asking(pack, "saddle_sensation") as app:
        await app.keys(*keys[:-1])
        assert not app.app._exit
        await app.keys(keys[-1])
        assert app.app._exit
        assert app.app.return_code == 0


async def test_enter_alone_does_not_leave(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation") as app:
        await app.keys("ctrl+q", "enter")
        assert not app.app._exit


@pytest.mark.parametrize("place", PLACES)
async def test_the_interrupt_key_asks_too_and_never_breaks_off(pack: Pack, place: str) -> None:
    async with asking(pack, place, says=at(place)) as app:
        await app.keys("ctrl+c")
        assert "Leave?" in app.text
        assert not app.app._exit


async def test_the_start_can_be_left_as_well(pack: Pack) -> None:
    async with running(pack, None) as app:
        await app.keys("ctrl+q")
        assert in_order(app.text, "Leave?", "If you feel very unwell or it gets suddenly worse")
        assert "End the questions here" not in app.text
        await app.keys("ctrl+q")
        assert app.app._exit


@pytest.mark.parametrize("modal", ["f1", "f3", "f4"])
async def test_leaving_works_from_what_is_read_as_well(pack: Pack, modal: str) -> None:
    async with asking(pack, "saddle_sensation") as app:
        await app.keys(modal, "ctrl+q")
        assert "Leave?" in app.text


def tells(app: Driven, pack: Pack) -> list[str]:
    """Which words on the screen could tell somebody what this is about."""
    shown = app.text.lower()
    telling = ["pain", "back", "advice", "emergency", "999", "question", "triage", "answer", "you:", "numb", pack.title]
    return [word for word in telling if word.lower() in shown]


@pytest.mark.parametrize("place", PLACES)
async def test_one_key_hides_everything_at_once_and_brings_it_back(pack: Pack, place: str) -> None:
    async with asking(pack, place, says=at(place)) as app:
        await app.keys("down")
        for size in SIZES:
            await app.resize(*size)
            shown = app.text
            assert tells(app, pack)
            await app.keys("f8")
            assert tells(app, pack) == []
            assert "F8 go on" in app.text
            await app.keys("f8")
            assert app.text == shown


@pytest.mark.parametrize("under", [["f1"], ["f3"], ["f4"], ["ctrl+q"]])
async def test_what_stands_before_a_screen_is_hidden_with_it(pack: Pack, under: list[str]) -> None:
    async with asking(pack, "saddle_sensation") as app:
        await app.keys(*under)
        shown = app.text
        await app.keys("f8")
        assert tells(app, pack) == []
        await app.keys("f8")
        assert app.text == shown


async def test_what_is_typed_while_it_is_hidden_is_heard_by_nothing(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation") as app:
        before = app.conversation
        await app.keys("f8")
        await app.type("4")
        await app.keys("enter", "escape", "y", "f3", "f1", "tab", "enter")
        assert tells(app, pack) == []
        await app.keys("f8")
        assert app.conversation is before
        assert (app.chosen, app.typed.value) == (set(), "")


async def test_what_hides_it_says_only_which_keys_there_are(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation") as app:
        await app.keys("f8")
        assert "Paused." in app.text
        assert [row.split() for row in app.rows if row.strip()] == [
            ["Paused."], ["F8", "go", "on"], ["Ctrl+Q", "close"]
        ]  # fmt: skip


async def test_from_what_is_hidden_one_key_leaves(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation") as app:
        await app.keys("f8", "ctrl+q")
        assert app.app._exit
