"""A list of lines gone through one by one, so that none is missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatbot.interview.conversation import Conversation
from chatbot.interview.lines_meant import open_lines
from chatbot.interview.prompt import Prompt
from chatbot.interview.reading.commands import Command
from chatbot.interview.turn import Answered, AskAgain, Open, Turn, Typed, Unread, take

if TYPE_CHECKING:
    from chatbot.plain.asking import Asking
    from chatbot.plain.talk import Talk


class Lists:
    """Goes through lists; what was said to each line is kept when the person leaves and comes back."""

    def __init__(self, talk: Talk, asking: Asking) -> None:
        self.talk = talk
        self.asking = asking

    def go_through(self, at: Conversation, asked: Prompt) -> Conversation:
        """Take the lines one by one, from the first without a reply; an emergency ends it at once."""
        talk, first = self.talk, True
        while left := open_lines(at):
            talk.at = at
            self.put(asked, left[0], first)
            first = False
            found = self.line(at, asked, left)
            if found is None:
                if not at.said:
                    return self.asking.obey(Command.BACK, at, asked) or at
                at = at.unreply()
                continue
            if found.state != at.state or not found.said:
                return found
            at = found
        return at.gone_through()

    def put(self, asked: Prompt, line: str, first: bool) -> None:
        """Write one line of the list; what can be replied is said the first time."""
        talk = self.talk
        number = [choice.id for choice in asked.choices].index(line) + 1
        talk.page.say()
        talk.say("line_of", number=number, total=len(asked.choices), text=asked.labels[number - 1])
        if first:
            talk.page.choices([talk.words.say(key) for key in ("yes", "no", "not_sure")])

    def line(self, at: Conversation, asked: Prompt, left: tuple[str, ...]) -> Conversation | None:
        """The conversation after the reply to one line, or where a command or something said leads; None to go back.

        The lines after it were not shown yet, so nothing said here denies them.
        """
        talk, misses, line = self.talk, 0, left[0]
        while True:
            typed = talk.ask()
            turn = Turn(at, misses=misses, line=line, unread=len(left) - 1)
            found = take(turn, Typed(typed)) if typed else Open(left)
            if found is Command.BACK:
                return None
            if isinstance(found, (AskAgain, Open, Unread)):
                talk.say("one_at_a_time" if isinstance(found, Unread) else "again_yes_no")
                misses += 1
                if misses == 2:
                    self.put(asked, line, first=True)
                continue
            if isinstance(found, Answered):
                self.tell(at, found.conversation, asked, line)
                return found.conversation
            after = self.asking.did(found, at, asked)
            if after is not None:
                return after

    def tell(self, at: Conversation, after: Conversation, asked: Prompt, line: str = "") -> None:
        """Say which replies were taken; those to other lines than the one at hand with their line."""
        talk = self.talk
        said = after.said if after.state == at.state else after.cut.get(at.state, {})
        if not said and asked.question.id in after.interview.case.by_question:
            talk.say("you_answered", text=after.answer_words(asked.question.id))
            return
        for choice, label in zip(asked.choices, asked.labels, strict=False):
            if choice.id not in said or said[choice.id] == at.said.get(choice.id):
                continue
            reply = said[choice.id][0]
            text = talk.words.say("not_sure" if reply == "unknown" else reply)
            if choice.id != line:
                text = talk.texts.say("row", question=label, answer=text)
            talk.say("you_answered", text=text)
