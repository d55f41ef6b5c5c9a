"""What was purged is in no file any more, byte for byte."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from chatbot.packs.pack import Pack
from chatbot.service.maintenance import purge
from chatbot.service.records import Records
from chatbot.storage.events import Note, Override
from chatbot.storage.known_heads import Heads
from chatbot.storage.postgres import open_postgres
from chatbot.storage.sqlite import open_sqlite
from chatbot.storage.verify import verify
from tests.support.filled import Clock, records_in
from tests.support.postgres_server import PostgresServer
from tests.support.someone import Someone

WORDS, REFERENCE, NOTE, REASON = ("KANARIENVOGEL-" + name for name in ("words", "reference", "note", "reason"))
PLANTED = (WORDS, REFERENCE, NOTE, REASON)
LATER = timedelta(days=40)


def plant(records: Records, pack: Pack, number: int) -> str:
    """A case with texts that stand nowhere else, in every place a text can have; its name."""
    someone = Someone(pack, number)
    journal = records.begin(pack, someone.at, f"{REFERENCE} {number}")
    journal.take(
        someone.at.reply("chest", "no", f"{WORDS} {number}").raising(f"I have wet myself {WORDS}") or someone.at
    )
    journal.keep([Note(text=f"{NOTE} {number} " * 200)])
    journal.keep([Override(level="same_day", instead_of="self_care", words=f"{REASON} {number}")])
    journal.close()
    return journal.row.case


def found_in(folder: Path) -> dict[str, list[str]]:
    """The planted texts in the files of a folder, and in their names."""
    files = {path: path.read_bytes() + path.name.encode() for path in folder.rglob("*") if path.is_file()}
    found = {path.name: [text for text in PLANTED if text.encode() in content] for path, content in files.items()}
    return {name: texts for name, texts in found.items() if texts}


def test_nothing_of_a_purged_case_is_left_in_any_file(tmp_path: Path, pack: Pack) -> None:
    path, heads = tmp_path / "data" / "cases.sqlite", Heads(tmp_path / "state" / "heads.txt")
    clock = Clock()
    store = open_sqlite(path, heads)
    records = records_in(store, clock)
    names = [plant(records, pack, number) for number in range(1, 9)]
    assert {text for texts in found_in(tmp_path).values() for text in texts} == set(PLANTED)
    idle = open_sqlite(path, heads)  # another program that is doing nothing just now
    idle.row(names[0])
    clock.now += LATER
    assert purge(records, 30).cases == len(names)
    assert found_in(tmp_path) == {}
    assert not set(names) & set(heads.known())
    assert list(verify(store)) == []
    idle.close()
    store.close()
    assert found_in(tmp_path) == {}


def test_damaged_files_go_when_they_are_old(tmp_path: Path, set_time: Callable[[Path, datetime], None]) -> None:
    store = open_sqlite(tmp_path / "cases.sqlite")
    clock = Clock()
    now = clock.now
    old = [tmp_path / f"cases.damaged-1.sqlite{end}" for end in ("", "-wal", "-shm")]
    mixed = [tmp_path / f"cases.damaged-2.sqlite{end}" for end in ("", "-wal")]
    broken_off, others = tmp_path / "cases.sqlite.new", [tmp_path / "other.damaged-1.sqlite", tmp_path / "letter"]
    for path in (*old, *mixed, broken_off, *others):
        path.write_text(WORDS)
        set_time(path, now - timedelta(days=31))
    set_time(mixed[1], now - timedelta(days=29))
    would = purge(records_in(store, clock), 30, dry_run=True)
    assert would.files == 4
    assert old[0].exists()
    assert purge(records_in(store, clock), 30).files == 4
    assert [path.exists() for path in (*old, broken_off, *mixed, *others)] == [False] * 4 + [True] * 4
    store.close()


@pytest.fixture
def set_time() -> Callable[[Path, datetime], None]:
    """Says when a file was written to last."""
    import os

    return lambda path, at: os.utime(path, (at.astimezone(UTC).timestamp(),) * 2)


def test_nothing_of_a_purged_case_is_left_in_the_tables_of_postgresql(
    server: PostgresServer, tmp_path: Path, pack: Pack
) -> None:
    """What stands in its write-ahead log is another matter, and the page on records says so."""
    url, clock = server.create_database(), Clock()
    store = open_postgres(url, Heads(tmp_path / "heads.txt"))
    records = records_in(store, clock)
    names = [plant(records, pack, number) for number in range(1, 9)]
    database = url.rpartition("/")[2]

    def tables() -> dict[str, list[str]]:
        with server.connect(database) as connection:
            connection.execute("CHECKPOINT")
        return found_in(server.folder / "data" / "base")

    assert tables()
    clock.now += LATER
    assert purge(records, 30).cases == len(names)
    assert tables() == {}
    assert list(verify(store)) == []
    store.close()
