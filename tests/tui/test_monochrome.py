"""Without colour, and in every theme, the app says the same: each state has a word, a mark or a shape of its own."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from rich.segment import Segment

from chatbot.case import Mode
from chatbot.packs.pack import Pack
from chatbot.recommendation.rulebook import LEVELS
from chatbot.tui.themes import NAMES
from chatbot.tui.widgets.card import LOOKS, MARKS, CareCard
from chatbot.tui.words import words
from tests.support.adverse import reached_once
from tests.support.driving import Driven, running
from tests.support.painted import Painted, at_level

NUMB = {"saddle_sensation": "numb"}


@dataclass(frozen=True)
class State:
    """Where a conversation stands, and the keys pressed there."""

    until: str
    keys: tuple[str, ...] = ()
    who: Mode = "patient"


STATES = {
    "start": State(""),
    "chosen": State("saddle_sensation", ("down", "down")),
    "ticked": State("how_started", ("space", "down", "down")),
    "replied": State("right_now", ("2", "3")),
    "on the picture": State("pain_location", ("space", "down")),
    "an error": State("saddle_sensation", ("enter",)),
    "for a nurse": State("how_started", ("1", "down"), "nurse"),
    "emergency": State("emergency"),
    "check": State("check_answers", ("down", "down")),
    "summary": State("complete"),
    "leave": State("how_started", ("ctrl+q", "down")),
    "so far": State("how_started", ("f3", "down")),
}


async def put(app: Driven, pack: Pack, state: State) -> None:
    """Come to a state."""
    if state.until:
        await app.show(reached_once(pack, state.until, state.who, **(NUMB if state.until == "emergency" else {})))
    await app.keys(*state.keys)


def parts(app: Driven) -> Iterator[Segment]:
    """All that is painted."""
    for strip in app.screen._compositor.render_strips():
        yield from strip


def is_grey(part: Segment) -> bool:
    """Whether it has no colour, in front and behind."""
    style = part.style
    colours = [colour.get_truecolor() for colour in (style.color, style.bgcolor) if colour] if style else []
    return all(len(set(colour)) == 1 for colour in colours)


def shapes(app: Driven, words: str) -> set[tuple[bool, bool, bool]]:
    """Whether some words on the screen are bold, underlined and reversed."""
    found = [part.style for part in parts(app) if words in part.text]
    assert found, words
    return {(bool(s.bold), bool(s.underline), bool(s.reverse)) for s in found if s is not None}


def underlined(app: Driven) -> list[str]:
    """What has a line under it."""
    return [part.text for part in parts(app) if part.style is not None and part.style.underline]


@pytest.fixture
def no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    """As people ask for it."""
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.mark.parametrize("name", STATES)
async def test_without_colour_and_in_every_theme_the_same_is_said(
    pack: Pack, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """In a small window too."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(pack, None) as app:
        await put(app, pack, STATES[name])
        assert all(map(is_grey, parts(app)))
        plain = app.rows
    monkeypatch.delenv("NO_COLOR")
    async with running(pack, None) as app:
        await put(app, pack, STATES[name])
        assert not all(map(is_grey, parts(app)))
        for size in [(80, 24), (40, 15)]:
            await app.resize(*size)
            before = app.rows
            assert before == plain or size != (80, 24)
            for theme in [*NAMES][:: 1 if size == (80, 24) else 2]:
                app.app.theme = theme
                await app.settle()
                assert app.rows == before, theme


@pytest.mark.usefixtures("no_color")
async def test_what_is_chosen_has_its_mark_and_the_cursor_another(pack: Pack) -> None:
    async with running(pack, None) as app:
        await put(app, pack, STATES["chosen"])
        assert [row[:9] for row in app.rows if "( )" in row or "(•)" in row][:3] == [
            "   1 ( ) ",
            " > 2 (•) ",
            "   3 ( ) ",
        ]
        await app.show(reached_once(pack, "age_years"))
        await put(app, pack, STATES["ticked"])
        ticked = [row[:9] for row in app.rows if "[ ]" in row or "[x]" in row]
        assert ticked[:3] == ["   1 [x] ", "   2 [ ] ", " > 3 [ ] "]
        await app.show(reached_once(pack, "age_years"))
        await put(app, pack, STATES["replied"])
        said = [row for row in app.rows if "Yes" in row and "Not sure" in row]
        assert "[No]" in said[0]
        assert "[Yes]" not in said[0]
        assert "[Not sure]" in said[1]
        assert said[2].startswith(" > ")
        await app.show(reached_once(pack, "age_years"))
        await put(app, pack, STATES["on the picture"])
        assert any("[a]" in row for row in app.rows)
        assert any("▒▒▒" in row for row in app.rows)
        assert any("·>b·" in row for row in app.rows)


