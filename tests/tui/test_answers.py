"""The list of lines by itself: what it draws, what a click means, what has been on the screen."""

import pytest
from rich.cells import cell_len
from textual import on

from chatbot.interview.view.line import Kind, Line
from chatbot.tui.widgets.answers import REPLIES, AnswerList
from tests.support.driving import Driven
from tests.support.painted import WIDE_AND_BACKWARDS, Painted

TEXTS = ("Red", "A long line that is wrapped in a narrow window and goes on and on", "Blue")
LINES = tuple(Line(text[0].lower(), text, str(at + 1)) for at, text in enumerate(TEXTS))
MANY = tuple(Line(f"l{at}", f"Line {at} " + "and more of it " * (at % 4), str(at + 1)) for at in range(20))
HOSTILE = ("[/x]", "[@click=app.quit]low[/]", "a\x1b]0;x\x07b", "\u202eback", "e\u0301" * 60, "腰" * 40, "")


class Shown(Painted):
    """A list alone, and what it posted."""

    def __init__(self, lines: tuple[Line, ...] = LINES, kind: Kind = "one", cursor: int | None = None) -> None:
        self.list = AnswerList()
        super().__init__(lambda: [self.list])
        self.picked: list[tuple[str, str | None]] = []
        self.given = (lines, kind, cursor)

    def on_mount(self) -> None:
        lines, kind, cursor = self.given
        self.list.show(lines, kind, ("Yes", "No", "Not sure") if kind == "replies" else REPLIES, cursor)

    @on(AnswerList.Picked)
    def keep(self, event: AnswerList.Picked) -> None:
        self.picked.append((event.line, event.reply))


async def click(app: Shown, x: int, y: int) -> None:
    """Click a cell."""
    await Driven(app).click_at(x, y)  # type: ignore[arg-type] # any app will do


async def settled(app: Shown) -> None:
    """Wait until everything is painted."""
    await Driven(app).settle()  # type: ignore[arg-type] # any app will do


def mark(app: Shown) -> str:
    """The row with the mark; empty when there is none."""
    return next((row.strip() for row in app.rows if row.startswith("> ")), "")


@pytest.mark.parametrize(
    ("kind", "row"),
    [("one", "  1 ( ) Red"), ("many", "  1 [ ] Red"), ("rows", "  1 Red"), ("replies", "  1 Red")],
)
async def test_each_kind_of_list_draws_its_own_mark_and_none_is_set(kind: Kind, row: str) -> None:
    app = Shown(kind=kind)
    async with app.run_test(size=(60, 10)):
        assert app.rows[0].startswith(row)
        assert mark(app) == ""
        assert "•" not in app.text
        assert "[x]" not in app.text


@pytest.mark.parametrize(("kind", "sign"), [("one", "(•)"), ("many", "[x]")])
async def test_what_is_chosen_is_told_by_a_sign_and_not_by_colour_alone(kind: Kind, sign: str) -> None:
    app = Shown(kind=kind)
    async with app.run_test(size=(60, 10)):
        app.list.chosen = frozenset({"b"})
        await settled(app)
        assert [sign in row for row in app.rows[:4]].count(True) == 1
        assert f"{sign} Blue" in app.text


async def test_the_mark_of_the_cursor_moves_and_stops_at_both_ends() -> None:
    app = Shown()
    async with app.run_test(size=(60, 10)):
        seen = []
        for step in (1, 1, 1, 1, -1, -1, -1):
            app.list.move(step)
            await settled(app)
            seen.append(mark(app)[2:3])
        assert seen == ["1", "2", "3", "3", "2", "1", "1"]


async def test_up_from_nowhere_is_the_last_line() -> None:
    app = Shown()
    async with app.run_test(size=(60, 10)):
        app.list.move(-1)
        await settled(app)
        assert mark(app).startswith("> 3")


async def test_headings_are_passed_over_and_cannot_be_clicked() -> None:
    lines = (Line("h", "Colours", heading=True), *LINES[:1], Line("i", "More", heading=True), *LINES[2:])
    app = Shown(lines, "rows")
    async with app.run_test(size=(60, 10)):
        assert app.rows[0].rstrip() == "Colours"
        seen = []
        for _ in range(3):
            app.list.move(1)
            await settled(app)
            seen.append(app.list.current and app.list.current.id)
        assert seen == ["r", "b", "b"]
        await click(app, 2, 0)
        await click(app, 2, 2)
        assert app.picked == []
        await click(app, 2, 1)
        assert app.picked == [("r", None)]


