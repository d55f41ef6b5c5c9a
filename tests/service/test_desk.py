"""A nurse's desk: who has a case, what is done to it, and a call with somebody who answered alone before."""

import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from filled import BEGAN, Clock, installed
from someone import Someone
from team import SAYS, alone, asked_on, desk, row_of, way

from chatbot.errors import HeldError, InputError
from chatbot.packs.pack import Pack
from chatbot.service.desk import Desk
from chatbot.service.journal import Journal
from chatbot.service.reading import events_in
from chatbot.service.records import Records
from chatbot.service.saying import told_of_reading
from chatbot.service.writing import ChangedError, written
from chatbot.storage.events import By, Did, Issued, Looked, Note, Opened, Started, Ticked
from chatbot.storage.memory import MemoryStore, _Held
from chatbot.storage.projection import LEASE, stamp
from chatbot.storage.roles import Role
from chatbot.storage.store import STORE, CaseStore, Row
from chatbot.storage.verify import verify

SENTENCE = "Examined today, and nothing was found."
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


class Team:
    """Ann and Bob at one store, under one clock, and the people who answer there."""

    def __init__(self, store: CaseStore | None = None) -> None:
        self.clock = Clock()
        self.store: CaseStore = store or MemoryStore()
        self.people = Records(self.store, self.clock)
        self.ann, self.bob = desk(self.store, "ann", self.clock), desk(self.store, "bob", self.clock)

    def told(self, level: str = "self_care") -> Row:
        """Somebody who answered alone and was told a level."""
        return alone(self.people, installed("low_back_pain"), level).row

    def now(self, case: str) -> Row:
        """A case as it is now."""
        return row_of(self.store, case)

    def kinds(self, case: str, login: str | None = None) -> list[str]:
        """What happened in a case, or what one login did."""
        found = events_in(self.store.events(case))
        return [event.did.kind for event in found if login is None or event.by.login == login]

    def section(self, name: str, of: Desk | None = None) -> list[str]:
        """The cases in a section of the list."""
        at = of or self.ann
        return [row.case for row in at.listed(at.wanted(name, self.clock.now))]  # type: ignore[arg-type] # a section

    def is_whole(self) -> bool:
        """Whether every chain is as it was written."""
        return not list(verify(self.store))


# The list.


def test_who_was_told_a_level_is_on_the_list_of_all_the_most_urgent_first() -> None:
    team = Team()
    cases = {level: team.told(level).case for level in SAYS}
    expected = [cases[level] for level in ("emergency_now", "same_day", "urgent_2_weeks", "self_care")]
    assert team.section("waiting") == team.section("waiting", team.bob) == expected
    assert team.ann.counts(team.clock.now)["waiting"] == 4
    assert [row.case for row in team.ann.emergencies(team.clock.now)] == [cases["emergency_now"]]


def test_what_was_closed_before_today_began_is_not_on_the_list() -> None:
    team = Team()
    row = team.told()
    team.ann.close(team.ann.claim(row), "advised")
    assert team.section("closed") == [row.case]
    team.clock.now += timedelta(days=1)
    assert team.section("closed") == []


def test_that_somebody_looks_is_kept_before_they_see_it() -> None:
    team = Team()
    row = team.told("same_day")
    folder = team.ann.open(row)
    assert folder.events[-1].did == Looked(kind="viewed", how="on the list")
    assert folder.events[-1].by == By(who="nurse", login="ann")
    assert folder.row == team.now(row.case)
    assert (folder.at.state, folder.standing.stands, folder.pack.id) == ("complete", 4, "low_back_pain")


def test_a_case_that_went_on_since_the_list_was_read_is_opened_as_it_is() -> None:
    team = Team()
    row = team.told()
    team.bob.call(row)
    folder = team.ann.open(row, "from an old list")
    assert folder.row.owner == "bob"
    assert folder.at.interview.case.mode == "nurse"
    team.ann.copied(row, "sbar note")
    assert team.kinds(row.case, "ann") == ["viewed", "exported"]


