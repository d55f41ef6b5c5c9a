"""A conversation exchange by exchange: what was asked, which answers were offered, and which were given."""

from __future__ import annotations

from dataclasses import dataclass

from chatbot.case import Answer
from chatbot.errors import InputError
from chatbot.interview.interview import Interview
from chatbot.interview.prompt import Prompt, prompt
from chatbot.interview.simulate import Simulation
from chatbot.interview.transcript import Exchange, Expect, Transcript
from chatbot.packs.pack import Pack
from chatbot.replay.play import Playing


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it was put, and what was answered; no answer where the words were not understood."""

    prompt: Prompt
    answer: Answer | None


class _Listener(Playing):
    """A transcript being played, with each question as it was put and its answer."""

    def __init__(self, transcript: Transcript, pack: Pack) -> None:
        super().__init__(transcript, pack)
        self.heard: list[Asked] = []

    def exchange(self, turn: Exchange) -> None:
        """One question and what was said to it."""
        put, before = prompt(self.interview, self.words), self.interview.case.by_question.get(turn.ask)
        super().exchange(turn)
        answer = self.interview.case.by_question.get(turn.ask)
        if put is not None:
            self.heard.append(Asked(put, answer if answer is not before else None))


def listen(transcript: Transcript, pack: Pack) -> tuple[Interview, tuple[Asked, ...]]:
    """Play a transcript whatever it expects; where it ended, and every exchange on the way."""
    if transcript.country not in pack.rulebook.countries:
        raise InputError(f"there is no country '{transcript.country}' in pack '{pack.id}'")
    listener = _Listener(transcript.model_copy(update={"expect": Expect()}), pack)
    for turn in transcript.turns:
        listener.take(turn)
    interview = listener.interview
    return interview.confirm() if interview.state == "check_answers" else interview, tuple(listener.heard)


def simulated(simulation: Simulation, pack: Pack) -> tuple[tuple[str, Answer], ...]:
    """The answers of a simulated interview with the questions they were given to, in order."""
    given = simulation.interview.case.by_question
    return tuple((name, given[name]) for name in dict.fromkeys(simulation.asked) if name in pack.dialog.questions)
