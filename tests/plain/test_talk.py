"""A conversation in lines: answers, commands, lists, going back, checking, leaving."""

import pytest

from chatbot.interview.interview import Interview
from chatbot.interview.reading.commands import Command, read_command
from chatbot.interview.reading.en import ENGLISH
from chatbot.interview.reading.line_labels import line_number
from chatbot.packs.pack import Pack
from chatbot.recommendation.rulebook import LEVELS
from tests.support.person import WELL, Converse

LINES = 11  # of the first list


def said(interview: Interview, question: str) -> object:
    """The values a question was answered with."""
    return interview.case.by_question[question].values


def level(interview: Interview) -> str:
    return LEVELS[interview.recommendation.level]


def test_a_well_person_ends_at_a_complete_summary(converse: Converse) -> None:
    interview, person = converse()
    assert (interview.state, level(interview)) == ("complete", "self_care")
    for words in ("Part 1 of 5: Emergency checks", "Check your answers", "Your summary", "References", "[1] "):
        assert words in person.text
    assert person.text.count("This is not a diagnosis and not a medical device") == 2


def test_the_answer_is_said_back_in_the_words_of_its_option(converse: Converse) -> None:
    """The typed words stay in the record."""
    interview, person = converse({"saddle_sensation": "1", "how_started": "4, 1", "age_years": "forty"})
    assert "You answered: No, all of it feels normal" in person.text
    assert (
        "You answered: Slowly, over hours, days or longer; With lifting, bending, twisting or coughing" in person.text
    )
    assert "You answered: 40 years" in person.text
    assert "You answered: 1" not in person.text
    record = {answer.question: answer.said for answer in interview.case.answers}
    assert (record["saddle_sensation"], record["age_years"], record["how_started"]) == ("1", "forty", "4, 1")
    assert record["right_now"] == "; ".join(["no"] * LINES)


def test_the_answers_that_are_always_there_can_be_typed_by_number(converse: Converse) -> None:
    """Not sure, rather not say, none of these, not sure about some."""
    interview, person = converse(
        {"saddle_sensation": "6", "bladder_function": ["10", "1"], "illnesses": "12", "how_started": "1, 9"}
    )
    assert said(interview, "saddle_sensation") == {"saddle_sensation": "prefer_not"}
    assert person.asked.count("bladder_function") == 2
    assert "You answered: I would rather not say" in person.text
    assert "You answered: None of these" in person.text
    assert "You answered: Slowly, over hours, days or longer; I'm not sure about some of these" in person.text


def test_a_group_of_ages_is_said_back_as_the_group(converse: Converse) -> None:
    """At the first asking a number is an age, at the second a line of the list shown."""
    interview, person = converse({"age_years": ["not sure", "4"]})
    assert said(interview, "age_years") == {"age_years": 39}
    assert "You answered: 18 to 39" in person.text
    assert "1. 5 or younger" in person.text.partition("once more in other words")[2]
    assert "1. 5 or younger" not in person.text.partition("once more in other words")[0]


def test_a_scale_is_not_shown_as_a_numbered_list(converse: Converse) -> None:
    """A list that put 2 on line 3 would take the one for the other."""
    interview, person = converse({"pain_severity_nprs": "3"})
    assert said(interview, "pain_severity_nprs") == {"pain_severity_nprs": 3}
    assert "0 no pain 10 worst pain you can imagine" in person.text


def test_a_line_number_that_could_be_an_amount_is_confirmed(converse: Converse) -> None:
    """Of groups of weeks, 6 may be the sixth line or six weeks."""
    interview, person = converse({"onset_days": ["not sure", "6"]})
    assert "So more than 12 weeks. Is that right?" in person.text
    assert said(interview, "onset_days") == {"onset_days": {"from": 85, "to": 20000}}


def test_an_empty_line_never_answers(converse: Converse) -> None:
    empty, _ = converse({name: ["", "  ", words] for name, words in WELL.items()}, ["", "yes", "", "done"])
    typed, _ = converse()
    assert [answer.values for answer in empty.case.answers] == [answer.values for answer in typed.case.answers]


def test_after_a_second_miss_the_question_is_put_again_in_full(converse: Converse) -> None:
    _, person = converse({"saddle_sensation": ["banana", "apple", "pear", "1"]})
    assert person.text.count("Question: Think of the parts you sit on") == 2