def test_a_case_that_is_gone_is_said_to_be() -> None:
    team = Team()
    with pytest.raises(InputError, match="there is no case x"):
        team.ann.folder("x")


# Who has a case.


def test_who_takes_a_case_on_has_it_for_as_long_as_a_lease() -> None:
    team = Team()
    row = team.ann.claim(team.told())
    assert row == team.now(row.case)
    assert row.owner == "ann"
    assert (team.section("mine"), team.section("others", team.bob), team.section("waiting")) == (
        [row.case], [row.case], [],
    )  # fmt: skip
    with pytest.raises(InputError, match=r"^ann has the case until \d\d:\d\d$"):
        team.bob.claim(row)
    assert team.kinds(row.case, "bob") == []
    again = team.ann.claim(row)
    assert again.until > row.until


def test_who_was_slower_is_told_who_has_it_and_nothing_is_kept() -> None:
    team = Team()
    row = team.told()
    team.ann.claim(row)
    with pytest.raises(ChangedError) as told:
        team.bob.claim(row)
    (line,) = told.value.lines
    assert "nurse (ann) took the case on, until" in line
    assert team.kinds(row.case, "bob") == []
    assert team.now(row.case).owner == "ann"


def test_a_case_can_be_taken_on_behind_the_looks_and_notes_of_others() -> None:
    team = Team()
    row = team.told()
    team.bob.open(row)
    assert team.ann.claim(row).owner == "ann"


def test_of_those_who_take_a_case_on_at_once_exactly_one_has_it(another: Callable[[], CaseStore]) -> None:
    logins = ("ann", "bob", "carl")
    stores = [another() for _ in logins]
    desks = [desk(store, login) for store, login in zip(stores, logins, strict=True)]
    ready = Barrier(len(desks))
    beginning = Started(name="p", version="1", mode="patient", country="gb", language="en", then="complete")
    level = Issued(kind="completed", result={"level": 4}, then="complete")

    def tries(number: int, row: Row) -> str:
        ready.wait()
        try:
            return desks[number].claim(row).owner
        except ChangedError as error:
            return error.lines[0]

    with ThreadPoolExecutor(len(desks)) as pool:
        for turn in range(25):
            row, bodies = written(Row(f"c{turn}"), [beginning, level], By(who="patient"), BEGAN, "d")
            row = row.grown(stores[0].begin(row, bodies))
            said = list(pool.map(tries, range(len(desks)), [row] * len(desks)))
            (winner,) = {login for login, told in zip(logins, said, strict=True) if told == login}
            kept = [event for event in events_in(stores[0].events(row.case)) if event.did.kind == "claimed"]
            assert [event.by.login for event in kept] == [winner]
            assert row_of(stores[0], row.case).owner == winner
            assert all(told == winner or f"({winner}) took the case on" in told for told in said), said
    assert list(verify(stores[0])) == []


def test_a_case_whose_time_is_over_comes_back_to_the_list_and_somebody_else_takes_it_on() -> None:
    team = Team()
    row = team.ann.claim(team.told())
    team.clock.now = datetime.fromisoformat(row.until)
    assert team.section("waiting") == team.section("waiting", team.bob) == [row.case]
    assert team.bob.claim(team.now(row.case)).owner == "bob"
    assert team.section("others") == [row.case]


def test_who_had_it_may_go_on_while_nobody_else_took_it_on() -> None:
    team = Team()
    row = team.ann.claim(team.told())
    team.clock.now += 3 * LEASE
    row = team.ann.keep(row, [Note(text="still here")])
    assert team.ann.close(row, "advised").outcome == "advised"


@each_act
def test_what_who_had_it_does_then_is_refused_and_they_are_told_what_changed(act: Act) -> None:
    team = Team()
    row = team.ann.claim(team.told("urgent_2_weeks"))
    team.clock.now += LEASE
    team.bob.claim(team.now(row.case))
    before = team.now(row.case)
    with pytest.raises(ChangedError) as told:
        act(team.ann, row)
    assert [line.split(" ", 1)[1].split(",")[0] for line in told.value.lines] == ["nurse (bob) took the case on"]
    with pytest.raises(InputError, match="take the case on first"):
        act(team.ann, before)
    assert team.now(row.case) == before


