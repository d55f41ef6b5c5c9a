"""An empty screen, for when somebody else may see it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.geometry import Size
from textual.widgets import Static

from chatbot.tui.keys import bind, key_of
from chatbot.tui.screens.base import Modal


class ClearedScreen(Modal[None]):
    """Shows nothing of what was said; the same key brings it back, another closes and forgets."""

    BINDINGS: ClassVar[list[BindingType]] = [*bind("clear", "leave", "interrupt")]
    LEAST = Size(1, 1)

    def compose(self) -> ComposeResult:
        """Shows which keys there are, in words that tell nobody what this is."""
        clear, leave = (key_of(self.app.screen, name) for name in ("clear", "leave"))
        width = max(len(clear), len(leave))
        text = self.words.say("cleared", clear=clear.ljust(width), leave=leave.ljust(width))
        yield Static(text, id="cleared", markup=False)


def clear(app: App[int]) -> None:
    """Clear the screen at once; once more brings back what was there."""
    if isinstance(app.screen, ClearedScreen):
        app.screen.dismiss(None)
    else:
        app.push_screen(ClearedScreen())
