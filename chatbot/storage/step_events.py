"""Events as the conversation they led to: the case is their fold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from chatbot.case import Answer
from chatbot.errors import DamagedError, TriageError
from chatbot.interview.conversation import Conversation, begin, called
from chatbot.packs.pack import Pack
from chatbot.storage.events import Called, Event, EventBody, Resumed, Started, Stepped
from chatbot.storage.previous_answers import Given


def take(conversation: Conversation, did: EventBody) -> Conversation:
    """The conversation after what was done; the same where it was not done to the conversation."""
    match did:
        case Stepped(step=step):
            return conversation.take(step)
        case Resumed(today=today):
            return replace(conversation, today=today)
        case Called(today=today):
            return called(conversation, today)
        case _:
            return conversation


def started(events: Iterable[Event]) -> Started:
    """Reads how a case began; DamagedError where that is not its first event."""
    first = next(iter(events), None)
    if first is None or not isinstance(first.did, Started):
        raise DamagedError("the record does not begin with its start")
    return first.did


def begun(pack: Pack, how: Started, old: Given | None = None) -> Conversation:
    """The conversation at its beginning; answers carried over stand beside their questions until they are confirmed."""
    conversation = begin(pack.plan, pack.wording(how.language), how.mode, how.country, how.today, how.whom)
    if not old:
        return conversation
    facts, questions = pack.rulebook.facts, pack.dialog.questions
    before: dict[str, str] = {}
    kept: dict[str, Answer] = {}
    for name, (words, answer) in old.items():
        if name in questions and set(answer.values) <= set(facts) and _is_readable(pack, answer):
            before[name], kept[name] = words, answer
    return replace(conversation, previous_words=before, previous_answers=kept)


def _is_readable(pack: Pack, answer: Answer) -> bool:
    """True when the answer still means something in this pack."""
    question = pack.dialog.questions[answer.question]
    try:
        for name, value in answer.values.items():
            pack.rulebook.facts[name].read(value)
    except TriageError:
        return False
    return question.kind != "lines" or set(answer.lines) <= {item.id for item in question.items}


def fold(conversation: Conversation, events: Iterable[Event]) -> Conversation:
    """The conversation after all of the events; DamagedError where one leads elsewhere than when it was kept."""
    for event in events:
        did = event.did
        if not isinstance(did, Stepped | Resumed | Called):
            continue
        try:
            conversation = take(conversation, did)
        except (TriageError, LookupError, ValueError) as error:
            raise DamagedError(f"event {event.seq} cannot be done again with this program") from error
        if conversation.state != did.then:
            raise DamagedError(
                f"event {event.seq} leads to '{conversation.state}' with this program; "
                f"when it was kept it led to '{did.then}'"
            )
    return conversation
