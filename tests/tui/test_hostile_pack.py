"""A pack whose texts are hostile, in the real app: no frame breaks, nothing acts, and the terminal is told nothing."""

import re
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from typing import Any

import pytest
from rich.cells import cell_len
from textual.drivers.headless_driver import HeadlessDriver

from chatbot.case import Mode
from chatbot.packs.pack import Pack
from chatbot.tui.app import Start, TriageApp
from tests.support.adverse import BAD_TEXTS, KINDS, acts, in_bad_words, spoilt, uncovered
from tests.support.driving import Driven, Instant, running
from tests.support.hostile import STRINGS, TYPED
from tests.support.painted import is_harmless
from tests.support.person import TODAY

SIZES = [(40, 15), (80, 24), (120, 40), (200, 60)]
CORNERS = {"╔": "╗", "┏": "┓", "┌": "┐", "╭": "╮"}
SIDES = "║┃│"
# All that the library sends of itself: colours, places, that a picture begins or ends, the shape of the pointer.
OURS = re.compile(r"\x1b\[[0-9;]*m|\x1b\[[0-9]+;[0-9]+H|\x1b\[\?2026[hl]|\x1b\]22;[a-z-]+\x07|\n")


class Recording(HeadlessDriver):
    """A terminal of which is kept what it was sent."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.written: list[str] = []

    @property
    def is_headless(self) -> bool:
        """No, so that it is sent something."""
        return False

    def write(self, data: str) -> None:
        """Keep it."""
        self.written.append(data)


def cells(row: str) -> dict[int, str]:
    """What stands in which cell."""
    found: dict[int, str] = {}
    at = 0
    for char in row:
        found.setdefault(at, char)
        at += cell_len(char)
    return found


def open_boxes(rows: list[str], cut: Collection[int] = ()) -> list[str]:
    """What is amiss with the boxes on the screen: each has its sides under its corners in all of its rows.

    `cut` are the rows below which something scrolls out of sight: of a box that begins there one edge is all there is.
    """
    grid = [cells(row) for row in rows]
    amiss = []
    for y, row in enumerate(grid):
        for left, corner in row.items():
            if corner not in CORNERS:
                continue
            right = min((x for x, char in row.items() if x > left and char == CORNERS[corner]), default=-1)
            sides = [(below.get(left, ""), below.get(right, "")) for below in grid[y + 1 :]]
            inside = next((n for n, (one, other) in enumerate(sides) if not {one, other} & set(SIDES)), len(sides))
            if (not inside and y not in cut) or any(one != other for one, other in sides[:inside]):
                amiss.append("\n".join(rows[y : y + inside + 2]))
    return amiss


async def check(app: Driven) -> None:
    """The rows are as wide as the window, the boxes closed, and nothing acts."""
    assert app.rows
    scrolled = (each.region for each in app.app.screen.query("*") if each.is_scrollable)
    assert open_boxes(app.rows, {region.bottom - 1 for region in scrolled}) == []
    assert acts(app) == []


@pytest.mark.parametrize(
    ("size", "who"), [*((size, "patient") for size in SIZES), *((size, "nurse") for size in SIZES[:2])]
)
async def test_no_frame_breaks(pack: Pack, size: tuple[int, int], who: Mode) -> None:
    """Wide, from right to left, markup, words of 300 letters, options of 2,000."""
    bad = spoilt(pack)
    async with running(bad, None, size) as app:
        await check(app)
        for question in (*KINDS, "how_started", "onset_days", "check_answers"):
            await app.show(in_bad_words(pack, bad, question, who))
            await check(app)
            await app.keys("pagedown", "enter")
            await check(app)
        for ending, says in (("emergency", {"saddle_sensation": "numb"}), ("complete", {})):
            await uncovered(app, in_bad_words(pack, bad, ending, who, **says))
            assert any(corner in row for row in app.rows for corner in CORNERS)
            for key in ("pagedown", "pagedown", "pagedown"):
                await check(app)
                await app.keys(key)
        for key in ("f1", "f3", "f4", "ctrl+q"):
            await uncovered(app, in_bad_words(pack, bad, "how_started", who))
            await app.keys(key)
            await check(app)


async def test_markup_does_nothing_when_it_is_clicked(pack: Pack) -> None:
    """In the question, its lines, the thread above it, and the result."""
    bad = spoilt(pack, ["[@click=app.exit]leave[/]", "[@click=app.quit]leave[/]", "[link=http://evil.example]x[/]"])
    async with running(bad, None, (100, 50)) as app:
        for until in ("saddle_sensation", "how_started", "complete"):
            await app.show(in_bad_words(pack, bad, until))
            places = [(row.index("[@click"), y) for y, row in enumerate(app.rows) if "[@click" in row]
            assert len(places) > 2
            for x, y in places[:8]:
                await app.click_at(x + 3, y)
                await uncovered(app, in_bad_words(pack, bad, until))
            assert not app.app._exit


@asynccontextmanager
async def recorded(pack: Pack) -> AsyncIterator[tuple[Driven, list[str]]]:
    """The app with what it sends to a terminal."""
    app = TriageApp(Start(lambda: pack, country="gb", today=TODAY), Instant())
    app.driver_class = Recording
    async with app.run_test(headless=False, size=(80, 24)) as pilot:
        while app.pack is None:
            await pilot.pause(0.001)
        assert isinstance(app._driver, Recording)
        yield Driven(app), app._driver.written


async def test_no_byte_of_it_tells_a_terminal_anything(pack: Pack) -> None:
    """What is typed and what the pack says: all that is sent besides is what the library sends of itself."""
    bad = spoilt(pack, [*BAD_TEXTS, *(text for text in STRINGS[::7] if len(text) < 300)])
    async with recorded(bad) as (app, written):
        await app.settle()
        for number, question in enumerate(("saddle_sensation", "age_years")):
            await app.show(in_bad_words(pack, bad, question))
            for text in TYPED[number::2]:
                app.typed.value = ""
                await app.paste(text)
        for until, says in (("emergency", {"saddle_sensation": "numb"}), ("check_answers", {}), ("complete", {})):
            await uncovered(app, in_bad_words(pack, bad, until, **says))
            await app.keys("pagedown", "pagedown", "f3")
    sent = "".join(written)
    assert "[@click=app.quit]hi[/]" in sent
    assert len(sent) > 50_000
    left = OURS.sub("", sent)
    assert [ascii(left[at - 20 : at + 20]) for at, char in enumerate(left) if not is_harmless(char)][:3] == []
