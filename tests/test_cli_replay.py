"""`triage replay` and `triage audit`: what they print, and how they end."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from chatbot.cli import main
from tests.support.signalled import heeding

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ROOT / "transcripts" / "low_back_pain"
FAINT = "pack: low_back_pain\nturns:\n  - {ask: right_now, say: '2'}\nexpect: {level: emergency_now}\n"
WRONG = FAINT.replace("right_now", "bowel_function")
PERSON = """  - id: {id}
    story: A person.
    facts: {{{facts}}}
    acceptable: [{acceptable}]
    reason: Because.
    cites: [S1-20]
"""


def vignettes(file: Path, *people: tuple[str, str, str]) -> str:
    """A file of vignettes: id, facts and acceptable levels of each."""
    file.parent.mkdir(parents=True, exist_ok=True)
    every = "".join(PERSON.format(id=one, facts=facts, acceptable=levels) for one, facts, levels in people)
    file.write_text(f"pack: low_back_pain\ncategory: tried\nvignettes:\n{every}")
    return str(file)


CHEST = "chest_pain_or_breathless: yes"


def test_a_difference_is_reported_with_file_and_exchange(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.yaml").write_text(WRONG)
    (tmp_path / "b.yaml").write_text(FAINT)
    assert main(["replay", str(tmp_path)]) == 1
    said = capsys.readouterr()
    place = tmp_path.as_posix()
    assert said.out.splitlines() == [
        f"FAILED {place}/a.yaml: exchange 1: expected question bowel_function, got right_now",
        f"ok {place}/b.yaml",
        "1 passed, 1 failed",
    ]
    assert said.err == ""


def test_bad_input_is_one_line_on_stderr_and_the_others_are_played(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.yaml").write_text("pack: low_back_pain\nturns: 3\n")
    (tmp_path / "good.yaml").write_text(FAINT)
    (tmp_path / "other.yaml").write_text(FAINT.replace("low_back_pain", "sore_throat"))
    (tmp_path / "wrong.yaml").write_text(WRONG)
    report = tmp_path / "report.xml"
    assert main(["replay", str(tmp_path), "no/such/folder", "--junit", str(report)]) == 2
    said = capsys.readouterr()
    assert said.out.endswith("1 passed, 1 failed, 3 not played\n")
    bad, other, missing = said.err.splitlines()
    assert f"{tmp_path.as_posix()}/bad.yaml:2: turns: " in bad
    assert "other.yaml: there is no pack 'sore_throat'" in other
    assert missing == "triage: there is no transcript 'no/such/folder'"
    assert ET.parse(report).getroot().attrib["errors"] == "3"


def test_json_is_one_object_a_line_for_each_transcript(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.yaml").write_text(WRONG)
    (tmp_path / "b.yaml").write_text(FAINT)
    assert main(["replay", "--json", str(tmp_path), str(tmp_path / "c.yaml")]) == 2
    first, second, third = map(json.loads, capsys.readouterr().out.splitlines())
    assert first == {
        "schema": 1,
        "file": f"{tmp_path.as_posix()}/a.yaml",
        "passed": False,
        "questions": None,
        "fault": "exchange 1: expected question bowel_function, got right_now",
    }
    assert (second["passed"], second["questions"], second["fault"]) == (True, 1, "")
    assert third["fault"].startswith("there is no transcript")


def test_a_transcript_on_stdin_is_played() -> None:
    command = [sys.executable, "-m", "chatbot", "replay", "-"]
    done = subprocess.run(command, input=FAINT.encode(), capture_output=True, cwd=ROOT, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"ok stdin\n1 passed, 0 failed\n", b"")
    done = subprocess.run(command, input=b"\xff" * 5_000_000, capture_output=True, cwd=ROOT, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(b"triage: stdin:1: ")


def test_a_hostile_file_name_does_nothing_to_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "\x1b[31m\nok all passed\u202e.yaml").write_text(WRONG)
    (tmp_path / "\x1b]0;x\x07.yaml").write_text("nonsense")
    assert main(["replay", str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert not {"\x1b", "\x07", "\u202e"} & set(said.out + said.err)
    assert (said.out.count("\n"), said.err.count("\n")) == (2, 1)


@pytest.mark.parametrize("jobs", ["0", "-1", "two", "", "1.5", "\u0662"])
def test_a_number_of_jobs_that_is_none_is_wrong_use(jobs: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["replay", str(SCRIPTS), f"--jobs={jobs}"])
    assert left.value.code == 2
    assert "--jobs" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal on Windows")
def test_on_a_terminal_a_bar_is_drawn_on_stderr_and_stdout_is_the_same(tmp_path: Path) -> None:
    import pty

    (tmp_path / "a.yaml").write_text(FAINT)
    parent, child = pty.openpty()
    command = [sys.executable, "-m", "chatbot", "replay", str(tmp_path)]
    env = {**os.environ, "TERM": "xterm"}
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=child, cwd=ROOT, env=env, timeout=60, check=False)
    os.close(child)
    assert done.stdout == f"ok {tmp_path.as_posix()}/a.yaml\n1 passed, 0 failed\n".encode()
    assert b"transcripts" in os.read(parent, 65536)
    os.close(parent)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no process groups of this kind")
def test_interrupted_it_ends_its_processes_and_says_so_in_one_line(tmp_path: Path) -> None:
    """Ctrl-C reaches every process of the group at once."""
    for at in range(800):
        (tmp_path / f"{at}.yaml").write_text(FAINT)
    command = heeding(sys.executable, "-m", "chatbot", "replay", "--json", "--jobs", "2", str(tmp_path))
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, start_new_session=True
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline(), "nothing was played"
        os.killpg(process.pid, signal.SIGINT)
        process.stdout.read()
        said = process.stderr.read()
        assert process.wait(60) == 130
    assert said == b"triage: interrupted; nothing was saved\n"
    assert is_gone(process.pid)


def is_gone(group: int) -> bool:
    """Whether no process of a group is left, within ten seconds."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_an_audit_without_under_triage_ends_with_nought(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = vignettes(tmp_path / "a.yaml", ("A-1", CHEST, "emergency_now"), ("A-2", CHEST, "self_care"))
    assert main(["audit", file]) == 0
    out = capsys.readouterr().out
    assert "OVER A-2 (tried): expected self_care, got emergency_now" in out
    assert out.count("not clinical validation") == 2
    assert max(map(len, out.splitlines())) <= 80


