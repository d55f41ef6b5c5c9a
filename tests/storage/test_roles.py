"""What each role of the database may do, through the program and past it."""

from pathlib import Path

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy.engine import make_url

from chatbot.cli import main
from chatbot.errors import InputError, StorageError
from chatbot.packs.pack import Pack
from chatbot.service.append import write
from chatbot.service.desk import Desk
from chatbot.service.folding import events_in
from chatbot.storage.codes import code_of, secret_of
from chatbot.storage.events import By, Claimed, Kept, Looked, Note
from chatbot.storage.postgres import look_at_postgres, open_postgres
from chatbot.storage.projection import stamp
from chatbot.storage.row import STORE
from chatbot.storage.verify import verify
from chatbot.storage.worklist_query import SECTIONS, WorklistQuery
from tests.support.filled import Clock, installed
from tests.support.logins import (
    INSERT,
    LOGINS,
    NO_ROLE,
    Login,
    address,
    event,
    inserted,
    made,
    past,
    records,
    refused,
    say,
    seen,
)
from tests.support.postgres_server import MISSING, PostgresServer, why_not
from tests.support.team import SAYS, alone, asked_on, row_of, way

pytestmark = pytest.mark.skipif(why_not() is not None, reason=MISSING)


def test_a_patients_login_sees_no_list(as_login: Login, url: str, pack: Pack) -> None:
    theirs = alone(records(as_login("home")), pack, "same_day").row.case
    store = as_login("kiosk")
    for section in SECTIONS:
        wanted = WorklistQuery(section, store.login, stamp(store.now()), limit=1_000)
        assert list(store.listed(wanted)) == []
        assert store.counted(wanted) == 0
    for everything in (store.rows(), store.sums(), store.chains()):
        assert list(everything) == []
    assert list(store.events(theirs)) == []
    with past(url, "kiosk") as connection:
        for table in ("cases", "events"):
            assert seen(connection, table) == []


@pytest.mark.parametrize("named", ["", "%", "_", "*", ",", "null", "{}", "store"])
def test_a_case_is_reached_by_its_whole_name_or_code_and_by_nothing_else(
    as_login: Login, url: str, pack: Pack, named: str
) -> None:
    journal = alone(records(as_login("home")), pack)
    with past(url, "kiosk") as connection:
        for value in (named, journal.row.case[:-1], journal.row.case.upper()):
            say(connection, "triage.cases", value)
            say(connection, "triage.code", value)
            assert seen(connection, "cases") == seen(connection, "events") == []
        say(connection, "triage.code", secret_of(journal.code))
        assert seen(connection, "cases") == [journal.row.case]
        assert seen(connection, "events") == []
        say(connection, "triage.cases", f"x,{journal.row.case}")
        assert seen(connection, "events") == [journal.row.case]


def test_a_patients_login_changes_no_case_but_those_it_knows(as_login: Login, url: str, pack: Pack) -> None:
    theirs = alone(records(as_login("home")), pack).row
    own = alone(records(as_login("kiosk")), pack).row
    with past(url, "kiosk") as connection:
        say(connection, "triage.cases", own.case)
        assert connection.execute("UPDATE cases SET level = 0, reference = 'mine'").rowcount == 1
        assert row_of(as_login("ann"), theirs.case) == theirs
        refused(connection, "UPDATE cases SET case_id = 'another' WHERE case_id = %s", own.case)
        refused(connection, INSERT, theirs.case, theirs.seq + 1, b"x", event(theirs, Note(text="x"), ""))
        say(connection, "triage.cases", "")
        assert connection.execute("UPDATE cases SET level = 0").rowcount == 0


