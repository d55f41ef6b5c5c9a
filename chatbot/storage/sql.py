"""A store in SQL tables, the same for every database; what differs between them is in the modules beside."""

from __future__ import annotations

import logging
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, func, insert, or_, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from chatbot.errors import DamagedError, InputError, StaleWriteError, StorageError
from chatbot.storage.chain import Head, Stored, grown, start
from chatbot.storage.known_heads import Heads
from chatbot.storage.row import STORE, Row
from chatbot.storage.store import Hold
from chatbot.storage.tables import about, cases, columns, events, packs, values
from chatbot.storage.worklist_query import SECTIONS, Section, WorklistQuery
from chatbot.storage.worklist_sql import in_sections, narrowed, ordered

# What the libraries log of a lost connection would be written over the app, and could hold what was to be kept.
for _name in ("sqlalchemy", "alembic", "psycopg"):
    logging.getLogger(_name).addHandler(logging.NullHandler())
    logging.getLogger(_name).propagate = False

_BATCH = 5_000
# What a transaction is for, as the databases' own modules ask for it.
WRITES = "triage_writes"


class SqlStore(ABC):
    """Cases in tables, through one connection for all that is written."""

    is_remote = False

    def __init__(self, engine: Engine, place: str, heads: Heads | None = None) -> None:
        self.place = place
        self.login = ""
        self.warning = ""
        self.heads = heads
        self._engine = engine
        self._turn = threading.RLock()
        self._connection: Connection | None = None

    # What the modules beside say of their database.

    @abstractmethod
    def said(self, error: SQLAlchemyError) -> StorageError | InputError:
        """An error of the database in words."""

    @abstractmethod
    def connected(self, connection: Connection) -> None:
        """Make a new connection ready."""

    @abstractmethod
    def hold(self, case: str, who: str) -> Hold:
        """Hold a case open; HeldError says who else does."""

    @abstractmethod
    def check(self) -> Iterator[str]:
        """Yields what is wrong with the files or tables themselves."""

    @abstractmethod
    def wipe(self, connection: Connection) -> None:
        """Make what was deleted unreadable in the files, too; outside of any transaction."""

    @contextmanager
    def work(self, writes: bool = False) -> Iterator[Connection]:
        """One transaction on the store's own connection; what goes wrong is said in words."""
        with self._turn, self._in_words():
            connection = self.own()
            connection.execution_options(**{WRITES: writes})
            with connection.begin():
                yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction on a connection of its own, for what takes long and changes nothing."""
        with self._in_words(), self._engine.connect() as connection, connection.begin():
            yield connection

    def own(self) -> Connection:
        """The store's connection, made when it is first needed and again when it was lost."""
        if self._connection is None:
            connection = self._engine.connect()
            try:
                self.connected(connection)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            if isinstance(error, DBAPIError) and error.connection_invalidated:
                self._connection = None
            # What the database was given stands in its errors, so they go no further.
            raise self.said(error) from None

    def begin(self, row: Row, bodies: Sequence[bytes]) -> Head:
        """Keep a new case with its first events."""
        chain = list(grown(start(row.case), bodies))
        row = row.grown(Head(row.case, chain[-1].seq, chain[-1].hash))
        try:
            with self.work(writes=True) as connection:
                try:
                    connection.execute(insert(cases).values(**values(row), held=""))
                except IntegrityError:
                    raise _Taken from None
                _insert(connection, row.case, chain)
        except _Taken:
            known = self.row(row.case)
            if known is None or known.at != row.at:
                raise StaleWriteError(f"there is a case {row.case} already") from None
        return self.noted(row.at)

    def append(self, row: Row, bodies: Sequence[bytes]) -> Head:
        """Keep more events behind the head in the row."""
        chain = list(grown(row.at, bodies))
        after = row.grown(Head(row.case, chain[-1].seq, chain[-1].hash))
        with self.work(writes=True) as connection:
            here = (cases.c.case_id == row.case) & (cases.c.seq == row.seq) & (cases.c.head == row.head)
            updated = connection.execute(update(cases).where(here).values(**values(after)))
            if updated.rowcount == 1:
                _insert(connection, row.case, chain)
        if updated.rowcount != 1:
            known = self.row(row.case)
            if known is None or known.at != after.at:
                raise StaleWriteError(f"case {row.case} was changed by another program")
        return self.noted(after.at)

    def noted(self, head: Head) -> Head:
        """Notes in the second file how far a case goes."""
        if self.heads is not None:
            self.heads.note(head)
        return head

    def row(self, case: str) -> Row | None:
        """A case as lists show it."""
        with self.work() as connection:
            found = connection.execute(select(*columns, cases.c.sum).where(cases.c.case_id == case)).first()
        return None if found is None else _checked(tuple(found))

    def find(self, code: str) -> Row | None:
        """The case with the digest of a code."""
        if not code:
            return None
        with self.work() as connection:
            row = connection.execute(select(*columns, cases.c.sum).where(cases.c.code == code)).first()
            if row is not None:
                return _checked(tuple(row))
            # An index can be damaged, and so can the column that is looked for: every row is looked at before "no".
            rows = [_checked(tuple(row)) for row in connection.execute(select(*columns, cases.c.sum))]
        return next((row for row in rows if row.code == code), None)

    def rows(self) -> Iterator[Row]:
        """Yields the rows of all cases."""
        with self.reading() as connection:
            wanted = select(*columns).where(cases.c.case_id != STORE).order_by(cases.c.case_id)
            for row in connection.execute(wanted.execution_options(yield_per=_BATCH)):
                yield Row(*row)

    def listed(self, wanted: WorklistQuery) -> Sequence[Row]:
        """The cases of a list, so many from a place on."""
        found = ordered(select(*columns).where(narrowed(wanted)), wanted).offset(wanted.offset).limit(wanted.limit)
        with self.work() as connection:
            return [Row(*row) for row in connection.execute(found)]

    def counted(self, wanted: WorklistQuery) -> int:
        """Counts the cases in a list."""
        with self.work() as connection:
            return int(connection.execute(select(func.count()).select_from(cases).where(narrowed(wanted))).scalar_one())

    def counts(self, wanted: WorklistQuery) -> Mapping[Section, int]:
        """Counts the cases in each section."""
        # What is closed for long is in none, and most of what there is.
        lately = or_(cases.c.closed == "", cases.c.closed >= wanted.since)
        section = in_sections(wanted).label("section")
        with self.work() as connection:
            rows = connection.execute(
                select(section, func.count()).where(cases.c.case_id != STORE, lately).group_by(section)
            )
            counts = {str(name): int(count) for name, count in rows}
        return {name: counts.get(name, 0) for name in SECTIONS}

    def now(self) -> datetime:
        """The time of this computer."""
        return datetime.now(UTC)

    def sums(self) -> Iterator[tuple[Row, bytes]]:
        """All cases and the store's own chain, each with the digest that was kept of its row."""
        with self.reading() as connection:
            wanted = select(*columns, cases.c.sum).order_by(cases.c.case_id)
            for row in connection.execute(wanted.execution_options(yield_per=_BATCH)):
                *values, digest = row
                yield Row(*values), digest

    def events(self, case: str) -> Sequence[Stored]:
        """The events of a case in their order."""
        wanted = select(events.c.seq, events.c.hash, events.c.body).where(events.c.case_id == case)
        with self.work() as connection:
            return [Stored(*row) for row in connection.execute(wanted.order_by(events.c.seq))]

    def chains(self) -> Iterator[tuple[str, int, bytes, bytes]]:
        """Every event of every case, case by case."""
        wanted = select(events).order_by(events.c.case_id, events.c.seq).execution_options(yield_per=_BATCH)
        with self.reading() as connection:
            for some in connection.execute(wanted).partitions():
                yield from (tuple(row) for row in some)

    def keep_pack(self, digest: str, content: bytes) -> None:
        """Keep the files of a pack, once."""
        if self.pack(digest) is None:
            try:
                with self.work(writes=True) as connection:
                    try:
                        connection.execute(insert(packs).values(digest=digest, content=content))
                    except IntegrityError:
                        raise _Taken from None
            except _Taken:  # another program was quicker
                return

    def pack(self, digest: str) -> bytes | None:
        """The files of a pack."""
        with self.work() as connection:
            return connection.execute(select(packs.c.content).where(packs.c.digest == digest)).scalar()

    def packs(self) -> Iterable[str]:
        """The digests of the packs there are."""
        with self.work() as connection:
            return tuple(connection.execute(select(packs.c.digest).order_by(packs.c.digest)).scalars())

    def aside(self) -> Iterable[Path]:
        """The damaged files that were set aside; a database server has none."""
        return ()

    def purge(self, names: Iterable[str], wipe: bool = True) -> int:
        """Forget cases and the packs that only they needed; with `wipe` their bytes are gone, too."""
        gone, wanted = 0, list(names)
        if self.heads is not None and wanted:
            # First, so that a purge that ends half way is not taken for a loss.
            self.heads.forget(set(wanted))
        with self.work(writes=True) as connection:
            connection.execute(insert(about).values(name="purging", value="yes"))
            for at in range(0, len(wanted), 500):
                some = wanted[at : at + 500]
                gone += connection.execute(delete(events).where(events.c.case_id.in_(some))).rowcount
                connection.execute(delete(cases).where(cases.c.case_id.in_(some)))
            connection.execute(delete(packs).where(packs.c.digest.not_in(select(cases.c.digest))))
            connection.execute(delete(about).where(about.c.name == "purging"))
        if wipe:
            with self._turn, self._in_words():
                self.wipe(self.own())
        return gone

    def fill(self, packs_kept: Iterable[tuple[str, bytes]], chains: Iterable[tuple[Row, Sequence[Stored]]]) -> None:
        """Put packs and whole cases into an empty store, all or none; StorageError when it holds something."""
        heads = []
        with self.work(writes=True) as connection:
            for table in (cases, packs):
                if connection.execute(select(table).limit(1)).first() is not None:
                    raise StorageError(f"'{self.place}' holds records; a backup is restored into an empty place only")
            for digest, content in packs_kept:
                connection.execute(insert(packs).values(digest=digest, content=content))
            for row, chain in chains:
                connection.execute(insert(cases).values(**values(row), held=""))
                _insert(connection, row.case, chain)
                heads.append(row.at)
        if self.heads is not None:
            self.heads.put(heads)

    def close(self) -> None:
        """Let go of the store."""
        with self._turn:
            if self._connection is not None:
                self._connection.close()
            self._connection = None
            self._engine.dispose()


class _Taken(Exception):  # noqa: N818 # no error: what was to be written stands there already
    """A row of that name is there; leaves the transaction, which is of no use after it."""


def _checked(columns_read: tuple[object, ...]) -> Row:
    *values, digest = columns_read
    row = Row(*values)  # type: ignore[arg-type] # as they were selected
    if row.sum != digest:
        raise DamagedError(f"the row of case {row.case} is not what was written; triage audit-log verify says more")
    return row


def _insert(connection: Connection, case: str, chain: Iterable[Stored]) -> None:
    rows = [{"case_id": case, "seq": each.seq, "hash": each.hash, "body": each.body} for each in chain]
    if rows:
        connection.execute(insert(events), rows)
