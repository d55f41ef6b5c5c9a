"""Questions about the result: answered from this result, cited, or honestly not."""

import re

import pytest

from chatbot.packs.pack import Pack
from tests.support.person import Converse

END = "Another question?"


def answer(text: str, number: int = 0) -> str:
    """What was said to one of the questions typed after the summary."""
    return text.partition("Have a question about this?")[2].split(END)[number]


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("4", "May I take ibuprofen"), ("may I take ibuprofen?", "May I take ibuprofen"),
        ("can I have some ibuprophen", "May I take ibuprofen"), ("Why no X-ray?", "Why not an X-ray?"),
        ("why no x-ray", "Why not an X-ray?"), ("rest or exercise?", "Should I rest or keep moving?"),
        ("do i need an mri", "Why a scan, or why not?"), ("why", "Why this advice?"), ("Why?", "Why this advice?"),
        ("when should i come back", "When should I come back"), ("1", "Why this advice?"),
    ],
)  # fmt: skip
def test_a_question_is_found_by_number_or_by_its_words(converse: Converse, typed: str, topic: str) -> None:
    """The question taken is said, so that a wrong guess is seen."""
    _, person = converse(then=["yes", typed, "done"])
    assert f"Question: {topic}" in answer(person.text)


def test_two_subjects_in_one_question_are_both_answered(converse: Converse) -> None:
    _, person = converse(then=["yes", "can i take naproxen or paracetamol", "done"])
    assert "Question: May I take ibuprofen" in answer(person.text)
    assert "Question: May I take paracetamol" in answer(person.text)


@pytest.mark.parametrize("typed", ["what is the moon", "is it cancer", "blorp", "[/x]", "my dog"])
def test_what_it_cannot_answer_it_says_and_who_can(converse: Converse, typed: str) -> None:
    _, person = converse(then=["yes", typed, "done"])
    assert "This check cannot answer that from what is known. Ask a pharmacist, a nurse or a GP." in answer(person.text)


def test_every_topic_has_a_cited_answer_whose_numbers_stand_in_the_references(pack: Pack, converse: Converse) -> None:
    """Numbers for a patient, never ids; works the summary does not cite come at the end of its list."""
    topics = [str(number + 1) for number in range(len(pack.wording().topics))]
    _, person = converse(then=["yes", *topics, "done"])
    talk, _, references = person.text.partition("References [1] ")
    listed = {int(number) for number in re.findall(r"\[(\d+)\]", f"[1] {references}")}
    cited = {int(n) for cites in re.findall(r"\[([\d, to]+)\]", talk) for n in re.findall(r"\d+", cites)}
    assert cited <= listed
    assert listed == set(range(1, max(listed) + 1))
    for number in range(len(topics)):
        assert re.search(r"\[[\d, to]+\]", answer(person.text, number)), number
        assert not re.search(r"SRC-|\bS\d-\d\d", answer(person.text, number))


def test_a_clinician_sees_ids(converse: Converse) -> None:
    _, person = converse(then=["yes", "1", "done"], mode="nurse")
    assert re.search(r"\[S\d-\d\d|\[SRC-", answer(person.text))


def test_a_blocked_medicine_is_answered_with_the_answer_that_blocks_it(converse: Converse) -> None:
    _, person = converse({"stomach_kidney_heart": "1"}, ["yes", "may i take ibuprofen?", "done"])
    assert "You said: A stomach ulcer or bleeding in the gut" in answer(person.text)


def test_references_can_be_asked_for_and_are_not_said_twice(converse: Converse) -> None:
    _, person = converse(then=["yes", "references", "done"])
    assert person.text.count(" References [1] ") == 1
    assert person.text.index("References [1]") < person.text.index("Take care.")


def test_a_new_symptom_reopens_the_interview_at_its_question(converse: Converse) -> None:
    """It ends at a new summary, more urgent than the first."""
    interview, person = converse(
        {"bladder_function": ["1", "8"], "cauda_symptom_timing": "1"},
        ["yes", "actually i can't pee since this morning", "1", "done"],
    )
    assert person.asked[-2:] == ["bladder_function", "cauda_symptom_timing"]
    assert interview.state == "emergency"
    assert person.text.count("Your summary") == 2


def test_a_correction_reopens_the_interview_too(converse: Converse) -> None:
    interview, person = converse({"trend": "1", "age_years": ["40", "70"]}, ["yes", "change", "age", "yes", "done"])
    assert interview.case.by_question["age_years"].values == {"age_years": 70}
    assert person.text.count("Your summary") == 2


@pytest.mark.parametrize("typed", ["", "   ", "99", "0", "?", "help", "change"])
def test_nothing_said_ends_nothing(converse: Converse, typed: str) -> None:
    _, person = converse(then=["yes", typed, "back" if typed == "change" else "", "1", "done"])
    assert "Question: Why this advice?" in person.text


@pytest.mark.parametrize("typed", ["done", "Done.", "no", "nothing", "stop", "thank you"])
def test_it_ends_when_the_person_is_done(converse: Converse, typed: str) -> None:
    _, person = converse(then=["yes", typed])
    assert person.text.endswith("If you feel very unwell or it gets suddenly worse: Call 999 or go to A&E now.")