@pytest.mark.parametrize("login", ["kiosk", "ann", "lea", "aud"])
def test_no_login_changes_or_deletes_what_happened(as_login: Login, url: str, pack: Pack, login: str) -> None:
    theirs = alone(records(as_login("kiosk")), pack).row
    with past(url, login) as connection:
        say(connection, "triage.cases", theirs.case)
        for statement in (
            "UPDATE events SET body = ''", "DELETE FROM events", "TRUNCATE events", "DELETE FROM cases",
            "TRUNCATE cases", "UPDATE packs SET content = ''", "DELETE FROM packs", "DROP TABLE events",
            "INSERT INTO about VALUES ('purging', 'yes')", "ALTER TABLE events DISABLE ROW LEVEL SECURITY",
            "DROP POLICY triage_1 ON cases", "ALTER TABLE events DISABLE TRIGGER events_stay", "SET ROLE triage",
            "UPDATE alembic_version SET version_num = '0001'",
        ):  # fmt: skip
            refused(connection, statement)
    with pytest.raises(StorageError, match="may not write"):
        as_login(login).purge([theirs.case])
    assert list(verify(as_login("aud"))) == []
    assert row_of(as_login("aud"), theirs.case) == theirs


def test_a_patients_login_sees_of_the_stores_own_chain_the_wrong_codes_alone(
    as_login: Login, url: str, pack: Pack
) -> None:
    """Who looks at a case is kept there under its name, and a name would open it."""
    theirs = alone(records(as_login("home")), pack).row.case
    audited = records(as_login("aud"))
    audited.log(Looked(kind="viewed", how=f"case {theirs}, on the list"))
    at_home = records(as_login("home"))
    with pytest.raises(InputError, match="no interview"):
        at_home.resume(code_of(7), installed)
    store = as_login("kiosk")
    kinds = [found.did.kind for found in events_in(store.events(STORE))]
    assert kinds == ["code_refused"]
    with past(url, "kiosk") as connection:
        say(connection, "triage.cases", STORE)
        bodies = [bytes(body) for (body,) in connection.execute("SELECT body FROM events")]
        assert [body for body in bodies if theirs.encode() in body] == []
    row = row_of(store, STORE)
    with past(url, "kiosk") as connection:
        purged = event(row, Kept(kind="purged", names=(theirs,)), "kiosk", who="program")
        with pytest.raises(InsufficientPrivilege):
            inserted(connection, row, purged)
    assert list(verify(as_login("aud"))) == []


def test_wrong_codes_are_limited_at_a_patients_station(as_login: Login, pack: Pack) -> None:
    code = alone(records(as_login("home")), pack).code
    at_kiosk = records(as_login("kiosk"))
    for number in range(5):
        with pytest.raises(InputError, match="no interview"):
            at_kiosk.resume(code_of(number), installed)
    with pytest.raises(InputError, match="too many"):
        records(as_login("kiosk")).resume(code, installed)


@pytest.mark.parametrize("level", SAYS)
def test_a_patients_login_holds_a_whole_interview_and_comes_back_to_it_by_its_code(
    as_login: Login, pack: Pack, level: str
) -> None:
    steps = way(pack, level)
    at_kiosk = records(as_login("kiosk"))
    journal = at_kiosk.begin(pack, steps[0], "bed 4")
    middle = len(steps) // 2
    for at in steps[1:middle]:
        journal.take(at)
    journal.close()
    at_home = records(as_login("home"), Clock(journal.clock()))
    found = at_home.resume(journal.code, installed)
    assert found.journal is not None
    assert found.conversation.state == steps[middle - 1].state
    assert found.conversation.interview.case == steps[middle - 1].interview.case
    assert asked_on(found.journal, level).state == steps[-1].state
    found.journal.close()
    row = row_of(as_login("ann"), journal.row.case)
    assert (row.level, row.reference) == (steps[-1].interview.recommendation.level, "bed 4")
    again = at_kiosk.resume(journal.code, installed)
    assert again.conversation.state == steps[-1].state
    assert list(verify(as_login("aud"))) == []


# A nurse.


