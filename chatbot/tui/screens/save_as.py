"""Saving the summary to a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from chatbot.errors import InputError
from chatbot.interview.reading.sanitise import clean
from chatbot.tui.keys import bind
from chatbot.tui.screens.base import Modal
from chatbot.tui.widgets.hints import Hints
from chatbot.tui.widgets.typed import TypedLine
from chatbot.tui.write_file import free_name, save


class SaveScreen(Modal[str | None]):
    """Asks for a name; its ending says whether it is to be read by people or by programs."""

    BINDINGS: ClassVar[list[BindingType]] = [*bind("continue", "back", "clear", "leave", "interrupt")]

    def __init__(self, documents: Mapping[str, bytes], stem: str = "triage-summary", how: str = "save_how") -> None:
        super().__init__()
        self.documents, self.stem, self.how = documents, stem, how

    def compose(self) -> ComposeResult:
        """Shows what is saved, the name, what went wrong, keys."""
        words = self.words
        with Vertical(id="page"):
            yield Static(words.say("key_save"), id="ask", markup=False)
            yield Static(words.say(self.how, folder=clean(str(Path.cwd()))), id="example", markup=False)
            yield TypedLine(lambda _: False, id="typed")
            yield Static("", id="notice", classes="-error", markup=False)
        yield Hints(words, id="hints")

    def on_mount(self) -> None:
        """Offer a name that is free and tells nothing."""
        line = self.query_one(TypedLine)
        line.value = free_name(Path.cwd(), self.stem, next(iter(self.documents))).name
        line.action_end()
        line.focus(scroll_visible=False)

    def action_continue(self) -> None:
        """Write the file; nothing that is there already is replaced."""
        try:
            self.dismiss(str(save(Path(self.query_one(TypedLine).value.strip()), self.documents)))
        except InputError as error:
            self.put("#notice", self.words.say("error", text=str(error)))

    def action_back(self) -> None:
        """Leave the page and save nothing."""
        self.dismiss(None)
