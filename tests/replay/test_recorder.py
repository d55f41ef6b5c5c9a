"""Transcripts as files: what is written is read as it was meant, and a recording is there whatever happens."""

import stat
import sys
from datetime import date
from pathlib import Path

import pytest

from chatbot.case import WHOM
from chatbot.errors import InputError
from chatbot.interview.conversation import Conversation, begin
from chatbot.interview.parse_given import parse_typed
from chatbot.interview.reading.parse_answer import ParsedAnswer
from chatbot.interview.to_transcript import transcript_of
from chatbot.interview.transcript import ChangeTurn, Exchange, Expect, JumpTurn, Transcript
from chatbot.packs import strict_yaml
from chatbot.packs.pack import Pack
from chatbot.replay.files import read_transcript
from chatbot.replay.play import play
from chatbot.replay.record import Recorder, yaml_of

TODAY = date(2026, 3, 2)
SHIPPED = sorted((Path(__file__).parents[2] / "transcripts" / "low_back_pain").glob("*.yaml"))
HOSTILE = (
    'he said: "no", {a: b} [c] # d', "- x: y", "%TAG ! x", "&a *b !c", "'", "\\", "\\n", "{", "}", "'", "null", "true",
    "012", "1e5", "2026-01-01", "~", "=", "<<", "? x", "| y", "> z", "---", "...", "@x", "`", "ÄÖ 漢字 العربية", "🤷🏽",
    "x" * 2000, "a: " * 600, " ", "",
)  # fmt: skip


def read(text: str) -> Transcript:
    """What a file says."""
    document, problems = strict_yaml.parse(text, "x.yaml")
    assert problems == ()
    assert document is not None
    return Transcript.model_validate(document.data)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_is_read_as_it_was_written(text: str) -> None:
    transcript = Transcript(
        pack="p",
        about=text,
        turns=(
            Exchange(ask="q", say=text),
            Exchange(ask=text or "q", pick=(text, "*none"), again=True),
            Exchange(ask="q", lines={text[:500] or "q": "no"}, left=True, kept=True),
            ChangeTurn(change="q", say=text),
            ChangeTurn(change="q"),
            JumpTurn(jump=text),
            "back",
        ),
        expect=Expect(level="same_day", decided_by=(), fires=("INC-1",)),
    )
    assert read(yaml_of(transcript)) == transcript
    assert yaml_of(transcript).count("\n  - ") == len(transcript.turns)


def test_whom_a_carer_answers_for_stands_in_the_file_unless_it_is_them() -> None:
    told = {whom: Transcript(pack="p", who="carer", whom=whom, turns=("back",)) for whom in WHOM}
    assert all(read(yaml_of(transcript)) == transcript for transcript in told.values())
    assert yaml_of(told["her"]).startswith("pack: p\nwho: carer\nwhom: her\n")
    assert "whom" not in yaml_of(told["them"])


@pytest.mark.parametrize(
    "typed",
    ["no\x1b[2J\x00\x07", "\u202eno\u202c", "n\u200bo", "no\u2028\x85", "\ufeffno\ufffe", "no\ud800", "no\u2065"],
)
def test_what_nobody_can_see_is_left_out_of_a_recording(pack: Pack, typed: str) -> None:
    """A file holds nothing that acts on a terminal or hides what it says."""
    at = begin(pack.plan, pack.wording(), "nurse", "gb", TODAY).jump("fever_chills")
    assert at.asked is not None
    found = parse_typed(at, at.asked, typed)
    if not isinstance(found, ParsedAnswer):
        found = parse_typed(at, at.asked, "no")
    assert isinstance(found, ParsedAnswer)
    transcript = transcript_of(
        at.answer(ParsedAnswer(found.answer.model_copy(update={"said": typed}))), "low_back_pain"
    )
    assert transcript is not None
    assert read(yaml_of(transcript)) == transcript
    assert play(transcript, pack).interview.rule_state.values["fever_chills"] == "none"


def test_the_shipped_transcripts_are_written_in_their_own_style() -> None:
    """Line by line as their authors wrote them."""
    assert SHIPPED
    for file in SHIPPED:
        text = file.read_text(encoding="utf-8")
        assert read(yaml_of(read_transcript(file))) == read_transcript(file)
        own = [line for line in text.split("\n") if line.startswith("  - ")]
        assert [line for line in yaml_of(read_transcript(file)).split("\n") if line.startswith("  - ")] == own


@pytest.fixture
def at(pack: Pack) -> Conversation:
    """A conversation with something said."""
    return begin(pack.plan, pack.wording(), "patient", "gb", TODAY).reply("chest", "no")


def test_every_step_is_in_the_file(at: Conversation, tmp_path: Path, pack: Pack) -> None:
    """The file replays at any time, is the owner's alone, and nothing else is left beside it."""
    recorder = Recorder(tmp_path / "r.yaml", "low_back_pain")
    for step in (at, at.reply("collapse", "no"), at.stop()):
        assert recorder.take(step)
        assert play(read_transcript(recorder.path), pack).interview.state == step.state
        assert stat.S_IMODE(recorder.path.stat().st_mode) == 0o600
        assert list(tmp_path.iterdir()) == [recorder.path]


def test_starting_again_empties_the_file(at: Conversation, tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "r.yaml", "low_back_pain")
    assert recorder.take(at)
    assert recorder.take(None)
    assert recorder.path.read_bytes() == b""


def test_an_empty_file_may_be_there_already(tmp_path: Path) -> None:
    (tmp_path / "r.yaml").touch()
    Recorder(tmp_path / "r.yaml", "low_back_pain")


def test_nothing_that_is_there_is_written_over(tmp_path: Path) -> None:
    """Neither a file, nor through a link, nor a folder."""
    full, link, broken = tmp_path / "full.yaml", tmp_path / "link.yaml", tmp_path / "broken.yaml"
    full.write_text("mine")
    empty = tmp_path / "empty"
    empty.touch()
    link.symlink_to(empty)
    broken.symlink_to(tmp_path / "nowhere")
    for path in (full, link, broken, tmp_path):
        with pytest.raises(InputError, match="cannot record in"):
            Recorder(path, "low_back_pain")
    assert full.read_text() == "mine"


@pytest.mark.parametrize("name", ["nowhere/r.yaml", "full.yaml/r.yaml", "x" * 300, "a\0b"])
def test_a_place_that_cannot_be_written_is_refused_at_once(tmp_path: Path, name: str) -> None:
    (tmp_path / "full.yaml").write_text("mine")
    with pytest.raises(InputError, match="cannot record in"):
        Recorder(tmp_path / name, "low_back_pain")


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be moved there")
def test_a_write_that_fails_is_told_once_and_tried_again(at: Conversation, tmp_path: Path) -> None:
    """The interview goes on; what was written before stays whole."""
    folder = tmp_path / "there"
    folder.mkdir()
    recorder = Recorder(folder / "r.yaml", "low_back_pain")
    assert recorder.take(at)
    folder.rename(tmp_path / "gone")
    assert [recorder.take(at.reply("collapse", "no")), recorder.take(at.stop())] == [False, True]
    assert recorder.failed
    (tmp_path / "gone").rename(folder)
    assert "chest" in recorder.path.read_text()
    assert recorder.take(at.stop())
    assert not recorder.failed
    assert "stop" in recorder.path.read_text()