@each_act
def test_nothing_is_done_to_a_case_that_one_does_not_have(act: Act) -> None:
    team = Team()
    row = team.told("urgent_2_weeks")
    with pytest.raises(InputError, match="take the case on first"):
        act(team.ann, row)
    assert team.now(row.case) == row


def test_a_case_that_is_closed_is_not_taken_on() -> None:
    team = Team()
    row = team.ann.close(team.ann.claim(team.told()), "advised")
    for at in (team.ann, team.bob):
        with pytest.raises(InputError, match="closed"):
            at.claim(row)
        with pytest.raises(InputError, match="closed"):
            at.call(row)


def test_who_gives_a_case_back_no_longer_has_it() -> None:
    team = Team()
    row = team.ann.release(team.ann.claim(team.told()), "  lunch\n")
    assert (row.owner, team.section("waiting")) == ("", [row.case])
    assert team.ann.folder(row.case).events[-1].did.model_dump()["why"] == "lunch"
    with pytest.raises(InputError, match="first"):
        team.ann.release(row)
    assert team.bob.claim(row).owner == "bob"


def test_who_is_to_be_called_back_is_due_for_whoever_has_time() -> None:
    team = Team()
    row = team.ann.claim(team.told())
    due = team.clock.now + timedelta(hours=2)
    row = team.ann.call_back(row, due, "after work")
    assert (row.due, row.owner) == (stamp(due), "")
    assert (team.section("due"), team.section("waiting"), team.section("due", team.bob)) == ([row.case], [], [row.case])
    assert team.bob.claim(row).owner == "bob"
    assert team.section("due") == []


@pytest.mark.parametrize("gone_by", [timedelta(days=400), timedelta(seconds=1), timedelta()])
def test_nobody_is_called_back_at_a_time_that_has_gone_by(gone_by: timedelta) -> None:
    team = Team()
    row = team.ann.claim(team.told())
    with pytest.raises(InputError, match="gone by"):
        team.ann.call_back(row, team.clock.now + timedelta(seconds=1) - gone_by)
    assert team.now(row.case) == row


# Closing, and another level.


def stopped(team: Team) -> Row:
    """Somebody who gave up at once: no emergency check was asked."""
    first = way(installed("low_back_pain"))[0]
    journal = team.people.begin(installed("low_back_pain"), first)
    journal.take(first.stop())
    journal.close()
    return journal.row


def test_who_was_not_asked_the_emergency_checks_is_closed_as_an_emergency_alone() -> None:
    team = Team()
    row = team.ann.claim(stopped(team))
    assert row.stands == 4
    with pytest.raises(InputError, match=r"emergency check\(s\) not asked"):
        team.ann.close(row, "no_contact")
    with pytest.raises(InputError, match="emergency checks are not asked"):
        team.ann.override(row, 1, SENTENCE, "known_before")
    assert team.now(row.case) == row
    row = team.ann.unable(row, "does not answer the phone")
    assert row.stands == 5
    with pytest.raises(InputError, match="already"):
        team.ann.unable(row)
    with pytest.raises(InputError, match="emergency checks are not asked"):
        team.ann.override(row, 4, "as before")
    assert team.ann.close(row, "no_contact").outcome == "no_contact"


def test_what_the_person_says_between_the_look_and_the_closing_is_told_and_nothing_is_closed(pack: Pack) -> None:
    team = Team()
    journal = alone(team.people, pack)
    row = team.ann.claim(journal.row)
    changed = journal.last.change("pain_location")
    assert changed is not None
    journal.take(changed)
    with pytest.raises(ChangedError) as told:
        team.ann.close(row, "advised")
    assert "patient took the answer to pain_location back" in told.value.lines[0]
    assert not team.now(row.case).closed