@pytest.mark.parametrize("word", ["?", "??", "why", "WHY", "Why?"])
def test_why_is_answered_and_the_question_stays(converse: Converse, word: str) -> None:
    interview, person = converse({"saddle_sensation": [word, "1"]})
    assert "Why we ask: The nerves to these parts run through the low back" in person.text
    assert interview.state == "complete"


def test_help_lists_the_commands_and_says_what_to_do_in_an_emergency(converse: Converse) -> None:
    _, person = converse({"saddle_sensation": ["HELP", "1"]})
    after = person.text.partition("Type the number of an answer, or your own words.")[2]
    assert after.partition("You answered")[0].count("Call 999 or go to A&E now.") == 1


def test_back_asks_the_question_before_and_says_what_was_answered(converse: Converse) -> None:
    interview, person = converse({"bladder_function": ["Back", "1"], "saddle_sensation": ["2", "1"]})
    assert "Before, you answered: It has been like this for over 6 months" in person.text
    assert said(interview, "saddle_sensation") == {"saddle_sensation": "normal"}


def test_back_at_the_first_line_of_the_first_list_has_nowhere_to_go(converse: Converse) -> None:
    _, person = converse({"right_now": ["back", "no"]})
    assert "There is no earlier answer to go back to." in person.text


def test_back_inside_a_list_goes_to_the_line_before_then_to_the_question_before(converse: Converse) -> None:
    """A line that is left by mistake is put again; the lines before it are kept."""
    says = {"right_now": ["no", "no", "back", "back", "no", "no", "not sure", *["no"] * (LINES - 3), "no"]}
    interview, person = converse(says)
    lines = interview.case.by_question["right_now"].lines
    assert lines["unwell"] == "no"  # asked a second time, because of "not sure"
    assert person.text.count(" 1 of 11: ") == 2
    assert person.text.count("2 of 11: ") == 3

    _, person = converse({"balance_hands": ["no", "back", "back", "no"], "sexual_function_change": ["1", "1"]})
    assert person.asked.count("sexual_function_change") == 2


def test_a_list_that_is_left_goes_on_where_it_was(converse: Converse) -> None:
    """`change`, and a question raised by something typed, come back to the line they left."""
    says = {"balance_hands": ["no", "no", "change", "2", "no"], "saddle_sensation": ["1", "1"]}
    _, person = converse(says)
    assert person.text.count(" 1 of 5: My legs are newly heavy") == 1
    assert person.text.count("3 of 5: A hand or arm") == 2

    interview, person = converse({"balance_hands": ["no", "no", "i have a fever", "no"], "fever_chills": "1"})
    assert person.asked.index("fever_chills") == person.asked.index("balance_hands") + 1
    assert person.text.count(" 1 of 5: My legs are newly heavy") == 1
    assert interview.state == "complete"


def test_lines_answered_before_stopping_count(converse: Converse) -> None:
    """An unsteady walk said in the second line is not lost with the rest of the list."""
    for leave in ("stop", "<end>"):
        interview, person = converse({"right_now": [*["no"] * 6, "yes", leave]}, then=())
        assert interview.state == "stopped"
        assert "You stopped before the end." in person.text
        assert interview.rule_state.values["other_emergency_signs"] == frozenset(["swollen_hot_leg"])
        assert "EMG-3" not in {rule.id for rule in interview.recommendation.rules}
        assert level(interview) == "same_day"


def test_a_list_begun_again_and_left_counts_as_not_answered(converse: Converse) -> None:
    """Three lines denied the second time do not deny the eight that were not reached."""
    interview, _ = converse({"right_now": [*["no"] * (LINES + 3), "stop"]}, then=["1", "done"])
    assert "other_emergency_signs" in interview.recommendation.not_asked
    assert level(interview) != "self_care"


def test_a_list_cut_short_is_taken_up_when_the_interview_goes_on(converse: Converse) -> None:
    """Reopened after stopping, the lines not reached are asked."""
    says = {"right_now": ["no", "no", "stop", *["no"] * (LINES - 2)]}
    interview, person = converse(says, then=["i had a fever", "yes", "done"])
    assert interview.state == "complete"
    assert set(interview.case.by_question["right_now"].lines.values()) == {"no"}
    assert len(interview.case.by_question["right_now"].lines) == LINES
    assert person.asked.count("fever_chills") == 1


def test_none_of_these_does_not_answer_a_list_for_a_patient(converse: Converse) -> None:
    _, person = converse({"right_now": ["none of these", "no"]})
    assert person.text.count("These are asked one at a time, so that none is missed.") >= 2


