"""A new pack is small, whole and passing; every ending of its interview can be reached."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from chatbot.case import Span
from chatbot.cli import main
from chatbot.errors import InputError
from chatbot.interview.interview import Interview
from chatbot.packs.check_cases import check_cases
from chatbot.packs.load import load_folder
from chatbot.packs.new import Made, new_pack
from chatbot.packs.pack import Pack
from chatbot.recommendation.rulebook import EMERGENCY, SELF_CARE
from chatbot.service.results import summary_of

DAY = date(2028, 2, 29)
NOTHING = {"breathing": "no", "collapse": "no"}


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A new pack in a folder of its own."""
    return new_pack("sore_throat", tmp_path, DAY)


@pytest.fixture
def pack(made: Made) -> Pack:
    """The same, loaded."""
    return load_folder(made.pack)


def asked(pack: Pack) -> Interview:
    """An interview whose emergency checks were answered by a well adult."""
    return pack.plan.begin().tick(NOTHING).say(Span(40, 40))  # type: ignore[arg-type] # replies


def test_it_is_small_and_has_one_of_each_thing(pack: Pack) -> None:
    book = pack.rulebook
    assert len(pack.dialog.questions) < 10
    assert any(rule.level == EMERGENCY for rule in book.rules)
    assert pack.dialog.parts[0].block
    assert {item.kind for item in book.advice} >= {"activity", "medicine", "follow_up", "safety_net"}
    assert book.library.claims
    assert book.library.conflicts
    assert pack.exemptions


def test_it_says_that_it_is_an_example_nobody_reviewed(pack: Pack) -> None:
    assert (pack.id, pack.title, pack.status) == ("sore_throat", "Sore throat (example, not reviewed)", "submitted")
    assert all(claim.says.startswith("Example by this project.") for claim in pack.rulebook.library.claims.values())
    assert (pack.effective, pack.next_review) == ("2028-02-29", "2029-02-28")


def test_its_cases_come_out_and_every_rule_has_a_pair(pack: Pack) -> None:
    assert check_cases(pack.cases, pack.rulebook) == ()


def test_every_file_begins_with_what_it_is_for(made: Made) -> None:
    for path in (*made.pack.rglob("*.yaml"), *made.transcripts.rglob("*.yaml")):
        assert path.read_text(encoding="utf-8").startswith("# "), path
        assert "@" not in path.read_text(encoding="utf-8"), path


def test_the_commands_take_it_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", "sore_throat"]) == 0
    assert main(["check", "dialogs/sore_throat"]) == 0
    assert main(["replay", "transcripts/sore_throat"]) == 0
    said = capsys.readouterr()
    assert "10 passed, 0 failed" in said.out
    assert "triage: triage coverage dialogs/sore_throat\n" in said.err
    assert "triage: triage preview dialogs/sore_throat" in said.err


def test_the_hint_for_coverage_names_conversations_that_are_elsewhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "sore_throat", "--dir", tmp_path.as_posix()]) == 0
    pack, transcripts = tmp_path / "dialogs/sore_throat", tmp_path / "transcripts/sore_throat"
    hint = f"triage coverage {pack.as_posix()} --transcripts {transcripts.as_posix()}\n"
    assert hint in capsys.readouterr().err


def test_its_conversations_and_cases_meet_all_that_can_happen(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", made.transcripts.as_posix()]) == 0
    capsys.readouterr()
    assert main(["coverage", made.pack.as_posix(), "--transcripts", made.transcripts.as_posix()]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "sore_throat: nothing is missing"


def test_a_well_adult_is_looked_after_at_home(pack: Pack) -> None:
    at = asked(pack).say("mild").say(Span(3, 3)).say(frozenset())
    assert at.state == "check_answers"
    at = at.confirm()
    assert (at.state, at.recommendation.level) == ("complete", SELF_CARE)
    summary = summary_of(pack, at.recommendation)
    assert all(sentence.cites for sentence in summary.sentences)


def test_an_emergency_interrupts(pack: Pack) -> None:
    at = pack.plan.begin().tick({"breathing": "yes", "collapse": "no"})
    assert (at.state, at.recommendation.level) == ("emergency", EMERGENCY)


def test_a_child_leaves(pack: Pack) -> None:
    at = pack.plan.begin().tick(NOTHING).say(Span(9, 9))  # type: ignore[arg-type] # replies
    assert at.state == "out_of_scope"


def test_it_can_be_stopped(pack: Pack) -> None:
    assert asked(pack).stop().state == "stopped"


def test_what_lasts_is_asked_about_further(pack: Pack) -> None:
    at = asked(pack).say("mild").say(Span(20, 20))
    assert at.state == "getting_worse"


@pytest.mark.parametrize("name", ["", "Sore", "9lives", "a-b", "../up", "a/b", "a b", "x" * 61, "caf\u00e9"])
def test_a_name_that_cannot_be_an_id_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no name for a pack"):
        new_pack(name, tmp_path, DAY)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["dialogs/sore_throat", "transcripts/sore_throat"])
def test_nothing_is_written_over_what_is_there(place: str, tmp_path: Path) -> None:
    mine = tmp_path / place / "mine.yaml"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    with pytest.raises(InputError, match="is there already"):
        new_pack("sore_throat", tmp_path, DAY)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [mine]


def test_a_folder_that_cannot_be_written_is_one_plain_sentence(tmp_path: Path) -> None:
    (tmp_path / "dialogs").write_text("a file")
    with pytest.raises(InputError, match="cannot write"):
        new_pack("sore_throat", tmp_path, DAY)


def test_every_text_of_a_new_pack_is_quoted_so_that_no_comment_can_cut_one_short(tmp_path: Path) -> None:
    made = new_pack("sore_toe", tmp_path, date(2026, 3, 2))
    for file in sorted(made.pack.rglob("*.yaml")):
        found = [
            event.value
            for event in yaml.parse(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            if isinstance(event, yaml.ScalarEvent) and not event.style and " " in event.value
        ]
        assert found == [], file.name