def called_emergency(team: Team) -> tuple[Journal, Row]:
    """A call in which an emergency was confirmed, and all checks were asked for the note."""
    journal = team.ann.call(team.told("emergency_now"))
    asked_on(journal, "emergency_now")
    assert journal.last.state == "emergency"
    journal.take(journal.last.continue_note())
    asked_on(journal, "emergency_now")
    assert (journal.row.stands, team.ann.folder(journal.row.case).standing.checks) == (5, ())
    return journal, journal.row


def test_a_lower_level_than_an_emergency_waits_for_somebody_elses_signature_and_so_does_the_closing() -> None:
    team = Team()
    journal, row = called_emergency(team)
    journal.close()
    journal.row = row = team.ann.override(row, 3, SENTENCE, "examined")
    assert (row.stands, row.asked, row.asker) == (5, 3, "ann")
    for close in (lambda: team.ann.close(row, "advised"), lambda: team.ann.finish(journal, "advised")):
        with pytest.raises(InputError, match="waits for somebody else to sign"):
            close()
    with pytest.raises(InputError, match="somebody else has to sign"):
        team.ann.sign(row)
    row = team.bob.sign(row)
    assert (row.stands, row.asked, row.owner) == (3, None, "ann")
    (signed,) = [event for event in team.ann.folder(row.case).events if event.did.kind == "signed"]
    (chosen,) = [event for event in team.ann.folder(row.case).events if event.did.kind == "override"]
    assert signed.did.model_dump()["override"] == chosen.seq
    for at in (team.bob, team.ann):
        with pytest.raises(InputError, match="no lower level waits"):
            at.sign(row)
    assert team.ann.close(row, "booked").stands == 3
    assert team.is_whole()


def test_a_signature_for_what_was_chosen_otherwise_meanwhile_is_refused() -> None:
    """Whoever signs has to know what they sign."""
    team = Team()
    journal, row = called_emergency(team)
    journal.close()
    seen = team.ann.override(row, 3, SENTENCE, "examined")
    team.ann.override(seen, 0, SENTENCE, "examined")
    with pytest.raises(ChangedError) as told:
        team.bob.sign(seen)
    assert "chose self_care instead of emergency_now" in told.value.lines[0]
    assert team.now(row.case).stands == 5


def test_who_asked_for_a_signature_may_write_behind_it() -> None:
    team = Team()
    journal, row = called_emergency(team)
    journal.close()
    asked = team.ann.override(row, 3, SENTENCE, "examined")
    team.bob.sign(asked)
    assert team.ann.keep(asked, [Ticked(kind="taught_back")]).stands == 3


def test_where_nobody_signs_the_emergency_is_chosen_again_and_closed() -> None:
    team = Team()
    journal, row = called_emergency(team)
    journal.close()
    row = team.ann.override(row, 3, SENTENCE, "examined")
    row = team.ann.override(row, 5, "nobody is here to sign")
    assert (row.stands, row.asked) == (5, None)
    assert team.ann.close(row, "sent_to_emergency").outcome == "sent_to_emergency"


def test_a_second_person_cannot_sign_in_a_file_of_one_account() -> None:
    team = Team()
    journal, row = called_emergency(team)
    journal.close()
    row = team.ann.override(row, 3, SENTENCE, "examined")
    with pytest.raises(InputError, match="a file of one account"):
        team.ann.sign_as(row, "cases.sqlite", "bob", "")


def test_words_are_kept_in_one_line_and_cut() -> None:
    team = Team()
    row = team.ann.override(team.ann.claim(team.told()), 4, "fever\x1b[2J\n" + "x" * 5_000)
    did = team.ann.folder(row.case).events[-1].did.model_dump()
    assert did["words"].startswith("fever x")
    assert len(did["words"]) == 500


# A call.


