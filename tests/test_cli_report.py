"""`triage report`: what it shows and writes, and its exit codes."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from chatbot.cli import main
from chatbot.errors import StorageError
from chatbot.packs.pack import Pack
from chatbot.service.append import write
from chatbot.service.desk import Desk
from chatbot.service.records import Records
from chatbot.storage.address import heads_of, open_store
from chatbot.storage.events import By, Override, Resumed, read_event
from chatbot.storage.row import STORE
from tests.support.filled import fill, installed, records_in, stopped

Triage = Callable[..., tuple[int, list[str], list[str]]]
REPORTS = ("overrides", "quality")


@pytest.fixture
def file(tmp_path: Path, pack: Pack) -> Iterator[Path]:
    """A file with four cases, one of which was given up, taken on, judged otherwise and closed."""
    path = tmp_path / "data" / "cases.sqlite"
    store = open_store(str(path))
    fill(store, pack, (1, 3, 6))
    records = records_in(store)
    desk = Desk(records, installed)
    row = desk.claim(stopped(records, pack, 2).row)
    words = "KANARIENVOGEL is very ill"
    row = desk.keep(row, [Override(level="emergency_now", instead_of="same_day", words=words)])
    desk.close(row, "sent_to_emergency", words)
    store.close()
    yield path
    for name in (path, tmp_path / "empty.sqlite"):
        heads_of(str(name)).path.unlink(missing_ok=True)


@pytest.fixture
def triage(file: Path, capsys: pytest.CaptureFixture[str]) -> Triage:
    """The command on that file: its exit code, and the lines on stdout and stderr."""

    def run(*args: str, database: Path | str = file) -> tuple[int, list[str], list[str]]:
        capsys.readouterr()
        try:
            code = main(["report", *args, "--database", str(database)])
        except SystemExit as left:
            code = int(left.code or 0)
        said = capsys.readouterr()
        return code, said.out.splitlines(), said.err.splitlines()

    return run


def test_choices_are_shown_in_lines(triage: Triage) -> None:
    code, out, err = triage("overrides")
    assert (code, err) == (0, [])
    assert "  same_day -> emergency_now  1/1" in out
    rows = [line.split() for line in out]
    assert ["INC-1", "1/1", "100%", "(21-100)", "1/1", "0/1", "0/1"] in [row for row in rows if row[:1] == ["INC-1"]]
    assert [row for row in rows if row[:1] == ["anna"]]


def test_the_work_is_shown_in_lines(triage: Triage) -> None:
    code, out, err = triage("quality")
    assert (code, err) == (0, [])
    assert any(line.startswith("Promised and kept") for line in out)
    assert any(line.startswith("  never fired: ") for line in out)


@pytest.mark.parametrize("name", REPORTS)
def test_lines_are_plain_and_short(triage: Triage, name: str) -> None:
    _, out, _ = triage(name)
    assert [line for line in out if len(line) > 79 or not line.isascii() or not line.isprintable()] == []


@pytest.mark.parametrize("name", REPORTS)
def test_json_is_one_object(triage: Triage, name: str) -> None:
    code, (line,), err = triage(name, "--json")
    data = json.loads(line)
    assert (code, err, data["schema"], data["report"], data["cases"]) == (0, [], 1, name, 4)
    assert "Not a measure of clinical safety" in data["notice"]
    assert "KANARIENVOGEL" not in line


@pytest.mark.parametrize("name", REPORTS)
def test_a_picture_is_written(triage: Triage, tmp_path: Path, name: str) -> None:
    file = tmp_path / "x.svg"
    code, out, _ = triage(name, "--svg", str(file))
    text = file.read_text(encoding="utf-8")
    assert (code, bool(out)) == (0, True)
    assert ET.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"
    for secret in ("KANARIENVOGEL", "anna", "bed "):
        assert secret not in text


def test_a_picture_that_cannot_be_written_is_said(triage: Triage, tmp_path: Path) -> None:
    code, _, (line,) = triage("quality", "--svg", str(tmp_path / "none" / "x.svg"))
    assert code == 2
    assert "cannot write" in line


@pytest.mark.parametrize("name", REPORTS)
def test_that_somebody_looked_is_kept(triage: Triage, file: Path, name: str) -> None:
    triage(name)
    store = open_store(str(file))
    did = read_event(store.events(STORE)[-1].body).did
    store.close()
    assert (did.kind, getattr(did, "how", "")) == ("viewed", f"report {name}")


def test_nothing_is_shown_where_the_look_cannot_be_kept(triage: Triage, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise StorageError("the disk is full")

    monkeypatch.setattr(Records, "log", fails)
    assert triage("overrides") == (3, [], ["triage: the disk is full"])


@pytest.mark.parametrize("name", REPORTS)
def test_days_are_counted_back_from_now(triage: Triage, name: str) -> None:
    """The cases are of March 2026, by the clock of the tests."""
    code, (line,), _ = triage(name, "--days", "1", "--json")
    assert (code, json.loads(line)["cases"]) == (0, 0)
    _, (line,), _ = triage(name, "--days", "99999", "--json")
    assert json.loads(line)["cases"] == 4


@pytest.mark.parametrize("days", ["0", "-1", "x", "1e3", "\u0663", "1000000", ""])
def test_days_that_are_none_are_bad_usage(triage: Triage, days: str) -> None:
    code, out, (line,) = triage("quality", f"--days={days}")
    assert (code, out) == (2, [])
    assert "takes a number of days" in line


@pytest.mark.parametrize("args", [(), ("everything",)])
def test_a_report_has_to_be_named(triage: Triage, args: tuple[str, ...]) -> None:
    assert triage(*args)[0] == 2


@pytest.mark.parametrize("name", REPORTS)
def test_a_case_that_cannot_be_done_again_is_left_out_and_gives_one(triage: Triage, file: Path, name: str) -> None:
    store = open_store(str(file))
    row = next(store.rows())
    write(store, row, [Resumed(then="nowhere")], By(who="patient"), store.now)
    store.close()
    code, out, err = triage(name, "--json")
    assert (code, len(out), len(err)) == (1, 1, 1), (out, err)
    (line,), (said,) = out, err
    data = json.loads(line)
    assert (data["cases"], data["left_out"]) == (3, 1)
    assert said.startswith(f"triage: left out: case {row.case}: event ")
    assert row.case not in line


@pytest.mark.parametrize("name", REPORTS)
def test_an_empty_store_has_a_report_and_no_store_has_none(triage: Triage, tmp_path: Path, name: str) -> None:
    empty = tmp_path / "empty.sqlite"
    code, out, (line,) = triage(name, database=empty)
    assert (code, out, empty.exists()) == (3, [], False)
    assert "there are no records" in line or "no records" in line
    open_store(str(empty)).close()
    code, out, err = triage(name, database=empty)
    assert (code, err) == (0, [])
    assert any(line.startswith("0 case(s) counted") for line in out)
