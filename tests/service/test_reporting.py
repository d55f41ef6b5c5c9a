"""What a team learns from its cases: figures by hand for a small day, and nothing of whom they are about."""

import itertools
import json
import random
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from filled import installed, talk
from hostile import LINES
from someone import Someone

from chatbot.case import Mode
from chatbot.errors import InputError
from chatbot.interview.conversation import Conversation
from chatbot.packs.load import load_folder
from chatbot.packs.pack import Pack
from chatbot.recommendation.rulebook import EMERGENCY, LEVELS
from chatbot.replay.wilson import Share
from chatbot.service import closing
from chatbot.service.desk import Desk
from chatbot.service.journal import Journal
from chatbot.service.reading import Folding, events_in
from chatbot.service.records import Records
from chatbot.service.reporting.choices import FATES, OTHER_REASON
from chatbot.service.reporting.courses import Course, course_of, gather
from chatbot.service.reporting.overrides import Overrides
from chatbot.service.reporting.pace import Spread
from chatbot.service.reporting.quality import Quality
from chatbot.service.reporting.reports import Name, Report, report
from chatbot.service.reporting.tables import spoken, table
from chatbot.service.reporting.waits import Stood
from chatbot.storage.events import Issued, Level, Looked, Note, Override, Resumed, Signed, Ticked, read_event
from chatbot.storage.memory import MemoryStore
from chatbot.storage.postgres import look_at_postgres, open_postgres
from chatbot.storage.roles import Role
from chatbot.storage.store import STORE, Row

sys.path.insert(0, str(Path(__file__).parents[1] / "tui"))  # where a conversation is walked to its end
sys.path.insert(0, str(Path(__file__).parents[1] / "storage"))  # where a PostgreSQL is at hand

from driving import walked
from postgres_server import PostgresServer, shared_server

BEGAN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PACK = Path(__file__).parents[2] / "dialogs" / "low_back_pain"
NUMB, FEVER, LEG = {"saddle_sensation": "numb"}, {"fever_chills": "yes"}, {"leg_symptom_side": "left"}
REPORTS: tuple[Name, ...] = ("overrides", "quality")


class RoleStore(MemoryStore):
    """A store that knows what its login is."""

    role: Role | None = "nurse"


@dataclass
class Day:
    """A team at work, with a clock that stands where it is put."""

    pack: Pack
    store: MemoryStore = field(default_factory=MemoryStore)
    now: datetime = BEGAN
    numbers: Iterator[int] = field(default_factory=itertools.count)
    load: Callable[[str], Pack] = installed

    def records(self, login: str = "") -> Records:
        """The records as somebody opens them."""
        return Records(self.store, lambda: self.now, lambda: f"case-{next(self.numbers):04}", login=login)

    def desk(self, login: str) -> Desk:
        """Somebody's desk."""
        return Desk(self.records(login), self.load)

    def wait(self, **time: float) -> None:
        """Let time pass."""
        self.now += timedelta(**time)

    def told(
        self, says: Mapping[str, str] | None = None, who: Mode = "patient", login: str = "", reference: str = ""
    ) -> Row:
        """Somebody answers a question every ten seconds, to the end."""
        first, *rest = walked(self.pack, who, says)
        journal = self.records(login).begin(self.pack, first, reference)
        self.go(journal, rest)
        journal.close()
        return journal.row

    def go(self, journal: Journal, steps: list[Conversation]) -> None:
        """Take steps, one every ten seconds."""
        for at in steps:
            self.wait(seconds=10)
            journal.take(at)

    def claimed(self, row: Row, login: str, **time: float) -> Row:
        """Somebody takes the case on, so much later."""
        self.wait(**time)
        return self.desk(login).claim(row)

    def chose(self, row: Row, login: str, level: Level, reason: str = "", words: str = "as I said to them") -> Row:
        """Somebody chooses another level than that of the rules."""
        return self.desk(login).keep(row, [chosen(self.by_rules(row), level, reason, words)])

    def by_rules(self, row: Row) -> int:
        """The level of the rules."""
        return self.desk("x").folder(row.case).standing.by_rules

    def course(self, row: Row) -> Course:
        """What happened in a case."""
        return course_of(Folding(self.store, self.load), events_in(self.store.events(row.case)))

    def report(self, name: Name, days: int | None = None, login: str = "lead") -> Report:
        """A report as somebody asks for it."""
        return report(self.records(login), name, self.load, days)

    def overrides(self) -> Overrides:
        """The figures on choices."""
        return Overrides(gather(self.records(), self.load, None))

    def quality(self) -> Quality:
        """The figures on the work."""
        return Quality(gather(self.records(), self.load, None))


