"""A damaged file is set aside, and what is whole goes on: at any moment the one or the other is there."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chatbot.case import Answer
from chatbot.errors import DamagedError, UnreachableError
from chatbot.interview.steps import Answered
from chatbot.packs.archive import is_whole, packed
from chatbot.packs.pack import Pack
from chatbot.service.append import written
from chatbot.storage import salvage
from chatbot.storage.chain import head_of
from chatbot.storage.events import By, Stepped
from chatbot.storage.known_heads import Heads
from chatbot.storage.row import Row
from chatbot.storage.salvage import salvaged
from chatbot.storage.sqlite import SqliteStore, open_sqlite
from chatbot.storage.verify import Verification, verify

CASES = tuple(f"case-{number}" for number in range(9))
WORDS = "since Tuesday, " * 20
SAID = Stepped(step=Answered(answer=Answer(question="onset_days", values={"onset_days": 6}, said=WORDS)), then="trend")
PAGE, LEAF = 4096, 0x0A  # how a page of an index begins that leads no further
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path, pack: Pack) -> Path:
    """A file with several cases and a pack, closed."""
    path = tmp_path / "data" / "cases.sqlite"
    store = open_sqlite(path, Heads(tmp_path / "heads.txt"))
    store.keep_pack(pack.digest, packed(pack) or b"")
    for case in CASES:
        row, bodies = written(Row(case, code=case), [SAID] * 6, By(who="patient"), AT, pack.digest)
        store.begin(row, bodies)
    store.close()
    return path


def opened(file: Path) -> SqliteStore:
    return open_sqlite(file, Heads(file.parents[1] / "heads.txt"))


def damage(file: Path, place: Callable[[bytes], int]) -> None:
    """Change one byte."""
    content = bytearray(file.read_bytes())
    content[place(bytes(content))] ^= 1
    file.write_bytes(content)


def in_an_event(content: bytes) -> int:
    return content.index(WORDS.encode()) + 100


def cases_of(store: SqliteStore) -> set[str]:
    return {row.case for row in store.rows()}


def test_what_is_whole_is_carried_over_and_the_damaged_file_stays(file: Path) -> None:
    damage(file, in_an_event)
    store = opened(file)
    assert "8 case(s) were carried over and 1 could not be" in store.warning
    assert len(cases_of(store)) == 8
    assert [path.name for path in store.aside()] == ["cases.damaged-1.sqlite"]
    assert {path.name for path in file.parent.iterdir() if path.name.startswith("cases.sqlite.")} <= {
        "cases.sqlite.use", "cases.sqlite.opening",
    }  # fmt: skip
    store.close()


@pytest.mark.parametrize("moves", range(5))
def test_a_program_that_ends_while_it_sets_aside_loses_nothing(
    file: Path, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    """Ended before each of the moves; the next program does the rest, and says so."""
    damage(file, in_an_event)
    file.with_name("cases.sqlite-wal").write_bytes(b"")
    left = [moves]

    def ending(name: str) -> Callable[[Path, Path], Path]:
        real = getattr(Path, name)

        def moved(self: Path, target: Path) -> Path:
            if "damaged" in str(target) or str(self).endswith(".carried"):
                left[0] -= 1
                if left[0] < 0:
                    raise KeyboardInterrupt
            return real(self, target)

        return moved

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", ending("rename"))
        patch.setattr(Path, "replace", ending("replace"))
        ended = False
        try:
            opened(file).close()
        except KeyboardInterrupt:
            ended = True
    assert ended == (moves < 4)
    store = opened(file)
    assert len(cases_of(store)) == 8
    assert bool(store.warning) == ended
    assert file.with_name("cases.damaged-1.sqlite").exists()
    assert not file.with_name("cases.damaged-2.sqlite").exists()
    store.close()


def test_a_damaged_pack_is_found_and_not_carried_over(file: Path, pack: Pack) -> None:
    damage(file, lambda content: content.index((packed(pack) or b"")[:100]) + 50)
    with closing(sqlite3.connect(file)) as connection:
        ((content,),) = connection.execute("SELECT content FROM packs")
    assert not is_whole(content, pack.digest)
    store = SqliteStore(file)
    assert [finding.text for finding in verify(store)] == [
        f"the content kept as {pack.digest[:12]} is not what was written"
    ]
    store.close()
    store = opened(file)
    assert list(store.packs()) == []
    assert cases_of(store) == set(CASES)
    store.close()


def test_what_lies_behind_a_damaged_page_is_carried_over(file: Path) -> None:
    content = bytearray(file.read_bytes())
    places = [at for at in range(0, len(content), PAGE) if b'"case":"case-4"' in content[at : at + PAGE]]
    page = next(at for at in places if content[at] == LEAF)
    content[page : page + PAGE] = bytes(PAGE)
    file.write_bytes(content)
    found = salvaged(file, None)
    assert {CASES[0], CASES[-1]} <= set(found.cases)
    assert len(found.cases) >= len(CASES) - 3


def test_a_disk_that_cannot_be_read_just_now_is_no_damage(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A case that could not be read at that moment would be left behind as lost."""
    damage(file, in_an_event)

    def failing(_: sqlite3.Connection) -> dict[str, dict[int, tuple[bytes, bytes]]]:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorname = "SQLITE_IOERR_READ"
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(salvage, "_events", failing)
        with pytest.raises(UnreachableError, match="the disk reports an error"):
            opened(file)
    store = opened(file)
    assert len(cases_of(store)) == 8
    store.close()


def test_rows_without_a_place_are_no_events(tmp_path: Path) -> None:
    """A damaged page can say that a column is empty which never is."""
    path = tmp_path / "cases.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE events (case_id, seq, hash, body)")
        connection.execute("CREATE TABLE packs (digest, content)")
        connection.executemany("INSERT INTO events VALUES ('a', ?, ?, ?)", [(None, b"", b""), (None, None, None)])
        connection.execute("INSERT INTO packs VALUES (NULL, NULL)")
    assert salvaged(path, None).cases == {}


def test_a_log_that_could_not_be_emptied_keeps_the_new_file_from_counting(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its log the new file would lack what was carried over."""
    damage(file, in_an_event)

    def full(_: SqliteStore) -> None:
        raise UnreachableError("answers cannot be kept: the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(SqliteStore, "empty_log", full)
        with pytest.raises(UnreachableError):
            opened(file)
    assert not file.with_name("cases.sqlite.carried").exists()
    store = opened(file)
    assert len(cases_of(store)) == 8
    store.close()


def test_an_event_that_holds_nothing_is_a_finding(file: Path) -> None:
    """A page in the place of another can say that a column is empty which never is."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DROP TRIGGER events_stay")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_schema SET sql = replace(sql, 'body BLOB NOT NULL', 'body BLOB') WHERE name = 'events'"
        )
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE events SET body = NULL WHERE case_id = 'case-3' AND seq = 2")
    store = SqliteStore(file)
    found = [finding.text for finding in Verification(store).findings()]
    with pytest.raises(DamagedError):
        head_of("case-3", store.events("case-3"))
    store.close()
    assert "event 2 of case case-3 is not what was written" in found
