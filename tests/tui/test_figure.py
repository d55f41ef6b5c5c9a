"""The picture of the body: what is seen of it, and what a click on it means."""

from collections.abc import Iterable

import pytest
from rich.cells import cell_len
from textual import on
from textual.app import App, ComposeResult
from textual.color import Color
from textual.theme import Theme

from chatbot.interview.view.line import Region
from chatbot.packs.pack import Pack
from chatbot.tui.themes import DEFAULT, THEMES
from chatbot.tui.widgets.figure import CHOSEN, CURRENT, LETTER, OUTLINE, Figure
from chatbot.tui.widgets.outline import BODY, Cell
from chatbot.tui.words import words

SIZE = (50, 20)
REGIONS = (
    Region("spine", "a", "The whole spine", ("back_neck", "back_upper", "back_middle", "back_low", "back_tailbone")),
    Region("upper", "b", "Upper back", ("back_upper", "back_middle")),
    Region("low", "c", "Low back", ("back_low",)),
    Region("seat", "d", "Buttocks", ("back_buttock_left", "back_buttock_right")),
    Region("groin", "e", "Groin", ("front_groin_left", "front_groin_right", "front_hip_left", "front_hip_right")),
)
NOTHING = """\
      Front              Back
      ▗▄▄▄▖              ▗▄▄▄▖
      ▟▗ ▖▙              ▟   ▙
      ▜   ▛              ▜   ▛
   ▗▄▄▞▘ ▝▚▄▄▖        ▗▄▄▞▘a▝▚▄▄▖
  ▗▘         ▝▖      ▗▘    b    ▝▖
  ▌ ▖       ▗ ▐      ▌ ▖       ▗ ▐
 ▐  ▐       ▌  ▌    ▐  ▐   c   ▌  ▌
 ▌ ▗▘       ▝▖ ▐    ▌ ▗▘       ▝▖ ▐
 ▌ ▌ e     e ▐ ▐    ▌ ▌    a    ▐ ▐
 ▝▀▌         ▐▀▘    ▝▀▌  d   d  ▐▀▘
   ▌    ▄    ▐        ▌    ▄    ▐
   ▐   ▐ ▌   ▌        ▐   ▐ ▌   ▌
   ▝▖  ▌ ▐  ▗▘        ▝▖  ▌ ▐  ▗▘
    ▌  ▌ ▐  ▐          ▌  ▌ ▐  ▐
   ▗▙▄▄▌ ▐▄▄▟▖        ▗▙▄▄▌ ▐▄▄▟▖
"""
SEAT_CHOSEN = """\
 ▌ ▌ e     e ▐ ▐    ▌ ▌▒▒▒ a ▒▒▒▐ ▐
 ▝▀▌         ▐▀▘    ▝▀▌▒[d] [d]▒▐▀▘"""
SEAT_CURRENT = """\
 ▌ ▌ e     e ▐ ▐    ▌ ▌··· a ···▐ ▐
 ▝▀▌         ▐▀▘    ▝▀▌·>d· >d··▐▀▘"""
SEAT_BOTH = """\
 ▌ ▌ e     e ▐ ▐    ▌ ▌▒▒▒ a ▒▒▒▐ ▐
 ▝▀▌         ▐▀▘    ▝▀▌▒>d] >d]▒▐▀▘"""
HOSTILE = ("[/x]", "[@click=app.quit]low[/]", "a\x1b]0;x\x07b\nc", "腰" * 40, "e\u0301" * 60, "\u202eback", "")


class Shown(App[None]):
    """A figure alone, and what it posted."""

    CSS = "Screen { background: $page; }"

    def __init__(self, regions: tuple[Region, ...] = REGIONS, css: str = "") -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DEFAULT
        self.figure = Figure(regions, words())
        self.picked: list[str] = []
        self.figure.styles.margin = (1, 0, 0, 3)
        if css:
            self.figure.set_styles(css)

    def compose(self) -> ComposeResult:
        yield self.figure

    @on(Figure.Picked)
    def keep(self, event: Figure.Picked) -> None:
        self.picked.append(event.option)

    @property
    def painted(self) -> list[str]:
        """The rows of the figure as they are on the screen."""
        return [strip.text for strip in self.figure.render_lines(self.figure.outer_size.region)]


