"""What a single key does at a question: it replies, ticks, chooses, begins a figure, or begins a word."""

from __future__ import annotations

from textual import events

from chatbot.interview.lines_meant import NUMBERED
from chatbot.interview.turn import can_begin_more
from chatbot.tui.keys import KEYS, key_name
from chatbot.tui.screens.answer_form import AnswerForm
from chatbot.tui.screens.answering import Answering
from chatbot.tui.screens.lead import GOES_ON, Lead

NONE = "0"
# What a nurse's single letters do, by key while nothing is being typed.
NURSE_ACTIONS = ("undo", "jump", "reason", "note", "rest", "to_list")


class OneKey:
    """Reads single keys, in the empty line to type in or on the lines; for a nurse one key records and moves on.

    `lead` are the figures that may yet turn out to be the beginning of words.
    """

    def __init__(self, form: AnswerForm, answering: Answering) -> None:
        self.form, self.answering, self.stage = form, answering, form.stage
        self.lead: Lead | None = None

    def grab(self, character: str) -> bool:
        """True when a character typed into the empty line is a reply to a line instead of the start of a word."""
        form, is_figure = self.form, character in (*NUMBERED, NONE)
        if not form.is_nurse and not is_figure and self.goes_on(character):
            return True
        if self.ticks(character):
            self.tick()  # whatever key it has
            return True
        if form.is_nurse and self.obeys(character):
            return True
        if not form.has_replies or not is_figure:
            return False
        if character == NONE:
            self.deny()
        else:
            self.reply_by_figure(character)
        return True

    def deny(self) -> None:
        """No to every line without a reply; what may be left over from a 10 is asked once more."""
        is_ten = self.stage.triage.pace.may_be_ten
        self.lead = Lead("10", self.lead.said) if self.lead is not None and is_ten else None
        if is_ten and not self.form.answers.unseen:
            self.stage.tell(self.stage.words.say("err_ten"), error=True)
        else:
            self.answering.choose_always("*none")

    def reply_by_figure(self, character: str) -> None:
        """Reply to the line at hand; where words go on from the figure, the reply is taken back."""
        before, lead, pace = self.stage.conversation, self.lead, self.stage.triage.pace
        self.lead = None
        self.answering.give_reply(NUMBERED[character])
        after = self.stage.conversation
        if before is None or after is None or after is before or after.interview is not before.interview:
            return
        more = lead is not None and pace.is_one_word and pace.follows(lead.digits)
        if lead is not None and more and 1 < int(lead.digits + character) <= len(self.form.answers.lines):
            self.lead = Lead(lead.digits + character, lead.said)
        else:
            self.lead = Lead(character, before.current_replies)

    def goes_on(self, character: str) -> bool:
        """True when a character makes words of the figure before it, as in "2 yes"; what that replied is taken back."""
        lead, self.lead = self.lead, None
        conversation, pace = self.stage.conversation, self.stage.triage.pace
        if lead is None or conversation is None or not pace.follows(lead.digits[-1]):
            return False
        if character not in GOES_ON and not (character.isalpha() and pace.is_one_word):
            return False
        self.answering.become(lead.taken_back(conversation))
        self.stage.tell("")
        self.form.answers.cursor = self.form.first_open() or 0
        self.form.write(lead.digits + character)
        return True

    def ticks(self, character: str) -> bool:
        """True when a character typed into the empty line ticks the line at hand."""
        return character == " " and self.form.can_tick

    def tick(self) -> None:
        """Tick the line at hand, or type a blank."""
        if self.form.can_tick and self.form.answers.current is not None:
            self.answering.choose(self.form.answers.current.id)
        else:
            self.form.typed.insert_text_at_cursor(" ")

    def leaves(self, character: str) -> bool:
        """True when a character typed into the empty line is a key: what ticks; a nurse's where figures are typed."""
        return self.ticks(character) or bool(self.letter(character))

    def letter(self, character: str) -> str:
        """The act of a nurse's letter that begins no figure; empty where letters are words."""
        form = self.form
        if not form.is_nurse or form.view is None or not form.view.asked.is_figure or form.pending is not None:
            return ""
        changed = self.stage.triage.start.keys
        return {key_name(changed.get(name, KEYS[name])): name for name in NURSE_ACTIONS}.get(character, "")

    def obeys(self, character: str) -> bool:
        """True when a character typed into the empty line was a nurse's key, and what it does was done."""
        view = self.form.view
        if view is None or self.stage.focused is self.form.answers:
            return False  # the library brings it to its action
        if self.begins_figure(character):
            return False
        if view.asked.is_figure and character in view.labels:
            self.answering.choose(view.lines[view.labels.index(character)].id)
            return True
        name = self.letter(character)
        if name:
            self.stage.call_later(self.stage.run_action, f"nurse('{name}')")
        return bool(name)

    def begins_figure(self, character: str) -> bool:
        """True when a digit may be the beginning of a longer figure, as 1 is of 10; its rest answers nothing else.

        Of lines to choose one from, the tenth and those behind it have letters, and are called by their numbers, too.
        """
        view = self.form.view
        if view is None or self.form.pending is not None:
            return False
        if view.asked.is_figure:
            return can_begin_more(character, [choice.id for choice in view.asked.choices])
        numbers = range(1, len(view.asked.choices) + 1) if view.kind == "one" else ()
        return can_begin_more(character, [str(number) for number in numbers])

    def none_at_once(self, character: str) -> bool:
        """True when one key said "none of these" of a list to tick, and it was recorded."""
        form, say = self.form, self.stage.words.say
        if not (form.is_nurse and character == NONE and form.view is not None and form.view.kind == "many"):
            return False
        if any(line.id == "*none" for line in form.view.lines) and form.may_answer():
            if form.by_hand - {"*none"}:  # a 10 meant for the tenth line is no reason to deny what was ticked
                self.stage.tell(say("err_none_and_some"), error=True)
            elif self.stage.triage.pace.may_be_ten and not form.answers.unseen:
                self.stage.tell(say("err_ten"), error=True)
            else:
                form.by_hand = frozenset({"*none"})
                self.answering.go_on()
        return True

    def press(self, event: events.Key) -> None:
        """Take a label for its line while the lines have the focus; other letters begin a word."""
        form, view = self.form, self.form.view
        if view is None or not event.is_printable:
            return
        if self.stage.focused is form.typed:  # the key was on its way to the lines when the one before it moved on
            event.stop()
            form.typed.insert_text_at_cursor(event.character or "")
            return
        if self.stage.focused is not form.answers:
            return
        character = (event.character or "").lower()
        if self.grab(character) or self.none_at_once(character):
            event.stop()
        elif form.is_nurse and self.begins_figure(character):
            event.stop()
            if form.may_answer():
                self.stage.set_focus(form.typed)
                form.typed.insert_text_at_cursor(character)
        elif form.is_nurse and character in view.labels and view.kind != "replies":
            event.stop()
            self.answering.choose(view.lines[view.labels.index(character)].id)
        elif not form.is_nurse and character.strip():
            event.stop()
            self.stage.set_focus(form.typed)
            form.typed.insert_text_at_cursor(event.character or "")
