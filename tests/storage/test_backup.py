"""A backup: the same records in any kind of store, or a sentence that says what is wrong with the file."""

import base64
import gzip
import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from chatbot.errors import DamagedError, InputError, StorageError
from chatbot.storage.backup import GZIP, Backup, Contents, put_back, write_backup
from chatbot.storage.chain import Head
from chatbot.storage.events import By, Event, Kept, body_of
from chatbot.storage.private import private_file
from chatbot.storage.row import STORE, Row
from chatbot.storage.store import CaseStore
from chatbot.storage.verify import verify
from tests.support.backed_up import AT, backup, body, everything, filled, keep
from tests.support.backed_up import file as file
from tests.support.memory_store import MemoryStore


def test_whatever_a_store_holds_comes_back_in_any_other_kind(store: CaseStore, tmp_path: Path) -> None:
    counts = backup(filled(), tmp_path / "one.gz")
    assert counts.told() == {"packs": 1, "cases": 4, "events": 11}
    put_back(Backup(tmp_path / "one.gz"), store)
    assert everything(store) == everything(filled())
    assert list(verify(store)) == []
    backup(store, tmp_path / "two.gz")
    again = MemoryStore()
    put_back(Backup(tmp_path / "two.gz"), again)
    assert everything(again) == everything(filled())


def test_what_was_restored_can_be_gone_on_with(store: CaseStore, file: Path) -> None:
    put_back(Backup(file), store)
    row = store.row("c2")
    assert row is not None
    store.append(row, [body("c2", 4, "more")])
    assert list(verify(store)) == []


def test_the_second_file_knows_what_was_restored(store: CaseStore, file: Path) -> None:
    put_back(Backup(file), store)
    if store.heads is not None:
        assert set(store.heads.known()) == {"c1", "c2", "c3", STORE}


def test_a_store_that_holds_something_is_not_restored_into(store: CaseStore, file: Path) -> None:
    keep(store, "mine")
    before = everything(store)
    with pytest.raises(StorageError, match="holds records"):
        put_back(Backup(file), store)
    assert everything(store) == before


def test_a_store_that_holds_a_pack_alone_is_not_restored_into(store: CaseStore, file: Path) -> None:
    store.keep_pack("mine", b"x")
    with pytest.raises(StorageError, match="holds records"):
        put_back(Backup(file), store)


def test_bytes_that_are_no_text_come_back(tmp_path: Path) -> None:
    store, row = MemoryStore(), Row("c1")
    store.begin(row, [b"\x00\xff\xfe"])
    backup(store, tmp_path / "b.gz")
    assert [event.body for _, chain in Backup(tmp_path / "b.gz").chains() for event in chain] == [b"\x00\xff\xfe"]


def test_the_file_is_its_owners_alone_and_says_no_path(file: Path, tmp_path: Path) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert str(tmp_path).encode() not in gzip.decompress(file.read_bytes())
    assert [path.name for path in tmp_path.iterdir()] == ["b.gz"]


def test_a_broken_store_makes_no_backup(tmp_path: Path) -> None:
    store = MemoryStore()
    keep(store, "c1")
    store._chains["c1"][1] = replace(store._chains["c1"][1], body=b"{}")
    with pytest.raises(DamagedError, match="event 2 of case c1 is not what was written"):
        backup(store, tmp_path / "b.gz")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_pack_makes_no_backup(tmp_path: Path) -> None:
    store = MemoryStore()
    store.keep_pack("0" * 64, b"no pack")
    with pytest.raises(DamagedError, match="content kept as 000000000000"):
        backup(store, tmp_path / "b.gz")


class Busy(MemoryStore):
    """Somebody writes to it while its events are read: what was read before stays as it was."""

    def chains(self) -> object:  # type: ignore[override]
        found = list(super().chains())
        self.keep_pack("d2", b"new")
        keep(self, "c9")
        return iter(found)


def test_a_pack_that_comes_while_the_events_are_read_is_in_the_backup(tmp_path: Path) -> None:
    store = Busy()
    filled(store)
    assert backup(store, tmp_path / "b.gz").told() == {"packs": 2, "cases": 4, "events": 11}
    assert {digest for digest, _ in Backup(tmp_path / "b.gz").packs()} == {"d1", "d2"}


