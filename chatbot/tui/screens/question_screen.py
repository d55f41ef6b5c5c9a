"""One question: what was said before above it, its lines and a line to type in below."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, assert_never

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Static

from chatbot.interview.answered_questions import exchanges
from chatbot.interview.conversation import Conversation
from chatbot.interview.interview import Interview
from chatbot.interview.prompt import Prompt
from chatbot.interview.reading.commands import Command
from chatbot.interview.rest_unknown import rest_unknown
from chatbot.interview.turn import LineReply, Skip, may_skip
from chatbot.interview.view.nurse_checklist import checklist
from chatbot.interview.view.question_view import place_of, question_view
from chatbot.tui.key_timing import SETTLE, SETTLE_LIST
from chatbot.tui.keys import bind
from chatbot.tui.messages import StartAgain
from chatbot.tui.screens.answer_form import AnswerForm
from chatbot.tui.screens.answering import Answering
from chatbot.tui.screens.conversation_screen import Stage
from chatbot.tui.screens.one_key import NURSE_ACTIONS, OneKey
from chatbot.tui.widgets.answers import AnswerList
from chatbot.tui.widgets.checklist_rows import Checklist
from chatbot.tui.widgets.figure import Figure
from chatbot.tui.widgets.hints import Hints
from chatbot.tui.widgets.thread import SHOWN, Thread
from chatbot.tui.widgets.typed import TypedLine

# From this height on there is room for more than the last exchange; below the second there is none for buttons.
TALL, LOW = 34, 18
# Buttons stand beside the line from this width on, a picture beside its lines from this size on.
NARROW, PICTURE = 60, (76, 24)


class QuestionScreen(Stage):
    """Puts the question at hand and takes its answer, chosen or typed.

    `form` is what is shown and chosen, `answering` gives it to the turn, `one_key` reads single keys.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *bind("continue", "back", "why", "skip", "tick"),
        *bind("up", "down", "page_up", "page_down", "left", "right", through="move"),
        *bind(*NURSE_ACTIONS, through="nurse"),
    ]

    _shown: Interview | None = None

    def __init__(self) -> None:
        super().__init__()
        self.form = AnswerForm(self)
        self.answering = Answering(self.form, self.ask_again, partial(obey, self))
        self.one_key = OneKey(self.form, self.answering)

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
            yield TypedLine(self.one_key.grab, self.one_key.leaves, id="typed")
            with Horizontal(id="buttons"):
                yield Button(self.words.say("key_back"), id="back", compact=True)
                yield Button(self.words.say("key_continue"), id="continue", compact=True)
        yield Hints(self.words, id="hints")

    def on_mount(self) -> None:
        """Fit the window, and put the question."""
        fit(self, self.form)
        self.watch_conversation(self.conversation)

    def on_resize(self) -> None:
        """Fold and unfold what the window has room for."""
        fit(self, self.form)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Single letters are keys for a nurse only, where none is being typed; skipping where it is possible."""
        form = self.form
        if parameters == ("to_list",) and not self.triage.has_list:
            return False
        if action == "nurse":
            return form.is_nurse and (self.focused is form.answers or not form.typed.value)
        if action == "tick":
            return form.can_tick
        return action != "skip" or (form.view is not None and form.pending is None and may_skip(form.view.asked))

    def on_descendant_focus(self) -> None:
        """Other keys work while something is typed."""
        self.refresh_hints()

    def watch_conversation(self, conversation: Conversation | None) -> None:
        """Put the question at hand."""
        if conversation is None or conversation.asked is None:
            return
        if conversation.interview is self._shown and self.form.pending is None and not conversation.raised:
            self.form.show_replies(conversation)
            return
        self.show_anew(conversation, conversation.asked)

    def ask_again(self) -> None:
        """Put the question at hand from its beginning."""
        if self.conversation is not None and self.conversation.asked is not None:
            self.show_anew(self.conversation, self.conversation.asked)

    def show_anew(self, conversation: Conversation, asked: Prompt) -> None:
        """Put a question from its beginning."""
        self.in_one_frame()
        self._shown, form = conversation.interview, self.form
        kept = None if conversation.interview.again else conversation.previous_answers.get(asked.question.id)
        if kept is not None and asked.question.kind == "lines":
            conversation = conversation.restore_replies()
            self.set_reactive(QuestionScreen.conversation, conversation)
            self.triage.set_reactive(type(self.triage).conversation, conversation)
        view = question_view(conversation, asked, self.words)
        form.begin(view)
        self.one_key.lead = None  # no figure of the question before begins words here
        if form.is_nurse:
            self.query_one(Checklist).show(checklist(conversation))
        else:
            self.query_one(Thread).show(exchanges(conversation.interview, conversation.words, last=SHOWN))
        form.show_question(conversation, view)
        form.typed.value = ""
        if kept is not None and asked.question.kind != "lines":
            form.show_kept(kept)
        fit(self, form)
        form.focus()
        self.refresh_hints()
        self.settle(SETTLE_LIST if self.answering.left_list else SETTLE[conversation.interview.case.mode])
        self.answering.left_list = False

    def renew_place(self) -> None:
        """Say where the question stands once more; whether answers are saved can change while it is put."""
        if self.conversation is not None and self.conversation.asked is not None:
            place = place_of(self.conversation, self.conversation.asked, self.words)
            self.put("#place", f"{self.triage.beside}{place}")

    def on_key(self, event: events.Key) -> None:
        """Take a label for its line while the lines have the focus; other letters begin a word."""
        self.one_key.press(event)

    def on_paste(self, event: events.Paste) -> None:
        """Text pasted anywhere is typed text."""
        event.stop()
        self.set_focus(self.form.typed)
        self.form.typed.post_message(events.Paste(event.text))

    @on(Input.Changed)
    def show_reading(self) -> None:
        """Show on the lines how what is typed would be read."""
        self.form.show_reading()

    @on(AnswerList.Picked)
    def line_clicked(self, event: AnswerList.Picked) -> None:
        """A click chooses, ticks, or replies."""
        line = next((line for line in self.form.answers.lines if line.id == event.line), None)
        if line is None:
            return
        if event.reply is not None and not line.alone:
            self.answering.give_reply(event.reply, line)  # type: ignore[arg-type] # one of the replies
        elif event.reply is None or line.alone:
            self.answering.choose(line.id)

    @on(Figure.Picked)
    def region_clicked(self, event: Figure.Picked) -> None:
        """A click on the picture ticks its line."""
        self.answering.choose(event.option)

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """A button does what its key does."""
        if event.button.id == "back":
            self.action_back()
        else:
            self.answering.go_on()

    def action_continue(self) -> None:
        """Take what was typed or chosen as the answer."""
        if isinstance(self.focused, Button):
            self.focused.press()
        else:
            self.answering.go_on()

    def action_tick(self) -> None:
        """Tick the line at hand, or type a blank."""
        self.one_key.tick()

    def action_skip(self) -> None:
        """Leave out the questions that only advice waits for, decline this one, or its lines left."""
        if self.form.may_pass_over():
            self.answering.give(Skip())

    def action_why(self) -> None:
        """Say why the question is asked."""
        if self.form.view is not None and self.conversation is not None:
            self.tell(self.words.say("why_we_ask", text=self.form.view.asked.why))

    def action_move(self, way: str) -> None:
        """Another line, which is chosen where there is one to choose; paging only reads on. Or sideways in words."""
        form = self.form
        if way in ("left", "right"):
            (form.typed.action_cursor_left if way == "left" else form.typed.action_cursor_right)()
            return
        by = -1 if way.endswith("up") else 1
        is_page = way.startswith("page")
        (form.answers.page if is_page else form.answers.move)(by)
        if self.query("#notice.-error"):
            self.tell("")
        line = form.answers.current
        if line is None or form.view is None:
            return
        for figure in self.query(Figure):
            figure.current = line.id
        if form.view.kind == "one" and not form.is_nurse and not is_page:
            self.answering.choose(line.id)

    def action_back(self) -> None:
        """The question before this one, or this question before its reading."""
        form, conversation = self.form, self.conversation
        if conversation is None or form.view is None:
            return
        if form.pending is not None:
            self.answering.give(LineReply("", "no"))
        elif form.typed.value:
            form.typed.value = ""
            if not form.wants_typing:
                self.set_focus(form.answers, scroll_visible=False)
        elif (before := conversation.back()) is not conversation:
            self.answering.become(before)
        elif conversation.current_replies:
            self.tell(self.words.say("nothing_back"))
        else:
            self.post_message(StartAgain())  # nothing was said yet; who answers can be chosen again

    def action_nurse(self, act: str) -> None:
        """Does what a nurse's letter asks: undo, jump, why, a note, nothing more known, back to the list."""
        conversation, view = self.conversation, self.form.view
        if conversation is None or view is None:
            return
        if act == "undo":
            if self.form.pending is not None or not self.answering.undo(conversation):
                self.action_back()
        elif act == "jump":
            self.action_jump()
        elif act == "reason":
            from chatbot.tui.screens.pages import reason_screen

            self.app.push_screen(reason_screen(self.triage, conversation, view.asked))
        elif act == "note":
            self.triage.action_note(conversation.state)
        elif act == "to_list":
            self.post_message(StartAgain())
        elif self.form.may_pass_over():
            self.rest_unknown(conversation, view.asked)

    def rest_unknown(self, conversation: Conversation, asked: Prompt) -> None:
        """Nothing more is known of this part, as where nobody can be examined over the telephone."""
        if asked.question.block:
            self.tell(self.words.say("rest_block"), error=True)
        else:
            self.answering.become(rest_unknown(conversation))

    def action_jump(self) -> None:
        """Choose a question out of its order."""
        self.triage.action_jump()


