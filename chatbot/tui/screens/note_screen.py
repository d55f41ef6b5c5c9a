"""A note: a line of words beside the answers."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from chatbot.interview.reading.sanitise import clean
from chatbot.tui.keys import bind
from chatbot.tui.screens.base import Modal
from chatbot.tui.widgets.hints import Hints
from chatbot.tui.widgets.typed import TypedLine


class LineScreen(Modal[str | None]):
    """Asks for one line of words; none is given by going back."""

    TITLE_KEY, HOW_KEY, EMPTY_KEY = "", "", ""
    BINDINGS: ClassVar[list[BindingType]] = [*bind("continue", "back", "clear", "leave", "interrupt")]

    def compose(self) -> ComposeResult:
        """Title, what it is for, the line, keys."""
        title, how = self.texts()
        with Vertical(id="page"):
            yield Static(Content(title), id="ask", markup=False)
            yield Static(Content(how), id="example", markup=False)
            yield TypedLine(lambda _: False, id="typed")
            yield Static("", id="notice", markup=False)
        yield Hints(self.words, id="hints")

    def texts(self) -> tuple[str, str]:
        """Title, and what it is for."""
        return self.words.say(self.TITLE_KEY), self.words.say(self.HOW_KEY)

    def on_mount(self) -> None:
        """Puts the focus on the line, to wait for words."""
        self.put("#notice", "")
        self.query_one(TypedLine).focus(scroll_visible=False)

    def action_continue(self) -> None:
        """End with what was typed."""
        text = clean(self.query_one(TypedLine).value)
        if text:
            self.dismiss(text)
        else:
            self.tell(self.words.say(self.EMPTY_KEY), error=True)

    def action_back(self) -> None:
        """End with nothing."""
        self.dismiss(None)


class NoteScreen(LineScreen):
    """A note beside the answers."""

    TITLE_KEY, HOW_KEY, EMPTY_KEY = "note_title", "note_how", "note_empty"
