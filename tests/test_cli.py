"""The command: what goes to stdout and stderr, exit codes, and what a start loads."""

import argparse
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from chatbot import __version__
from chatbot.cli import VALUED, main, with_command
from chatbot.cli.interview import arguments
from chatbot.plain.talk import Talk
from tests.support.signalled import heeding

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ROOT / "transcripts" / "low_back_pain"
COMMANDS = ("interview", "recommend", "simulate", "replay", "hear", "check", "schema", "doctor")
EMERGENCY = "Call 999 or go to A&E now."


def run(*args: str, typed: bytes = b"", env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "chatbot", *args],
        input=typed, capture_output=True, cwd=ROOT, env={**os.environ, **(env or {})}, timeout=60, check=False,
    )  # fmt: skip


def one_line(text: str) -> str:
    """The only line on stderr."""
    assert text.endswith("\n")
    assert text.count("\n") == 1
    assert "Traceback" not in text
    return text.rstrip("\n")


def test_help_lists_every_command_and_the_exit_codes() -> None:
    done = run("--help")
    assert done.returncode == 0
    for word in (*COMMANDS, "--plain", "--version", "exit codes", "not a medical device", "130", "signal"):
        assert word.encode() in done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([command, "--help"])
    assert left.value.code == 0
    assert f"triage {command}" in capsys.readouterr().out


def test_the_version_is_the_package_s() -> None:
    assert run("--version").stdout == f"triage {__version__}\n".encode()


