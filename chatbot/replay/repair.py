"""A transcript taken along with a pack that has changed: what is asked now is answered, what is not is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from chatbot.errors import TriageError
from chatbot.interview.conversation import Conversation
from chatbot.interview.machine import ENDINGS
from chatbot.interview.parse_given import parse_picked, parse_typed
from chatbot.interview.prompt import Prompt
from chatbot.interview.reading.parse_answer import NotUnderstood, ParsedAnswer
from chatbot.interview.to_transcript import expected
from chatbot.interview.transcript import ChangeTurn, Exchange, Expect, Transcript, Turn
from chatbot.packs.pack import Pack
from chatbot.replay.play import Playing, unknown_names

NEW = "new question: check this answer"
CHANGED = "changed: check this answer"
UNCLEAR = "no longer understood: check this answer"
# Where a step can be taken; questions that stand before it are answered first.
_NEEDS = {"continue": "emergency", "confirm": "check_answers", "resume": "stopped"}


@dataclass(frozen=True, slots=True)
class Mended:
    """One turn of a mended transcript: where it stood before, if it did, and why it is not as it was."""

    turn: Turn
    place: int | None
    why: str = ""


def mended(transcript: Transcript, pack: Pack) -> tuple[tuple[Mended, ...], Expect]:
    """The turns with which a transcript goes on to its end, and what comes of them."""
    mender = _Mender(transcript, pack)
    mender.mend()
    conversation = mender.playing.conversation
    return tuple(mender.done), _expect(transcript.expect, conversation, tuple(mender.playing.asked), pack)


def _expect(before: Expect, conversation: Conversation, asked: Sequence[str], pack: Pack) -> Expect:
    """The expectation, for the same names, of where a conversation ended."""
    end = conversation.confirm() if conversation.state == "check_answers" else conversation
    expectation = expected(end).model_dump()
    fired = {rule.id for rule in end.interview.recommendation.rules}
    kept = {answer.question for answer in end.interview.applicable_answers if answer.values}
    gone = set(unknown_names(before, pack))

    def but(names: Iterable[str], wrong: Iterable[str]) -> tuple[str, ...]:
        return tuple(name for name in names if name not in gone and name not in set(wrong))

    lists = {
        "fires": but(before.fires, set(before.fires) - fired),
        "silent": but(before.silent, fired),
        "not_asked": but(before.not_asked, asked),
        "withdrawn": but(before.withdrawn, kept),
    }
    plain = ("level", "imaging", "decided_by", "ended", "not_sure")
    told = {name: expectation[name] for name in plain if getattr(before, name) is not None}
    for name in ("decided_by", "not_sure"):
        if name in told and set(told[name]) == set(getattr(before, name)):
            told[name] = getattr(before, name)
    return Expect.model_validate({name: {**told, **lists}[name] for name in before.model_fields_set & {*told, *lists}})


class _Mender:
    def __init__(self, transcript: Transcript, pack: Pack) -> None:
        self.transcript = transcript
        self.playing = Playing(transcript, pack)
        self.most = 2 * len(pack.dialog.questions)
        self.done: list[Mended] = []

    @property
    def state(self) -> str:
        """The question at hand, or how it ended."""
        return self.playing.conversation.state

    def mend(self) -> None:
        """Play to the end; the exchanges between two other turns may come in another order than before."""
        pool: list[tuple[int, Exchange]] = []
        for place, turn in enumerate(self.transcript.turns):
            if isinstance(turn, Exchange):
                pool.append((place, turn))
            else:
                self.answer(pool)
                pool = []
                self.other(place, turn)
        self.answer(pool)
        if self.transcript.expect.ended in ENDINGS and self.transcript.expect.ended != "stopped":
            self.go_on(ENDINGS)

    def answer(self, pool: list[tuple[int, Exchange]]) -> None:
        """Answer what is asked with the turns there are for it; those that nothing asks for are left out."""
        while pool:
            match = next(((place, turn) for place, turn in pool if turn.ask == self.state), None)
            if match is not None:
                pool.remove(match)
                self.exchange(*match)
            elif not self.go_on({turn.ask for _, turn in pool}):
                return

    def exchange(self, place: int, turn: Exchange) -> None:
        """Take one turn as it is, or with what it needs to be understood; else it is left out."""
        if self.take(turn) and not self.is_half(place, turn):
            self.done.append(Mended(turn, place))
            return
        self.take_back()
        for way in _ways(self.playing.conversation, turn):
            if self.take(way) and not self.is_half(place, way):
                self.done.append(Mended(way, place, UNCLEAR if way.unclear and not turn.unclear else CHANGED))
                return
            self.take_back()

    def is_half(self, place: int, turn: Exchange) -> bool:
        """True when a list that was gone through to its end now has lines left."""
        if turn.how != "lines" or turn.left or self.state != turn.ask or self.playing.conversation.asked is None:
            return False
        following = self.transcript.turns[place + 1 : place + 2]
        is_left = any(not isinstance(next_, Exchange) or next_.ask == turn.ask for next_ in following)
        return not is_left and bool(following or self.transcript.expect.ended != turn.ask)

    def other(self, place: int, turn: Turn) -> None:
        """Take a turn that is not an exchange; one that cannot be taken is left out."""
        if isinstance(turn, str) and turn in _NEEDS and self.state != _NEEDS[turn] and not self.go_on({_NEEDS[turn]}):
            return
        if self.take(turn):
            self.done.append(Mended(turn, place))
            return
        changed = self.playing.conversation.change(turn.change) if isinstance(turn, ChangeTurn) else None
        if changed is None or not isinstance(turn, ChangeTurn):
            return
        said = {turn.how: getattr(turn, turn.how)} if turn.how else {}
        for way in _ways(changed, Exchange.model_validate({"ask": turn.change, **said})) if turn.how else ():
            new = ChangeTurn.model_validate({"change": turn.change, str(way.how): getattr(way, str(way.how))})
            if self.take(new):
                self.done.append(Mended(new, place, CHANGED))
                return

    def go_on(self, wanted: Iterable[str]) -> bool:
        """Answer new questions until one of some states is come to; nothing is done when none of them is."""
        conversation, asked, done = self.playing.conversation, list(self.playing.asked), list(self.done)
        for _ in range(self.most):
            if self.state in wanted:
                return True
            new = proposed(self.playing.conversation)
            if new is None or not self.take(new):
                break
            self.done.append(Mended(new, None, NEW))
        self.playing.conversation, self.playing.asked, self.done = conversation, asked, done
        return False

    def take(self, turn: Turn) -> bool:
        """Play one turn, if it can be played."""
        self.before = self.playing.conversation, list(self.playing.asked)
        try:
            self.playing.take(turn)
        except TriageError:
            self.take_back()
            return False
        return True

    def take_back(self) -> None:
        """Stand where the last turn was tried."""
        self.playing.conversation, self.playing.asked = self.before[0], list(self.before[1])


def _ways(conversation: Conversation, turn: Exchange) -> Iterator[Exchange]:
    """The ways in which what was said may still be understood: without what is no longer offered."""
    asked = conversation.asked
    if asked is None:
        return
    offered = [*(choice.id for choice in asked.choices), *(name for name, _ in asked.always)]
    if turn.how == "lines":
        lines = {line: reply for line, reply in turn.lines.items() if line in offered}
        yield _turn(conversation, {"lines": lines})
        yield _turn(conversation, {"lines": {**lines, **{c.id: "no" for c in asked.choices if c.id not in lines}}})
    elif turn.how == "pick":
        names = [name for name in turn.pick if name in offered]
        parsed = parse_picked(conversation, asked, frozenset(names))
        if isinstance(parsed, ParsedAnswer):
            yield _turn(conversation, {"pick": names}, parsed.answer.said)
    else:
        flags = {"unclear": True} if isinstance(parse_typed(conversation, asked, turn.say), NotUnderstood) else {}
        yield _turn(conversation, {"say": turn.say, **flags}, turn.say)


def _turn(conversation: Conversation, said: dict[str, object], words: str = "") -> Exchange:
    raised = conversation.would_raise(words)[:1] if words else ()
    flags: dict[str, object] = {"again": True} if conversation.interview.again else {}
    flags |= {"raises": raised[0]} if raised else {}
    return Exchange.model_validate({"ask": conversation.state, **said, **flags})


def proposed(conversation: Conversation) -> Exchange | None:
    """The least worrying answer to the question at hand; None when nothing is asked."""
    asked = conversation.asked
    if asked is None:
        return None
    if asked.question.kind == "lines":
        return _turn(conversation, {"lines": {choice.id: "no" for choice in asked.choices}})
    ways = [(way, parsed) for way, parsed in _answers(conversation, asked) if isinstance(parsed, ParsedAnswer)]
    if not ways:
        return None
    way, parsed = min(ways, key=lambda each: _worry(conversation.answer(each[1]), asked, each[1]))
    return _turn(conversation, way, parsed.answer.said)


def _answers(
    conversation: Conversation, asked: Prompt
) -> Iterator[tuple[dict[str, object], ParsedAnswer | NotUnderstood]]:
    """Answers to choose from, those more likely meant first."""
    if asked.is_list:
        yield {"pick": ["*none"]}, parse_picked(conversation, asked, frozenset({"*none"}))
        return
    if asked.is_figure and asked.fact is not None:
        fact = asked.fact
        calm = fact.low if fact.worse == "rising" else fact.high if fact.worse == "falling" else None
        middle = [(fact.low + fact.high) // 2, fact.low] if calm is None else [calm]
        figures = [*([fact.rises_from] if fact.rises_from is not None else []), *middle]
        unit = f" {fact.unit}" if fact.unit in ("days", "weeks") else ""
        for figure in figures:
            yield {"say": f"{figure:g}{unit}"}, parse_typed(conversation, asked, f"{figure:g}{unit}")
    for name in (*(choice.id for choice in asked.choices), *(name for name, _ in asked.always)):
        yield {"pick": [name]}, parse_picked(conversation, asked, frozenset({name}))


def _worry(after: Conversation, asked: Prompt, parsed: ParsedAnswer) -> tuple[bool, int, int, bool, int]:
    """Ranks how worrying an answer is, by what it leads to and by its place among the values."""
    reach, fact = after.interview.rule_state.range(), asked.fact
    given = parsed.answer.values.get(asked.question.id)
    ranked = fact is not None and fact.kind == "one" and fact.worse != "free" and given in fact.values
    rank = fact.rank(str(given)) if fact is not None and ranked else 0
    return after.state in ("emergency", "out_of_scope"), reach.level[0], reach.imaging[0], after.raised, rank
