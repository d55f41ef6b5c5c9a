"""What an earlier version wrote is opened, verified, taken up, exported and put back, and says what it said."""

import json
import lzma
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from chatbot.cli import main
from chatbot.errors import InputError, PackError
from chatbot.packs import read_wording
from chatbot.packs.archive import unpacked
from chatbot.packs.load import load_pack
from chatbot.packs.pack import Pack, digest_of
from chatbot.service.exporting import FORMATS, Format, everybody, one_case
from chatbot.service.inspection import inspect
from chatbot.service.records import Records
from chatbot.service.results import Options, recommend_lines
from chatbot.storage.address import heads_of, open_store
from chatbot.storage.row import Row
from chatbot.storage.store import CaseStore
from chatbot.texts import read

KEPT = Path(__file__).parent / "kept"
CASES: list[dict[str, object]] = json.loads((KEPT / "cases.json").read_text())
# What stands of a row, by its column.
ROW = ("stands", "owner", "closed", "asked", "level")


@pytest.fixture(scope="module")
def installed() -> dict[str, Pack]:
    """The installed pack, loaded once."""
    return {"low_back_pain": load_pack("low_back_pain")}


@pytest.fixture(scope="module")
def once() -> Callable[[bytes, str], Pack]:
    """Reads each kept pack once: a pack never changes, and every copy of a case would read its own again."""
    return cache(unpacked)


@pytest.fixture
def read_once(once: Callable[[bytes, str], Pack], monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of cases, not of packs."""
    monkeypatch.setattr("chatbot.service.folding.unpacked", once)


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


@pytest.mark.usefixtures("read_once")
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


@pytest.mark.usefixtures("read_once")
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


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A later version of the program, which needs a text more of every result and says one more itself."""
    groups = json.loads((read.FOLDER / "en.json").read_text("utf-8"))
    groups["result"]["one_more_of_a_result"] = "More: {text}"
    groups["shells"]["one_more_of_the_shells"] = "Still there."
    (tmp_path / "en.json").write_text(json.dumps(groups), "utf-8")
    monkeypatch.setattr(read, "FOLDER", tmp_path)
    monkeypatch.setattr(read_wording, "UI", (*read_wording.UI, "one_more_of_a_result"))
    monkeypatch.setattr(
        read_wording, "PARTS", {**read_wording.PARTS, "one_more_of_a_result": ("text",), "said": ("text", "when")}
    )
    forget()
    yield
    forget()


def forget() -> None:
    """Texts are read anew, from wherever they lie now."""
    read.texts.cache_clear()
    read._read.cache_clear()


def without(content: bytes, *keys: str) -> tuple[bytes, str]:
    """A kept pack as another version would have kept it, which had no such texts; and its digest."""
    files = json.loads(zlib.decompress(content))
    english = files["wording/en.yaml"].splitlines(keepends=True)
    files["wording/en.yaml"] = "".join(line for line in english if not line.startswith(tuple(f"  {k}:" for k in keys)))
    assert len(files["wording/en.yaml"].splitlines()) == len(english) - len(keys)
    return zlib.compress(json.dumps(files).encode()), digest_of((n, t.encode()) for n, t in sorted(files.items()))


@pytest.mark.usefixtures("later")
def test_a_text_added_to_the_program_breaks_no_kept_pack(store: CaseStore) -> None:
    """With it, cases load, come back to their question, and every recommendation is worked out as it was issued."""

    def nothing(name: str) -> Pack:
        raise InputError(f"no pack '{name}' is installed")

    with pytest.raises(PackError, match="needs the key 'one_more_of_a_result'"):
        load_pack("low_back_pain")  # the installed one has to say it itself
    records = Records(store, login="anna")
    for case in CASES[::9]:
        found = records.resume(str(case["code"]), nothing)
        assert (found.carried, found.missing, found.differs) == ("", 0, ""), case["what"]
        assert found.conversation.words.say("one_more_of_a_result", text="x") == "More: x"
        assert "one_more_of_the_shells" not in found.conversation.words.ui
        if found.journal is not None:
            found.journal.close()
    recomputed = inspect(store, nothing)
    assert recomputed.recomputed == 68
    assert [each.line() for each in recomputed.differences or () if each.issued is not None] == []


@pytest.mark.parametrize("digest", sorted({str(case["digest"]) for case in CASES}))
def test_a_kept_pack_that_lacks_what_a_result_says_now_says_it_in_the_programs_words(
    digest: str, store: CaseStore
) -> None:
    content = store.pack(digest)
    assert content is not None
    # Each kept pack is of the form in which every text of the program stood in the pack.
    assert 'echo_no: "' in json.loads(zlib.decompress(content))["wording/en.yaml"]
    whole = unpacked(content, digest)
    older = unpacked(*without(content, "time_limit", "would_raise", "section_why", "cannot_say"))
    assert older.digest != whole.digest == digest
    said, ours = older.wording(), read.texts("en", "result").texts
    assert said.ui.keys() == whole.wording().ui.keys() >= set(read_wording.UI)
    assert {key: said.ui[key] for key in ("time_limit", "section_why")} == {
        key: ours[key] for key in ("time_limit", "section_why")
    }
    for country in older.rulebook.countries:
        assert "{" not in said.fill(said.say("cannot_say"), country)


def test_a_country_of_a_kept_pack_that_lacks_a_word_of_the_program_is_given_it(store: CaseStore) -> None:
    digest = str(CASES[0]["digest"])
    content = store.pack(digest)
    assert content is not None
    files = json.loads(zlib.decompress(content))
    files["wording/en.yaml"] = re.sub(r"(?m)^    doctor: .*\n", "", files["wording/en.yaml"]).replace("{doctor}", "GP")
    other = digest_of((name, text.encode()) for name, text in sorted(files.items()))
    pack = unpacked(zlib.compress(json.dumps(files).encode()), other)
    assert {words["doctor"] for words in pack.wording().countries.values()} == {"doctor"}
    assert pack.wording().fill("{call_emergency}", "gb") == "Call 999 or go to A&E"


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
