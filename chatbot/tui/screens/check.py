"""Every answer that counts, to be checked before the advice."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Button, Static

from chatbot.interview.conversation import Conversation
from chatbot.interview.view.answer_rows import row_lines
from chatbot.tui.key_timing import SETTLE
from chatbot.tui.keys import bind
from chatbot.tui.screens.base import Choosing
from chatbot.tui.screens.conversation_screen import Stage
from chatbot.tui.widgets.answers import AnswerList
from chatbot.tui.widgets.hints import Hints


class CheckScreen(Choosing[None], Stage):
    """One row for each answer, any of which can be changed; a key of its own confirms them."""

    BINDINGS: ClassVar[list[BindingType]] = [*bind("confirm", "continue", "back", "up", "down", "page_up", "page_down")]

    def compose(self) -> ComposeResult:
        """Title, rows, button, keys."""
        yield Static(id="ask", markup=False)
        yield Static(id="example", markup=False)
        yield AnswerList(id="answers")
        yield Static(id="notice", markup=False)
        yield Button(self.words.say("key_confirm"), id="confirm", compact=True)
        yield Hints(self.words, id="hints")

    def on_mount(self) -> None:
        """Show the rows of the answers."""
        self.watch_conversation(self.conversation)

    def watch_conversation(self, conversation: Conversation | None) -> None:
        """Show the rows of the answers."""
        if conversation is None:
            return
        self.put("#ask", self.words.say("check_title"))
        self.put("#example", self.words.say("check_how"))
        self.put("#notice", "")
        answers = self.answers
        answers.show(tuple(row_lines(conversation, self.words)), "rows")
        answers.focus(scroll_visible=False)
        self.settle(SETTLE[conversation.interview.case.mode])

    @on(Button.Pressed, "#confirm")
    def action_confirm(self) -> None:
        """All of it is right."""
        if self.conversation is not None and self.triage.pace.may_answer():
            self.triage.conversation = self.conversation.confirm()

    def action_continue(self) -> None:
        """Change the row under the cursor; nothing is confirmed by a key that answers questions."""
        if isinstance(self.focused, Button):
            self.focused.press()
            return
        if self.answers.current is None:
            self.put("#notice", self.words.say("check_again"))
        else:
            super().action_continue()

    def choose(self, line: str) -> None:
        """Ask a question again."""
        if self.triage.pace.may_answer():
            self.triage.change(line)

    def action_back(self) -> None:
        """The last question."""
        if self.conversation is not None:
            self.triage.conversation = self.conversation.back()