def test_a_nurses_login_sees_all_and_works_on_it(as_login: Login, pack: Pack) -> None:
    cases = {alone(records(as_login(login)), pack, level).row.case for login in ("kiosk", "home") for level in SAYS}
    desk = Desk(records(as_login("ann")), installed)
    assert {row.case for row in desk.listed(desk.wanted("waiting", desk.records.clock()))} == cases
    assert {row.case for row in desk.store.rows()} == cases
    first = desk.listed(desk.wanted("waiting", desk.records.clock()))[0]
    assert desk.open(first).conversation.state == "emergency"
    journal = desk.call(row_of(desk.store, first.case))
    asked_on(journal, "urgent_2_weeks")
    assert desk.finish(journal, "booked").outcome == "booked"
    kinds = [(found.did.kind, found.by.login) for found in desk.folder(first.case).events if found.by.who == "nurse"]
    assert {login for _, login in kinds} == {"ann"}
    assert [kind for kind, _ in kinds][:3] == ["viewed", "claimed", "called"]
    assert list(verify(as_login("aud"))) == []


@pytest.mark.parametrize("login", [name for name, role in LOGINS.items() if role in ("nurse", "lead")])
def test_a_clinician_writes_under_their_own_login_and_no_other(
    as_login: Login, url: str, pack: Pack, login: str
) -> None:
    """Whatever the words hold: a zero byte, half of a character, what looks like either, and every kind of quote."""
    row = alone(records(as_login("kiosk")), pack).row
    words = Note(text="a\0b \\u0000 \\\\u0000 \ud800 \\ud800 \\ \" ' {} [] 🤷")
    whole = event(row, words, login)
    forged = (
        event(row, words, "somebody"),
        event(row, words, login + "x"),
        whole[:-1] + b',"by":{"login":"somebody","who":"nurse"}}',
        whole[:-1] + b',"b\\u0079":{"log\\u0069n":"somebody","who":"nurse"}}',
    )
    with past(url, login) as connection:
        inserted(connection, row, whole)
        for body in forged:
            with pytest.raises(InsufficientPrivilege):
                inserted(connection, row, body)
        for body in (b"", b"not json", b"\xff", b"{" * 100):
            with pytest.raises(psycopg.Error):
                inserted(connection, row, body)
    store = as_login(login)
    row = write(store, row, [words], By(who="nurse", login=login), Clock()).row
    with pytest.raises(StorageError, match="may not write"):
        write(store, row, [words], By(who="nurse", login="somebody"), Clock())
    assert row_of(store, row.case) == row


# An auditor, and who is nothing.


def test_an_auditor_reads_all_and_writes_to_the_stores_own_chain_alone(as_login: Login, url: str, pack: Pack) -> None:
    row = alone(records(as_login("kiosk")), pack, "same_day").row
    store = as_login("aud")
    desk = Desk(records(store), installed)
    assert desk.open(row).row == row_of(store, row.case) == row
    looked = events_in(store.events(STORE))[-1]
    assert (looked.by.login, looked.did) == ("aud", Looked(kind="viewed", how=f"case {row.case}, on the list"))
    for act in (desk.claim, desk.release, desk.sign):
        with pytest.raises(InputError, match="may not do this; it is auditor"):
            act(row)
    with past(url, "aud") as connection:
        refused(connection, INSERT, row.case, row.seq + 1, b"x", event(row, Claimed(), "aud"))
        refused(connection, "INSERT INTO packs VALUES ('x', '')")
        assert connection.execute("UPDATE cases SET level = 0 WHERE case_id <> 'store'").rowcount == 0
        at_store = row_of(store, STORE)
        inserted(connection, at_store, event(at_store, Kept(kind="backed_up"), "aud", who="program"))
        with pytest.raises(InsufficientPrivilege):
            inserted(connection, at_store, event(at_store, Kept(kind="backed_up"), "lea", who="program"))
    with pytest.raises(StorageError, match="may not write"):
        alone(records(store), pack)
    assert list(verify(store)) == []