def obey(screen: QuestionScreen, command: Command) -> None:
    """Do what was typed instead of an answer."""
    match command:
        case Command.WHY:
            screen.action_why()
        case Command.HELP:
            screen.triage.action_help()
        case Command.BACK:
            screen.action_back()
        case Command.CHANGE:
            screen.triage.action_so_far()
        case Command.STOP:
            screen.triage.action_leave()
        case Command.SKIP:
            screen.action_skip()
        case _:
            assert_never(command)


def fit(screen: QuestionScreen, form: AnswerForm) -> None:
    """Leave out what a low window has no room for; every action keeps its key."""
    height, width = screen.size.height, screen.size.width
    pictured = form.view is not None and bool(form.view.regions) and width >= PICTURE[0] and height >= PICTURE[1]
    for figure in screen.query(Figure):
        figure.display = pictured
    screen.query_one(Thread).fold(height < TALL)
    low = height < (TALL if pictured else LOW)
    screen.query_one(Thread).set_class(low or form.is_nurse, "-hidden")
    screen.query_one(Checklist).fold(height < TALL)
    screen.query_one(Checklist).set_class(low or not form.is_nurse, "-hidden")
    screen.query_one("#asking").set_class(height < TALL, "-tight")
    screen.set_class(height >= TALL, "-tall")
    screen.query_one("#buttons").set_class(height < LOW or width < NARROW, "-hidden")
    screen.call_after_refresh(make_room, screen, form)


def make_room(screen: QuestionScreen, form: AnswerForm) -> None:
    """Leave out the nurse's checklist where lines to tick would be out of sight beside it."""
    if form.is_nurse and form.answers.kind == "many" and form.answers.unseen:
        screen.query_one(Checklist).add_class("-hidden")
