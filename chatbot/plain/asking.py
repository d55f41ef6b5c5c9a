"""One question put in lines, and what is typed in reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatbot.interview.commands import Command, read_command
from chatbot.interview.conversation import Conversation
from chatbot.interview.hear import Heard, Unclear
from chatbot.interview.prompt import SPOKEN, Prompt
from chatbot.plain.lists import Lists, read_reply

if TYPE_CHECKING:
    from chatbot.plain.talk import Talk

_EXAMPLES = {"years": 40, "celsius": 37, "ml": 100, "grade": 4}


class Asking:
    """Puts questions and takes answers."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.lists = Lists(talk, self)
        self.part = ""

    def turn(self, at: Conversation) -> Conversation:
        """Put the question at hand until it is answered or left."""
        asked = at.asked
        if asked is None:
            return at
        self.put(at, asked)
        if asked.question.kind == "lines" and at.interview.case.mode != "nurse":
            return self.lists.go_through(at, asked)
        misses = 0
        while True:
            found = self.heard(at, asked, self.talk.ask())
            if found is not None:
                return found
            misses += 1
            if misses == 2:  # once more in full, then no further: a stream of empty lines is not answered with pages
                self.talk.page.say()
                self.put_question(at, asked)

    def put(self, at: Conversation, asked: Prompt) -> None:
        """Write the question with the part it belongs to."""
        talk = self.talk
        talk.page.say()
        if asked.part != self.part:
            self.part = asked.part
            talk.say("part_of", number=asked.number, total=asked.parts, title=asked.part)
            talk.page.say()
        if asked.again:
            talk.say("again_second")
        elif asked.skippable:
            talk.say("skip_hint")
        self.put_question(at, asked)
        before = at.before.get(asked.question.id)
        if before is not None:
            talk.say("before", text=before)

    def put_question(self, at: Conversation, asked: Prompt) -> None:
        """Write the question with what can be answered; the lines of a list are put one by one, except to a nurse."""
        talk, kind = self.talk, asked.question.kind
        talk.say("question", text=asked.ask)
        if asked.example and (kind != "number" or asked.is_figure):
            talk.page.say(asked.example)
        if kind == "lines" and at.interview.case.mode != "nurse":
            talk.say("one_at_a_time")
        elif asked.is_figure:
            for label in asked.labels if not asked.question.bands else ():
                if not label.isdecimal():
                    talk.page.say(label, indent="   ")
            talk.say("number_how")
        else:
            talk.page.choices([*asked.labels, *(text for _, text in asked.always)])
            if kind in ("ticks", "many", "lines"):
                talk.say("again_lines" if kind == "lines" else "ticks_how")

    def heard(self, at: Conversation, asked: Prompt, typed: str) -> Conversation | None:
        """The conversation after typed words, or None when they are asked again."""
        talk = self.talk
        if not typed:
            talk.say("nothing_chosen")
            return None
        command = read_command(typed)
        if command is not None:
            return self.obey(command, at, asked)
        found = at.read(asked, typed)
        if isinstance(found, Unclear):
            raised = talk.raise_questions(at, typed)
            if raised is None:
                self.trouble(found, asked)
            return raised
        return self.taken(at, asked, found)

    def taken(self, at: Conversation, asked: Prompt, found: Heard) -> Conversation | None:
        """The conversation after an answer, confirmed where it was worked out from words."""
        if found.echo:
            right = self.is_right(at, asked, found.echo)
            if right is not True:
                return right or None
        after = at.answer(found)
        self.talk.say("you_answered", text=after.answer_words(asked.question.id))
        if after.raised:
            self.talk.say("raised")
        return after

    def is_right(self, at: Conversation, asked: Prompt, echo: str) -> bool | Conversation:
        """Say how something was understood and ask whether that is right; a command may lead elsewhere."""
        talk = self.talk
        talk.say("echo", text=echo)
        talk.page.choices([talk.words.say("yes"), talk.words.say("no")])
        while True:
            typed = talk.ask()
            command = read_command(typed)
            if command in (Command.CHANGE, Command.STOP):
                left = self.obey(command, at, asked)
                if left is not None:
                    return left
            elif command in (Command.WHY, Command.HELP):
                talk.say("echo", text=echo)
            elif command is Command.BACK or (reply := read_reply(typed)) in ("no", "unknown"):
                talk.say("echo_no")
                return False
            elif reply == "yes":
                return True
            else:
                talk.say("again_yes_no")

    def trouble(self, found: Unclear, asked: Prompt) -> None:
        """Say what is needed, in words that fit the question."""
        key = f"again_{found.trouble}"
        fact = asked.fact
        if found.trouble != "number" or fact is None:
            self.talk.say(key)
            return
        example = min(max(_EXAMPLES.get(fact.unit, 7), fact.low), fact.high)
        self.talk.say(key, low=f"{fact.low:g}", high=f"{fact.high:g}", example=f"{example:g}")

    def obey(self, command: Command, at: Conversation, asked: Prompt) -> Conversation | None:
        """Do what a command says; None when the question at hand stays."""
        talk = self.talk
        if command is Command.STOP:
            return at.stop()
        if command is Command.SKIP:
            return self.skip(at, asked)
        if command in (Command.WHY, Command.HELP):
            if command is Command.HELP:
                talk.say("help")
                talk.say("emergency_sentence")
            else:
                talk.say("why_we_ask", text=asked.why)
            return None
        if not at.interview.case.answers:
            talk.say("nothing_back")
            return None
        return talk.back(at) if command is Command.BACK else talk.change(at)

    def skip(self, at: Conversation, asked: Prompt) -> Conversation | None:
        """Leave out the rest, or decline this one, where that is possible."""
        if asked.skippable:
            self.talk.say("skipped")
            return at.skip_rest()
        if not asked.may_prefer_not:
            self.talk.say("no_skip")
            return None
        found = at.read(asked, SPOKEN["*prefer_not"])
        if isinstance(found, Unclear):
            return None
        return self.taken(at, asked, Heard(found.answer.model_copy(update={"said": "skip"})))
