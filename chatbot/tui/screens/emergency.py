"""An emergency: what to do now, and nothing beside it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from chatbot.interview.conversation import Conversation
from chatbot.interview.view.emergency_choices import emergency_choices
from chatbot.interview.view.line import Line
from chatbot.tui.key_timing import SETTLE_EMERGENCY
from chatbot.tui.keys import bind
from chatbot.tui.messages import ShowSummary
from chatbot.tui.screens.base import Choosing
from chatbot.tui.screens.conversation_screen import Stage
from chatbot.tui.widgets.answers import AnswerList
from chatbot.tui.widgets.card import CareCard
from chatbot.tui.widgets.hints import Hints
from chatbot.tui.widgets.sections import Sections

SECTIONS = ("what_to_do", "why")


class EmergencyScreen(Choosing[None], Stage):
    """The advice in a heavy box; the lines under it come after it has been read."""

    BINDINGS: ClassVar[list[BindingType]] = [*bind("back", "up", "down", "page_up", "page_down", "continue")]

    def compose(self) -> ComposeResult:
        """The card, why, and what can be done next."""
        summary = self.triage.result().summary
        with VerticalScroll(id="scroll", can_focus=False):
            yield CareCard(self.words, summary, id="card")
            yield Sections(summary, SECTIONS, id="sections")
        yield Static(id="ask", markup=False)
        yield AnswerList(id="answers")
        yield Static("", id="notice", markup=False)
        yield Hints(self.words, id="hints")

    def on_mount(self) -> None:
        """Offer what can be done next."""
        self.watch_conversation(self.conversation)

    def watch_conversation(self, conversation: Conversation | None) -> None:
        """Offer what can be done next; a nurse may go on for the note."""
        if conversation is None:
            return
        texts, country = conversation.words, conversation.interview.case.country
        keys = emergency_choices(conversation)
        lines = tuple(Line(key, texts.fill(self.words.say(key), country), str(at + 1)) for at, key in enumerate(keys))
        self.put("#ask", self.words.say("emergency_what_now"))
        answers = self.answers
        answers.show(lines, "rows")
        answers.focus(scroll_visible=False)
        self.tell("")
        self.settle(SETTLE_EMERGENCY)

    def choose(self, line: str) -> None:
        """Do what a line says, once the advice has stood long enough to be seen."""
        if self.conversation is None or not self.triage.pace.may_answer():
            return
        if line == "emergency_back":
            self.triage.conversation = self.conversation.back()
        elif line == "emergency_change":
            self.triage.action_so_far()
        elif line == "emergency_continue":
            self.triage.conversation = self.conversation.continue_note()
        else:
            self.post_message(ShowSummary())

    def action_continue(self) -> None:
        """Do what the line under the cursor says."""
        if self.answers.current is None:
            self.tell(self.words.say("emergency_choose"))
        super().action_continue()

    def action_back(self) -> None:
        """Correct the last answer."""
        self.choose("emergency_back")

    def action_page_up(self) -> None:
        """The advice from its top."""
        self.query_one("#scroll").scroll_page_up(animate=False)

    def action_page_down(self) -> None:
        """The rest of the advice."""
        self.query_one("#scroll").scroll_page_down(animate=False)
