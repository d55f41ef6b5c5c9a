"""A pack changes: only the transcripts that it concerns are changed, and only where it concerns them."""

import shutil
import subprocess
from pathlib import Path

import pytest

from chatbot.cli import main
from chatbot.packs.load import load_pack
from chatbot.packs.pack import Pack
from chatbot.replay.files import read_transcript
from chatbot.replay.play import play
from chatbot.replay.update import Update, updates

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "dialogs" / "low_back_pain"
TRANSCRIPTS = ROOT / "transcripts" / "low_back_pain"
WORDS = """    {audience}:
      ask: "Is the leg cold?"
      why: "To know."
      again: "Touch it. Is it cold?"
      options: {{"no": "No", "yes": "Yes, cold"}}
"""
FACT = "  leg_cold: {steps: [no, [unknown, prefer_not], yes], worse: rising, asked_if: {term: leg_symptoms}}\n"
UNREAD = "exemptions:\n" + "".join(
    f"  - {{what: unread.leg_cold.{value}, reason: For a test.}}\n" for value in ("unknown", "yes")
)
NUMB = """# A woman who has a leg that tingles.
pack: {pack}
country: gb
turns:
  # The first thing of all.
  - {{ask: right_now, say: "none of these"}}   # as she says it
  - ask: saddle_sensation
    say: 'all normal down there'

  - {{ask: bladder_function, say: "no change"}}
  - {{ask: bowel_function, pick: [normal]}}
  - {{ask: leg_symptom_side, pick: [left]}}
  # What it is in the leg.
  - {{ask: leg_weakness, say: "same strength as usual"}}
  - {{ask: leg_sensory_change, pick: [tingling]}}
  - {{ask: leg_symptom_extent, pick: [buttock_or_thigh]}}
  - {{ask: neuro_course, say: "about the same since last month"}}
  - {{ask: sexual_function_change, say: "no"}}
  - {{ask: balance_hands, lines: {{unsteady: no, cannot_walk: no, hand: no, hand_tingling: no, old_unsteadiness: no}}}}
  - {{ask: fever_chills, pick: [none]}}
  - stop  # here
expect:
  level: same_day  # as so often
  imaging: none
  decided_by: [INC-1]
  ended: stopped
"""


def changed(folder: Path, *changes: tuple[str, str, str]) -> Path:
    """A copy of the shipped pack with something in its files replaced."""
    pack = Path(shutil.copytree(SHIPPED, folder / "pack"))
    for name, before, after in changes:
        text = (pack / name).read_text(encoding="utf-8")
        assert text.count(before) >= 1, (name, before)
        (pack / name).write_text(text.replace(before, after, 1), encoding="utf-8")
    return pack


def with_question(folder: Path) -> Path:
    """The shipped pack with one question more, for those with symptoms in a leg."""
    texts = "  leg_cold:\n" + WORDS.format(audience="patient") + WORDS.format(audience="clinician")
    named = "  leg_cold: {patient: cold leg, clinician: cold leg}\n"
    return changed(
        folder,
        ("pack.yaml", "exemptions:\n", UNREAD),
        ("facts.yaml", "  fever_chills:\n", FACT + "  fever_chills:\n"),
        ("dialog.yaml", "      - fact: fever_chills\n", "      - fact: leg_cold\n      - fact: fever_chills\n"),
        ("wording/en.yaml", "  fever_chills:\n    patient:\n", texts + "  fever_chills:\n    patient:\n"),
        ("wording/en.yaml", "  fever_chills: {patient", named + "  fever_chills: {patient"),
    )


