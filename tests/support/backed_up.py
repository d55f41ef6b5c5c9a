"""A small store, and a backup of it in a file."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from chatbot.storage.backup import GZIP, Counts, write_backup
from chatbot.storage.events import By, Closed, Event, body_of
from chatbot.storage.private import private_file
from chatbot.storage.projection import projected
from chatbot.storage.row import STORE, Row
from chatbot.storage.store import CaseStore
from tests.support.memory_store import MemoryStore

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
Line = dict[str, object]
Lines = list[Line]


def body(case: str, seq: int, words: str) -> bytes:
    """The bytes of an event that says something."""
    did = Closed(outcome="done", words=words)
    return body_of(Event(case=case, seq=seq, at=AT, by=By(who="program"), pack="d1", did=did))


def keep(store: CaseStore, case: str, count: int = 3) -> Row:
    """A case with so many events."""
    bodies = [body(case, seq, f"ä漢🤷 {case} {seq}") for seq in range(1, count + 1)]
    row = projected(case, bodies)
    return row.grown(store.begin(row, bodies))


def filled(store: CaseStore | None = None) -> CaseStore:
    """A store with three cases, its own chain and a pack."""
    store = store or MemoryStore()
    store.keep_pack("d1", b"\x00\xffa pack")
    for case in ("c1", "c2", "c3"):
        keep(store, case)
    keep(store, STORE, 2)
    return store


def backup(store: CaseStore, path: Path) -> Counts:
    """A backup of a store in a file."""
    with private_file(path, GZIP) as file:
        return write_backup(store, file, AT, "1.0")


def everything(store: CaseStore) -> object:
    """All that a store holds."""
    packs = {digest: store.pack(digest) for digest in store.packs()}
    return sorted(store.chains()), {row.case: (row, digest) for row, digest in store.sums()}, packs


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A backup of the small store."""
    backup(filled(), tmp_path / "b.gz")
    return tmp_path / "b.gz"
