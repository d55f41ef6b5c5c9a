"""Every theme can be read: contrast is computed from resolved colours and again from painted cells."""

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import get_args

import pytest
from rich.color import ColorSystem
from rich.style import Style
from textual.app import App, ComposeResult
from textual.color import WHITE, Color, rgb_to_lab
from textual.command import CommandInput, CommandList
from textual.geometry import Region
from textual.theme import Theme
from textual.widget import Widget
from textual.widgets import Button, Footer, Input, OptionList, Static
from textual.widgets._footer import FooterKey
from textual.widgets.button import ButtonVariant

from chatbot.tui.themes import DEFAULT, NAMES, THEMES
from chatbot.tui.words import words

CARDS = ("emergency", "urgent", "soon", "selfcare")
PAIRED = ("chosen", "cursor", "button", "mine", *CARDS)
ANSI = "triage-ansi"  # its colours are the terminal owner's, so their contrast cannot be computed
FIXED = [pytest.param(theme, id=theme.name) for theme in THEMES if theme.name != ANSI]

# What stands on each background: our own meanings, then what the library's widgets read.
READ_ON = {
    **{name: f"{name}-ink" for name in PAIRED},
    **dict.fromkeys(("page", "field", "panel"), "ink ink-soft link link-color warn-ink"),
    "mine": "mine-ink ink ink-soft link warn-ink",
    **dict.fromkeys(("surface", "surface-darken-1"), "foreground text-disabled text-muted button-foreground"),
    **dict.fromkeys(("panel-darken-1", "panel-lighten-1"), "foreground text-error text-warning text-success"),
    "block-cursor-background": "block-cursor-foreground",
    "block-cursor-blurred-background": "block-cursor-blurred-foreground foreground",
    "block-hover-background": "foreground footer-key-foreground",
    "input-cursor-background": "input-cursor-foreground",
    "input-selection-background": "input-selection-foreground",
    "screen-selection-background": "screen-selection-foreground",
    "footer-background": "footer-foreground footer-description-foreground footer-key-foreground",
    "link-background-hover": "link-color-hover",
}
STANDS_OUT_FROM = {
    "page": "line cursor button border border-blurred emergency-line urgent-line soon-line selfcare-line",
    "field": "line cursor border border-blurred",
    "chosen": "cursor",
    "scrollbar-background": "scrollbar scrollbar-hover scrollbar-active",
    **{card: f"{card}-line" for card in CARDS},
}

# Machado, Oliveira and Fernandes 2009, full severity, on linear light: what reaches red, then green, then blue.
BLINDNESS = {
    "protanopia": "0.152286 1.052583 -0.204868 0.114503 0.786281 0.099216 -0.003882 -0.048116 1.051998",
    "deuteranopia": "0.367322 0.860646 -0.227968 0.280085 0.672501 0.047413 -0.011820 0.042940 0.968881",
    "tritanopia": "1.255528 -0.076749 -0.178779 -0.078411 0.930809 0.147602 0.004733 0.691367 0.303900",
}


def _linear(part: int) -> float:
    share = part / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def _ratio(one: Color, other: Color) -> float:
    """WCAG 2 contrast ratio, 1 to 21."""
    low, high = sorted(0.2126 * _linear(c.r) + 0.7152 * _linear(c.g) + 0.0722 * _linear(c.b) for c in (one, other))
    return (high + 0.05) / (low + 0.05)


def _colour(theme: Theme, name: str) -> Color:
    """A variable as the library hands it to a stylesheet, laid over the page."""
    given = {**theme.to_color_system().generate(), **theme.variables}
    return Color.parse(given["page"]) + Color.parse(given[name])


# What terminals make of a colour; NO_COLOR makes greys of it.
SEEN: dict[str, Callable[[Color], Color]] = {
    "full": lambda colour: colour,
    "256": lambda colour: Color.from_rich_color(colour.rich_color.downgrade(ColorSystem.EIGHT_BIT)),
    "greys": lambda colour: colour.monochrome,
}


