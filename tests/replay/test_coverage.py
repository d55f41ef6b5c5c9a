"""Coverage: what counts as met, what is missing, and what cannot happen and why."""

import json
import shutil
from pathlib import Path

import pytest

from chatbot.cli import main
from chatbot.packs.load import load_folder
from chatbot.packs.pack import Pack
from chatbot.replay.coverage import Coverage
from chatbot.replay.exercise import exercise

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "transcripts" / "low_back_pain"
STORIES = ROOT / "transcripts" / "vignettes" / "low_back_pain"
ANKLE = ROOT / "tests" / "packs" / "ankle_injury"


@pytest.fixture(scope="module")
def full(pack: Pack) -> Coverage:
    """The coverage of the shipped pack by all that is shipped with it."""
    return exercise(pack, [str(SCRIPTS)], [str(STORIES)])


def test_the_shipped_pack_leaves_nothing_out(full: Coverage) -> None:
    assert {group.name: group.missing for group in full.groups.values() if group.missing} == {}


def test_the_wanted_ids_come_from_the_pack(full: Coverage, pack: Pack) -> None:
    assert full.groups["questions asked"].wanted == tuple(pack.dialog.questions)
    assert full.groups["rules fired"].wanted == tuple(rule.id for rule in pack.rulebook.rules)
    assert "age_years at_least 65: exactly" in full.groups["numbers"].wanted
    answers = full.groups["answers chosen"].wanted
    assert {"right_now: stroke", "right_now: not stroke", "right_now: not sure about stroke"} <= set(answers)
    assert {"age_years: group 12", "sex_at_birth: not sure", "spa_features: not psoriasis"} <= set(answers)
    assert {"medicines: none of these", "medicines: not sure about some"} <= set(answers)


def test_only_what_has_a_reason_cannot_happen(full: Coverage) -> None:
    impossible = {name: why for group in full.groups.values() for name, why in group.impossible.items()}
    assert "SN-CHEST" in impossible
    assert all(impossible.values())


def test_the_cases_alone_ask_nothing_and_leave_much_out(pack: Pack) -> None:
    found = exercise(pack, [], [])
    assert not found.groups["questions asked"].met
    assert not found.groups["endings"].met
    assert found.groups["rules fired"].missing == ()
    assert found.missing > 500


def test_one_conversation_counts_for_what_was_said_in_it(pack: Pack) -> None:
    found = exercise(pack, [str(SCRIPTS / "numb_when_wiping_since_when_not_known.yaml")], [])
    answers = found.groups["answers chosen"].met
    assert "saddle_sensation: numb" in answers
    assert "cauda_symptom_timing: not sure" in answers
    assert "cauda_symptom_timing: worse" not in answers
    assert list(found.groups["endings"].met) == ["emergency"]
    assert list(found.groups["roles"].met) == ["patient"]


def test_a_first_answer_counts_though_the_second_asking_replaces_it(pack: Pack) -> None:
    """Age is never unknown at the end, and "not sure" was still chosen."""
    found = exercise(pack, [str(SCRIPTS / "age_as_a_band.yaml")], [])
    assert {"age_years: not sure", "age_years: group 12"} <= set(found.groups["answers chosen"].met)


def test_advice_for_other_readers_counts_for_nothing(pack: Pack) -> None:
    """A patient at home in no country is shown nothing that is for clinicians in the US."""
    found = exercise(pack, [], [])
    assert "M-CYCLOBENZAPRINE" in found.groups["advice shown"].missing


def test_a_side_of_a_disagreement_that_nothing_cites_cannot_be_met(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(ROOT / "dialogs" / "low_back_pain", tmp_path / "low_back_pain"))
    advice = copy / "advice.yaml"
    advice.write_text(advice.read_text("utf-8").replace("cites: [S1-25, GK]", "cites: [GK]"), "utf-8")
    claims = copy / "claims.yaml"
    text = claims.read_text("utf-8")
    at = text.index("\n    source:", text.index("  S1-25:"))
    claims.write_text(text[:at] + '\n    not_encoded: "nothing uses it in this test"' + text[at:], "utf-8")
    never = Coverage(load_folder(copy)).groups["disagreements"].impossible
    assert "no rule or advice cites S1-25" in never["C-34 one side"]


def test_another_pack_is_measured_by_its_own_content() -> None:
    found = exercise(load_folder(ANKLE), [], [])
    assert found.groups["questions asked"].missing
    assert set(found.groups) >= {"rules fired", "advice shown", "countries"}


def test_the_command_says_what_is_missing_and_fails(
    pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["coverage"]) == 1
    out = capsys.readouterr().out
    assert f"questions asked: 0 of {len(pack.dialog.questions)}" in out
    assert "  missing: saddle_sensation" in out
    assert "%" not in out


def test_the_command_as_data_names_who_met_each_first(capsys: pytest.CaptureFixture[str]) -> None:
    script = str(SCRIPTS / "numb_when_wiping_since_when_not_known.yaml")
    assert main(["coverage", "--json", "--transcripts", script, "--vignettes", str(STORIES / "benign.yaml")]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["groups"]["questions asked"]["met"]["cauda_symptom_timing"].startswith("transcript numb_when_wiping")
    assert found["missing"] == sum(len(group["missing"]) for group in found["groups"].values())


@pytest.mark.parametrize("words", [["--transcripts", "nowhere"], ["--vignettes", "nowhere"], ["no_such_pack"]])
def test_what_is_not_there_is_wrong_use(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage", *words]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_conversations_of_another_pack_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage", str(ANKLE), "--transcripts", str(SCRIPTS)]) == 2
    assert "this is of pack 'low_back_pain'" in capsys.readouterr().err
