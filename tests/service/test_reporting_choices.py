"""What becomes of a choice, of a promise and of times, case by case."""

import random
from datetime import timedelta
from typing import cast

import pytest

from chatbot.interview.conversation import Conversation
from chatbot.interview.parse_given import parse_typed
from chatbot.recommendation.rulebook import EMERGENCY, LEVELS
from chatbot.replay.wilson import Share
from chatbot.service import decisions
from chatbot.service.desk import Desk
from chatbot.service.folding import events_in
from chatbot.service.reporting.level_choices import FATES
from chatbot.service.reporting.report_tables import spoken
from chatbot.service.reporting.time_taken import Spread
from chatbot.service.reporting.waits import Stood
from chatbot.storage.events import Issued, Level, Signed, Ticked
from tests.support.counted import BEGAN, LEG, NUMB, Day, chosen
from tests.support.driving import walked
from tests.support.filled import installed

# When a choice counts.


def test_a_level_below_an_emergency_counts_once_somebody_else_signed_it(day: Day) -> None:
    row = day.claimed(day.told(NUMB), "anna", minutes=1)
    row = day.chose(row, "anna", "same_day", "misunderstood")
    assert day.overrides().fates["not_signed"] == 1
    assert day.overrides().standing == ()
    signed = Signed(override=row.seq)  # past the desk, which would have the emergency checks asked first
    row = Desk(day.records("bert"), installed)._write(row, [signed])
    (choice,) = day.overrides().standing
    assert (choice.login, choice.direction, choice.rules) == ("anna", "down", {"CES-1"})
    assert [group.name for group in day.overrides().by_nurse] == ["anna"]


def test_a_choice_falls_away_when_a_level_above_it_is_shown(day: Day) -> None:
    first, *rest = walked(day.pack, "patient", LEG)
    journal = day.records().begin(day.pack, first)
    day.go(journal, rest)
    row = day.chose(day.claimed(journal.row, "anna"), "anna", "same_day")
    assert [choice.level for choice in day.overrides().standing] == [4]
    again = rest[-1].change("saddle_sensation")
    assert again is not None
    asked = again.asked
    assert asked is not None
    numb = again.answer(parse_typed(again, asked, "numb"))  # type: ignore[arg-type] # it is understood
    day.go(journal, [again, numb])
    while (asked := journal.last.asked) is not None:
        day.go(journal, [journal.last.answer(parse_typed(journal.last, asked, "not sure"))])  # type: ignore[arg-type]
    assert day.store.row(row.case).stands == EMERGENCY  # type: ignore[union-attr] # it is there
    assert day.overrides().standing == ()
    assert day.overrides().fates["withdrawn"] == 1


def test_a_later_choice_takes_the_place_of_an_earlier_one(day: Day) -> None:
    row = day.claimed(day.told(LEG), "anna")
    row = day.chose(row, "anna", "same_day")
    day.chose(row, "anna", "emergency_now")
    found = day.overrides()
    assert (found.fates["stands"], found.fates["replaced"]) == (1, 1)
    assert found.moves == ((3, 5, 1),)


def test_a_choice_taken_back_is_none(day: Day) -> None:
    row = day.claimed(day.told(LEG), "anna")
    row = day.chose(row, "anna", "same_day")
    day.chose(row, "anna", "urgent_2_weeks")
    found = day.overrides()
    assert (found.standing, found.fates["taken_back"], found.fates["replaced"]) == ((), 1, 1)


def test_a_choice_in_the_middle_of_a_call_is_counted_by_the_rules_for_what_was_said_by_then(day: Day) -> None:
    first, *rest = walked(day.pack, "nurse", LEG)
    journal = day.records("anna").begin(day.pack, first)
    day.go(journal, rest[:3])
    at = decisions.standing(journal.row, rest[2], ())
    journal.keep([decisions.unable(at, "the line went dead")])
    (choice,) = day.overrides().standing
    assert choice.rules == {rule.id for rule in rest[2].interview.recommendation.decided_by}
    assert choice.reason == decisions.UNABLE
    assert all(group.total == group.up == 1 for group in day.overrides().by_rule)
    assert day.overrides().overall["with_level"] == Share(1, 1)


@pytest.mark.parametrize("seed", range(40))
def test_what_stands_is_what_the_row_of_the_case_says(day: Day, seed: int) -> None:
    chance = random.Random(seed)
    row = day.told(NUMB if seed % 2 else LEG)
    issued = next(
        did for did in (event.did for event in events_in(day.store.events(row.case))) if isinstance(did, Issued)
    )
    for _ in range(12):
        level = chance.randrange(6)
        did = chance.choice(
            [
                chosen(row.level or 0, cast("Level", LEVELS[level])),
                Signed(override=1),
                issued.model_copy(update={"result": {**issued.result, "level": level}}),
                Ticked(kind="taught_back"),
            ]
        )
        row = Desk(day.records(chance.choice(("anna", "bert"))), installed)._write(row, [did])
        course = day.course(row)
        fates = {fate: [choice.level for choice in course.choices if choice.fate == fate] for fate in FATES}
        assert course.stands == row.stands
        assert fates["stands"] + fates["taken_back"] == ([] if row.chosen is None else [row.chosen])
        assert fates["not_signed"] == ([] if row.asked is None else [row.asked])


