"""The commands on the records: what they say and write, and their exit codes."""

import gzip
import json
import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from chatbot.cli import main
from chatbot.packs.pack import Pack
from chatbot.storage.address import heads_of, open_store
from tests.support.filled import BEGAN, Clock, fill, records_in, stopped

ROOT = Path(__file__).resolve().parent.parent
Triage = Callable[..., tuple[int, list[str], list[str]]]


@pytest.fixture
def file(tmp_path: Path, pack: Pack) -> Iterator[Path]:
    """A file with four cases, one of which was given up."""
    path = tmp_path / "data" / "cases.sqlite"
    store = open_store(str(path))
    fill(store, pack, (1, 3, 6))
    stopped(records_in(store, Clock(BEGAN + timedelta(hours=1))), pack, 2)
    store.close()
    yield path
    for name in (path, tmp_path / "other.sqlite"):
        heads_of(str(name)).path.unlink(missing_ok=True)


@pytest.fixture
def triage(file: Path, capsys: pytest.CaptureFixture[str]) -> Triage:
    """The command on that file: its exit code, and the lines on stdout and stderr."""

    def run(*args: str, database: Path | str = file) -> tuple[int, list[str], list[str]]:
        capsys.readouterr()
        try:
            code = main([*args, "--database", str(database)])
        except SystemExit as left:
            code = int(left.code or 0)
        said = capsys.readouterr()
        return code, said.out.splitlines(), said.err.splitlines()

    return run


def past(path: Path, *statements: str) -> None:
    """Statements past the program, whose guards are taken away first."""
    connection = sqlite3.connect(path, isolation_level=None)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def cases(triage: Triage) -> list[dict[str, str]]:
    """What a list shows."""
    return [json.loads(line) for line in triage("audit-log", "list", "--json")[1]]


def store_events(triage: Triage, database: Path | None = None) -> list[str]:
    """What was done to the store as a whole."""
    _, lines, _ = triage("audit-log", "show", "store", "--json", **({"database": database} if database else {}))
    return [json.loads(line)["event"]["did"]["kind"] for line in lines]


# audit-log verify


def test_whole_records_are_whole(triage: Triage) -> None:
    code, out, err = triage("audit-log", "verify")
    assert (code, err) == (0, [])
    assert re.fullmatch(r"4 chain\(s\), \d+ event\(s\): all as written", out[-1])


def test_verify_changes_nothing(triage: Triage, file: Path) -> None:
    before = file.read_bytes()
    assert triage("audit-log", "verify", "--recompute")[0] == 0
    assert file.read_bytes() == before


def test_a_changed_event_is_named_and_the_file_stays_where_it_is(triage: Triage, file: Path) -> None:
    past(file, "UPDATE events SET body = CAST(body || ' ' AS BLOB) WHERE seq = 4")
    before = file.read_bytes()
    code, out, _ = triage("audit-log", "verify")
    assert code == 1
    assert [line for line in out if re.match(r"BROKEN event 4 of case \S+ is not what was written", line)]
    code, out, _ = triage("audit-log", "verify", "--json")
    data = json.loads(out[0])
    assert (code, data["whole"], {finding["seq"] for finding in data["findings"]}) == (1, False, {4})
    assert file.read_bytes() == before
    assert not list(file.parent.glob("*damaged*"))


def test_records_set_back_are_broken(triage: Triage, file: Path, tmp_path: Path, pack: Pack) -> None:
    shutil.copy(file, tmp_path / "old")
    store = open_store(str(file))
    fill(store, pack, (9,))
    store.close()
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
    shutil.copy(tmp_path / "old", file)
    code, out, _ = triage("audit-log", "verify")
    assert code == 1
    assert "is gone" in out[0]


def test_a_missing_second_file_is_said_and_is_no_failure(triage: Triage, file: Path) -> None:
    heads_of(str(file)).path.unlink()
    code, _, (line,) = triage("audit-log", "verify")
    assert code == 0
    assert "would not be seen" in line


