"""One question put in lines, and what is typed in reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatbot.interview.hear import Heard, Unclear, hear
from chatbot.interview.interview import Interview
from chatbot.interview.prompt import Prompt, prompt
from chatbot.interview.rows import in_answer_words
from chatbot.plain.commands import Command, read_command, read_number
from chatbot.plain.lists import Lists, read_reply

if TYPE_CHECKING:
    from chatbot.plain.talk import Talk

_EXAMPLES = {"years": 40, "celsius": 37, "ml": 100, "grade": 4}
# What the readers of answers take for the lines that are always there.
_NOT_SURE, _NONE, _SOME, _DECLINED = "not sure", "none of these", "not sure about some", "rather not say"


class Asking:
    """Puts questions and takes answers."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.lists = Lists(talk, self)
        self.part = ""

    def turn(self, interview: Interview) -> Interview:
        """Put the question at hand until it is answered or left."""
        asked = prompt(interview, self.talk.words)
        if asked is None:
            return interview
        self.put(interview, asked)
        if asked.question.kind == "lines" and interview.case.mode != "nurse":
            return self.lists.go_through(interview, asked)
        misses = 0
        while True:
            found = self.heard(interview, asked, self.talk.ask())
            if found is not None:
                return found
            misses += 1
            if misses == 2:  # once more in full, then no further: a stream of empty lines is not answered with pages
                self.talk.page.say()
                self.put_question(interview, asked)

    def put(self, interview: Interview, asked: Prompt) -> None:
        """Write the question with the part it belongs to."""
        talk = self.talk
        talk.page.say()
        if asked.part != self.part:
            self.part = asked.part
            parts = [part.id for part in talk.pack.dialog.parts if self.is_for(interview, part.id)]
            number = parts.index(asked.question.part) + 1 if asked.question.part in parts else len(parts)
            talk.say("part_of", number=number, total=len(parts), title=asked.part)
            talk.page.say()
        if asked.again:
            talk.say("again_second")
        elif asked.skippable:
            talk.say("skip_hint")
        self.put_question(interview, asked)
        before = talk.before.pop(asked.question.id, None)
        if before is not None:
            talk.say("before", text=before)

    def is_for(self, interview: Interview, part: str) -> bool:
        """Whether a part of the dialog concerns who answers."""
        pack = self.talk.pack
        facts = [name for q in pack.dialog.questions.values() if q.part == part for name in q.facts]
        return interview.case.mode == "nurse" or any(not pack.rulebook.facts[name].nurse_only for name in facts)

    def put_question(self, interview: Interview, asked: Prompt) -> None:
        """Write the question with what can be answered; the lines of a list are put one by one, except to a nurse."""
        talk, kind = self.talk, asked.question.kind
        talk.say("question", text=asked.ask)
        if asked.example and (kind != "number" or is_figure(asked)):
            talk.page.say(asked.example)
        if kind == "lines" and interview.case.mode != "nurse":
            talk.say("one_at_a_time")
        elif is_figure(asked):
            for label in asked.labels if not asked.question.bands else ():
                if not label.isdecimal():
                    talk.page.say(label, indent="   ")
            talk.say("number_how")
        else:
            talk.page.choices([*asked.labels, *self.always(interview, asked)])
            if kind in ("ticks", "many", "lines"):
                talk.say("again_lines" if kind == "lines" else "ticks_how")

    def always(self, interview: Interview, asked: Prompt) -> dict[str, str]:
        """The answers that are always there, as shown, each with the words that readers take for it."""
        words, kind = self.talk.words, asked.question.kind
        found: dict[str, str] = {}
        if kind in ("ticks", "many", "lines"):
            found[words.say("none_of_these")] = _NONE
        if kind in ("ticks", "many"):
            found[words.say("unsure_some")] = _SOME
        elif kind != "lines" and not (asked.fact and asked.fact.required and asked.again):
            found[words.say("not_known" if interview.case.mode == "nurse" else "not_sure")] = _NOT_SURE
        if asked.may_prefer_not:
            found[asked.prefer_not] = _DECLINED
        return found

    def spelled_out(self, interview: Interview, asked: Prompt, typed: str) -> str:
        """What was typed, with words for the numbers of the answers that are always there."""
        if is_figure(asked):
            return typed
        own, always = len(asked.labels), [*self.always(interview, asked).values()]
        parts = [part.strip() for part in typed.replace(" and ", ",").split(",")]
        numbers = [read_number(part) or 0 for part in parts]
        spelled = [
            always[number - own - 1] if own < number <= own + len(always) else part
            for part, number in zip(parts, numbers, strict=True)
        ]
        return ", ".join(spelled) if spelled != parts else typed

    def heard(self, interview: Interview, asked: Prompt, typed: str) -> Interview | None:
        """The interview after typed words, or None when they are asked again."""
        talk = self.talk
        if not typed:
            talk.say("nothing_chosen")
            return None
        command = read_command(typed)
        if command is not None:
            return self.obey(command, interview, asked)
        found = hear(interview, asked, self.spelled_out(interview, asked, typed), talk.today)
        if isinstance(found, Unclear):
            found = self.by_line(interview, asked, typed) or found
        if isinstance(found, Unclear):
            raised = talk.raise_questions(interview, typed)
            if raised is None:
                self.trouble(found, asked)
            return raised
        return self.taken(interview, asked, found, typed)

    def taken(self, interview: Interview, asked: Prompt, found: Heard, typed: str) -> Interview | None:
        """The interview after an answer, confirmed where it was worked out from words."""
        if found.echo:
            right = self.is_right(interview, asked, found.echo)
            if right is not True:
                return right or None
        after = interview.answer(found.answer.model_copy(update={"said": typed}))
        self.say_answered(after, asked.question.id)
        return self.talk.raise_questions(after, typed, asked.question.id) or after

    def say_answered(self, interview: Interview, question: str) -> None:
        """Say which answer was taken, in the words of the options."""
        answer = interview.case.by_question[question]
        self.talk.say("you_answered", text="; ".join(in_answer_words(interview, answer, self.talk.words)))

    def by_line(self, interview: Interview, asked: Prompt, typed: str) -> Heard | None:
        """The answer on a numbered line whose number could also be an amount, to be confirmed."""
        number = read_number(typed)
        if is_figure(asked) or asked.question.kind not in ("one", "number"):
            return None
        if number is None or not 1 <= number <= len(asked.labels):
            return None
        found = hear(interview, asked, asked.labels[number - 1], self.talk.today)
        label = asked.labels[number - 1]
        return Heard(found.answer, label[:1].lower() + label[1:]) if isinstance(found, Heard) else None

    def is_right(self, interview: Interview, asked: Prompt, echo: str) -> bool | Interview:
        """Say how something was understood and ask whether that is right; a command may lead elsewhere."""
        talk = self.talk
        talk.say("echo", text=echo)
        talk.page.choices([talk.words.say("yes"), talk.words.say("no")])
        while True:
            typed = talk.ask()
            command = read_command(typed)
            if command in (Command.CHANGE, Command.STOP):
                left = self.obey(command, interview, asked)
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

    def obey(self, command: Command, interview: Interview, asked: Prompt) -> Interview | None:
        """Do what a command says; None when the question at hand stays."""
        talk = self.talk
        if command is Command.STOP:
            return talk.stop(interview)
        if command is Command.SKIP:
            return self.skip(interview, asked)
        if command in (Command.WHY, Command.HELP):
            if command is Command.HELP:
                talk.say("help")
                talk.say("emergency_sentence")
            else:
                talk.say("why_we_ask", text=asked.why)
            return None
        if not interview.case.answers:
            talk.say("nothing_back")
            return None
        return talk.back(interview) if command is Command.BACK else talk.change(interview)

    def skip(self, interview: Interview, asked: Prompt) -> Interview | None:
        """Leave out the rest, or decline this one, where that is possible."""
        if asked.skippable:
            self.talk.say("skipped")
            return interview.skip_rest()
        if not asked.may_prefer_not:
            self.talk.say("no_skip")
            return None
        found = hear(interview, asked, _DECLINED, self.talk.today)
        return self.taken(interview, asked, found, "skip") if isinstance(found, Heard) else None


def is_figure(asked: Prompt) -> bool:
    """Whether a typed number is the answer itself; the groups offered the second time are numbered lines."""
    return asked.question.kind == "number" and not (asked.again and asked.question.bands)