# When a promise is kept.


@pytest.mark.parametrize(
    ("level", "taken", "closed", "until", "now", "kept"),
    [
        (5, 10, None, None, 20, "kept"),
        (5, 11, None, None, 20, "late"),
        (5, None, None, None, 10, "open"),
        (5, None, None, None, 11, "late"),
        (5, None, None, 5, 99, "changed"),
        (5, None, None, 11, 99, "late"),
        (4, 1, 2, None, 3, "kept"),
        (4, 1, 3 * 1440, None, 4 * 1440, "late"),
        (4, 1, None, None, 3 * 1440, "late"),
        (3, None, 14 * 1440, None, 99 * 1440, "kept"),
        (3, None, 14 * 1440 + 1, None, 99 * 1440, "late"),
        (2, None, None, None, 91 * 1440, "open"),
        (1, None, None, None, 999 * 1440, "no_time"),
        (0, 1, 2, None, 3, "no_time"),
    ],
)
def test_a_promise(level: int, taken: int | None, closed: int | None, until: int | None, now: int, kept: str) -> None:
    at = [None if minute is None else BEGAN + timedelta(minutes=minute) for minute in (taken, closed, until)]
    assert Stood(level, BEGAN, *at).kept(BEGAN + timedelta(minutes=now)) == kept


def test_an_emergency_that_a_nurse_finds_is_with_somebody_at_once(day: Day) -> None:
    day.told(NUMB, "nurse", "anna")
    day.wait(days=1)
    assert day.quality().promises[5] == {"kept": 1}


def test_who_is_told_anew_after_the_case_was_closed_waits_once_more(day: Day) -> None:
    first, *rest = walked(day.pack, "patient", LEG)
    journal = day.records().begin(day.pack, first)
    day.go(journal, rest)
    day.desk("anna").close(day.claimed(journal.row, "anna", minutes=5), "advised")
    day.wait(hours=1)
    back = rest[-1].back()
    asked = back.asked
    assert asked is not None
    day.go(journal, [back, back.answer(parse_typed(back, asked, "not sure"))])  # type: ignore[arg-type] # it is understood
    while journal.last.state != "complete":
        at = journal.last
        asked = at.asked
        day.go(journal, [at.confirm() if asked is None else at.answer(parse_typed(at, asked, "not sure"))])  # type: ignore[arg-type]
    day.claimed(day.store.row(journal.row.case) or journal.row, "bert", minutes=7)
    times = day.quality().times
    assert times["shown_to_taken"].seconds == (5 * 60, 7 * 60)
    assert times["shown_to_closed_alone"].seconds == (5 * 60,)
    assert day.quality().promises[3] == {"kept": 1, "open": 1}


# Times.


def test_time_away_is_no_part_of_an_interview(day: Day) -> None:
    first, *rest = walked(day.pack)
    kept = day.records()
    journal = kept.begin(day.pack, first)
    day.go(journal, rest[:6])
    journal.close()
    day.wait(hours=9)
    back = kept.resume(journal.code, installed)
    assert back.journal is not None
    for at in rest[6:]:
        day.wait(seconds=10)
        back.journal.take(_onward(back.journal.last, at))
    found = day.quality().times
    assert found["interview_alone"].seconds == (10.0 * len(rest),)
    assert set(found["question_alone"].seconds) == {10}


def _onward(at: Conversation, wanted: Conversation) -> Conversation:
    """The same step from where a conversation was taken up."""
    past = wanted.past
    assert past is not None
    return at.take(past.step)


def test_an_emergency_on_the_screen_is_not_counted_as_time_of_questions(day: Day) -> None:
    day.told(NUMB)
    row = next(day.store.rows())
    day.wait(hours=3)
    journal = day.desk("anna").call(row)
    day.go(journal, [journal.last.stop()])
    times = day.quality().times
    assert times["interview_alone"].seconds == (30,)
    assert times["interview_nurse"].seconds == ()  # given up
    assert times["question_nurse"].seconds == (10,)


def test_a_clock_set_back_makes_no_negative_time(day: Day) -> None:
    first, *rest = walked(day.pack)
    journal = day.records().begin(day.pack, first)
    for number, at in enumerate(rest):
        day.wait(seconds=-500 if number == 4 else 10)
        journal.take(at)
    day.claimed(journal.row, "anna", minutes=-30)
    times = day.quality().times
    assert times["shown_to_taken"].seconds == (0,)
    assert all(second >= 0 for found in times.values() for second in found.seconds)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (None, "-"), (0, "0.0 s"), (9.94, "9.9 s"), (12, "12 s"), (119, "119 s"), (120, "2.0 min"), (3600, "60 min"),
        (7200, "2.0 h"), (172_799, "48 h"), (172_800, "2.0 d"),
    ],
)  # fmt: skip
def test_times_are_told_as_people_say_them(seconds: float | None, told: str) -> None:
    assert spoken(seconds) == told


@pytest.mark.parametrize("count", [1, 2, 9, 10, 11, 30, 110])
def test_nine_of_ten_stay_within_the_second_figure(count: int) -> None:
    found = Spread(tuple(map(float, range(1, count + 1))))
    assert found.most is not None
    assert found.most / count >= 0.9 > (found.most - 1) / count
