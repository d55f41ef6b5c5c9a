"""Answers by keys, clicks and words go through the turn, and what came of each is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from chatbot.case import Reply
from chatbot.interview.conversation import Conversation
from chatbot.interview.reading.commands import Command
from chatbot.interview.reading.parse_answer import NotUnderstood, ParsedAnswer
from chatbot.interview.reading.sanitise import clean
from chatbot.interview.turn import (
    AnotherQuestion,
    AskAgain,
    Echo,
    Finished,
    Given,
    GoesOn,
    LineReply,
    NoneOfTheRest,
    NoSkip,
    Open,
    Outcome,
    Picked,
    Rejected,
    Turn,
    Typed,
    Unread,
    WithoutRest,
    take,
)
from chatbot.interview.view.line import Line
from chatbot.interview.view.question_view import trouble_text
from chatbot.tui.key_timing import SETTLE, SETTLE_LIST
from chatbot.tui.screens.answer_form import AnswerForm

_ALONE = ("*none", "*prefer_not")


class Answering:
    """Gives the turn what a person typed, chose or replied.

    `ask_again` puts the question at hand from its beginning, `obey` does what was typed instead of an answer;
    `left_list` tells that a list moved on by itself, `unread_told` that lines out of sight would have been denied.
    """

    def __init__(self, form: AnswerForm, ask_again: Callable[[], None], obey: Callable[[Command], None]) -> None:
        self.form, self.stage = form, form.stage
        self.ask_again, self.obey = ask_again, obey
        self.left_list = False
        self.unread_told = False

    def give(self, given: Given) -> None:
        """Take something given, and show what came of it."""
        form, conversation = self.form, self.stage.conversation
        if conversation is None or form.view is None:
            return
        if self.unread_told and self.stage.triage.pace.is_held:  # it would deny what nobody had time to read
            return
        is_list = form.has_replies
        turn = Turn(
            conversation,
            pending=form.pending,
            misses=form.misses,
            sees_answers=form.is_nurse,
            labels=form.view.labels,
            line=form.line if is_list else "",
            unread=form.answers.unseen if is_list or form.view.kind == "many" else 0,
        )
        outcome = take(turn, given)
        self.unread_told = isinstance(outcome, Unread)
        if isinstance(given, Typed | Picked) and not isinstance(outcome, AskAgain | Unread):
            form.typed.value = ""
        self.show(outcome, given, conversation)

    def show(self, outcome: Outcome, given: Given, before: Conversation) -> None:
        """Show what came of something given."""
        say = self.stage.words.say
        match outcome:
            case Command():
                self.obey(outcome)
            case GoesOn(conversation) | WithoutRest(conversation) | AnotherQuestion(conversation):
                self.become(conversation)
                if conversation.interview is before.interview and not conversation.raised:
                    self.next_line(given, before, conversation)
            case Echo(pending):
                self.ask_whether_right(pending)
            case Rejected(said):
                self.ask_again()
                self.form.typed.value = said
                self.form.typed.action_select_all()
                self.stage.tell(say("echo_no"))
            case AskAgain(unclear, times):
                self.form.misses = times
                self.trouble(unclear)
            case Unread(count):
                self.tell_unread(count)
            case Open(lines):
                self.form.answers.cursor = self.form.first_open()
                self.stage.tell(say("err_lines" if len(lines) > 1 else "err_line", count=len(lines)), error=True)
            case NoSkip():
                self.stage.tell(say("no_skip"))
            case _:
                assert_never(outcome)

    def become(self, conversation: Conversation) -> None:
        """Go on from here; nothing answers what is not shown yet."""
        stage = self.stage
        if stage.conversation is None or conversation.interview is not stage.conversation.interview:
            stage.triage.pace.hide()
        self.form.forget_refused()
        stage.triage.conversation = conversation

    def undo(self, conversation: Conversation) -> bool:
        """Take back what was replied last to the list at hand, and come to its line; False where nothing was."""
        before = conversation.undo_reply()
        if before is conversation:
            return False
        self.become(before)
        then, now = conversation.current_replies, before.current_replies
        lines = self.form.answers.lines
        undone = (place for place, line in enumerate(lines) if then.get(line.id) != now.get(line.id))
        self.form.answers.cursor = next(undone, self.form.answers.cursor)
        return True

    def trouble(self, unclear: NotUnderstood) -> None:
        """Say what is needed, the second time in other words."""
        form = self.form
        if form.view is not None:
            text = trouble_text(unclear, form.view.asked, self.stage.words, again=form.misses > 1)
            self.stage.tell(text, error=True)
            form.refuse_words()

    def ask_whether_right(self, pending: ParsedAnswer) -> None:
        """Say how words were understood, and ask."""
        form, conversation = self.form, self.stage.conversation
        if conversation is None or form.view is None:
            return
        view = form.view.confirming(conversation.words, pending.echo, self.stage.words)
        form.begin(view)
        form.pending = pending
        form.show_question(conversation, view)
        form.typed.value = ""
        form.focus()
        self.stage.settle(SETTLE[conversation.interview.case.mode])

    def next_line(self, given: Given, before: Conversation, after: Conversation) -> None:
        """Go to the next line of the list without a reply; after the last one a nurse goes on at once."""
        form = self.form
        self.stage.tell("")
        line = given.line if isinstance(given, LineReply) else form.line
        is_at_hand = isinstance(given, LineReply) or after.current_replies.get(line) != before.current_replies.get(line)
        place = form.answers.index(line) if is_at_hand else None  # words may be about other lines
        following = form.first_open(0 if place is None else place + 1)
        if following is not None:
            form.answers.cursor = following
            # A key that is held down replies to no line before it was seen.
            self.stage.settle(SETTLE["nurse"], repeats=True)
        elif form.is_nurse:
            self.left_list = True
            self.give(Finished())
        else:
            form.answers.cursor = place or 0
            self.stage.tell(self.stage.words.say("list_done"))

    def tell_unread(self, count: int) -> None:
        """Say how many lines were not on the screen yet; for a nurse they come into sight, so that one key goes on."""
        stage, form = self.stage, self.form
        form.by_hand -= {"*none"}
        if form.view is not None and form.view.kind == "many":
            form.show_marks(form.by_hand)
        if not form.is_nurse:
            stage.tell(stage.words.say("err_unseen", count=count), error=True)
            return
        stage.tell(stage.words.say("err_below" if count > 1 else "err_below_one", count=count), error=True)
        stage.triage.pace.hide()
        # What was said takes its room first, and hides none of them.
        stage.app.call_later(stage.call_after_refresh, self.read_on)

    def read_on(self) -> None:
        """Bring lines into sight that were not there yet; nothing denies them before they are painted."""
        self.form.answers.read_on()
        self.stage.settle(SETTLE_LIST)

    def go_on(self) -> None:
        """Take what was typed or chosen as the answer, if the question stood long enough to be read."""
        form = self.form
        if form.view is None or not form.may_answer():
            return
        typed, current = clean(form.typed.value), form.answers.current
        if typed:
            form.drop_if(True)
            self.give(Typed(typed, form.by_hand))
        elif form.pending is not None:
            self.give(LineReply("", "yes" if form.picked == "yes" else "no") if form.picked else Typed(""))
        elif form.has_replies and current is not None and current.alone:
            self.choose_always(current.id)
        elif form.has_replies:
            self.give(Finished())
        elif form.view.kind == "one" and not form.by_hand and form.picked:
            self.choose(form.picked)
        else:
            self.give(Picked(form.by_hand))

    def choose(self, line: str) -> None:
        """Choose one line, or tick it; a nurse's choice of one line is recorded at once."""
        form = self.form
        if form.view is None or not form.may_answer():
            return
        form.answers.cursor = form.answers.index(line)
        if form.has_replies:
            self.choose_always(line)
        elif form.view.kind == "many":
            self.tick_line(line)
        else:
            form.by_hand = frozenset({line})
            form.typed.value = ""
            form.show_marks(form.by_hand)
            if form.is_nurse:
                self.go_on()

    def tick_line(self, line: str) -> None:
        """Tick or untick a line; "none of these" stands alone."""
        form = self.form
        form.from_before = False
        if line in form.by_hand:
            form.by_hand -= {line}
        elif line in _ALONE:
            form.by_hand = frozenset({line})
        else:
            form.by_hand = form.by_hand - set(_ALONE) | {line}
        form.show_marks(form.by_hand)

    def choose_always(self, line: str) -> None:
        """Chooses what stands beneath a list of lines: none of them."""
        if line == "*none" and self.form.may_answer():
            self.give(NoneOfTheRest())

    def give_reply(self, reply: Reply, line: Line | None = None) -> None:
        """Reply to a line and go to the next without a reply."""
        form = self.form
        line = line or form.answers.current
        if line is None or not form.may_answer():
            return
        if not line.alone:
            self.give(LineReply(line.id, reply))
        elif reply == "no":
            self.choose_always(line.id)
        elif (place := form.first_open()) is not None:  # "yes" and "not sure" deny nothing
            form.answers.cursor = place
