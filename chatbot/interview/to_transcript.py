"""A conversation as the transcript that replays it, worked out from the steps that led to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from chatbot.case import Answer
from chatbot.errors import EngineError
from chatbot.interview import steps
from chatbot.interview.conversation import Conversation, Past, heard
from chatbot.interview.parse_given import parse_picked, parse_typed
from chatbot.interview.past import steps_back
from chatbot.interview.prompt import ALWAYS, Prompt
from chatbot.interview.reading.line_labels import line_number
from chatbot.interview.reading.parse_answer import ParsedAnswer, marks
from chatbot.interview.reading.sanitise import clean
from chatbot.interview.replies import Said, replies_of
from chatbot.interview.transcript import ChangeTurn, Exchange, Expect, Transcript, Turn, turn_of
from chatbot.recommendation.rulebook import IMAGING, LEVELS


def transcript_of(conversation: Conversation, pack: str) -> Transcript | None:
    """The transcript of a conversation so far, which expects what came of it; None when nothing was done yet."""
    return Recording(pack).transcript(conversation)


@dataclass(slots=True)
class Recording:
    """Makes transcripts of one conversation as it goes on; a step is worked out once, not again with each later one."""

    pack: str
    _turns: dict[Past, tuple[Turn, ...]] = field(default_factory=dict, repr=False)

    def transcript(self, conversation: Conversation) -> Transcript | None:
        """The transcript of where the conversation stands; None when nothing was done yet."""
        taken = reversed(list(steps_back(conversation)))
        self._turns = {step: self._turns[step] if step in self._turns else _turns(step, after) for step, after in taken}
        turns = _joined((*(turn for turned in self._turns.values() for turn in turned), *_left_open(conversation)))
        if not turns:
            return None
        case = conversation.interview.case
        return Transcript(
            pack=self.pack,
            who=case.mode,
            whom=case.whom,
            country=case.country,
            language=conversation.words.language,
            clock=conversation.today,
            turns=turns,
            expect=expected(conversation),
        )


def expected(conversation: Conversation) -> Expect:
    """The expectation that a conversation meets; answers that wait to be checked count as checked."""
    interview = conversation.confirm().interview if conversation.state == "check_answers" else conversation.interview
    result = interview.recommendation
    return Expect(
        level=LEVELS[result.level],
        imaging=IMAGING[result.imaging],
        decided_by=tuple(rule.id for rule in result.decided_by),
        ended=interview.state,
        not_sure=tuple(result.not_sure),
    )


def _turns(past: Past, after: Conversation) -> tuple[Turn, ...]:
    """The turns that one step adds to a transcript."""
    before, step = past.before, past.step
    match step:
        case steps.Replied(line=line) if after.state != before.state:
            return _broken_off(before, (line,), after)
        case steps.RepliedTogether(replies=replies) if after.state != before.state:
            return _broken_off(before, tuple(replies), after)
        case steps.UndidReply() if after.state != before.state:
            return (turn_of(steps.WentBack()),)
        case (
            steps.Replied()
            | steps.RepliedTogether()
            | steps.TookReplyBack()
            | steps.UndidReply()
            | steps.TookRepliesUp()
        ):
            return ()  # together they are one turn, the replies that stand there when the list is left
        case steps.WentThrough():
            return (_listed(before, before.current_replies),)
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
    """True when a step led nowhere."""
    return (
        before.state == after.state
        and before.open_lists == after.open_lists
        and before.interrupted_lists == after.interrupted_lists
        and (before.interview is after.interview or before.interview.case == after.interview.case)
    )


def _within(conversation: Conversation) -> list[Past]:
    """The steps within the list at hand, the last first, since it was come to."""
    within: list[Past] = []
    while (
        conversation.past is not None
        and isinstance(conversation.past.step, steps.WithinList)
        and conversation.past.before.state == conversation.state
    ):
        within.append(conversation.past)
        conversation = conversation.past.before
    return within


def _left_open(conversation: Conversation) -> tuple[Turn, ...]:
    """The replies to a list that is left before it was gone through; giving up counts them as they stand."""
    within = _within(conversation)
    if not within or list(replies_of(within[-1].before.current_replies).items()) == list(
        replies_of(conversation.current_replies).items()
    ):
        return ()
    return (_listed(conversation, conversation.current_replies, left=_is_full(conversation)),)


def _is_full(conversation: Conversation) -> bool:
    return conversation.asked is not None and len(conversation.current_replies) == len(conversation.asked.choices)


def _broken_off(before: Conversation, lines: tuple[str, ...], after: Conversation) -> tuple[Turn, ...]:
    """The replies up to those that are an emergency; what stood there when one was said once more comes first."""
    said, at_once = after.interrupted_lists.get(before.state, {}), lines if len(lines) > 1 else ()
    if not before.current_replies.keys() & set(lines):
        return (_listed(before, said, at_once=at_once),)
    first = _left_open(before)
    is_full = replies_of(before.current_replies) == replies_of(said) and _is_full(before)
    return (*first, _listed(before, said, left=is_full, kept=not first, at_once=at_once))


def _listed(
    conversation: Conversation, said: Said, left: bool = False, kept: bool = True, at_once: tuple[str, ...] = ()
) -> Exchange:
    """A list as it stands, from the replies it had before it was taken back if those were taken up again."""
    taken_up = kept and any(isinstance(past.step, steps.TookRepliesUp) for past in _within(conversation))
    told = {"kept": taken_up, "left": left, "at_once": at_once}
    flags = {name: value for name, value in told.items() if value}
    return _exchange(conversation, {"lines": replies_of(said), **flags})


def _exchange(conversation: Conversation, said: Mapping[str, object]) -> Exchange:
    again = {"again": True} if conversation.interview.again else {}
    return Exchange.model_validate({"ask": conversation.state, **said, **again})


def _sayable(typed: str) -> str:
    """Typed words as a file can hold them."""
    return "".join(character for character in clean(typed) if character.isprintable())


def _aside(conversation: Conversation, typed: str) -> Exchange:
    """Words that answered nothing, but put a question."""
    said = _sayable(typed)
    unclear = {"unclear": True} if conversation.asked is not None else {}
    return _exchange(conversation, {"say": said, "raises": next(iter(conversation.would_raise(said)), None), **unclear})


def _answered(conversation: Conversation, parsed: ParsedAnswer) -> tuple[Turn, ...]:
    """The answer as it was typed or chosen; words that would not be read so again give way to what they meant."""
    asked = conversation.asked
    if asked is None:
        return ()
    for how, again in _ways(conversation, asked, parsed):
        if again is None or not _is_same_answer(again.answer, parsed.answer):
            continue
        raised = next(iter(conversation.would_raise(again.spoken)), None)
        turn = _exchange(conversation, {**how, "raises": raised} if raised else how)
        then, said = conversation.answer(again), _sayable(parsed.spoken)
        # What was typed beside lines chosen by hand may have put a question of its own.
        is_missing = conversation.answer(parsed).raised and not then.raised and then.raising(said) is not None
        return (turn, _aside(then, said)) if is_missing else (turn,)
    raise EngineError(f"no turn gives the answer to '{conversation.state}' again")


def _ways(
    conversation: Conversation, asked: Prompt, parsed: ParsedAnswer
) -> Iterator[tuple[Mapping[str, object], ParsedAnswer | None]]:
    """The ways to give an answer again, the nearest to what the person did first."""
    said = _sayable(parsed.answer.said)
    typed = parse_typed(conversation, asked, said)
    say = {"say": said}, typed if isinstance(typed, ParsedAnswer) else None
    if asked.question.kind == "lines":
        put = [choice.id for choice in asked.choices if choice.id in parsed.answer.lines]
        yield say
        yield {"lines": {line: parsed.answer.lines[line] for line in put}}, ParsedAnswer(parsed.answer)
        return
    marked = marks(asked, parsed.answer)
    order = (*(choice.id for choice in asked.choices), *ALWAYS)
    chosen = parse_picked(conversation, asked, marked)
    pick = {"pick": [line for line in order if line in marked]}, chosen if isinstance(chosen, ParsedAnswer) else None
    # The number of a line means another one as soon as the lines change.
    is_place = not asked.is_figure and line_number(said, conversation.language) is not None
    is_by_hand = pick[1] is not None and (pick[1].answer.said == parsed.answer.said or is_place)
    if (
        is_by_hand
        and pick[1] is not None
        and conversation.would_raise(pick[1].spoken) == conversation.would_raise(_sayable(parsed.spoken))
    ):
        yield pick
    yield say
    yield pick


def _is_same_answer(one: Answer, other: Answer) -> bool:
    return (one.values, one.lines, one.put) == (other.values, other.lines, other.put)


def _joined(turns: Iterable[Turn]) -> tuple[Turn, ...]:
    """The turns with an answer taken back and what was said instead as one."""
    joined: list[Turn] = []
    for turn in turns:
        last = joined[-1] if joined else None
        if isinstance(last, ChangeTurn) and last.how is None and isinstance(turn, Exchange) and _is_plain(turn, last):
            joined[-1] = ChangeTurn.model_validate({"change": last.change, turn.how: getattr(turn, turn.how or "say")})
        else:
            joined.append(turn)
    return tuple(joined)


def _is_plain(turn: Exchange, changed: ChangeTurn) -> bool:
    return turn.ask == changed.change and turn.model_fields_set == {"ask", turn.how}