def test_a_nurse_answers_a_list_at_once(converse: Converse) -> None:
    """None of these, by words or by its number, or the numbers that are true."""
    interview, person = converse({"right_now": "12", "balance_hands": ["5, 4 not sure", "none"]}, mode="nurse", then=())
    assert "1 of 11" not in person.text
    assert set(interview.case.by_question["right_now"].lines.values()) == {"no"}
    assert interview.case.by_question["balance_hands"].lines["old_unsteadiness"] == "yes"


def test_a_nurse_reads_not_known_and_declined(converse: Converse) -> None:
    interview, person = converse({"saddle_sensation": "6"}, mode="nurse", then=())
    assert "5. Not known 6. Declined to answer" in person.text
    assert said(interview, "saddle_sensation") == {"saddle_sensation": "prefer_not"}


def test_skip_declines_where_that_is_offered_and_not_where_it_matters(converse: Converse) -> None:
    interview, person = converse({"sexual_function_change": "skip", "leg_symptom_side": ["SKIP", "1"]})
    assert said(interview, "sexual_function_change") == {"sexual_function_change": "prefer_not"}
    assert "This one matters for the advice." in person.text


def test_skip_leaves_out_the_questions_about_treatments(converse: Converse) -> None:
    interview, person = converse({"stomach_kidney_heart": "skip"})
    assert "skipped_rest" in interview.case.marks
    assert interview.state == "complete"
    assert "The rest is left out." in person.text


@pytest.mark.parametrize("word", ["stop", "Stop.", "QUIT", "exit"])
def test_stopping_says_so_and_still_ends_in_advice(converse: Converse, word: str) -> None:
    interview, person = converse({"bladder_function": word}, then=["done"])
    assert interview.state == "stopped"
    assert level(interview) == "same_day"
    after = person.text.partition("You stopped before the end.")[2]
    assert after.startswith(
        " If you feel very unwell or it gets suddenly worse: Call 999 or go to A&E now. Your summary"
    )


@pytest.mark.parametrize("place", [*WELL, "right_now", "balance_hands", "pain_like"])
def test_the_input_may_end_anywhere(converse: Converse, place: str) -> None:
    """There is always a summary with its level, and never an error."""
    interview, person = converse({place: "<end>"}, then=["yes"])
    assert interview.state in ("stopped", "complete")
    assert "Your summary" in person.text
    assert "Advice: " in person.text


def test_the_input_may_end_while_who_answers_or_a_duration_is_asked(converse: Converse) -> None:
    interview, person = converse(mode=None, then=())
    assert (interview.state, level(interview)) == ("stopped", "same_day")
    assert person.asked == []


@pytest.mark.parametrize(("typed", "mode"), [
    ("1", "patient"), ("2", "carer"), ("nurse", "nurse"), ("myself", "patient"), ("Me.", "patient"),
    ("for myself", "patient"), ("someone else", "carer"), ("I'm a nurse", "nurse"), ("I am, for myself", "patient"),
])  # fmt: skip
def test_who_answers_is_asked_first(converse: Converse, typed: str, mode: str) -> None:
    whom = ["8", "him"] if mode == "carer" else []
    interview, person = converse({"right_now": "stop"}, mode=None, then=["", "7", "back", typed, *whom, "done"])
    assert (interview.case.mode, interview.case.whom) == (mode, "him" if whom else "them")
    assert ("Answer for the person you are helping." in person.text) == (mode == "carer")


def test_a_role_that_is_named_alone_is_about_them(converse: Converse) -> None:
    interview, person = converse({"saddle_sensation": "stop"}, mode="carer", then=["done"])
    assert interview.case.whom == "them"
    assert "Who are you answering for?" not in person.text
    assert "Do their genitals" in person.text
    assert "If the person feels very unwell or it gets suddenly worse: Call 999 or go to A&E now." in person.text


def test_change_picks_an_earlier_answer_by_number_or_name_and_comes_back(converse: Converse) -> None:
    says = {"trend": ["1"], "pain_like": ["change", "99", "changes in peeing", "no"], "bladder_function": ["1", "1"]}
    interview, person = converse(says)
    assert "Type the number of the answer to change, or back to leave them as they are." in person.text
    assert person.asked.count("bladder_function") == 2
    assert interview.state == "complete"