def test_an_under_triaged_vignette_fails_the_audit_and_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = vignettes(tmp_path / "a.yaml", ("A-1", "age_years: 40", "emergency_now"))
    picture = tmp_path / "matrix.svg"
    assert main(["audit", file, "--json", "--svg", str(picture)]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["outside"] == ["A-1"]
    assert found["measures"]["under_triage"]["count"] == 1
    assert found["vignettes"][0]["decided_by"] == ["INC-1"]
    assert found["published"][0]["doi"] == "10.1136/bmj.h3480"
    assert ET.parse(picture).getroot().attrib["role"] == "img"


def test_everything_wrong_with_vignettes_is_said_with_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    vignettes(tmp_path / "a.yaml", ("A-1", "age_yaers: 40", "same_day"), ("A-2", "breastfeeding: huge", "same_day"))
    second = vignettes(tmp_path / "b.yaml", ("A-1", CHEST, "same_day"))
    Path(second).write_text(Path(second).read_text().replace("S1-20", "SRC-PAED"))
    (tmp_path / "c.yaml").write_text("pack: low_back_pain\ncategory: c\nwell: {1: 2}\nvignettes: []\n")
    (tmp_path / "d.yaml").write_text(Path(second).read_text().replace("low_back_pain", "sore_throat"))
    (tmp_path / "empty").mkdir()
    names = [str(tmp_path / f"{name}.yaml") for name in "abcd"]
    assert main(["audit", *names, str(tmp_path / "empty"), "no/such"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    place = tmp_path.as_posix()
    assert sorted(line.removeprefix("triage: ").removeprefix(place) for line in said.err.splitlines()) == sorted(
        [
            "/c.yaml:4: vignettes: Tuple should have at least 1 item after validation, not 0",
            f"there is no vignette file in the folder '{place}/empty'",
            "there is no vignette file 'no/such'",
            "/a.yaml:6: there is no fact 'age_yaers'; did you mean 'age_years'?",
            "/a.yaml:12: fact 'breastfeeding' takes one of no, unknown, prefer_not, yes; got 'huge'",
            "/b.yaml:9: there is no claim or source 'SRC-PAED'; did you mean 'SRC-PAEDS'?",
            f"/b.yaml:4: the id 'A-1' stands in {place}/a.yaml already",
            "/d.yaml:1: these vignettes are for pack 'sore_throat', not for 'low_back_pain'",
            f"/d.yaml:4: the id 'A-1' stands in {place}/a.yaml already",
        ]
    )


@pytest.mark.parametrize("args", [[], ["no/such"], ["--pack", "sore_throat"], ["--svg", "/no/such/folder/x.svg"]])
def test_wrong_use_of_the_audit_ends_with_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], args: list[str]
) -> None:
    file = vignettes(tmp_path / "a.yaml", ("A-1", CHEST, "emergency_now"))
    named = ["audit", *args, *([file] if args and args[0].startswith("-") else [])]
    try:
        code: object = main(named)
    except SystemExit as left:
        code = left.code
    assert code == 2
    assert capsys.readouterr().err.count("\n") == 1
