"""What people say is in the records and nowhere else: no file, name, title, argument, message or connection has it."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("file modes and pseudo-terminals are not promised on Windows", allow_module_level=True)

from tests.support.terminal import Terminal, terminal

ROOT = Path(__file__).parents[2]
PROC = Path("/proc")
CODE = re.compile(r"[2-9HLMQRWXY]{4}-[2-9HLMQRWXY]{4}-[2-9HLMQRWXY]{4}")
# Texts that stand nowhere else; every other one is not in ASCII.
SECRETS = tuple(f"KANARIENVOGEL{n:02}" if n % 2 else f"Zaunkönig腰{n:02}" for n in range(50))
KEPT_IN_LINES, KEPT_LATER, KEPT_IN_APP, KEPT_AFTER_KILL = SECRETS[2:14], SECRETS[14:18], SECRETS[18:22], SECRETS[22:25]
UNCLEAR, UNCLEAR_IN_APP, ASKED, FAULTS = SECRETS[25:33], SECRETS[33:36], SECRETS[36:42], SECRETS[42:]
KEPT = (*SECRETS[:2], *KEPT_IN_LINES, *KEPT_LATER, *KEPT_IN_APP, *KEPT_AFTER_KILL)
RAISING = "I have wet myself"

MAIN = "from chatbot.cli import main; raise SystemExit(main())"
# What would bring anything to another computer ends the program.
NO_NETWORK = """
import os, sys
def look(event, args):
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        os.write(2, event.encode())
        os._exit(99)
sys.addaudithook(look)
"""
# The program with a fault in it: what it raises has what was said in its message, and beside it.
FAULTS_IN: dict[str, str] = {
    "hearing": """
from chatbot.interview.conversation import Conversation as place
name, has = "raising", lambda at, typed="", *_: "EGGSHELL" in typed
""",
    "keeping": """
from chatbot.storage.sqlite import SqliteStore as place
name, has = "append", lambda store, row, bodies: b"EGGSHELL" in b"".join(bodies)
""",
    "coming back": """
import chatbot.storage.step_events as place
name, has = "take", lambda at, did: "EGGSHELL" in repr(did)
""",
    "showing": """
import chatbot.service.event_text as place
name, has = "what", lambda event: "EGGSHELL" in repr(event)
""",
}
FAULTY = """
whole = getattr(place, name)
def faulty(*given):
    said = repr(given)
    if has(*given):
        raise RuntimeError(f"it fails at {said}")
    return whole(*given)
