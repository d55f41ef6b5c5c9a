"""What answering a question needs, however it is done."""

from __future__ import annotations

from textual import events, on
from textual.widgets import Input

from chatbot.interview.conversation import Conversation
from chatbot.interview.reading.commands import Command
from chatbot.interview.reading.parse_answer import Heard, Unclear, marks
from chatbot.interview.turn import Answered, NoSkip, Skip, SkippedRest, Turn, may_skip, take
from chatbot.interview.view.question_view import QuestionView, trouble_text
from chatbot.tui.screens.stage import Stage
from chatbot.tui.widgets.answers import AnswerList
from chatbot.tui.widgets.figure import Figure
from chatbot.tui.widgets.typed import TypedLine


class AnsweringScreen(Stage):
    """Where a question stands on the screen.

    `at` is what is shown of it, `by_hand` the lines chosen, `pending` a reading to be confirmed, `misses` how often the
    answer was not understood; `left_list` that a list moved on by itself,
    `from_before` that what is chosen was chosen before the question was taken back; `refused` what was typed and not
    understood.
    """

    def __init__(self) -> None:
        super().__init__()
        self.at: QuestionView | None = None
        self.by_hand: frozenset[str] = frozenset()
        self.pending: Heard | None = None
        self.misses = 0
        self.left_list = False
        self.from_before = False
        self.refused = ""

    @property
    def answers(self) -> AnswerList:
        """The lines."""
        return self.query_one(AnswerList)

    @property
    def typed(self) -> TypedLine:
        """The line to type in."""
        return self.query_one(TypedLine)

    @property
    def is_nurse(self) -> bool:
        """Whether one key answers and moves on."""
        return self.conversation is not None and self.conversation.interview.case.mode == "nurse"

    @property
    def wants_typing(self) -> bool:
        """Whether the line to type in has the focus at first: a nurse chooses from lines, where there are some."""
        if not self.is_nurse or self.at is None:
            return True
        return self.at.asked.is_figure and not self.at.asked.choices and self.pending is None

    @property
    def picked(self) -> str | None:
        """The line that Enter takes: the one chosen, or for a nurse the one to which the mark was moved."""
        line = self.answers.current if self.is_nurse and self.answers.moved else None
        return next(iter(self.by_hand), line.id if line else None)

    def ticks(self, character: str) -> bool:
        """Whether a character typed into the empty line ticks the line at hand."""
        return character == " " and self.can_tick

    @property
    def can_tick(self) -> bool:
        """Whether the line at hand can be ticked; one that would be the answer at once, after a move to it."""
        line = self.answers.current
        if line is None or self.at is None or self.typed.value:
            return False
        return line.id.startswith("*") if self.at.kind == "replies" else self.at.kind == "many" or self.answers.moved

    def on_paste(self, event: events.Paste) -> None:
        """Text pasted anywhere is typed text."""
        event.stop()
        self.set_focus(self.typed)
        self.typed.post_message(events.Paste(event.text))

    def go_on(self) -> None:
        """Take what was typed or chosen as the answer."""
        raise NotImplementedError

    def action_back(self) -> None:
        """Go to the question before."""
        raise NotImplementedError

    def trouble(self, found: Unclear) -> None:
        """Say what is needed, the second time in other words."""
        if self.at is not None:
            self.misses += 1
            self.tell(trouble_text(found, self.at.asked, self.words, again=self.misses > 1), error=True)
            self.refuse_words()

    def refuse_words(self) -> None:
        """Leave what was not understood to be mended; the next key replaces it, and it goes when anything goes on."""
        self.refused = self.typed.value
        self.typed.action_select_all()

    def may_answer(self) -> bool:
        """Whether the last key may answer what is shown; that a key came twice, so that once was enough, is told."""
        if self.triage.pace.is_repeat:
            self.tell(self.words.say("err_repeat"), error=True)
        return self.triage.pace.may_answer()

    def become(self, conversation: Conversation) -> None:
        """Go on from here; nothing answers what is not shown yet."""
        if self.conversation is None or conversation.interview is not self.conversation.interview:
            self.triage.pace.hide()
        if self.refused and self.typed.value == self.refused:
            self.typed.value = ""
        self.refused = ""
        self.triage.conversation = conversation

    def take(self, found: Heard | Unclear, typed: str) -> None:
        """Record an answer, have a reading confirmed, or ask again."""
        conversation = self.conversation
        if conversation is None:
            return
        if isinstance(found, Heard):
            if found.echo and not self.is_seen_anyway(found):
                self.ask_whether_right(found)
            else:
                self.become(conversation.answer(found))
            return
        raised = conversation.raising(typed)
        if raised is None:
            self.trouble(found)
        else:
            self.become(raised)

    def is_seen_anyway(self, found: Heard) -> bool:
        """Whether a reading need not be confirmed: a nurse sees it in the checklist, and takes it back with one key."""
        conversation = self.conversation
        return self.is_nurse and conversation is not None and not conversation.early_end(found.answer)

    def ask_whether_right(self, found: Heard) -> None:
        """Say how words were understood, and ask."""
        raise NotImplementedError

    def obey(self, command: Command) -> None:
        """Do what was typed instead of an answer."""
        self.typed.value = ""
        actions = {
            Command.WHY: self.action_why,
            Command.HELP: self.triage.action_help,
            Command.BACK: self.action_back,
            Command.CHANGE: self.triage.action_so_far,
            Command.STOP: self.triage.action_leave,
            Command.SKIP: self.action_skip,
        }
        actions[command]()

    def action_why(self) -> None:
        """Say why the question is asked."""
        if self.at is not None and self.conversation is not None:
            self.tell(self.words.say("why_we_ask", text=self.at.asked.why))

    @property
    def may_skip(self) -> bool:
        """Whether this can be passed over: it is for advice only, private, or a list outside the emergency checks."""
        if self.at is None or self.pending is not None:
            return False
        return may_skip(self.at.asked)

    def action_skip(self) -> None:
        """Leave out the questions that only advice waits for, decline this one, or its lines left."""
        conversation = self.conversation
        if conversation is None or self.at is None:
            return
        found = take(Turn(conversation, self.pending), Skip())
        if isinstance(found, NoSkip):
            self.tell(self.words.say("no_skip"))
        elif isinstance(found, (Answered, SkippedRest)):
            self.become(found.conversation)

    def drop_if(self, typed: bool) -> None:
        """Words take the place of what was chosen before the question was taken back."""
        if typed and self.from_before:
            self.by_hand, self.from_before = frozenset(), False

    @on(Input.Changed)
    def show_reading(self) -> None:
        """Show on the lines how what is typed would be read."""
        if self.conversation is None or self.at is None or self.at.kind == "replies" or self.pending:
            return
        words = self.typed.value.strip()
        self.drop_if(bool(words))
        found = self.conversation.read(self.at.asked, words, self.at.labels) if words else None
        typed = marks(self.at.asked, found.answer) if isinstance(found, Heard) else frozenset[str]()
        many = self.at.kind == "many"
        self.show_marks(self.by_hand | typed if many else typed or self.by_hand)

    def show_replies(self, conversation: Conversation) -> None:
        """Show what was replied to the lines."""
        self.answers.show_replies({line: reply for line, (reply, _) in conversation.said.items()})

    def show_marks(self, chosen: frozenset[str]) -> None:
        """Mark lines on the list and on the picture."""
        self.answers.chosen = chosen
        for figure in self.query(Figure):
            figure.chosen = chosen
