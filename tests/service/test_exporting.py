"""Copies: one case in each form, and all of them without who they are."""

import json
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from chatbot.case import Case, Fact, Span
from chatbot.cli import impact
from chatbot.errors import InputError
from chatbot.interview.parse_given import parse_picked, parse_typed
from chatbot.interview.reading.parse_answer import ParsedAnswer
from chatbot.packs.pack import Pack
from chatbot.replay.corpus import of_archive
from chatbot.replay.files import read_transcript
from chatbot.replay.play import play
from chatbot.service.cases import kept_case, row_in
from chatbot.service.exporting import everybody, one_case
from chatbot.service.folding import Folding, events_in
from chatbot.service.maintenance import look
from chatbot.service.results import Options, recommend_lines
from chatbot.storage.chain import start
from chatbot.storage.deidentified import facts_of
from chatbot.storage.events import Issued, Looked, Note, Override, read_event
from chatbot.storage.row import STORE
from tests.support.filled import BEGAN, Clock, fill, installed, records_in, stopped, talk
from tests.support.memory_store import MemoryStore
from tests.support.someone import Someone

CANARY = "KANARIENVOGEL"


def exported(store: MemoryStore) -> list[dict[str, object]]:
    """All cases as exported."""
    found = everybody(records_in(store), installed)
    assert found.left_out == ()
    return [json.loads(line) for line in found.lines]


def test_an_exported_case_gets_the_recommendation_that_it_had(pack: Pack) -> None:
    """What was left out had no part in it."""
    store = MemoryStore()
    fill(store, pack, range(25))
    folding = Folding(store, installed)
    wanted = []
    for row in store.rows():
        found = kept_case(folding, row).conversation.interview.recommendation
        wanted.append((found.level, found.imaging, [rule.id for rule in found.decided_by]))
    lines = [json.dumps(line).encode() for line in exported(store)]
    replies = [reply.data for reply in recommend_lines(pack, lines, Options(brief=True))]
    got = [(data["level"], data["imaging_level"], data["decided_by"]) for data in replies]
    assert sorted(got, key=str) == sorted(wanted, key=str)


def test_impact_reads_the_export_as_an_archive(pack: Pack) -> None:
    store = MemoryStore()
    fill(store, pack, range(10))
    lines = [json.dumps(line).encode() for line in exported(store)]
    people = of_archive(lines, impact._line, (pack,), "x")
    assert len(people) == 10


@pytest.mark.parametrize("about", [{}, {"year": 2026, "more": [1, {"x": None}]}])
def test_what_is_said_about_a_case_changes_no_recommendation(pack: Pack, about: object) -> None:
    facts = {"age_years": 40}
    lines = [json.dumps({"facts": facts, **more}).encode() for more in ({}, {"about": about})]
    one, other = recommend_lines(pack, lines, Options())
    assert (one.data, one.error) == (other.data, "")


@pytest.mark.parametrize("about", ["text", 1, None, []])
def test_about_is_an_object(pack: Pack, about: object) -> None:
    (reply,) = recommend_lines(pack, [json.dumps({"facts": {}, "about": about}).encode()], Options())
    assert '"about" is an object' in reply.error


def test_no_word_name_day_or_code_leaves(pack: Pack) -> None:
    store, clock = MemoryStore(), Clock()
    records = records_in(store, clock)
    told = []
    for number in range(8):
        someone = Someone(pack, number)
        journal = records.begin(pack, someone.at, f"{CANARY} ref {number}")
        journal.take(someone.at.reply("chest", "no", f"{CANARY} words").stop())
        journal.keep([Note(text=f"{CANARY} note")])
        journal.keep([Override(level="same_day", instead_of="self_care", words=f"{CANARY} why")])
        journal.close()
        told += [journal.row.case, journal.code, journal.check_code, journal.row.code, journal.row.head.hex()]
    found = everybody(records, installed)
    text = "\n".join(found.lines)
    for secret in (*told, CANARY, "anna", "2026-", "03-02", "09:3", "reference", "words"):
        assert secret not in text, secret


def test_numbers_and_order_tell_nothing(pack: Pack) -> None:
    store = MemoryStore()
    fill(store, pack, range(40))
    once, again = (exported(store) for _ in range(2))
    assert [line["id"] for line in once] == [str(number) for number in range(1, 41)]
    facts = [[json.dumps(line["facts"]) for line in lines] for lines in (once, again)]
    assert facts[0] != facts[1]
    assert sorted(facts[0]) == sorted(facts[1])


