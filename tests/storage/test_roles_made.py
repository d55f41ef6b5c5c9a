"""A second person, a patient's station beside a call, and how the roles come into a database."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from psycopg import sql
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from test_migrate import FORMS, restored

from chatbot.errors import HeldError, InputError, StorageError, UnreachableError
from chatbot.packs.pack import Pack
from chatbot.service.desk import Desk
from chatbot.storage import migrate
from chatbot.storage.codes import code_of
from chatbot.storage.events import By
from chatbot.storage.postgres import open_postgres
from chatbot.storage.projection import projected
from chatbot.storage.verify import verify
from tests.support.filled import installed
from tests.support.logins import LOGINS, NO_ROLE, Login, address, made, past, records
from tests.support.postgres_server import MISSING, PostgresServer, why_not
from tests.support.team import alone, asked_on, row_of, way

pytestmark = pytest.mark.skipif(why_not() is not None, reason=MISSING)


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
    with pytest.raises(InputError, match="Somebody else"):
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
    with PostgresServer.start(writes_through=False) as server:
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