@pytest.mark.parametrize("content", [b"", b"hello there", None])
def test_records_that_cannot_be_read_give_two(triage: Triage, tmp_path: Path, content: bytes | None) -> None:
    other = tmp_path / "x.sqlite"
    if content is not None:
        other.write_bytes(content)
    code, out, (line,) = triage("audit-log", "verify", database=other)
    assert (code, out) == (2, [])
    assert "x.sqlite" in line
    assert other.exists() == (content is not None)


def test_pages_overwritten_anywhere_give_one_or_two(triage: Triage, file: Path) -> None:
    whole = file.read_bytes()
    codes = []
    for at in range(0, len(whole), 4096):
        file.write_bytes(whole[:at] + b"\xff" * 4096 + whole[at + 4096 :])
        code, out, err = triage("audit-log", "verify")
        codes.append(code)
        assert "BROKEN" in out[0] if code == 1 else err, (at, out, err)
    assert set(codes) == {1, 2}
    assert codes.count(2) < codes.count(1)


def test_a_recommendation_worked_out_again_is_counted(triage: Triage) -> None:
    code, out, _ = triage("audit-log", "verify", "--recompute", "--json")
    data = json.loads(out[0])
    assert code == 0
    assert data["recomputed"] >= 1
    assert data["differences"] == []


def test_a_check_code_is_found_or_not(triage: Triage) -> None:
    given_up = next(case for case in cases(triage) if case["state"] == "stopped")
    _, out, _ = triage("export", given_up["case"], "--format", "json")
    code = json.loads(out[0])["check_code"]
    done, out, _ = triage("audit-log", "verify", "--check-code", code)
    assert done == 0
    assert f"check code {code} is that of event 3 of case {given_up['case']}" in out[0]
    done, out, _ = triage("audit-log", "verify", "--check-code", "0000-0000-0000")
    assert (done, out[0]) == (1, "no event has the check code 0000-0000-0000")
    assert triage("audit-log", "verify", "--check-code", "zz")[0] == 2


# audit-log list and show


def test_a_list_has_a_line_for_each_case(triage: Triage) -> None:
    code, out, err = triage("audit-log", "list")
    assert (code, len(out), err) == (0, 4, [])
    assert "  low_back_pain " in out[0]
    assert out[0].endswith("bed 1")
    assert "same_day" in out[3]
    keys = {"case", "began", "mode", "pack", "state", "level", "reference"}
    assert [set(case) for case in cases(triage)] == [keys] * 4


def test_a_case_is_shown_and_the_look_is_kept(triage: Triage) -> None:
    name = cases(triage)[0]["case"]
    code, out, err = triage("audit-log", "show", name[:8])
    assert (code, err) == (0, [])
    assert re.match(r"1 2026-03-02T09:30:\d\dZ \w+( \(anna\))?: began as", out[0])
    _, again, _ = triage("audit-log", "show", name[:8])
    assert again[: len(out)] == out
    assert 'looked at it "by triage audit-log show"' in again[len(out)]
    assert triage("audit-log", "verify")[0] == 0


@pytest.mark.parametrize("name", ["", "zzz"])
def test_a_case_that_is_not_there_is_bad_input(triage: Triage, name: str) -> None:
    code, out, (line,) = triage("audit-log", "show", name)
    assert (code, out) == (2, [])
    assert "no case" in line


# Commands on a place where nothing is


@pytest.mark.parametrize(
    "args",
    [
        ["audit-log", "list"],
        ["audit-log", "show", "x"],
        ["export", "--deidentified"],
        ["export", "x", "--format", "md"],
        ["backup", "b.gz"],
        ["purge", "--days", "3"],
    ],
)
def test_nothing_is_made_where_nothing_is(triage: Triage, tmp_path: Path, args: list[str]) -> None:
    nowhere = tmp_path / "no" / "cases.sqlite"
    code, out, (line,) = triage(*args, database=nowhere)
    assert (code, out) == (3, [])
    assert "there are no records in" in line
    assert not nowhere.parent.exists()


