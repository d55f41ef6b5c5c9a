"""What a change of a pack does to people, shown on edited copies of the shipped pack."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree, rmtree

import pytest

from chatbot.case import Case
from chatbot.cli import main
from chatbot.packs.load import load_folder
from chatbot.replay import impact as measured
from chatbot.replay.corpus import Person, of_cases, of_single_facts
from chatbot.replay.impact import Crowd, Impact, impact
from chatbot.replay.report import data, lines
from chatbot.replay.versions import opened

SHIPPED = Path(__file__).parents[2] / "dialogs" / "low_back_pain"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the shipped pack to edit."""
    return Path(copytree(SHIPPED, tmp_path / "low_back_pain"))


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Away from the shipped conversations, which other tests play."""
    monkeypatch.chdir(tmp_path)


def edit(folder: Path, file: str, was: str, now: str, after: str = "") -> None:
    """Change the first place, or the first after some text, where a file says something."""
    path = folder / file
    text = path.read_text("utf-8")
    at = text.index(was, text.index(after))
    path.write_text(text[:at] + now + text[at + len(was) :], "utf-8")


@contextmanager
def changed(old: Path | str, new: Path | str, number: int = 200) -> Iterator[Impact]:
    """The impact of a change on the cases, the single facts and some random people."""
    with opened(str(old), str(new), "low_back_pain") as (before, after):
        people = [*of_cases(before.pack), *of_single_facts(before.pack)]
        yield impact(before, after, people, Crowd(number, 1, 1))


def test_a_lowered_rule_is_one_downgrade_with_its_rule_and_a_smallest_example(copy: Path) -> None:
    edit(copy, "rules.yaml", "level: emergency_now", "level: same_day", after="  CES-1:")
    with changed(SHIPPED, copy) as found:
        (cause,) = found.downgrades
        assert cause.rule == "CES-1"
        assert cause.people > 3
        assert cause.moves == {("level", "emergency_now", "same_day"): cause.people}
        assert cause.facts == {"saddle_sensation": "numb"} or len(cause.facts) <= 2
        assert (cause.example.before, "CES-1" in cause.example.after) == (("CES-1",), True)
        assert found.changes.rules == {"CES-1": "level emergency_now is now same_day"}
        assert (found.step, found.passes) == ("major", False)
        assert found.tally.matrix["emergency_now", "same_day"] == cause.people
        assert sum(found.tally.matrix.values()) == found.tally.people.total()


def test_a_swapped_threshold_is_caught_at_its_bound(copy: Path) -> None:
    edit(copy, "rules.yaml", "{at_least: {exam_pvr_ml: 200}}", "{at_least: {exam_pvr_ml: 400}}")
    with changed(SHIPPED, copy, number=0) as found:
        (cause,) = found.downgrades
        assert cause.rule == "CES-N1"
        assert "no longer tests exam_pvr_ml at least 200" in found.changes.rules["CES-N1"]


def test_a_dropped_policy_for_not_sure_is_caught(copy: Path) -> None:
    edit(copy, "facts.yaml", "not_sure_counts_as: [whole_spine]", "not_sure_counts_as: []")
    with changed(SHIPPED, copy, number=400) as found:
        assert found.downgrades
        assert found.changes.facts == {"pain_location": "not sure counted as whole_spine, now none"}
        assert any("is as it was, but no longer decides: pain_location: not sure" in line for line in lines(found))
        assert not found.passes


def test_not_sure_moved_to_the_least_step_is_caught(copy: Path) -> None:
    was = "steps: [normal, longstanding_unchanged, [unknown, prefer_not], altered, numb]"
    now = "steps: [[normal, unknown, prefer_not], longstanding_unchanged, altered, numb]"
    edit(copy, "facts.yaml", was, now)
    edit(copy, "terms.yaml", "{at_least: {saddle_sensation: unknown}}", "{at_least: {saddle_sensation: altered}}")
    with changed(SHIPPED, copy) as found:
        rules = {cause.rule for cause in found.downgrades}
        assert "CES-U1" in rules
        assert "no longer counts prefer_not, unknown" in found.changes.rules["CES-U1"]
        assert not found.passes


def test_a_change_of_names_and_layout_is_silent(copy: Path) -> None:
    for file in copy.rglob("*.yaml"):
        text = file.read_text("utf-8").replace("cauda_equina_change", "changes_down_below")
        file.write_text("# A comment that nobody needs.\n\n" + text, "utf-8")
    was, now = (
        "{term: ces_feature}, {term: timing_new_or_unknown}",
        "{term: timing_new_or_unknown}, {term: ces_feature}",
    )
    edit(copy, "rules.yaml", was, now)
    with changed(SHIPPED, copy) as found:
        assert found.old.pack.digest != found.new.pack.digest
        assert (found.downgrades, found.upgrades, found.tally.advice) == ((), (), {})
        assert not found.changes.any
        assert (found.step, found.passes) == ("nothing", True)
        assert not any(line.startswith(("level,", "rules", "texts", "questions")) for line in lines(found))


def test_the_other_way_round_it_is_an_upgrade_and_passes(copy: Path) -> None:
    edit(copy, "rules.yaml", "level: emergency_now", "level: same_day", after="  CES-1:")
    with changed(copy, SHIPPED) as found:
        assert found.downgrades == ()
        assert [cause.rule for cause in found.upgrades] == ["CES-1"]
        assert (found.step, found.passes) == ("major", True)


def test_a_downgrade_that_is_signed_by_digest_passes(copy: Path) -> None:
    edit(copy, "rules.yaml", "level: emergency_now", "level: same_day", after="  CES-1:")
    digest = load_folder(copy).digest
    review = f"reviewer: Dr A\n    role: GP\n    date: 2026-11-20\n    digest: {digest}\n    decision: approved"
    (copy / "review.yaml").write_text(f"reviews:\n  - {review}\n", "utf-8")
    with changed(SHIPPED, copy, number=0) as found:
        assert found.downgrades
        assert found.passes
        assert data(found)["signed"] is True


def test_words_and_works_that_people_read_are_a_minor_step(copy: Path) -> None:
    edit(copy, "rules.yaml", "cites: [S1-09, S1-14, S4-33, SRC-GIRFT]", "cites: [S1-09, S1-14, S4-33]")
    edit(copy, "claims.yaml", 'strength: "not graded in source"', 'strength: "strong"')
    edit(copy, "wording/en.yaml", "Kidney disease", "A disease of the kidneys")
    with changed(SHIPPED, copy, number=0) as found:
        assert found.changes.citations == ("S0-01: strength 'not graded in source' is now 'strong'",
                                           "CES-2: no longer cites SRC-GIRFT")  # fmt: skip
        assert found.changes.questions_changed == {"stomach_kidney_heart": "wording"}
        assert (found.step, found.passes) == ("minor", True)


def test_advice_is_counted_by_the_people_who_lose_it(copy: Path) -> None:
    edit(copy, "advice.yaml", "{at_least: {onset_days: 28}}", "{at_least: {onset_days: 60}}", after="  T-MAN:")
    with changed(SHIPPED, copy) as found:
        assert {name for name, _ in found.tally.advice} == {"T-MAN"}
        assert found.tally.advice["T-MAN", "lost"] > 0
        assert found.changes.advice == ("T-MAN: offered to others",)
        assert found.step == "minor"


def test_what_only_typed_words_understand_is_a_patch(copy: Path) -> None:
    edit(copy, "wording/en.yaml", "bad kidneys, ", "", after="  stomach_kidney_heart:")
    with changed(SHIPPED, copy, number=0) as found:
        assert found.changes.unseen == ("en.typed",)
        assert found.step == "patch"


def test_a_fact_that_one_version_does_not_have_is_told(copy: Path) -> None:
    edit(copy, "facts.yaml", "chickenpox,", "", after="  nsaid_risks:")
    edit(copy, "dialog.yaml", "          chickenpox: {nsaid_risks: chickenpox}\n", "")
    leaf = "- {includes: {nsaid_risks: [chickenpox]}}"
    for name, gone in (("advice.yaml", leaf), ("terms.yaml", leaf), ("wording/en.yaml", "chickenpox:")):
        text = (copy / name).read_text("utf-8").splitlines(keepends=True)
        (copy / name).write_text("".join(line for line in text if not line.lstrip().startswith(gone)), "utf-8")
    with changed(SHIPPED, copy, number=0) as found:
        assert found.tally.left_out["nsaid_risks (new)"] > 0
        assert any("nsaid_risks (new)" in line for line in lines(found))


def test_a_hostile_id_of_the_archive_does_nothing_in_the_lines(copy: Path) -> None:
    edit(copy, "rules.yaml", "level: emergency_now", "level: same_day", after="  CES-1:")
    with opened(str(SHIPPED), str(copy), "low_back_pain") as (old, new):
        case = Case.of_facts({"age_years": 40, "saddle_sensation": "numb"})
        one = Person("archive a\x1b[31m\n\u202e|b", "archive", case)
        found = impact(old, new, [one], Crowd(0, 1, 1))
    assert [line for line in lines(found) if not line.isprintable()] == []
    assert "    example (archive a |b): before CES-1" in "\n".join(lines(found))


def test_more_processes_give_the_same_report(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(copy, "rules.yaml", "level: emergency_now", "level: same_day", after="  CES-1:")
    with opened(str(SHIPPED), str(copy), "low_back_pain") as (old, new):
        one = data(impact(old, new, [], Crowd(60, 3, 1)))
        monkeypatch.setattr(measured, "WORTH_A_PROCESS", 1)
        monkeypatch.setattr(measured, "CHUNK", 20)
        assert data(impact(old, new, [], Crowd(60, 3, 2))) == one


def git(folder: Path, *words: str) -> None:
    """Run git in a folder, as nobody in particular."""
    who = ["-c", "user.name=A", "-c", "user.email=a@b.invalid", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *who, *words], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a pack, whose last commit lowers a rule."""
    home = tmp_path / "repository"
    pack = Path(copytree(SHIPPED, home / "dialogs" / "low_back_pain"))
    git(home, "init", "-q", "-b", "main")
    git(home, "add", ".")
    git(home, "commit", "-q", "-m", "one")
    git(home, "tag", "v1")
    edit(pack, "rules.yaml", "level: emergency_now", "level: same_day", after="  CES-1:")
    git(home, "commit", "-q", "-a", "-m", "two")
    return pack


