"""What is no file, has no end, or cannot be written: every command says so in a line, and ends."""

import errno
import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatbot.cli import main
from chatbot.cli.common import ENDLESS, bounded_lines, talk, write_file
from chatbot.cli.named_signs import named_signs
from chatbot.errors import InputError
from chatbot.packs.pack import Pack
from chatbot.plain.lines import Page
from chatbot.plain.run import run as ask
from chatbot.plain.talk import Talk

ROOT = Path(__file__).resolve().parent.parent
# Each way in for a file; `{}` is its name.
READING = (
    "recommend {}", "simulate --json {}", "recommend --pack {}", "replay {}", "replay --update {}", "audit {}",
    "check {}", "coverage {}", "interview --plain --no-save --keys {}", "interview --plain --no-save {}",
    "restore {} --database ./r.sqlite", "graph {}", "review {}", "hear --file {}",
)  # fmt: skip
KINDS = ("pipe", "folder", "loop", "device", "missing", "below/a/file")


@pytest.fixture(autouse=True)
def a_folder_of_odd_things(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One of each kind; a command that waits for one of them is stopped."""
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    Path("folder").mkdir()
    Path("loop").symlink_to("loop")
    Path("device").symlink_to("/dev/zero")
    Path("below").write_text("")
    before = signal.signal(signal.SIGALRM, lambda *_: pytest.fail("it waits without end"))
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def called(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    """The exit code of a command, and what it wrote."""
    capsys.readouterr()
    try:
        code = main(args)
    except SystemExit as left:
        code = int(left.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.parametrize("way", READING)
def test_what_is_no_file_is_refused_at_once_in_a_line(
    way: str, tmp_path: Path, pack: Pack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))
    if way.startswith(("recommend {", "simulate")):
        monkeypatch.setattr("chatbot.packs.load.load_pack", lambda _: pack)
    there = sorted(tmp_path.iterdir())
    for kind in KINDS:
        code, _, err = called(capsys, *way.format(kind).split())
        if kind == "folder" and code in (0, 1):
            continue  # some take a folder, and there is nothing in this one
        assert code in (1, 2), (kind, err)
        assert len(err.splitlines()) <= 2, (kind, err)  # `check` says first what it looks at
        assert "the program failed" not in err
    assert sorted(tmp_path.iterdir()) == there


@pytest.mark.parametrize("kind", ["pipe", "folder", "loop", "below/a/file", "a\0b", "x" * 300])
def test_what_cannot_be_written_is_refused_and_a_pipe_without_a_reader_is_not_waited_for(kind: str) -> None:
    with pytest.raises(InputError, match="cannot write"):
        write_file(kind, b"something")


def test_a_file_is_written_whole_in_place_of_another() -> None:
    for content in (b"first and long", b"second"):
        write_file("new", content)
        assert Path("new").read_bytes() == content


def test_a_line_without_an_end_is_not_read_to_its_end() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            self.given += size or 0
            return bytes(size or 0)

    endless = Endless()
    with pytest.raises(InputError, match="100 MB"):
        list(bounded_lines(endless))  # type: ignore[arg-type] # the one thing that it is asked for is there
    assert ENDLESS < endless.given < 2 * ENDLESS


class Full(io.StringIO):
    """A stream whose disk is full: noticed with each word, or when what was put by is to go out."""

    def __init__(self, buffers: bool) -> None:
        super().__init__()
        self.buffers = buffers
        self.holds = False

    def write(self, text: str, /) -> int:
        self.holds = True
        if not self.buffers:
            raise OSError(errno.ENOSPC, "No space left on device")
        return len(text)

    def flush(self) -> None:
        if self.holds:
            raise OSError(errno.ENOSPC, "No space left on device")


WRITING = ("--version", "--help", "recommend --help", "schema input", "recommend --json", "interview --plain --no-save")


@pytest.mark.parametrize("way", WRITING)
def test_a_full_disk_is_said_and_is_no_fault_of_the_program(
    way: str, pack: Pack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatbot.packs.load.load_pack", lambda _: pack)
    for buffers in (False, True):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"facts": {}}\n')))
        monkeypatch.setattr("sys.stdout", Full(buffers))
        code = main(way.split())
        err = capsys.readouterr().err
        assert code == 2
        assert err.splitlines()[-1] == "triage: the output cannot be written: No space left on device"
        assert "fault" not in err
        assert "failed" not in err
        assert ("emergency" in err) == way.startswith("interview")


def test_a_full_device_is_met_in_the_same_way_by_the_program_itself() -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "chatbot", "--version"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, cwd=ROOT, check=False)
        both = subprocess.run([*command, "--nosuch"], stdout=full, stderr=full, cwd=ROOT, check=False)
    assert (done.returncode, both.returncode) == (2, 2)
    assert done.stderr.decode().count("cannot be written") == 1


def test_where_nobody_can_be_told_nothing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    full = Full(buffers=False)
    monkeypatch.setattr("sys.stderr", full)
    talk("something")
    assert full.holds


@pytest.mark.parametrize("line", ["y", "", "?", "help", "back"])
def test_answers_without_end_end(line: str, pack: Pack) -> None:
    """In the advice that is due, like the end of the input."""
    said: list[str] = []
    asked = Page(lambda _: line, said.append, patience=60)
    with pytest.raises(InputError, match="60 lines"):
        ask(Talk(pack, asked, "en", "gb", None), "patient")
    assert "Your summary" in "".join(said)
    assert "999" in "".join(said[-6:])


def test_a_person_at_a_terminal_is_never_cut_off() -> None:
    page = Page(lambda _: "y", lambda _: None)
    assert {page.ask("> ") for _ in range(2_000)} == {"y"}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("a\x1b[2Jb", "a<escape>[2Jb"),
        ("\0", "<NUL>"),
        ("\n", "<line end>"),
        ("a\u200bb\u202e", "a<U+200B>b<U+202E>"),
        ("\udcff", "<byte 0xff>"),
        ("\ud800", "<U+D800>"),
        ("Jürgen Ä ß 痛 é \N{SNOWMAN}", "Jürgen Ä ß 痛 é \N{SNOWMAN}"),
    ],
)
def test_signs_that_nobody_can_see_are_told_by_their_names(
    given: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert named_signs(given) == told
    talk(f"there is no theme '{given}'")
    assert capsys.readouterr().err == f"triage: there is no theme '{told}'\n"


def test_who_types_facts_is_told_how_to_end(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from chatbot.cli.common import opened

    typed = io.TextIOWrapper(io.BytesIO(b"x"))
    monkeypatch.setattr(typed, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stdin", typed)
    with opened("-") as stream:
        assert stream.read() == b"x"
    assert "Ctrl+D" in capsys.readouterr().err
