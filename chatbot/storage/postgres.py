"""Cases in a PostgreSQL database, which many stations share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, create_engine, text, update
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from chatbot.errors import HeldError, InputError, StorageError, UnreachableError
from chatbot.storage.chain import Head
from chatbot.storage.connect_reasons import refusal
from chatbot.storage.known_heads import Heads
from chatbot.storage.migrate import migrate, revision_of
from chatbot.storage.roles import Role, catch_up, made_roles, refuse_strangers, role_of
from chatbot.storage.row import Row
from chatbot.storage.sql import SqlStore
from chatbot.storage.tables import SCHEMA, cases
from chatbot.storage.written_address import SERVER

OLDEST = 15
# What a server that answers in time is given; a person waits for it.
_CONNECT = {
    "connect_timeout": 5,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}
# For as long as the connection lasts, and not only to the end of a transaction.
_SAY = text("SELECT set_config(:name, :value, false)")
_HAS_TO_NAME = text(
    "SELECT row_security_active(to_regclass('cases')) AND EXISTS"
    " (SELECT 1 FROM pg_roles WHERE rolname = 'triage_patient' AND pg_has_role(session_user, oid, 'USAGE'))"
)
_PATIENCE = "statement_timeout = '30s'"
_SETTINGS = ("synchronous_commit = on", "lock_timeout = '10s'", _PATIENCE, "timezone = 'UTC'")
# Programs that make the tables at the same time do it one after another.
_MIGRATING = 7_266_851
_WORDS = {
    "53100": "the disk of the database is full",
    "53300": "the database has too many connections",
    "25006": "the database can only be read",
    "28P01": "the password is wrong",
    "28000": "this account may not use the database",
    "3D000": "there is no such database",
    "42501": "this account may not write to the database",
    "55P03": "another program is writing to the case",
    "57014": "the database takes too long",
}  # fmt: skip
_PLAIN_NAME = re.compile("[a-z_]{1,30}")
_FOR_GOOD = ("28P01", "28000", "3D000", "42501")


@dataclass(slots=True)
class _Held:
    store: PostgresStore
    case: str

    def release(self) -> None:
        self.store.let_go(self.case)


class PostgresStore(SqlStore):
    """Cases in one database; what is held is held by a lock of the connection, which ends with it."""

    is_remote = True

    def __init__(self, url: str, heads: Heads | None = None) -> None:
        engine = create_engine(
            url, poolclass=NullPool, hide_parameters=True, connect_args={**_CONNECT, "application_name": "triage"}
        )
        super().__init__(engine, _told(engine.url), heads)
        self._holds: dict[str, str] = {}
        self._names: set[str] = set()
        self._has_to_name = False
        self._ahead = timedelta()

    def said(self, error: SQLAlchemyError) -> StorageError | InputError:
        """An error of PostgreSQL in words; its own hold what it was given. InputError for a slip in the address."""
        state = str(getattr(getattr(error, "orig", None), "sqlstate", "") or "")
        if state in _WORDS:
            return (StorageError if state in _FOR_GOOD else UnreachableError)(_WORDS[state])
        if isinstance(error, DBAPIError) and error.statement is None and not (state or error.connection_invalidated):
            return refusal(str(getattr(error, "orig", error)))
        if isinstance(error, DBAPIError) and (error.connection_invalidated or not state or state[:2] in ("57", "08")):
            return UnreachableError("the database cannot be reached")
        return StorageError(f"the database refuses ({state or type(error).__name__})")

    def connected(self, connection: Connection) -> None:
        """Settings, and the cases that this program held before the connection was lost."""
        for setting in _SETTINGS:
            connection.execute(text(f"SET {setting}"))
        there = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        self._ahead = there - datetime.now(UTC)
        self._has_to_name = bool(connection.execute(_HAS_TO_NAME).scalar())
        connection.execute(_SAY, {"name": "triage.cases", "value": ",".join(self._names)})
        for case, who in list(self._holds.items()):
            try:
                self._lock(connection, case, who)
            except HeldError:
                # Somebody else was quicker: what they write stops who goes on with that case, and nothing else does.
                del self._holds[case]
        connection.commit()

    def now(self) -> datetime:
        """The time of the server, as far ahead of this computer's as it was when they met."""
        return datetime.now(UTC) + self._ahead

    @property
    def options(self) -> Iterable[str]:
        """The names of the options in the address."""
        return self._engine.url.query

    @property
    def role(self) -> Role | None:
        """The role of this login; None where it is a member of none."""
        with self.work() as connection:
            return role_of(connection)

    def begin(self, row: Row, bodies: Sequence[bytes]) -> Head:
        """Keep a new case with its first events."""
        self._know(row.case)
        return super().begin(row, bodies)

    def row(self, case: str) -> Row | None:
        """A case as lists show it."""
        self._know(case)
        return super().row(case)

    def find(self, code: str) -> Row | None:
        """The case with the digest of a code."""
        with self.work(writes=True) as connection:
            connection.execute(_SAY, {"name": "triage.code", "value": code})
        row = super().find(code)
        if row is not None:
            self._know(row.case)
        return row

    def _know(self, case: str) -> None:
        """Tell the database that this program knows the name of a case: to some logins it shows no others."""
        if case in self._names:
            return
        with self.work() as connection:
            if self._has_to_name:
                connection.execute(_SAY, {"name": "triage.cases", "value": ",".join((*self._names, case))})
        self._names.add(case)

    def hold(self, case: str, who: str) -> _Held:
        """Hold a case open for as long as this program is connected."""
        with self.work(writes=True) as connection:
            self._lock(connection, case, who)
        self._holds[case] = who
        return _Held(self, case)

    def _lock(self, connection: Connection, case: str, who: str) -> None:
        if not connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": _key(case)}).scalar():
            held = connection.execute(text("SELECT held FROM cases WHERE case_id = :case"), {"case": case}).scalar()
            raise HeldError(str(held or "another computer"))
        connection.execute(update(cases).where(cases.c.case_id == case).values(held=who))

    def let_go(self, case: str) -> None:
        """End the hold on a case."""
        if self._holds.pop(case, None) is not None:
            # A hold ends with the connection; who is done with a case is not told that it is not done.
            with suppress(UnreachableError), self.work(writes=True) as connection:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _key(case)})

    def check(self) -> Iterator[str]:
        """PostgreSQL looks after its own files; what it cannot read shows when the chains are read."""
        return iter(())

    def wipe(self, connection: Connection) -> None:
        """Write the tables anew without what was deleted."""
        connection.execution_options(isolation_level="AUTOCOMMIT")
        try:
            connection.execute(text("SET statement_timeout = 0"))  # a table may be large
            for table in ("events", "cases", "packs"):
                connection.execute(text(f"VACUUM FULL {table}"))
        finally:
            connection.execute(text(f"SET {_PATIENCE}"))
            connection.rollback()
            connection.execution_options(isolation_level=connection.default_isolation_level)


