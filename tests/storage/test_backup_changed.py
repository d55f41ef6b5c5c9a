"""A backup that was changed, cut or made of something else is refused whole, and the sentence says why."""

import gzip
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from chatbot.errors import DamagedError, InputError, TriageError
from chatbot.storage.backup import Backup, put_back
from chatbot.storage.row import Row
from tests.support.backed_up import Lines, body, everything, filled
from tests.support.backed_up import file as file
from tests.support.memory_store import MemoryStore

# What is done to the lines of a backup, the last of which is made to fit again.


def first_event(lines: Lines) -> int:
    """Where the events begin."""
    return next(at for at, line in enumerate(lines) if "case" in line)


def other_body(lines: Lines) -> None:
    lines[first_event(lines) + 1]["body"] = body("c1", 2, "forged").decode()


def other_hash(lines: Lines) -> None:
    lines[first_event(lines) + 1]["hash"] = "00" * 32


def one_left_out(lines: Lines) -> None:
    del lines[first_event(lines) + 1]


def two_in_the_wrong_order(lines: Lines) -> None:
    at = first_event(lines)
    lines[at], lines[at + 1] = lines[at + 1], lines[at]


def two_cases_swapped(lines: Lines) -> None:
    for line in lines:
        line["case"] = {"c1": "c2", "c2": "c1"}.get(str(line.get("case")), line.get("case"))
    for line in lines:
        if line["case"] is None:
            del line["case"]


def a_case_twice(lines: Lines) -> None:
    at = first_event(lines)
    lines += [dict(line) for line in lines[at : at + 3]]


def no_place(lines: Lines) -> None:
    lines[first_event(lines)]["seq"] = "first"


def no_pack(lines: Lines) -> None:
    next(line for line in lines if "pack" in line)["content"] = "not base64!"


def not_an_event(lines: Lines) -> None:
    """An event that fits the chain, and that no program wrote."""
    store = MemoryStore()
    store.begin(Row("c9"), [b"{}"])
    lines += [{"case": "c9", "seq": 1, "hash": store.events("c9")[0].hash.hex(), "body": "{}"}]


TAMPERED = (
    other_body, other_hash, one_left_out, two_in_the_wrong_order, two_cases_swapped, a_case_twice, no_place, no_pack,
    not_an_event,
)  # fmt: skip


def rewritten(file: Path, change: Callable[[Lines], None], fits: bool = True) -> None:
    """A backup with changed lines; where it fits, only the content tells."""
    lines = [json.loads(line) for line in gzip.decompress(file.read_bytes()).splitlines()]
    last = lines.pop()
    change(lines)
    text = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    if fits:
        cases = {line["case"] for line in lines if "case" in line}
        counts = {
            "packs": sum("pack" in x for x in lines),
            "cases": len(cases),
            "events": sum("case" in x for x in lines),
        }
        last = {**counts, "sha256": hashlib.sha256(text).hexdigest()}
    file.write_bytes(gzip.compress(text + json.dumps(last).encode() + b"\n"))


@pytest.mark.parametrize("change", TAMPERED, ids=lambda change: change.__name__)
@pytest.mark.parametrize("fits", [True, False])
def test_a_changed_backup_is_refused_whole(file: Path, change: Callable[[Lines], None], fits: bool) -> None:
    rewritten(file, change, fits)
    with pytest.raises(DamagedError):
        Backup(file).looked_through({})
    store = MemoryStore()
    if change is not not_an_event or not fits:
        with pytest.raises(DamagedError):
            put_back(Backup(file), store)
    assert everything(store) == everything(MemoryStore())


def test_a_case_left_out_is_found_by_the_counts(file: Path) -> None:
    def without_a_case(lines: Lines) -> None:
        lines[:] = [line for line in lines if line.get("case") != "c2"]

    rewritten(file, without_a_case, fits=False)
    with pytest.raises(DamagedError, match="cut short or changed"):
        Backup(file).looked_through({})


def test_the_first_event_that_is_wrong_is_named(file: Path) -> None:
    rewritten(file, other_body)
    with pytest.raises(DamagedError, match="event 2 of case c1 is not what was written"):
        Backup(file).looked_through({})


def test_a_backup_cut_anywhere_is_refused(file: Path) -> None:
    whole = file.read_bytes()
    for length in range(0, len(whole), 7):
        file.write_bytes(whole[:length])
        with pytest.raises(DamagedError):
            Backup(file).looked_through({})


def test_a_backup_with_any_byte_changed_is_refused_or_the_same(file: Path) -> None:
    """Some bytes of a compressed file, such as the system it was made on, mean nothing."""
    whole, before = file.read_bytes(), everything(filled())
    for at in range(len(whole)):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        store = MemoryStore()
        try:
            Backup(file).looked_through({})
            put_back(Backup(file), store)
        except TriageError:
            continue
        assert everything(store) == before


def test_a_backup_without_its_last_lines_is_refused(file: Path) -> None:
    lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    for left in range(len(lines)):
        file.write_bytes(gzip.compress(b"".join(lines[:left])))
        with pytest.raises(DamagedError):
            Backup(file).looked_through({})


def test_lines_behind_the_last_are_refused(file: Path) -> None:
    text = gzip.decompress(file.read_bytes())
    file.write_bytes(gzip.compress(text + b'{"case":"c8"}\n'))
    with pytest.raises(DamagedError):
        Backup(file).looked_through({})


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"SQLite format 3\x00", b"\x1f\x8b", gzip.compress(b"{}\n{}\n", mtime=0)]
)
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "b").write_bytes(content)
    with pytest.raises(DamagedError):
        Backup(tmp_path / "b").looked_through({})


def test_a_newer_form_is_told_from_damage(file: Path) -> None:
    rewritten(file, lambda lines: lines[0].update(form=2))
    with pytest.raises(InputError, match="newer version"):
        Backup(file).looked_through({})


def test_a_file_that_is_not_there_is_no_damage(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read"):
        Backup(tmp_path / "none").looked_through({})
