"""Who may do what in PostgreSQL, tried as each login, through the program and past it."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from filled import Clock, installed
from postgres_server import MISSING, PostgresServer, why_not
from psycopg import sql
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from team import SAYS, alone, asked_on, row_of, way
from test_migrate import FORMS, restored

from chatbot.cli import main
from chatbot.errors import HeldError, InputError, StorageError, UnreachableError
from chatbot.packs.pack import Pack
from chatbot.service.desk import Desk
from chatbot.service.reading import events_in
from chatbot.service.records import Records
from chatbot.service.writing import write
from chatbot.storage import migrate
from chatbot.storage.chain import grown
from chatbot.storage.codes import code_of, secret_of
from chatbot.storage.events import By, Claimed, Did, Event, Kept, Looked, Note, body_of
from chatbot.storage.listing import SECTIONS, Wanted
from chatbot.storage.postgres import PostgresStore, look_at_postgres, open_postgres
from chatbot.storage.projection import projected, stamp
from chatbot.storage.store import STORE, Row
from chatbot.storage.verify import verify

pytestmark = pytest.mark.skipif(why_not() is not None, reason=MISSING)

# Logins that an administrator made, and what each was made a member of.
LOGINS = {
    "kiosk": "patient", "home": "patient", "ann": "nurse", "bea": "nurse", "lea": "lead", "aud": "auditor",
    "nobody": "", "Jürgen 'J' \"x\" {}": "nurse", "CLINIC\\ann": "nurse",
}  # fmt: skip
Login = Callable[[str], PostgresStore]


def made(server: PostgresServer, login: str, role: str = "") -> None:
    """Make an account, as an administrator does."""
    with server.connect() as connection:
        if connection.execute("SELECT to_regrole(%s)", (sql.Identifier(login).as_string(),)).fetchone() == (None,):
            of = sql.SQL(" IN ROLE {}").format(sql.Identifier(f"triage_{role}")) if role else sql.SQL("")
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN{}").format(sql.Identifier(login), of))


@pytest.fixture(scope="module")
def database(server: PostgresServer) -> str:
    """A database with its tables, made by its administrator, and the logins."""
    found = server.create_database()
    open_postgres(found).close()
    for login, role in LOGINS.items():
        made(server, login, role)
    return found


@pytest.fixture
def url(database: str) -> str:
    """The same with nothing in it, which is quicker than another one."""
    with past(database, "triage") as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("TRUNCATE events, cases, packs")
    return database


def address(url: str, login: str) -> str:
    """The address of the same database for somebody else."""
    return make_url(url).set(username=login).render_as_string(hide_password=False)


@pytest.fixture
def as_login(url: str) -> Iterator[Login]:
    """Opens the store with a login."""
    opened = []

    def one(login: str) -> PostgresStore:
        opened.append(open_postgres(address(url, login)))
        return opened[-1]

    yield one
    for store in opened:
        store.close()


@contextmanager
def past(url: str, login: str) -> Iterator[psycopg.Connection]:
    """A connection past the program; each statement commits by itself."""
    named = make_url(url)
    with psycopg.connect(
        host=named.host, port=named.port, dbname=named.database, user=login, autocommit=True
    ) as connection:
        yield connection


def records(store: PostgresStore, clock: Callable[[], datetime] | None = None) -> Records:
    """Records as the program makes them for a login."""
    return Records(store, clock or Clock(), login=store.login)


def seen(connection: psycopg.Connection, table: str) -> list[str]:
    """The names of the cases that a login sees in a table."""
    found = connection.execute(sql.SQL("SELECT DISTINCT case_id FROM {} ORDER BY 1").format(sql.Identifier(table)))
    return [str(name) for (name,) in found]


def say(connection: psycopg.Connection, name: str, value: str) -> None:
    """Tell the database something, as the program does or as somebody would who tries."""
    connection.execute("SELECT set_config(%s, %s, false)", (name, value))


def refused(connection: psycopg.Connection, statement: str, *given: object) -> None:
    """The database refuses a statement for want of a right."""
    with pytest.raises(InsufficientPrivilege):
        connection.execute(statement, given)


def event(row: Row, did: Did, login: str, **told: str) -> bytes:
    """The next event of a case, under a login."""
    by = By.model_validate({"who": "nurse", "login": login} | told)
    return body_of(Event(case=row.case, seq=row.seq + 1, at=datetime(2026, 3, 2, tzinfo=UTC), by=by, pack="d", did=did))


INSERT = "INSERT INTO events (case_id, seq, hash, body) VALUES (%s, %s, %s, %s)"


def inserted(connection: psycopg.Connection, row: Row, body: bytes) -> None:
    """Put an event behind the others, past the program, in a transaction that is taken back."""
    (stored,) = grown(row.at, [body])
    with connection.transaction(force_rollback=True):
        connection.execute(INSERT, (row.case, stored.seq, stored.hash, stored.body))


# A patient's station.


def test_a_patients_login_sees_no_list(as_login: Login, url: str, pack: Pack) -> None:
    theirs = alone(records(as_login("home")), pack, "same_day").row.case
    store = as_login("kiosk")
    for section in SECTIONS:
        wanted = Wanted(section, store.login, stamp(store.now()), limit=1_000)
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
    assert desk.open(first).at.state == "emergency"
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


NO_ROLE = "member of none of the roles triage_patient, triage_nurse, triage_lead, triage_auditor"


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


def test_a_lower_level_than_an_emergency_counts_once_somebody_else_signed_it_with_their_own_login(
    as_login: Login, url: str, pack: Pack
) -> None:
    row = alone(records(as_login("kiosk")), pack, "emergency_now").row
    desk = Desk(records(as_login("ann")), installed)
    journal = desk.call(row)
    asked_on(journal, "emergency_now")
    journal.take(journal.last.continue_note())
    asked_on(journal, "emergency_now")
    journal.close()
    row = desk.override(row_of(desk.store, row.case), 3, "it was so all her life", "known_before")
    assert (row.asked, row.asker, row.stands) == (3, "ann", 5)
    with pytest.raises(InputError, match="somebody else"):
        desk.sign_as(row, address(url, "ann"), "ann", "")
    for login, why in (("aud", "may not do this"), ("kiosk", "may not do this")):
        with pytest.raises(InputError, match=why):
            desk.sign_as(row, address(url, "ann"), login, "")
    with pytest.raises(StorageError, match=NO_ROLE):
        desk.sign_as(row, address(url, "ann"), "nobody", "")
    signed = desk.sign_as(row, address(url, "ann"), "bea", "")
    assert (signed.stands, signed.asked) == (3, None)
    last = desk.folder(row.case).events[-1]
    assert (last.did.kind, last.by.login) == ("signed", "bea")
    assert list(verify(as_login("aud"))) == []


def test_who_comes_back_to_a_patients_station_while_a_nurse_calls_reads_their_own_part(
    as_login: Login, pack: Pack
) -> None:
    first = alone(records(as_login("kiosk")), pack, "urgent_2_weeks")
    desk = Desk(records(as_login("ann")), installed)
    journal = desk.call(row_of(desk.store, first.row.case))
    asked_on(journal, "same_day", until="age_years")
    found = records(as_login("home")).resume(first.code, installed)
    assert (found.with_nurse, found.journal) == (True, None)
    assert found.conversation.interview.case == way(pack, "urgent_2_weeks")[-1].interview.case
    asked_on(journal, "same_day")
    assert desk.finish(journal, "booked").outcome == "booked"
    looks = [seen.by for seen in desk.folder(first.row.case).events if seen.did.kind == "viewed"]
    assert looks == [By(who="patient")]
    assert list(verify(as_login("aud"))) == []


def test_a_person_changes_an_answer_at_a_patients_station_though_a_nurse_has_the_case(
    as_login: Login, pack: Pack
) -> None:
    first = alone(records(as_login("kiosk")), pack, "urgent_2_weeks")
    desk = Desk(records(as_login("ann")), installed)
    desk.close(desk.claim(row_of(desk.store, first.row.case)), "advised")
    found = records(as_login("home")).resume(first.code, installed)
    assert found.journal is not None
    worse = found.conversation.change("fever_chills")
    assert worse is not None
    found.journal.take(worse)
    asked_on(found.journal, "same_day")
    now = row_of(desk.store, first.row.case)
    assert (now.level, now.closed, now.outcome) == (4, "", "")
    assert list(verify(as_login("aud"))) == []


# Where the roles come from.


@pytest.fixture
def fresh() -> Iterator[PostgresServer]:
    """A server on which nobody has made any role yet."""
    with PostgresServer.start() as server:
        yield server


def policies(url: str) -> int:
    """How many rules there are of who sees and writes what."""
    with past(url, "triage") as connection:
        found = connection.execute("SELECT count(*) FROM pg_policies WHERE tablename IN ('cases', 'events')").fetchone()
    return int(found[0]) if found else 0


def owned_by(server: PostgresServer, login: str) -> str:
    """The address of a database that belongs to an account."""
    url = server.create_database()
    with server.connect() as connection:
        name = sql.Identifier(str(make_url(url).database))
        connection.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(name, sql.Identifier(login)))
    return address(url, login)


def test_a_database_of_an_account_that_may_make_no_roles_works_for_it_and_is_caught_up_by_one_that_may(
    fresh: PostgresServer, pack: Pack
) -> None:
    made(fresh, "maker")
    made(fresh, "other")
    url = owned_by(fresh, "maker")
    store = open_postgres(url)
    assert store.role == "lead"
    row = alone(records(store), pack, "same_day").row
    assert Desk(records(store), installed).claim(row).owner == "maker"
    with pytest.raises(StorageError, match=NO_ROLE):
        open_postgres(address(url, "other"))
    open_postgres(url).close()
    assert policies(url) == 0
    open_postgres(address(url, "triage")).close()
    there = policies(url)
    assert there > 0
    open_postgres(address(url, "triage")).close()
    assert policies(url) == there
    for login, role in LOGINS.items():
        made(fresh, login, role)
    nurse = open_postgres(address(url, "ann"))
    assert nurse.role == "nurse"
    assert [found.case for found in nurse.rows()] == [row.case]
    kiosk = open_postgres(address(url, "kiosk"))
    assert list(kiosk.rows()) == []
    # Who made it goes on as before.
    assert [found.case for found in store.rows()] == [row.case]
    assert alone(records(store), pack).row.seq > 1
    for opened in (store, nurse, kiosk):
        opened.close()


def test_roles_that_an_administrator_made_before_serve_an_account_that_may_make_none(
    server: PostgresServer, url: str
) -> None:
    del url  # which has the roles made
    made(server, "maker")
    url = owned_by(server, "maker")
    open_postgres(url).close()
    assert policies(url) > 0
    store = open_postgres(address(url, "ann"))
    assert store.role == "nurse"
    store.close()


def test_programs_that_make_two_databases_at_once_make_the_roles_once(fresh: PostgresServer) -> None:
    urls = [fresh.create_database() for _ in range(2)]
    opens = "import sys; from chatbot.storage.postgres import open_postgres; open_postgres(sys.argv[1]).close()"
    programs = [subprocess.Popen([sys.executable, "-c", opens, url]) for url in urls]
    assert [program.wait(120) for program in programs] == [0, 0]
    assert policies(urls[0]) == policies(urls[1]) > 0


# Records of the form before there were roles.


def of_the_first_form(url: str, tmp_path: Path) -> dict[str, list[tuple[object, ...]]]:
    """The tables as the first version of the program made them in PostgreSQL, with what lay in a file of then."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    engine = create_engine(url)
    found: dict[str, list[tuple[object, ...]]] = {}
    with engine.begin() as connection, closing(sqlite3.connect(restored(FORMS[0], tmp_path / "old.sqlite"))) as old:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for table in ("cases", "events", "packs", "about"):
            rows = old.execute(f"SELECT * FROM {table} ORDER BY 1, 2")
            names = [name for name, *_ in rows.description]
            found[table] = rows.fetchall()
            places = ", ".join(["%s"] * len(names))
            for row in found[table]:
                connection.exec_driver_sql(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})", row)
    engine.dispose()
    return found


