"""A conversation as the transcript that replays it, worked out from the steps that led to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from chatbot.case import Answer
from chatbot.errors import EngineError
from chatbot.interview import steps
from chatbot.interview.conversation import Conversation, Past, heard
from chatbot.interview.past import steps_back
from chatbot.interview.prompt import ALWAYS, Prompt
from chatbot.interview.reading.line_labels import line_number
from chatbot.interview.reading.parse_answer import Heard, marks
from chatbot.interview.reading.sanitise import clean
from chatbot.interview.replies import Said
from chatbot.interview.transcript import Changed, Exchange, Expect, Transcript, Turn, turn_of
from chatbot.recommendation.rulebook import IMAGING, LEVELS


def transcript_of(at: Conversation, pack: str) -> Transcript | None:
    """The transcript of a conversation so far, which expects what came of it; None when nothing was done yet."""
    return Recording(pack).transcript(at)


@dataclass(slots=True)
class Recording:
    """Makes transcripts of one conversation as it goes on; a step is worked out once, not again with each later one."""

    pack: str
    _turns: dict[Past, tuple[Turn, ...]] = field(default_factory=dict, repr=False)

    def transcript(self, at: Conversation) -> Transcript | None:
        """The transcript of where the conversation stands; None when nothing was done yet."""
        taken = reversed(list(steps_back(at)))
        self._turns = {step: self._turns[step] if step in self._turns else _turns(step, after) for step, after in taken}
        turns = _joined((*(turn for found in self._turns.values() for turn in found), *_left_open(at)))
        if not turns:
            return None
        case = at.interview.case
        return Transcript(
            pack=self.pack,
            who=case.mode,
            country=case.country,
            language=at.words.language,
            clock=at.today,
            turns=turns,
            expect=expected(at),
        )


def expected(at: Conversation) -> Expect:
    """What came of a conversation; answers that wait to be checked count as checked."""
    interview = at.confirm().interview if at.state == "check_answers" else at.interview
    found = interview.recommendation
    return Expect(
        level=LEVELS[found.level],
        imaging=IMAGING[found.imaging],
        decided_by=tuple(rule.id for rule in found.decided_by),
        ended=interview.state,
        not_sure=tuple(found.not_sure),
    )


def _turns(past: Past, after: Conversation) -> tuple[Turn, ...]:
    """What one step adds to a transcript."""
    before, step = past.before, past.step
    match step:
        case steps.Replied(line=line) if after.state != before.state:
            return _broken_off(before, (line,), after)
        case steps.RepliedTogether(replies=replies) if after.state != before.state:
            return _broken_off(before, tuple(replies), after)
        case steps.Replied() | steps.RepliedTogether() | steps.TookReplyBack() | steps.TookRepliesUp():
            return ()  # together they are one turn, the replies that stand there when the list is left
        case steps.WentThrough():
            return (_listed(before, before.said),)
        case steps.Answered():
            return (*_left_open(before), *_answered(before, heard(step)))
        case _ if _is_same(before, after):
            return _left_open(before)
        case steps.Raised(words=words):
            return (*_left_open(before), _aside(before, words))
        case steps.Jumped(question=question) if question in before.interview.case.by_question:
            return (*_left_open(before), turn_of(steps.Changed(question=question)))
        case _:
            return (*_left_open(before), turn_of(step))


def _is_same(before: Conversation, after: Conversation) -> bool:
    """Whether a step led nowhere."""
    return (
        before.state == after.state
        and before.partial == after.partial
        and before.cut == after.cut
        and (before.interview is after.interview or before.interview.case == after.interview.case)
    )


def _within(at: Conversation) -> list[Past]:
    """The steps within the list at hand, the last first, since it was come to."""
    found: list[Past] = []
    while at.past is not None and isinstance(at.past.step, steps.WithinList) and at.past.before.state == at.state:
        found.append(at.past)
        at = at.past.before
    return found


def _left_open(at: Conversation) -> tuple[Turn, ...]:
    """The replies to a list that is left before it was gone through; giving up counts them as they stand."""
    within = _within(at)
    if not within or list(_replies(within[-1].before.said).items()) == list(_replies(at.said).items()):
        return ()
    return (_listed(at, at.said, left=_is_full(at)),)


def _is_full(at: Conversation) -> bool:
    return at.asked is not None and len(at.said) == len(at.asked.choices)


def _broken_off(before: Conversation, lines: tuple[str, ...], after: Conversation) -> tuple[Turn, ...]:
    """The replies up to those that are an emergency; what stood there when one was said once more comes first."""
    said, at_once = after.cut.get(before.state, {}), lines if len(lines) > 1 else ()
    if not before.said.keys() & set(lines):
        return (_listed(before, said, at_once=at_once),)
    first = _left_open(before)
    is_full = _replies(before.said) == _replies(said) and _is_full(before)
    return (*first, _listed(before, said, left=is_full, kept=not first, at_once=at_once))


def _replies(said: Said) -> dict[str, str]:
    return {line: reply for line, (reply, _) in said.items()}


def _listed(
    at: Conversation, said: Said, left: bool = False, kept: bool = True, at_once: tuple[str, ...] = ()
) -> Exchange:
    """A list as it stands, from the replies it had before it was taken back if those were taken up again."""
    taken_up = kept and any(isinstance(past.step, steps.TookRepliesUp) for past in _within(at))
    told = {"kept": taken_up, "left": left, "at_once": at_once}
    flags = {name: value for name, value in told.items() if value}
    return _exchange(at, {"lines": _replies(said), **flags})


def _exchange(at: Conversation, said: Mapping[str, object]) -> Exchange:
    again = {"again": True} if at.interview.again else {}
    return Exchange.model_validate({"ask": at.state, **said, **again})


def _sayable(typed: str) -> str:
    """Typed words as a file can hold them."""
    return "".join(character for character in clean(typed) if character.isprintable())


def _aside(at: Conversation, typed: str) -> Exchange:
    """Words that answered nothing, but put a question."""
    said = _sayable(typed)
    unclear = {"unclear": True} if at.asked is not None else {}
    return _exchange(at, {"say": said, "raises": next(iter(at.would_raise(said)), None), **unclear})


def _answered(at: Conversation, found: Heard) -> tuple[Turn, ...]:
    """The answer as it was typed or chosen; words that would not be read so again give way to what they meant."""
    asked = at.asked
    if asked is None:
        return ()
    for how, again in _ways(at, asked, found):
        if again is None or not _is_same_answer(again.answer, found.answer):
            continue
        raised = next(iter(at.would_raise(again.spoken)), None)
        turn = _exchange(at, {**how, "raises": raised} if raised else how)
        then, said = at.answer(again), _sayable(found.spoken)
        # What was typed beside lines chosen by hand may have put a question of its own.
        is_missing = at.answer(found).raised and not then.raised and then.raising(said) is not None
        return (turn, _aside(then, said)) if is_missing else (turn,)
    raise EngineError(f"no turn gives the answer to '{at.state}' again")


def _ways(at: Conversation, asked: Prompt, found: Heard) -> Iterator[tuple[Mapping[str, object], Heard | None]]:
    """The ways to give an answer again, the nearest to what the person did first."""
    said = _sayable(found.answer.said)
    typed = at.read(asked, said)
    say = {"say": said}, typed if isinstance(typed, Heard) else None
    if asked.question.kind == "lines":
        put = [choice.id for choice in asked.choices if choice.id in found.answer.lines]
        yield say
        yield {"lines": {line: found.answer.lines[line] for line in put}}, Heard(found.answer)
        return
    marked = marks(asked, found.answer)
    order = (*(choice.id for choice in asked.choices), *ALWAYS)
    chosen = at.pick(asked, marked)
    pick = {"pick": [line for line in order if line in marked]}, chosen if isinstance(chosen, Heard) else None
    # The number of a line means another one as soon as the lines change.
    is_place = not asked.is_figure and line_number(said, at.language) is not None
    is_by_hand = pick[1] is not None and (pick[1].answer.said == found.answer.said or is_place)
    if is_by_hand and pick[1] is not None and at.would_raise(pick[1].spoken) == at.would_raise(_sayable(found.spoken)):
        yield pick
    yield say
    yield pick


def _is_same_answer(one: Answer, other: Answer) -> bool:
    return (one.values, one.lines, one.put) == (other.values, other.lines, other.put)


def _joined(turns: Iterable[Turn]) -> tuple[Turn, ...]:
    """The turns with an answer taken back and what was said instead as one."""
    found: list[Turn] = []
    for turn in turns:
        last = found[-1] if found else None
        if isinstance(last, Changed) and last.how is None and isinstance(turn, Exchange) and _is_plain(turn, last):
            found[-1] = Changed.model_validate({"change": last.change, turn.how: getattr(turn, turn.how or "say")})
        else:
            found.append(turn)
    return tuple(found)


def _is_plain(turn: Exchange, changed: Changed) -> bool:
    return turn.ask == changed.change and turn.model_fields_set == {"ask", turn.how}
