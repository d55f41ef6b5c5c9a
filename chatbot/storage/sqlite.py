"""Cases in a file on this computer."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from glob import escape
from pathlib import Path

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from chatbot.errors import DamagedError, HeldError, StorageError, UnreachableError
from chatbot.storage.chain import Head
from chatbot.storage.known_heads import Heads
from chatbot.storage.locks import FileLock
from chatbot.storage.migrate import migrate, revision_of
from chatbot.storage.private import private_folder
from chatbot.storage.projection import projected
from chatbot.storage.salvage import Salvaged, carried, files_of, put_in_place, salvaged
from chatbot.storage.sql import WRITES, SqlStore
from chatbot.storage.tables import SCHEMA
from chatbot.storage.verify import Finding, verify

# The first with tables that hold each column to its type.
OLDEST = (3, 37)
# A file up to this size is looked through whole whenever it is opened, which takes less than a blink.
LOOKED_THROUGH = 4 << 20
# Every commit is on the disk before it returns; what is deleted is overwritten; no trust in what the file says of SQL.
_SETTINGS = (
    "journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", "trusted_schema = OFF", "cell_size_check = ON",
    "busy_timeout = 5000", "fullfsync = ON",
)  # fmt: skip
_WORDS = {
    "SQLITE_FULL": "the disk is full",
    "SQLITE_READONLY": "the folder or file cannot be written to",
    "SQLITE_CANTOPEN": "the folder is missing or closed to this account, or too many files are open",
    "SQLITE_IOERR": "the disk reports an error, or is full",
    "SQLITE_PERM": "this account may not use the file",
    "SQLITE_BUSY": "another program is writing to it",
    "SQLITE_LOCKED": "another program is writing to it",
    "SQLITE_NOMEM": "there is no memory left",
    "SQLITE_NOLFS": "the file has become too large for this disk",
}  # fmt: skip
_AGAIN = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN", "SQLITE_READONLY")
_SET_ASIDE = "the records were damaged; the damaged file is kept as"
# A name that no other program gives, near the beginning of every file of ours.
_MARK, _NEAR = b"events_remain", 64 << 10


@dataclass(slots=True)
class _Held:
    lock: FileLock

    def release(self) -> None:
        with suppress(OSError):
            self.lock.remove()


class SqliteStore(SqlStore):
    """Cases in one SQLite file, its write-ahead log beside it."""

    def __init__(self, path: Path, heads: Heads | None = None, only_reads: bool = False) -> None:
        # The path goes to the driver as it is; in an address, signs in it would mean something.
        engine = create_engine("sqlite://", creator=self._connected, poolclass=NullPool, hide_parameters=True)
        super().__init__(engine, str(path), heads)
        self.path, self._only_reads = path, only_reads
        self.login = _account()
        self._file: tuple[int, int] | None = None
        self.use = FileLock(path.with_name(f"{path.name}.use"))
        event.listen(engine, "begin", _begin)

    def said(self, error: SQLAlchemyError) -> StorageError:
        """An error of SQLite in words; the library's own holds what was to be written."""
        return self.said_of(getattr(error, "orig", None) or error)

    def said_of(self, cause: BaseException) -> StorageError:
        """An error of the driver in words."""
        name = str(getattr(cause, "sqlite_errorname", "") or "")
        kind = next((kind for kind in _WORDS if name.startswith(kind)), "")
        if kind:
            known = UnreachableError if kind in _AGAIN else StorageError
            return known(f"answers cannot be kept in '{self.path}': {_WORDS[kind]}")
        if isinstance(cause, sqlite3.Error):
            return DamagedError(f"the file '{self.path}' is damaged")
        return StorageError(f"answers cannot be kept in '{self.path}': {type(cause).__name__}")

    def connected(self, connection: Connection) -> None:  # noqa: ARG002 # the settings were made by the driver
        """Remember which file it is."""
        self._file = self._found()

    def own(self) -> Connection:
        """The store's connection; a file that was taken away or replaced takes no more answers."""
        connection = super().own()
        if self._found() != self._file:
            raise DamagedError(f"the file '{self.path}' was taken away")
        return connection

    def _found(self) -> tuple[int, int] | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def hold(self, case: str, who: str) -> _Held:
        """Hold a case open by a lock on a file of its own, whose name is that of the case."""
        lock = FileLock(self.path.with_name("open") / case)
        try:
            taken = lock.take()
        except OSError as error:
            raise UnreachableError(f"cannot hold a case open in '{lock.path.parent}': {error.strerror}") from None
        if not taken:
            who = lock.read()
            lock.release()
            raise HeldError(who)
        with suppress(OSError):
            lock.write(who)
        return _Held(lock)

    def check(self) -> Iterator[str]:
        """Yields what SQLite itself finds wrong with the file."""
        with self.reading() as connection:
            found = [str(line) for line in connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars()]
        yield from (" ".join(line.split()) for line in found if line != "ok")

    def chains(self) -> Iterator[tuple[str, int, bytes, bytes]]:
        """Every event of every case, case by case, straight from the driver: there can be millions."""
        try:
            connection = self._connected()
            try:
                query = "SELECT case_id, seq, hash, body FROM events ORDER BY case_id, seq"
                yield from connection.execute(query)
            finally:
                connection.close()
        except sqlite3.Error as error:
            raise self.said_of(error) from None

    def _connected(self) -> sqlite3.Connection:
        return _connect(self.path, self._only_reads)

    def aside(self) -> Iterable[Path]:
        """The damaged files that were set aside, and what a program left that ended while it did so."""
        patterns = f"{escape(self.path.stem)}.damaged-*", f"{escape(self.path.name)}.new*"
        found = (path for pattern in patterns for path in self.path.parent.glob(pattern))
        return sorted(path for path in found if path.is_file())

    def wipe(self, connection: Connection) -> None:
        """Write the file anew without what was deleted, and empty the log."""
        driver = connection.connection.driver_connection
        if driver is None:
            return
        try:
            driver.execute("VACUUM")
        except sqlite3.Error as error:
            raise self.said_of(error) from None
        self.empty_log()

    def empty_log(self) -> None:
        """Bring all that stands in the log into the file; UnreachableError where another program is in the way."""
        driver = self.own().connection.driver_connection
        if driver is None:
            return
        try:
            busy, *_ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.Error as error:
            raise self.said_of(error) from None
        if busy:
            raise UnreachableError(f"another program is reading '{self.path}', so its log still holds what was deleted")

    def findings(self) -> Iterator[Finding]:
        """Everything that is wrong with a file that is small enough to be looked through."""
        size = sum(path.stat().st_size for path in files_of(self.path) if path.exists())
        return verify(self) if size <= LOOKED_THROUGH else iter(())

    def close(self) -> None:
        """Let go of the file."""
        super().close()
        self.use.release()