def test_what_is_said_about_a_case(pack: Pack) -> None:
    store, clock = MemoryStore(), Clock()
    records = records_in(store, clock)
    someone = Someone(pack, 2)
    journal = records.begin(pack, someone.at)
    clock.now += timedelta(minutes=12)
    journal.take(someone.at.stop())
    journal.close()
    clock.now += timedelta(days=300)
    look(records, journal.row.case, "viewed", "long after")
    (line,) = exported(store)
    assert set(line) == {"id", "facts", "country", "about"}
    assert line["country"] == someone.at.interview.case.country
    assert line["about"] == {
        "year": BEGAN.year,
        "role": someone.at.interview.case.mode,
        "pack": pack.id,
        "version": pack.version,
        "digest": pack.digest,
        "ended": "stopped",
        "issued": "same_day",
        "imaging": "none",
        "questions": 0,
        "minutes": 12,
        "not_sure": [],
        "overridden": False,
    }


def test_a_clock_that_was_set_back_makes_no_negative_time(pack: Pack) -> None:
    clock = Clock()
    records = records_in(MemoryStore(), clock)
    someone = Someone(pack, 2)
    journal = records.begin(pack, someone.at)
    clock.now -= timedelta(days=3)
    journal.take(someone.at.stop())
    (line,) = exported(records.store)  # type: ignore[arg-type] # it is one in memory
    assert line["about"]["minutes"] == 0  # type: ignore[index] # an object


def test_an_interview_that_goes_on_is_unfinished_and_nothing_was_issued(pack: Pack) -> None:
    records = records_in(MemoryStore())
    records.begin(pack, Someone(pack, 2).at)
    (line,) = exported(records.store)  # type: ignore[arg-type] # it is one in memory
    about = line["about"]
    assert isinstance(about, dict)
    assert (about["ended"], about["issued"], about["imaging"]) == ("unfinished", None, None)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (Span(89, 89), 89),
        (Span(40, 89), {"from": 40, "to": 89}),
        (Span(90, 90), {"from": 90, "to": 120}),
        (Span(103, 104), {"from": 90, "to": 120}),
        (Span(85, 95), {"from": 85, "to": 120}),
        ("unknown", "unknown"),
    ],
)
def test_ages_above_89_are_one(pack: Pack, given: Span | str, wanted: object) -> None:
    assert facts_of(pack.rulebook.facts, {"age_years": given}) == {"age_years": wanted}


def test_ages_are_told_from_other_numbers_by_their_unit() -> None:
    years = Fact("a", "number", "rising", high=110, unit="years")
    points = Fact("b", "number", "rising", high=100, unit="points")
    values = {"a": Span(99, 99), "b": Span(99, 99)}
    assert facts_of({"a": years, "b": points}, values) == {"a": {"from": 90, "to": 110}, "b": 99}


def test_a_great_age_goes_through_the_interview_and_out_as_an_interval(pack: Pack) -> None:
    records = records_in(MemoryStore())
    someone = Someone(pack, 2)
    journal = records.begin(pack, someone.at)
    at = someone.at
    for _ in range(60):
        asked = at.asked
        assert asked is not None
        if asked.question.id == "age_years":
            break
        found = parse_typed(at, asked, "none of these" if asked.is_list else "1")
        at = at.answer(found if isinstance(found, ParsedAnswer) else parse_picked(at, asked, frozenset(["*none"])))  # type: ignore[arg-type]
    found = parse_typed(at, asked, "97")
    assert isinstance(found, ParsedAnswer)
    journal.take(at.answer(found).stop())
    (line,) = exported(records.store)  # type: ignore[arg-type] # it is one in memory
    assert line["facts"]["age_years"] == {"from": 90, "to": 120}  # type: ignore[index] # an object
    assert "97" not in json.dumps({**line, "about": ""})


def test_a_case_that_goes_on_under_another_name_is_there_once(pack: Pack) -> None:
    store = MemoryStore()
    records = records_in(store)
    old = talk(records, pack, 4)
    store._packs[pack.digest] = b"damaged"
    new = records.resume(old.code, lambda _: replace(pack, digest="0" * 64))
    assert new.journal is not None
    assert new.journal.row.case != old.row.case
    store._packs.clear()
    other = replace(pack, digest="0" * 64)
    assert len(everybody(records, lambda _: other).lines) == 1


def test_a_case_that_cannot_be_read_is_left_out_and_said(pack: Pack) -> None:
    store = MemoryStore()
    fill(store, pack, (1, 2))
    store.begin(replace(next(store.rows()), case="x", seq=0, head=b""), [b"{}"])
    found = everybody(records_in(store), installed)
    assert len(found.lines) == 2
    assert [why.startswith("case x: ") for why in found.left_out] == [True]


