"""Somebody changes an answer or comes back while a nurse has the case, and who may do what at a desk."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest

from chatbot.errors import InputError
from chatbot.packs.pack import Pack
from chatbot.service.append import ChangedError
from chatbot.service.desk import Desk
from chatbot.service.folding import events_in
from chatbot.service.journal import Journal
from chatbot.service.return_text import told_of_reading
from chatbot.storage.events import EventBody, Looked, Note, Opened
from chatbot.storage.roles import Role
from chatbot.storage.row import STORE, Row
from chatbot.storage.store import CaseStore
from tests.support.filled import BEGAN, installed
from tests.support.memory_store import MemoryStore, _Held
from tests.support.team import Team, alone, asked_on, desk, row_of, way

Act = Callable[[Desk, Row], object]
# What only who has the case may do.
ACTS: dict[str, Act] = {
    "release": lambda at, row: at.release(row),
    "call back": lambda at, row: at.call_back(row, BEGAN + timedelta(days=1)),
    "close": lambda at, row: at.close(row, "advised"),
    "override": lambda at, row: at.override(row, 4, "fever"),
    "unable": lambda at, row: at.unable(row),
    "note": lambda at, row: at.keep(row, [Note(text="called, no answer")]),
}
each_act = pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)


@dataclass
class Asked:
    """Somebody who still has their page open, and their case."""

    journal: Journal
    row: Row


def at_home(team: Team, level: str = "self_care") -> Asked:
    """Somebody who was told a level, and whose page is still open."""
    steps = way(installed("low_back_pain"), level)
    journal = team.people.begin(installed("low_back_pain"), steps[0])
    journal.take(steps[-1])
    return Asked(journal, journal.row)


def fever(journal: Journal) -> None:
    """They change their mind about the fever, and go on to the end."""
    worse = journal.last.change("fever_chills")
    assert worse is not None
    journal.take(worse)
    asked_on(journal, "same_day")


def test_a_changed_answer_is_kept_though_somebody_took_the_case_on_meanwhile() -> None:
    team = Team()
    home = at_home(team)
    row = team.ann.claim(home.row)
    team.ann.keep(row, [Note(text="calling"), Opened(caller="self")])
    fever(home.journal)
    now = team.now(row.case)
    assert home.journal.row == now
    assert (now.owner, now.level, now.stands) == ("ann", 4, 4)
    assert home.journal.bodies == [each.body for each in team.store.events(row.case)]
    with pytest.raises(ChangedError) as told:
        team.ann.release(row)
    assert "patient was shown same_day" in " ".join(told.value.lines)
    assert team.ann.call(now).last.previous_answers["fever_chills"].values == {"fever_chills": "yes"}
    assert team.is_whole()


def test_a_changed_answer_opens_a_closed_case_again() -> None:
    team = Team()
    home = at_home(team)
    row = team.ann.close(team.ann.claim(home.row), "advised")
    assert team.section("closed") == [row.case]
    fever(home.journal)
    assert (team.section("closed"), team.section("waiting")) == ([], [row.case])
    assert team.now(row.case).stands == 4
    assert team.bob.claim(team.now(row.case)).owner == "bob"


def test_who_comes_back_by_their_code_before_the_call_goes_on_though_somebody_has_the_case(pack: Pack) -> None:
    team = Team()
    journal = alone(team.people, pack)
    team.ann.claim(journal.row)
    found = team.people.resume(journal.code, installed)
    assert (found.with_nurse, found.held_by) == (False, "")
    assert found.journal is not None
    fever(found.journal)
    assert team.now(journal.row.case).owner == "ann"


def test_a_page_that_is_still_open_when_the_call_begins_is_told_and_takes_nothing_more() -> None:
    team = Team()
    home = at_home(team)
    assert home.journal.hold is not None
    journal = team.ann.call(home.row)
    assert journal.hold is None
    with pytest.raises(ChangedError) as told:
        fever(home.journal)
    assert "nurse (ann) began to go through the questions in a call" in told.value.lines[-1]
    assert home.journal.row == home.row
    asked_on(journal)
    team.ann.finish(journal, "advised")
    home.journal.close()
    assert team.is_whole()


@pytest.mark.parametrize("when", ["at its first question", "in the midst", "given back", "closed"])
def test_who_comes_back_by_their_code_in_or_after_a_call_reads_their_own_part_and_is_told(
    pack: Pack, when: str
) -> None:
    team = Team()
    first = alone(team.people, pack, "urgent_2_weeks")
    theirs = way(pack, "urgent_2_weeks")[-1]
    journal = team.ann.call(first.row)
    if when != "at its first question":
        asked_on(journal, "same_day", until="" if when == "closed" else "age_years")
    if when == "given back":
        team.ann.release(journal.row)
        journal.close()
    if when == "closed":
        team.ann.finish(journal, "booked")
    for _ in range(2):
        found = team.people.resume(first.code, installed)
        assert (found.with_nurse, found.journal, found.held_by) == (True, None, "")
        assert found.conversation.interview.case == theirs.interview.case
        assert found.conversation.state == "complete"
        assert told_of_reading(found, "en").startswith("A nurse is dealing with this.")
    looks = [event for event in team.ann.folder(first.row.case).events if event.did.kind == "viewed"]
    assert [(event.by.who, event.by.login) for event in looks] == [("patient", "")] * 2
    if when in ("at its first question", "in the midst"):
        # The call goes on, whoever reads.
        asked_on(journal, "same_day")
        team.ann.finish(journal, "booked")
    assert team.is_whole()


def test_who_comes_back_to_a_call_that_a_nurse_began_finds_it_whole(pack: Pack) -> None:
    """There is no part of the person's own."""
    team = Team()
    steps = way(pack, who="nurse")
    journal = team.ann.records.begin(pack, steps[0])
    journal.take(steps[4])
    journal.close()
    found = team.ann.records.resume(journal.code, installed)
    assert (found.with_nurse, found.conversation.state) == (False, steps[4].state)
    assert found.journal is not None
    found.journal.close()