def test_change_can_be_called_off(converse: Converse) -> None:
    _, person = converse({"bowel_function": ["change", "back", "1"]})
    assert person.asked.count("saddle_sensation") == 1
    assert person.asked.count("bowel_function") == 2


def test_checking_shows_rows_that_count_and_asks_only_what_a_change_opens(converse: Converse) -> None:
    """A leg pain said at the end opens the questions about the leg, and then the check comes back."""
    says = {
        "leg_symptom_side": ["1", "2"], "leg_weakness": "1", "leg_sensory_change": "1", "leg_symptom_extent": "4",
        "neuro_course": "3",
    }  # fmt: skip
    interview, person = converse(says, then=["0", "hello", "no", "change 5", "yes", "done"])
    again = len(person.asked) - 1 - person.asked[::-1].index("leg_symptom_side")
    opened = person.asked[again + 1 :]
    assert opened[:4] == ["leg_weakness", "leg_sensory_change", "leg_symptom_extent", "neuro_course"]
    assert "saddle_sensation" not in opened
    assert person.text.count("Check your answers") == 2
    assert "5. Which leg is affected: No, neither leg" in person.text
    assert "5. Which leg is affected: Left only" in person.text
    assert interview.state == "complete"


def test_an_answer_that_no_longer_applies_is_not_shown_at_the_check(converse: Converse) -> None:
    says = {
        "leg_symptom_side": ["2", "1"], "leg_weakness": "1", "leg_sensory_change": "1", "leg_symptom_extent": "4",
        "neuro_course": "3",
    }  # fmt: skip
    interview, person = converse(says, then=["change 5", "yes", "done"])
    first, _, second = person.text.partition("Check your answers")[2].partition("Check your answers")
    assert "How far down the leg it goes" in first
    assert "How far down the leg it goes" not in second
    assert "leg_symptom_extent" in interview.case.by_question


def test_something_said_at_the_check_is_asked_about(converse: Converse) -> None:
    interview, person = converse(then=["wait, i can't pee", "yes", "done"])
    assert person.asked[-1] == "bladder_function"
    assert interview.state == "complete"


def test_a_child_is_asked_the_emergency_block_and_then_no_more(converse: Converse) -> None:
    interview, person = converse({"age_years": "12"}, then=["done"])
    assert interview.state == "out_of_scope"
    assert "This check is for people of 16 and over, so the questions end here." in person.text
    assert "trend" not in person.asked


@pytest.mark.parametrize("country", ["gb", "us", "any"])
@pytest.mark.parametrize("mode", ["patient", "carer", "nurse"])
@pytest.mark.parametrize("width", [20, 40, 72, 500])
def test_no_line_is_wider_than_the_page_and_none_moves_the_cursor(
    converse: Converse, mode: str, country: str, width: int
) -> None:
    """Plain characters only, no boxes, no colour; a word longer than the page stands alone."""
    _, person = converse(
        {"saddle_sensation": "4", "cauda_symptom_timing": ["?", "1"]}, ["1", "1", "done"], mode, country, width
    )
    for line in person.lines():
        assert line.isascii()
        assert line.isprintable()
        assert len(line) <= min(width, 72) or len(line.split()) <= 2
    assert "{" not in person.text


def test_both_modes_of_running_know_the_same_commands() -> None:
    for typed, command in (
        ("BACK.", Command.BACK), ("go back", Command.BACK), ("Change 3", Command.CHANGE), ("skip", Command.SKIP),
        ("\uff1f", Command.WHY), ("Help!", Command.HELP), ("exit", Command.STOP), ("backache", None),
        ("no change", None),
    ):  # fmt: skip
        assert read_command(typed, ENGLISH) is command, typed
    assert [line_number(t, ENGLISH) for t in ("3", "3.", "#3", "change 3", "three", "3 4", "-3", "1.5")] == [
        3,
        3,
        3,
        3,
        *[None] * 4,
    ]


def test_every_question_can_be_put_and_refused_in_every_role(pack: Pack, converse: Converse) -> None:
    """Not sure to everything still comes to an end, in lines."""
    for mode in ("patient", "carer", "nurse"):
        unsure = dict.fromkeys(pack.dialog.questions, "not sure")
        interview, person = converse({**unsure, "age_years": ["not sure", "9"]}, ["summary", "yes", "done"], mode)
        assert interview.state in ("complete", "emergency")
        assert "Your summary" in person.text
