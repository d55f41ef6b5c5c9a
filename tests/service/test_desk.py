"""A nurse's desk: who has a case, and what is done to it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest

from chatbot.errors import InputError
from chatbot.packs.pack import Pack
from chatbot.service.append import ChangedError, written
from chatbot.service.desk import Desk
from chatbot.service.folding import events_in
from chatbot.service.journal import Journal
from chatbot.storage.events import By, Issued, Looked, Note, Started, Ticked
from chatbot.storage.projection import LEASE, stamp
from chatbot.storage.row import Row
from chatbot.storage.store import CaseStore
from chatbot.storage.verify import verify
from tests.support.filled import BEGAN, installed
from tests.support.team import SAYS, Team, alone, asked_on, desk, row_of, way

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


def stopped(team: Team) -> Row:
    """Somebody who gave up at once: no emergency check was asked."""
    first = way(installed("low_back_pain"))[0]
    journal = team.people.begin(installed("low_back_pain"), first)
    journal.take(first.stop())
    journal.close()
    return journal.row


def for_act(team: Team, act: Act) -> Row:
    """A case in which it can be done: who was asked every emergency check is not said to be unable to answer."""
    return stopped(team) if act is ACTS["unable"] else team.told("urgent_2_weeks")


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
    assert (folder.conversation.state, folder.standing.stands, folder.pack.id) == ("complete", 4, "low_back_pain")


def test_a_case_that_went_on_since_the_list_was_read_is_opened_as_it_is() -> None:
    team = Team()
    row = team.told()
    team.bob.call(row)
    folder = team.ann.open(row, "from an old list")
    assert folder.row.owner == "bob"
    assert folder.conversation.interview.case.mode == "nurse"
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
    row = team.ann.claim(for_act(team, act))
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
    row = for_act(team, act)
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


def test_who_was_not_asked_the_emergency_checks_is_closed_as_an_emergency_alone() -> None:
    team = Team()
    row = team.ann.claim(stopped(team))
    assert row.stands == 4
    with pytest.raises(InputError, match="Emergency checks not asked: "):
        team.ann.close(row, "no_contact")
    with pytest.raises(InputError, match="Emergency checks not asked: "):
        team.ann.override(row, 1, SENTENCE, "known_before")
    assert team.now(row.case) == row
    row = team.ann.unable(row, "does not answer the phone")
    assert row.stands == 5
    with pytest.raises(InputError, match="already"):
        team.ann.unable(row)
    with pytest.raises(InputError, match="Emergency checks not asked: "):
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
        with pytest.raises(InputError, match="waits for a second person to sign"):
            close()
    with pytest.raises(InputError, match="Somebody else has to sign"):
        team.ann.sign(row)
    row = team.bob.sign(row)
    assert (row.stands, row.asked, row.owner) == (3, None, "ann")
    (signed,) = [event for event in team.ann.folder(row.case).events if event.did.kind == "signed"]
    (chosen,) = [event for event in team.ann.folder(row.case).events if event.did.kind == "override"]
    assert signed.did.model_dump()["override"] == chosen.seq
    for at in (team.bob, team.ann):
        with pytest.raises(InputError, match="No lower level waits"):
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


def test_checks_that_were_opened_again_since_stop_a_signature_until_they_are_asked() -> None:
    team = Team()
    journal, row = called_emergency(team)
    journal.row = row = team.ann.override(row, 3, SENTENCE, "examined")
    again = journal.last.change("bladder_function")
    assert again is not None
    journal.take(again)
    row = team.now(row.case)
    assert (row.asked, team.ann.folder(row.case).standing.checks != ()) == (3, True)
    with pytest.raises(InputError, match="Emergency checks open again"):
        team.bob.sign(row)
    assert team.now(row.case).stands == 5
    asked_on(journal, "emergency_now")
    journal.close()
    row = team.now(row.case)
    assert (row.asked, team.ann.folder(row.case).standing.checks) == (3, ())
    assert team.bob.sign(row).stands == 3
    assert team.is_whole()


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
