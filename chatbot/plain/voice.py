"""What is said and heard in lines: the page with the words of one language and country."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from chatbot.case import Case
from chatbot.interview.answered_questions import AnsweredQuestion
from chatbot.interview.reading.choices import Choice, read_choice
from chatbot.interview.reading.commands import Command, read_command
from chatbot.interview.reading.languages import language_of
from chatbot.packs.pack import Pack
from chatbot.plain.lines import Page
from chatbot.texts.read import texts, texts_for


class Voice:
    """Says texts on a page and reads what is typed in reply; it knows nothing of where a conversation stands."""

    def __init__(self, pack: Pack, page: Page, language: str, country: str) -> None:
        self.pack = pack
        self.page = page
        self.country = country
        self.words = pack.wording(language)
        self.texts = texts(self.words.language)
        self.language = language_of(self.words.language)

    def speak_to(self, case: Case) -> None:
        """Say everything from here in the words of who answers this case."""
        self.words = self.words.read_by(case.mode, case.whom)
        self.texts = texts_for(case.mode, self.words.language)

    def text(self, key: str, **parts: object) -> str:
        """One of the program's own texts, with the country's words in it."""
        return self.words.fill(self.texts.say(key, **parts), self.country)

    def text_of_pack(self, key: str) -> str:
        """A text of the pack on itself or on a result, with the country's words in it."""
        return self.words.fill(self.words.say(key), self.country)

    def say(self, key: str, **parts: object) -> None:
        """Write one of the program's own texts."""
        self.page.say(self.text(key, **parts))

    def welcome(self, today: date | None) -> None:
        """Say what this is and is not, and what to do in an emergency."""
        self.page.say(self.pack.title)
        self.page.say()
        for key in ("welcome", "notice", *self.pack.statuses(today)):
            self.page.say(self.text_of_pack(key))
        self.say("emergency_sentence")

    def ask(self) -> str:
        """Read what is typed, cleaned."""
        return self.page.ask(self.texts.say("prompt_end"))

    def pick(self, choices: Sequence[Choice], *allowed: Command) -> str | Command:
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
            picked = read_choice(typed, choices, self.language)
            if picked is not None:
                return picked
            self.say("not_a_number")

    def list_rows(self, listed: Iterable[AnsweredQuestion]) -> None:
        """Write answers as numbered lines."""
        self.page.choices(self.texts.say("row", question=row.name, answer=row.answer) for row in listed)
