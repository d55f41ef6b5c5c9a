"""Keys and clicks on the lines of a question."""

from __future__ import annotations

from textual import events, on

from chatbot.case import Reply
from chatbot.interview.conversation import Conversation
from chatbot.interview.lines_meant import NUMBERED, read_reply
from chatbot.interview.turn import (
    Answered,
    NoneOfTheRest,
    Raised,
    Turn,
    Typed,
    Unread,
    can_begin_more,
    take,
)
from chatbot.interview.view.line import Line
from chatbot.tui.keys import KEYS, key_name
from chatbot.tui.pace import SETTLE
from chatbot.tui.screens.answering import AnsweringScreen
from chatbot.tui.screens.lead import GOES_ON, Lead
from chatbot.tui.widgets.answers import AnswerList
from chatbot.tui.widgets.figure import Figure

NONE = "0"
# What a nurse's single letters do, by key while nothing is being typed.
NURSE_ACTIONS = ("undo", "jump", "reason", "note", "rest", "to_list")
_ALONE = ("*none", "*prefer_not")


class ListScreen(AnsweringScreen):
    """Moves the cursor, ticks, replies; for a nurse one key records and moves on.

    `lead` are the figures that may yet turn out to be the beginning of words.
    """

    lead: Lead | None = None

    def grab(self, character: str) -> bool:
        """Whether a character typed into the empty line is a reply to a line instead of the start of a word."""
        if not self.is_nurse and character not in (*NUMBERED, NONE) and self.goes_on(character):
            return True
        if self.ticks(character):
            self.action_tick()  # whatever key it has
            return True
        if self.is_nurse and self.obeys(character):
            return True
        if (
            self.at is None
            or self.at.kind != "replies"
            or self.pending is not None
            or character not in (*NUMBERED, NONE)
        ):
            return False
        if character == NONE:
            is_ten = self.triage.pace.may_be_ten
            self.lead = Lead("10", self.lead.said) if self.lead is not None and is_ten else None
            if is_ten and not self.answers.unseen:
                self.tell(self.words.say("err_ten"), error=True)
            else:
                self.none_of_the_rest()
        else:
            self.reply_by_figure(character)
        return True

    def reply_by_figure(self, character: str) -> None:
        """Reply to the line at hand; where words go on from the figure, the reply is taken back."""
        before, lead = self.conversation, self.lead
        self.lead = None
        self.give_reply(NUMBERED[character])
        after = self.conversation
        if before is None or after is None or after is before or after.interview is not before.interview:
            return
        more = lead is not None and self.triage.pace.is_one_word and self.triage.pace.follows(lead.digits)
        if lead is not None and more and 1 < int(lead.digits + character) <= len(self.answers.lines):
            self.lead = Lead(lead.digits + character, lead.said)
        else:
            self.lead = Lead(character, before.said)

    def goes_on(self, character: str) -> bool:
        """Whether a character makes words of the figure before it, as in "2 yes"; what that replied is taken back."""
        lead, self.lead = self.lead, None
        conversation, pace = self.conversation, self.triage.pace
        if lead is None or conversation is None or not pace.follows(lead.digits[-1]):
            return False
        if character not in GOES_ON and not (character.isalpha() and pace.is_one_word):
            return False
        self.become(lead.taken_back(conversation))
        self.tell("")
        self.answers.cursor = self.first_open() or 0
        self.set_focus(self.typed)
        self.typed.value = lead.digits + character
        self.typed.action_end()
        return True

    def leaves(self, character: str) -> bool:
        """Whether a character typed into the empty line is a key: what ticks, and a nurse's where figures are typed."""
        return self.ticks(character) or bool(self.letter(character))

    def letter(self, character: str) -> str:
        """What a nurse's letter does that begins no figure; nothing where letters are words."""
        if not self.is_nurse or self.at is None or not self.at.asked.is_figure or self.pending is not None:
            return ""
        keys = {key_name(self.triage.start.keys.get(name, KEYS[name])): name for name in NURSE_ACTIONS}
        return keys.get(character, "")

    def obeys(self, character: str) -> bool:
        """Whether a character typed into the empty line was a nurse's key, and what it does was done."""
        if self.at is None or self.focused is self.answers:
            return False  # the library brings it to its action
        if self.begins_figure(character):
            return False
        if self.at.asked.is_figure and character in self.at.labels:
            self.choose(self.at.lines[self.at.labels.index(character)].id)
            return True
        name = self.letter(character)
        if name:
            self.call_later(self.run_action, name)
        return bool(name)

    def begins_figure(self, character: str) -> bool:
        """Whether a digit may be the beginning of a longer figure, as 1 is of 10; its rest answers nothing else.

        Of lines to choose one from, the tenth and those behind it have letters, and are called by their numbers, too.
        """
        if self.at is None or self.pending is not None:
            return False
        if self.at.asked.is_figure:
            return can_begin_more(character, [choice.id for choice in self.at.asked.choices])
        numbers = range(1, len(self.at.asked.choices) + 1) if self.at.kind == "one" else ()
        return can_begin_more(character, [str(number) for number in numbers])

    def none_at_once(self, character: str) -> bool:
        """Whether one key said "none of these" of a list to tick, and it was recorded."""
        if not (self.is_nurse and character == NONE and self.at is not None and self.at.kind == "many"):
            return False
        if any(line.id == "*none" for line in self.at.lines) and self.may_answer():
            if self.by_hand - {"*none"}:  # a 10 meant for the tenth line is no reason to deny what was ticked
                self.tell(self.words.say("err_none_and_some"), error=True)
            elif self.triage.pace.may_be_ten:
                self.tell(self.words.say("err_ten"), error=True)
            else:
                self.by_hand = frozenset({"*none"})
                self.go_on()
        return True

    def on_key(self, event: events.Key) -> None:
        """Take a label for its line while the lines have the focus; other letters begin a word."""
        if self.focused is not self.answers or self.at is None or not event.is_printable:
            return
        character = (event.character or "").lower()
        if self.grab(character) or self.none_at_once(character):
            event.stop()
        elif self.is_nurse and self.begins_figure(character):
            event.stop()
            if self.may_answer():
                self.set_focus(self.typed)
                self.typed.insert_text_at_cursor(character)
        elif self.is_nurse and character in self.at.labels and self.at.kind != "replies":
            event.stop()
            self.choose(self.at.lines[self.at.labels.index(character)].id)
        elif not self.is_nurse and character.strip():
            event.stop()
            self.set_focus(self.typed)
            self.typed.insert_text_at_cursor(event.character or "")

    def choose(self, line: str) -> None:
        """Choose one line, or tick it; a nurse's choice of one line is recorded at once."""
        if self.at is None or not self.may_answer():
            return
        self.answers.cursor = self.answers.index(line)
        if self.at.kind == "replies":
            self.choose_always(line)
        elif self.at.kind == "many":
            self.tick_line(line)
        else:
            self.by_hand = frozenset({line})
            self.typed.value = ""
            self.show_marks(self.by_hand)
            if self.is_nurse:
                self.go_on()

    def tick_line(self, line: str) -> None:
        """Tick or untick a line; "none of these" stands alone."""
        self.from_before = False
        if line in self.by_hand:
            self.by_hand -= {line}
        elif line in _ALONE:
            self.by_hand = frozenset({line})
        else:
            self.by_hand = self.by_hand - set(_ALONE) | {line}
        self.show_marks(self.by_hand)

    def choose_always(self, line: str) -> None:
        """What stands beneath a list of lines: none of them."""
        if line == "*none":
            self.none_of_the_rest()

    def give_reply(self, reply: Reply, line: Line | None = None) -> None:
        """Reply to a line and go to the next without a reply."""
        conversation, line = self.conversation, line or self.answers.current
        if conversation is None or line is None or not self.may_answer():
            return
        if line.id.startswith("*"):
            if reply == "no":
                self.choose_always(line.id)
            elif (place := self.first_open()) is not None:  # "yes" and "not sure" deny nothing
                self.answers.cursor = place
            return
        after = conversation.reply(line.id, reply)
        self.become(after)
        if after.state != conversation.state:
            return
        self.tell("")
        place = self.answers.index(line.id) or 0
        following = self.first_open(place + 1)
        if following is not None:
            self.answers.cursor = following
            self.settle(SETTLE["nurse"], repeats=True)  # a key that is held down replies to no line before it was seen
        elif self.is_nurse:
            self.left_list = True
            self.become(after.gone_through())
        else:
            self.answers.cursor = place
            self.tell(self.words.say("list_done"))

    def first_open(self, after: int = 0) -> int | None:
        """The first line without a reply, from a place on and then from the top."""
        if self.conversation is None:
            return None
        said = self.conversation.said
        open_lines = [
            at for at, line in enumerate(self.answers.lines) if line.id not in said and not line.id.startswith("*")
        ]
        return next((at for at in open_lines if at >= after), open_lines[0] if open_lines else None)

    def none_of_the_rest(self) -> None:
        """Every line without a reply is no, once all of them have been on the screen."""
        conversation = self.conversation
        if conversation is None or not self.may_answer():
            return
        found = take(self.list_turn(conversation), NoneOfTheRest())
        if isinstance(found, Unread):
            self.tell_unread(found.count)
        elif isinstance(found, Answered):
            self.become(found.conversation)

    def tell_unread(self, count: int) -> None:
        """Say how many lines were not on the screen yet; for a nurse they come into sight, so that one key goes on."""
        if not self.is_nurse:
            self.tell(self.words.say("err_unseen", count=count), error=True)
            return
        self.tell(self.words.say("err_below" if count > 1 else "err_below_one", count=count), error=True)
        self.triage.pace.hide()
        # What was said takes its room first, and hides none of them.
        self.app.call_later(self.call_after_refresh, self.read_on)

    def read_on(self) -> None:
        """Bring lines into sight that were not there yet; nothing denies them before they are painted."""
        self.answers.read_on()
        self.settle(SETTLE["nurse"])

    def list_turn(self, conversation: Conversation) -> Turn:
        """Where the list stands."""
        line = self.answers.current
        at_hand = line.id if line is not None and not line.id.startswith("*") else ""
        return Turn(conversation, line=at_hand, unread=self.answers.unseen)

    def go_on_in_list(self, typed: str) -> None:
        """Take words as replies to the lines they mean; without words, go on if nothing is open."""
        conversation, current = self.conversation, self.answers.current
        if conversation is None or self.at is None:
            return
        reply = read_reply(typed, conversation.language) if typed else None
        if reply is not None and current is not None:
            self.typed.value = ""
            self.give_reply(reply)
        elif typed:
            self.take_words(conversation, typed)
        elif current is not None and current.id.startswith("*"):
            self.choose_always(current.id)
        elif (place := self.first_open()) is not None:
            left = sum(not line.id.startswith("*") and line.id not in conversation.said for line in self.at.lines)
            self.answers.cursor = place
            self.tell(self.words.say("err_lines" if left > 1 else "err_line", count=left), error=True)
        else:
            self.become(conversation.gone_through())

    def take_words(self, conversation: Conversation, typed: str) -> None:
        """Take words typed at a list; the lines they do not mean keep their replies, or stay open."""
        found = take(self.list_turn(conversation), Typed(typed))
        if isinstance(found, Unread):
            self.typed.value = ""
            self.tell_unread(found.count)
        elif isinstance(found, (Answered, Raised)):
            self.typed.value = ""
            self.become(found.conversation)
            if found.conversation.state == conversation.state and found.conversation.said:
                self.tell("")
                self.answers.cursor = self.first_open() or 0
                self.settle(SETTLE["nurse"], repeats=True)
        else:
            self.tell(self.words.say("err_lines_words"), error=True)
            self.refuse_words()

    @on(AnswerList.Picked)
    def line_clicked(self, event: AnswerList.Picked) -> None:
        """A click chooses, ticks, or replies."""
        line = next((line for line in self.answers.lines if line.id == event.line), None)
        if line is None:
            return
        if event.reply is not None and not line.id.startswith("*"):
            self.give_reply(event.reply, line)  # type: ignore[arg-type] # one of the replies
        elif event.reply is None or line.id.startswith("*"):
            self.choose(line.id)

    @on(Figure.Picked)
    def region_clicked(self, event: Figure.Picked) -> None:
        """A click on the picture ticks its line."""
        self.choose(event.option)

    def action_up(self) -> None:
        """The line above; of one choice it is chosen."""
        self.step(-1)

    def action_down(self) -> None:
        """The line below."""
        self.step(1)

    def step(self, by: int, by_page: bool = False) -> None:
        """Move, and choose where there is one to choose."""
        if by_page:
            self.answers.page(by)
        else:
            self.answers.move(by)
        if self.query("#notice.-error"):
            self.tell("")
        line = self.answers.current
        if line is None or self.at is None:
            return
        for figure in self.query(Figure):
            figure.current = line.id
        if self.at.kind == "one" and not self.is_nurse:
            self.choose(line.id)

    def action_page_up(self) -> None:
        """A screenful up."""
        self.step(-1, by_page=True)

    def action_page_down(self) -> None:
        """A screenful down."""
        self.step(1, by_page=True)

    def action_tick(self) -> None:
        """Tick the line at hand, or type a blank."""
        if self.can_tick and self.answers.current is not None:
            self.choose(self.answers.current.id)
        else:
            self.typed.insert_text_at_cursor(" ")

    def action_left(self) -> None:
        """The reply to the left, or the cursor in what is typed."""
        self.sideways(-1)

    def action_right(self) -> None:
        """The reply to the right, or the cursor in what is typed."""
        self.sideways(1)

    def sideways(self, by: int) -> None:
        """Move in what is typed."""
        if by < 0:
            self.typed.action_cursor_left()
        else:
            self.typed.action_cursor_right()

    def action_undo(self) -> None:
        """Take the last reply or answer back; for nurses, whose keys record at once."""
        if self.conversation is None:
            return
        if self.conversation.said and self.at is not None and self.at.kind == "replies":
            self.become(self.conversation.unreply())
        else:
            self.action_back()

    def action_jump(self) -> None:
        """Choose a question out of its order."""
        self.triage.action_jump()