@pytest.mark.usefixtures("no_color")
async def test_an_error_has_its_word(pack: Pack) -> None:
    async with running(pack, None) as app:
        await put(app, pack, STATES["an error"])
        assert app.notice.startswith("Error: ")
        assert any(row.startswith(" Error: Select one answer.") for row in app.rows)


@pytest.mark.usefixtures("no_color")
async def test_the_line_to_type_in_shows_its_cursor_while_it_has_the_focus(pack: Pack) -> None:
    """A line under the next cell, in every theme."""
    async with running(pack, None) as app:
        await app.show(reached_once(pack, "age_years"))
        await app.type("40")
        for theme in NAMES:
            app.app.theme = theme
            app.screen.set_focus(app.typed)
            await app.settle()
            assert underlined(app) == [" "], theme
            app.screen.set_focus(app.answers)
            await app.settle()
            assert underlined(app) == [], theme


@pytest.mark.usefixtures("no_color")
@pytest.mark.parametrize(
    ("until", "button"), [("age_years", "Continue"), ("check_answers", "All right: show my advice")]
)
async def test_a_button_is_underlined_while_it_has_the_focus(pack: Pack, until: str, button: str) -> None:
    async with running(pack, None) as app:
        await app.show(reached_once(pack, until))
        assert not any(underlined for _, underlined, _ in shapes(app, button))
        app.screen.query_one("#continue" if until == "age_years" else "#confirm").focus(scroll_visible=False)
        await app.settle()
        assert any(underlined for _, underlined, _ in shapes(app, button))


@pytest.mark.usefixtures("no_color")
@pytest.mark.parametrize("until", ["age_years", "pain_location", "check_answers", "complete"])
async def test_tab_goes_through_places_that_each_look_different(pack: Pack, until: str) -> None:
    """Wherever the focus is, the screen shows it in characters or shapes."""
    async with running(pack, None) as app:
        await app.show(reached_once(pack, until))
        looks: dict[object, object] = {}
        for _ in range(6):
            await app.keys("tab")
            styles = [(part.text, part.style) for part in parts(app)]
            look = [(text, s and (s.bold, s.underline, s.reverse)) for text, s in styles]
            looks[app.screen.focused] = look
        assert len({str(look) for look in looks.values()}) == len(looks)


@pytest.mark.usefixtures("no_color")
async def test_nothing_is_grey_that_the_terminal_has_a_colour_of_its_own_for(pack: Pack) -> None:
    """The theme of its 16 colours stays readable, whichever theme the app began in."""
    async with running(pack, None) as app:
        await app.show(reached_once(pack, "complete"))
        for theme in (*NAMES, *reversed(NAMES)):
            app.app.theme = theme
            await app.settle()
            shown = [part.style for part in parts(app) if part.text.strip() and part.style is not None]
            colours = {(style.color, style.bgcolor) for style in shown}
            assert all(fore != back or fore is None or fore.is_default for fore, back in colours), theme


@pytest.mark.usefixtures("no_color")
async def test_the_action_at_hand_is_underlined(pack: Pack) -> None:
    async with running(pack, None) as app:
        for theme in NAMES:
            await app.show(reached_once(pack, "age_years"))
            app.app.theme = theme
            await app.keys("ctrl+p", "down")
            for _ in range(200):
                await app.settle()
                if found := [text.strip() for text in underlined(app) if len(text.strip()) > 1]:
                    break
            assert found, theme
            await app.keys("escape")


@pytest.mark.usefixtures("no_color")
async def test_cards_differ_in_word_mark_and_box(pack: Pack) -> None:
    seen = {}
    for level in LEVELS:
        app = Painted(lambda level=level: [CareCard(words(), at_level(pack, level))])  # type: ignore[misc]
        async with app.run_test(size=(80, 24)):
            seen[level] = (app.rows[0][0], app.text.split()[0], app.text)
            assert app.text.startswith(f"{MARKS[LOOKS[level]]} {words().say(f'card_{level}')}: ".lstrip())
    boxes = {LOOKS[level]: box for level, (box, _, _) in seen.items()}
    assert len(set(boxes.values())) == len(MARKS)
    assert len({text for _, _, text in seen.values()}) == len(LEVELS)