def test_in_a_call_what_the_person_said_alone_stands_there_to_be_confirmed() -> None:
    team = Team()
    row = team.told("urgent_2_weeks")
    theirs = team.ann.folder(row.case).at
    journal = team.ann.call(row)
    at = journal.last
    assert (at.state, at.interview.case.mode, at.interview.case.answers) == ("right_now", "nurse", ())
    assert set(at.kept) == set(at.before) == {answer.question for answer in theirs.interview.case.answers}
    assert team.kinds(row.case)[-2:] == ["claimed", "called"]
    assert (journal.row.owner, journal.row.called != "", journal.row.level) == ("ann", True, 3)
    assert journal.row == team.now(row.case)
    assert journal.bodies == [each.body for each in team.store.events(row.case)]
    # But for those that only others would bring up, which nobody was asked yet.
    assert set(at.kept) - set(team.ann.folder(row.case).standing.waiting) >= {"leg_weakness", "walking_pattern"}
    assert set(at.kept) > set(team.ann.folder(row.case).standing.waiting) > {"right_now", "leg_symptom_side"}
    asked_on(journal, "urgent_2_weeks")
    assert team.ann.finish(journal, "booked", "at 3 pm").outcome == "booked"
    assert (team.now(row.case).stands, team.now(row.case).closed != "") == (3, True)
    team.store.hold(row.case, "nobody has it open").release()
    assert journal.bodies == [each.body for each in team.store.events(row.case)]
    assert team.is_whole()


def test_the_persons_own_more_urgent_level_holds_while_their_answers_are_not_all_confirmed() -> None:
    team = Team()
    journal = team.ann.call(team.told("emergency_now"))
    asked_on(journal, until="saddle_sensation")
    standing = team.ann.folder(journal.row.case).standing
    assert (standing.engine, standing.told, standing.stands, standing.waiting) == (4, 5, 5, ("saddle_sensation",))
    # It is not the nurse's to say before she asked.
    with pytest.raises(InputError, match="emergency checks are not asked"):
        team.ann.override(journal.row, 4, SENTENCE, "examined")
    asked_on(journal, until="bladder_function")
    standing = team.ann.folder(journal.row.case).standing
    assert (standing.told, standing.stands) == (None, 4)
    asked_on(journal)
    assert (journal.row.stands, team.ann.folder(journal.row.case).standing.stands) == (0, 0)
    team.ann.finish(journal, "advised")


def test_a_call_that_is_ended_early_leaves_the_emergency_where_it_stood() -> None:
    team = Team()
    journal = team.ann.call(team.told("emergency_now"))
    journal.take(journal.last.stop())
    assert journal.row.stands == team.ann.folder(journal.row.case).standing.stands == 5
    team.ann.release(journal.row)
    journal.close()
    (first,) = team.ann.emergencies(team.clock.now)
    assert first.case == journal.row.case


@pytest.mark.parametrize("seed", range(40))
def test_the_list_shows_the_level_that_stands_for_whoever_closes(pack: Pack, seed: int) -> None:
    """Whatever the person said alone, however far the call went, and however it ended."""
    team, chance = Team(), random.Random(seed)  # nothing secret
    someone = Someone(pack, seed)
    journal = team.people.begin(pack, someone.at)
    at = someone.talk()
    at = at.stop() if at.asked is not None else at.confirm() if at.state == "check_answers" else at
    journal.take(at)
    journal.close()
    journal = team.ann.call(team.now(journal.row.case))
    asked_on(journal, chance.choice(tuple(SAYS)), until=chance.choice(("", "", *pack.dialog.questions)))
    if journal.last.asked is not None:
        journal.take(journal.last.stop())
    assert journal.row == team.now(journal.row.case)
    assert journal.row.stands == team.ann.folder(journal.row.case).standing.stands
    assert team.is_whole()


@pytest.mark.parametrize("until", ["right_now", "bladder_function", "age_years", "exam_temp_c", "check_answers"])
def test_a_call_that_broke_off_goes_on_at_the_very_question(another: Callable[[], CaseStore], until: str) -> None:
    team = Team(another())
    journal = team.ann.call(team.told("urgent_2_weeks"))
    journal.keep([Opened(caller="self", call_back="01632 960 001")])
    asked_on(journal, "urgent_2_weeks", until=until)
    before, theirs = journal.last, len(journal.bodies)
    assert journal.hold is not None
    journal.hold.release()  # as the end of the program does, which says nothing
    later = Team(another())
    later.clock.now = team.clock.now + timedelta(minutes=2)
    again = later.ann.call(later.now(journal.row.case))
    assert again.last.state == before.state == until
    assert again.last.interview.case == before.interview.case
    assert (again.last.kept, again.last.before) == (before.kept, before.before)
    assert later.kinds(journal.row.case)[theirs:] == ["claimed", "resumed"]
    assert again.row.reference == "01632 960 001"
    asked_on(again, "urgent_2_weeks")
    assert later.ann.finish(again, "booked").outcome == "booked"
    assert later.is_whole()