class Quick(MemoryStore):
    """Somebody does something between two looks of another program at the store."""

    theirs: Callable[[], object] | None = None

    def hold(self, case: str, who: str) -> "_Held":
        """Let them do it first."""
        if self.theirs is not None:
            theirs, self.theirs = self.theirs, None
            theirs()
        return super().hold(case, who)


def test_a_call_that_could_not_begin_keeps_nobody_from_the_case() -> None:
    store = Quick()
    team = Team(store)
    home = at_home(team)
    home.journal.close()
    store.theirs = lambda: fever(home.journal)
    with pytest.raises(ChangedError):
        team.ann.call(home.row)
    assert "called" not in team.kinds(home.row.case)
    store.hold(home.row.case, "nobody has it open").release()
    journal = team.ann.call(team.now(home.row.case))
    assert journal.bodies == [each.body for each in store.events(home.row.case)]
    assert team.is_whole()


def test_what_somebody_notes_while_a_call_begins_is_in_it_once() -> None:
    store = Quick()
    team = Team(store)
    row = team.told()
    store.theirs = lambda: team.bob.open(row)
    journal = team.ann.call(row)
    assert journal.bodies == [each.body for each in store.events(row.case)]
    assert journal.row == team.now(row.case)


def test_who_cannot_be_brought_back_leaves_the_case_to_others(pack: Pack) -> None:
    class Unknown(MemoryStore):
        def pack(self, digest: str) -> bytes | None:  # noqa: ARG002 # lost
            return None

    def load(name: str) -> Pack:
        raise InputError(f"there is no pack {name}")

    team = Team(Unknown())
    code = alone(team.people, pack).code
    for _ in range(2):
        with pytest.raises(InputError, match="there is no pack"):
            team.people.resume(code, load)
    found = team.people.resume(code, installed)
    assert found.held_by == ""


# Who may do what.


@dataclass
class Of(MemoryStore):
    """A store at which a login is what it was made."""

    role: Role | None = None


LOOKS: Sequence[Act] = (
    lambda at, row: at.open(row),
    lambda at, _: at.listed(at.wanted("waiting", BEGAN)),
    lambda at, _: at.counts(BEGAN),
    lambda at, _: at.emergencies(BEGAN),
)
WORKS: Sequence[Act] = (
    *ACTS.values(),
    lambda at, row: at.claim(row),
    lambda at, row: at.sign(row),
    lambda at, row: at.call(row),
)


def grades(at: Desk, row: Row) -> Row:
    """What a lead alone may do."""
    return at.grade(row, 1)


def closed_in(store: Of) -> Row:
    """A case that was closed there."""
    store.role = "lead"
    team = Team(store)
    return team.ann.close(team.ann.claim(team.told()), "advised")


@pytest.mark.parametrize("role", ["patient", None])
def test_who_is_no_clinician_and_no_auditor_does_nothing_at_a_desk(role: Role | None) -> None:
    store = Of()
    row = closed_in(store)
    store.role = role
    at = desk(store, "kim")
    told = role or "a member of no role"
    for act in (*LOOKS, *WORKS, grades):
        with pytest.raises(InputError, match=f"'kim' may not do this; it is {told}"):
            act(at, row)
    assert row_of(store, row.case) == row
    assert store.row(STORE) is None


def test_an_auditor_looks_and_does_nothing_else_and_that_they_looked_is_in_the_stores_own_chain() -> None:
    store = Of()
    row = closed_in(store)
    store.role = "auditor"
    at = desk(store, "aud")
    for look in LOOKS:
        look(at, row)
    for act in (*WORKS, grades):
        with pytest.raises(InputError, match="may not do this; it is auditor"):
            act(at, row)
    assert row_of(store, row.case) == row
    (looked,) = events_in(store.events(STORE))
    assert (looked.by.login, looked.did) == ("aud", Looked(kind="viewed", how=f"case {row.case}, on the list"))


def test_a_nurse_works_and_does_not_grade_and_a_lead_does_both() -> None:
    store = Of()
    row = closed_in(store)
    store.role = "nurse"
    with pytest.raises(InputError, match="may not do this; it is nurse"):
        desk(store, "ann").grade(row, 1)
    store.role = "lead"
    at = desk(store, "lea")
    graded = at.grade(row, 4, " more urgent,\nI think ")
    did: EventBody = at.folder(row.case).events[-1].did
    assert did.model_dump() == {"kind": "graded", "level": "same_day", "words": "more urgent, I think"}
    assert (graded.stands, graded.closed) == (row.stands, row.closed)


def test_only_a_closed_case_is_graded() -> None:
    team = Team()
    row = team.told()
    with pytest.raises(InputError, match="only a closed case"):
        team.ann.grade(row, 1)


def test_whoever_may_read_a_file_of_cases_may_do_everything_with_it(another: Callable[[], CaseStore]) -> None:
    """And in a database, the account that made it."""
    assert desk(another(), "ann").role == "lead"
