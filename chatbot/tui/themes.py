"""The colours of the app: five themes, each naming the same meanings, so that the stylesheet names meanings only.

In four of them every colour is fixed and the contrast is computed by the tests. In `triage-ansi` the terminal's owner
chooses the sixteen colours, so no contrast can be computed there: text stays in the terminal's own text colour on its
own background, or black on white, and the boxes of the cards tell the levels apart by shape and words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from textual.theme import Theme

Pair = tuple[str, str]
Card = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """The looks of each meaning in one theme: pairs are (background, text), cards (background, text, box).

    `resting` is the background of the line a list stands on while the keyboard is elsewhere. It differs from
    `chosen`, so that no line looks like an answer nobody gave.
    """

    page: str
    ink: str
    ink_soft: str
    line: str
    field: str
    resting: str
    link: str
    warn_ink: str
    chosen: Pair
    cursor: Pair
    button: Pair
    mine: Pair
    emergency: Card
    urgent: Card
    soon: Card
    selfcare: Card

    def variables(self) -> dict[str, str]:
        """Our own variables for the stylesheet, by name without the dollar sign."""
        named = {"page": self.page, "ink": self.ink, "ink-soft": self.ink_soft, "line": self.line}
        named |= {"field": self.field, "link": self.link, "warn-ink": self.warn_ink}
        pairs = {"chosen": self.chosen, "cursor": self.cursor, "button": self.button, "mine": self.mine}
        for name, (back, text) in pairs.items():
            named |= {name: back, f"{name}-ink": text}
        cards = {"emergency": self.emergency, "urgent": self.urgent, "soon": self.soon, "selfcare": self.selfcare}
        for name, (back, text, box) in cards.items():
            named |= {name: back, f"{name}-ink": text, f"{name}-line": box}
        return named

    def standard(self) -> dict[str, str]:
        """The variables that the library's own widgets read, set to the same meanings."""
        ours = self.variables() | {"resting": self.resting, "auto": "auto"}
        return {name: ours[meaning] for meaning, names in _MEANS.items() for name in names.split()}


# Which of the library's variables has which of our meanings.
_MEANS = {
    # Black or white, whichever stands out: these are used on every kind of button.
    "auto": "text button-color-foreground",
    "ink": "button-foreground footer-foreground footer-description-foreground block-cursor-blurred-foreground "
    "input-cursor-background",
    # Placeholders are `text-disabled`; fainter than secondary text they could not be read.
    "ink-soft": "text-muted text-disabled foreground-muted foreground-disabled scrollbar-hover",
    "link": "text-primary text-secondary text-accent link-color footer-key-foreground",
    "warn-ink": "text-warning text-error",
    "selfcare-line": "text-success",
    "line": "border-blurred scrollbar",
    # Lighter or darker panels would bring text nearer to what it stands on.
    "field": "surface-active panel-lighten-1 panel-darken-1 footer-background input-cursor-foreground "
    "scrollbar-background scrollbar-background-hover scrollbar-background-active scrollbar-corner-color",
    "cursor": "border block-cursor-background link-background-hover scrollbar-active",
    "cursor-ink": "block-cursor-foreground link-color-hover",
    "chosen": "input-selection-background screen-selection-background",
    "chosen-ink": "input-selection-foreground screen-selection-foreground",
    "mine": "block-hover-background",
    "resting": "block-cursor-blurred-background",
}


def _theme(name: str, colours: Colours, *, dark: bool = True) -> Theme:
    return Theme(
        name=name,
        dark=dark,
        primary=colours.button[0],
        secondary=colours.line,
        accent=colours.link,
        warning=colours.warn_ink,
        error=colours.warn_ink,
        success=colours.selfcare[2],
        foreground=colours.ink,
        background=colours.page,
        surface=colours.field,
        panel=colours.field,
        variables=colours.standard() | colours.variables(),
    )


_DARK = Colours(
    page="#141c22",
    ink="#e6edf2",
    ink_soft="#afbcc6",
    line="#7d909e",
    field="#1c262e",
    resting="#3a3f44",
    link="#8ec9ff",
    warn_ink="#ffb3a7",
    chosen=("#1d4f7c", "#ffffff"),
    cursor=("#9fcdf2", "#0b1620"),
    button=("#2f6ea5", "#ffffff"),
    mine=("#323b43", "#eef4f9"),
    emergency=("#a3170d", "#ffffff", "#ffc0b5"),
    urgent=("#3d2c0a", "#fff0d4", "#ffb54d"),
    soon=("#12304d", "#e3f0fb", "#62b0f5"),
    selfcare=("#17332f", "#e2f3ef", "#7fc7b8"),
)

