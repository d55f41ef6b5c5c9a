"""An emergency in lines: what to do stands first, and the way back is open."""

import pytest

from chatbot.recommendation.rulebook import LEVELS
from tests.support.person import Converse

NUMB = {"saddle_sensation": ["4", "1"], "cauda_symptom_timing": ["1", "3"]}
ACTION = "EMERGENCY ADVICE: Call 999 or go to A&E now"


def advice(text: str) -> str:
    """The emergency advice up to its choices."""
    return text[text.index("EMERGENCY ADVICE") : text.index("What now?")]


def test_the_first_line_states_the_action_at_the_next_screen(converse: Converse) -> None:
    interview, person = converse(NUMB, ["1", "done"])
    lines = list(person.lines())
    answered = max(n for n, line in enumerate(lines) if line.startswith("You answered: It started within"))
    assert next(line for line in lines[answered + 1 :] if line).startswith(ACTION)
    assert person.asked == ["right_now", "saddle_sensation", "cauda_symptom_timing"]
    assert interview.state == "emergency"


def test_what_to_do_is_in_sight_beside_the_choices(converse: Converse) -> None:
    """On a screen of fifteen rows, forty wide."""
    _, person = converse(NUMB, ["1", "done"], width=40)
    page = "".join(person.page)
    shown = page[: page.index("> ", page.index("What now?"))].split("\n")[-15:]
    assert any(line.startswith("EMERGENCY ADVICE: Call 999") for line in shown)


def test_it_says_what_to_do_why_and_what_this_is_and_no_more(converse: Converse) -> None:
    _, person = converse(NUMB, ["1", "done"])
    text = advice(person.text)
    assert text.index("What to do") < text.index("Why") < text.index("not a medical device")
    for other in ("Scans", "Medicines", "What happens next", "When to get help", "References", "What is not known"):
        assert other not in text
    assert len(text.split()) < 280


@pytest.mark.parametrize("word", ["2", "back", "Go back and correct the last answer"])
def test_a_patient_may_go_back_to_the_last_answer(converse: Converse, word: str) -> None:
    interview, person = converse(NUMB, [word, "yes", "done"])
    assert person.asked.count("cauda_symptom_timing") == 2
    assert interview.state == "complete"
    assert LEVELS[interview.recommendation.level] == "same_day"


@pytest.mark.parametrize("word", ["3", "change"])
def test_a_patient_may_choose_which_answer_to_change(converse: Converse, word: str) -> None:
    """Only answers that would be asked again are offered."""
    interview, person = converse(NUMB, [word, "feeling between your legs", "yes", "done"])
    assert person.asked.count("saddle_sensation") == 2
    assert interview.state == "complete"
    assert LEVELS[interview.recommendation.level] == "self_care"


def test_calling_a_change_off_shows_the_advice_again(converse: Converse) -> None:
    _, person = converse(NUMB, ["change", "back", "1", "done"])
    assert person.text.count("What now?") == 2


def test_in_a_list_it_comes_at_once_and_back_returns_to_the_line(converse: Converse) -> None:
    """Corrected there, the rest of the list is asked."""
    interview, person = converse({"right_now": ["no", "no", "yes", "no"]}, ["back", "yes", "done"])
    assert person.text.count("3 of 11: ") == 2
    assert person.text.count(" 1 of 11: ") == 1
    assert interview.state == "complete"
    assert len(interview.case.by_question["right_now"].lines) == 11


def test_a_list_cut_short_is_asked_to_its_end_when_another_answer_is_corrected(converse: Converse) -> None:
    """Unsteady is an emergency while it is not known how the bladder works."""
    says = {"bladder_function": ["not sure", "not sure", "1"], "balance_hands": ["yes", "no"]}
    interview, person = converse(says, ["change", "changes in peeing", "yes", "done"])
    assert person.text.count(" 1 of 5: My legs") == 1
    assert interview.state == "complete"
    assert len(interview.case.by_question["balance_hands"].lines) == 5


def test_only_a_nurse_may_continue_and_is_not_interrupted_again(converse: Converse) -> None:
    interview, person = converse({**NUMB, "bladder_function": "8"}, ["4", "yes", "done"], "nurse")
    assert interview.state == "complete"
    assert person.text.count("What now?") == 1
    assert LEVELS[interview.recommendation.level] == "emergency_now"

    _, person = converse(NUMB, ["4", "1", "done"])
    assert "Type a number from the list." in person.text
    assert "for the note" not in person.text


def test_a_number_typed_too_early_shows_the_summary_and_changes_nothing(converse: Converse) -> None:
    interview, _ = converse(NUMB, ["1", "done"])
    assert interview.state == "emergency"


@pytest.mark.parametrize("then", [[], ["stop"], ["stop", "done"]])
def test_leaving_there_ends_in_the_same_advice(converse: Converse, then: list[str]) -> None:
    interview, person = converse(NUMB, then)
    assert interview.state == "emergency"
    assert person.text.count(ACTION) == 5
    assert "You stopped" not in person.text


def test_what_to_do_is_said_again_when_more_is_typed_after_it(converse: Converse) -> None:
    _, person = converse(NUMB, ["1", "and now i can't pee", "done"])
    assert person.text.count(ACTION) == 6


@pytest.mark.parametrize(
    ("country", "words"),
    [
        ("gb", "Call 999 or go to A&E now"),
        ("us", "Call 911 or go to an emergency room now"),
        ("any", "Call your local emergency"),
    ],
)
def test_the_number_is_the_country_s(converse: Converse, country: str, words: str) -> None:
    _, person = converse(NUMB, ["1", "done"], country=country)
    assert f"EMERGENCY ADVICE: {words}" in person.text


@pytest.mark.parametrize("mode", ["patient", "carer", "nurse"])
def test_several_lines_said_at_once_are_all_told_back_and_all_count(converse: Converse, mode: str) -> None:
    """A second yes used to be dropped without a word."""
    said = "1, 4, 8 no" if mode == "nurse" else "my chest hurts, my face has dropped, vomited blood no"
    interview, person = converse({"right_now": [said]}, ["1", "done"], mode=mode)
    assert interview.state == "emergency"
    lines = {"chest": "yes", "stroke": "yes", "bleeding": "no"}
    assert interview.case.by_question["right_now"].lines == lines
    assert person.text.count("You answered: ") == 3
