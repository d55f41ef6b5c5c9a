"""The colours of the app: its own themes, one key to change them, and none where none are wanted."""

from __future__ import annotations

from operator import methodcaller

from textual.app import App
from textual.filter import LineFilter, Monochrome, NoColor
from textual.reactive import Initialize, Reactive
from textual.theme import Theme

from chatbot.tui.themes import DEFAULT, THEMES

_NO_COLOR = NoColor()


class ColouredApp(App[int], inherit_bindings=False):
    """An app in our colours."""

    def first_theme(self) -> str:
        """The theme to begin with, known before the styles are read: they would have to be read again for another."""
        return DEFAULT

    theme: Reactive[str] = Reactive(Initialize(methodcaller("first_theme")))

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Ours only: the library's own do not name what the stylesheet names."""
        return {theme.name: theme for theme in THEMES}

    def get_line_filters(self) -> list[LineFilter]:
        """Without colours, those that only the terminal knows are its own: the grey made of them would be black."""
        found = list(super().get_line_filters())
        if not (self.no_color and self.native_ansi_color):
            return found
        return [_NO_COLOR if isinstance(each, Monochrome) else each for each in found]

    def action_theme(self) -> None:
        """The next colours."""
        names = list(self.available_themes)
        self.theme = names[(names.index(self.theme) + 1) % len(names)]
