"""The interview as a conversation in lines; a thin shell over the engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chatbot.case import Mode
from chatbot.interview.conversation import Conversation, begin
from chatbot.interview.interview import Interview
from chatbot.interview.reading.choices import Choice, read_choice
from chatbot.interview.reading.commands import Command, read_command
from chatbot.interview.reading.languages import language_of
from chatbot.interview.rows import Row, rows
from chatbot.interview.turn import row_named
from chatbot.packs.pack import Pack
from chatbot.plain.after import Questions
from chatbot.plain.asking import Asking
from chatbot.plain.ends import check, emergency
from chatbot.plain.lines import EndOfInputError, Page
from chatbot.plain.summary import say_summary
from chatbot.replay.record import Recorder
from chatbot.service.records import Returned
from chatbot.service.results import summary_of
from chatbot.service.return_text import told_of_reading, told_on_return
from chatbot.service.session import News, Session
from chatbot.texts.read import texts

MODES: tuple[Mode, ...] = ("patient", "carer", "nurse")


class Talk:
    """One conversation from the first question to the last question about the result.

    `at` is where it stands, kept while lines are read, so that what was said counts when the input closes.
    """

    def __init__(
        self,
        pack: Pack,
        page: Page,
        language: str,
        country: str,
        today: date | None,
        recorder: Recorder | None = None,
        session: Session | None = None,
    ) -> None:
        self.pack = pack
        self.page = page
        self.words = pack.wording(language)
        self.texts = texts(self.words.language)
        self.language = language_of(self.words.language)
        self.country = country
        self.today = today
        self.asking = Asking(self)
        self.recorder = recorder
        self.session = session or Session(wanted=False)
        self._at = begin(pack.plan, self.words, "patient", country, today)

    @property
    def at(self) -> Conversation:
        """Where the conversation stands."""
        return self._at

    @at.setter
    def at(self, at: Conversation) -> None:
        self._at = at
        if self.recorder is not None and not self.recorder.take(at):
            self.page.say(self.texts.say("not_recorded", file=self.recorder.path))
        self.tell(self.session.take(at))

    def tell(self, news: News) -> None:
        """Say what a step did to the saving; where it stopped, what to do in an emergency comes first."""
        if news == "stopped" and self._at.state == "emergency":
            self.say("emergency_sentence")
        text = self.session.news(news, self.words.language)
        if text:
            self.page.say(text)

    def kept(self) -> Iterator[str]:
        """Where the answers are, and whether they still are, and the code that brings them back."""
        if self.recorder is not None:
            # The name of a file is not to be filled in.
            yield self.texts.say("not_recorded" if self.recorder.failed else "recorded", file=self.recorder.path)
        session = self.session
        if session.wanted:
            yield session.told(self.words.language)
        elif self.recorder is None:
            yield self.text("not_saved")
        if session.code:
            yield self.texts.say("code", code=session.code)

    def text(self, key: str, **parts: object) -> str:
        """One of the program's own texts, with the country's words in it."""
        return self.words.fill(self.texts.say(key, **parts), self.country)

    def text_of_pack(self, key: str) -> str:
        """What the pack says of itself or of a result, with the country's words in it."""
        return self.words.fill(self.words.say(key), self.country)

    def say(self, key: str, **parts: object) -> None:
        """Write one of the program's own texts."""
        self.page.say(self.text(key, **parts))

    def ask(self) -> str:
        """Read what is typed, cleaned."""
        return self.page.ask(self.texts.say("prompt_end"))

    def run(self, mode: Mode | None) -> Interview:
        """The whole conversation; leaving early, or the end of the input, still ends in advice."""
        return self.go_on(self.begin(mode))

    def come_back(self, found: Returned) -> Interview:
        """The conversation of a code, from where it stood; where another program has it open, what was said in it."""
        self.welcome()
        if found.journal is None:
            self.page.say(told_of_reading(found, self.words.language))
            self.page.say()
            self.list_rows(list(rows(found.conversation.interview, self.words)))
            self.say("emergency_sentence")
            return found.conversation.interview
        for text in told_on_return(found):
            self.page.say(text)
        return self.go_on(found.conversation)

    def go_on(self, at: Conversation) -> Interview:
        """The conversation from where it stands to the last question about the result."""
        self.at = at
        while True:
            self.at = self.ask_all(self.at)
            self.end(self.at.interview)
            reopened = Questions(self, self.at).run()
            if reopened is None:
                for text in self.kept() if self.recorder or self.session.wanted else ():
                    self.page.say(text)
                return self.at.interview
            self.at = reopened

    def begin(self, mode: Mode | None) -> Conversation:
        """Say what this is and is not, and learn who answers."""
        self.welcome()
        stopped = False
        if mode is None:
            try:
                mode = self.who()
            except EndOfInputError:
                stopped = True
        at = begin(self.pack.plan, self.words, mode or "patient", self.country, self.today)
        if stopped:
            return at.stop()
        self.tell(self.session.begin(self.pack, at))
        self.say_code()
        self.page.say()
        if mode == "carer":
            self.say("carer_heading")
            self.page.say()
        self.say("commands")
        return at

    def welcome(self) -> None:
        """Say what this is and is not, what to do in an emergency, and what becomes of the answers."""
        self.page.say(self.pack.title)
        self.page.say()
        for key in ("welcome", "notice", *self.pack.statuses(self.today)):
            self.page.say(self.text_of_pack(key))
        self.say("emergency_sentence")
        for text in self.kept():
            self.page.say(text)

    def say_code(self) -> None:
        """Write the code to come back with, once there is one."""
        if self.session.code:
            self.page.say(self.texts.say("code", code=self.session.code))

    def who(self) -> Mode:
        """Ask who answers; stopping here is the end of the input."""
        self.page.say()
        self.say("question", text=self.texts.say("who_for"))
        picked = self.pick([Choice(mode, (self.texts.say(f"who_{mode}"), mode)) for mode in MODES])
        if picked is Command.STOP:
            raise EndOfInputError
        return next(mode for mode in MODES if mode == picked)

    def pick(self, choices: list[Choice], *allowed: Command) -> str | Command:
        """One of some numbered lines, or a command; `stop` is always one of those allowed."""
        self.page.choices(choice.texts[0] for choice in choices)
        while True:
            typed = self.ask()
            command = read_command(typed, self.language)
            if command in (Command.STOP, *allowed):
                return command
            if command is not None:
                self.say("help")
                continue
            found = read_choice(typed, choices, self.language)
            if found is not None:
                return found
            self.say("not_a_number")

    def ask_all(self, at: Conversation) -> Conversation:
        """Ask until the interview has ended; what was typed before the input closed still counts."""
        self.at = at
        while True:
            try:
                if self.at.state == "emergency":
                    found = emergency(self, self.at)
                    if found is None:
                        return self.at
                    self.at = found
                elif self.at.asked is not None:
                    self.at = self.asking.turn(self.at)
                elif self.at.state == "check_answers":
                    self.at = check(self, self.at)
                else:
                    return self.at
            except EndOfInputError:
                return self.at.stop()

    def end(self, interview: Interview) -> None:
        """Write the summary, and before it why the questions ended early."""
        self.page.say()
        if interview.state == "stopped":
            self.say("stopped")
            self.say("emergency_sentence")
            self.page.say()
        if interview.state == "out_of_scope":
            self.page.say(self.text_of_pack("out_of_scope"))
            self.page.say()
        say_summary(self.page, summary_of(self.pack, interview.recommendation, self.words.language), self.words)
        if self.session.check_code:
            self.page.say(self.texts.say("check_code", code=self.session.check_code))

    def raise_questions(self, at: Conversation, typed: str) -> Conversation | None:
        """Put the questions that something typed calls for; None when there is none, or an emergency comes first."""
        raised = at.raising(typed)
        if raised is not None:
            self.say("raised")
        return raised

    def back(self, at: Conversation) -> Conversation:
        """The conversation at the last question that can be asked again; where it is when there is none."""
        found = at.back()
        if found is at:
            self.say("nothing_back")
        return found

    def list_rows(self, listed: list[Row]) -> None:
        """Write answers as numbered lines."""
        self.page.choices(self.texts.say("row", question=row.name, answer=row.answer) for row in listed)

    def change(self, at: Conversation) -> Conversation:
        """Choose an earlier answer and ask its question again; the same conversation when none is chosen."""
        listed = [row for row in rows(at.interview, self.words) if at.change(row.question)]
        if not listed:
            self.say("nothing_back")
            return at
        self.page.say()
        self.list_rows(listed)
        self.say("change_what")
        while True:
            typed = self.ask()
            if read_command(typed, self.language) is Command.STOP:
                return at.stop()
            if read_command(typed, self.language) is Command.BACK:
                return at
            found = self.picked(at, listed, typed)
            if found is not None:
                return found
            self.say("change_what")

    def picked(self, at: Conversation, listed: list[Row], typed: str) -> Conversation | None:
        """The conversation at the question of the row that was typed, by number or name; None when it is none."""
        name = row_named(typed, [Choice(row.question, (row.name, row.ask)) for row in listed], self.language)
        return at.change(name) if name else None
