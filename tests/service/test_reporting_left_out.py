"""What a report leaves out, who may see it, and what never reaches one."""

import json
import re
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from chatbot.errors import InputError
from chatbot.packs.load import load_folder
from chatbot.packs.pack import Pack
from chatbot.replay.wilson import Share
from chatbot.service.desk import Desk
from chatbot.service.folding import events_in
from chatbot.service.records import Records
from chatbot.service.reporting.level_choices import OTHER_REASON
from chatbot.service.reporting.reports import Name, report
from chatbot.storage.events import Issued, Note, Resumed
from chatbot.storage.postgres import look_at_postgres, open_postgres
from chatbot.storage.roles import Role
from chatbot.storage.row import STORE
from tests.support.counted import FEVER, LEG, NUMB, PACK, REPORTS, Day, RoleStore, chosen, fill
from tests.support.filled import installed, talk
from tests.support.hostile import LINES
from tests.support.memory_store import MemoryStore
from tests.support.postgres_server import PostgresServer
from tests.support.someone import Someone

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
        file.write_text(
            re.sub(r"(?m)^version: \S+$", "version: 0.0.9", text.replace("NEU-U", "NEU-OLD")), encoding="utf-8"
        )
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