def test_others_may_write_while_a_backup_is_made(store: CaseStore, tmp_path: Path) -> None:
    filled(store)

    def write(_: int) -> None:
        nonlocal number
        number += 1
        keep(store, f"a{number}")
        keep(store, f"z{number}")

    number = 0
    with private_file(tmp_path / "b.gz") as file:
        counts = write_backup(store, file, AT, "1.0", write if store.place != "memory" else lambda _: None)
    assert counts.told() == {"packs": 1, "cases": 4, "events": 11}
    other = MemoryStore()
    put_back(Backup(tmp_path / "b.gz"), other)
    assert everything(other) == everything(filled())


def looked(file: Path, **known: tuple[int, str]) -> Contents:
    """What a backup lacks of what is known: how far a case went, and by which digest."""
    return Backup(file).looked_through({case: Head(case, seq, bytes.fromhex(h)) for case, (seq, h) in known.items()})


def test_what_a_backup_lacks_is_counted(file: Path) -> None:
    chains = dict(Backup(file).chains())
    whole = {case: (len(chain), chain[-1].hash.hex()) for case, chain in chains.items()}
    assert looked(file).loss == looked(file, **whole).loss == ""
    earlier = {case: (1, chain[0].hash.hex()) for case, chain in chains.items()}
    assert looked(file, **earlier).loss == ""
    found = looked(file, **{**whole, "c1": (5, "00" * 32), "gone": (7, "00" * 32), STORE: (3, "00" * 32)})
    assert (found.gone, found.shortened, found.events_lost, found.changed) == (1, 1, 2 + 7 + 1, 0)
    assert "1 case(s) would be gone and 1 would end earlier, 10 event(s)" in found.loss


def test_another_event_than_the_one_that_is_known_counts_as_a_change(file: Path) -> None:
    found = looked(file, c1=(2, "00" * 32))
    assert (found.changed, found.events_lost) == (1, 0)
    assert "others than they are known to be" in found.loss


def test_what_was_purged_is_no_loss(tmp_path: Path) -> None:
    store = filled()
    row = store.row(STORE)
    assert row is not None
    did = Kept(kind="purged", cases=1, names=("old",))
    store.append(row, [body_of(Event(case=STORE, seq=3, at=AT, by=By(who="program"), pack="", did=did))])
    backup(store, tmp_path / "b.gz")
    assert looked(tmp_path / "b.gz", old=(7, "00" * 32)).loss == ""
    assert looked(tmp_path / "b.gz", other=(7, "00" * 32)).gone == 1


def test_an_earlier_backup_is_replaced_and_nothing_else_is(tmp_path: Path, file: Path) -> None:
    with pytest.raises(InputError, match="is there already"), private_file(file):
        pass
    with private_file(file, GZIP) as stream:
        stream.write(b"new")
    assert file.read_bytes() == b"new"
    for other in (tmp_path / "folder", tmp_path / "link"):
        (other.mkdir if other.name == "folder" else lambda: (tmp_path / "link").symlink_to(file))()
        with pytest.raises(InputError), private_file(other, b"new"):
            pass
    (tmp_path / "mine").write_text("a letter")
    with pytest.raises(InputError, match="no file that this command wrote"), private_file(tmp_path / "mine", GZIP):
        pass
    assert (tmp_path / "mine").read_text() == "a letter"


def test_a_file_that_fails_half_way_is_not_there(tmp_path: Path) -> None:
    def half() -> None:
        with private_file(tmp_path / "b.gz") as stream:
            stream.write(b"half")
            raise DamagedError("no")

    with pytest.raises(DamagedError):
        half()
    assert list(tmp_path.iterdir()) == []


def test_packs_are_in_it_byte_for_byte(file: Path) -> None:
    text = gzip.decompress(file.read_bytes()).splitlines()
    pack = next(json.loads(line) for line in text if b'"pack"' in line)
    assert base64.b64decode(pack["content"]) == b"\x00\xffa pack"