def test_revisions_are_read_from_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened("HEAD~1", str(repository), "low_back_pain") as (old, new):
        assert old.pack.digest == load_folder(SHIPPED).digest
        assert new.pack.digest != old.pack.digest
        kept = old.folder
    assert not kept.exists()
    monkeypatch.chdir(repository.parents[1])
    with opened("v1:dialogs/low_back_pain", "main:dialogs/low_back_pain", "low_back_pain") as (old, new):
        assert old.pack.rulebook.rules[0].level > new.pack.rulebook.rules[0].level


def test_the_command_fails_on_a_downgrade_nobody_signed(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["impact", "v1", str(repository), "--random", "0", "--json"]) == 1
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert [cause["rule"] for cause in found["downgrades"]] == ["CES-1"]
    assert "nobody approved digest" in said.err


def test_the_command_passes_on_the_same_pack(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["impact", str(SHIPPED), str(SHIPPED), "--random", "8"]) == 0
    out = capsys.readouterr().out
    assert "downgrades: none" in out
    assert out.endswith("version step by effect: nothing\n")


@pytest.mark.parametrize(
    "name",
    [
        "nowhere",
        "no/such/folder",
        "HEAD~99999",
        "--output=x",
        "-x",
        "v1;true",
        "a b",
        "",
        "HEAD~99999:dialogs",
        "x" * 5000,
        "a\0b",
    ],
)
def test_what_is_no_version_is_one_line_and_wrong_use(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["impact", str(SHIPPED), "--random", "0", "--", name]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_pack_with_problems_is_one_line_and_wrong_use(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(copy, "rules.yaml", "level: emergency_now", "level: soon", after="  CES-1:")
    assert main(["impact", str(SHIPPED), str(copy), "--random", "0"]) == 2
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert "rules.yaml:" in said


def test_a_bad_line_of_an_archive_is_one_line_and_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = tmp_path / "cases.jsonl"
    archive.write_text('{"facts": {"age_years": 40}}\n{"facts": {"age_ye')
    assert main(["impact", str(SHIPPED), str(SHIPPED), "--random", "0", "--cases", str(archive)]) == 2
    assert f"{archive}:2: the line is not a JSON object" in capsys.readouterr().err
    rmtree(tmp_path, ignore_errors=True)