@pytest.mark.parametrize("width", [20, 40, 60, 120])
async def test_every_cell_of_a_line_means_that_line(width: int) -> None:
    app = Shown()
    async with app.run_test(size=(width, 12)):
        lengths = [next(at for at, row in enumerate(app.rows) if text in row) for text in ("Red", "A long", "Blue")]
        for y in range(lengths[2] + 1):
            await click(app, width // 2, y)
        wanted = ["r"] * lengths[1] + ["a"] * (lengths[2] - lengths[1]) + ["b"]
        assert [line for line, _ in app.picked] == wanted
        await click(app, 3, lengths[2] + 2)
        assert len(app.picked) == len(wanted)


@pytest.mark.parametrize("width", [40, 65, 66, 90])
async def test_replies_stand_beside_their_line_or_beneath_it_and_are_what_is_clicked(width: int) -> None:
    app = Shown(LINES, "replies", 0)
    async with app.run_test(size=(width, 14)):
        rows = [(y, row) for y, row in enumerate(app.rows) if "Not sure" in row]
        assert len(rows) == 3
        assert all(("Red" in row) is (width > 68) for y, row in rows[:1])
        for (y, row), line in zip(rows, "rab", strict=True):
            for text, reply in zip(("Yes", "No", "Not sure"), REPLIES, strict=True):
                x = row.rindex(f" {text} ") + 1
                await click(app, x, y)
                assert app.picked[-1] == (line, reply)
        before = len(app.picked)
        await click(app, 4, app.rows.index(next(row for row in app.rows if "Blue" in row)))
        assert len(app.picked) == before
        assert app.list.current is not None
        assert app.list.current.id == "b"


async def test_a_reply_given_stands_in_brackets_on_its_own_line() -> None:
    app = Shown(LINES, "replies", 0)
    async with app.run_test(size=(90, 10)):
        app.list.show_replies({"b": "unknown", "r": "no"})
        await settled(app)
        assert "[No]" in app.rows[0]
        assert "[Not sure]" in next(row for row in app.rows if "Blue" in row)
        assert app.text.count("[") == 2


async def test_a_line_that_stands_alone_has_no_replies() -> None:
    app = Shown((*LINES, Line("*none", "None of these", alone=True)), "replies", 0)
    async with app.run_test(size=(90, 10)):
        row = next(row for row in app.rows if "None of these" in row)
        assert "Yes" not in row
        await click(app, 10, app.rows.index(row))
        assert app.picked == [("*none", None)]


async def test_what_stands_beneath_is_shown_for_the_line_with_the_mark_only() -> None:
    lines = tuple(Line(line.id, line.text, beneath=f"Say: {line.id}") for line in LINES)
    app = Shown(lines, "replies", 0)
    async with app.run_test(size=(90, 12)):
        assert "Say: r" in app.text
        assert "Say: a" not in app.text
        app.list.move(1)
        await settled(app)
        assert "Say: r" not in app.text
        assert "Say: a" in app.text


async def test_what_a_line_does_stands_at_its_right() -> None:
    app = Shown((Line("r", "Red", action="Change"), Line("b", "Blue")), "rows")
    async with app.run_test(size=(40, 10)):
        assert app.rows[0].rstrip().endswith("Change")
        assert "Change" not in app.rows[1]


@pytest.mark.parametrize("size", [(90, 24), (40, 9), (60, 7), (30, 12)])
async def test_the_line_with_the_mark_is_always_in_sight(size: tuple[int, int]) -> None:
    app = Shown(MANY)
    async with app.run_test(size=size):
        for step in [1] * 22 + [-1] * 22:
            app.list.move(step)
            await settled(app)
            current = app.list.current
            assert current is not None
            top = round(app.list.scroll_y)
            rows = [y for y, row in enumerate(app.list._rows) if app.list.lines[row.line] is current]
            assert top <= rows[0] < top + size[1]
            if len(rows) <= size[1]:
                assert rows[-1] < top + size[1]


async def test_lines_have_been_seen_once_they_were_on_the_screen() -> None:
    app = Shown(MANY, "replies", 0)
    async with app.run_test(size=(90, 10)):
        left = [app.list.unseen]
        while left[-1]:
            app.list.page(1)
            await settled(app)
            left.append(app.list.unseen)
            assert len(left) < 30
        assert left[0] >= 10
        assert left == sorted(left, reverse=True)
        app.list.page(-1)
        app.list.move(-5)
        await settled(app)
        assert app.list.unseen == 0
        app.list.show(MANY, "replies")
        await settled(app)
        assert app.list.unseen == left[0]


@pytest.mark.parametrize("size", [(90, 10), (40, 12), (66, 8)])
async def test_a_page_down_passes_no_line_over(size: tuple[int, int]) -> None:
    lines = tuple(Line(f"l{at}", "word " * (1 if at < 14 else 60)) for at in range(18))
    app = Shown(lines, "replies", 0)
    async with app.run_test(size=size):
        shown = set(range(size[1]))
        for _ in range(60):
            app.list.page(1)
            await settled(app)
            top = round(app.list.scroll_y)
            shown |= set(range(top, top + size[1]))
        assert set(range(len(app.list._rows))) <= shown


async def test_lines_passed_over_in_one_step_have_not_been_seen() -> None:
    app = Shown(MANY, "replies", 0)
    async with app.run_test(size=(90, 6)):
        app.list.scroll_end(animate=False, immediate=True)
        await settled(app)
        assert app.list.unseen > 5


@pytest.mark.parametrize("text", [*HOSTILE, *WIDE_AND_BACKWARDS])
@pytest.mark.parametrize("kind", ["one", "many", "replies", "rows"])
async def test_no_text_breaks_a_row_or_reaches_the_terminal_raw(text: str, kind: Kind) -> None:
    app = Shown((Line("x", text, "1", beneath=text, action="Change"), *LINES), kind, 0)
    async with app.run_test(size=(50, 24)):
        assert app.rows
        assert all(cell_len(row) == 50 for row in app.rows)
        if kind != "replies":
            assert "Blue" in app.text or app.list.max_scroll_y
