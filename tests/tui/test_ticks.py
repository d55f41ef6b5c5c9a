"""Tick lists: keys, clicks, numbers and words all tick, and "none of these" stands alone."""

from collections.abc import Awaitable, Callable

import pytest

from chatbot.packs.pack import Pack
from tests.support.adverse import Clock, send
from tests.support.driving import Driven, asking, reached, running

# How it started: 1 slowly, 4 lifting, 8 none of these, 9 not sure about some.
SLOWLY, LIFTING = "Slowly, over hours, days or longer", "With lifting, bending, twisting or coughing"
Way = Callable[[Driven], Awaitable[None]]
NONE, SOME = "None of these", "I'm not sure about some of these"


async def test_nothing_is_ticked_at_first_and_enter_says_what_to_do(pack: Pack) -> None:
    async with asking(pack, "how_started") as app:
        assert app.chosen == set()
        await app.keys("enter")
        assert app.notice == 'Error: Select all that are true. If none is, select "None of these".'
        await app.keys("enter")
        assert app.notice.startswith("Error: Tick lines with ")
        assert app.state == "how_started"


async def test_the_space_bar_ticks_and_unticks_the_line_with_the_mark(pack: Pack) -> None:
    async with asking(pack, "how_started") as app:
        await app.keys("space")
        assert app.chosen == {SLOWLY}
        await app.keys("down", "down", "down", "space")
        assert app.chosen == {SLOWLY, LIFTING}
        await app.keys("space")
        assert app.chosen == {SLOWLY}
        assert "> 4 [ ] With lifting" in app.text


async def test_arrows_alone_tick_nothing(pack: Pack) -> None:
    async with asking(pack, "how_started") as app:
        await app.keys("down", "down", "up")
        assert app.chosen == set()
        await app.keys("enter")
        assert app.notice.startswith("Error: ")


async def test_a_click_ticks_and_unticks(pack: Pack) -> None:
    async with asking(pack, "how_started") as app:
        await app.click("Slowly")
        await app.click("[ ] With lifting")
        assert app.chosen == {SLOWLY, LIFTING}
        await app.click("Slowly")
        assert app.chosen == {LIFTING}
        await app.click("Continue")
        assert app.conversation.answer_words("how_started") == LIFTING


async def test_none_of_these_takes_the_other_ticks_away_and_they_take_it_away(pack: Pack) -> None:
    async with asking(pack, "how_started") as app:
        await app.click("Slowly")
        await app.click(SOME)
        assert app.chosen == {SLOWLY, SOME}
        await app.click(NONE)
        assert app.chosen == {NONE}
        await app.click("Slowly")
        assert app.chosen == {SLOWLY}


async def by_numbers(app: Driven) -> None:
    await app.type("1, 4")
    await app.keys("enter")


async def by_words(app: Driven) -> None:
    await app.say("came on slowly, lifting")


async def by_keys(app: Driven) -> None:
    await app.keys("space", "down", "down", "down", "space", "enter")


async def by_mouse(app: Driven) -> None:
    await app.click("Slowly")
    await app.click("With lifting")
    await app.click("Continue")


async def by_both(app: Driven) -> None:
    await app.click("Slowly")
    await app.type("4")
    await app.keys("enter")


@pytest.mark.parametrize("way", [by_numbers, by_words, by_keys, by_mouse, by_both], ids=lambda way: way.__name__)
async def test_lines_ticked_in_any_way_are_the_same_answer(pack: Pack, way: Way) -> None:
    async with asking(pack, "how_started") as app:
        await way(app)
        assert app.conversation.answer_words("how_started") == f"{SLOWLY}; {LIFTING}"
        assert app.state != "how_started"


async def test_what_is_typed_and_what_is_ticked_are_marked_together(pack: Pack) -> None:
    async with asking(pack, "how_started") as app:
        await app.click("Slowly")
        await app.type("4")
        assert app.chosen == {SLOWLY, LIFTING}
        await app.keys("backspace")
        assert app.chosen == {SLOWLY}


@pytest.mark.parametrize(("clicked", "typed"), [("Slowly", "none of these"), (NONE, "1"), (NONE, "lifting")])
async def test_none_of_these_with_another_line_is_refused_in_words(pack: Pack, clicked: str, typed: str) -> None:
    async with asking(pack, "how_started") as app:
        await app.click(clicked)
        await app.say(typed)
        assert app.state == "how_started"
        assert app.notice.startswith('Error: "None of these" and another line are both chosen.')


async def test_not_sure_about_some_keeps_what_was_ticked(pack: Pack) -> None:
    async with asking(pack, "how_started") as app:
        await app.click("With lifting")
        await app.click(SOME)
        await app.keys("enter")
        assert app.conversation.answer_words("how_started") == f"{LIFTING}; {SOME}"


async def test_a_blank_typed_into_words_ticks_nothing(pack: Pack) -> None:
    async with asking(pack, "how_started") as app:
        await app.keys("down")
        await app.type("came on slowly")
        assert app.typed.value == "came on slowly"
        assert app.chosen == {SLOWLY}


async def test_words_that_come_at_once_lose_no_blank(pack: Pack) -> None:
    """A blank is part of the word before it, even if that has not been taken in yet."""
    clock = Clock()
    async with running(pack, None, pace=clock) as app:
        await app.show(reached(pack, "how_started"))
        clock.now += 10
        await send(app, clock, "came on slowly, lifting")
        assert app.typed.value == "came on slowly, lifting"


@pytest.mark.parametrize("size", [(80, 24), (40, 15), (120, 40)])
async def test_a_wrapped_line_is_clicked_on_any_of_its_rows(pack: Pack, size: tuple[int, int]) -> None:
    async with asking(pack, "how_started", size=size) as app:
        await app.keys(*["down"] * 7)
        left = app.answers.content_region.x + 12
        await app.click_at(left, app.row_of("7 [ ]") + 1)
        assert any(line.startswith("A fast crash") for line in app.chosen)


async def test_what_was_ticked_is_there_after_going_back_and_words_take_its_place(pack: Pack) -> None:
    async with asking(pack, "how_started") as app:
        await app.say("1, 4")
        await app.keys("escape")
        assert app.state == "how_started"
        assert f"Before, you answered: {SLOWLY}; {LIFTING}" in app.text
        assert app.chosen == {SLOWLY, LIFTING}
