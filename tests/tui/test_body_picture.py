"""The picture of the body at its question: clicked or lettered, always beside the list that says the same."""

import pytest

from chatbot.packs.pack import Pack
from chatbot.tui.widgets.figure import Figure
from tests.support.driving import Driven, asking

LOW_BACK, BUTTOCK = "Low back, below the ribs", "Buttock, one or both"
FILL = "▒"


def figure(app: Driven) -> Figure:
    return app.screen.query_one(Figure)


async def click_region(app: Driven, option: str) -> None:
    """Click a cell of the picture that means an option."""
    picture = figure(app)
    place = picture.content_region
    x, y = next((x, y) for y in range(place.height) for x in range(place.width) if picture.option_at(x, y) == option)
    await app.click_at(place.x + x, place.y + y)


async def test_every_region_of_the_picture_is_a_line_of_the_list_with_the_same_letter(pack: Pack) -> None:
    async with asking(pack, "pain_location") as app:
        lines = {line.id: line for line in app.answers.lines}
        regions = figure(app).regions
        assert set(regions) == {name for name in lines if not name.startswith("*")}
        for option, region in regions.items():
            assert (region.letter, region.name) == (lines[option].label, lines[option].text)
            assert f"{region.letter} [ ] {region.name[:20]}" in app.text.replace("  ", " ")
            assert region.letter in "".join(row[: app.answers.region.x] for row in app.rows)


async def test_a_click_on_each_region_ticks_its_line_and_fills_the_region(pack: Pack) -> None:
    async with asking(pack, "pain_location") as app:
        for option in figure(app).regions:
            assert FILL not in app.text
            await click_region(app, option)
            assert app.answers.chosen == {option}
            assert len(app.chosen) == 1
            assert FILL in app.text
            await click_region(app, option)
            assert app.answers.chosen == set()


async def test_the_list_and_the_picture_always_say_the_same(pack: Pack) -> None:
    async with asking(pack, "pain_location") as app:
        await click_region(app, "buttock")
        await app.click(LOW_BACK)
        assert app.chosen == {LOW_BACK, BUTTOCK}
        assert figure(app).chosen == app.answers.chosen
        picture = "".join(row[: app.answers.region.x] for row in app.rows)
        assert "[a]" in picture
        assert "[b]" in picture
        await app.click("None of these")
        assert figure(app).chosen == app.answers.chosen == {"*none"}
        assert FILL not in app.text


async def test_a_click_beside_the_body_ticks_nothing(pack: Pack) -> None:
    async with asking(pack, "pain_location") as app:
        place = figure(app).content_region
        await app.click_at(place.x, place.y + 2)
        assert app.chosen == set()


@pytest.mark.parametrize("words", ["a, b", "a b", "B, A.", "low back, buttock", "1, 2"])
async def test_letters_and_words_typed_tick_as_the_mouse_does(pack: Pack, words: str) -> None:
    async with asking(pack, "pain_location") as app:
        await app.type(words)
        assert app.chosen == {LOW_BACK, BUTTOCK}
        assert figure(app).chosen == app.answers.chosen
        await app.keys("enter")
        assert app.conversation.answer_words("pain_location") == f"{LOW_BACK}; {BUTTOCK}"


async def test_the_region_of_the_line_with_the_mark_is_shown_and_named(pack: Pack) -> None:
    async with asking(pack, "pain_location") as app:
        await app.keys("down")
        rows = [row[: app.answers.region.x] for row in app.rows]
        assert any(">b" in row for row in rows)
        assert any(BUTTOCK in row for row in rows)


@pytest.mark.parametrize(
    ("size", "shown"),
    [((80, 24), True), ((120, 40), True), ((200, 60), True), ((40, 15), False), ((60, 24), False), ((80, 20), False)],
)
async def test_the_picture_is_left_out_where_it_does_not_fit_and_the_list_never(
    pack: Pack, size: tuple[int, int], shown: bool
) -> None:
    async with asking(pack, "pain_location", size=size) as app:
        assert figure(app).display is shown
        assert ("▙" in app.text) is shown
        assert "a [ ] Low back, below the" in app.text
        await app.type("b, g")
        assert app.answers.chosen == {"buttock", "whole_spine"}


async def test_the_whole_body_and_every_line_are_in_sight_at_80x24(pack: Pack) -> None:
    async with asking(pack, "pain_location") as app:
        assert figure(app).region.height == figure(app).size.height
        assert figure(app).region in app.screen.region
        assert app.answers.max_scroll_y == 0
        for line in app.answers.lines:
            assert line.text[:18] in app.text


async def test_the_picture_comes_and_goes_with_the_window_and_keeps_what_was_ticked(pack: Pack) -> None:
    async with asking(pack, "pain_location") as app:
        await click_region(app, "buttock")
        await app.resize(40, 15)
        assert not figure(app).display
        assert app.answers.chosen == {"buttock"}
        await app.resize(100, 30)
        assert figure(app).display
        assert FILL in app.text


async def test_only_this_question_has_a_picture(pack: Pack) -> None:
    async with asking(pack, "pain_location") as app:
        await app.say("a")
        assert app.state != "pain_location"
        assert not app.screen.query(Figure)
        await app.keys("escape")
        assert app.screen.query(Figure)
