"""Questions people have about their result: which one was meant, its answer, and where that comes from."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from chatbot.interview.reading.choices import Choice, read_choice
from chatbot.interview.reading.languages import language_of
from chatbot.interview.reading.line_labels import line_number
from chatbot.interview.reading.sanitise import fold
from chatbot.recommendation.summary import Line, Sentence, Summary, View
from chatbot.recommendation.topics import answer_topic, cannot_say

_GENERAL = 3


class About:
    """The questions that can be asked about one result.

    `references` are those of the summary and, after them, the works that only answers given so far cite; `numbers`
    gives each its place.
    """

    def __init__(self, view: View, summary: Summary) -> None:
        self.view = view
        self.language = language_of(view.words.language)
        self.summary = summary
        self.references: list[Line] = [*summary.references]
        self.numbers = {line.reference.id: line.number for line in self.references}
        self.topics = {topic.id: topic for topic in view.words.topics}
        self.choices = tuple(
            Choice(topic.id, (view.words.fill(topic.ask, view.country), *topic.typed)) for topic in self.topics.values()
        )

    def asked(self, typed: str) -> tuple[str, ...] | None:
        """The topics that words or a number name, in the order listed; None for a number that is no line."""
        number = line_number(typed, self.language)
        if number is not None and not 1 <= number <= len(self.choices):
            return None
        picked = read_choice(typed, self.choices, self.language)
        return (picked,) if picked else self._named_in(typed)

    def title(self, topic: str) -> str:
        """The question as it is listed."""
        return self.view.words.fill(self.topics[topic].ask, self.view.country)

    def answer(self, topic: str) -> tuple[Sentence, ...]:
        """The answer of this result to a question; never empty."""
        return self._cited(answer_topic(self.view, self.topics[topic]))

    def no_answer(self) -> tuple[Sentence, ...]:
        """The sentences for words that meant none of the questions."""
        return self._cited((cannot_say(self.view),))

    def _cited(self, sentences: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
        for cite in (cite for sentence in sentences for cite in sentence.cites):
            if cite not in self.numbers:
                self.numbers[cite] = len(self.numbers) + 1
                self.references.append(self.view.reference(self.numbers[cite], cite))
        return sentences

    def _named_in(self, typed: str) -> tuple[str, ...]:
        """The topics whose words stand in a longer question.

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
        return tuple(name for name, size in longest.items() if size and (size > _GENERAL or most <= _GENERAL))


def _stands_in(text: str, said: list[str]) -> bool:
    words = text.split()
    places = range(len(said) - len(words) + 1)
    return any(all(map(_is_word, words, said[at : at + len(words)])) for at in places)


def _is_word(word: str, typed: str) -> bool:
    if word == typed or min(len(word), len(typed)) < 6:
        return word == typed
    return bool(OSA.distance(word, typed) <= (2 if len(word) > 8 else 1))
