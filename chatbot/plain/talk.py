"""The interview as a conversation in lines; a thin shell over the engine."""

from __future__ import annotations

from datetime import date

from chatbot.case import Mode
from chatbot.interview.choices import Choice, read_choice
from chatbot.interview.hear import raised_by
from chatbot.interview.interview import Interview
from chatbot.interview.rows import Row, rows
from chatbot.packs.pack import Pack
from chatbot.plain.after import Questions
from chatbot.plain.asking import Asking
from chatbot.plain.commands import Command, read_command, read_number
from chatbot.plain.ends import check, emergency
from chatbot.plain.lines import EndOfInputError, Page
from chatbot.plain.lists import Said, answer_said
from chatbot.plain.summary import say_summary
from chatbot.service import summary_of

MODES: tuple[Mode, ...] = ("patient", "carer", "nurse")


class Talk:
    """One conversation from the first question to the last question about the result.

    `partial` holds the replies to a list that is being gone through; `cut` those of lists that were broken off, which
    count and are taken up again when the interview goes on; `before` what was said to questions taken back.
    """

    def __init__(self, pack: Pack, page: Page, language: str, country: str, today: date | None) -> None:
        self.pack = pack
        self.page = page
        self.words = pack.wording(language)
        self.country = country
        self.today = today
        self.partial: dict[str, Said] = {}
        self.cut: dict[str, Said] = {}
        self.before: dict[str, str] = {}
        self.asking = Asking(self)

    def text(self, key: str, **parts: object) -> str:
        """One of the program's own texts, filled in."""
        return self.words.fill(self.words.say(key, **parts), self.country)

    def say(self, key: str, **parts: object) -> None:
        """Write one of the program's own texts."""
        self.page.say(self.text(key, **parts))

    def ask(self) -> str:
        """Read what is typed, cleaned."""
        return self.page.ask(self.words.say("prompt_end"))

    def run(self, mode: Mode | None) -> Interview:
        """The whole conversation; leaving early, or the end of the input, still ends in advice."""
        interview = self.begin(mode)
        while True:
            interview = self.ask_all(interview)
            self.end(interview)
            reopened = Questions(self, interview).run()
            if reopened is None:
                return interview
            interview = reopened

    def begin(self, mode: Mode | None) -> Interview:
        """Say what this is and is not, and learn who answers."""
        self.page.say(self.pack.title)
        self.page.say()
        for key in ("welcome", "notice", *self.statuses(), "emergency_sentence", "not_saved"):
            self.say(key)
        stopped = False
        if mode is None:
            try:
                mode = self.who()
            except EndOfInputError:
                stopped = True
        interview = self.pack.plan.begin(mode or "patient", self.country)
        if stopped:
            return interview.stop()
        self.page.say()
        if mode == "carer":
            self.say("carer_heading")
            self.page.say()
        self.say("commands")
        return interview

    def statuses(self) -> tuple[str, ...]:
        """The texts that say who approved the content, and that its review is overdue."""
        overdue = self.today is not None and self.pack.status_on(self.today) == "expired"
        return (f"status_{self.pack.status}", *(["status_expired"] if overdue else []))

    def who(self) -> Mode:
        """Ask who answers; stopping here is the end of the input."""
        self.page.say()
        self.say("question", text=self.words.say("who_for"))
        picked = self.pick([Choice(mode, (self.words.say(f"who_{mode}"), mode)) for mode in MODES])
        if picked is Command.STOP:
            raise EndOfInputError
        return next(mode for mode in MODES if mode == picked)

    def pick(self, choices: list[Choice], *allowed: Command) -> str | Command:
        """One of some numbered lines, or a command; `stop` is always one of those allowed."""
        self.page.choices(choice.texts[0] for choice in choices)
        while True:
            typed = self.ask()
            command = read_command(typed)
            if command in (Command.STOP, *allowed):
                return command
            if command is not None:
                self.say("help")
                continue
            found = read_choice(typed, choices)
            if found is not None:
                return found
            self.say("not_a_number")

    def ask_all(self, interview: Interview) -> Interview:
        """Ask until the interview has ended; what was typed before the input closed still counts."""
        while True:
            try:
                if interview.state == "emergency":
                    found = emergency(self, interview)
                    if found is None:
                        return interview
                    interview = found
                elif self.cut and interview.state != "stopped":
                    interview = self.take_up(interview)
                elif interview.question is not None:
                    interview = self.asking.turn(interview)
                elif interview.state == "check_answers":
                    interview = check(self, interview)
                else:
                    return interview
            except EndOfInputError:
                return interview if interview.state == "emergency" else self.stop(interview)

    def stop(self, interview: Interview) -> Interview:
        """The interview given up here; the lines of a list answered so far count."""
        lines = self.partial.pop(interview.state, None)
        if lines:
            interview = self.break_off(interview, lines)
        return interview if interview.state == "emergency" else interview.stop()

    def break_off(self, interview: Interview, lines: Said) -> Interview:
        """The interview after some lines of the list at hand; the others are asked if it goes on."""
        self.cut[interview.state] = dict(lines)
        return interview.answer(answer_said(interview, lines))

    def take_up(self, interview: Interview) -> Interview:
        """The interview with the lists that were broken off open again, where they were left."""
        self.partial |= self.cut
        for question in self.cut:
            interview = interview.change(question)
        self.cut = {}
        return interview

    def end(self, interview: Interview) -> None:
        """Write the summary, and before it why the questions ended early."""
        self.page.say()
        if interview.state == "stopped":
            self.say("stopped")
            self.say("emergency_sentence")
            self.page.say()
        if interview.state == "out_of_scope":
            self.say("out_of_scope")
            self.page.say()
        say_summary(self.page, summary_of(self.pack, interview.recommendation, self.words.language), self.words)

    def raise_questions(self, interview: Interview, typed: str, at_hand: str = "") -> Interview | None:
        """Put the questions that something typed calls for; None when there is none, or an emergency comes first."""
        if not typed or interview.state == "emergency":
            return None
        questions = raised_by(typed, self.words, interview, at_hand or interview.state)
        if not questions:
            return None
        for question in questions:
            interview = interview.raising(question)
        if interview.question is None:
            return None
        self.say("raised")
        return interview

    def back(self, interview: Interview) -> Interview:
        """The interview at the last question that can be asked again; where it is when there is none."""
        for answer in reversed(interview.case.answers):
            found = interview.change(answer.question)
            if found.state == answer.question:
                self.remember(interview, answer.question)
                lines = self.cut.pop(answer.question, None)
                if lines:
                    lines.popitem()
                    self.partial[answer.question] = lines
                return found
        self.say("nothing_back")
        return interview

    def remember(self, interview: Interview, question: str) -> None:
        """Keep what was said to a question that is taken back, to say it when it is asked."""
        self.before |= {row.question: row.answer for row in rows(interview, self.words) if row.question == question}

    def list_rows(self, listed: list[Row]) -> None:
        """Write answers as numbered lines."""
        self.page.choices(self.words.say("row", question=row.name, answer=row.answer) for row in listed)

    def change(self, interview: Interview) -> Interview:
        """Choose an earlier answer and ask its question again; the same interview when none is chosen."""
        listed = [row for row in rows(interview, self.words) if reask(interview, row.question)]
        if not listed:
            self.say("nothing_back")
            return interview
        self.page.say()
        self.list_rows(listed)
        self.say("change_what")
        while True:
            typed = self.ask()
            if read_command(typed) is Command.STOP:
                return self.stop(interview)
            if read_command(typed) is Command.BACK:
                return interview
            found = self.picked(interview, listed, typed)
            if found is not None:
                return found
            self.say("change_what")

    def picked(self, interview: Interview, listed: list[Row], typed: str) -> Interview | None:
        """The interview at the question of the row that was typed, by number or name; None when it is none."""
        number = read_number(typed)
        name = read_choice(typed, [Choice(row.question, (row.name, row.ask)) for row in listed])
        if number is not None:
            name = listed[number - 1].question if 1 <= number <= len(listed) else None
        found = reask(interview, name) if name else None
        if found is not None and name is not None:
            self.remember(interview, name)
            self.cut.pop(name, None)
        return found


def reask(interview: Interview, question: str) -> Interview | None:
    """The interview in which a question is asked again; None while an emergency stands before it.

    A question that would no longer be asked of itself, but whose answer counts, is put as if something raised it.
    """
    for found in (interview.change(question), interview.raising(question)):
        if found.state == question:
            return found
    return None
