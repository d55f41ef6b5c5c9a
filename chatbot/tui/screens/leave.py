"""Leaving: what becomes of the answers, and what to do in an emergency."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from chatbot.interview.view.line import Line
from chatbot.tui.face import emergency_sentence
from chatbot.tui.keys import bind
from chatbot.tui.screens.base import Choosing, Modal
from chatbot.tui.widgets.answers import AnswerList
from chatbot.tui.widgets.hints import Hints


class LeaveScreen(Choosing[str | None], Modal[str | None]):
    """Staying is one key, leaving for good another."""

    BINDINGS: ClassVar[list[BindingType]] = [*bind("back", "up", "down", "continue", "clear", "leave", "interrupt")]
    CHOICES: tuple[str, ...] = ("stay", "stop", "leave")
    PREFIX = "leave"

    def choices(self) -> tuple[str, ...]:
        """The choices; there is advice to end with only once the interview has begun and not ended."""
        conversation = self.triage.conversation
        going_on = conversation is not None and (
            conversation.interview.question is not None or conversation.state == "check_answers"
        )
        return tuple(choice for choice in self.CHOICES if choice != "stop" or going_on)

    def compose(self) -> ComposeResult:
        """Shows what happens, the emergency sentence, the choices."""
        words = self.words
        lines = tuple(
            Line(choice, words.say(f"{self.PREFIX}_{choice}"), str(self.CHOICES.index(choice) + 1))
            for choice in self.choices()
        )
        answers = AnswerList(id="answers")
        with Vertical(id="page"):
            yield Static(words.say(f"{self.PREFIX}_title"), id="ask", markup=False)
            yield Static(words.say(f"{self.PREFIX}_how"), id="example", markup=False)
            yield Static(Content(emergency_sentence(self.triage)), id="call", markup=False)
            yield answers
        yield Hints(words, id="hints")
        answers.show(lines, "rows")

    def on_mount(self) -> None:
        """Nothing is chosen yet."""
        answers = self.answers
        answers.focus(scroll_visible=False)
        self.settle(0)

    def choose(self, line: str) -> None:
        """End with the choice, if it was made after this was shown."""
        if self.triage.pace.may_answer():
            self.dismiss(line)

    def action_back(self) -> None:
        """Stay in the conversation."""
        self.dismiss(None)


class AgainScreen(LeaveScreen):
    """Starting again forgets everything said, so it is asked for twice."""

    CHOICES = ("stay", "forget")
    PREFIX = "again"