@pytest.mark.parametrize(
    "args",
    [
        ["audit-log", "list"], ["audit-log", "verify"], ["audit-log", "verify", "--recompute"],
        ["audit-log", "show", "store"], ["audit-log", "show", "CASE"], ["export", "CASE", "--format", "sbar"],
        ["export", "--deidentified"], ["backup", "b.gz"], ["purge", "--days", "1", "--dry-run"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_an_auditor_uses_the_commands_that_only_read_and_that_they_did_is_kept(
    as_login: Login, url: str, pack: Pack, args: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    row = alone(records(as_login("kiosk")), pack).row
    records(as_login("aud")).log(Kept(kind="backed_up"))
    given = [row.case if arg == "CASE" else arg for arg in args]
    assert main([*given, "--database", address(url, "aud")]) == 0
    store = as_login("aud")
    assert row_of(store, row.case) == row
    kept = events_in(store.events(STORE))[1:]
    assert {event.by.login for event in kept} <= {"aud"}
    looks = [event.did.how for event in kept if isinstance(event.did, Looked) and row.case in event.did.how]
    assert len(looks) == ("CASE" in args)
    assert list(verify(store)) == []


@pytest.mark.parametrize("login", ["kiosk", "ann", "lea", "aud"])
def test_only_the_account_that_made_the_records_forgets_any(
    as_login: Login, url: str, pack: Pack, login: str, capsys: pytest.CaptureFixture[str]
) -> None:
    row = alone(records(as_login("kiosk")), pack).row
    assert main(["purge", "--case", row.case, "--database", address(url, login)]) != 0
    (line,) = capsys.readouterr().err.splitlines()
    assert "this account may not write to the database" in line or "there is no case" in line
    assert row_of(as_login("ann"), row.case).case == row.case
    assert main(["purge", "--case", row.case, "--database", url]) == 0
    assert as_login("ann").row(row.case) is None


def test_a_login_without_a_role_can_do_nothing_and_is_told_so(as_login: Login, url: str, pack: Pack) -> None:
    row = alone(records(as_login("kiosk")), pack).row
    for way_in in (open_postgres, look_at_postgres):
        with pytest.raises(StorageError, match=NO_ROLE) as told:
            way_in(address(url, "nobody"))
        assert "\n" not in str(told.value)
    with past(url, "nobody") as connection:
        say(connection, "triage.cases", row.case)
        for table in ("cases", "events", "packs", "about", "alembic_version"):
            refused(connection, f"SELECT * FROM {table}")
        refused(connection, INSERT, row.case, row.seq + 1, b"x", event(row, Note(text="x"), "nobody"))


@pytest.mark.parametrize(
    "args",
    [
        ["audit-log", "list"], ["audit-log", "verify"], ["audit-log", "show", "store"], ["export", "--deidentified"],
        ["backup", "b.gz"], ["purge", "--days", "1"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_command_without_a_role_ends_with_one_plain_line(
    url: str, args: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    # A verification has an exit code of its own for records that cannot be read.
    code = 2 if "verify" in args else 3
    assert main([*args, "--database", address(url, "nobody")]) == code
    said = capsys.readouterr()
    assert said.out == ""
    (line,) = said.err.splitlines()
    assert NO_ROLE in line
    assert list(tmp_path.iterdir()) == []


def test_each_login_is_what_it_was_made_a_member_of(as_login: Login, server: PostgresServer, url: str) -> None:
    for login, role in LOGINS.items():
        if role:
            assert as_login(login).role == role
            assert as_login(login).login == login
    assert as_login(str(make_url(url).username)).role == "lead"
    made(server, "two", "patient")
    with server.connect() as connection:
        connection.execute("GRANT triage_nurse TO two")
    assert as_login("two").role == "nurse"


def test_who_is_a_patient_and_a_nurse_at_once_sees_what_a_nurse_sees(
    as_login: Login, server: PostgresServer, pack: Pack
) -> None:
    made(server, "two", "patient")
    with server.connect() as connection:
        connection.execute("GRANT triage_nurse TO two")
    row = alone(records(as_login("kiosk")), pack, "same_day").row
    desk = Desk(records(as_login("two")), installed)
    assert [found.case for found in desk.store.rows()] == [row.case]
    assert desk.claim(row).owner == "two"


# A second person.
