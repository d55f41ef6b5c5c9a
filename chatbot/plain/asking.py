"""One question put in lines, and what is typed in reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatbot.interview.conversation import Conversation
from chatbot.interview.prompt import Prompt
from chatbot.interview.reading.commands import Command
from chatbot.interview.reading.parse_answer import Heard, Unclear
from chatbot.interview.turn import (
    Answered,
    AskAgain,
    Echo,
    NoSkip,
    Outcome,
    Raised,
    Rejected,
    SkippedRest,
    Turn,
    Typed,
    Unread,
    example_of,
    take,
)
from chatbot.plain.lists import Lists

if TYPE_CHECKING:
    from chatbot.plain.talk import Talk


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
            typed = self.talk.ask()
            if typed:
                found = self.did(take(Turn(at, misses=misses, numbered=True), Typed(typed)), at, asked)
                if found is not None:
                    return found
            else:
                self.talk.say("nothing_chosen")
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
            talk.page.choices([*self.lines(at, asked), *(text for _, text in asked.always)])
            if kind in ("ticks", "many", "lines"):
                talk.say("again_lines" if kind == "lines" else "ticks_how")

    def lines(self, at: Conversation, asked: Prompt) -> list[str]:
        """The lines to choose from; those of a list with the reply they have."""
        if asked.question.kind != "lines":
            return list(asked.labels)
        words, said = self.talk.words, {line: reply for line, (reply, _) in at.said.items()}
        texts = {"yes": words.say("yes"), "no": words.say("no"), "unknown": words.say("not_sure")}
        return [
            self.talk.texts.say("row", question=label, answer=texts[said[choice.id]]) if choice.id in said else label
            for choice, label in zip(asked.choices, asked.labels, strict=True)
        ]

    def did(self, found: Outcome, at: Conversation, asked: Prompt) -> Conversation | None:
        """Say what came of something typed, and where it leads; None when the question at hand stays."""
        talk = self.talk
        match found:
            case Command():
                return self.obey(found, at, asked)
            case Echo():
                return self.confirmed(at, asked, found.pending)
            case Answered():
                return self.taken(at, asked, found.conversation)
            case Raised():
                talk.say("raised")
                return found.conversation
            case SkippedRest():
                talk.say("skipped")
                return found.conversation
            case NoSkip():
                talk.say("no_skip")
            case Unread():
                talk.say("one_at_a_time")
            case AskAgain():
                self.trouble(found.unclear, asked)
            case _:
                talk.say("nothing_chosen")
        return None

    def taken(self, at: Conversation, asked: Prompt, after: Conversation) -> Conversation:
        """Say which answer was taken."""
        if asked.question.kind == "lines":
            self.lists.tell(at, after, asked)
        else:
            self.talk.say("you_answered", text=after.answer_words(asked.question.id))
        if after.raised:
            self.talk.say("raised")
        return after

    def confirmed(self, at: Conversation, asked: Prompt, pending: Heard) -> Conversation | None:
        """Say how something was understood and ask whether that is right; a command may lead elsewhere."""
        talk = self.talk
        talk.say("echo", text=pending.echo)
        talk.page.choices([talk.words.say("yes"), talk.words.say("no")])
        while True:
            found = take(Turn(at, pending=pending), Typed(talk.ask()))
            if isinstance(found, Answered):
                return self.taken(at, asked, found.conversation)
            if isinstance(found, Rejected) or found is Command.BACK:
                talk.say("echo_no")
                return None
            if found in (Command.WHY, Command.HELP):
                talk.say("echo", text=pending.echo)
            elif isinstance(found, Command):
                left = self.obey(found, at, asked)
                if left is not None:
                    return left
            else:
                talk.say("again_yes_no")

    def trouble(self, found: Unclear, asked: Prompt) -> None:
        """Say what is needed, in words that fit the question."""
        bounds = example_of(asked) if found.trouble == "number" else {}
        self.talk.say(f"again_{found.trouble}", **bounds)

    def obey(self, command: Command, at: Conversation, asked: Prompt) -> Conversation | None:
        """Do what a command says; None when the question at hand stays."""
        talk = self.talk
        if command is Command.STOP:
            return at.stop()
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