def _key(case: str) -> int:
    return int.from_bytes(sha256(f"triage hold {case}".encode()).digest()[:8], signed=True)


def standing_of(url: str) -> Iterator[str]:
    """Yields what a server says of itself, of the records there, and of what this login may do; nothing is made."""
    store = _named(url, None)
    try:
        with store.work() as connection:
            version = str(connection.execute(text("SHOW server_version")).scalar_one()).partition(" ")[0]
            login = str(connection.execute(text("SELECT session_user")).scalar_one())
            yield f"it answers: PostgreSQL {version}, {OLDEST} or newer is needed; login '{login}'"
            roles = made_roles(connection)
            yield f"roles there: {', '.join(roles) or 'none; who may make roles makes them by opening the records'}"
            refuse_strangers(connection)
            revision = revision_of(connection)
            if revision is None:
                yield "there are no records yet; triage interview or triage worklist makes the tables"
                return
            yield f"records of form {revision}, this program reads {SCHEMA}; role of this login: {role_of(connection)}"
            if revision != SCHEMA:
                raise StorageError("the records have another form; the account that made them brings them up to date")
    finally:
        store.close()


def look_at_postgres(url: str, heads: Heads | None = None) -> PostgresStore:
    """Connect to records that are there; StorageError where there are none."""
    store = _named(url, heads)
    with _closed_unless_ready(store), store.work() as connection:
        refuse_strangers(connection)
        revision = revision_of(connection)
        if revision is None:
            raise StorageError("there are no records in this database; --database names another place")
        if revision != SCHEMA:
            raise StorageError(f"the records have form {revision}; this version of the program reads {SCHEMA}")
        store.login = str(connection.execute(text("SELECT session_user")).scalar_one())
    return store


def open_postgres(url: str, heads: Heads | None = None) -> PostgresStore:
    """Connect, and make the tables where there are none; InputError when the address cannot be one."""
    store = _named(url, heads)
    with _closed_unless_ready(store), store.work(writes=True) as connection:
        version = int(connection.execute(text("SHOW server_version_num")).scalar_one()) // 10_000
        if version < OLDEST:
            raise StorageError(f"the database is PostgreSQL {version}; {OLDEST} or newer is needed")
        refuse_strangers(connection)
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
        migrate(connection)
        catch_up(connection)
        store.login = str(connection.execute(text("SELECT session_user")).scalar_one())
    return store


@contextmanager
def _closed_unless_ready(store: PostgresStore) -> Iterator[None]:
    """Let go of a store that cannot be used, and say which it is."""
    try:
        yield
    except (StorageError, InputError) as error:
        store.close()
        raise type(error)(f"{error} ({store.place})") from None
    except BaseException:
        store.close()
        raise


def _named(url: str, heads: Heads | None) -> PostgresStore:
    """The store of an address, not yet connected; InputError for an option that libpq does not know."""
    try:
        from psycopg.pq import Conninfo
    except ImportError as error:
        raise InputError('PostgreSQL needs a driver; pip install "triage-chatbot[postgres]"') from error
    try:
        store = PostgresStore(url, heads)
        options = store.options
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise InputError(f"the database is named as {SERVER}://NAME@HOST/DATABASE") from None
    known = {each.keyword.decode() for each in Conninfo.get_defaults()}
    if unknown := [name for name in options if name not in known]:
        store.close()
        names = ", ".join(f"'{name}'" for name in sorted(unknown) if _PLAIN_NAME.fullmatch(name))
        raise InputError(f"the address has an option that PostgreSQL does not know: {names or 'no plain word'}")
    return store


def _told(url: URL) -> str:
    """The address for people to read: no account, no password, no options."""
    return URL.create(url.drivername, host=url.host, port=url.port, database=url.database).render_as_string()
