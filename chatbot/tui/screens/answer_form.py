"""The form in which a question is answered: its words and lines, the line to type in, and what was chosen so far."""

from __future__ import annotations

from textual.widgets import Static

from chatbot.case import Answer
from chatbot.interview.conversation import Conversation
from chatbot.interview.parse_given import parse_typed
from chatbot.interview.reading.parse_answer import ParsedAnswer, marks
from chatbot.interview.view.question_view import QuestionView
from chatbot.tui.screens.conversation_screen import Stage
from chatbot.tui.widgets.answers import AnswerList
from chatbot.tui.widgets.figure import Figure
from chatbot.tui.widgets.typed import TypedLine


class AnswerForm:
    """The part of a question screen that shows its question, and what its person has chosen or typed.

    `view` is what is shown, `by_hand` the lines chosen, `pending` a reading to be confirmed, `misses` how often the
    answer was not understood; `from_before` that what is chosen was chosen before the question was taken back;
    `refused` what was typed and not understood.
    """

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.view: QuestionView | None = None
        self.by_hand: frozenset[str] = frozenset()
        self.pending: ParsedAnswer | None = None
        self.misses = 0
        self.from_before = False
        self.refused = ""

    def begin(self, view: QuestionView) -> None:
        """Show another question, to which nothing was chosen."""
        self.view = view
        self.by_hand, self.pending, self.misses, self.from_before = frozenset(), None, 0, False

    @property
    def answers(self) -> AnswerList:
        """The widget of the lines to choose from."""
        return self.stage.query_one(AnswerList)

    @property
    def typed(self) -> TypedLine:
        """The line to type in."""
        return self.stage.query_one(TypedLine)

    @property
    def is_nurse(self) -> bool:
        """True when one key answers and moves on."""
        conversation = self.stage.conversation
        return conversation is not None and conversation.interview.case.mode == "nurse"

    @property
    def has_replies(self) -> bool:
        """True when each line has a reply of its own."""
        return self.view is not None and self.view.kind == "replies"

    @property
    def wants_typing(self) -> bool:
        """True when the line to type in has the focus at first: a nurse chooses from lines, where there are some."""
        if not self.is_nurse or self.view is None:
            return True
        return self.view.asked.is_figure and not self.view.asked.choices and self.pending is None

    @property
    def picked(self) -> str | None:
        """The line that Enter takes: the one chosen, or for a nurse the one to which the mark was moved."""
        line = self.answers.current if self.is_nurse and self.answers.moved else None
        return next(iter(self.by_hand), line.id if line else None)

    @property
    def line(self) -> str:
        """The line of a list that is at hand; "" where that is none of them."""
        line = self.answers.current
        return "" if line is None or line.alone else line.id

    @property
    def can_tick(self) -> bool:
        """True when the line at hand can be ticked; one that would be the answer at once, after a move to it."""
        line = self.answers.current
        if line is None or self.view is None or self.typed.value:
            return False
        return line.alone if self.has_replies else self.view.kind == "many" or self.answers.moved

    def may_answer(self) -> bool:
        """True when the last key may answer what is shown; that a key came twice, so that once was enough, is told."""
        pace = self.stage.triage.pace
        if pace.is_repeat:
            self.stage.tell(self.stage.words.say("err_repeat"), error=True)
        return pace.may_answer()

    def may_pass_over(self) -> bool:
        """True when the last key may pass over questions: never one that is held down, nor what was typed unread."""
        stage = self.stage
        if self.typed.value and self.typed.value != self.refused:
            stage.tell(stage.words.say("err_typed"), error=True)
            return False
        if stage.triage.pace.is_held:
            stage.tell(stage.words.say("err_repeat"), error=True)
            return False
        return self.may_answer()

    def first_open(self, after: int = 0) -> int | None:
        """The first line without a reply, from a place on and then from the top."""
        if self.stage.conversation is None:
            return None
        said = self.stage.conversation.current_replies
        places = [n for n, line in enumerate(self.answers.lines) if line.id not in said and not line.alone]
        return next((place for place in places if place >= after), places[0] if places else None)

    def focus(self) -> None:
        """Give the focus to where the question is answered."""
        self.stage.set_focus(self.typed if self.wants_typing else self.answers, scroll_visible=False)

    def write(self, text: str) -> None:
        """Put a text in the line to type in, and go on at its end."""
        self.stage.set_focus(self.typed)
        self.typed.value = text
        self.typed.action_end()

    def drop_if(self, typed: bool) -> None:
        """Words take the place of what was chosen before the question was taken back."""
        if typed and self.from_before:
            self.by_hand, self.from_before = frozenset(), False

    def refuse_words(self) -> None:
        """Leave what was not understood to be mended; the next key replaces it, and it goes when anything goes on."""
        self.refused = self.typed.value
        self.typed.action_select_all()

    def forget_refused(self) -> None:
        """Take away what was not understood and is still there."""
        if self.refused and self.typed.value == self.refused:
            self.typed.value = ""
        self.refused = ""

    def show_question(self, conversation: Conversation, view: QuestionView) -> None:
        """Show the words and lines of a question."""
        stage = self.stage
        stage.put("#place", f"{stage.triage.beside}{view.place}")
        for name in ("ask", "aloud", "example", "before", "notice"):
            stage.put(f"#{name}", getattr(view, name))
        stage.query_one("#notice", Static).remove_class("-error")
        if stage.query(Figure):
            stage.query(Figure).remove()
        if view.regions:
            stage.query_one("#lines").mount(Figure(view.regions, stage.words), before=0)
        # Where arrows choose, the first of them chooses the first line; elsewhere the mark stands there already.
        starts_at = None if view.kind == "one" and self.wants_typing else 0
        self.answers.display = bool(view.lines)
        self.answers.show(view.lines, view.kind, view.reply_texts, starts_at)
        self.show_replies(conversation)
        if view.kind == "replies":
            self.answers.cursor = self.first_open() or 0

    def show_kept(self, kept: Answer) -> None:
        """Show the answer that was taken back as it was given; Enter gives it again."""
        if self.view is None:
            return
        if self.view.asked.is_figure and not self.view.lines[:-1]:
            self.typed.value = kept.said
            self.typed.action_end()
        else:
            self.by_hand, self.from_before = marks(self.view.asked, kept), True
            self.show_marks(self.by_hand)

    def show_reading(self) -> None:
        """Show on the lines how what is typed would be read."""
        conversation, view = self.stage.conversation, self.view
        if conversation is None or view is None or view.kind == "replies" or self.pending:
            return
        words = self.typed.value.strip()
        self.drop_if(bool(words))
        heard = parse_typed(conversation, view.asked, words, view.labels) if words else None
        typed = marks(view.asked, heard.answer) if isinstance(heard, ParsedAnswer) else frozenset[str]()
        self.show_marks(self.by_hand | typed if view.kind == "many" else typed or self.by_hand)

    def show_replies(self, conversation: Conversation) -> None:
        """Show what was replied to the lines."""
        self.answers.show_replies({line: reply for line, (reply, _) in conversation.current_replies.items()})

    def show_marks(self, chosen: frozenset[str]) -> None:
        """Mark lines on the list and on the picture."""
        self.answers.chosen = chosen
        for figure in self.stage.query(Figure):
            figure.chosen = chosen