def _too_low(theme: Theme, on: dict[str, str], least: float, seen: str) -> dict[str, float]:
    pairs = [(front, back) for back, fronts in on.items() for front in fronts.split()]
    found = {f"{a} on {b}": _ratio(SEEN[seen](_colour(theme, a)), SEEN[seen](_colour(theme, b))) for a, b in pairs}
    return {name: round(ratio, 2) for name, ratio in found.items() if ratio < least}


def _seen_with(blindness: str, colour: Color) -> Color:
    weights = [float(part) for part in BLINDNESS[blindness].split()]
    light = [_linear(part) for part in colour.rgb]
    red, green, blue = (sum(w * x for w, x in zip(weights[i : i + 3], light, strict=True)) for i in (0, 3, 6))
    return Color(_encoded(red), _encoded(green), _encoded(blue))


def _encoded(light: float) -> int:
    share = min(1.0, max(0.0, light))
    return round(255 * (share * 12.92 if share <= 0.0031308 else 1.055 * share ** (1 / 2.4) - 0.055))


def _distance(one: Color, other: Color) -> float:
    """CIE 1976 colour difference: lightness and hue together; 2 is just noticeable."""
    a, b = rgb_to_lab(one), rgb_to_lab(other)
    return float(((a.L - b.L) ** 2 + (a.a - b.a) ** 2 + (a.b - b.b) ** 2) ** 0.5)


class Sample(App[None]):
    """One widget of each kind that the app is made of, styled by our variables or by the library alone."""

    CSS = "Screen { background: $page; color: $ink; }" + "".join(
        f".{name} {{ background: ${name}; color: ${name}-ink; }}" for name in PAIRED
    )

    def __init__(self, theme: str) -> None:
        super().__init__()
        for known in THEMES:
            self.register_theme(known)
        self.theme = theme

    def compose(self) -> ComposeResult:
        """All in one column."""
        yield Static("How long has your back hurt?", id="plain")
        for name in PAIRED:
            yield Static(name, classes=name)
        yield Input("about three weeks", id="filled")
        yield Input(placeholder="Type your answer", id="empty")
        yield OptionList("Yes", "No")
        yield from (Button(kind, variant=kind) for kind in get_args(ButtonVariant))
        yield Footer()


def _painted(widget: Widget) -> Iterator[tuple[str, Style]]:
    """The words of a widget with the style they reach the terminal in."""
    for strip in widget.render_lines(Region(0, 0, *widget.outer_size)):
        for text, style, _ in strip:
            if style is not None and any(letter.isalnum() for letter in text):
                yield text, style


def _faint(app: Sample, *kinds: type[Widget]) -> dict[str, float]:
    """The words on the screen below 4.5, and a promise that there were any for each kind of widget."""
    found = {}
    for kind in kinds:
        cells = [cell for widget in app.screen.query(kind) for cell in _painted(widget)]
        assert cells, kind
        for text, style in cells:
            assert None not in (style.color, style.bgcolor), text
            assert not style.dim, text
            colours = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
            found[f"{text.strip()}: {style}"] = _ratio(*colours)
    return {name: round(ratio, 2) for name, ratio in found.items() if ratio < 4.5}


def test_every_theme_has_a_name_people_read() -> None:
    names = [theme.name for theme in THEMES]
    assert names == list(NAMES) == ["triage-dark", "triage-light", "triage-contrast", "triage-safe", ANSI]
    assert names[0] == DEFAULT
    assert len({words("en").say(key) for key in NAMES.values()}) == len(THEMES)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_theme_defines_every_meaning_the_stylesheet_uses(theme: Theme) -> None:
    meanings = {"page", "ink", "ink-soft", "line", "field", "link", "warn-ink"}
    meanings |= set(PAIRED) | {f"{name}-ink" for name in PAIRED} | {f"{card}-line" for card in CARDS}
    assert meanings <= theme.variables.keys()
    assert theme.variables.keys() - meanings <= Sample(DEFAULT).get_css_variables().keys()


