"""Steps of a conversation as events, and events as the conversation they led to: the case is their fold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import cast

from chatbot.case import Answer, Reply
from chatbot.errors import DamagedError, TriageError
from chatbot.interview.conversation import Conversation, Past, begin, called
from chatbot.interview.hear import Heard
from chatbot.packs.pack import Pack
from chatbot.storage.events import (
    Answered,
    Called,
    Changed,
    Did,
    Event,
    Jumped,
    Raised,
    Replied,
    Resumed,
    Started,
    Step,
    Stepped,
)

# The steps that need no more than their name: as the conversation calls them, and as they are kept.
_NAMES = {
    "unreply": "took_reply_back", "as_before": "took_replies_up", "gone_through": "went_through", "back": "went_back",
    "stop": "stopped", "confirm": "confirmed", "skip_rest": "skipped_rest", "continue_note": "continued",
    "take_up": "taken_up",
}  # fmt: skip
_METHODS: Mapping[str, str] = {kept: method for method, kept in _NAMES.items()}


def steps_since(at: Conversation, last: Conversation) -> list[tuple[Past, Conversation]] | None:
    """The steps from one conversation to a later one, each with where it led; None when it is no later one."""
    found: list[tuple[Past, Conversation]] = []
    while at is not last:
        if at.past is None:
            return None
        found.append((at.past, at))
        at = at.past.before
    return found[::-1]


def did_of(past: Past, after: Conversation) -> Step:
    """One step as what is kept of it."""
    then = after.state
    if isinstance(past.first, Heard):
        heard = past.first
        return Answered(answer=heard.answer, echo=heard.echo, typed=heard.typed, then=then)
    if past.step in _NAMES:
        return Stepped.model_validate({"kind": _NAMES[past.step], "then": then})
    given = [str(each) for each in past.given]
    if past.step == "reply":
        line, reply, words, *_ = (*given, "")
        return Replied(line=line, reply=cast("Reply", reply), words=words, then=then)
    if past.step == "raising":
        words, at_hand, *_ = (*given, "")
        return Raised(words=words, at_hand=at_hand, then=then)
    kind = Jumped if past.step == "jump" else Changed
    return kind(question=given[0], then=then)


def take(at: Conversation, did: Did) -> Conversation:
    """The conversation after what was done; the same where it was not done to the conversation."""
    if isinstance(did, Resumed):
        return replace(at, today=did.today)
    if isinstance(did, Called):
        return called(at, did.today)
    if isinstance(did, Answered):
        return at.answer(Heard(did.answer, did.echo, did.typed))
    if isinstance(did, Replied):
        return at.reply(did.line, did.reply, did.words)
    if isinstance(did, Raised):
        return at.raising(did.words, did.at_hand) or at
    if isinstance(did, Changed):
        return at.change(did.question) or at
    if isinstance(did, Jumped):
        return at.jump(did.question)
    if isinstance(did, Stepped):
        return cast("Conversation", getattr(at, _METHODS[did.kind])())
    return at


def started(events: Iterable[Event]) -> Started:
    """How a case began; DamagedError where that is not its first event."""
    first = next(iter(events), None)
    if first is None or not isinstance(first.did, Started):
        raise DamagedError("the record does not begin with its start")
    return first.did


def begun(pack: Pack, how: Started, old: Mapping[str, tuple[str, Answer]] | None = None) -> Conversation:
    """The conversation at its beginning; answers carried over stand beside their questions until they are confirmed."""
    at = begin(pack.plan, pack.wording(how.language), how.mode, how.country, how.today)
    if not old:
        return at
    facts, questions = pack.rulebook.facts, pack.dialog.questions
    before: dict[str, str] = {}
    kept: dict[str, Answer] = {}
    for name, (words, answer) in old.items():
        if name in questions and set(answer.values) <= set(facts) and _is_readable(pack, answer):
            before[name], kept[name] = words, answer
    return replace(at, before=before, kept=kept)


def _is_readable(pack: Pack, answer: Answer) -> bool:
    """Whether the answer still means something in this pack."""
    question = pack.dialog.questions[answer.question]
    try:
        for name, value in answer.values.items():
            pack.rulebook.facts[name].read(value)
    except TriageError:
        return False
    return question.kind != "lines" or set(answer.lines) <= {item.id for item in question.items}


def fold(at: Conversation, events: Iterable[Event]) -> Conversation:
    """The conversation after all of the events; DamagedError where one leads elsewhere than when it was kept."""
    for place, event in _steps(events):
        try:
            at = take(at, event)
        except (TriageError, LookupError, ValueError) as error:
            raise DamagedError(f"event {place} cannot be done again with this program") from error
        if at.state != event.then:
            raise DamagedError(
                f"event {place} leads to '{at.state}' with this program; when it was kept it led to '{event.then}'"
            )
    return at


def _steps(events: Iterable[Event]) -> Iterator[tuple[int, Step | Called]]:
    for event in events:
        if isinstance(event.did, Step | Called) and not isinstance(event.did, Started):
            yield event.seq, event.did
