"""A step is kept as it was in the first version, and what is kept is the same step, which leads to the same place."""

import json
from collections import defaultdict
from datetime import UTC, datetime
from typing import get_args

import pytest

from chatbot.errors import DamagedError
from chatbot.interview.conversation import Conversation, Past
from chatbot.interview.past import steps_back
from chatbot.interview.steps import Named, Said, Step
from chatbot.interview.transcript import Word, step_of, turn_of
from chatbot.packs.pack import Pack
from chatbot.storage.events import By, Event, Stepped, body_of, read_event
from chatbot.storage.previous_answers import answers_of
from tests.support.driving import walked
from tests.support.someone import Someone
from tests.support.step_bodies import STEP_BODIES

EVERY_KIND = set(get_args(Step))
OF_EACH = 12  # so many are taken again of each kind


def kept(step: Step, then: str) -> Stepped:
    """The step as it comes back from the bytes that it is kept as."""
    at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    event = Event(case="c", seq=1, at=at, by=By(who="patient"), pack="p", did=Stepped(step=step, then=then))
    found = read_event(body_of(event))
    assert found == event
    assert isinstance(found.did, Stepped)
    return found.did


def place(at: Conversation) -> tuple[object, ...]:
    """All that a conversation is, but for the way to it."""
    said = (
        at.open_lists,
        at.interrupted_lists,
        at.undoable,
        at.previous_words,
        at.previous_answers,
        at.raised,
        at.pressing,
        at.today,
    )
    return at.state, at.interview.case, at.interview.rule_state.values, said


@pytest.fixture(scope="module")
def taken(pack: Pack) -> dict[type, list[tuple[Past, Conversation]]]:
    """Steps that people took by chance, by their kind."""
    found = defaultdict[type, list[tuple[Past, Conversation]]](list)
    for seed in range(40):
        someone = Someone(pack, seed)
        for _ in range(60):
            someone.at = someone.step() or someone.at
        for past, after in steps_back(someone.at):
            found[type(past.step)].append((past, after))
    return found


def test_every_kind_of_step_is_tried(taken: dict[type, object]) -> None:
    assert set(taken) == EVERY_KIND
    assert {type(did.step) for body in STEP_BODIES if isinstance(did := read_event(body).did, Stepped)} == EVERY_KIND


@pytest.mark.parametrize("kind", sorted(EVERY_KIND, key=lambda kind: kind.__name__))
def test_a_step_that_was_kept_leads_to_the_same_place(
    kind: type, taken: dict[type, list[tuple[Past, Conversation]]]
) -> None:
    for past, after in taken[kind][:OF_EACH]:
        did = kept(past.step, after.state)
        assert did.step == past.step
        again = past.before.take(did.step)
        assert place(again) == place(after)
        assert again.past is not None
        assert (again.past.before, again.past.step) == (past.before, past.step)


@pytest.mark.parametrize("body", STEP_BODIES, ids=lambda body: json.loads(body)["did"]["kind"])
def test_what_the_first_version_kept_is_read_and_written_to_the_same_bytes(body: bytes) -> None:
    event = read_event(body)
    assert isinstance(event.did, Stepped)
    assert event.did.kind == event.did.step.kind == json.loads(body)["did"]["kind"]
    assert body_of(event) == body


@pytest.mark.parametrize(
    "change",
    [{"then": None}, {"kind": "went_sideways"}, {"kind": ["stopped"]}, {"kind": None}, {"more": 1}, {"step": {}}],
    ids=str,
)
def test_a_step_with_something_missing_wrong_or_unknown_is_damage(change: dict[str, object]) -> None:
    for body in STEP_BODIES:
        event = json.loads(body)
        event["did"] = {name: value for name, value in {**event["did"], **change}.items() if value is not None}
        with pytest.raises(DamagedError):
            read_event(json.dumps(event).encode())


def test_a_step_that_leads_nowhere_is_no_step(pack: Pack) -> None:
    at = Someone(pack, 1).at
    nowhere = [at.restore_replies(), at.undo_reply(), at.back(), at.resume(), at.change("nonesuch"), at.raising("")]
    assert [after for after in nowhere if after not in (at, None)] == []


def test_a_transcript_has_a_turn_for_every_step_that_names_itself_and_no_other_words() -> None:
    given = {"question": "trend"}
    named = [kind.model_validate(given if "question" in kind.model_fields else {}) for kind in get_args(Named)]
    assert [step_of(turn_of(step)) for step in named] == named
    assert {turn_of(kind()) for kind in get_args(Said)} == set(get_args(Word))


def test_replies_given_together_are_carried_over_with_their_words() -> None:
    here = next(body for body in STEP_BODIES if b'"went_back"' in body)  # which stands at the list
    together = next(body for body in STEP_BODIES if b'"replied_together"' in body)
    words, answer = answers_of([read_event(here), read_event(together)])["right_now"]
    assert answer.lines == {"chest": "no", "stroke": "yes"}
    assert "1 no, 3" in words


def test_lines_replied_to_at_once_stand_in_the_order_of_the_list_after_the_record_is_read_too(pack: Pack) -> None:
    """The bytes have them by their names; the last of them is the one that is taken back first."""
    lists = [at for at in walked(pack, "nurse") if at.asked is not None and at.asked.is_list]
    assert len(lists) > 3
    seen = 0
    for at in lists:
        assert at.asked is not None
        order = [choice.id for choice in at.asked.choices]
        after = at.reply_together(dict.fromkeys(order, "no"), "none of them")
        assert after.past is not None
        again = at.take(kept(after.past.step, after.state).step)
        assert list(again.current_replies) == list(after.current_replies) == order
        seen += order != sorted(order)
    assert seen
