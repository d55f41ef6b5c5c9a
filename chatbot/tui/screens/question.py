"""One question: what was said before above it, its lines and a line to type in below."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from chatbot.case import Answer
from chatbot.interview.conversation import Conversation
from chatbot.interview.interview import Interview
from chatbot.interview.lines_meant import read_reply
from chatbot.interview.prompt import Prompt
from chatbot.interview.reading.commands import read_command
from chatbot.interview.reading.parse_answer import Heard, Unclear, marks
from chatbot.interview.reading.sanitise import clean
from chatbot.interview.rows import exchanges
from chatbot.interview.view.nurse_checklist import checklist
from chatbot.interview.view.question_view import QuestionView, place_of, question_view
from chatbot.tui.keys import bind
from chatbot.tui.messages import StartAgain
from chatbot.tui.pace import SETTLE, SETTLE_LIST
from chatbot.tui.screens.lists import NURSE_ACTIONS, ListScreen
from chatbot.tui.widgets.answers import AnswerList
from chatbot.tui.widgets.checklist import Checklist
from chatbot.tui.widgets.figure import Figure
from chatbot.tui.widgets.hints import Hints
from chatbot.tui.widgets.thread import SHOWN, Thread
from chatbot.tui.widgets.typed import TypedLine

# From this height on there is room for more than the last exchange; below the second there is none for buttons.
TALL, LOW = 34, 18
# Buttons stand beside the line from this width on, a picture beside its lines from this size on.
NARROW, PICTURE = 60, (76, 24)


class QuestionScreen(ListScreen):
    """Puts the question at hand and takes its answer, chosen or typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bind("continue", "back", "why", "skip", "tick", "up", "down", "page_up", "page_down", "left", "right"),
        *bind("undo", "jump", "reason", "note", "rest", "to_list"),
    ]

    _shown: Interview | None = None

    def compose(self) -> ComposeResult:
        """Place, thread or checklist, question, lines, line to type in, buttons, keys."""
        yield Static(id="place", markup=False)
        yield Thread(self.words, id="thread")
        yield Checklist(self.words, id="checklist")
        with Vertical(id="asking"):
            yield Static(id="ask", markup=False)
            yield Static(id="aloud", markup=False)
            yield Static(id="example", markup=False)
            yield Static(id="before", markup=False)
        with Horizontal(id="lines"):
            yield AnswerList(id="answers")
        yield Static(id="notice", markup=False)
        with Horizontal(id="typing"):
            yield Static(">", id="prompt", markup=False)
            yield TypedLine(self.grab, self.leaves, id="typed")
            with Horizontal(id="buttons"):
                yield Button(self.words.say("key_back"), id="back", compact=True)
                yield Button(self.words.say("key_continue"), id="continue", compact=True)
        yield Hints(self.words, id="hints")

    def on_mount(self) -> None:
        """Fit the window, and put the question."""
        self.fit()
        self.watch_conversation(self.conversation)

    def on_resize(self) -> None:
        """Fold and unfold what the window has room for."""
        self.fit()

    def fit(self) -> None:
        """Leave out what a low window has no room for; every action keeps its key."""
        height, width = self.size.height, self.size.width
        pictured = self.at is not None and bool(self.at.regions) and width >= PICTURE[0] and height >= PICTURE[1]
        for figure in self.query(Figure):
            figure.display = pictured
        self.query_one(Thread).fold(height < TALL)
        low = height < (TALL if pictured else LOW)
        self.query_one(Thread).set_class(low or self.is_nurse, "-hidden")
        self.query_one(Checklist).fold(height < TALL)
        self.query_one(Checklist).set_class(low or not self.is_nurse, "-hidden")
        self.query_one("#asking").set_class(height < TALL, "-tight")
        self.set_class(height >= TALL, "-tall")
        self.query_one("#buttons").set_class(height < LOW or width < NARROW, "-hidden")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 # Textual's
        """Single letters are keys for a nurse only, where none is being typed; skipping where it is possible."""
        if action == "to_list" and not self.triage.has_list:
            return False
        if action in NURSE_ACTIONS:
            return self.is_nurse and (self.focused is self.answers or not self.typed.value)
        if action == "tick":
            return self.can_tick
        return action != "skip" or self.may_skip

    def on_descendant_focus(self) -> None:
        """Other keys work while something is typed."""
        self.refresh_hints()

    def watch_conversation(self, conversation: Conversation | None) -> None:
        """QuestionView the question at hand."""
        if conversation is None or conversation.asked is None:
            return
        if conversation.interview is self._shown and self.pending is None and not conversation.raised:
            self.show_replies(conversation)
            return
        self.show_anew(conversation, conversation.asked)

    def show_anew(self, conversation: Conversation, asked: Prompt) -> None:
        """QuestionView the question at hand from its beginning."""
        self.in_one_frame()
        self._shown = conversation.interview
        kept = None if conversation.interview.again else conversation.kept.get(asked.question.id)
        if kept is not None and asked.question.kind == "lines":
            conversation = conversation.as_before()
            self.set_reactive(QuestionScreen.conversation, conversation)
            self.triage.set_reactive(type(self.triage).conversation, conversation)
        self.at = question_view(conversation, asked, self.words)
        self.by_hand, self.pending, self.misses, self.from_before = frozenset(), None, 0, False
        if self.is_nurse:
            self.query_one(Checklist).show(checklist(conversation))
        else:
            self.query_one(Thread).show(exchanges(conversation.interview, conversation.words, last=SHOWN))
        self.show_question(conversation, self.at)
        self.typed.value = ""
        if kept is not None and asked.question.kind != "lines":
            self.show_kept(kept)
        self.fit()
        self.set_focus(self.typed if self.wants_typing else self.answers, scroll_visible=False)
        self.refresh_hints()
        self.settle(SETTLE_LIST if self.left_list else SETTLE[conversation.interview.case.mode])
        self.left_list = False

    def renew_place(self) -> None:
        """Say where the question stands once more; whether answers are saved can change while it is put."""
        if self.conversation is not None and self.conversation.asked is not None:
            place = place_of(self.conversation, self.conversation.asked, self.words)
            self.put("#place", f"{self.triage.beside}{place}")

    def show_question(self, conversation: Conversation, at: QuestionView) -> None:
        """Show the words and lines of a question."""
        self.put("#place", f"{self.triage.beside}{at.place}")
        self.put("#ask", at.ask)
        self.put("#aloud", at.aloud)
        self.put("#example", at.example)
        self.put("#before", at.before)
        self.put("#notice", at.notice)
        self.query_one("#notice").remove_class("-error")
        if self.query(Figure):
            self.query(Figure).remove()
        if at.regions:
            self.query_one("#lines").mount(Figure(at.regions, self.words), before=0)
        # Where arrows choose, the first of them chooses the first line; elsewhere the mark stands there already.
        starts_at = None if at.kind == "one" and self.wants_typing else 0
        self.answers.display = bool(at.lines)
        self.answers.show(at.lines, at.kind, at.reply_texts, starts_at)
        self.show_replies(conversation)
        if at.kind == "replies":
            self.answers.cursor = self.first_open() or 0

    def show_kept(self, kept: Answer) -> None:
        """Show the answer that was taken back as it was given; Enter gives it again."""
        if self.at is None:
            return
        if self.at.asked.is_figure and not self.at.lines[:-1]:
            self.typed.value = kept.said
            self.typed.action_end()
        else:
            self.by_hand, self.from_before = marks(self.at.asked, kept), True
            self.show_marks(self.by_hand)

    def action_continue(self) -> None:
        """Take what was typed or chosen as the answer."""
        if isinstance(self.focused, Button):
            self.focused.press()
        else:
            self.go_on()

    def go_on(self) -> None:
        """Take the answer, if the question stood long enough to be read."""
        if self.conversation is None or self.at is None or not self.may_answer():
            return
        typed = clean(self.typed.value)
        command = read_command(typed, self.conversation.language) if typed else None
        if command is not None:
            self.obey(command)
        elif self.pending is not None:
            self.confirm_reading(typed)
        elif self.at.kind == "replies":
            self.go_on_in_list(typed)
        elif typed:
            self.drop_if(True)
            self.take(self.conversation.both(self.at.asked, typed, self.by_hand, self.at.labels), typed)
        elif self.at.kind == "one" and not self.by_hand and self.picked:
            self.choose(self.picked)
        elif self.at.asked.is_figure and not self.by_hand:
            fact = self.at.asked.fact
            self.trouble(Unclear("duration" if fact and fact.unit in ("days", "weeks") else "number"))
        else:
            self.take(self.conversation.pick(self.at.asked, self.by_hand), "")

    def ask_whether_right(self, found: Heard) -> None:
        """Say how a duration was understood, and ask."""
        if self.conversation is None or self.at is None:
            return
        self.pending = found
        self.at = self.at.confirming(self.conversation.words, found.echo, self.words)
        self.show_question(self.conversation, self.at)
        self.by_hand, self.misses = frozenset(), 0
        self.typed.value = ""
        self.set_focus(self.typed if self.wants_typing else self.answers, scroll_visible=False)
        self.settle(SETTLE[self.conversation.interview.case.mode])

    def confirm_reading(self, typed: str) -> None:
        """Take the reading, or ask the question again."""
        if self.conversation is None or self.pending is None or self.at is None:
            return
        reply = read_reply(typed, self.conversation.language) if typed else self.picked
        if reply == "yes":
            self.become(self.conversation.answer(self.pending))
        elif reply in ("no", "unknown"):
            said = self.pending.answer.said
            self.show_anew(self.conversation, self.at.asked)
            self.typed.value = said
            self.typed.action_select_all()
            self.tell(self.words.say("echo_no"))
        else:
            self.tell(self.words.say("err_yes_no"), error=True)
            self.refuse_words()

    def action_back(self) -> None:
        """The question before this one, or this question before its reading."""
        if self.conversation is None or self.at is None:
            return
        if self.pending is not None:
            self.confirm_reading("no")
        elif self.typed.value:
            self.typed.value = ""
            if not self.wants_typing:
                self.set_focus(self.answers, scroll_visible=False)
        elif (found := self.conversation.back()) is not self.conversation:
            self.become(found)
        elif self.conversation.said:
            self.tell(self.words.say("nothing_back"))
        else:
            self.post_message(StartAgain())  # nothing was said yet; who answers can be chosen again

    def action_note(self) -> None:
        """Write something beside the answers."""
        self.triage.action_note(self.conversation.state if self.conversation else "")

    def action_reason(self) -> None:
        """Why this is asked, the rules that look at it, and where they come from."""
        from chatbot.tui.screens.reading import reason_screen

        if self.conversation is not None and self.at is not None:
            self.app.push_screen(reason_screen(self.triage, self.conversation, self.at.asked))

    def action_to_list(self) -> None:
        """Leave the questions for the list; the case stays one's own."""
        self.post_message(StartAgain())

    def action_rest(self) -> None:
        """Nothing more is known of this part, as where nobody can be examined over the telephone."""
        if self.conversation is None or self.at is None or not self.may_answer():
            return
        if self.at.asked.question.block:
            self.tell(self.words.say("rest_block"), error=True)
        else:
            self.become(self.conversation.rest_unknown())

    @on(Button.Pressed, "#back")
    def back_pressed(self) -> None:
        """The button does what the key does."""
        self.action_back()

    @on(Button.Pressed, "#continue")
    def continue_pressed(self) -> None:
        """The button does what the key does."""
        self.go_on()