_LIGHT = Colours(
    page="#f0f4f5",
    ink="#212b32",
    ink_soft="#4c6272",
    line="#6b7b87",
    field="#ffffff",
    resting="#f8f0d0",
    link="#004f9e",
    warn_ink="#a81b10",
    chosen=("#cfe3f5", "#0b2a45"),
    cursor=("#005eb8", "#ffffff"),
    button=("#005eb8", "#ffffff"),
    mine=("#dbe6ed", "#212b32"),
    emergency=("#d5281b", "#ffffff", "#000000"),
    urgent=("#fdf0d5", "#3a2600", "#9a5200"),
    soon=("#e1eefa", "#0a2d4d", "#005eb8"),
    selfcare=("#e2f1ed", "#12332d", "#2b6b60"),
)

_CONTRAST = Colours(
    page="#000000",
    ink="#ffffff",
    ink_soft="#e4e4e4",
    line="#ffffff",
    field="#000000",
    resting="#3f3f3f",
    link="#ffeb3b",
    warn_ink="#ffeb3b",
    chosen=("#3d3a00", "#ffffff"),
    cursor=("#ffeb3b", "#000000"),
    button=("#ffffff", "#000000"),
    mine=("#262626", "#ffffff"),
    emergency=("#ffeb3b", "#000000", "#75671a"),
    urgent=("#ffffff", "#000000", "#767676"),
    soon=("#000000", "#ffffff", "#ffeb3b"),
    selfcare=("#000000", "#ffffff", "#ffffff"),
)

# Blue and orange stay apart in every common kind of colour blindness; the rest differs in lightness.
_SAFE = Colours(
    page="#11181f",
    ink="#eaeff3",
    ink_soft="#b3bfc9",
    line="#8292a0",
    field="#1a232c",
    resting="#3a3f44",
    link="#8ec9ff",
    warn_ink="#ffc27a",
    chosen=("#1d4f7c", "#ffffff"),
    cursor=("#ffc27a", "#1a1000"),
    button=("#2f6ea5", "#ffffff"),
    mine=("#323b43", "#eef4f9"),
    emergency=("#a84300", "#ffffff", "#ffd9ad"),
    urgent=("#3a2600", "#ffefd6", "#e69f00"),
    soon=("#0d3050", "#e3f0fb", "#56b4e9"),
    selfcare=("#262e35", "#eaeff3", "#c3ccd4"),
)

_OWN = ("ansi_default", "ansi_default")
_BAR = ("ansi_white", "ansi_black")
_ANSI = Colours(
    page="ansi_default",
    ink="ansi_default",
    ink_soft="ansi_default",
    line="ansi_default",
    field="ansi_default",
    resting="ansi_default",
    link="ansi_default",
    warn_ink="ansi_default",
    chosen=_OWN,
    cursor=_BAR,
    button=_BAR,
    mine=_OWN,
    # Red and magenta are the only two that show on black and on white alike.
    emergency=(*_OWN, "ansi_red"),
    urgent=(*_OWN, "ansi_magenta"),
    soon=(*_OWN, "ansi_default"),
    selfcare=(*_OWN, "ansi_default"),
)

# The terminal says what its default colours are, so nothing may be picked to stand out from them, and a panel
# that lets the page shine through would put text upon text.
_ANSI_STANDARD = {
    **dict.fromkeys(("text", "button-color-foreground", "ansi-foreground", "ansi-background"), "ansi_default"),
    **dict.fromkeys(("surface", "panel"), "ansi_default"),
    **dict.fromkeys(("input-selection-background", "screen-selection-background"), "ansi_white"),
    **dict.fromkeys(("input-selection-foreground", "screen-selection-foreground"), "ansi_black"),
    # The library draws its cursor as a white cell: the line shows it where the page is white too.
    "input-cursor-text-style": "underline",
}


def _ansi_theme(name: str, colours: Colours) -> Theme:
    return Theme(
        name=name,
        ansi=True,
        primary="ansi_default",
        foreground="ansi_default",
        background="ansi_default",
        variables=colours.standard() | _ANSI_STANDARD | colours.variables(),
    )


THEMES: tuple[Theme, ...] = (
    _theme("triage-dark", _DARK),
    _theme("triage-light", _LIGHT, dark=False),
    _theme("triage-contrast", _CONTRAST),
    _theme("triage-safe", _SAFE),
    _ansi_theme("triage-ansi", _ANSI),
)
"""All themes, in the order in which they are offered."""

DEFAULT: str = "triage-dark"
"""The name of the theme the app starts in."""

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "triage-dark": "theme_dark",
        "triage-light": "theme_light",
        "triage-contrast": "theme_contrast",
        "triage-safe": "theme_safe",
        "triage-ansi": "theme_ansi",
    }
)
"""The key in the app's words of what people read for each theme."""