def chosen(instead_of: int, level: Level, reason: str = "", words: str = "as I said to them") -> Override:
    """A choice, past what a desk asks for."""
    return Override(level=level, instead_of=cast("Level", LEVELS[instead_of]), reason=reason, words=words)


@pytest.fixture
def day(pack: Pack) -> Day:
    """Nothing has happened yet."""
    return Day(pack)


def fill(day: Day) -> Day:
    """Nine cases of one small day, all of it written out in the tests below."""
    h = day.told(FEVER)  # three days before, and nobody sees to it
    day.now = BEGAN + timedelta(days=3)
    a = day.told(NUMB)
    a = day.claimed(a, "anna", minutes=4)
    day.wait(minutes=1)
    day.desk("carla").grade(day.desk("anna").close(a, "sent_to_emergency"), EMERGENCY)
    b = day.told(FEVER)
    b = day.chose(day.claimed(b, "bert", minutes=12), "bert", "emergency_now")
    day.wait(minutes=1)
    day.desk("carla").grade(day.desk("bert").close(b, "sent_to_emergency"), h.level or 0)
    c = day.told(LEG)
    c = day.claimed(c, "bert", minutes=30)
    down = closing.override(day.desk("bert").folder(c.case).standing, 1, "I have looked at the leg", "examined")
    c = day.desk("bert").keep(c, [down])
    day.wait(minutes=2)
    day.desk("carla").grade(day.desk("bert").close(c, "advised"), 3)
    d = day.told(NUMB)
    day.chose(day.claimed(d, "bert", minutes=20), "bert", "urgent_2_weeks", "known_before")
    e = day.told(LEG, "nurse", "anna")
    day.wait(minutes=3)
    day.desk("anna").close(e, "booked")
    day.told()
    day.records().begin(day.pack, Someone(day.pack, 2).at).close()
    day.told(NUMB)
    day.wait(minutes=5)
    return day


@pytest.fixture
def filled(day: Day) -> Day:
    """The small day."""
    return fill(day)


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


# When a choice counts.


def test_a_level_below_an_emergency_counts_once_somebody_else_signed_it(day: Day) -> None:
    row = day.claimed(day.told(NUMB), "anna", minutes=1)
    row = day.chose(row, "anna", "same_day", "misunderstood")
    assert day.overrides().fates["not_signed"] == 1
    assert day.overrides().standing == ()
    day.desk("bert").sign(row)
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
    numb = again.answer(again.read(asked, "numb"))  # type: ignore[arg-type] # it is understood
    day.go(journal, [again, numb])
    while (asked := journal.last.asked) is not None:
        day.go(journal, [journal.last.answer(journal.last.read(asked, "not sure"))])  # type: ignore[arg-type]
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
    unable = closing.unable(closing.Standing(rest[2].interview.recommendation.level), "the line went dead")
    journal.keep([unable])
    (choice,) = day.overrides().standing
    assert choice.rules == {rule.id for rule in rest[2].interview.recommendation.decided_by}
    assert choice.reason == closing.UNABLE
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
    day.go(journal, [back, back.answer(back.read(asked, "not sure"))])  # type: ignore[arg-type] # it is understood
    while journal.last.state != "complete":
        at = journal.last
        asked = at.asked
        day.go(journal, [at.confirm() if asked is None else at.answer(at.read(asked, "not sure"))])  # type: ignore[arg-type]
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
    step = getattr(at, past.step)
    return cast("Conversation", step(*past.given))


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


