"""Why PostgreSQL lets nobody in: each reason in its own words, with what to do, and nothing of what it was given."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg import sql

from chatbot.doctor import report
from chatbot.errors import InputError, StorageError, UnreachableError
from chatbot.service.saving import Session
from chatbot.storage.address import VARIABLE, Place, place_of
from chatbot.storage.connect_reasons import refusal
from chatbot.storage.postgres import look_at_postgres, open_postgres
from tests.support.filled import BEGAN
from tests.support.logins import made
from tests.support.postgres_server import PostgresServer

THERE = 'connection to server at "10.0.0.7", port 5432 failed: '
# As libpq 17 and PostgreSQL 15 to 17 write them; what is said, and whether trying again can help.
MESSAGES = (
    (THERE + 'FATAL:  password authentication failed for user "app"', "password is wrong", StorageError),
    (THERE + "fe_sendauth: no password supplied", "a password is needed", StorageError),
    (THERE + 'FATAL:  role "certificate expired" does not exist', "no such role", StorageError),
    (THERE + 'FATAL:  role "app" is not permitted to log in', "may not log in", StorageError),
    (THERE + 'FATAL:  database "too many clients" does not exist', "no such database", StorageError),
    (THERE + 'FATAL:  permission denied for database "t"\nDETAIL:  User does not', "GRANT CONNECT", StorageError),
    (THERE + 'FATAL:  no pg_hba.conf entry for host "10.0.0.1", user "x", no encryption', "pg_hba.conf", StorageError),
    (THERE + "FATAL:  sorry, too many clients already", "too many connections", UnreachableError),
    (THERE + 'FATAL:  too many connections for role "app"', "too many connections", UnreachableError),
    (THERE + "FATAL:  remaining connection slots are reserved for", "too many connections", UnreachableError),
    (THERE + "FATAL:  the database system is starting up", "is starting", UnreachableError),
    (THERE + "FATAL:  the database system is not yet accepting connections", "is starting", UnreachableError),
    (THERE + "FATAL:  the database system is shutting down", "shut down", UnreachableError),
    (THERE + "server does not support SSL, but SSL was required", "TLS", StorageError),
    (THERE + "SSL error: certificate verify failed", "certificate", StorageError),
    (THERE + 'server certificate for "a" does not match host name "b"', "certificate", StorageError),
    (THERE + 'root certificate file "/x.pem" does not exist', "certificate", StorageError),
    (THERE + "Connection refused\n\tIs the server running on that host", "nothing answers", UnreachableError),
    (THERE + "No route to host", "no way to that host", UnreachableError),
    (THERE + "server closed the connection unexpectedly", "no PostgreSQL", UnreachableError),
    ("connection timeout expired", "in time", UnreachableError),
    ("failed to resolve host 'db.exmaple': [Errno -2] Name or service not known", "of that name", UnreachableError),
    ('connection is bad: invalid sslmode value: "bogus"', "an option behind", InputError),
    ('connection is bad: invalid port number: "99999"', "an option behind", InputError),
    ('connection is bad: definition of service "none" not found', "an option behind", InputError),
    (THERE + 'FATAL:  unrecognized configuration parameter "nosuch"', "an option behind", InputError),
    (THERE + "FATAL:  Passwort-Authentifizierung für Benutzer »app« fehlgeschlagen", "its own log", UnreachableError),
    ("something that nobody has seen yet", "cannot be reached", UnreachableError),
)


@pytest.mark.parametrize(("message", "words", "kind"), MESSAGES)
def test_each_reason_is_said_in_its_own_words(message: str, words: str, kind: type[Exception]) -> None:
    error = refusal(f"connection failed: {message}")
    assert type(error) is kind
    assert words in str(error)
    for given in ("10.0.0.7", "app", "db.exmaple", "bogus", "99999", "nosuch", "/x.pem"):
        assert given not in str(error)


@pytest.fixture
def guarded(server: PostgresServer) -> Iterator[str]:
    """The end of an address of a server at which one login needs a password."""
    for login in ("watched", "crowded", "shut_out"):
        made(server, login)
    with server.connect() as connection:
        connection.execute("ALTER ROLE watched PASSWORD 'right'")
        connection.execute("ALTER ROLE crowded CONNECTION LIMIT 0")
        connection.execute("ALTER ROLE shut_out NOLOGIN")
        found = connection.execute("SHOW hba_file").fetchone()
        assert found
        file = Path(found[0])
        before = file.read_text()
        try:
            file.write_text(f"host all watched 127.0.0.1/32 scram-sha-256\n{before}")
            connection.execute("SELECT pg_reload_conf()")
            yield f"127.0.0.1:{server.port}"
        finally:
            file.write_text(before)
            connection.execute("SELECT pg_reload_conf()")


# What stands before and behind the host, what is said, and whether it is a slip in the address.
TRIED = (
    ("watched:wrong@{}/postgres", "password is wrong", 3),
    ("watched@{}/postgres", "a password is needed", 3),
    ("nobody_such@{}/postgres", "no such role", 3),
    ("shut_out@{}/postgres", "may not log in", 3),
    ("crowded@{}/postgres", "too many connections", 3),
    ("triage@{}/none_such", "no such database", 3),
    ("triage@{}/postgres?sslmode=require", "does not speak TLS", 3),
    ("triage@{}/postgres?sslmode=bogus", "an option behind", 2),
    ("triage@{}/postgres?nosuch=1", "does not know: 'nosuch'", 2),
    ("triage@{}/postgres?options=-c%20nosuch%3D1", "an option behind", 2),
    ("triage@127.0.0.1:1/postgres", "nothing answers", 3),
    ("triage@no.such.host.invalid/postgres", "of that name", 3),
)


@pytest.mark.parametrize(("written", "words", "code"), TRIED)
def test_a_server_that_lets_nobody_in_says_why_wherever_it_is_asked(
    guarded: str, written: str, words: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSFILE", "/dev/null")
    url = f"postgresql+psycopg://{written.format(guarded)}"
    for come in (look_at_postgres, open_postgres):
        with pytest.raises(InputError if code == 2 else StorageError, match=words) as raised:
            come(url)
        assert "wrong@" not in str(raised.value)
        assert "watched" not in str(raised.value)


def test_an_interview_with_a_wrong_password_says_so_and_with_a_wrong_option_does_not_begin(
    guarded: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, f"postgresql+psycopg://watched:wrong@{guarded}/postgres")
    session = Session()
    session.open()
    assert "the password is wrong" in session.told("en")
    monkeypatch.setenv(VARIABLE, f"postgresql+psycopg://watched:right@{guarded}/postgres?sslmode=bogus")
    with pytest.raises(InputError, match="an option"):
        Session().open()


def test_the_doctor_says_what_a_server_is_and_who_may_do_what(
    server: PostgresServer, guarded: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.create_database()
    name = url.rpartition("/")[2]
    monkeypatch.setattr("chatbot.doctor.pack_names", list)

    def told(address: str) -> str:
        monkeypatch.setenv(VARIABLE, address)
        return "\n".join(report(BEGAN.date())[0])

    assert "there are no records yet" in told(url)
    with server.connect(name) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert tables == (0,)
    open_postgres(url).close()
    made(server, "doctored", "nurse")
    text = told(url.replace("triage@", "doctored@"))
    assert f"records are kept in PostgreSQL at {guarded}/{name}" in text
    assert "it answers: PostgreSQL" in text
    assert "login 'doctored'" in text
    assert "role of this login: nurse" in text
    assert "triage_patient, triage_nurse, triage_lead, triage_auditor" in text
    text = told(f"postgresql+psycopg://watched:wrong@{guarded}/{name}")
    assert "it cannot be used: the password is wrong" in text
    assert "wrong@" not in text
    text = told(f"postgresql+psycopg://watched:right@{guarded}/{name}")
    assert "member of none of the roles" in text
    assert "right@" not in text


def test_a_team_begins_with_its_list(server: PostgresServer) -> None:
    """As the documentation of the list has it: the tables and roles are there after the first look at it."""
    place = place_of(server.create_database())
    place.join().close()
    assert isinstance(place, Place)
    look_at_postgres(place.address).close()
    with server.connect() as connection:
        found = connection.execute(sql.SQL("SELECT to_regrole('triage_nurse') IS NOT NULL")).fetchone()
    assert found == (True,)