def test_an_export_of_all_is_kept(pack: Pack) -> None:
    store = MemoryStore()
    fill(store, pack, (1, 2))
    exported(store)
    last = read_event(store.events(STORE)[-1].body)
    assert (last.did.kind, last.by.login) == ("exported_all", "anna")


# One case.


@pytest.mark.parametrize("seed", range(25))
def test_the_transcript_of_a_case_replays(pack: Pack, tmp_path: Path, seed: int) -> None:
    records = records_in(MemoryStore())
    journal = stopped(records, pack, seed) if seed < 2 else talk(records, pack, seed)
    copy = one_case(records, journal.row, "transcript", installed)
    assert copy.remark == ""
    (tmp_path / "t.yaml").write_text(copy.text)
    played = play(read_transcript(tmp_path / "t.yaml"), pack)
    at = kept_case(Folding(records.store, installed), row_in(records.store, journal.row.case)).conversation
    end = at.confirm() if at.state == "check_answers" else at
    assert played.interview.state == end.state
    assert stated(played.interview.completed) == stated(end.interview.completed)


def stated(case: Case) -> object:
    """What a case states."""
    return {answer.question: answer.values for answer in case.answers}


def test_the_events_of_a_case_give_its_chain_again(pack: Pack) -> None:
    records = records_in(MemoryStore())
    row = talk(records, pack, 3).row
    digest = start(row.case).hash
    for line in one_case(records, row, "events", installed).text.splitlines():
        digest = sha256(digest + line.encode()).digest()
    assert digest == row.head


def test_the_summary_has_the_check_code_of_the_moment_it_was_shown(pack: Pack) -> None:
    records = records_in(MemoryStore())
    journal = stopped(records, pack, 2)
    row = journal.row
    data = json.loads(one_case(records, row, "json", installed).text)
    assert (data["case"], data["check_code"], data["event"]) == (row.case, journal.check_code, row.seq)
    assert data["summary"]["disposition"] == "same_day"
    later = records.store.row(row.case)
    assert later is not None
    assert later.head != row.head
    text = one_case(records, later, "md", installed).text
    assert f"Check code {journal.check_code}: event {row.seq} of case {row.case}" in text
    assert text.startswith("# ")


def test_the_summary_is_the_one_that_was_shown(pack: Pack) -> None:
    """Its digest stands in the record."""
    records = records_in(MemoryStore())
    row = stopped(records, pack, 2).row
    shown = [event.did for event in events_in(records.store.events(row.case)) if isinstance(event.did, Issued)][-1]
    data = json.loads(one_case(records, row, "json", installed).text)
    assert sha256(json.dumps(data["summary"]).encode()).hexdigest() == shown.summary


@pytest.mark.parametrize("wanted", ["events", "transcript", "json", "md"])
def test_a_copy_is_kept_in_its_case(pack: Pack, wanted: str) -> None:
    records = records_in(MemoryStore())
    row = stopped(records, pack, 2).row
    one_case(records, row, wanted, installed)  # type: ignore[arg-type] # one of them
    last = read_event(records.store.events(row.case)[-1].body)
    assert (last.did, last.by.login) == (Looked(kind="exported", how=wanted), "anna")


def test_a_case_that_went_on_from_another_is_copied_or_says_why_not(pack: Pack) -> None:
    """Answers that were carried over were said in no turn of it."""
    store = MemoryStore()
    records = records_in(store)
    old = talk(records, pack, 4)
    store._packs[pack.digest] = b"damaged"
    other = replace(pack, digest="0" * 64)
    new = records.resume(old.code, lambda _: other)
    assert new.journal is not None
    at = new.conversation.restore_replies()
    new.journal.take(at.stop())
    new.journal.close()
    copy = one_case(records, new.journal.row, "transcript", lambda _: other)
    assert copy.text.startswith("pack: low_back_pain")


def test_there_is_no_summary_where_none_was_shown(pack: Pack) -> None:
    records = records_in(MemoryStore())
    journal = records.begin(pack, Someone(pack, 2).at)
    journal.close()
    for wanted, why in (("json", "no recommendation was shown"), ("transcript", "nothing was said")):
        with pytest.raises(InputError, match=why):
            one_case(records, journal.row, wanted, installed)  # type: ignore[arg-type] # one of them
    assert len(records.store.events(journal.row.case)) == 1