def test_a_database_of_the_first_form_is_brought_up_to_date_with_everything_in_it(
    server: PostgresServer, url: str, pack: Pack, tmp_path: Path
) -> None:
    del url  # which has the logins made
    old = server.create_database()
    kept = of_the_first_form(old, tmp_path)
    with pytest.raises(StorageError, match=NO_ROLE):
        open_postgres(address(old, "ann"))
    store = open_postgres(old)
    assert [(case, seq, digest, body) for case, seq, digest, body in store.chains()] == kept["events"]
    for row, digest in store.sums():
        bodies = [each.body for each in store.events(row.case)]
        assert digest == row.sum
        assert row == projected(row.case, bodies).grown(row.at)
        assert row.seq == len(bodies)
    assert {row.case for row, _ in store.sums()} == {str(row[0]) for row in kept["cases"]}
    assert [finding for finding in verify(store) if "content kept" not in finding.text] == []
    nurse = open_postgres(address(old, "ann"))
    assert {row.case for row in nurse.rows()} == {"case-1", "case-2"}
    found = records(open_postgres(address(old, "kiosk"))).resume(code_of(7), lambda _: pack)
    assert found.journal is not None
    found.journal.store.close()
    for opened in (store, nurse):
        opened.close()


def test_a_case_that_cannot_be_read_is_brought_up_to_date_as_it_was(server: PostgresServer, tmp_path: Path) -> None:
    url = server.create_database()
    kept = of_the_first_form(url, tmp_path)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE events DISABLE TRIGGER events_stay")
        connection.exec_driver_sql("UPDATE events SET body = 'no event' WHERE case_id = 'case-1' AND seq = 2")
        connection.exec_driver_sql("ALTER TABLE events ENABLE TRIGGER events_stay")
    engine.dispose()
    store = open_postgres(url)
    row = row_of(store, "case-1")
    (old,) = (case for case in kept["cases"] if case[0] == "case-1")
    assert (row.pack, row.started, row.seq) == (old[1], old[9], row_of(store, "case-1").seq)
    assert [(found.case, found.seq) for found in verify(store) if found.case] == [("case-1", 2)]
    store.close()