# What is not as it should be.


@pytest.mark.parametrize("name", REPORTS)
def test_a_store_with_nothing_in_it(day: Day, name: Name) -> None:
    found = day.report(name)
    assert (found.data["cases"], found.left_out) == (0, ())
    assert any(line.startswith("0 case(s) counted") for line in found.lines)
    assert "<svg" in found.svg


@pytest.mark.parametrize("name", REPORTS)
def test_a_store_where_nothing_is_closed_or_shown(day: Day, name: Name) -> None:
    day.records().begin(day.pack, Someone(day.pack, 2).at)
    found = day.report(name)
    assert (found.data["cases"], found.data["closed"], found.left_out) == (1, 0, ())


@pytest.mark.parametrize("name", REPORTS)
def test_a_case_that_cannot_be_done_again_is_left_out_and_said(filled: Day, name: Name) -> None:
    whole = filled.report(name)
    row = next(filled.store.rows())
    filled.store.begin(replace(row, case="x", seq=0, head=b""), [b"{}"])
    chain = filled.store._chains[row.case]
    chain[3] = replace(chain[3], body=chain[3].body + b" ")
    found = filled.report(name)
    assert [why.split(":")[0] for why in found.left_out] == [f"case {row.case}", "case x"]
    assert (found.data["cases"], found.data["left_out"]) == (8, 2)
    assert "2 left out" in " ".join(found.lines)
    assert row.case not in "\n".join(found.lines) + json.dumps(found.data) + found.svg
    assert whole.left_out == ()


def test_a_record_that_leads_elsewhere_is_left_out(filled: Day) -> None:
    row = next(filled.store.rows())
    Desk(filled.records("anna"), installed)._write(row, [Resumed(then="nowhere")])
    found = filled.report("quality")
    assert len(found.left_out) == 1
    assert found.data["cases"] == 8


@pytest.fixture
def older(tmp_path: Path) -> Pack:
    """An older version of the pack, with a rule that the installed one has under another name."""
    shutil.copytree(PACK, tmp_path / "low_back_pain")
    for file in (tmp_path / "low_back_pain").rglob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("NEU-U", "NEU-OLD").replace("0.1.0", "0.0.9"), encoding="utf-8")
    return load_folder(tmp_path / "low_back_pain")


def test_a_case_of_an_older_version_is_counted_under_its_own_content(older: Pack) -> None:
    day = Day(older)
    day.chose(day.claimed(day.told(LEG), "anna"), "anna", "same_day")
    found = day.quality()
    (fired,) = found.fired
    assert (fired.rules["NEU-OLD"], fired.gone) == (1, ("NEU-OLD",))
    assert "NEU-U" in fired.never
    assert found.differs == Share(0, 1)
    assert [group.name for group in day.overrides().by_rule] == ["NEU-OLD"]
    assert any("not in the installed content any more" in line for line in day.report("quality").lines)


def test_cases_of_a_pack_that_is_not_installed_are_counted_all_the_same(older: Pack) -> None:
    def none(name: str) -> Pack:
        raise InputError(f"there is no pack {name}")

    day = Day(older, load=none)
    day.told(LEG)
    (fired,) = day.quality().fired
    assert (fired.version, fired.never, fired.rules["NEU-OLD"]) == ("", (), 1)
    assert any("not installed" in line for line in day.report("quality").lines)


def test_content_that_is_gone_leaves_its_cases_out(older: Pack) -> None:
    day = Day(older)
    day.told(LEG)
    day.store._packs.clear()
    found = day.report("quality")
    assert found.data["cases"] == 0
    assert "content it was asked with is not here" in found.left_out[0]


