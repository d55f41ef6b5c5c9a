"""The app writes the answers down where that is asked for: all of them, at once, and it says so."""

import os
import signal
import stat
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from test_transcripts import FILES, WINDOW, take_all

from chatbot.packs.pack import Pack
from chatbot.replay.files import read_transcript
from chatbot.replay.play import play
from chatbot.replay.record import Recorder
from chatbot.tui.app import Start
from chatbot.tui.words import words
from tests.support.driving import Blind, Driven, running
from tests.support.person import TODAY

# With what is more than answers: going back, changing, skipping, giving up, words that put a question, the note.
HARD = ("back_and", "change_", "said_elsewhere", "emergency_and_note", "skip", "stop", "doubt", "twice")
SOME = [file for file in FILES if any(word in file.stem for word in HARD)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "mine.yaml"


@asynccontextmanager
async def recording(pack: Pack, file: Path, who: str | None = "patient") -> AsyncIterator[Driven]:
    """The app, writing to a file."""
    start = Start(lambda: pack, country="gb", today=TODAY, recorder=Recorder(file, pack.id))
    async with running(pack, who, start=start) as app:  # type: ignore[arg-type] # one of the modes
        yield app


def assert_replays(app: Driven, file: Path, pack: Pack) -> None:
    """The file leads to where the app stands."""
    again, here = play(read_transcript(file), pack).interview, app.conversation
    at = here.confirm().interview if here.state == "check_answers" else here.interview
    assert (again.state, again.rule_state.values) == (at.state, at.rule_state.values)
    assert (again.case.marks, again.case.raised) == (at.case.marks, at.case.raised)


@pytest.mark.parametrize("transcript", SOME, ids=lambda file: file.stem)
async def test_a_transcript_played_by_keys_is_recorded_as_one_that_replays(
    transcript: Path, file: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 0.01)  # only the end is looked at
    told = read_transcript(transcript)
    start = Start(lambda: pack, country=told.country, today=told.clock, recorder=Recorder(file, pack.id))
    async with running(pack, told.who, size=WINDOW, start=start, pace=Blind()) as app:
        await take_all(app, told)
        assert_replays(app, file, pack)


async def test_every_key_that_answers_is_in_the_file(file: Path, pack: Pack) -> None:
    """Replies that are taken back, a list taken up again, a question out of its order."""
    async with recording(pack, file, "nurse") as app:
        for keys in (["2", "2", "u", "2"], ["0"], ["escape"], ["2"] * 3, ["1"], ["escape"], ["f3"], ["escape"], ["0"]):
            await app.keys(*keys)
            if file.stat().st_size:
                assert_replays(app, file, pack)
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_it_says_that_answers_are_written_down_and_never_that_they_are_not(file: Path, pack: Pack) -> None:
    async with recording(pack, file, None) as app:
        assert "written, in your own words, to the file" in app.text
        assert "not saved" not in app.text
        await app.keys("1", "2", "ctrl+q")
        assert "Your answers are in a file, in your own words:" in app.text
        assert file.name in app.text.replace(" ", "")
        assert "Leave now; the file with your answers stays" in app.text
        assert "not saved" not in app.text
        assert "forgotten" not in app.text


async def test_hiding_still_clears_the_screen(file: Path, pack: Pack) -> None:
    async with recording(pack, file) as app:
        await app.keys("2", "f8")
        assert "Has any of this happened" not in app.text
        assert file.name not in app.text


async def test_starting_again_empties_the_file(file: Path, pack: Pack) -> None:
    async with recording(pack, file) as app:
        await app.keys("2")
        assert file.stat().st_size
        app.app.on_start_again()
        await app.settle()
        assert file.stat().st_size == 0


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be moved there")
async def test_a_write_that_fails_is_said_once_and_the_interview_goes_on(tmp_path: Path, pack: Pack) -> None:
    folder = tmp_path / "there"
    folder.mkdir()
    async with recording(pack, folder / "r.yaml", "nurse") as app:
        folder.rename(tmp_path / "gone")
        await app.keys("0", "0")
        assert app.state == "saddle_sensation"
        assert "Your answers can no longer be written to" in app.notice
        await app.keys("1")
        assert app.state == "bladder_function"
        assert "no longer be written" not in app.notice
        await app.keys("ctrl+q")
        assert "Your last answers could not be written to the file:" in app.text


def test_what_is_said_of_the_answers_is_said_for_every_case() -> None:
    """A text that speaks of saving has its forms for a file that is written, and one that no longer is."""
    texts = words().texts
    forms = {name for name in texts if name.endswith(("_recorded", "_unrecorded")) and name != "not_recorded"}
    bases = {name.removesuffix("_recorded").removesuffix("_unrecorded") for name in forms}
    assert {f"{name}_{how}" for name in bases for how in ("recorded", "unrecorded")} == forms
    speaking = {name for name, text in texts.items() if "saved." in text or "forgotten" in text or "forgets" in text}
    kept = {name for name in texts if name.endswith(("_saved", "_unsaved"))}
    assert {name for name in speaking if not name.endswith("_unrecorded")} - bases <= forms | kept
    # What is said of the store differs by whether it works, wherever it differs by whether there is a file.
    assert {name.rpartition("_")[0] for name in kept} >= bases


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal on Windows")
def test_a_program_that_is_killed_leaves_what_was_answered(tmp_path: Path, pack: Pack) -> None:
    from test_terminal import SEEN, begun

    from tests.support.terminal import terminal

    with terminal("interview", "--country", "gb", "--record", "r.yaml", home=tmp_path, size=(100, 60)) as window:
        begun(window)
        for _ in range(3):
            window.press("2")
            window.pause(SEEN)
        os.kill(window.process.pid, signal.SIGKILL)
        window.process.wait()
    transcript = read_transcript(tmp_path / "r.yaml")
    said = {"chest": "no", "collapse": "no", "unwell": "no"}
    assert [getattr(turn, "lines", None) for turn in transcript.turns] == [said]
    assert play(transcript, pack).interview.state == "right_now"
