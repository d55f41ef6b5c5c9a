"""Questions about the result, answered from this result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatbot.interview.conversation import Conversation
from chatbot.interview.reading.choices import is_none_of_these
from chatbot.interview.reading.commands import Command, is_remark, read_command
from chatbot.interview.reading.parse_answer import raised_by
from chatbot.interview.view.result_questions import About
from chatbot.plain.lines import EndOfInputError
from chatbot.plain.summary import say_head, say_references, say_sentences
from chatbot.recommendation.summary import Sentence, View
from chatbot.service.results import summary_of

if TYPE_CHECKING:
    from chatbot.plain.talk import Talk


class Questions:
    """The conversation after the summary."""

    def __init__(self, talk: Talk, at: Conversation) -> None:
        self.talk = talk
        self.at = at
        found = at.interview.recommendation
        self.summary = summary_of(talk.pack, found, talk.words.language)
        self.about = About(View(found, talk.pack.rulebook, talk.words, self.summary.audience), self.summary)
        self.listed = 0

    def run(self) -> Conversation | None:
        """Answer until the person is done; a conversation when a new symptom or a correction reopens it."""
        talk = self.talk
        talk.page.say()
        # The summary is longer than most screens, so its first lines stand here once more.
        say_head(talk.page, self.summary, talk.words)
        talk.page.say()
        self.list_topics()
        try:
            while not self.is_done(typed := talk.ask()):
                reopened = self.turn(typed)
                if reopened is not None:
                    return reopened
        except EndOfInputError:
            talk.page.say()
        if self.listed < len(self.about.references):
            self.list_references()
            talk.page.say()
            say_head(talk.page, self.summary, talk.words)
        talk.say("topics_end")
        talk.say("emergency_sentence")
        return None

    def list_topics(self) -> None:
        """Write the questions that can be chosen."""
        self.talk.say("topics_title")
        self.talk.page.choices(choice.texts[0] for choice in self.about.choices)
        self.talk.say("topics_how")

    def is_done(self, typed: str) -> bool:
        """Whether the person has no more questions; an empty line says nothing."""
        language = self.talk.language
        return (
            is_remark("done", typed, language)
            or is_none_of_these(typed, language)
            or read_command(typed, language) is Command.STOP
        )

    def turn(self, typed: str) -> Conversation | None:
        """Answer one thing typed; a conversation when it reopens the questions."""
        talk, command = self.talk, read_command(typed, self.talk.language)
        if command in (Command.BACK, Command.CHANGE):
            found = talk.back(self.at) if command is Command.BACK else talk.change(self.at)
            if found is not self.at:
                return found
            talk.say("topics_how")
        elif command is Command.HELP or set(typed) == {"?"}:
            talk.say("topics_how")
        elif is_remark("references", typed, talk.language):
            self.list_references()
            talk.say("topics_again")
        elif typed:
            reopened = talk.raise_questions(self.at, typed)
            if reopened is not None:
                return reopened
            if raised_by(typed, talk.words, self.at.interview, ""):  # nothing is asked while an emergency stands
                say_head(talk.page, self.summary, talk.words)
            self.answer(typed)
        else:
            talk.say("topics_again")
        return None

    def answer(self, typed: str) -> None:
        """Say what this result says of a question, or that it cannot."""
        talk = self.talk
        found = self.about.asked(typed)
        if found is None:
            talk.say("not_a_number")
            return
        for name in found:
            talk.page.say()
            talk.say("question", text=self.about.title(name))
            self.say(self.about.answer(name))
        if not found:
            self.say(self.about.no_answer())
        talk.say("topics_again")

    def say(self, sentences: tuple[Sentence, ...]) -> None:
        """Write sentences cited."""
        say_sentences(self.talk.page, sentences, self.summary, self.about.numbers)

    def list_references(self) -> None:
        """Write the works cited in the summary and in the answers."""
        self.listed = len(self.about.references)
        say_references(self.talk.page, self.about.references, self.summary, self.talk.words)
