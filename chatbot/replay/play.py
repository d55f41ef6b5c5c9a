"""Plays a transcript through the engine and reports the first difference."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from chatbot.errors import InputError, TriageError
from chatbot.interview.conversation import begin
from chatbot.interview.interview import Interview
from chatbot.interview.parse_given import parse_picked, parse_typed
from chatbot.interview.prompt import Prompt
from chatbot.interview.reading.parse_answer import NotUnderstood, ParsedAnswer
from chatbot.interview.steps import TookReplyBack
from chatbot.interview.transcript import ChangeTurn, Exchange, Expect, JumpTurn, Transcript, Turn, Word, step_of
from chatbot.packs.pack import Pack
from chatbot.recommendation.rulebook import IMAGING, LEVELS


class DifferenceError(TriageError):
    """A conversation leaves its script here."""


@dataclass(frozen=True, slots=True, eq=False)
class Played:
    """The end of a conversation, and the questions asked in order."""

    interview: Interview
    asked: tuple[str, ...]


def play(transcript: Transcript, pack: Pack, begun: Callable[[Transcript, Pack], Playing] | None = None) -> Played:
    """Play every turn; DifferenceError tells the first place where something else happened.

    `begun` makes what plays them, for somebody who wants to see each.
    """
    if transcript.country not in pack.rulebook.countries:
        raise InputError(f"there is no country '{transcript.country}' in pack '{pack.id}'")
    for name in unknown_names(transcript.expect, pack):
        raise InputError(f"expect names '{name}', which pack '{pack.id}' does not have")
    playing = (begun or Playing)(transcript, pack)
    for number, turn in enumerate(transcript.turns, start=1):
        try:
            playing.take(turn)
        except TriageError as error:
            raise DifferenceError(f"exchange {number}: {error}") from error
    playing.finish()
    for difference in differences(playing.interview, tuple(playing.asked), transcript.expect):
        raise DifferenceError(f"at the end: {difference}")
    return Played(playing.interview, tuple(playing.asked))


def unknown_names(expect: Expect, pack: Pack) -> list[str]:
    """The rules and questions an expectation names in vain; a misspelt rule would stay silent for ever."""
    rules = {rule.id for rule in pack.rulebook.rules}
    named = [*expect.fires, *expect.silent, *(expect.decided_by or ())]
    asked = [*expect.not_asked, *expect.withdrawn]
    return [n for n in named if n not in rules] + [n for n in asked if n not in pack.dialog.questions]


class Playing:
    """A transcript being played: where its conversation stands, and the questions asked so far."""

    def __init__(self, transcript: Transcript, pack: Pack) -> None:
        self.conversation = begin(
            pack.plan, pack.wording(transcript.language), transcript.who, transcript.country, transcript.clock,
            transcript.whom,
        )  # fmt: skip
        self.words = self.conversation.words
        self.asked: list[str] = []

    @property
    def interview(self) -> Interview:
        """The interview as it stands."""
        return self.conversation.interview

    def finish(self) -> None:
        """Say that all answers are right, where a transcript ends at their check."""
        if self.conversation.state == "check_answers":
            self.step("confirm")

    def take(self, turn: Turn) -> None:
        """Play one turn of a transcript."""
        if isinstance(turn, Exchange):
            self.exchange(turn)
        elif isinstance(turn, ChangeTurn):
            self.change(turn)
        elif isinstance(turn, JumpTurn):
            if turn.jump not in self.interview.plan.dialog.questions:
                raise DifferenceError(f"there is no question '{turn.jump}' to go to")
            self.conversation = self.conversation.take(step_of(turn))
        else:
            self.step(turn)

    def step(self, word: Word) -> None:
        """Back, stop, go on after that, continue for the note, skip the rest, confirm."""
        needed = {"continue": "emergency", "confirm": "check_answers", "resume": "stopped"}.get(word)
        if needed and self.conversation.state != needed:
            raise DifferenceError(f"'{word}' needs the state {needed}, but this is {self.conversation.state}")
        is_back = word == "back"
        self.conversation = self.conversation.back() if is_back else self.conversation.take(step_of(word))

    def change(self, turn: ChangeTurn) -> None:
        """An answer taken back, and what is said instead."""
        if turn.change not in self.interview.case.by_question:
            raise DifferenceError(f"'{turn.change}' was not answered, so it cannot be changed")
        changed = self.conversation.take(step_of(turn))
        if changed is self.conversation:
            raise DifferenceError(f"'{turn.change}' cannot be changed here; {self.conversation.state} comes first")
        self.conversation = changed
        if turn.how:
            said = {name: getattr(turn, name) for name in turn.model_fields_set - {"change"}}
            self.exchange(Exchange(ask=turn.change, **said))

    def exchange(self, turn: Exchange) -> None:
        """One question and what was said to it."""
        asked = self.conversation.asked
        if self.conversation.state != turn.ask or (asked is None and not turn.raises):
            raise DifferenceError(f"expected question {turn.ask}, got {self.conversation.state}")
        if asked is not None and asked.again != turn.again:
            raise DifferenceError(f"{turn.ask} is asked for the {'second' if asked.again else 'first'} time here")
        if asked is None:
            self.aside(turn)
            return
        self.asked.append(turn.ask)
        if turn.how == "lines":
            self.go_through(turn, asked)
        elif turn.how == "pick":
            self.pick(turn, asked)
        else:
            self.say(turn, asked)

    def aside(self, turn: Exchange) -> None:
        """Words that answer nothing, but put a question."""
        self.raises(turn, turn.say)
        raised = self.conversation.raising(turn.say)
        if raised is None:
            raise DifferenceError(f"'{turn.say}' puts no question at {self.conversation.state}")
        self.conversation = raised

    def raises(self, turn: Exchange, said: str) -> None:
        """Words put the question that they should put, and no other."""
        raised = self.conversation.would_raise(said)
        if (turn.raises,) != (raised[:1] or (None,)):
            got = ", ".join(raised) or "nothing"
            raise DifferenceError(f"'{said}' raises {got}, expected {turn.raises or 'nothing'}")

    def say(self, turn: Exchange, asked: Prompt) -> None:
        """Typed words, read again."""
        parsed = parse_typed(self.conversation, asked, turn.say)
        unclear = isinstance(parsed, NotUnderstood)
        # Words said of one line of a list, or beside lines chosen by hand, might be read as an answer all the same.
        is_aside = turn.unclear and bool(turn.raises)
        if unclear != turn.unclear and not (unclear and turn.raises) and not is_aside:
            raise DifferenceError(f"'{turn.say}' is {'not ' if unclear else ''}understood by {turn.ask}")
        self.raises(turn, turn.say)
        if isinstance(parsed, ParsedAnswer) and not is_aside:
            self.conversation = self.conversation.answer(parsed)
        else:
            self.conversation = self.conversation.raising(turn.say) or self.conversation

    def pick(self, turn: Exchange, asked: Prompt) -> None:
        """Options chosen by hand."""
        if asked.question.kind == "lines":
            raise DifferenceError(f"{turn.ask} is a list to go through; give lines instead of pick")
        offered = [*(choice.id for choice in asked.choices), *(name for name, _ in asked.always)]
        for name in turn.pick:
            if name not in offered and not (name == "*prefer_not" and asked.may_prefer_not):
                raise DifferenceError(f"{turn.ask} does not offer '{name}'; it offers {', '.join(offered)}")
        parsed = parse_picked(self.conversation, asked, frozenset(turn.pick))
        if isinstance(parsed, NotUnderstood):
            raise DifferenceError(f"{', '.join(turn.pick)} together is no answer to {turn.ask}")
        self.raises(turn, parsed.spoken)
        self.conversation = self.conversation.answer(parsed)

    def go_through(self, turn: Exchange, asked: Prompt) -> None:
        """A list line by line, as far as it was gone through; only what differs from what stands there is replied."""
        if asked.question.kind != "lines":
            raise DifferenceError(f"{turn.ask} is no list to go through; give say or pick instead of lines")
        offered, wanted = [choice.id for choice in asked.choices], list(turn.lines)
        for line in wanted:
            if line not in offered:
                raise DifferenceError(f"{turn.ask} does not put the line '{line}'; it puts {', '.join(offered)}")
        before = self.conversation
        self.take_back(turn, wanted)
        for line in wanted:
            said = (
                self.conversation.current_replies
                if self.conversation.state == turn.ask
                else self.conversation.interrupted_lists.get(turn.ask, {})
            )
            if line in turn.at_once or said.get(line, ("",))[0] == turn.lines[line]:
                continue
            if self.conversation.state != turn.ask:
                raise DifferenceError(f"{turn.ask} is broken off before the line '{line}' by {self.conversation.state}")
            self.conversation = self.conversation.reply(line, turn.lines[line])
        if turn.at_once and self.conversation.state == turn.ask:
            self.conversation = self.conversation.reply_together({line: turn.lines[line] for line in turn.at_once}, "")
        is_full = len(self.conversation.current_replies) == len(offered) and self.conversation.state == turn.ask
        if is_full and not turn.left:
            self.conversation = self.conversation.finish_list()
        elif (
            self.conversation is before and "yes" in turn.lines.values()
        ):  # said once more, which breaks off if it is worrying
            self.conversation = self.conversation.reply(
                next(line for line in wanted if turn.lines[line] == "yes"), "yes"
            )

    def take_back(self, turn: Exchange, wanted: list[str]) -> None:
        """Take replies back until those left are the first ones wanted."""
        if turn.kept:
            while self.conversation.current_replies:
                self.conversation = self.conversation.take(TookReplyBack())
            self.conversation = self.conversation.restore_replies()
        while list(self.conversation.current_replies) != wanted[: len(self.conversation.current_replies)]:
            self.conversation = self.conversation.take(TookReplyBack())


def differences(interview: Interview, asked: tuple[str, ...], expect: Expect) -> Iterator[str]:
    """Yields how the end differs from what was expected."""
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
    kept = {answer.question for answer in interview.applicable_answers if answer.values}
    yield from (f"{question} should be withdrawn" for question in expect.withdrawn if question in kept)
    if expect.not_sure is not None and set(expect.not_sure) != set(result.not_sure):
        got, want = (", ".join(names) or "nothing" for names in (result.not_sure, expect.not_sure))
        yield f"not sure of {got}, expected {want}"