def test_a_case_that_goes_on_as_another_is_counted_once(day: Day) -> None:
    records = day.records()
    old = talk(records, day.pack, 4)
    day.store._packs[day.pack.digest] = b"damaged"
    other = replace(day.pack, digest="0" * 64)
    assert records.resume(old.code, lambda _: other).journal is not None
    day.store._packs.clear()
    day.load = lambda _: other
    found = day.report("quality")
    assert (found.data["cases"], found.data["gone_on"], found.left_out) == (1, 1, ())


def test_a_level_that_comes_out_otherwise_is_counted(day: Day) -> None:
    row = day.told(LEG)
    day.told(FEVER)
    did = next(e.did for e in events_in(day.store.events(row.case)) if isinstance(e.did, Issued))
    other = did.model_copy(update={"result": {**did.result, "level": 1, "disposition": "primary_care"}})
    Desk(day.records("anna"), installed)._write(row, [other])
    assert day.quality().differs == Share(1, 2)


def test_a_level_that_there_is_not_leaves_the_case_out(day: Day) -> None:
    row = day.told(LEG)
    did = next(e.did for e in events_in(day.store.events(row.case)) if isinstance(e.did, Issued))
    Desk(day.records("anna"), installed)._write(row, [did.model_copy(update={"result": {"level": 77}})])
    assert [why.endswith("a level that there is not") for why in day.report("quality").left_out] == [True]


def test_days_leave_out_what_began_before(filled: Day) -> None:
    assert filled.report("quality").data["cases"] == 9
    found = filled.report("quality", days=1)
    assert found.data["cases"] == 8
    assert found.data["since"] == (filled.now - timedelta(days=1)).isoformat()
    assert "cases that began from 2026-03-04" in found.lines[0]


def test_grades_before_a_case_was_opened_again_do_not_count(day: Day) -> None:
    row = day.claimed(day.told(LEG), "anna")
    row = day.desk("lead").grade(day.desk("anna").close(row, "advised"), 3)
    assert day.quality().grades["exact"] == Share(1, 1)
    issued = next(e.did for e in events_in(day.store.events(row.case)) if isinstance(e.did, Issued))
    row = Desk(day.records("anna"), installed)._write(row, [issued])
    assert day.quality().graded == ()
    day.desk("anna").close(day.desk("anna").claim(row), "advised")
    assert day.quality().graded == ()


# Who may see what, and what nobody does.


@pytest.mark.parametrize(("role", "sees"), [("lead", True), ("auditor", True), ("nurse", False)])
def test_who_chose_what_is_shown_to_leads_and_auditors_only(pack: Pack, role: Role, sees: bool) -> None:
    filled = fill(Day(pack))
    store = RoleStore(_rows=filled.store._rows, _chains=filled.store._chains, _packs=filled.store._packs)
    store.role = role
    found = replace(filled, store=store).report("overrides")
    text = "\n".join(found.lines) + json.dumps(found.data)
    assert ("bert" in text) == sees
    assert ("A lead or an auditor may see it" in text) != sees
    assert (found.data["by_nurse"] is None) != sees
    assert "bert" not in found.svg


@pytest.mark.parametrize("role", ["patient", None])
def test_others_see_no_report(pack: Pack, role: Role | None) -> None:
    store = RoleStore()
    store.role = role
    with pytest.raises(InputError, match="may not do this"):
        Day(pack, store=store).report("quality")
    assert store.events(STORE) == ()


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresServer]:
    """A PostgreSQL of the tests' own; without one, what needs it is skipped by name."""
    yield from shared_server()


