"""Logins of a team at one PostgreSQL, each a member of its role, and what goes past the program."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import psycopg
import pytest
from psycopg import sql
from psycopg.errors import InsufficientPrivilege
from sqlalchemy.engine import make_url

from chatbot.service.records import Records
from chatbot.storage.chain import grown
from chatbot.storage.events import By, Event, EventBody, body_of
from chatbot.storage.postgres import PostgresStore, open_postgres
from chatbot.storage.row import Row
from tests.support.filled import Clock
from tests.support.postgres_server import PostgresServer

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


def event(row: Row, did: EventBody, login: str, **told: str) -> bytes:
    """The next event of a case, under a login."""
    by = By.model_validate({"who": "nurse", "login": login} | told)
    return body_of(Event(case=row.case, seq=row.seq + 1, at=datetime(2026, 3, 2, tzinfo=UTC), by=by, pack="d", did=did))


NO_ROLE = "member of none of the roles triage_patient, triage_nurse, triage_lead, triage_auditor"
INSERT = "INSERT INTO events (case_id, seq, hash, body) VALUES (%s, %s, %s, %s)"


def inserted(connection: psycopg.Connection, row: Row, body: bytes) -> None:
    """Put an event behind the others, past the program, in a transaction that is taken back."""
    (stored,) = grown(row.at, [body])
    with connection.transaction(force_rollback=True):
        connection.execute(INSERT, (row.case, stored.seq, stored.hash, stored.body))


# A patient's station.