def test_somebody_else_goes_on_with_a_call_whose_time_is_over_and_the_first_is_told() -> None:
    team = Team()
    journal = team.ann.call(team.told("urgent_2_weeks"))
    asked_on(journal, "urgent_2_weeks", until="age_years")
    journal.close()
    with pytest.raises(InputError, match="ann has the case until"):
        team.bob.call(team.now(journal.row.case))
    team.clock.now += LEASE
    again = team.bob.call(team.now(journal.row.case))
    assert again.last.state == "age_years"
    assert again.last.interview.case == journal.last.interview.case
    with pytest.raises(ChangedError) as told:
        asked_on(journal, "urgent_2_weeks", until="sex_at_birth")
    assert "nurse (bob) took the case on" in told.value.lines[0]
    asked_on(again, "urgent_2_weeks")
    team.bob.finish(again, "booked")
    assert {event.by.login for event in events_in(team.store.events(journal.row.case)) if event.seq > 30} >= {"bob"}
    assert team.is_whole()


def test_a_call_that_was_given_up_is_taken_up_at_its_question() -> None:
    team = Team()
    journal = team.ann.call(team.told())
    asked_on(journal, until="age_years")
    journal.take(journal.last.stop())
    journal.close()
    again = team.ann.call(team.now(journal.row.case))
    assert again.last.state == "age_years"
    assert team.kinds(journal.row.case)[-2:] == ["resumed", "taken_up"]


def test_a_call_can_be_gone_on_with_after_its_end_to_change_an_answer() -> None:
    team = Team()
    journal = team.ann.call(team.told())
    asked_on(journal)
    journal.close()
    again = team.ann.call(team.now(journal.row.case))
    assert again.last.state == "complete"
    worse = again.last.change("fever_chills")
    assert worse is not None
    again.take(worse)
    asked_on(again, "same_day")
    assert again.row.stands == 4
    assert team.is_whole()


def test_a_call_whose_questions_have_not_come_to_an_end_is_not_finished() -> None:
    team = Team()
    journal = team.ann.call(team.told())
    for until in ("right_now", "age_years", "check_answers"):
        asked_on(journal, until=until)
        with pytest.raises(InputError, match="not come to an end"):
            team.ann.finish(journal, "advised")
    assert not team.now(journal.row.case).closed
    with pytest.raises(HeldError):
        team.store.hold(journal.row.case, "another")


def test_a_lease_is_made_longer_once_half_of_it_has_gone_by() -> None:
    team = Team()
    journal = team.ann.call(team.told())
    until, seq = journal.row.until, journal.row.seq
    team.ann.renew(journal)
    assert journal.row.seq == seq
    team.clock.now += LEASE / 2
    team.ann.renew(journal)
    assert (journal.row.seq, journal.row.until > until) == (seq + 1, True)
    team.ann.renew(journal)
    assert journal.row.seq == seq + 1
    asked_on(journal)
    team.ann.finish(journal, "advised")
    team.clock.now += LEASE
    team.ann.renew(journal)
    assert journal.row == team.now(journal.row.case)


def test_a_lease_that_somebody_else_has_by_now_is_not_made_longer() -> None:
    team = Team()
    journal = team.ann.call(team.told())
    team.clock.now += LEASE
    team.bob.claim(team.now(journal.row.case))
    with pytest.raises(ChangedError):
        team.ann.renew(journal)
    assert team.now(journal.row.case).owner == "bob"


# The person, at the same time.


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
    assert team.ann.call(now).last.kept["fever_chills"].values == {"fever_chills": "yes"}
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
    did: Did = at.folder(row.case).events[-1].did
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
