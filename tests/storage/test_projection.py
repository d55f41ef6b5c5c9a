"""What lists show of a case follows from its events: what each one does to the row, one after another."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from chatbot.case import Answer, Mode
from chatbot.recommendation.rulebook import LEVELS
from chatbot.storage.chain import grown, start
from chatbot.storage.events import (
    Answered,
    By,
    CallBackPlanned,
    Called,
    Claimed,
    Closed,
    Did,
    Event,
    Graded,
    Issued,
    Level,
    Looked,
    Note,
    Opened,
    Override,
    Released,
    Resumed,
    Signed,
    Started,
    Stepped,
    Ticked,
    Who,
    body_of,
)
from chatbot.storage.listing import Section, Wanted, is_held, section_of, urgency_of
from chatbot.storage.projection import LEASE, after, projected, stamp
from chatbot.storage.store import CaseStore, Row

BEGAN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LATER = BEGAN + timedelta(hours=3)
NOT_SURE, SELF_CARE, PRIMARY, ROUTINE, URGENT, SAME_DAY, EMERGENCY = None, 0, 1, 2, 3, 4, 5


def began(mode: Mode = "patient", **told: str) -> Started:
    """The beginning of a case."""
    given = {"version": "0.1", "country": "gb", "language": "en", "then": "right_now"} | told
    return Started.model_validate({"name": "low_back_pain", "mode": mode, **given})


def issued(level: int | None, then: str = "complete") -> Issued:
    """A level shown."""
    kind = "interrupted" if then == "emergency" else "completed"
    return Issued.model_validate({"kind": kind, "result": {} if level is None else {"level": level}, "then": then})


def chose(level: int, instead_of: int) -> Override:
    """A clinician's choice."""
    return Override(level=cast("Level", LEVELS[level]), instead_of=cast("Level", LEVELS[instead_of]), words="because")


@dataclass
class Course:
    """What happens in a case, an event a minute; the row is taken along from event to event."""

    bodies: list[bytes] = field(default_factory=list)
    row: Row = field(default_factory=lambda: Row("c1"))
    rows: list[Row] = field(default_factory=list)
    now: datetime = BEGAN

    def did(self, did: Did, login: str = "", who: Who | None = None) -> Row:
        """The row after one more thing."""
        by = By(who=who or ("nurse" if login else "patient"), login=login)
        event = Event(case="c1", seq=len(self.bodies) + 1, at=self.now, by=by, pack="d1", did=did)
        self.row = after(self.row, event)
        self.rows.append(self.row)
        self.bodies.append(body_of(event))
        self.now += timedelta(minutes=1)
        return self.row

    @property
    def last(self) -> str:
        """When the last event was."""
        return stamp(self.now - timedelta(minutes=1))

    def section(self, login: str = "ann") -> Section | None:
        """Where the case stands on the list."""
        return section_of(self.row, Wanted("waiting", login, stamp(self.now)))


def told(level: int, mode: Mode = "patient") -> Course:
    """A case whose person was told a level."""
    course = Course()
    course.did(began(mode), "ann" if mode == "nurse" else "")
    course.did(issued(level, "emergency" if level == EMERGENCY else "complete"))
    return course


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
    assert course.did(Answered(answer=Answer(question="trend", values={}), then="check_answers")).closed
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
    assert course.did(Stepped(kind="went_back", then="trend")).state == "trend"
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


# A call with somebody who answered alone.


def test_a_call_begins_with_the_level_that_was_told_before() -> None:
    course = told(SAME_DAY)
    row = course.did(Called(then="right_now"), "ann")
    assert (row.called, row.owner, row.taken, row.state) == (course.last, "ann", course.last, "right_now")
    assert (row.mode, row.level, row.stands) == ("patient", SAME_DAY, SAME_DAY)
    assert course.did(Called(then="right_now"), "bob").called == row.called


@pytest.mark.parametrize("then", ["stopped", "complete"])
def test_what_a_person_was_told_alone_stands_while_not_all_they_said_is_confirmed(then: str) -> None:
    """Whoever plans a call back then has to find the emergency where it stood."""
    course = told(EMERGENCY)
    course.did(Called(then="right_now"), "ann")
    less = issued(SAME_DAY, then)
    row = course.did(less.model_copy(update={"at_least": "emergency_now"}), "ann")
    assert (row.level, row.stands, row.urgency) == (EMERGENCY, EMERGENCY, urgency_of(EMERGENCY))
    assert course.did(less.model_copy(update={"at_least": "self_care"}), "ann").stands == SAME_DAY
    assert course.did(less, "ann").stands == SAME_DAY


def test_questions_that_are_broken_off_can_raise_a_level() -> None:
    course = told(PRIMARY)
    course.did(Called(then="right_now"), "ann")
    assert course.did(issued(SAME_DAY, "stopped"), "ann").stands == SAME_DAY


@pytest.mark.parametrize("mode", ["patient", "nurse"])
def test_who_answers_alone_or_is_asked_from_the_start_has_the_level_shown_last(mode: Mode) -> None:
    course = told(EMERGENCY, mode)
    assert course.did(issued(SAME_DAY, "stopped"), "ann" if mode == "nurse" else "").stands == SAME_DAY


# Another level than that of the rules.


def test_a_higher_level_counts_at_once() -> None:
    course = told(URGENT)
    row = course.did(chose(EMERGENCY, URGENT), "ann")
    assert (row.level, row.chosen, row.asked, row.stands) == (URGENT, EMERGENCY, None, EMERGENCY)
    assert row.urgency == urgency_of(EMERGENCY)


