"""A second complaint is a folder: no Python is written for it, and everything runs."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from chatbot.case import Case, Span
from chatbot.packs.check_cases import check_cases
from chatbot.packs.load import load_folder, load_pack
from chatbot.packs.pack import Pack
from chatbot.recommendation.citation_text import statement
from chatbot.recommendation.output import MedicineOut
from chatbot.recommendation.recommend import AdviceState, recommend
from chatbot.recommendation.rulebook import EMERGENCY, SAME_DAY
from chatbot.service.results import Options, recommend_lines, simulate_lines, summary_of
from tests.support.copies import ANKLE, problems_of

ROOT = Path(__file__).parents[2]
WELL = {
    "foot_colour": "normal", "bone_showing": "no", "age_years": 30, "standing": "easily", "tender_places": [],
    "injury_days": 3, "blood_thinner": "none", "stomach_risks": [],
}  # fmt: skip


@pytest.fixture
def pack(ankle: Path) -> Pack:
    """The second complaint, loaded by the path of a copy somewhere else."""
    return load_pack(str(ankle))


def talk(folder: Path, said: list[str], *options: str) -> str:
    """What the line mode writes when these lines are typed, run from the folder in which the pack lies."""
    done = subprocess.run(
        [sys.executable, "-m", "chatbot", "interview", folder.name, "--plain", *options],
        input="\n".join(said) + "\n",
        capture_output=True,
        text=True,
        cwd=folder.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=120,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 0
    return done.stdout


def test_it_is_a_folder_of_yaml_and_nothing_else() -> None:
    assert {path.suffix for path in ANKLE.rglob("*") if path.is_file()} == {".yaml"}


def test_it_loads_without_a_problem_and_its_cases_come_out(ankle: Path) -> None:
    assert problems_of(ankle) == ()
    pack = load_folder(ankle)
    assert check_cases(pack.cases, pack.rulebook) == ()


def test_it_has_one_of_each_thing_a_pack_can_have(pack: Pack) -> None:
    questions, book = pack.dialog.questions.values(), pack.rulebook
    assert {question.kind for question in questions} == {"one", "many", "number", "lines", "ticks"}
    assert any(fact.nurse_only for fact in book.facts.values())
    assert any(item.countries == ("nz",) for item in book.advice)
    assert {item.kind for item in book.advice} >= {"activity", "medicine", "avoid", "follow_up", "safety_net"}
    assert (len(book.rules), pack.dialog.leaves, pack.exemptions[0][0]) == (6, "CHILD", "CHILD")


def test_the_interview_asks_what_matters_and_ends_in_a_cited_summary(pack: Pack) -> None:
    interview = pack.plan.begin(country="nz").tick({"pale": "no", "blue": "no", "bone": "no"})
    interview = interview.say(Span(30, 30)).say("cannot_stand").say(frozenset(["outer_side"]))
    assert interview.recommendation.level == SAME_DAY
    summary = summary_of(pack, interview.recommendation)
    assert summary.headline.text == "Get help today"
    assert summary.sections[0].sentences[0].text == "A bone may be broken."
    assert all(sentence.cites and summary.numbers(sentence) for sentence in summary.sentences)


def test_an_emergency_interrupts_at_the_next_screen(pack: Pack) -> None:
    interview = pack.plan.begin().tick({"pale": "no", "blue": "yes", "bone": "no"})
    assert interview.state == "emergency"
    assert interview.recommendation.level == EMERGENCY


def test_a_child_leaves_after_the_emergency_block(pack: Pack) -> None:
    interview = pack.plan.begin().tick({"pale": "no", "blue": "no", "bone": "no"}).say(Span(12, 12))
    assert interview.state == "out_of_scope"


def test_a_nurse_is_asked_what_a_patient_is_not(pack: Pack) -> None:
    lines = [
        json.dumps({"id": mode, "facts": {**WELL, "interview_mode": mode}}).encode() for mode in ("patient", "nurse")
    ]
    asked = [reply.data["asked"] for reply in simulate_lines(pack, lines, Options())]
    assert ["exam_pulse" in found for found in asked] == [False, True]  # type: ignore[operator] # a list of questions


def test_facts_in_and_a_recommendation_out_as_a_line_of_json(pack: Pack) -> None:
    facts = {**WELL, "standing": "limping", "age_years": 70, "stomach_risks": ["ulcer"]}
    lines = [json.dumps({"id": "a1", "facts": facts, "country": "nz"}).encode(), b'{"facts": {"foot_color": "blue"}}']
    good, bad = recommend_lines(pack, lines, Options())
    found = json.loads(good.line())
    assert (found["disposition"], found["decided_by"], found["pack"]) == ("urgent_2_weeks", ["OLDER"], "ankle_injury")
    assert [(item["id"], item["state"]) for item in found["medicines"]] == [("M-IBU", "blocked")]
    assert found["safety_net"][0]["text"] == "Call 111 if the foot turns blue."
    assert bad.error == "line 2: there is no fact 'foot_color'; did you mean 'foot_colour'?"


def test_a_medicine_whose_danger_was_told_already_is_told_in_the_words_for_that(ankle: Path) -> None:
    """A medicine may say which finding it means, and its state is one that a reader of the JSON is promised."""
    changes = {
        "advice.yaml": ("about: ibuprofen\n", "means: {at_least: {standing: limping}}\n    sends_to: urgent_2_weeks\n"),
        "wording/en.yaml": (
            "  M-IBU:\n",
            "    worse: {patient: Stop it if it gets worse., clinician: Stop it.}\n",
        ),
    }
    for name, (line, more) in changes.items():
        text = (ankle / name).read_text()
        assert text.count(line) == 1
        (ankle / name).write_text(text.replace(line, line + ("    " if name == "advice.yaml" else "") + more))
    lines = [
        json.dumps({"facts": {**WELL, "standing": how, "age_years": 70}}).encode() for how in ("easily", "limping")
    ]
    told = [json.loads(reply.line())["medicines"] for reply in recommend_lines(load_folder(ankle), lines, Options())]
    states = get_args(MedicineOut.model_fields["state"].annotation)
    assert [(item["state"], item["text"]) for (item,) in told] == [
        ("fits", "Ibuprofen may help for a short time."),
        ("told", "Stop it if it gets worse."),
    ]
    assert {item["state"] for (item,) in told} <= set(states)
    assert set(states) == set(get_args(AdviceState)) - {"withheld"}


@pytest.mark.parametrize(("country", "is_shown"), [("any", False), ("nz", True)])
def test_an_advice_for_one_country_is_for_that_country_alone(pack: Pack, country: str, is_shown: bool) -> None:
    section = summary_of(pack, recommend(pack.rulebook, Case.of_facts(WELL, country))).section("what_to_do")
    assert section is not None
    assert ("A public fund may pay for this." in [sentence.text for sentence in section.sentences]) is is_shown


def test_the_line_mode_leads_to_a_summary(ankle: Path) -> None:
    said = ["1", "no", "no", "no", "30", "3", "1", "yes", "2", "done"]
    shown = " ".join(talk(ankle, said, "--country", "nz").split())
    assert "Ankle injury (test example)" in shown
    assert "Your summary Advice: Get help today" in shown
    assert "You said: No, not at all" in shown
    assert "Call 111 if the foot turns blue." in shown
    assert "You can answer these questions again at any time." in shown


def test_the_line_mode_interrupts_for_an_emergency(ankle: Path) -> None:
    shown = " ".join(talk(ankle, ["no", "yes", "2", "done"], "--role", "patient").split())
    assert "EMERGENCY ADVICE: Call your local emergency number now" in shown
    assert "How old are you?" not in shown


def test_leaving_early_still_ends_in_advice(ankle: Path) -> None:
    shown = " ".join(talk(ankle, ["no"], "--role", "carer").split())
    assert "You stopped before the end." in shown
    assert "Your summary" in shown


def _ids(folder: Path) -> list[str]:
    """What rules, advice and conflicts of a pack are called, the longest first."""
    book = load_folder(folder).rulebook
    named = (*book.rules, *book.advice, *book.library.conflicts)
    return sorted((each.id for each in named), key=len, reverse=True)


def _rename(folder: Path, letters: Callable[[str], str]) -> None:
    """Write the ids of rules, advice and conflicts in other letters, wherever they stand."""
    names = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, _ids(folder)))})(?![\w-])")
    for file in folder.rglob("*.yaml"):
        file.write_text(names.sub(lambda name: letters(name[0]), file.read_text()))


@pytest.mark.parametrize("letters", [str.upper, str.lower, str.title])
def test_a_clinician_sees_the_ids_of_rules_advice_and_conflicts_in_whatever_letters_a_pack_writes_them(
    ankle: Path, letters: Callable[[str], str]
) -> None:
    facts = {**WELL, "standing": "cannot_stand", "tender_places": ["outer_side"], "interview_mode": "nurse"}
    _rename(ankle, letters)
    pack = load_pack(str(ankle))
    summary = summary_of(pack, recommend(pack.rulebook, Case.of_facts(facts, "nz")))
    shown = [statement(sentence, summary) for sentence in summary.sentences]
    names = {written: letters(written) for written in _ids(ANKLE)}
    assert {text.partition(": ")[0] for text in shown} >= {names["BONE"], names["C-01"]}
    # Nothing that a rule, an advice or a conflict says goes without its id, and nothing else has one.
    for sentence, text in zip(summary.sentences, shown, strict=True):
        origin = sentence.origin
        assert origin is not None
        named = origin.kind in ("rule", "advice", "conflict")
        assert text == (f"{origin.id}: {sentence.text}" if named else sentence.text)
        assert (origin.id in names.values()) is named
