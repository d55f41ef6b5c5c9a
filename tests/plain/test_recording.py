"""Line mode writes the answers down where that is asked for, and says so."""

import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from chatbot.case import Mode
from chatbot.interview.interview import Interview
from chatbot.packs.pack import Pack
from chatbot.plain.lines import Page
from chatbot.plain.talk import Talk
from chatbot.replay.files import read_transcript
from chatbot.replay.play import play
from chatbot.replay.record import Recorder
from tests.support.person import TODAY, Person

Says = Mapping[str, str | list[str]]
Held = tuple[Interview, Person]
Hold = Callable[..., Held]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "mine.yaml"


@pytest.fixture
def hold(pack: Pack, file: Path) -> Hold:
    """Hold a whole conversation that is recorded."""

    def held(says: Says | None = None, then: Iterable[str] = ("yes", "done"), mode: Mode | None = "patient") -> Held:
        person = Person(pack, says or {}, then)
        page = Page(person.read, person.write, 72)
        return Talk(pack, page, "en", "gb", TODAY, Recorder(file, pack.id)).run(mode), person

    return held


@pytest.mark.parametrize(
    ("says", "then", "mode"),
    [
        ({}, ("yes", "done"), "patient"),
        ({}, ("1", "yes", "done"), None),
        ({"balance_hands": ["no", "no", "change", "2", "no"], "saddle_sensation": "1"}, ("yes", "done"), "carer"),
        ({"balance_hands": ["no", "no", "i have a fever", "no"], "fever_chills": "1"}, ("yes", "done"), "patient"),
        ({"right_now": [*["no"] * 6, "yes", "stop"]}, (), "patient"),
        ({"right_now": ["no", "no", "stop", *["no"] * 9]}, ("i had a fever", "yes", "done"), "patient"),
        ({"right_now": ["no", "yes"]}, ("1", "done"), "patient"),
        ({"right_now": "12", "balance_hands": ["5, 4 not sure", "none"]}, (), "nurse"),
        ({"sexual_function_change": "skip", "stomach_kidney_heart": "skip"}, ("yes", "done"), "patient"),
        ({"trend": "<end>"}, (), "patient"),
    ],
)  # fmt: skip
def test_a_recording_replays_to_the_end_that_was_shown(
    hold: Hold, file: Path, pack: Pack, says: Says, then: Iterable[str], mode: Mode | None
) -> None:
    interview, _ = hold(says, then, mode)
    again = play(read_transcript(file), pack).interview
    assert (again.state, again.rule_state.values) == (interview.state, interview.rule_state.values)
    assert again.case.marks == interview.case.marks


def test_it_says_first_and_last_that_answers_are_written_down(hold: Hold, file: Path) -> None:
    """And never that they are not."""
    _, person = hold({"right_now": "stop"}, ("done",))
    said = f"Your answers are written to a file as you give them, in your own words: {file}"
    assert person.text.count(said) == 2
    assert person.text.index(said) < person.text.index("Question: ")
    assert person.text.endswith(said)
    assert "not saved" not in person.text


def test_without_it_the_answers_are_said_not_to_be_saved(pack: Pack) -> None:
    person = Person(pack, {"right_now": "stop"}, ("done",))
    Talk(pack, Page(person.read, person.write, 72), "en", "gb", TODAY).run("patient")
    assert "Your answers are not saved." in person.text
    assert "written to a file" not in person.text


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be moved there")
def test_a_file_that_cannot_be_written_any_more_is_told_once(pack: Pack, tmp_path: Path) -> None:
    folder = tmp_path / "there"
    folder.mkdir()
    recorder = Recorder(folder / "r.yaml", pack.id)
    folder.rename(tmp_path / "gone")
    person = Person(pack, {"saddle_sensation": "stop"}, ("done",))
    interview = Talk(pack, Page(person.read, person.write, 72), "en", "gb", TODAY, recorder).run("patient")
    assert interview.state == "stopped"
    said = "Your answers can no longer be written to the file:"
    assert person.text.count(said) == 2  # when it happens, and at the end
    assert person.text.partition("Question: ")[2].count(said) == 2


@pytest.mark.parametrize("name", ["{doctor}.yaml", "{nothing} %s.yaml"])
def test_the_name_of_the_file_is_said_as_it_is(pack: Pack, tmp_path: Path, name: str) -> None:
    person = Person(pack, {"right_now": "stop"}, ("done",))
    recorder = Recorder(tmp_path / name, pack.id)
    Talk(pack, Page(person.read, person.write, 72), "en", "gb", TODAY, recorder).run("patient")
    assert " ".join(str(tmp_path / name).split()) in person.text


def triage(*args: str, typed: str) -> "subprocess.CompletedProcess[str]":
    """The real command with its input piped."""
    command = [sys.executable, "-m", "chatbot", *args]
    return subprocess.run(command, input=typed, capture_output=True, text=True, check=False, timeout=60)


def test_the_command_records_and_replays(file: Path) -> None:
    """From a pipe; a second time it does not write over what is there, and asks nothing."""
    said = "no\n" * 11 + "1\nno change\nback\n2\nstop\ndone\n"
    done = triage("interview", "--role", "patient", "--record", str(file), "--plain", typed=said)
    assert done.returncode == 0
    assert triage("replay", str(file), typed="").stdout == f"ok {file}\n1 passed, 0 failed\n"
    before = file.read_bytes()
    again = triage("--record", str(file), "--plain", typed=said)
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr == f"triage: cannot record in '{file}': the file is not empty; name another\n"
    assert file.read_bytes() == before


def test_a_pack_in_a_folder_is_found_again(file: Path) -> None:
    ankle = Path(__file__).parents[1] / "packs" / "ankle_injury"
    triage("interview", str(ankle), "--record", str(file), "--plain", "--role", "patient", typed="stop\ndone\n")
    assert triage("replay", str(file), typed="").returncode == 0