def test_a_lower_level_counts_at_once_where_there_was_no_emergency() -> None:
    course = told(SAME_DAY)
    row = course.did(chose(PRIMARY, SAME_DAY), "ann")
    assert (row.level, row.chosen, row.asked, row.stands) == (SAME_DAY, PRIMARY, None, PRIMARY)
    assert row.urgency == urgency_of(PRIMARY)


@pytest.mark.parametrize("by_rules", [EMERGENCY, URGENT], ids=["shown", "said to be the one of the rules"])
def test_a_level_below_an_emergency_waits_until_somebody_else_signs_it(by_rules: int) -> None:
    course = told(by_rules)
    row = course.did(chose(URGENT - 1, EMERGENCY), "ann")
    assert (row.chosen, row.asked, row.asker, row.stands) == (None, ROUTINE, "ann", by_rules)
    assert row.urgency == urgency_of(by_rules)
    row = course.did(Signed(override=3), "bob")
    assert (row.chosen, row.asked, row.asker, row.stands) == (ROUTINE, None, "", ROUTINE)
    assert row.urgency == urgency_of(ROUTINE)


@pytest.mark.parametrize("login", ["ann", ""])
def test_a_signature_by_the_same_login_or_by_nobody_counts_nothing(login: str) -> None:
    course = told(EMERGENCY)
    before = course.did(chose(URGENT, EMERGENCY), "ann")
    row = course.did(Signed(override=3), login, "nurse")
    assert row == replace(before, changed=course.last)
    assert course.did(Signed(override=3), "bob").stands == URGENT


def test_a_signature_where_nothing_waits_counts_nothing() -> None:
    course = told(EMERGENCY)
    before = course.row
    assert course.did(Signed(override=3), "bob") == replace(before, changed=course.last)
    course.did(chose(URGENT, EMERGENCY), "ann")
    course.did(Signed(override=4), "bob")
    before = course.row
    assert course.did(Signed(override=4), "carl") == replace(before, changed=course.last)


def test_who_asks_again_is_the_one_who_cannot_sign() -> None:
    course = told(EMERGENCY)
    course.did(chose(URGENT, EMERGENCY), "ann")
    row = course.did(chose(SAME_DAY, EMERGENCY), "bob")
    assert (row.asked, row.asker) == (SAME_DAY, "bob")
    assert course.did(Signed(override=4), "bob").stands == EMERGENCY
    assert course.did(Signed(override=4), "ann").stands == SAME_DAY


def test_an_emergency_chosen_takes_back_what_waited_for_a_signature() -> None:
    course = told(EMERGENCY)
    course.did(chose(URGENT, EMERGENCY), "ann")
    row = course.did(chose(EMERGENCY, EMERGENCY), "ann")
    assert (row.chosen, row.asked, row.asker, row.stands) == (EMERGENCY, None, "", EMERGENCY)
    assert course.did(Signed(override=3), "bob").stands == EMERGENCY


def test_what_is_more_urgent_than_a_lower_level_that_was_signed_waits_for_nobody() -> None:
    course = told(EMERGENCY)
    course.did(chose(PRIMARY, EMERGENCY), "ann")
    course.did(Signed(override=3), "bob")
    assert course.did(chose(SAME_DAY, EMERGENCY), "carl").stands == SAME_DAY
    row = course.did(chose(URGENT, EMERGENCY), "carl")
    assert (row.stands, row.asked) == (SAME_DAY, URGENT)


@pytest.mark.parametrize(
    ("chosen", "shown", "stands"),
    [
        (PRIMARY, SAME_DAY, SAME_DAY),
        (PRIMARY, ROUTINE, ROUTINE),
        (SAME_DAY, ROUTINE, SAME_DAY),
        (SAME_DAY, SAME_DAY, SAME_DAY),
        (SAME_DAY, EMERGENCY, EMERGENCY),
        (EMERGENCY, EMERGENCY, EMERGENCY),
        (EMERGENCY, SELF_CARE, EMERGENCY),
        (PRIMARY, URGENT, PRIMARY),
    ],
)
def test_a_choice_falls_when_another_level_above_it_is_shown_and_stands_otherwise(
    chosen: int, shown: int, stands: int
) -> None:
    course = told(URGENT)
    course.did(chose(chosen, URGENT), "ann")
    row = course.did(issued(shown))
    assert (row.level, row.stands) == (shown, stands)
    assert row.urgency == urgency_of(stands)


def test_what_waits_for_a_signature_falls_when_another_level_is_shown() -> None:
    course = told(EMERGENCY)
    course.did(chose(PRIMARY, EMERGENCY), "ann")
    assert course.did(issued(EMERGENCY)).asked == PRIMARY
    row = course.did(issued(SAME_DAY))
    assert (row.asked, row.asker) == (None, "")
    assert course.did(Signed(override=3), "bob").stands == SAME_DAY


def test_a_choice_made_for_a_case_that_was_closed_is_made_anew_when_it_is_open_again() -> None:
    course = told(EMERGENCY)
    course.did(chose(PRIMARY, EMERGENCY), "ann")
    course.did(Signed(override=3), "bob")
    course.did(Closed(outcome="advised"), "ann")
    assert course.row.stands == PRIMARY
    assert course.did(issued(EMERGENCY, "emergency")).stands == EMERGENCY


# Whatever happens in whatever order.

LOGINS = ("ann", "bob", "carl", "")


def anything(chance: random.Random) -> Iterator[tuple[Did, str]]:
    """Events by chance, in any order, also in those that no program would write."""
    mode: Mode = chance.choice(("patient", "carer", "nurse"))
    yield began(mode, reference=chance.choice(("", "bed 4"))), chance.choice(LOGINS)
    level = chance.randrange
    makers: Sequence[Callable[[], Did]] = (
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
        lambda: Stepped(kind="stopped", then="stopped"),
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
