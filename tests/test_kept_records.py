"""What an earlier version wrote is opened, verified, taken up, exported and put back, and says what it said."""

import json
import lzma
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from chatbot.cli import main
from chatbot.errors import InputError
from chatbot.packs.archive import unpacked
from chatbot.packs.load import load_pack
from chatbot.packs.pack import Pack
from chatbot.service.exporting import FORMATS, Format, everybody, one_case
from chatbot.service.inspection import inspect
from chatbot.service.records import Records
from chatbot.service.results import Options, recommend_lines
from chatbot.storage.place import heads_of, open_store
from chatbot.storage.store import CaseStore, Row

KEPT = Path(__file__).parent / "kept"
CASES: list[dict[str, object]] = json.loads((KEPT / "cases.json").read_text())
# What stands of a row, by its column.
ROW = ("stands", "owner", "closed", "asked", "level")


@pytest.fixture(scope="module")
def installed() -> dict[str, Pack]:
    """The installed pack, loaded once."""
    return {"low_back_pain": load_pack("low_back_pain")}


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    """The kept file, as a copy that may be written to."""
    path = tmp_path / "cases.sqlite"
    path.write_bytes(lzma.decompress((KEPT / "cases.sqlite.xz").read_bytes()))
    path.chmod(0o600)
    yield path
    heads_of(str(path)).path.unlink(missing_ok=True)


@pytest.fixture
def store(file: Path) -> Iterator[CaseStore]:
    """The kept file, opened."""
    found = open_store(str(file))
    yield found
    found.close()


def test_the_kept_file_is_whole_and_every_recommendation_comes_out_as_it_was_issued(
    store: CaseStore, installed: Mapping[str, Pack]
) -> None:
    found = inspect(store, installed.__getitem__)
    assert (found.findings, found.looked.events) == ([], 1702)
    assert found.recomputed == 68
    assert [each.line() for each in found.differences or () if each.issued is not None] == []


def test_rows_say_what_they_said(store: CaseStore) -> None:
    rows = {row.case: {name: getattr(row, name) for name in ROW} for row in store.rows()}
    assert rows == {case["case"]: case["row"] for case in CASES}


@pytest.mark.parametrize("first", range(0, len(CASES), 8))
def test_each_case_comes_back_by_its_code_to_the_same_question_under_the_pack_it_was_begun_with(
    first: int, store: CaseStore, installed: Mapping[str, Pack]
) -> None:
    records = Records(store, login="anna")
    for case in CASES[first : first + 8]:
        found = records.resume(str(case["code"]), installed.__getitem__)
        assert (found.carried, found.missing, found.differs) == ("", 0, ""), case["what"]
        assert found.pack.digest == case["digest"], case["what"]
        stood = case["what"] if "call" in str(case["what"]) or "lower level" in str(case["what"]) else ""
        at = found.conversation.state
        # Who gave up goes on where they were; who is in a nurse's call reads what they said before it.
        assert stood or at == case["state"] or (case["state"] == "stopped" and at in found.pack.dialog.questions)
        if found.journal is not None:
            found.journal.close()


def test_each_case_can_be_exported_in_every_form(store: CaseStore, installed: Mapping[str, Pack]) -> None:
    records = Records(store, login="anna")
    for case in CASES[::3]:
        row = store.row(str(case["case"]))
        assert row is not None
        refused = {wanted: exported(records, row, wanted, installed) for wanted in FORMATS}
        if row.level is not None:
            assert not any(refused[wanted] for wanted in ("events", "json", "md", "sbar", "soap")), case["what"]
        if not str(case["what"]).endswith("a call half way"):  # in which nothing was said yet
            assert refused["transcript"] == "", case["what"]


def exported(records: Records, row: Row, wanted: Format, installed: Mapping[str, Pack]) -> str:
    """Why there is no copy of a case; empty where there is one."""
    try:
        return "" if one_case(records, row, wanted, installed.__getitem__).text else "it is empty"
    except InputError as error:
        return str(error)


def test_all_cases_can_be_exported_without_who_they_are(store: CaseStore, installed: Mapping[str, Pack]) -> None:
    found = everybody(Records(store, login="anna"), installed.__getitem__)
    assert (len(found.lines), found.left_out) == (len(CASES), ())


def test_the_kept_backup_is_restored_and_is_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = str(tmp_path / "restored.sqlite")
    assert main(["restore", str(KEPT / "backup.triage"), "--database", place, "--accept-loss"]) == 0
    assert main(["audit-log", "verify", "--database", place]) == 0
    assert "all as written" in capsys.readouterr().out
    heads_of(place).path.unlink(missing_ok=True)


def test_the_same_facts_give_the_same_json_under_the_kept_pack_but_for_what_was_added(store: CaseStore) -> None:
    digest = next(str(case["digest"]) for case in CASES if str(case["what"]).startswith("shipped"))
    content = store.pack(digest)
    assert content is not None
    pack = unpacked(content, digest)
    kept = [json.loads(line) for line in lzma.decompress((KEPT / "recommend.jsonl.xz").read_bytes()).splitlines()]
    now = recommend_lines(pack, (json.dumps(each["given"]).encode() for each in kept), Options())
    assert len(kept) == 300
    for then, reply in zip(kept, now, strict=True):
        assert list(lost(then["told"], json.loads(reply.line()))) == []


def lost(then: object, now: object, where: str = "") -> Iterator[str]:
    """Where something that was said is not said any more; what is said besides is free."""
    if isinstance(then, dict) and isinstance(now, dict):
        for key, value in then.items():
            yield from lost(value, now[key], f"{where}.{key}") if key in now else (f"{where}.{key} is gone",)
    elif isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        for place, (one, other) in enumerate(zip(then, now, strict=True)):
            yield from lost(one, other, f"{where}[{place}]")
    elif then != now:
        yield f"{where} was {then!r:.80} and is {now!r:.80}"


def test_what_is_lost_is_seen() -> None:
    """The comparison above can fail: a key gone, a list shorter or in another order, another value."""
    then = {"a": [1, {"b": "x"}], "c": None}
    assert list(lost(then, {**then, "d": 1})) == []
    for now in ({"a": [1, {"b": "x"}]}, {"a": [1], "c": None}, {"a": [{"b": "x"}, 1], "c": None}, {**then, "c": ""}):
        assert list(lost(then, now))