def _account() -> str:
    """The account that uses this computer, as the system says it, whatever the environment says."""
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):  # not on Windows, or an account without a name
        with suppress(OSError):
            return os.getlogin()
    return ""


def _connect(path: Path, only_reads: bool = False) -> sqlite3.Connection:
    name = f"{path.as_uri()}?mode=ro" if only_reads else path
    connection = sqlite3.connect(name, timeout=5, check_same_thread=False, isolation_level=None, uri=only_reads)
    try:
        # The first setting writes to a file that does not have it.
        for setting in _SETTINGS[1:] if only_reads else _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
    except BaseException:
        connection.close()
        raise
    return connection


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def open_sqlite(path: Path, heads: Heads | None = None, ours: bool = False) -> SqliteStore:
    """Open the file, made where there is none; one that is damaged is set aside, and what is whole is carried over.

    StorageError for a file of another program, which stays as it is; `ours` says that there can be none.
    """
    if sqlite3.sqlite_version_info < OLDEST:
        raise StorageError(
            f"SQLite {sqlite3.sqlite_version} is too old to keep answers; {OLDEST[0]}.{OLDEST[1]} will do"
        )
    try:
        private_folder(path.parent)
        gate = FileLock(path.with_name(f"{path.name}.opening"))
        gate.take(wait=True)
    except OSError as error:
        raise UnreachableError(f"answers cannot be kept in '{path}': {error.strerror}") from None
    try:
        return _open(path, heads, ours)
    finally:
        gate.release()