@pytest.mark.parametrize("theme", FIXED)
@pytest.mark.parametrize("seen", SEEN)
def test_every_text_can_be_read_on_what_it_stands_on(theme: Theme, seen: str) -> None:
    assert _too_low(theme, READ_ON, 4.5, seen) == {}


@pytest.mark.parametrize("theme", FIXED)
@pytest.mark.parametrize("seen", ["full", "256"])
def test_every_box_and_bar_stands_out_from_what_is_around_it(theme: Theme, seen: str) -> None:
    assert _too_low(theme, STANDS_OUT_FROM, 3.0, seen) == {}


@pytest.mark.parametrize("theme", FIXED)
def test_the_card_levels_are_told_apart_by_the_colour_blind(theme: Theme) -> None:
    """Words and the shape of the box carry the level for everybody; this is on top of them, and not so in greys."""
    for kind in BLINDNESS if theme.name == "triage-safe" else ("protanopia", "deuteranopia"):
        seen = {name: _seen_with(kind, _colour(theme, name)) for card in CARDS for name in (card, f"{card}-line")}
        for one, other in combinations(CARDS, 2):
            apart = _distance(seen[one], seen[other]), _distance(seen[f"{one}-line"], seen[f"{other}-line"])
            assert max(apart) >= 25, (kind, one, other, apart)


@pytest.mark.parametrize("theme", FIXED)
def test_a_line_the_list_rests_on_does_not_look_chosen(theme: Theme) -> None:
    assert _distance(_colour(theme, "block-cursor-blurred-background"), _colour(theme, "chosen")) >= 15


@pytest.mark.parametrize("theme", FIXED)
async def test_what_is_painted_can_be_read_in_every_state(theme: Theme) -> None:
    """Focused, hovered, selected, empty, filled, and in the command palette."""
    app = Sample(theme.name)
    async with app.run_test(size=(100, 50)) as pilot:
        seen = (Static, Input, OptionList, Button, FooterKey)
        for widget in app.screen.focus_chain:
            widget.focus()
            await pilot.pause()
            assert _faint(app, *seen) == {}, widget
            edges = {box.styles.border_top[1] for box in app.query(Input)}
            assert len(edges) == 1 + isinstance(widget, Input)
            assert min(_ratio(edge, _colour(theme, "page")) for edge in edges) >= 3.0
        for widget in (*app.query(Button), app.query(FooterKey).first(), app.query_one(OptionList)):
            await pilot.hover(widget)
            assert widget.mouse_hover
            assert _faint(app, *seen) == {}, widget
        await pilot.press("ctrl+p", *"theme")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.screen.query_one(CommandList).option_count
        assert _faint(app, CommandInput, CommandList) == {}


async def test_in_the_terminals_own_colours_text_is_its_own_pair_or_black_on_white() -> None:
    app = Sample(ANSI)
    async with app.run_test(size=(100, 50)) as pilot:
        app.query_one("#empty").focus()
        await pilot.pause()
        found = {
            (str(style.color and style.color.name), str(style.bgcolor and style.bgcolor.name))
            for widget in (*app.query(Static), *app.query(Input), *app.query(Button), *app.query(FooterKey))
            for _, style in _painted(widget)
        }
        assert found == {("default", "default"), ("color(0)", "color(7)")}


async def test_themes_change_while_the_app_runs() -> None:
    app = Sample(DEFAULT)
    async with app.run_test() as pilot:
        for theme in reversed(THEMES):
            app.theme = theme.name
            await pilot.pause()
            await pilot.pause()  # the library restyles on its next turn
            painted = app.query_one("#plain").visual_style
            assert painted.background == Color.parse(theme.variables["page"])
            assert painted.foreground == Color.parse(theme.variables["ink"])


def test_the_arithmetic_agrees_with_published_figures() -> None:
    """White on the care card colours: 6.38, 5.06 and 14.42."""
    given = {"#005eb8": 6.38, "#d5281b": 5.06, "#212b32": 14.42}
    assert {code: round(_ratio(WHITE, Color.parse(code)), 2) for code in given} == given
