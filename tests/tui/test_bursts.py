"""Keys that come in one burst, as over a slow line: none of them is lost or answers what it was not meant for."""

import pytest
from textual import events

from chatbot.packs.pack import Pack
from chatbot.tui.key_timing import Pace
from tests.support.driving import Driven, asking


async def at_once(app: Driven, *keys: str) -> None:
    """Keys that all have arrived before the first is looked at."""
    for key in keys:
        app.app.post_message(events.Key(key, key))
    await app.settle()
    await app.settle()


@pytest.mark.parametrize("focused", ["lines", "typed"])
@pytest.mark.parametrize("figure", ["10", "0", "7", "1"])
async def test_a_nurses_figure_in_one_burst_is_that_figure(pack: Pack, figure: str, focused: str) -> None:
    """A 10 whose 0 was lost would be a 1, which is another level."""
    async with asking(pack, "pain_severity_nprs", who="nurse") as app:
        app.screen.set_focus(app.answers if focused == "lines" else app.typed)
        await app.settle()
        await at_once(app, *figure)
        if app.state == "pain_severity_nprs":
            assert app.typed.value == figure
            await app.keys("enter")
        assert app.said("pain_severity_nprs") == {"pain_severity_nprs": int(figure)}


async def test_words_in_one_burst_from_the_lines_are_whole(pack: Pack) -> None:
    async with asking(pack, "pain_like") as app:
        app.screen.set_focus(app.answers)
        await app.settle()
        await at_once(app, *"none")
        assert app.typed.value == "none"


@pytest.mark.parametrize("gap", [0.03, 0.25, 0.6])
async def test_a_nurses_zero_held_down_denies_no_line_that_came_into_sight_by_it(pack: Pack, gap: float) -> None:
    """The lines below are brought into sight; what denies them is a press of its own, once they could be read."""
    async with asking(pack, "right_now", who="nurse") as app:
        app.app.pace = Pace()
        app.app.pace.show(0)
        moment = app.app.pace._shown + 1
        for press in range(40):
            await app.keys("0", at=moment + press * gap)
        assert (app.state, app.said("right_now")) == ("right_now", None)
        for press in range(4):
            await app.keys("0", at=app.app.pace._shown + 40 * gap + 1.5 * (press + 1))
            if app.state != "right_now":
                break
        assert app.said("right_now") is not None