setattr(place, name, faulty)
"""


@dataclass(frozen=True, slots=True)
class Home:
    """A person's own folder, with everything in it that a program may write to."""

    folder: Path

    @property
    def env(self) -> dict[str, str]:
        """Where everything is."""
        own = {f"XDG_{name}_HOME": f"{self.folder}/.{name.lower()}/of" for name in ("CONFIG", "CACHE", "STATE")}
        own |= {"XDG_DATA_HOME": str(self.folder / ".local" / "share"), "TMPDIR": str(self.folder / "tmp")}
        return own | {"HOME": str(self.folder), "TRIAGE_DATABASE": "", "PYTHONPATH": str(ROOT), "XDG_RUNTIME_DIR": ""}

    @property
    def files(self) -> list[Path]:
        """All files."""
        return [path for path in self.folder.rglob("*") if not path.is_dir()]

    @property
    def database(self) -> Path:
        """The records."""
        return self.folder / ".local" / "share" / "triage" / "cases.sqlite"

    def run(
        self, *args: str, typed: Iterable[str] = (), code: str = "", before: Sequence[str] = ()
    ) -> "subprocess.CompletedProcess[str]":
        """The program with what is typed, and nothing kept from others by the settings of this account."""
        return subprocess.run(
            [*before, sys.executable, "-c", code + MAIN, *args], input="".join(f"{line}\n" for line in typed),
            capture_output=True, text=True, encoding="utf-8", timeout=120, check=False, cwd=self.folder, umask=0,
            env=os.environ | self.env,
        )  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty one."""
    found = Home(tmp_path / "home")
    (found.folder / "tmp").mkdir(parents=True)
    return found


def in_lines(*args: str) -> tuple[str, ...]:
    """An interview in lines, as it is called."""
    return ("interview", "--plain", "--role", "patient", "--country", "gb", *args)


def secrets_in(content: bytes | str) -> list[str]:
    """The secrets that stand in something, as they are or as JSON may hold them."""
    said = content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content
    return [text for text in SECRETS if text.encode() in said or json.dumps(text)[1:-1].encode() in said]


def code_in(text: str) -> str:
    """The code to come back with."""
    found = CODE.search(text)
    assert found, text
    return found[0]


def leaks(home: Home) -> dict[str, list[str]]:
    """The secrets in names, and in what is not the database or its log."""
    found = {}
    for path in home.folder.rglob("*"):
        name = str(path.relative_to(home.folder))
        is_records = path.parent == home.database.parent and path.name in ("cases.sqlite", "cases.sqlite-wal")
        has = [*secrets_in(name), *([] if path.is_dir() or is_records else secrets_in(path.read_bytes()))]
        if has:
            found[name] = has
    return found


# No network


@cache
def alone() -> str:
    """Why a program cannot be run without any network here; empty where it can."""
    unshare = shutil.which("unshare")
    done = unshare and subprocess.run([unshare, "-n", "true"], capture_output=True, check=False)
    return "" if done and done.returncode == 0 else "unshare -n is not to be had on this machine"


def kept_and_taken_up(home: Home, before: Sequence[str] = ()) -> None:
    """An interview, and the same one again by its code."""
    first = home.run(*in_lines(), typed=[f"{RAISING} at night", "stop", "done"], code=NO_NETWORK, before=before)
    assert (first.returncode, first.stderr) == (0, "")
    again = home.run(*in_lines("--resume", code_in(first.stdout)), typed=["stop"], code=NO_NETWORK, before=before)
    assert (again.returncode, again.stderr) == (0, "")
    assert "You began this" in again.stdout
    assert home.database.exists()


def test_no_connection_is_made(home: Home) -> None:
    caught = home.run(code=NO_NETWORK + "import socket; socket.create_connection(('127.0.0.1', 9))\n")
    assert (caught.returncode, caught.stderr) == (99, "socket.getaddrinfo")
    kept_and_taken_up(home)


def test_it_works_where_there_is_no_network(home: Home) -> None:
    if why := alone():
        pytest.skip(why)
    kept_and_taken_up(home, ("unshare", "-n"))


# Files


def test_without_saving_no_file_is_left(home: Home) -> None:
    done = home.run(*in_lines("--no-save"), typed=[f"{RAISING} {SECRETS[2]}", "stop", "done"])
    assert (done.returncode, done.stderr) == (0, "")
    assert home.files == []


def test_all_that_is_made_is_its_owners_alone(home: Home) -> None:
    made_here = {home.folder, home.folder / "tmp"}
    for _ in range(2):
        home.run(*in_lines(), typed=[RAISING, "stop", "done"])
    home.run("backup", "mine.backup")
    home.run("export", "--deidentified", "all.jsonl")
    modes = {
        str(path.relative_to(home.folder)): stat.S_IMODE(path.stat().st_mode)
        for path in home.folder.rglob("*")
        if path not in made_here
    }
    assert {"mine.backup", "all.jsonl", ".local/share/triage/cases.sqlite"} <= set(modes)
    wanted = {name: 0o700 if (home.folder / name).is_dir() else 0o600 for name in modes}
    assert modes == wanted


def test_what_others_may_read_while_it_runs_is_nothing(home: Home) -> None:
    """While the file is open, with its log, its locks and the case that is held."""
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN, *in_lines()], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, umask=0,
        cwd=home.folder, env=os.environ | home.env,
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    for line in iter(process.stdout.readline, ""):
        if "code to come back" in line:
            break
    files = home.files
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in files}
    process.communicate("stop\n", timeout=60)
    assert {"cases.sqlite", "cases.sqlite-wal", "cases.sqlite-shm"} <= set(modes)
    assert "open" in {path.parent.name for path in files}
    assert set(modes.values()) == {0o600}


# Fifty secrets


def test_no_secret_is_found_outside_the_records(home: Home) -> None:
    said_in_lines(home)
    said_in_the_app(home)
    assert leaks(home) == {}
    records = b"".join(path.read_bytes() for path in home.database.parent.glob("cases.sqlite*"))
    assert set(secrets_in(records)) >= set(KEPT), "the search finds nothing where everything is"
    assert not set(secrets_in(records)) & {*UNCLEAR, *UNCLEAR_IN_APP, *ASKED}, "what answered nothing is kept"
    exported = home.run("export", "--deidentified")
    assert (exported.returncode, exported.stderr) == (0, "")
    assert len(exported.stdout.splitlines()) == 2
    assert secrets_in(exported.stdout) == []
    assert secrets_in(home.run("audit-log", "list").stdout) == list(SECRETS[:2])
    assert home.run("audit-log", "verify").returncode == 0
    assert leaks(home) == {}


def said_in_lines(home: Home) -> None:
    """Words that are kept, words that are not understood, and words about the result; then once more by the code."""
    typed = [*(f"{RAISING} {text}" for text in KEPT_IN_LINES), *UNCLEAR, "stop", *ASKED, "done"]
    first = home.run(*in_lines("--reference", SECRETS[0]), typed=typed)
    assert (first.returncode, first.stderr) == (0, "")
    typed = [*(f"{RAISING} {text}" for text in KEPT_LATER), UNCLEAR[0], "stop", ASKED[0], "done"]
    again = home.run(*in_lines("--resume", code_in(first.stdout)), typed=typed)
    assert (again.returncode, again.stderr) == (0, "")


def said_in_the_app(home: Home) -> None:
    """Words in the app, which is killed, and by the code again; what is read is what others may see of it."""
    with terminal(*in_app("--reference", SECRETS[1]), home=home.folder, size=(100, 50), env=home.env) as window:
        window.wait_for("Who is answering?")
        code = code_in(window.press_until("1", "Part 1 of", "code to come back"))
        say(window, *(f"{RAISING} {text}" for text in KEPT_IN_APP), *UNCLEAR_IN_APP)
        assert core_size(window.process.pid) in ("0", None)
        assert secrets_in(arguments(window.process.pid)) == [SECRETS[1]][: PROC.exists()]  # where it was given
        window.process.kill()
        window.end()
        assert secrets_in(titles(window.written)) == []
    assert leaks(home) == {}
    with terminal("interview", "--resume", code, home=home.folder, size=(100, 50), env=home.env) as window:
        window.wait_for("Part 1 of")
        say(window, *(f"{RAISING} {text}" for text in KEPT_AFTER_KILL), UNCLEAR_IN_APP[0])
        assert secrets_in(arguments(window.process.pid)) == []
        window.press_until("ctrl+q", "Leave?")
        window.press("ctrl+q")
        window.end()
        assert secrets_in(titles(window.written)) == []


def in_app(*args: str) -> tuple[str, ...]:
    """An interview in the app, as it is called."""
    return ("interview", "--role", "patient", "--country", "gb", *args)


def say(window: Terminal, *texts: str) -> None:
    """Type each text, and wait until something came of it."""
    for text in texts:
        window.pause(0.5)  # a question stands for a moment before it can be answered
        window.press("ctrl+u")
        window.write(text)
        window.wait_for(text[-4:])
        window.press("enter")
        window.pause(0.3)


def titles(written: bytes) -> bytes:
    """What was sent to a terminal besides what it shows: titles, the clipboard, links, and other strings."""
    return b"\n".join(re.findall(rb"\x1b[\]PX^_][^\x1b\x07]*", written))


def arguments(pid: int) -> bytes:
    """How a program and those that it started were called."""
    if not PROC.exists():
        return b""
    called = {path.parent.name: path for path in PROC.glob("[0-9]*/cmdline")}
    parents = {}
    for number, path in called.items():
        try:
            parents[number] = path.with_name("stat").read_text().rpartition(")")[2].split()[1]
        except (FileNotFoundError, ProcessLookupError):
            continue
    ours, grown = {str(pid)}, True
    while grown:
        more = {number for number, parent in parents.items() if parent in ours} - ours
        ours, grown = ours | more, bool(more)
    return b"\n".join(called[number].read_bytes() for number in ours)


def core_size(pid: int) -> str | None:
    """How large a file the system would write of its memory; None where nobody tells."""
    path = PROC / str(pid) / "limits"
    if not path.exists():
        return None
    line = next(line for line in path.read_text().splitlines() if line.startswith("Max core file size"))
    return line.split()[4]


# Faults


@pytest.mark.parametrize("where", ["hearing", "keeping"])
def test_a_fault_in_lines_tells_nothing(home: Home, where: str) -> None:
    typed = [f"{RAISING} {FAULTS[0]}", f"{RAISING} EGGSHELL {FAULTS[1]}", "stop", "done"]
    done = home.run(*in_lines(), typed=typed, code=FAULTS_IN[where] + FAULTY)
    assert done.returncode == 1
    assert "Call 999" in done.stderr
    assert "EGGSHELL" not in done.stderr
    assert secrets_in(done.stderr) == []
    assert leaks(home) == {}


@pytest.mark.parametrize("where", ["hearing", "keeping"])
def test_a_fault_in_the_app_tells_nothing(home: Home, where: str) -> None:
    code = FAULTS_IN[where] + FAULTY + MAIN
    with terminal(*in_app(), home=home.folder, size=(100, 50), env=home.env, code=code) as window:
        window.wait_for("Who is answering?")
        window.press_until("1", "Part 1 of", "code to come back")
        say(window, f"{RAISING} {FAULTS[2]}")
        window.pause(0.5)
        window.write(f"{RAISING} EGGSHELL {FAULTS[3]}")
        window.press_until("enter", "Call 999", gone=FAULTS[3])
        window.press_until("ctrl+q", "Call 999", gone="Enter Continue")
        window.press("ctrl+q")
        window.end()
        assert secrets_in(titles(window.written)) == []
        after = window.written.rpartition(b"\x1b[?1049l")[2]
        assert secrets_in(after) == []
        assert b"EGGSHELL" not in after
    assert leaks(home) == {}


def test_a_fault_while_coming_back_tells_nothing(home: Home) -> None:
    first = home.run(*in_lines("--reference", FAULTS[4]), typed=[f"{RAISING} EGGSHELL {FAULTS[5]}", "stop", "done"])
    assert first.returncode == 0
    code = code_in(first.stdout)
    for call in (in_lines("--resume", code), ("export", "--deidentified")):
        done = home.run(*call, code=FAULTS_IN["coming back"] + FAULTY)
        assert done.returncode == 1
        assert "EGGSHELL" not in done.stderr
        assert secrets_in(done.stderr) == []
    case = home.run("audit-log", "list").stdout.split()[0]
    done = home.run("audit-log", "show", case, code=FAULTS_IN["showing"] + FAULTY)
    assert done.returncode == 1
    assert secrets_in(done.stderr) == []
    assert "RuntimeError" in done.stderr  # what kind of fault it was and where, for whoever mends it
    assert leaks(home) == {}
