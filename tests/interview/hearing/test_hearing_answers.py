"""What words answer: recorded where they are bare, said back where they are not, and never guessed."""

import pytest

from tests.support.listening import Hear

FACT = "saddle_sensation"


@pytest.mark.parametrize(("said", "value"), [("it's numb", "numb"), ("can't feel", "numb"), ("tingly", "altered")])
def test_a_bare_answer_is_recorded(heard: Hear, said: str, value: str) -> None:
    assert heard(said, FACT).values == {FACT: value}


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("I think it's numb", "numb"),
        ("it has been numb there ever since we moved house", "numb"),
        ("numb but only when I sit", "numb"),
        ("numb and tingly, all of it", "numb"),
        ("not tingly, numb", "numb"),
    ],
)
def test_what_is_said_in_more_words_or_with_doubt_is_said_back(heard: Hear, said: str, value: str) -> None:
    listened = heard(said, FACT)
    assert listened.values == {}
    assert listened.proposed == {FACT: value}


@pytest.mark.parametrize(
    "said", ["no", "nope", "no thank god", "not at all", "all normal", "no numbness", "nothing like that"]
)
def test_a_denial_with_nothing_else_in_it_is_recorded(heard: Hear, said: str) -> None:
    assert heard(said, FACT).values == {FACT: "normal"}


@pytest.mark.parametrize(
    "said", ["no, I only went there to sit on the chair", "never numb or tingly in all of these weeks"]
)
def test_a_denial_with_more_in_it_is_said_back(heard: Hear, said: str) -> None:
    listened = heard(said, FACT)
    assert (listened.values, listened.proposed) == ({}, {FACT: "normal"})


@pytest.mark.parametrize(
    "said", ["my gran was numb there, I just ache", "ten years ago I was numb down there", "what if it goes numb"]
)
def test_what_is_anothers_or_over_is_no_denial(heard: Hear, said: str) -> None:
    listened = heard(said, FACT)
    assert {**listened.values, **listened.proposed}.get(FACT) not in ("normal", "numb")
    assert listened.either == ()


def test_a_bare_yes_or_a_bare_time_means_what_a_pack_says_it_implies(heard: Hear) -> None:
    both = ({FACT: "altered"}, {FACT: "numb"})
    assert heard("yes", FACT).either == both
    assert heard("since Tuesday", FACT).either == both
    assert heard("yes", "bladder_function").either == ()


def test_not_knowing_and_not_wanting_to_say(heard: Hear) -> None:
    assert heard("not sure", FACT).values == {FACT: "unknown"}
    assert heard("none of your business", FACT).values == {FACT: "prefer_not"}


def test_what_is_old_and_no_different_has_its_value(heard: Hear) -> None:
    assert heard("it's been numb for years", FACT).proposed == {FACT: "longstanding_unchanged"}
    assert heard("numb for years but worse this week", FACT).proposed == {FACT: "numb"}


@pytest.mark.parametrize(
    ("said", "side"),
    [
        ("left, no wait, right", "right"),
        ("not the left, the right", "right"),
        ("left and right", "both"),
        ("right so it's my left leg", "left"),
        ("left mostly", "left"),
    ],
)
def test_corrections_denials_and_two_together(heard: Hear, said: str, side: str) -> None:
    listened = heard(said, "leg_symptom_side")
    assert {**listened.values, **listened.proposed} == {"leg_symptom_side": side}


def test_figures_and_times_stand_in_rules(heard: Hear) -> None:
    assert heard("38.4", "fever_chills").values == {"fever_chills": "yes"}
    assert heard("37.6", "fever_chills").values == {"fever_chills": "slight"}
    assert heard("5 days", "neuro_course").values == {"neuro_course": "new_within_14d"}
    assert not heard("5 months", "neuro_course").understood


def test_a_line_at_hand_is_answered_by_yes_no_or_what_it_says(heard: Hear) -> None:
    question, line, fact = "right_now", "jaundice", "other_emergency_signs"
    assert heard("yellow", question, line).values == {fact: ["jaundice"]}
    assert heard("yes", question, line).values == {fact: ["jaundice"]}
    assert heard("no", question, line).values == {fact: []}
    assert heard("not yellow", question, line).values == {fact: []}
    assert heard("rather pale", question, line).proposed == {fact: []}
    assert heard("no idea", question, line).values == {fact: ["unknown"]}


@pytest.mark.parametrize(
    "said",
    [
        "they've never been yellow in all of my long life",
        "my skin is the same as ever",
    ],
)
def test_a_denial_of_what_is_asked_in_more_words_is_said_back(heard: Hear, said: str) -> None:
    listened = heard(said, "right_now", "jaundice")
    assert (listened.values, listened.proposed) == ({}, {"other_emergency_signs": []})


@pytest.mark.parametrize("said", ["only a bit of a tan", "not since", "could not be sure, not with my eyes"])
def test_no_loose_no_is_one_to_a_line_of_the_emergency_block(heard: Hear, said: str) -> None:
    listened = heard(said, "right_now", "jaundice")
    assert {**listened.values, **listened.proposed} in ({}, {"other_emergency_signs": ["unknown"]})


@pytest.mark.parametrize(
    ("said", "is_no"), [("not since then", True), ("never had it", True), ("there was one that would not heal", False)]
)
def test_elsewhere_a_loose_no_stands_at_the_beginning(heard: Hear, said: str, is_no: bool) -> None:
    listened = heard(said, "medicines", "paracetamol")
    assert ({**listened.values, **listened.proposed} == {"acetaminophen_risks": []}) == is_no


def test_not_knowing_or_saying_anywhere_is_said_back_where_nothing_else_was_heard(heard: Hear) -> None:
    assert heard("oh that is a thing I could not tell you", FACT).proposed == {FACT: "unknown"}
    assert heard("that sort of thing I would rather not say", FACT).proposed == {FACT: "prefer_not"}


def test_a_danger_told_by_the_words_of_the_answer_alone_is_not_put_again(heard: Hear) -> None:
    assert heard("left leg", "leg_symptom_side").raised == ()
    assert heard("my left hand is numb", "leg_symptom_side").raised == ("balance_hands",)


def test_a_list_without_a_line_takes_only_what_was_named(heard: Hear) -> None:
    assert heard("yellow", "right_now").values == {"other_emergency_signs": ["jaundice"]}
    assert heard("none of these", "right_now").values == {
        "very_unwell": "no", "chest_pain_or_breathless": "no", "other_emergency_signs": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("I'm 47 years old", 47),
        ("in my fifties", {"from": 50, "to": 59}),
        ("sixty something", {"from": 60, "to": 69}),
        ("born in 1974", {"from": 51, "to": 52}),
        ("66 and I fall a lot", 66),
    ],
)
def test_ages(heard: Hear, said: str, value: object) -> None:
    listened = heard(said, "age_years")
    assert {**listened.values, **listened.proposed} == {"age_years": value}


def test_two_times_are_two_readings(heard: Hear) -> None:
    assert heard("3 weeks, worse since yesterday", "onset_days").either == ({"onset_days": 21}, {"onset_days": 1})
    assert heard("years", "onset_days").proposed == {"onset_days": {"from": 730, "to": 20000}}


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("8 out of 10", 8),
        ("6 or 7", {"from": 6, "to": 7}),
        ("it was a 9 but 5 now", 5),
        ("8 and I'm numb down there", 8),
    ],
)
def test_scores(heard: Hear, said: str, value: object) -> None:
    listened = heard(said, "pain_severity_nprs")
    assert {**listened.values, **listened.proposed} == {"pain_severity_nprs": value}