def test_logins_of_a_database_see_what_their_role_may(pack: Pack, server: PostgresServer) -> None:
    url = server.create_database()
    store = open_postgres(url)
    try:
        fill(Day(pack, store=cast("MemoryStore", store)))
        with server.connect(url.rpartition("/")[2]) as connection:
            for role in ("nurse", "lead", "auditor", "patient"):
                connection.execute(f"CREATE ROLE reads_as_{role} LOGIN")
                connection.execute(f"GRANT triage_{role} TO reads_as_{role}")
        seen = {role: _seen_as(role, url) for role in ("nurse", "lead", "auditor", "patient")}
        kept = [event.by.login for event in events_in(store.events(STORE))]
    finally:
        store.close()
    assert seen == {"nurse": None, "lead": ["bert"], "auditor": ["bert"], "patient": "refused"}
    assert kept == ["reads_as_nurse", "reads_as_lead", "reads_as_auditor"]


def _seen_as(role: str, url: str) -> object:
    """The logins that a login of that role is told of."""
    store = look_at_postgres(url.replace("://triage@", f"://reads_as_{role}@"))
    try:
        found = report(Records(store, store.now, login=store.login), "overrides", installed)
    except InputError:
        return "refused"
    finally:
        store.close()
    told = cast("list[dict[str, object]] | None", found.data["by_nurse"])
    return told and [group["login"] for group in told]


SECRETS = ("KANARIENVOGEL", "case-0", "reference")


@pytest.mark.parametrize("name", REPORTS)
def test_no_word_name_reference_or_code_reaches_a_report(day: Day, name: Name) -> None:
    row = day.told({**NUMB, "saddle_sensation": "numb"}, reference="KANARIENVOGEL 4")
    row = day.claimed(row, "anna")
    words = "KANARIENVOGEL said so and more"
    row = day.chose(row, "anna", "same_day", "KANARIENVOGEL", words)
    desk = day.desk("anna")
    row = desk.keep(row, [Note(text=words, question="KANARIENVOGEL"), chosen(5, "emergency_now", words=words)])
    row = day.desk("carla").grade(desk.close(row, "advised", words), 4, words)
    found = day.report(name)
    text = "\n".join(found.lines) + json.dumps(found.data) + found.svg
    for secret in (*SECRETS, row.head.hex(), row.at.code, row.code):
        assert secret not in text, secret
    assert OTHER_REASON in {choice.reason for choice in day.course(row).choices}


@pytest.mark.parametrize("part", range(4))
def test_hostile_words_do_nothing(day: Day, part: int) -> None:
    words = LINES[part::4]
    row = day.claimed(day.told(NUMB, reference=words[0]), "anna")
    desk = day.desk("anna")
    for at in range(0, len(words), 50):
        row = desk.keep(row, [Note(text=word) for word in words[at : at + 50]])
    row = desk.keep(row, [chosen(5, "same_day", word, word or "x") for word in words[:40]])
    for name in REPORTS:
        found = day.report(name)
        text = "\n".join((*found.lines, json.dumps(found.data), found.svg))
        assert found.left_out == ()
        assert text.isascii()
        assert text.replace("\n", "").isprintable()
        assert "alert(1)" not in text


@pytest.mark.parametrize("login", ["\x1b[2Jeve", "j\u00fcrgen \u202eevil", "w" * 300, "<b>&'\"", ""])
def test_a_login_of_any_kind_stands_in_one_harmless_line(day: Day, login: str) -> None:
    row = day.told(LEG)
    Desk(day.records(login), installed)._write(row, [chosen(3, "same_day")])
    found = day.report("overrides")
    assert [line for line in found.lines if len(line) > 79 or not line.isascii() or not line.isprintable()] == []
    assert json.loads(json.dumps(found.data))["by_nurse"][0]["login"] == login


def test_a_name_too_long_for_its_column_stands_above_the_rest() -> None:
    rows = [("n" * 60, "1/2 50% (9-91)", "1/2"), ("short", "0/1 0% (0-79)", "0/1")]
    lines = list(table(rows, ("name", "figures which are quite long", "more")))
    assert all(len(line) <= 79 for line in lines)
    assert lines[1].strip() == "n" * 60
    assert lines[2].split()[0] == "1/2"
