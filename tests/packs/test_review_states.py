"""Who decided what about exactly these bytes: the states of content, and commands that refuse what is not approved."""

import io
import json
from datetime import date
from pathlib import Path

import pytest
import yaml

from chatbot.cli import main
from chatbot.errors import PackError
from chatbot.export.summary_blocks import markdown
from chatbot.packs.load import load_folder
from chatbot.packs.pack import digest
from chatbot.packs.review import DECISIONS, STATES
from chatbot.recommendation.recommend import recommend
from chatbot.service.results import result_of, summary_of
from tests.support.copies import ANKLE

BEFORE, AFTER = date(2026, 6, 30), date(2026, 7, 2)  # the ankle's next review is on 2026-07-01
FACTS = b'{"facts": {"age_years": 30, "standing": "easily"}}\n'


def sign(folder: Path, *decisions: str, **changes: str) -> None:
    """Write these decisions on the pack as it is now, one a day."""
    reviews = [
        {
            "reviewer": "A. Tester",
            "role": "test reviewer",
            "date": f"2026-03-{day:02}",
            "digest": digest(folder),
            "decision": decision,
            **changes,
        }
        for day, decision in enumerate(decisions, start=1)
    ]
    (folder / "review.yaml").write_text(yaml.safe_dump({"reviews": reviews}, default_style='"'))


@pytest.mark.parametrize("decision", DECISIONS)
def test_the_status_is_the_decision_on_this_digest(ankle: Path, decision: str) -> None:
    sign(ankle, decision)
    assert load_folder(ankle).status == decision


@pytest.mark.parametrize(
    ("decisions", "status"),
    [
        (("approved", "rejected"), "rejected"),
        (("rejected", "approved"), "approved"),
        (("approved", "superseded"), "superseded"),
        (("under_review", "approved", "retired"), "retired"),
    ],
)
def test_the_last_decision_counts(ankle: Path, decisions: tuple[str, ...], status: str) -> None:
    sign(ankle, *decisions)
    assert load_folder(ankle).status == status


@pytest.mark.parametrize("decision", DECISIONS)
def test_any_changed_byte_makes_it_submitted_again_everywhere(ankle: Path, decision: str) -> None:
    sign(ankle, decision)
    with (ankle / "wording" / "en.yaml").open("a") as handle:
        handle.write("# a remark\n")
    pack = load_folder(ankle)
    found = recommend(pack.rulebook, pack.cases[0].case)
    said = "Content status: submitted. No clinician has approved it."
    assert pack.status == result_of(pack, found)["status"] == "submitted"
    assert summary_of(pack, found).status == said
    assert said in markdown(summary_of(pack, found), pack.wording())
    assert pack.reviews[0].decision == decision


def test_every_state_has_words_of_its_own(ankle: Path) -> None:
    words = load_folder(ankle).wording()
    said = [words.say(f"status_{state}") for state in (*STATES, "expired")]
    assert len(set(said)) == len(said)
    assert [text for text in said if "approved by" in text] == [words.say("status_approved")]


def test_a_text_for_a_state_that_is_missing_is_a_problem(ankle: Path) -> None:
    path = ankle / "wording" / "en.yaml"
    path.write_text(path.read_text().replace("  status_retired:", "  status_gone:"))
    with pytest.raises(PackError) as found:
        load_folder(ankle)
    assert "'ui' needs the key 'status_retired'" in str(found.value)


def test_an_approval_expires_on_the_day_after_its_review_is_due(ankle: Path) -> None:
    sign(ankle, "approved")
    pack = load_folder(ankle)
    assert (pack.status_on(BEFORE), pack.status_on(AFTER)) == ("approved", "expired")
    assert pack.statuses(BEFORE) == ("status_approved",)
    assert pack.statuses(AFTER) == ("status_approved", "status_expired")


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"date": "20260301"}, "V001"), ({"digest": "abc"}, "V002"), ({"decision": "maybe"}, "P006")],
)
def test_a_review_that_cannot_be_read_one_way_is_a_problem(ankle: Path, changes: dict[str, str], code: str) -> None:
    sign(ankle, "approved", **changes)
    with pytest.raises(PackError) as found:
        load_folder(ankle)
    assert {problem.code for problem in found.value.problems} == {code}


def test_reviews_stand_in_the_order_of_their_dates(ankle: Path) -> None:
    sign(ankle, "approved", "rejected")
    path = ankle / "review.yaml"
    path.write_text(path.read_text().replace("2026-03-02", "2026-02-28"))
    with pytest.raises(PackError) as found:
        load_folder(ankle)
    assert [(problem.code, Path(problem.file).name) for problem in found.value.problems] == [("V003", "review.yaml")]


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> date:
    """A day on which the ankle's review is not yet due."""
    monkeypatch.setattr("chatbot.cli.common.today", lambda: BEFORE)
    return BEFORE


def feed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Facts on stdin."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(FACTS)))


@pytest.mark.parametrize("command", [["recommend", "--pack"], ["simulate", "--pack"], ["interview", "--plain"]])
@pytest.mark.parametrize("decision", ["", "rejected", "under_review", "superseded", "retired"])
def test_what_is_not_approved_is_refused_in_one_line(
    command: list[str], decision: str, ankle: Path, day: date, capsys: pytest.CaptureFixture[str]
) -> None:
    assert day < AFTER
    if decision:
        sign(ankle, decision)
    assert main([*command, str(ankle), "--require-approved"]) == 2
    out, err = capsys.readouterr()
    shown = (decision or "submitted").replace("_", " ")
    assert out == ""
    assert err == (
        f"triage: the content of 'ankle_injury' is {shown}; --require-approved lets only approved content through\n"
    )


@pytest.mark.parametrize("command", ["recommend", "simulate"])
def test_what_is_approved_goes_through(
    command: str, ankle: Path, day: date, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert day < AFTER
    sign(ankle, "approved")
    feed(monkeypatch)
    assert main([command, "--pack", str(ankle), "--require-approved", "--json"]) == 0
    out, err = capsys.readouterr()
    assert (json.loads(out)["status"], err) == ("approved", "")


def test_an_approval_past_its_date_is_refused(
    ankle: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sign(ankle, "approved")
    monkeypatch.setattr("chatbot.cli.common.today", lambda: AFTER)
    assert main(["recommend", "--pack", str(ankle), "--require-approved"]) == 2
    assert "past its review date 2026-07-01" in capsys.readouterr().err


def test_the_test_pack_is_signed_by_nobody() -> None:
    assert load_folder(ANKLE).reviews == ()
