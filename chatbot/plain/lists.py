"""A list of lines gone through one by one, so that none is missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatbot.case import Reply
from chatbot.interview.choices import is_none_of_these, read_yes_no
from chatbot.interview.commands import Command, read_command
from chatbot.interview.conversation import Conversation
from chatbot.interview.prompt import Prompt

if TYPE_CHECKING:
    from chatbot.plain.asking import Asking
    from chatbot.plain.talk import Talk

_NUMBERED: dict[str, Reply] = {"1": "yes", "2": "no", "3": "unknown"}


def read_reply(typed: str) -> Reply | None:
    """A typed yes, no or not sure, by words or by number."""
    return _NUMBERED.get(typed.rstrip(".)")) or read_yes_no(typed)


class Lists:
    """Goes through lists; what was said to each line is kept when the person leaves and comes back."""

    def __init__(self, talk: Talk, asking: Asking) -> None:
        self.talk = talk
        self.asking = asking

    def go_through(self, at: Conversation, asked: Prompt) -> Conversation:
        """Take the lines one by one, from the first without a reply; an emergency ends it at once."""
        talk, first = self.talk, True
        while left := [choice.id for choice in asked.choices if choice.id not in at.said]:
            talk.at = at
            line = left[0]
            self.put(asked, line, first)
            first = False
            found = self.line(at, asked, line)
            if isinstance(found, Conversation):
                return found
            if found is None:
                if not at.said:
                    return self.asking.obey(Command.BACK, at, asked) or at
                at = at.unreply()
                continue
            at = at.reply(line, *found)
            talk.say("you_answered", text=talk.words.say("not_sure" if found[0] == "unknown" else found[0]))
            if at.state == "emergency":
                return at
        return at.gone_through()

    def put(self, asked: Prompt, line: str, first: bool) -> None:
        """Write one line of the list; what can be replied is said the first time."""
        talk = self.talk
        number = [choice.id for choice in asked.choices].index(line) + 1
        talk.page.say()
        talk.say("line_of", number=number, total=len(asked.choices), text=asked.labels[number - 1])
        if first:
            talk.page.choices([talk.words.say(key) for key in ("yes", "no", "not_sure")])

    def line(self, at: Conversation, asked: Prompt, line: str) -> tuple[Reply, str] | Conversation | None:
        """The reply to one line, None to go back a line, or where a command or something said leads."""
        talk, misses = self.talk, 0
        while True:
            typed = talk.ask()
            command = read_command(typed)
            if command is Command.BACK:
                return None
            if command is Command.SKIP and not asked.skippable and not asked.question.block:
                return "unknown", typed
            if command is not None:
                found = self.asking.obey(command, at, asked)
                if found is not None:
                    return found
                continue
            reply = read_reply(typed)
            if reply is not None:
                return reply, typed
            raised = talk.raise_questions(at, typed)
            if raised is not None:
                return raised
            talk.say("one_at_a_time" if is_none_of_these(typed) else "again_yes_no")
            misses += 1
            if misses == 2:
                self.put(asked, line, first=True)
