"""A list of lines gone through one by one, so that none is missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatbot.case import Answer, Reply
from chatbot.interview.choices import is_none_of_these, read_yes_no
from chatbot.interview.interview import Interview
from chatbot.interview.prompt import Prompt
from chatbot.plain.commands import Command, read_command

if TYPE_CHECKING:
    from chatbot.plain.asking import Asking
    from chatbot.plain.talk import Talk

# What was said to each line so far: the reply, and the words typed.
Said = dict[str, tuple[Reply, str]]
_NUMBERED: dict[str, Reply] = {"1": "yes", "2": "no", "3": "unknown"}


def read_reply(typed: str) -> Reply | None:
    """A typed yes, no or not sure, by words or by number."""
    return _NUMBERED.get(typed.rstrip(".)")) or read_yes_no(typed)


def answer_said(interview: Interview, said: Said) -> Answer:
    """The answer to the list at hand from what was said to its lines.

    Of a list that was broken off only what is worrying counts: a "no" before the rest was read denies nothing, and the
    check stays incomplete.
    """
    replies = {line: reply for line, (reply, _) in said.items()}
    answer = interview.listed(replies, "; ".join(words for _, words in said.values()))
    items = interview.question.items if interview.question else ()
    missing = {fact for item in items if item.id not in answer.lines for fact in item.facts if interview.applies(fact)}
    if not missing:
        return answer
    facts = interview.plan.rulebook.facts
    worrying = {name: given for name, given in answer.values.items() if facts[name].read(given) != facts[name].least}
    return answer.model_copy(update={"values": worrying})


class Lists:
    """Goes through lists; what was said to each line is kept when the person leaves and comes back."""

    def __init__(self, talk: Talk, asking: Asking) -> None:
        self.talk = talk
        self.asking = asking

    def go_through(self, interview: Interview, asked: Prompt) -> Interview:
        """Take the lines one by one, from the first without a reply; an emergency ends it at once."""
        talk, name = self.talk, asked.question.id
        before = talk.partial.get(name, {})
        said = talk.partial[name] = {c.id: before[c.id] for c in asked.choices if c.id in before}
        first = True
        while len(said) < len(asked.choices):
            line = next(choice.id for choice in asked.choices if choice.id not in said)
            self.put(asked, line, first)
            first = False
            found = self.line(interview, asked, line)
            if isinstance(found, Interview):
                return found
            if found is None:
                if not said:
                    return self.asking.obey(Command.BACK, interview, asked) or interview
                said.popitem()
                continue
            said[line] = found
            talk.say("you_answered", text=talk.words.say("not_sure" if found[0] == "unknown" else found[0]))
            if found[0] == "yes" and interview.answer(answer_said(interview, said)).state == "emergency":
                return talk.break_off(interview, talk.partial.pop(name))
        return interview.answer(answer_said(interview, talk.partial.pop(name)))

    def put(self, asked: Prompt, line: str, first: bool) -> None:
        """Write one line of the list; what can be replied is said the first time."""
        talk = self.talk
        number = [choice.id for choice in asked.choices].index(line) + 1
        talk.page.say()
        talk.say("line_of", number=number, total=len(asked.choices), text=asked.labels[number - 1])
        if first:
            talk.page.choices([talk.words.say(key) for key in ("yes", "no", "not_sure")])

    def line(self, interview: Interview, asked: Prompt, line: str) -> tuple[Reply, str] | Interview | None:
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
                found = self.asking.obey(command, interview, asked)
                if found is not None:
                    return found
                continue
            reply = read_reply(typed)
            if reply is not None:
                return reply, typed
            raised = talk.raise_questions(interview, typed)
            if raised is not None:
                return raised
            talk.say("one_at_a_time" if is_none_of_these(typed) else "again_yes_no")
            misses += 1
            if misses == 2:
                self.put(asked, line, first=True)