def test_the_own_file_of_a_user_is_not_made_either(tmp_path: Path) -> None:
    left_out = ("TRIAGE_DATABASE",)
    env = {name: value for name, value in os.environ.items() if name not in left_out}
    env |= {"XDG_DATA_HOME": str(tmp_path / "d"), "XDG_STATE_HOME": str(tmp_path / "s"), "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "chatbot", "audit-log", "list"], capture_output=True, text=True, cwd=ROOT, env=env,
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


# backup and restore


def test_a_backup_comes_back_elsewhere(triage: Triage, tmp_path: Path) -> None:
    saved, other = tmp_path / "b.gz", tmp_path / "other.sqlite"
    before = cases(triage)
    code, (line,), err = triage("backup", str(saved))
    assert (code, err) == (0, [])
    assert "5 chain(s)" in line
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert triage("restore", str(saved), database=other)[0] == 0
    assert [json.loads(line) for line in triage("audit-log", "list", "--json", database=other)[1]] == before
    assert triage("audit-log", "verify", "--recompute", database=other)[0] == 0
    assert store_events(triage, other)[:2] == ["backed_up", "restored"]


def test_a_backup_comes_back_where_it_was_made(triage: Triage, file: Path, tmp_path: Path) -> None:
    """The file is lost, and the second file knows no more than the backup."""
    saved = tmp_path / "b.gz"
    triage("backup", str(saved))
    shutil.rmtree(file.parent)
    assert triage("restore", str(saved))[0] == 0
    assert triage("audit-log", "verify") == (0, triage("audit-log", "verify")[1], [])


def test_a_backup_that_lacks_what_came_after_is_refused(triage: Triage, file: Path, tmp_path: Path, pack: Pack) -> None:
    saved = tmp_path / "b.gz"
    triage("backup", str(saved))
    store = open_store(str(file))
    (later,) = fill(store, pack, (9,))
    store.close()
    shutil.rmtree(file.parent)
    code, out, (line,) = triage("restore", str(saved))
    assert (code, out) == (1, [])
    assert f"1 case(s) would be gone and 0 would end earlier, {later.row.seq} event(s)" in line
    assert not file.exists()
    assert triage("restore", str(saved), "--accept-loss")[0] == 0
    assert triage("audit-log", "verify")[0] == 0
    _, out, _ = triage("audit-log", "show", "store")
    assert "1 case(s) would be gone" in out[1]


def test_nothing_is_restored_into_records(triage: Triage, tmp_path: Path) -> None:
    triage("backup", str(tmp_path / "b.gz"))
    code, _, (line,) = triage("restore", str(tmp_path / "b.gz"))
    assert code == 3
    assert "holds records" in line


def test_a_backup_that_is_not_whole_makes_nothing(triage: Triage, tmp_path: Path) -> None:
    saved, other = tmp_path / "b.gz", tmp_path / "other.sqlite"
    triage("backup", str(saved))
    whole = saved.read_bytes()
    lines = gzip.decompress(whole).splitlines(keepends=True)
    for content in (whole[:-20], whole[:200], b"", b"no backup", gzip.compress(b"".join(lines[:-1]))):
        saved.write_bytes(content)
        code, _, (line,) = triage("restore", str(saved), database=other)
        assert (code, line.endswith("nothing was restored")) == (1, True)
        assert not other.exists()
    assert triage("restore", str(tmp_path / "none"), database=other)[0] == 2


def test_a_backup_replaces_only_a_backup(triage: Triage, file: Path, tmp_path: Path) -> None:
    saved = tmp_path / "b.gz"
    assert [triage("backup", str(saved))[0] for _ in range(2)] == [0, 2]
    assert triage("backup", "--force", str(saved))[0] == 0
    before = file.read_bytes()
    assert triage("backup", "--force", str(file))[0] == 2
    assert file.read_bytes() == before
    assert triage("backup", str(tmp_path / "no" / "b.gz"))[0] == 2


# purge


def test_a_purge_says_what_went(triage: Triage, file: Path) -> None:
    count = len(cases(triage))
    code, (line,), _ = triage("purge", "--days", "1", "--dry-run")
    assert code == 0
    assert line.startswith(f"would go: {count} case(s)")
    assert len(cases(triage)) == count
    code, (line,), _ = triage("purge", "--days", "1")
    assert line.startswith(f"purged: {count} case(s)")
    assert cases(triage) == []
    assert b"bed 3" not in file.read_bytes()
    assert triage("audit-log", "verify")[0] == 0
    assert "purged" in store_events(triage)


@pytest.mark.parametrize("days", ["-1", "x", "1.5", "", "99999999"])
def test_days_are_a_whole_number(triage: Triage, days: str) -> None:
    assert triage("purge", f"--days={days}")[0] == 2
    assert triage("purge")[0] == 2


# export


def test_all_cases_leave_without_who_they_are(triage: Triage, tmp_path: Path) -> None:
    target = tmp_path / "all.jsonl"
    code, out, err = triage("export", "--deidentified", str(target))
    assert (code, out, err) == (0, [], [])
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert len(target.read_text().splitlines()) == 4
    assert "bed" not in target.read_text()
    assert main(["recommend", "--json", str(target)]) == 0
    assert triage("export", "--deidentified", str(target))[0] == 2
    assert "exported_all" in store_events(triage)


def test_one_case_leaves_in_each_form(triage: Triage, tmp_path: Path) -> None:
    name = next(case for case in cases(triage) if case["state"] == "stopped")["case"]
    for form in ("events", "transcript", "json", "md"):
        code, out, err = triage("export", name, "--format", form)
        assert (code, err) == (0, [])
        target = tmp_path / f"x.{form}"
        assert triage("export", name, "--format", form, str(target))[0] == 0
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
        if form != "events":  # there, the first copy is one event more
            assert target.read_text().splitlines() == out
    shutil.copy(tmp_path / "x.transcript", tmp_path / "x.yaml")
    assert main(["replay", str(tmp_path / "x.yaml")]) == 0


@pytest.mark.parametrize(
    "args",
    [[], ["a"], ["--format", "md"], ["a", "--deidentified", "--format", "md"], ["a", "b", "--deidentified"],
     ["a", "b", "c", "--format", "md"], ["a", "--format", "pdf"]],
)  # fmt: skip
def test_an_export_is_of_one_case_or_of_all(triage: Triage, args: list[str]) -> None:
    code, out, err = triage("export", *args)
    assert (code, out, len(err)) == (2, [], 1)


# Beside


def test_a_store_that_cannot_be_used_gives_three(triage: Triage) -> None:
    code, _, (line,) = triage("audit-log", "list", database="postgresql+psycopg://nobody@127.0.0.1:1/none")
    assert code == 3
    assert "cannot be reached" in line


@pytest.mark.parametrize("command", ["audit-log", "backup", "restore", "purge", "export"])
def test_help_is_there_and_loads_no_library(command: str) -> None:
    code = (
        "import sys\nfrom chatbot.cli import main\ntry:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "heavy = ('pydantic', 'yaml', 'sqlalchemy', 'alembic', 'platformdirs', 'rich')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, command, "--help"], capture_output=True, text=True, cwd=ROOT, check=True
    )  # fmt: skip
    assert f"usage: triage {command}" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_help_of_verify_says_what_its_exit_codes_mean(triage: Triage) -> None:
    code, out, _ = triage("audit-log", "verify", "--help")
    assert code == 0
    assert "2 wrong usage, or records that cannot be read at all" in " ".join(" ".join(out).split())
