"""Going on with an earlier interview: its code is typed, and it stands where it stood."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from chatbot.errors import TriageError
from chatbot.interview.reading.sanitise import harmless
from chatbot.service.records import Returned
from chatbot.tui.face import emergency_sentence
from chatbot.tui.keys import bind
from chatbot.tui.screens.base import Modal
from chatbot.tui.widgets.hints import Hints
from chatbot.tui.widgets.typed import TypedLine


class ResumeScreen(Modal[Returned | None]):
    """Ends with what the code brought, or with nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [*bind("continue", "back", "clear", "leave", "interrupt")]

    def __init__(self, find: Callable[[str], Returned]) -> None:
        super().__init__()
        self._find = find

    def compose(self) -> ComposeResult:
        """Shows what is wanted, the emergency sentence, a line to type in."""
        words = self.words
        with Vertical(id="page"):
            yield Static(words.say("resume_title"), id="ask", markup=False)
            yield Static(words.say("resume_how"), id="example", markup=False)
            yield Static(Content(emergency_sentence(self.triage)), id="call", markup=False)
            with Horizontal(id="typing"):
                yield Static(">", id="prompt", markup=False)
                yield TypedLine(lambda _: False, id="typed")
            yield Static("", id="notice", markup=False)
        yield Hints(words, id="hints")

    def on_mount(self) -> None:
        """Puts the focus on the line, to wait for a code."""
        self.put("#notice", "")
        self.query_one(TypedLine).focus(scroll_visible=False)
        self.settle(0)

    def action_continue(self) -> None:
        """Look for the code that was typed."""
        typed = self.query_one(TypedLine).value
        if typed.strip():
            self.tell(self.words.say("resume_wait"))
            self.look(typed)

    @work(thread=True, exclusive=True)
    def look(self, typed: str) -> None:
        """Look for it, beside everything else."""
        try:
            row = self._find(typed)
        except TriageError as error:
            self.app.call_from_thread(self.tell, harmless(str(error)), True)
        else:
            self.app.call_from_thread(self.dismiss, row)

    def action_back(self) -> None:
        """Leave the page without a code."""
        self.dismiss(None)
