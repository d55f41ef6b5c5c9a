"""A transcript played in lines shows what the shell in lines shows, and what was said."""

import re
from pathlib import Path

import pytest

from chatbot.cli import main
from chatbot.interview.transcript import Exchange, Transcript
from chatbot.packs.load import load_pack
from chatbot.packs.pack import Pack
from chatbot.plain.lines import Page
from chatbot.plain.playback import play_in_lines
from chatbot.plain.talk import Talk
from chatbot.replay.files import read_transcript
from chatbot.replay.play import DifferenceError

SHIPPED = sorted(Path("transcripts").rglob("*.yaml"))
# Every eighth, and each in which something else is done than to answer.
CONVERSATIONS = [
    file
    for place, file in enumerate(file for file in SHIPPED if "vignettes" not in file.parts)
    if place % 8 == 0 or re.search("change:|jump|raises|unclear|at_once|kept|- [a-z]+$", file.read_text("utf-8"), re.M)
]
SPOKEN = "transcripts/low_back_pain/back_and_correct.yaml"


def shown(transcript: Transcript, pack: Pack) -> str:
    """What is written of a transcript."""
    lines: list[str] = []
    play_in_lines(transcript, pack, Page(str, lines.append, 72))
    return "".join(lines)


@pytest.mark.parametrize("file", CONVERSATIONS, ids=lambda file: file.stem)
def test_every_transcript_is_shown_with_all_that_was_said(file: Path) -> None:
    """Played as without being shown; every word of the person stands after a prompt, and an end behind them."""
    transcript = read_transcript(file)
    pack = load_pack(transcript.pack)
    lines: list[str] = []
    played = play_in_lines(transcript, pack, Page(str, lines.append, 72))
    text = "".join(lines)
    words = " ".join(text.split())
    for turn in transcript.turns:
        if isinstance(turn, Exchange) and turn.say:
            assert f"> {' '.join(turn.say.split())}" in words
    assert text.count("\nQuestion: ") >= len(set(played.asked))
    assert words.endswith("[1]") or "Your summary" in words or "What now?" in words


def test_what_is_shown_is_what_the_shell_showed(pack: Pack) -> None:
    """Line by line, but for what was typed, which a terminal shows by itself."""
    transcript = read_transcript(Path(SPOKEN))
    turns: list[Exchange | str] = []
    typed: list[str] = []
    for turn in transcript.turns:
        question = pack.dialog.questions.get(turn.ask) if isinstance(turn, Exchange) else None
        if isinstance(turn, Exchange) and question is not None and question.kind == "lines":
            lines = [item.id for item in question.items]
            turns.append(Exchange(ask=turn.ask, lines=dict.fromkeys(lines, "no")))
            typed += ["no"] * len(lines)
        elif isinstance(turn, (Exchange, str)):
            turns.append(turn)
            typed.append(turn if isinstance(turn, str) else turn.say)
    written: list[str] = []

    def read(_: str) -> str:
        if "Is that right?" in "".join(written[-4:]):
            return "yes"
        if "Check your answers" in "".join(written[-80:]) and not typed:
            typed.append("yes")
        if not typed:
            raise EOFError
        return typed.pop(0)

    Talk(pack, Page(read, written.append, 72), "en", transcript.country, transcript.clock).run("patient")
    told = shown(transcript.model_copy(update={"turns": tuple(turns)}), pack).split("\n")
    unsaid = [line for line in told if not line.startswith("> ")]
    assert unsaid[:-1] == "".join(written).split("\n")[: len(unsaid) - 1]


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A transcript that leaves its script at the third turn."""
    file = tmp_path / "wrong.yaml"
    text = Path(SPOKEN).read_text(encoding="utf-8")
    file.write_text(text.replace('  - {ask: bladder_function, say: "nope"}\n', ""), encoding="utf-8")
    return file


def test_a_difference_is_said_after_what_went_as_written(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", str(wrong), "--show"]) == 1
    out = capsys.readouterr().out
    assert "Do your genitals, or" in out
    assert f"FAILED {wrong}: exchange 5: expected question bowel_function, got bladder_function" in out
    with pytest.raises(DifferenceError):
        play_in_lines(read_transcript(wrong), load_pack("low_back_pain"), Page(str, lambda _: None, 72))


@pytest.mark.parametrize("other", ["--json", "--update"])
def test_it_is_for_people(other: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", SPOKEN, "--show", other]) == 2
    assert "--show writes conversations for people" in capsys.readouterr().err


def test_words_that_act_on_a_terminal_are_shown_without_it(pack: Pack) -> None:
    """What was said is not trusted more in a file than from a keyboard."""
    transcript = read_transcript(Path(SPOKEN))
    turns = (Exchange(ask="right_now", say="\x1b[2Jhuh \u202e no \x07", unclear=True), *transcript.turns)
    text = shown(transcript.model_copy(update={"turns": turns}), pack)
    assert "> huh" in text
    assert not set("\x1b\x07\u202e") & set(text)
