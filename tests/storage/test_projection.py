"""What lists show of a case follows from its events, one after another."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from chatbot.case import Answer, Mode
from chatbot.interview.steps import Answered, Stopped, WentBack
from chatbot.recommendation.rulebook import LEVELS
from chatbot.storage.chain import grown, start
from chatbot.storage.events import (
    By,
    CallBackPlanned,
    Called,
    Claimed,
    Closed,
    Event,
    EventBody,
    Graded,
    Issued,
    Looked,
    Note,
    Opened,
    Released,
    Resumed,
    Signed,
    Stepped,
    Ticked,
    body_of,
)
from chatbot.storage.projection import LEASE, after, projected, stamp
from chatbot.storage.row import Row
from chatbot.storage.store import CaseStore
from chatbot.storage.worklist_query import Section, is_held, urgency_of
from tests.support.course import (
    BEGAN,
    EMERGENCY,
    LATER,
    PRIMARY,
    SAME_DAY,
    SELF_CARE,
    URGENT,
    Course,
    began,
    chose,
    issued,
    told,
)


def test_a_beginning_says_what_the_case_is() -> None:
    course = Course()
    row = course.did(began(reference="bed 4", code="s1"))
    expected = Row(
        "c1",
        "low_back_pain",
        "0.1",
        "d1",
        "patient",
        "gb",
        "en",
        "bed 4",
        "s1",
        stamp(BEGAN),
        stamp(BEGAN),
        "right_now",
    )
    assert row == replace(expected, shown=stamp(BEGAN), urgency=urgency_of(None))
    assert course.section() is None


def test_a_call_that_a_nurse_begins_is_theirs_for_as_long_as_a_lease() -> None:
    course = Course()
    row = course.did(began("nurse"), "ann")
    assert (row.owner, row.until, row.taken, row.called) == ("ann", stamp(BEGAN + LEASE), stamp(BEGAN), stamp(BEGAN))
    assert course.section() == "mine"
    assert is_held(row, stamp(BEGAN + LEASE - timedelta(milliseconds=1)))
    assert not is_held(row, stamp(BEGAN + LEASE))
    course.now = BEGAN + LEASE
    assert course.section() == "waiting"


def test_a_level_shown_puts_a_case_on_the_list() -> None:
    course = told(URGENT)
    assert (course.row.level, course.row.stands, course.row.shown) == (URGENT, URGENT, course.last)
    assert course.row.urgency == urgency_of(URGENT)
    assert course.section() == "waiting"


def test_the_same_level_shown_again_stands_since_it_was_shown_first() -> None:
    course = told(URGENT)
    first = course.last
    assert course.did(issued(URGENT)).shown == first
    assert course.did(issued(SAME_DAY)).shown == course.last != first


def test_a_claim_has_the_case_until_it_is_over_and_takes_the_call_back_with_it() -> None:
    course = told(URGENT)
    course.did(CallBackPlanned(due=LATER), "bob")
    row = course.did(Claimed(until=LATER), "ann")
    assert (row.owner, row.until, row.due, row.taken) == ("ann", stamp(LATER), "", course.last)
    assert (course.section("ann"), course.section("bob")) == ("mine", "others")


def test_a_claim_that_names_no_end_is_a_lease() -> None:
    course = told(URGENT)
    at = course.now
    assert course.did(Claimed(), "ann").until == stamp(at + LEASE)


def test_who_took_a_case_on_first_is_when_it_was_taken() -> None:
    course = told(URGENT)
    first = course.did(Claimed(), "ann").taken
    course.did(Released(), "ann")
    row = course.did(Claimed(), "bob")
    assert (row.taken, row.owner) == (first, "bob")


def test_a_release_gives_the_case_back_to_the_list() -> None:
    course = told(URGENT)
    course.did(Claimed(), "ann")
    row = course.did(Released(why="lunch"), "ann")
    assert (row.owner, row.until) == ("", "")
    assert course.section() == "waiting"


def test_a_call_back_is_due_and_nobody_has_the_case() -> None:
    course = told(URGENT)
    course.did(Claimed(), "ann")
    row = course.did(CallBackPlanned(due=LATER), "ann")
    assert (row.due, row.owner, row.until) == (stamp(LATER), "", "")
    assert course.section() == "due"


@pytest.mark.parametrize(("shown", "section"), [(SAME_DAY, "waiting"), (URGENT, "due"), (PRIMARY, "due")])
def test_what_got_worse_does_not_wait_for_the_time_of_a_call_back(shown: int, section: Section) -> None:
    course = told(URGENT)
    course.did(CallBackPlanned(due=LATER), "ann")
    course.did(issued(shown))
    assert course.section() == section


def test_a_closed_case_is_closed_and_everything_that_waited_is_over() -> None:
    course = told(URGENT)
    course.did(CallBackPlanned(due=LATER), "ann")
    course.did(Claimed(), "ann")
    row = course.did(Closed(outcome="advised"), "ann")
    assert (row.closed, row.outcome, row.due, row.owner, row.until) == (course.last, "advised", "", "", "")
    assert (row.level, row.stands) == (URGENT, URGENT)
    assert course.section() == "closed"


@pytest.mark.parametrize("level", [URGENT, EMERGENCY, SELF_CARE])
def test_who_was_closed_and_is_told_something_new_is_on_the_list_again(level: int) -> None:
    course = told(URGENT)
    course.did(Closed(outcome="advised"), "ann")
    assert course.did(Stepped(step=Answered(answer=Answer(question="trend", values={})), then="check_answers")).closed
    row = course.did(issued(level))
    assert (row.closed, row.outcome, row.level, row.shown) == ("", "", level, course.last)
    assert course.section() == "waiting"


def test_a_note_a_look_a_tick_and_a_grade_change_nothing_but_when_it_was_changed() -> None:
    course = told(URGENT)
    course.did(Claimed(), "ann")
    for did in (Note(text="n"), Looked(kind="viewed"), Ticked(kind="taught_back"), Graded(level="self_care")):
        before = course.row
        assert course.did(did, "bob") == replace(before, changed=course.last)


def test_a_step_says_where_the_interview_stands_and_work_does_not() -> None:
    course = told(URGENT)
    assert course.did(Stepped(step=WentBack(), then="trend")).state == "trend"
    assert course.did(Claimed(), "ann").state == "trend"
    assert course.did(Resumed(then="trauma")).state == "trauma"


def test_how_to_call_back_is_what_the_case_is_called_from_then_on() -> None:
    course = told(URGENT)
    course.did(Opened(call_back="01632 960 001"), "ann")
    assert course.row.reference == "01632 960 001"
    assert course.did(Opened(caller="self"), "ann").reference == "01632 960 001"


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b", "\x1b[2Jab", "a\nb", "x" * 500])
def test_words_that_no_column_takes_are_kept_in_the_event_and_made_harmless_in_the_row(
    store: CaseStore, text: str
) -> None:
    course = Course()
    course.did(began(reference=text))
    course.did(Opened(call_back=text), "ann")
    course.did(Closed(outcome=text), "ann")
    store.begin(course.row, course.bodies)
    found = store.row("c1")
    assert found is not None
    assert found.reference == found.outcome == course.row.outcome
    assert found.reference in ("ab", "a b", "x" * 80)
    assert [each.body for each in store.events("c1")] == course.bodies


# Whatever happens in whatever order.

LOGINS = ("ann", "bob", "carl", "")


def anything(chance: random.Random) -> Iterator[tuple[EventBody, str]]:
    """Events by chance, in any order, also in those that no program would write."""
    mode: Mode = chance.choice(("patient", "carer", "nurse"))
    yield began(mode, reference=chance.choice(("", "bed 4"))), chance.choice(LOGINS)
    level = chance.randrange
    makers: Sequence[Callable[[], EventBody]] = (
        lambda: issued(chance.choice((None, *range(6))), chance.choice(("complete", "emergency", "stopped"))),
        lambda: issued(level(6)),
        lambda: issued(level(6)).model_copy(update={"at_least": chance.choice(LEVELS)}),
        lambda: chose(level(6), level(6)),
        lambda: chose(level(6), EMERGENCY),
        lambda: Signed(override=level(20)),
        lambda: Claimed(until=BEGAN + timedelta(minutes=level(90))),
        Claimed,
        Released,
        lambda: CallBackPlanned(due=BEGAN + timedelta(minutes=level(90))),
        lambda: Closed(outcome=chance.choice(("advised", "carried_over"))),
        lambda: Called(then="right_now"),
        lambda: Opened(call_back=chance.choice(("", "bed 5", "a\0"))),
        lambda: Stepped(step=Stopped(), then="stopped"),
        lambda: Note(text="\ud800"),
        lambda: Graded(level="same_day"),
    )
    for _ in range(level(1, 30)):
        yield chance.choice(makers)(), chance.choice(LOGINS)


@pytest.mark.parametrize("part", range(4))
def test_a_row_taken_along_is_the_row_worked_out_from_all_events(part: int) -> None:
    for seed in range(part * 100, part * 100 + 100):
        course = Course()
        for did, login in anything(random.Random(seed)):  # nothing secret
            before, row = course.row, course.did(did, login, "nurse")
            assert row.urgency == urgency_of(row.stands)
            assert (row.seq, row.head) == (0, b"")
            assert (row.asked is None) == (row.asker == "") or row.asker == "", seed
            if row.stands is not None and before.level == EMERGENCY == before.stands and row.stands < EMERGENCY:
                signed = isinstance(did, Signed) and login not in ("", before.asker)
                # But for a signature by somebody else, only other answers end an emergency.
                assert signed or isinstance(did, Issued), seed
        for many in {1, len(course.bodies) // 2, len(course.bodies)} - {0}:
            assert projected("c1", course.bodies[:many]) == course.rows[many - 1], seed


def test_every_store_keeps_the_rows_that_follow_from_its_events(reopen: Callable[[], CaseStore]) -> None:
    store, other = reopen(), reopen()
    for seed in range(25):
        row, bodies = Row(f"c{seed}"), list[bytes]()
        for did, login in anything(random.Random(seed)):  # nothing secret
            at = BEGAN + timedelta(minutes=len(bodies))
            by = By(who="nurse", login=login)
            event = Event(case=row.case, seq=len(bodies) + 1, at=at, by=by, pack="d1", did=did)
            told_row, body = after(row, event), body_of(event)
            bodies.append(body)
            row = told_row.grown((store.append if bodies[1:] else store.begin)(told_row, [body]))
        kept = other.row(row.case)
        assert kept == row
        assert [each.body for each in other.events(row.case)] == bodies
        chain = list(grown(start(row.case), bodies))
        assert kept == replace(projected(row.case, bodies), seq=len(bodies), head=chain[-1].hash)


def test_times_are_in_utc_and_stand_in_the_order_of_their_texts() -> None:
    chance = random.Random(5)  # nothing secret
    times = [BEGAN + timedelta(milliseconds=chance.randrange(-(10**12), 10**12)) for _ in range(500)]
    assert sorted(map(stamp, times)) == [stamp(at) for at in sorted(times)]
    assert {len(stamp(at)) for at in times} == {24}
    assert stamp(BEGAN.astimezone()) == stamp(BEGAN) == "2026-03-02T09:30:00.000Z"
