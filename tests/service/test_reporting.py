"""The figures of a small day made by hand, and how a report is told."""

import itertools
import json
from typing import cast

import pytest

from chatbot.packs.pack import Pack
from chatbot.recommendation.rulebook import LEVELS
from chatbot.replay.wilson import Share
from chatbot.service.reporting.reports import Name
from chatbot.service.reporting.time_taken import Spread
from chatbot.storage.events import Looked, read_event
from chatbot.storage.row import STORE
from tests.support.counted import FEVER, LEG, NUMB, REPORTS, Day, fill
from tests.support.driving import walked

# The small day, counted by hand.


def test_choices_are_counted_by_direction_reason_and_what_became_of_them(filled: Day) -> None:
    found = filled.overrides()
    assert (len(found.gathered.courses), len(found.levelled)) == (9, 8)
    assert found.overall == {"with_level": Share(2, 8), "closed": Share(2, 4)}
    assert found.fates == {"stands": 2, "not_signed": 1, "withdrawn": 0, "replaced": 0, "taken_back": 0}
    assert found.directions == {"up": Share(1, 8), "down": Share(1, 8), "not_signed": Share(1, 8)}
    assert found.reasons == {"examined": Share(1, 2), "(none given)": Share(1, 2)}
    assert found.moves == ((3, 1, 1), (4, 5, 1))


def test_choices_are_counted_by_the_rules_that_had_decided(filled: Day) -> None:
    rows = [(group.name, group.total, group.up, group.down, group.not_signed) for group in filled.overrides().by_rule]
    assert rows == [("INF-3", 2, 1, 0, 0), ("NEU-U", 2, 0, 1, 0), ("CES-1", 3, 0, 0, 1)]


def test_choices_are_counted_by_login_of_the_cases_it_took_on(filled: Day) -> None:
    rows = [(group.name, group.total, group.up, group.down, group.not_signed) for group in filled.overrides().by_nurse]
    assert rows == [("bert", 3, 1, 1, 1)]


def test_recommendations_are_counted_as_they_were_shown_last(filled: Day) -> None:
    counts = {name: share.count for name, share in filled.quality().levels.items()}
    assert list(counts.values()) == [3, 2, 2, 0, 0, 1]
    assert all(share.total == 8 for share in filled.quality().levels.values())


def test_times_until_somebody_saw_to_it(filled: Day) -> None:
    times = filled.quality().times
    minutes = {name: [second / 60 for second in found.seconds] for name, found in times.items()}
    assert minutes["shown_to_taken"] == [4, 12, 20, 30]
    assert minutes["shown_to_closed_alone"] == [5, 13, 32]
    assert minutes["shown_to_closed_nurse"] == [3]
    assert (times["shown_to_taken"].median, times["shown_to_taken"].most) == (16 * 60, 30 * 60)


def test_times_of_questions_and_interviews(filled: Day) -> None:
    times = filled.quality().times
    alone = sorted(10 * (len(list(walked(filled.pack, "patient", says))) - 1) for says in (NUMB, NUMB, NUMB, FEVER))
    found = times["interview_alone"].seconds
    assert list(found[:4]) == [30, 30, 30, alone[-1]]
    assert len(found) == 7
    assert times["interview_nurse"].seconds == (10 * (len(list(walked(filled.pack, "nurse", LEG))) - 1),)
    assert set(times["question_nurse"].seconds) == {10, 20}  # one was put a second time
    assert times["question_alone"].median == times["question_alone"].most == 10


def test_what_was_promised_and_kept(filled: Day) -> None:
    found = {LEVELS[level]: dict(counted) for level, counted in filled.quality().promises.items() if counted}
    assert found == {
        "emergency_now": {"kept": 2, "late": 1, "open": 1},
        "same_day": {"late": 1, "changed": 1},
        "urgent_2_weeks": {"changed": 1, "kept": 1},
        "primary_care": {"no_time": 1},
        "self_care": {"no_time": 1},
    }


def test_not_sure_is_counted_by_question_and_by_who_was_asked(filled: Day) -> None:
    found = {each.question: each.shares for each in filled.quality().unsure}
    assert found["cauda_symptom_timing"] == {"alone": Share(3, 3), "nurse": Share(0, 0)}
    assert found["saddle_sensation"] == {"alone": Share(0, 7), "nurse": Share(0, 1)}
    assert found["neuro_course"] == {"alone": Share(1, 1), "nurse": Share(1, 1)}
    assert found["exam_temp_c"] == {"alone": Share(0, 0), "nurse": Share(1, 1)}


def test_rules_that_fired_and_never_did(filled: Day) -> None:
    (found,) = filled.quality().fired
    assert (found.cases, found.installed, found.gone) == (8, len(filled.pack.rulebook.rules), ())
    assert {rule: found.rules[rule] for rule in ("CES-1", "INF-3", "NEU-U")} == {"CES-1": 3, "INF-3": 2, "NEU-U": 2}
    assert found.rules.keys().isdisjoint(found.never)
    assert len(found.rules) + len(found.never) == found.installed


def test_grades_beside_the_final_level(filled: Day) -> None:
    found = filled.quality()
    assert sorted(found.graded) == [(3, 1), (4, 5), (5, 5)]
    assert found.grades == {"exact": Share(1, 3), "under_triage": Share(1, 3), "over_triage": Share(1, 3)}
    data = cast("dict[str, dict[str, dict[str, object]]]", found.data())
    assert data["grades"]["graded"]["total"] == 4
    assert data["grades"]["exact"]["low"] == round(Share(1, 3).interval[0], 4)


def test_no_level_comes_out_otherwise(filled: Day) -> None:
    assert filled.quality().differs == Share(0, 8)


@pytest.mark.parametrize("name", REPORTS)
def test_figures_do_not_depend_on_the_order_of_the_cases(pack: Pack, name: Name) -> None:
    rising, falling = Day(pack), Day(pack, numbers=itertools.count(9000, -1))
    one, other = (fill(each).report(name) for each in (rising, falling))
    assert [row.started for row in rising.store.rows()] != [row.started for row in falling.store.rows()]
    assert (one.data, one.lines, one.svg) == (other.data, other.lines, other.svg)


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_says_what_it_is_not_and_fits_a_terminal(filled: Day, name: Name) -> None:
    found = filled.report(name)
    text = " ".join(" ".join(found.lines).split())
    assert "Not a measure of clinical safety" in text
    assert "submitted; content not approved" in text
    assert [line for line in found.lines if len(line) > 79 or not line.isascii() or line != line.rstrip()] == []
    assert found.data["report"] == name
    assert json.loads(json.dumps(found.data)) == found.data
    assert "not approved" in str(found.data["notice"])


def test_few_times_are_marked(filled: Day) -> None:
    text = "\n".join(filled.report("quality").lines)
    assert "(n=4, few)" in text
    assert [Spread(tuple(map(float, range(count)))).is_few for count in (9, 10)] == [True, False]


@pytest.mark.parametrize("name", REPORTS)
def test_that_somebody_looked_is_kept_in_the_chain_of_the_store(filled: Day, name: Name) -> None:
    filled.report(name)
    last = read_event(filled.store.events(STORE)[-1].body)
    assert (last.did, last.by.login) == (Looked(kind="viewed", how=f"report {name}"), "lead")


def test_a_report_changes_no_case(filled: Day) -> None:
    before = list(filled.store.rows())
    for name in REPORTS:
        filled.report(name)
    assert list(filled.store.rows()) == before
