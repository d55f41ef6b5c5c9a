"""Questions about the result, answered from this result."""

from __future__ import annotations

from chatbot.interview.conversation import Conversation
from chatbot.interview.reading.choices import is_none_of_these
from chatbot.interview.reading.commands import Command, is_remark, read_command
from chatbot.interview.reading.parse_answer import raised_by
from chatbot.interview.view.result_questions import About
from chatbot.plain.corrections import back, change, raise_questions
from chatbot.plain.lines import EndOfInputError
from chatbot.plain.summary_lines import say_head, say_references, say_sentences
from chatbot.plain.voice import Voice
from chatbot.recommendation.summary import Sentence, View
from chatbot.service.results import summary_of


class Questions:
    """The conversation after the summary."""

    def __init__(self, voice: Voice, conversation: Conversation) -> None:
        self.voice = voice
        self.conversation = conversation
        result = conversation.interview.recommendation
        self.summary = summary_of(voice.pack, result, voice.words.language)
        self.about = About(View(result, voice.pack.rulebook, voice.words, self.summary.audience), self.summary)
        self.listed = 0

    def run(self) -> Conversation | None:
        """Answer until the person is done; a conversation when a new symptom or a correction reopens it."""
        voice = self.voice
        voice.page.say()
        # The summary is longer than most screens, so its first lines stand here once more.
        say_head(voice.page, self.summary, voice.words)
        voice.page.say()
        self.list_topics()
        try:
            while not self.is_done(typed := voice.ask()):
                reopened = self.turn(typed)
                if reopened is not None:
                    return reopened
        except EndOfInputError:
            voice.page.say()
        if self.listed < len(self.about.references):
            self.list_references()
            voice.page.say()
            say_head(voice.page, self.summary, voice.words)
        voice.say("topics_end")
        voice.say("emergency_sentence")
        return None

    def list_topics(self) -> None:
        """Write the questions that can be chosen."""
        self.voice.say("topics_title")
        self.voice.page.choices(choice.texts[0] for choice in self.about.choices)
        self.voice.say("topics_how")

    def is_done(self, typed: str) -> bool:
        """True when the person has no more questions; an empty line says nothing."""
        language = self.voice.language
        return (
            is_remark("done", typed, language)
            or is_none_of_these(typed, language)
            or read_command(typed, language) is Command.STOP
        )

    def turn(self, typed: str) -> Conversation | None:
        """Answer one thing typed; a conversation when it reopens the questions."""
        voice, command = self.voice, read_command(typed, self.voice.language)
        if command in (Command.BACK, Command.CHANGE):
            conversation = (
                back(voice, self.conversation) if command is Command.BACK else change(voice, self.conversation)
            )
            if conversation is not self.conversation:
                return conversation
            voice.say("topics_how")
        elif command is Command.HELP or set(typed) == {"?"}:
            voice.say("topics_how")
        elif is_remark("references", typed, voice.language):
            self.list_references()
            voice.say("topics_again")
        elif typed:
            reopened = raise_questions(voice, self.conversation, typed)
            if reopened is not None:
                return reopened
            if raised_by(
                typed, voice.words, self.conversation.interview, ""
            ):  # nothing is asked while an emergency stands
                say_head(voice.page, self.summary, voice.words)
            self.answer(typed)
        else:
            voice.say("topics_again")
        return None

    def answer(self, typed: str) -> None:
        """Say what this result says of a question, or that it cannot."""
        voice = self.voice
        topic = self.about.asked(typed)
        if topic is None:
            voice.say("not_a_number")
            return
        for name in topic:
            voice.page.say()
            voice.say("question", text=self.about.title(name))
            self.say(self.about.answer(name))
        if not topic:
            self.say(self.about.no_answer())
        voice.say("topics_again")

    def say(self, sentences: tuple[Sentence, ...]) -> None:
        """Write sentences cited."""
        say_sentences(self.voice.page, sentences, self.summary, self.about.numbers)

    def list_references(self) -> None:
        """Write the works cited in the summary and in the answers."""
        self.listed = len(self.about.references)
        say_references(self.voice.page, self.about.references, self.summary, self.voice.words)
