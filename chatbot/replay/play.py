"""Plays a transcript through the engine and reports the first difference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chatbot.errors import InputError, TriageError
from chatbot.interview.hear import Unclear, hear, raised_by
from chatbot.interview.interview import Interview
from chatbot.interview.prompt import prompt
from chatbot.interview.transcript import Changed, Exchange, Expect, Step, Transcript
from chatbot.packs.pack import Pack
from chatbot.recommendation.rulebook import IMAGING, LEVELS


class DifferenceError(TriageError):
    """Where a conversation leaves its script."""


@dataclass(frozen=True, slots=True, eq=False)
class Played:
    """Where a conversation ended, and the questions asked in order."""

    interview: Interview
    asked: tuple[str, ...]


def play(transcript: Transcript, pack: Pack) -> Played:
    """Play every turn; DifferenceError tells the first place where something else happened."""
    if transcript.country not in pack.rulebook.countries:
        raise InputError(f"there is no country '{transcript.country}' in pack '{pack.id}'")
    for name in unknown_names(transcript.expect, pack):
        raise InputError(f"expect names '{name}', which pack '{pack.id}' does not have")
    player = _Player(transcript, pack)
    for number, turn in enumerate(transcript.turns, start=1):
        try:
            player.take(turn)
        except TriageError as error:
            raise DifferenceError(f"exchange {number}: {error}") from error
    if player.interview.state == "check_answers":
        player.interview = player.interview.confirm()
    for difference in differences(player.interview, tuple(player.asked), transcript.expect):
        raise DifferenceError(f"at the end: {difference}")
    return Played(player.interview, tuple(player.asked))


def unknown_names(expect: Expect, pack: Pack) -> list[str]:
    """The rules and questions an expectation names in vain; a misspelt rule would stay silent for ever."""
    rules = {rule.id for rule in pack.rulebook.rules}
    named = [*expect.fires, *expect.silent, *(expect.decided_by or ())]
    asked = [*expect.not_asked, *expect.withdrawn]
    return [n for n in named if n not in rules] + [n for n in asked if n not in pack.dialog.questions]


class _Player:
    def __init__(self, transcript: Transcript, pack: Pack) -> None:
        self.transcript = transcript
        self.words = pack.wording()
        self.interview = pack.plan.begin(transcript.who, transcript.country)
        self.asked: list[str] = []

    def take(self, turn: Exchange | Changed | Step) -> None:
        """Play one turn."""
        if isinstance(turn, Exchange):
            self.exchange(turn)
        elif isinstance(turn, Changed):
            if turn.change not in self.interview.case.by_question:
                raise DifferenceError(f"'{turn.change}' was not answered, so it cannot be changed")
            self.interview = self.interview.change(turn.change)
            self.exchange(Exchange(ask=turn.change, say=turn.say))
        else:
            self.step(turn)

    def step(self, step: Step) -> None:
        """Back, stop, continue for the note, skip the rest, confirm."""
        needed = {"continue": "emergency", "confirm": "check_answers"}.get(step)
        if needed and self.interview.state != needed:
            raise DifferenceError(f"'{step}' needs the state {needed}, but this is {self.interview.state}")
        steps = {
            "back": self.interview.back,
            "stop": self.interview.stop,
            "continue": self.interview.continue_note,
            "skip": self.interview.skip_rest,
            "confirm": self.interview.confirm,
        }
        self.interview = steps[step]()

    def exchange(self, turn: Exchange) -> None:
        """One question and what was said to it."""
        asked = prompt(self.interview, self.words)
        if self.interview.state != turn.ask or asked is None:
            raise DifferenceError(f"expected question {turn.ask}, got {self.interview.state}")
        if asked.again != turn.again:
            raise DifferenceError(f"{turn.ask} is asked for the {'second' if asked.again else 'first'} time here")
        self.asked.append(turn.ask)
        found = hear(self.interview, asked, turn.say, self.transcript.clock)
        unclear = isinstance(found, Unclear)
        if unclear != turn.unclear and not (unclear and turn.raises):
            raise DifferenceError(f"'{turn.say}' is {'not ' if unclear else ''}understood by {turn.ask}")
        raised = raised_by(turn.say, self.words, self.interview, turn.ask)
        if (turn.raises,) != (raised[:1] or (None,)):
            got = ", ".join(raised) or "nothing"
            raise DifferenceError(f"'{turn.say}' raises {got}, expected {turn.raises or 'nothing'}")
        if not isinstance(found, Unclear):
            self.interview = self.interview.answer(found.answer)
        for question in raised if self.interview.state != "emergency" else ():
            self.interview = self.interview.raising(question)


def differences(interview: Interview, asked: tuple[str, ...], expect: Expect) -> Iterator[str]:
    """How the end differs from what was expected."""
    result = interview.recommendation
    fired = {rule.id for rule in result.rules}
    decided = tuple(rule.id for rule in result.decided_by)
    named = (
        ("level", expect.level, LEVELS[result.level]),
        ("imaging", expect.imaging, IMAGING[result.imaging]),
        ("ended", expect.ended, interview.state),
    )
    yield from (f"{name} is {got}, expected {want}" for name, want, got in named if want is not None and want != got)
    if expect.decided_by is not None and sorted(expect.decided_by) != sorted(decided):
        yield f"decided by {', '.join(decided) or 'no rule'}, expected {', '.join(expect.decided_by) or 'no rule'}"
    yield from (f"rule {rule} should fire" for rule in expect.fires if rule not in fired)
    yield from (f"rule {rule} should stay silent" for rule in expect.silent if rule in fired)
    yield from (f"{question} was asked and should not be" for question in expect.not_asked if question in asked)
    kept = {answer.question for answer in interview.kept if answer.values}
    yield from (f"{question} should be withdrawn" for question in expect.withdrawn if question in kept)
    if expect.not_sure is not None and set(expect.not_sure) != set(result.not_sure):
        got, want = (", ".join(names) or "nothing" for names in (result.not_sure, expect.not_sure))
        yield f"not sure of {got}, expected {want}"
