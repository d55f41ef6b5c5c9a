"""A call with somebody who answered alone before: what waits to be confirmed, what breaks off and goes on."""

import random
from collections.abc import Callable
from datetime import timedelta

import pytest

from chatbot.errors import HeldError, InputError
from chatbot.packs.pack import Pack
from chatbot.service.append import ChangedError
from chatbot.service.folding import events_in
from chatbot.storage.events import Opened
from chatbot.storage.projection import LEASE
from chatbot.storage.store import CaseStore
from tests.support.someone import Someone
from tests.support.team import SAYS, Team, asked_on

SENTENCE = "Examined today, and nothing was found."


def test_in_a_call_what_the_person_said_alone_stands_there_to_be_confirmed() -> None:
    team = Team()
    row = team.told("urgent_2_weeks")
    theirs = team.ann.folder(row.case).conversation
    journal = team.ann.call(row)
    at = journal.last
    assert (at.state, at.interview.case.mode, at.interview.case.answers) == ("right_now", "nurse", ())
    assert (
        set(at.previous_answers)
        == set(at.previous_words)
        == {answer.question for answer in theirs.interview.case.answers}
    )
    assert team.kinds(row.case)[-2:] == ["claimed", "called"]
    assert (journal.row.owner, journal.row.called != "", journal.row.level) == ("ann", True, 3)
    assert journal.row == team.now(row.case)
    assert journal.bodies == [each.body for each in team.store.events(row.case)]
    # But for those that only others would bring up, which nobody was asked yet.
    assert set(at.previous_answers) - set(team.ann.folder(row.case).standing.waiting) >= {
        "leg_weakness",
        "walking_pattern",
    }
    assert (
        set(at.previous_answers) > set(team.ann.folder(row.case).standing.waiting) > {"right_now", "leg_symptom_side"}
    )
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
    with pytest.raises(InputError, match="Emergency checks not asked: "):
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
    assert (again.last.previous_answers, again.last.previous_words) == (before.previous_answers, before.previous_words)
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