def found(pack: Pack, *paths: Path) -> dict[str, Update]:
    """What is to be changed, by file."""
    every = updates([str(path) for path in paths], lambda _: pack)
    return {Path(file).name: update for file, update in every if update is not None}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A transcript with comments, in several styles, with a pack of its own."""
    path = tmp_path / "tingles.yaml"
    path.write_text(NUMB.format(pack=tmp_path / "pack"), encoding="utf-8")
    return path


def test_a_new_question_concerns_only_those_who_are_asked_it(tmp_path: Path) -> None:
    """Their transcripts get its least worrying answer, marked; all others stay as they are."""
    pack = load_pack(str(with_question(tmp_path)))
    copies = Path(shutil.copytree(TRANSCRIPTS, tmp_path / "copies"))
    concerned = found(pack, copies)
    assert 5 <= len(concerned) < len(list(copies.glob("*.yaml"))) / 2
    for name, update in concerned.items():
        assert update.what == "new: leg_cold"
        new = [line for line in update.after.splitlines() if line not in update.before.splitlines()]
        assert new == ["  - {ask: leg_cold, pick: [no]}  # new question: check this answer"]
        (copies / name).write_text(update.after, encoding="utf-8")
        assert "leg_cold" in play(read_transcript(copies / name), pack).asked
    assert found(pack, copies) == {}


def test_comments_and_lines_that_need_no_change_stay_as_they_are(tmp_path: Path, file: Path) -> None:
    update = found(load_pack(str(with_question(tmp_path))), file)[file.name]
    line = "  - {ask: leg_cold, pick: [no]}  # new question: check this answer\n"
    assert update.after == update.before.replace("  - {ask: fever", line + "  - {ask: fever")


def test_a_question_no_longer_asked_and_what_comes_of_that(pack: Pack, tmp_path: Path, file: Path) -> None:
    """The turn goes, its comment stays, and the expectation is the new one."""
    text = file.read_text(encoding="utf-8").replace(str(tmp_path / "pack"), "low_back_pain")
    gone = "  # Gone?\n  - {ask: leg_cold, pick: [no]}\n  - {ask: fever"
    text = text.replace("  - {ask: fever", gone).replace("level: same_day", "level: self_care")
    file.write_text(text.replace("INC-1", "INC-9"), encoding="utf-8")
    update = found(pack, file)[file.name]
    assert update.what == "no longer asked: leg_cold; expected otherwise: level, decided_by"
    assert "  # Gone?\n  - {ask: fever" in update.after
    assert "  level: same_day\n" in update.after
    assert "  decided_by: [INC-1]\n" in update.after
    assert "  - stop  # here\n" in update.after


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_what_is_expected_is_replaced_line_by_line(pack: Pack, tmp_path: Path, end: str) -> None:
    """Line ends stay those of the file, and a last line without one is met."""
    text = "pack: low_back_pain\nturns:\n  - {ask: right_now, say: '2'}\nexpect:\n  level: self_care\n  imaging: none"
    file = tmp_path / "faint.yaml"
    file.write_bytes((text.replace("\n", end or "\n") + end).encode())
    update = found(pack, file)["faint.yaml"]
    assert update.after == update.before.rstrip("\r\n").replace("self_care", "emergency_now") + (end or "\n")
    assert update.what == "expected otherwise: level"
    assert update.fault == ""


def test_an_option_or_line_that_is_gone_and_a_new_line(pack: Pack, tmp_path: Path) -> None:
    """A list that was gone through is gone through; a choice that is gone is asked for."""
    lines = "{chest: no, collapse: no, unwell: no, gone: no}"
    text = (
        f"pack: low_back_pain\nturns:\n  - {{ask: right_now, lines: {lines}}}\n"
        "  - {ask: saddle_sensation, pick: [gone]}\n  - {ask: bladder_function, pick: [normal]}\n  - stop\n"
    )
    file = tmp_path / "gone.yaml"
    file.write_text(text, encoding="utf-8")
    update = found(pack, file)["gone.yaml"]
    assert update.fault == ""
    assert "testicle: no}}  # changed: check this answer\n" in update.after
    assert "  - {ask: saddle_sensation, pick: [normal]}  # new question: check this answer\n" in update.after
    assert "gone" not in update.after


def test_words_no_longer_understood_are_marked(pack: Pack, tmp_path: Path) -> None:
    text = (
        "pack: low_back_pain\nturns:\n  - {ask: right_now, say: 'blah blah'}\n  - {ask: saddle_sensation, say: '1'}\n"
    )
    file = tmp_path / "words.yaml"
    file.write_text(text, encoding="utf-8")
    after = found(pack, file)["words.yaml"].after
    assert 'say: "blah blah", unclear: true}  # no longer understood: check this answer' in after
    assert "lines: {chest: no, " in after


def test_turns_that_share_a_line_are_left_to_their_author(pack: Pack, tmp_path: Path) -> None:
    file = tmp_path / "row.yaml"
    file.write_text("pack: low_back_pain\nturns: [{ask: trauma, say: no}, stop]\nexpect: {ended: complete}\n")
    update = found(pack, file)["row.yaml"]
    assert "by hand" in update.fault
    assert update.patch() == ""


@pytest.mark.skipif(not shutil.which("patch") and not shutil.which("git"), reason="there is no tool that patches")
def test_the_patch_can_be_applied(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the tools that people have; afterwards there is nothing left to change."""
    with_question(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(["replay", "--update", file.name]) == 1
    said = capsys.readouterr()
    assert said.err == "triage: tingles.yaml: new: leg_cold\ntriage: 1 of 1 transcripts are to be changed\n"
    tool = ["patch", "-p0", "-s"] if shutil.which("patch") else ["git", "apply", "-p0"]
    subprocess.run(tool, input=said.out, text=True, check=True)
    assert main(["replay", "--update", file.name]) == 0
    assert capsys.readouterr().out == ""
    assert main(["replay", file.name]) == 0


def test_it_can_be_written_at_once(tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with_question(tmp_path)
    assert main(["replay", "--update", "--write", str(file)]) == 1
    assert capsys.readouterr().out == ""
    assert "leg_cold" in file.read_text(encoding="utf-8")
    assert main(["replay", "--update", str(file)]) == 0
