"""The summary: how urgent first, then why and what to do, and questions about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from chatbot.interview.conversation import Conversation
from chatbot.interview.reading.commands import Command, is_remark, read_command
from chatbot.interview.reading.parse_answer import raised_by
from chatbot.interview.reading.sanitise import clean, harmless
from chatbot.tui.face import emergency_sentence
from chatbot.tui.keys import bind
from chatbot.tui.messages import StartAgain
from chatbot.tui.result import begun, documents_of
from chatbot.tui.screens.base import ScrollScreen
from chatbot.tui.screens.conversation_screen import Stage
from chatbot.tui.screens.leave import AgainScreen
from chatbot.tui.screens.pages import ReferencesScreen
from chatbot.tui.screens.save_as import SaveScreen
from chatbot.tui.screens.so_far import TopicsScreen
from chatbot.tui.widgets.card import CareCard, in_one_line
from chatbot.tui.widgets.hanging import HangingParagraph, HangingText
from chatbot.tui.widgets.hints import Hints
from chatbot.tui.widgets.sections import Sections, of_sentences
from chatbot.tui.widgets.typed import TypedLine

# Before the sections, why the questions ended early.
_ENDED = ("stopped", "out_of_scope")


class SummaryScreen(ScrollScreen[None], Stage):
    """The result, its sources, and answers to what people ask about it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bind("continue", "questions", "references", "copy", "save", "again", "back"),
        *bind("up", "down", "page_up", "page_down"),
    ]

    def compose(self) -> ComposeResult:
        """The level in sight, the page, the line to ask in, the keys."""
        result = self.triage.result()
        yield Static(self.words.say("summary_place"), id="place", markup=False)
        with VerticalScroll(id="scroll", can_focus=False):
            yield Static(self.ended(), id="ended", markup=False)
            yield CareCard(self.words, result.summary, id="card")
            yield Sections(result.summary, id="sections")
            code = self.triage.start.session.check_code
            yield Static(self.words.say("check_code", code=code) if code else "", classes="small", markup=False)
        yield Static(id="notice", markup=False)
        with Horizontal(id="typing"):
            yield Static(self.words.say("ask_prompt"), id="prompt", markup=False)
            yield TypedLine(lambda _: False, id="typed")
        yield Hints(self.words, id="hints")

    def ended(self) -> Content:
        """Says why the questions ended before their end."""
        conversation = self.conversation
        if conversation is None or conversation.state not in _ENDED:
            return Content("")
        # Whom the questions are for is the pack's to say.
        ended = self.words if conversation.state == "stopped" else conversation.words
        said = [harmless(ended.say(conversation.state)), emergency_sentence(self.triage)]
        said += [self.words.say("ended_hint")] if conversation.state == "out_of_scope" else []
        return Content(" ".join(said))

    def on_mount(self) -> None:
        """Wait for a question about the result."""
        self.about = self.triage.result().about
        ended = self.query_one("#ended", Static)
        ended.display = bool(self.ended().plain)
        self.put("#notice", "")
        self.query_one(TypedLine).focus(scroll_visible=False)
        self.watch(self.scroller, "scroll_y", self.keep_in_sight, init=False)
        self.call_after_refresh(self.triage.pace.show, 0)

    def keep_in_sight(self, scrolled: float) -> None:
        """Says how urgent it is above the page while the card is out of sight."""
        card = self.query_one(CareCard)
        above = scrolled >= card.virtual_region.bottom - 2
        level = in_one_line(self.about.summary, self.words)
        self.put("#place", level if above else self.words.say("summary_place"))

    def action_continue(self) -> None:
        """Answer what was typed, or do it."""
        line = self.query_one(TypedLine)
        typed = clean(line.value)
        if not typed or self.conversation is None:
            self.put("#notice", self.words.say("ask_something"))
            return
        line.value = ""
        self.tell("")
        language = self.conversation.language
        command = read_command(typed, language)
        if command is Command.BACK:
            self.action_back()
        elif command is Command.CHANGE:
            self.triage.action_so_far()
        elif command is Command.STOP:
            self.triage.action_leave()
        elif command is Command.HELP:
            self.triage.action_help()
        elif is_remark("references", typed, language):
            self.action_references()
        else:
            self.answer(self.conversation, typed)

    def answer(self, conversation: Conversation, typed: str) -> None:
        """Put the questions that a new symptom calls for, or answer from this result."""
        raised = conversation.raising(typed)
        if raised is not None:
            self.triage.wants_summary = False
            self.triage.conversation = raised
            return
        if raised_by(typed, conversation.words, conversation.interview, ""):
            self.scroller.scroll_home(animate=False)  # an emergency stands; its card says what to do
            self.put("#notice", emergency_sentence(self.triage))
            return
        topics = self.about.asked(typed)
        if topics is None:
            self.put("#notice", self.words.say("not_a_number"))
        else:
            self.show_answers(topics, typed)

    def show_answers(self, topics: tuple[str, ...], typed: str = "") -> None:
        """Write the answers under the summary and bring them into sight."""
        summary, numbers = self.about.summary, self.about.numbers
        said: list[HangingParagraph] = []
        for topic in topics:
            said.append(HangingParagraph.of(self.about.title(topic), strong=True))
            said += of_sentences(self.about.answer(topic), summary, numbers)
        if not topics:
            said.append(HangingParagraph.of(self.words.say("you_asked", text=typed), strong=True))
            said += of_sentences(self.about.no_answer(), summary, numbers)
        text = HangingText(said, classes="answered")
        self.scroller.mount(text)
        self.call_after_refresh(text.scroll_visible, top=True, animate=False)

    def action_questions(self) -> None:
        """Choose among the questions people have."""
        self.app.push_screen(TopicsScreen(self.about), self.chosen)

    def chosen(self, topic: str | None) -> None:
        """Answer the question that was chosen."""
        if topic is not None:
            self.show_answers((topic,))

    def action_references(self) -> None:
        """Shows where each sentence comes from."""
        self.app.push_screen(
            ReferencesScreen(self.about.references, self.about.summary.audience, self.words.say("key_references"))
        )

    def documents(self) -> Mapping[str, bytes]:
        """The result as files, by the endings of their names."""
        began = begun(self.triage.pack, self.conversation)
        return documents_of(*began, self.words, self.triage.start.session.check_code)

    def action_copy(self) -> None:
        """Copy the summary as it would be saved."""
        self.app.copy_to_clipboard(self.documents()["md"].decode())
        self.triage.start.session.looked("exported", "copied")
        self.put("#notice", self.words.say("copied"))

    def action_save(self) -> None:
        """Save the summary to a file."""
        self.app.push_screen(SaveScreen(self.documents()), self.saved)

    def saved(self, name: str | None) -> None:
        """Say where it went."""
        if name:
            self.triage.start.session.looked("exported", "saved")
            self.put("#notice", self.words.say("saved", name=name))

    def action_again(self) -> None:
        """Start again, once it is clear that this forgets everything."""
        self.app.push_screen(AgainScreen(), self.start_again)

    def start_again(self, choice: str | None) -> None:
        """Forget everything, if that was chosen."""
        if choice == "forget":
            self.post_message(StartAgain())

    def action_back(self) -> None:
        """The last question; while an emergency stands, its advice."""
        if self.conversation is None:
            return
        self.triage.wants_summary = False
        if self.conversation.state == "emergency":
            self.triage.conversation = self.conversation
        else:
            self.triage.conversation = self.conversation.back()