@pytest.mark.parametrize("args", [["--help"], ["--version"], ["interview", "--help"]])
def test_help_and_version_load_no_library(args: list[str]) -> None:
    """They answer at once: nothing that takes long to import is imported."""
    code = (
        "import sys\nfrom chatbot.cli import main\ntry:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "heavy = ('pydantic', 'yaml', 'transitions', 'textual', 'rapidfuzz', 'asyncio', 'platformdirs')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_lines_load_nothing_of_the_app() -> None:
    """Pipes and screen readers wait for no screen."""
    code = "import sys\nfrom chatbot.cli import main\nmain(['interview'])\nprint('textual' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], input="", capture_output=True, text=True, cwd=ROOT, check=True
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "False"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows writes no such file")
def test_a_crash_of_the_system_kind_writes_no_answers_down() -> None:
    code = (
        "import resource\nfrom chatbot.cli import main\nmain(['interview', '--plain'])\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE)[0])"
    )
    done = subprocess.run([sys.executable, "-c", code], input="", capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.splitlines()[-1] == "0"


@pytest.mark.parametrize(
    "args",
    [
        ["launch"], ["--nonsense"], ["interview", "--role", "robot"], ["interview", "--country", "atlantis"],
        ["interview", "--lang", "xx"], ["interview", "no_such_pack"], ["recommend", "--nonsense"],
        ["interview", "--theme", "neon"], ["interview", "--keys", "no/such/file"], ["interview", "--keys", "."],
        ["recommend", "no/such/file"], ["recommend", "."], ["recommend", "a\0b"], ["simulate", "no/such/file"],
        ["recommend", "--country", "atlantis"], ["replay"], ["replay", "no/such/path"], ["check", "no_such_pack"],
        ["schema"], ["schema", "everything"], ["schema", "input", "--pack", "nowhere"], ["\x1b[31m"],
        ["replay", str(SCRIPTS / "case_s4_tight_muscles.yaml"), "--junit", "/no/such/folder/report.xml"],
    ],
)  # fmt: skip
def test_wrong_use_is_one_plain_line_and_exit_code_two(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code: object = main(args)
    except SystemExit as left:
        code = left.code
    said = one_line(capsys.readouterr().err)
    assert code == 2
    assert said.startswith("triage: ")
    assert "\x1b" not in said


def test_recommend_answers_every_line_and_ends_with_two_when_one_was_bad(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_bytes(b'{"id": 1, "facts": {"age_years": 40}}\nnot json\n\n{"id": 4, "facts": {}}')
    done = run("recommend", str(file), "--json", "--brief")
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 2
    assert (first["id"], second["line"], third["id"]) == (1, 2, 4)
    assert one_line(done.stderr.decode()).startswith("triage: line 2: the line is not a JSON object")


def test_recommend_reads_stdin_and_ends_with_nought_when_all_is_well() -> None:
    done = run("recommend", "--json", "--country", "gb", typed=b'{"facts": {"saddle_sensation": "numb"}}\n')
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["country"] == "gb"


def test_a_line_of_ten_megabytes_is_an_error_and_the_next_is_answered() -> None:
    done = run("simulate", "--json", "--brief", typed=b"[" * 10_000_000 + b'\n{"id": "next", "facts": {}}\n')
    bad, good = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 2
    assert "longer than" in bad["error"]
    assert (bad["line"], good["id"]) == (1, "next")


def test_without_json_an_id_is_shown_harmless() -> None:
    done = run("recommend", typed=b'{"id": "\\u001b[31m\\ud800\\u202eA\\n1", "facts": {}}\n')
    assert done.returncode == 0
    assert done.stdout.startswith(b"A 1: same_day")
    assert b"\x1b" not in done.stdout


def test_results_do_not_depend_on_the_environment() -> None:
    """Same bytes whatever the locale, time zone and hash seed."""
    typed = b'{"facts": {"age_years": 40, "saddle_sensation": "numb"}}\n'
    plain = run("recommend", "--json", typed=typed)
    odd = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7"}
    assert run("recommend", "--json", typed=typed, env=odd).stdout == plain.stdout


@pytest.mark.parametrize(
    "args", [["recommend", "--json"], ["recommend"], ["interview", "--role", "patient"], ["schema", "input"]]
)
def test_a_reader_who_leaves_early_gets_no_traceback(args: list[str]) -> None:
    typed = b'{"facts": {"age_years": 40}}\n' * 60
    with subprocess.Popen(
        [sys.executable, "-m", "chatbot", *args], cwd=ROOT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        try:
            process.stdin.write(typed)
            process.stdin.close()
        except BrokenPipeError:
            pass
        assert process.wait(60) == 0
        assert process.stderr.read() == b""


def test_closed_streams_are_no_crash() -> None:
    """As some services start programs: with nothing to read and nowhere to write."""
    script = f"{sys.executable} -m chatbot interview --role patient <&- && {sys.executable} -m chatbot doctor >&-"
    done = subprocess.run(["sh", "-c", script], capture_output=True, cwd=ROOT, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("args", [[], ["--plain"], ["interview"], ["interview", "--plain"]])
def test_the_interview_is_what_opens(args: list[str]) -> None:
    """In lines, 40 wide where no terminal says otherwise, and the end of the input still ends in advice."""
    done = run(*args, env={"COLUMNS": "200", "TERM": "dumb", "NO_COLOR": "1"})
    text = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert text.startswith("Low back pain\n")
    assert "You stopped before the end." in text
    assert "Advice: Get medical help today" in text
    assert all(len(line) <= 40 or " " not in line.strip() for line in text.split("\n"))


def test_leaving_by_key_says_what_to_do_in_an_emergency() -> None:
    with subprocess.Popen(
        heeding(sys.executable, "-m", "chatbot", "interview", "--role", "patient", "--country", "gb"), cwd=ROOT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout
        assert process.stderr
        while not (read := process.stdout.readline()).startswith("1. Yes"):
            assert read, "the first question never came"
        process.send_signal(signal.SIGINT)
        process.wait(60)
        said = process.stderr.read()
    assert process.returncode == 130
    assert EMERGENCY in " ".join(said.split())
    assert "Traceback" not in said


def test_a_fault_in_the_program_says_what_to_do_in_an_emergency(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a detail nobody needs")

    monkeypatch.setattr(Talk, "ask_all", fail)
    assert main(["interview", "--role", "patient", "--country", "gb"]) == 1
    said = capsys.readouterr().err
    said = " ".join(said.split())
    assert EMERGENCY in said
    assert "This program has a fault and stopped." in said
    assert "detail" not in said


def test_replay_passes_and_writes_a_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "report.xml"
    assert main(["replay", str(SCRIPTS / "case_s4_tight_muscles.yaml"), "--junit", str(report)]) == 0
    assert capsys.readouterr().out.endswith("1 passed, 0 failed\n")
    assert ET.parse(report).getroot().attrib == {"name": "transcripts", "tests": "1", "failures": "0"}


def test_replay_tells_the_first_difference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = tmp_path / "wrong.yaml"
    script.write_text("pack: low_back_pain\nturns:\n  - {ask: age_years, say: forty}\n  - {ask: trend, say: better}\n")
    report = tmp_path / "report.xml"
    assert main(["replay", str(tmp_path), "--junit", str(report)]) == 1
    out = capsys.readouterr().out
    assert "exchange 1: expected question age_years, got right_now" in out
    assert out.endswith("0 passed, 1 failed\n")
    assert ET.parse(report).getroot().attrib["failures"] == "1"


def test_replay_of_a_folder_without_transcripts_is_wrong_use(tmp_path: Path) -> None:
    assert main(["replay", str(tmp_path)]) == 2


def test_check_passes_what_is_shipped_and_fails_what_is_not_a_pack(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "low_back_pain: ok\n"
    (tmp_path / "pack.yaml").write_text("id: nothing\n")
    assert main(["check", str(tmp_path)]) == 1
    assert "problem(s)" in capsys.readouterr().out


@pytest.mark.parametrize("what", ["input", "output", "pack"])
def test_schemas_are_json(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", what]) == 0
    assert json.loads(capsys.readouterr().out)["$schema"].startswith("https://json-schema.org/")


def test_doctor_finds_a_whole_installation_and_its_pack(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    assert f"triage {__version__}" in out
    assert "pack low_back_pain" in out


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal on Windows")
def test_a_paste_of_many_lines_answers_one_question_at_most() -> None:
    """On a terminal, what came in before a question was shown does not answer it."""
    import pty
    import select

    parent, child = pty.openpty()
    command = [sys.executable, "-m", "chatbot", "interview", "--plain"]
    with subprocess.Popen(command, stdin=child, stdout=child, stderr=child) as process:
        os.write(parent, b"patient\n" + b"no\n" * 40)
        seen = b""
        # A machine with much else to do takes its time to the first question, and little from there on.
        while select.select([parent], [], [], 3 if b"Who is answering?" in seen else 60)[0]:
            seen += os.read(parent, 65536)
        process.kill()
    os.close(parent)
    os.close(child)
    assert b"Who is answering?" in seen
    assert seen.count(b"You answered: No") <= 1


def test_the_doctor_says_when_a_review_is_overdue() -> None:
    """A pack whose review date has passed is named."""
    from datetime import date

    from chatbot.doctor import report

    assert not any("next review" in line for line in report(date(2026, 12, 1))[0])
    assert any("next review was due" in line for line in report(date(2030, 1, 1))[0])


def test_what_is_said_to_a_carer_is_about_whom_they_named() -> None:
    line = b'{"facts": {"age_years": 40, "breathing_pain": "yes"}, "country": "gb"}'
    told = {}
    for whom in ("her", "him"):
        told[whom] = run("recommend", "--json", "--role", "carer", "--about", whom, typed=line).stdout.decode()
    assert told["her"].count("She should be seen") == told["him"].count("He should be seen") > 0


def test_whom_it_is_about_goes_with_a_carer_only() -> None:
    done = run("recommend", "--role", "patient", "--about", "her", typed=b"{}")
    assert (done.returncode, done.stdout) == (2, b"")
    said = one_line(done.stderr.decode())
    assert said == "triage: --about says whom a carer answers for; it goes with --role carer"


OPTIONS_OF_AN_INTERVIEW = {
    "--country": "gb", "--lang": "en", "--role": "patient", "--reference": "bed 4", "--theme": "triage-light",
    "--keys": "settings.toml", "--record": "said.yaml", "--database": "cases.sqlite", "--resume": "2222-2222-2222",
    "--about": "her", "--plain": "", "--no-save": "", "--require-approved": "",
}  # fmt: skip


def test_every_option_of_the_interview_works_without_its_name() -> None:
    parser = argparse.ArgumentParser()
    arguments(parser)
    known = {option for option in parser.format_usage().replace("[", " ").replace("]", " ").split() if "--" in option}
    assert known == set(OPTIONS_OF_AN_INTERVIEW)
    for option, value in OPTIONS_OF_AN_INTERVIEW.items():
        typed = [option, *([value] if value else [])]
        assert with_command(typed) == ["interview", *typed]
        assert (option in VALUED) == bool(value)
        # A value that is the name of a command is still a value, and an option may stand before the command's name.
        assert with_command([*typed, "interview", "my_pack"]) == ["interview", "my_pack", *typed]
        if value:
            assert with_command([option, "worklist"]) == ["interview", option, "worklist"]
            assert with_command([f"{option}={value}"]) == ["interview", f"{option}={value}"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", "interview"),
        ("--coun gb", "interview --coun gb"),
        ("--database x audit-log list --json", "audit-log list --json --database x"),
        ("--database x export -- -odd-", "export --database x -- -odd-"),
        ("recommend --json -", "recommend --json -"),
        ("low_back_pain --plain", "low_back_pain --plain"),
        ("--help", "--help"),
        ("--plain --version", "--plain --version"),
    ],
)
def test_the_command_stands_first_whatever_was_typed_before_it(typed: str, meant: str) -> None:
    assert with_command(typed.split()) == meant.split()


@pytest.mark.parametrize("code", ["", " "])
@pytest.mark.parametrize("shell", [(), ("--plain",), ("--plain", "--no-save")])
def test_an_empty_code_to_resume_is_refused_and_begins_no_new_interview(code: str, shell: tuple[str, ...]) -> None:
    done = run("--resume", code, *shell, "--role", "patient")
    assert done.returncode == 2
    assert "--resume needs the code of an interview; leave it out to begin a new one" in done.stderr.decode()
    assert done.stdout == b""


def test_an_interview_in_lines_begins_in_the_country_that_was_named_without_the_commands_name() -> None:
    done = run("--country", "gb", "--plain", "--no-save", "--role", "patient")
    assert "Call 999" in " ".join(done.stdout.decode().split())
