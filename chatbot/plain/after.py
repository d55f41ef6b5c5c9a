"""Questions about the result, answered from this result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from chatbot.interview.choices import Choice, is_none_of_these, read_choice
from chatbot.interview.clean import fold
from chatbot.interview.hear import raised_by
from chatbot.interview.interview import Interview
from chatbot.plain.commands import Command, read_command, read_number
from chatbot.plain.lines import EndOfInputError
from chatbot.plain.summary import say_head, say_references, say_sentences
from chatbot.recommendation.summary import Sentence, View
from chatbot.recommendation.topics import answer_topic, cannot_say
from chatbot.service import summary_of

if TYPE_CHECKING:
    from chatbot.plain.talk import Talk

_DONE = ("done", "bye", "finish", "finished", "thanks", "thank you", "that is all", "that's all")
_REFERENCES = ("references", "reference list", "sources", "where does this come from")
_GENERAL = 3


class Questions:
    """The conversation after the summary; `numbers` gives each work cited so far its place in the references."""

    def __init__(self, talk: Talk, interview: Interview) -> None:
        self.talk = talk
        self.interview = interview
        self.summary = summary_of(talk.pack, interview.recommendation, talk.words.language)
        self.view = View(interview.recommendation, talk.pack.rulebook, talk.words, self.summary.audience)
        self.references = [*self.summary.references]
        self.numbers = {line.reference.id: line.number for line in self.references}
        self.listed = 0
        self.topics = {topic.id: topic for topic in talk.words.topics}
        self.choices = [
            Choice(topic.id, (talk.words.fill(topic.ask, talk.country), *topic.typed)) for topic in self.topics.values()
        ]

    def run(self) -> Interview | None:
        """Answer until the person is done; an interview when a new symptom or a correction reopens it."""
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
        if self.listed < len(self.references):
            self.list_references()
            talk.page.say()
            say_head(talk.page, self.summary, talk.words)
        talk.say("topics_end")
        talk.say("emergency_sentence")
        return None

    def list_topics(self) -> None:
        """Write the questions that can be chosen."""
        self.talk.say("topics_title")
        self.talk.page.choices(choice.texts[0] for choice in self.choices)
        self.talk.say("topics_how")

    def is_done(self, typed: str) -> bool:
        """Whether the person has no more questions; an empty line says nothing."""
        return fold(typed).rstrip(".!") in _DONE or is_none_of_these(typed) or read_command(typed) is Command.STOP

    def turn(self, typed: str) -> Interview | None:
        """Answer one thing typed; an interview when it reopens the questions."""
        talk, command = self.talk, read_command(typed)
        if command in (Command.BACK, Command.CHANGE):
            found = talk.back(self.interview) if command is Command.BACK else talk.change(self.interview)
            if found is not self.interview:
                return found
            talk.say("topics_how")
        elif command is Command.HELP or set(typed) == {"?"}:
            talk.say("topics_how")
        elif fold(typed).rstrip(".!") in _REFERENCES:
            self.list_references()
            talk.say("topics_again")
        elif typed:
            reopened = talk.raise_questions(self.interview, typed)
            if reopened is not None:
                return reopened
            if raised_by(typed, talk.words, self.interview, ""):  # nothing is asked while an emergency stands
                say_head(talk.page, self.summary, talk.words)
            self.answer(typed)
        else:
            talk.say("topics_again")
        return None

    def answer(self, typed: str) -> None:
        """Say what this result says of a question, or that it cannot."""
        talk = self.talk
        number = read_number(typed)
        if number is not None and not 1 <= number <= len(self.choices):
            talk.say("not_a_number")
            return
        picked = read_choice(typed, self.choices)
        found = [picked] if picked else self.named_in(typed)
        for name in found:
            talk.page.say()
            talk.say("question", text=talk.words.fill(self.topics[name].ask, talk.country))
            self.say(answer_topic(self.view, self.topics[name]))
        if not found:
            self.say((cannot_say(self.view),))
        talk.say("topics_again")

    def say(self, sentences: tuple[Sentence, ...]) -> None:
        """Write sentences cited; works that the summary does not cite go to the end of the references."""
        for cite in (cite for sentence in sentences for cite in sentence.cites):
            if cite not in self.numbers:
                self.numbers[cite] = len(self.numbers) + 1
                self.references.append(self.view.reference(self.numbers[cite], cite))
        say_sentences(self.talk.page, sentences, self.summary, self.numbers)

    def list_references(self) -> None:
        """Write the works cited in the summary and in the answers."""
        self.listed = len(self.references)
        say_references(self.talk.page, self.references, self.summary, self.talk.words)

    def named_in(self, typed: str) -> list[str]:
        """The topics whose words stand in a longer question, in the order listed.

        Slips of the finger are forgiven; the answer repeats the question, so that a wrong guess is seen. A short word
        such as `why` counts only where nothing longer does.
        """
        said = fold(typed).translate(str.maketrans("?!.,;:", "      ")).split()
        longest = {
            choice.id: max((len(text) for text in map(fold, choice.texts[1:]) if _stands_in(text, said)), default=0)
            for choice in self.choices
        }
        if len(said) > 2:
            begun = " ".join(said)
            longest |= {choice.id: len(begun) for choice in self.choices if fold(choice.texts[0]).startswith(begun)}
        most = max(longest.values(), default=0)
        return [name for name, size in longest.items() if size and (size > _GENERAL or most <= _GENERAL)]


def _stands_in(text: str, said: list[str]) -> bool:
    words = text.split()
    places = range(len(said) - len(words) + 1)
    return any(all(map(_is_word, words, said[at : at + len(words)])) for at in places)


def _is_word(word: str, typed: str) -> bool:
    if word == typed or min(len(word), len(typed)) < 6:
        return word == typed
    return bool(OSA.distance(word, typed) <= (2 if len(word) > 8 else 1))
