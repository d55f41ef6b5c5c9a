"""Whoever changes the records past the program is found out, and the first event that is wrong is named."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from chatbot.errors import DamagedError, StorageError
from chatbot.packs.pack import Pack
from chatbot.storage.events import Kept
from chatbot.storage.known_heads import Heads
from chatbot.storage.postgres import look_at_postgres, open_postgres
from chatbot.storage.projection import projected
from chatbot.storage.row import STORE
from chatbot.storage.sql import SqlStore
from chatbot.storage.sqlite import look_at_sqlite, open_sqlite
from chatbot.storage.store import CaseStore
from chatbot.storage.verify import Finding, Verification
from tests.support.filled import Clock, fill, records_in, talk
from tests.support.postgres_server import PostgresServer

Do = Callable[..., Any]


class Kind:
    """One kind of database: the store with two cases and its own chain, and a way past it."""

    def __init__(self, open_: Callable[[], SqlStore], look: Callable[[], SqlStore], do: Do) -> None:
        self.open, self.look, self.do = open_, look, do
        self.one = self.other = ""

    def fill(self, pack: Pack) -> None:
        """Two interviews, and an event of the store."""
        store = self.open()
        self.one, self.other = (journal.row.case for journal in fill(store, pack, (1, 3)))
        records_in(store).log(Kept(kind="code_refused"))
        store.close()

    def found(self) -> list[Finding]:
        """What a look finds."""
        store = self.look()
        try:
            return list(Verification(store).findings())
        finally:
            store.close()


def past_sqlite(path: Path) -> Do:
    """Statements past the program, whose guards are taken away first."""

    def do(statement: str, *given: object) -> list[Any]:
        connection = sqlite3.connect(path, isolation_level=None)
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        found = connection.execute(statement, given).fetchall()
        connection.close()
        return found

    return do


def past_postgres(server: PostgresServer, database: str) -> Do:
    """The same in PostgreSQL."""

    def do(statement: str, *given: object) -> list[Any]:
        with server.connect(database) as connection:
            connection.execute("ALTER TABLE events DISABLE TRIGGER ALL")
            done = connection.execute(statement.replace("?", "%s"), given)
            return done.fetchall() if done.description else []

    return do


@pytest.fixture(params=["sqlite", "postgres"])
def kind(request: pytest.FixtureRequest, tmp_path: Path, pack: Pack) -> Iterator[Kind]:
    """Each kind of database with two cases in it."""
    heads = Heads(tmp_path / "heads.txt")
    if request.param == "sqlite":
        path = tmp_path / "data" / "cases.sqlite"
        found = Kind(lambda: open_sqlite(path, heads), lambda: look_at_sqlite(path, heads), past_sqlite(path))
    else:
        server = request.getfixturevalue("server")
        url = request.getfixturevalue("lent_database")
        do = past_postgres(server, url.rpartition("/")[2])
        found = Kind(lambda: open_postgres(url, heads), lambda: look_at_postgres(url, heads), do)
    found.fill(pack)
    yield found
    heads.close()


def test_untouched_records_are_whole(kind: Kind) -> None:
    assert kind.found() == []


def test_a_changed_body(kind: Kind) -> None:
    (body,) = kind.do("SELECT body FROM events WHERE case_id = ? AND seq = 3", kind.one)[0]
    kind.do("UPDATE events SET body = ? WHERE case_id = ? AND seq = 3", bytes(body) + b" ", kind.one)
    assert [(f.case, f.seq, f.text) for f in kind.found()] == [
        (kind.one, 3, f"event 3 of case {kind.one} is not what was written")
    ]


def test_a_changed_hash(kind: Kind) -> None:
    kind.do("UPDATE events SET hash = ? WHERE case_id = ? AND seq = 2", b"\0" * 32, kind.one)
    assert [(f.case, f.seq) for f in kind.found()] == [(kind.one, 2)]


def test_an_event_taken_out_of_the_middle(kind: Kind) -> None:
    kind.do("DELETE FROM events WHERE case_id = ? AND seq = 2", kind.one)
    assert [(f.case, f.seq) for f in kind.found()] == [(kind.one, 2)]


def test_the_tail_taken_away(kind: Kind) -> None:
    kind.do("DELETE FROM events WHERE case_id = ? AND seq > 4", kind.one)
    found = kind.found()
    assert any(f.is_damage and f.case == kind.one and "has 4 events" in f.text for f in found)
    assert any(not f.is_damage and f.seq == 5 and "ends at event 4" in f.text for f in found)


def test_the_tail_taken_away_with_care_shows_in_the_second_file(kind: Kind) -> None:
    """The row is made to fit, so that the store is whole in itself."""
    store = kind.open()
    row, (*_, last) = store.row(kind.one), store.events(kind.one)[:4]
    store.close()
    assert row is not None
    short = row.grown(type(row.at)(kind.one, last.seq, last.hash))
    kind.do("DELETE FROM events WHERE case_id = ? AND seq > 4", kind.one)
    kind.do("UPDATE cases SET seq = 4, head = ?, sum = ? WHERE case_id = ?", last.hash, short.sum, kind.one)
    found = kind.found()
    assert [(f.case, f.seq, f.is_damage) for f in found] == [(kind.one, 5, False)]


def test_two_cases_swapped(kind: Kind) -> None:
    for table in ("events", "cases"):
        kind.do(f"UPDATE {table} SET case_id = 'x' WHERE case_id = ?", kind.one)
        kind.do(f"UPDATE {table} SET case_id = ? WHERE case_id = ?", kind.one, kind.other)
        kind.do(f"UPDATE {table} SET case_id = ? WHERE case_id = 'x'", kind.other)
    assert {(f.case, f.seq) for f in kind.found()} >= {(kind.one, 1), (kind.other, 1)}


def test_a_case_taken_away(kind: Kind) -> None:
    for table in ("events", "cases"):
        kind.do(f"DELETE FROM {table} WHERE case_id = ?", kind.one)
    found = kind.found()
    assert [(f.case, f.is_damage) for f in found] == [(kind.one, False)]
    assert "is gone" in found[0].text


def test_a_changed_row(kind: Kind) -> None:
    kind.do("UPDATE cases SET reference = 'other' WHERE case_id = ?", kind.one)
    assert [f.text for f in kind.found()] == [f"the row of case {kind.one} is not what was written"]


def test_a_changed_event_of_the_store(kind: Kind) -> None:
    kind.do("UPDATE events SET body = ? WHERE case_id = ?", b"{}", STORE)
    assert [(f.case, f.seq) for f in kind.found()] == [(STORE, 1)]


def test_another_chain_from_its_beginning_shows_in_the_second_file(kind: Kind, tmp_path: Path) -> None:
    """Whoever writes a case anew with all its digests cannot write what the second file knows."""
    store = kind.open()
    known = Heads(tmp_path / "heads.txt").known()[kind.one]
    bodies = [event.body for event in store.events(kind.one)]
    store.close()
    for table in ("events", "cases"):
        kind.do(f"DELETE FROM {table} WHERE case_id = ?", kind.one)
    store = kind.open()
    store.heads = None
    forged = [bodies[0].replace(b"bed 1", b"bed 9"), *bodies[1:]]
    store.begin(projected(kind.one, forged), forged)
    store.close()
    assert [(f.case, f.seq, f.is_damage) for f in kind.found()] == [(kind.one, known.seq, False)]


def test_an_old_copy_put_back_shows_in_the_second_file(tmp_path: Path, pack: Pack) -> None:
    path, heads = tmp_path / "data" / "cases.sqlite", Heads(tmp_path / "heads.txt")
    store = open_sqlite(path, heads)
    (old,) = fill(store, pack, (1,))
    store.close()
    shutil.copy(path, tmp_path / "old")
    store = open_sqlite(path, heads)
    new = talk(records_in(store), pack, 3)
    row = store.row(old.row.case)
    assert row is not None
    store.append(row, [b'{"more":1}'])
    store.close()
    shutil.copy(tmp_path / "old", path)
    looked = look_at_sqlite(path, heads)
    found = {(f.case, f.seq): f.text for f in Verification(looked).findings()}
    looked.close()
    assert set(found) == {(new.row.case, 1), (old.row.case, old.row.seq + 1)}
    assert "is gone" in found[new.row.case, 1]
    heads.close()


def test_looking_leaves_a_damaged_file_where_it_is(tmp_path: Path, pack: Pack) -> None:
    path, heads = tmp_path / "cases.sqlite", Heads(tmp_path / "heads.txt")
    store = open_sqlite(path, heads)
    (case,) = fill(store, pack, (1,))
    store.close()
    past_sqlite(path)("UPDATE events SET body = ? WHERE seq = 3", b"{}")
    before = path.read_bytes()
    looked = look_at_sqlite(path, heads)
    found = list(Verification(looked).findings())
    with pytest.raises(StorageError):
        looked.begin(case.row, [b"{}"])
    looked.close()
    assert [(f.case, f.seq) for f in found] == [(case.row.case, 3)]
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("*damaged*"))


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0" + b"\0" * 4096])
def test_looking_at_what_holds_no_records_says_so_and_writes_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(StorageError):
        look_at_sqlite(tmp_path / "x")
    assert (tmp_path / "x").read_bytes() == content


def test_looking_at_an_empty_database_makes_no_tables(server: PostgresServer) -> None:
    url = server.create_database()
    with pytest.raises(StorageError, match="no records"):
        look_at_postgres(url)
    with server.connect(url.rpartition("/")[2]) as connection:
        assert connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)


def test_pages_overwritten_anywhere_are_found(tmp_path: Path, pack: Pack) -> None:
    """Whatever the disk did to the file, something is said, and never by a fault of the program."""
    path = tmp_path / "cases.sqlite"
    store = open_sqlite(path)
    fill(store, pack, (1, 2))
    store.close()
    whole = path.read_bytes()
    for at in range(0, len(whole), 4096):
        path.write_bytes(whole[:at] + b"\xff" * 4096 + whole[at + 4096 :])
        try:
            looked = look_at_sqlite(path)
        except (DamagedError, StorageError):
            continue
        found = list(Verification(looked).findings())
        looked.close()
        assert found, at


def test_what_others_write_meanwhile_is_no_finding(kind: Kind, pack: Pack) -> None:
    other, looked = kind.open(), kind.look()

    def sums_then_written() -> Iterator[Any]:
        yield from list(type(looked).sums(looked))
        row = other.row(kind.one)
        assert row is not None
        other.append(row, [b'{"more":1}'])
        talk(records_in(other, Clock()), pack, 5)
        other.purge([kind.other])

    looked.sums = sums_then_written  # type: ignore[method-assign] # the moment that matters
    store: CaseStore = looked
    found = [f.text for f in Verification(store).findings()]
    looked.close()
    other.close()
    assert found == []