def look_at_sqlite(path: Path, heads: Heads | None = None) -> SqliteStore:
    """Open a file that is there as it is: nothing is written, looked through or set aside."""
    store = SqliteStore(path, heads, only_reads=True)
    try:
        with suppress(OSError):  # a folder that cannot be written to: nobody else writes there either
            store.use.take(shared=True)
        with store.work() as connection:
            if revision_of(connection) != SCHEMA:
                raise StorageError(f"'{path}' holds no records that this version of the program can read")
    except BaseException:
        store.close()
        raise
    return store


def _open(path: Path, heads: Heads | None, ours: bool) -> SqliteStore:
    try:
        if not ours and not _is_ours(path, heads):
            raise StorageError(
                f"'{path}' is a file of another program; name another file, or one that is not there yet"
            )
        try:
            return _interrupted(path, heads) if carried(path).exists() else _ready(SqliteStore(path, heads))
        except DamagedError as error:
            return _instead(path, heads, str(error))
    except OSError as error:
        raise UnreachableError(f"answers cannot be kept in '{path}': {error.strerror}") from None


def _is_ours(path: Path, heads: Heads | None) -> bool:
    """True when a file was made here, however damaged; one that is empty or not there can be made."""
    if not path.exists() or not path.stat().st_size or carried(path).exists() or (heads and heads.known()):
        return True
    with path.open("rb") as file:
        beginning = file.read(_NEAR)
    log = path.with_name(f"{path.name}-wal")
    # A file that is new can have all that was ever written to it in its log, or nothing yet.
    has_mark = _MARK in beginning or (log.exists() and _MARK in log.read_bytes()[: 4 * _NEAR])
    return has_mark or not beginning.strip(b"\0") or _has_no_tables(path, beginning)


def _has_no_tables(path: Path, beginning: bytes) -> bool:
    """True when it is a database in which nothing was made yet, as a program leaves it that ended while it made it."""
    if not beginning.startswith(b"SQLite format 3\0"):
        return False
    with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as connection:
        return bool(connection.execute("SELECT count(*) = 0 FROM sqlite_master").fetchone()[0])
    return False


def _ready(store: SqliteStore) -> SqliteStore:
    """The store with its tables, looked through; closed where it cannot be used."""
    try:
        os.close(os.open(store.path, os.O_RDWR | os.O_CREAT, 0o600))
        store.use.take(shared=True)
        with store.work(writes=True) as connection:
            migrate(connection)
        damage = next((finding for finding in store.findings() if finding.is_damage), None)
        if damage is not None:
            raise DamagedError(damage.text)
    except BaseException:
        store.close()
        raise
    return store


def _instead(path: Path, heads: Heads | None, why: str) -> SqliteStore:
    """A new file in place of a damaged one, which is set aside, with every case that is whole."""
    damaged = SqliteStore(path)
    if not damaged.use.take():
        raise StorageError(f"{why}; close the other programs that use '{path}', and it will be set aside")
    try:
        salvage = salvaged(path, heads)
        kept = _carried_over(path, salvage)
        aside = put_in_place(path)
    except sqlite3.Error as error:
        raise damaged.said_of(error) from None
    finally:
        damaged.use.release()
    store = _ready(SqliteStore(path, heads))
    for head in kept if heads else ():
        store.noted(head)
    store.warning = (
        f"{_SET_ASIDE} '{aside.name}', {len(salvage.cases)} case(s) were carried over and {salvage.lost} could not be"
    )
    return store


def _carried_over(path: Path, salvaged: Salvaged) -> list[Head]:
    """All that is whole, in a file that counts only once it is complete; how far each case goes."""
    beside = path.with_name(f"{path.name}.new")
    for old in files_of(beside):
        old.unlink(missing_ok=True)
    store = _ready(SqliteStore(beside))
    try:
        for digest, content in salvaged.packs.items():
            store.keep_pack(digest, content)
        kept = [store.begin(projected(case, bodies), bodies) for case, bodies in salvaged.cases.items()]
        store.empty_log()  # the file goes on alone
        store.use.remove()
    finally:
        store.close()
    beside.replace(carried(path))
    return kept


def _interrupted(path: Path, heads: Heads | None) -> SqliteStore:
    """The file that was to take the place of a damaged one when a program was ended."""
    aside = put_in_place(path)
    store = _ready(SqliteStore(path, heads))
    store.warning = f"{_SET_ASIDE} '{aside.name}', and what is whole was carried over"
    return store