def contrast(*colours: Color) -> float:
    """The WCAG 2 contrast ratio of two colours."""

    def light(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    weights = (0.2126, 0.7152, 0.0722)
    low, high = sorted(sum(w * light(p) for w, p in zip(weights, c.normalized, strict=True)) for c in colours)
    return (high + 0.05) / (low + 0.05)


def regions_of(pack: Pack) -> tuple[Region, ...]:
    question, texts = pack.plan.dialog.questions["pain_location"], pack.wording().questions["pain_location"]["patient"]
    letters = iter("abcdefghijklmnopqrstuvwxyz")
    return tuple(Region(value, next(letters), texts.options[value], areas) for value, areas in question.picture)


def rows(lines: Iterable[str]) -> str:
    return "\n".join(line.rstrip() for line in lines)


def cells_of(area: str) -> list[Cell]:
    """Where an area lies in the content of the figure, beneath its line of labels."""
    return [(x, y + 1) for (x, y), name in BODY.areas.items() if name == area]


# what is seen


async def test_it_draws_a_body_with_the_letter_of_each_region() -> None:
    app = Shown()
    async with app.run_test(size=SIZE):
        assert rows(app.painted) == NOTHING
        assert (app.figure.size.width, app.figure.size.height) == (36, 17)
        assert not app.figure.focusable


@pytest.mark.parametrize("no_color", ["", "1"])
async def test_what_is_chosen_and_where_the_cursor_stands_is_seen_without_colour(
    no_color: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", no_color)
    app = Shown()
    async with app.run_test(size=SIZE) as pilot:
        for chosen, current, seen in (
            ({"seat"}, None, SEAT_CHOSEN),
            (set(), "seat", SEAT_CURRENT),
            ({"seat"}, "seat", SEAT_BOTH),
            (set(), None, "\n".join(NOTHING.splitlines()[9:11])),
        ):
            app.figure.chosen, app.figure.current = frozenset(chosen), current
            await pilot.pause()
            assert rows(app.painted[9:11]) == seen
            assert app.painted[16].strip() == ("Buttocks" if current else "")


async def test_a_region_that_covers_others_fills_them_and_leaves_their_letters_as_they_are() -> None:
    app = Shown()
    async with app.run_test(size=SIZE) as pilot:
        app.figure.chosen = frozenset({"spine"})
        await pilot.pause()
        assert rows(app.painted[4:10]).splitlines() == [
            "   ▗▄▄▞▘ ▝▚▄▄▖        ▗▄▄▞[a]▚▄▄▖",
            "  ▗▘         ▝▖      ▗▘▒▒▒▒b▒▒▒▒▝▖",
            "  ▌ ▖       ▗ ▐      ▌ ▖▒▒▒▒▒▒▒▗ ▐",
            " ▐  ▐       ▌  ▌    ▐  ▐  ▒c▒  ▌  ▌",
            " ▌ ▗▘       ▝▖ ▐    ▌ ▗▘  ▒▒▒  ▝▖ ▐",
            " ▌ ▌ e     e ▐ ▐    ▌ ▌   [a]   ▐ ▐",
        ]


async def test_an_option_that_the_figure_does_not_know_changes_nothing() -> None:
    app = Shown()
    async with app.run_test(size=SIZE) as pilot:
        app.figure.chosen, app.figure.current = frozenset({"none", "elsewhere"}), "unknown"
        await pilot.pause()
        assert rows(app.painted) == NOTHING


async def test_in_a_wider_place_the_drawing_stands_in_the_middle_and_clicks_still_meet_it() -> None:
    app = Shown(css="width: 44; border: round red;")
    async with app.run_test(size=SIZE) as pilot:
        assert rows(line[4:-4] for line in app.painted[1:-1]) == NOTHING
        x, y = cells_of("back_low")[0]
        await pilot.click(Figure, offset=(x + 1 + 3, y + 1))
        assert app.picked == ["low"]


@pytest.mark.parametrize("text", HOSTILE)
async def test_text_from_a_pack_is_shown_as_it_is_and_breaks_no_row(text: str) -> None:
    app = Shown((Region("low", text, text, ("back_low",)), Region("x", "b", text, ("nowhere",))))
    async with app.run_test(size=SIZE) as pilot:
        app.figure.chosen, app.figure.current = frozenset({"low", "x"}), "low"
        await pilot.pause()
        assert {cell_len(line) for line in app.painted} == {36}
        assert not any(mark in "".join(app.painted) for mark in "\x1b\x07\n\u202e")
        assert app.is_running


@pytest.mark.parametrize("theme", [pytest.param(theme, id=theme.name) for theme in THEMES if not theme.ansi])
async def test_lines_and_letters_stand_out_in_every_theme(theme: Theme) -> None:
    app = Shown()
    app.theme = theme.name
    async with app.run_test(size=SIZE):
        for name, least in ((OUTLINE, 3), (LETTER, 4.5), (CHOSEN, 4.5), (CURRENT, 4.5)):
            style = app.figure.get_visual_style(name)
            assert style.background is not None
            assert style.foreground is not None
            assert contrast(style.background, style.background + style.foreground) >= least, name


# what a click means


@pytest.mark.parametrize(
    ("area", "option"),
    [("back_low", "low"), ("back_middle", "upper"), ("back_upper", "upper"), ("back_neck", "spine"),
     ("back_tailbone", "spine"), ("back_buttock_right", "seat"), ("front_hip_left", "groin")],
)  # fmt: skip
async def test_a_click_picks_the_region_with_the_fewest_areas(area: str, option: str) -> None:
    app = Shown()
    async with app.run_test(size=SIZE) as pilot:
        for cell in cells_of(area):
            app.picked.clear()
            await pilot.click(Figure, offset=cell)
            assert app.picked == [option]
        assert app.figure.chosen == frozenset()  # the list beside it decides


async def test_a_click_off_the_body_or_on_a_part_that_no_option_names_posts_nothing() -> None:
    app = Shown()
    async with app.run_test(size=SIZE) as pilot:
        named = {area for region in REGIONS for area in region.areas}
        for y in range(17):
            for x in range(36):
                if BODY.areas.get((x, y - 1)) not in named:
                    assert app.figure.option_at(x, y) is None
        for cell in ((0, 0), (35, 16), (18, 5), (8, 0), cells_of("front_chest")[0], cells_of("back_arm_left")[0]):
            await pilot.click(Figure, offset=cell)
        assert app.picked == []


async def test_the_mouse_names_what_it_points_at_and_the_cursor_has_the_line_otherwise() -> None:
    app = Shown()
    async with app.run_test(size=SIZE) as pilot:
        app.figure.current = "groin"
        await pilot.hover(Figure, offset=cells_of("back_low")[0])
        assert app.painted[16].strip() == "Low back"
        await pilot.hover(Figure, offset=(0, 0))
        assert app.painted[16].strip() == "Groin"
        await pilot.hover(Figure, offset=cells_of("back_low")[0])
        await pilot.hover(offset=(49, 19))
        assert app.painted[16].strip() == "Groin"


# the shipped pack


async def test_every_option_of_the_shipped_pack_can_be_picked_by_a_click_on_its_letter(pack: Pack) -> None:
    regions = regions_of(pack)
    app = Shown(regions)
    async with app.run_test(size=SIZE) as pilot:
        for region in regions:
            letter = next((x, y) for y, row in enumerate(app.painted) if 0 < y < 16 for x, mark in enumerate(row)
                          if mark == region.letter)  # fmt: skip
            app.picked.clear()
            await pilot.click(Figure, offset=letter)
            assert app.picked == [region.option]


async def test_every_area_of_the_shipped_picture_can_be_seen_as_chosen(pack: Pack) -> None:
    regions = regions_of(pack)
    app = Shown(regions)
    async with app.run_test(size=SIZE) as pilot:
        for region in regions:
            app.figure.chosen = frozenset({region.option})
            await pilot.pause()
            for area in region.areas:
                assert any(app.painted[y][x] in f"▒{region.letter}" for x, y in cells_of(area)), (region.option, area)
            assert f"[{region.letter}]" in "".join(app.painted)