@pytest.mark.parametrize("login", ["kiosk", "ann", "lea", "aud", "nobody"])
def test_no_login_of_a_team_brings_a_database_up_to_date(
    server: PostgresServer, url: str, login: str, tmp_path: Path
) -> None:
    """That is for the account that made it; others are told, and it stays as it is."""
    del url  # which has the logins made
    old = server.create_database()
    of_the_first_form(old, tmp_path)
    with pytest.raises(StorageError):
        open_postgres(address(old, login))
    with past(old, "triage") as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)


# A connection that is lost.


def test_what_a_patients_login_knows_is_known_again_after_the_connection_was_lost(
    as_login: Login, url: str, pack: Pack
) -> None:
    steps = way(pack)
    store = as_login("kiosk")
    journal = records(store).begin(pack, steps[0])
    with past(url, "triage") as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'kiosk' AND datname = %s",
            (make_url(url).database,),
        )
    with pytest.raises(UnreachableError):
        journal.take(steps[3])
    journal.take(steps[-1])
    assert row_of(as_login("ann"), journal.row.case) == journal.row
    with pytest.raises(HeldError):
        as_login("ann").hold(journal.row.case, "ann")


def test_stations_have_the_clock_of_the_database(as_login: Login) -> None:
    """However wrong their own is, so that a lease is as long for one as for the other."""
    one, other = as_login("ann"), as_login("bea")
    other._ahead += timedelta(hours=-5)
    assert abs(one.now() - (other.now() + timedelta(hours=5))) < timedelta(minutes=1)
