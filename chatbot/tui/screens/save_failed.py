"""An answer that could not be saved: it is still here, saving is tried again, and nobody has to wait for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from chatbot.interview.answered_questions import answers_given
from chatbot.interview.reading.sanitise import harmless
from chatbot.interview.view.line import Line
from chatbot.tui.face import emergency_sentence
from chatbot.tui.key_timing import SETTLE_EMERGENCY
from chatbot.tui.keys import bind
from chatbot.tui.screens.base import Choosing, Modal
from chatbot.tui.widgets.answers import AnswerList
from chatbot.tui.widgets.hints import Hints

if TYPE_CHECKING:
    from chatbot.interview.conversation import Conversation

# Seconds from one try to the next.
AGAIN = 2.0
# Their keys are none of those that answer questions: whoever answers quickly is not to choose here unseen.
_CHOICES = {"again": "8", "go_on": "9"}


class SavingScreen(Choosing[None], Modal[None]):
    """Closes by itself as soon as everything said is saved."""

    BINDINGS: ClassVar[list[BindingType]] = [*bind("up", "down", "continue", "clear", "leave", "interrupt")]

    def __init__(self, conversation: Conversation, save: Callable[[], object]) -> None:
        super().__init__()
        self.conversation, self._save = conversation, save
        self._is_trying = self._is_over = False

    def compose(self) -> ComposeResult:
        """Shows what happened, the answer, the emergency sentence, what can be done."""
        words, answers = self.words, AnswerList(id="answers")
        said = [row.answer for row in answers_given(self.conversation.interview, self.conversation.words)][-1:]
        with Vertical(id="page"):
            yield Static(words.say("saving_title"), id="ask", markup=False)
            yield Static(Content(self.why()), id="example", markup=False)
            for answer in said:
                yield Static(Content(words.say("saving_answer", text=harmless(answer))), id="before", markup=False)
            yield Static(Content(emergency_sentence(self.triage)), id="call", markup=False)
            yield answers
        yield Hints(words, id="hints")
        lines = (Line(name, words.say(f"saving_{name}"), key) for name, key in _CHOICES.items())
        answers.show(tuple(lines), "rows")

    def why(self) -> str:
        """Says why it is not saved."""
        return self.words.say("saving_why", why=harmless(self.triage.start.session.why))

    def on_mount(self) -> None:
        """Try again every now and then."""
        self.answers.focus(scroll_visible=False)
        self.set_interval(AGAIN, self.again)
        self.settle(SETTLE_EMERGENCY)

    def choose(self, line: str) -> None:
        """Try at once, or go on."""
        if not self.triage.pace.may_answer():
            return
        if line == "go_on":
            self.close()
        else:
            self.again()

    def again(self) -> None:
        """Try, beside everything else: the place may be slow to say no."""
        if not self._is_trying and not self._is_over:
            self._is_trying = True
            self.attempt()

    @work(thread=True)
    def attempt(self) -> None:
        """Try once to save."""
        self._save()
        self.app.call_from_thread(self.tried)

    def tried(self) -> None:
        """Close when everything is saved, else say why not."""
        self._is_trying = False
        if not self.is_current or self._is_over:
            return
        if self.triage.start.session.why:
            self.put("#example", self.why())
        else:
            self.close()

    def close(self) -> None:
        """End, once: a second end would take away what stands behind this."""
        if not self._is_over:
            self._is_over = True
            self.dismiss(None)
