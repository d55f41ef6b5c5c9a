"""Back, change, skip, raised questions and typed commands: every way to leave a question but its answer."""

import pytest

from chatbot.interview.answered_questions import AnsweredQuestion, answers_given
from chatbot.packs.pack import Pack
from tests.support.driving import Driven, asking, in_order, running


def listed(app: Driven) -> list[AnsweredQuestion]:
    """The answers so far."""
    return list(answers_given(app.conversation.interview, app.conversation.words))


async def test_back_at_the_first_question_lets_another_person_answer(pack: Pack) -> None:
    """Nothing was said yet, so nothing is lost."""
    async with running(pack) as app:
        await app.keys("escape")
        assert app.topic == "start"
        await app.keys("3")
        assert app.state == "right_now"
        assert app.conversation.interview.case.mode == "nurse"


async def test_back_in_the_first_list_loses_none_of_its_replies(pack: Pack) -> None:
    async with running(pack) as app:
        await app.keys("2", "2", "escape")
        assert app.notice == "There is no earlier answer to go back to."
        assert len(app.conversation.current_replies) == 2


async def test_what_is_typed_is_cleared_before_anything_is_taken_back(pack: Pack) -> None:
    async with asking(pack, "bladder_function") as app:
        await app.type("what")
        await app.keys("escape")
        assert app.state == "bladder_function"
        await app.keys("escape")
        assert app.state == "saddle_sensation"


@pytest.mark.parametrize("way", ["escape", "button", "typed"])
async def test_back_puts_the_question_before_with_what_was_answered(pack: Pack, way: str) -> None:
    async with asking(pack, "bladder_function", says={"saddle_sensation": "2"}) as app:
        if way == "typed":
            await app.say("back")
        elif way == "button":
            await app.click("Back", after=" >", last=True)
        else:
            await app.keys("escape")
        assert app.state == "saddle_sensation"
        assert "Before, you answered: It has been like this for over 6 months" in app.text
        assert [line[:35] for line in app.chosen] == ["It has been like this for over 6 mo"]
        await app.say("1")
        assert app.state == "bladder_function"
        assert app.said("saddle_sensation") == {"saddle_sensation": "normal"}


async def test_back_again_and_again_leads_to_the_first_question(pack: Pack) -> None:
    async with asking(pack, "age_years") as app:
        for _ in range(20):
            await app.keys("escape")
        assert app.state == "right_now"
        assert app.notice == "There is no earlier answer to go back to."


async def test_what_we_have_so_far_lists_the_answers_under_their_parts(pack: Pack) -> None:
    async with asking(pack, "pain_location", size=(100, 60)) as app:
        await app.keys("f3")
        parts = ("Emergency checks", "Age: 40 years", "How it started", "5 days", "Your health and medicines")
        assert in_order(app.text, "What we have so far", *parts)
        rows = [row for row in app.rows if "Change" in row and "Choose" not in row]
        assert len(rows) == len(app.conversation.interview.case.answers)


@pytest.mark.parametrize("way", ["keys", "typed", "mouse"])
async def test_an_answer_changed_from_so_far_comes_back_to_the_question_at_hand(pack: Pack, way: str) -> None:
    async with asking(pack, "pain_location", size=(100, 60)) as app:
        await app.keys("f3")
        if way == "mouse":
            await app.click("Change", after="Age: 40 years")
        elif way == "typed":
            await app.type("age")
            await app.keys("enter")
        else:
            while not any("> " in row and "Age: 40 years" in row for row in app.rows):
                await app.keys("down")
            await app.keys("enter")
        assert (app.topic, app.state) == ("question", "age_years")
        assert "Before, you answered: 40 years" in app.text
        await app.say("41")
        assert app.state == "pain_location"
        assert app.said("age_years") == {"age_years": 41}


async def test_a_change_asks_only_what_it_opens_and_comes_back(pack: Pack) -> None:
    async with asking(pack, "pain_location") as app:
        before = set(app.conversation.interview.case.by_question)
        await app.keys("f3")
        await app.type(next(row.name for row in listed(app) if row.question == "leg_symptom_side"))
        await app.keys("enter")
        assert app.state == "leg_symptom_side"
        await app.say("left leg")
        asked = []
        while app.state != "pain_location":
            asked.append(app.state)
            await app.say("1")
            if "Is that right?" in app.text:
                await app.say("yes")
            assert len(asked) < 9
        assert asked
        assert not before.intersection(asked)


async def test_looking_at_so_far_changes_nothing(pack: Pack) -> None:
    async with asking(pack, "pain_location") as app:
        before = app.conversation
        question = app.text
        await app.keys("f3", "down", "down", "escape")
        assert app.conversation is before
        assert app.text == question


async def test_before_the_first_answer_so_far_is_empty(pack: Pack) -> None:
    async with running(pack) as app:
        await app.keys("f3", "enter", "down", "enter")
        assert "What we have so far" in app.text
        await app.keys("escape")
        assert app.state == "right_now"


@pytest.mark.parametrize(
    ("question", "skips"),
    [("leg_symptom_side", False), ("saddle_sensation", True), ("illnesses", False), ("stomach_kidney_heart", True)],
)
async def test_skip_is_offered_only_where_it_is_possible(pack: Pack, question: str, skips: bool) -> None:
    async with asking(pack, question) as app:
        assert ("F5 Skip" in app.rows[-1]) is skips
        await app.keys("f5")
        assert (app.state != question) is skips


async def test_skip_typed_where_it_is_not_possible_says_so(pack: Pack) -> None:
    async with asking(pack, "leg_symptom_side") as app:
        await app.say("skip")
        assert app.notice == "This one matters for the advice. Type not sure if you do not know."
        assert app.state == "leg_symptom_side"


async def test_a_private_question_that_is_skipped_is_declined_and_not_denied(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation") as app:
        await app.say("skip")
        assert app.said("saddle_sensation") == {"saddle_sensation": "prefer_not"}


async def test_the_questions_about_treatment_alone_are_skipped_together(pack: Pack) -> None:
    async with asking(pack, "stomach_kidney_heart") as app:
        assert "The questions left are only about treatments." in app.text
        await app.keys("f5")
        assert app.topic == "check"


async def test_words_that_need_a_question_of_their_own_answer_and_put_it_with_a_notice(pack: Pack) -> None:
    async with asking(pack, "functional_limitation", size=(100, 40)) as app:
        await app.say("can't walk")
        assert app.state == "balance_hands"
        assert "Something you wrote needs a question of its own, so that is asked too." in app.text
        assert app.said("functional_limitation") is not None


async def test_such_words_are_heard_even_where_they_answer_nothing(pack: Pack) -> None:
    async with asking(pack, "age_years") as app:
        await app.say("i have wet myself")
        assert app.state == "bladder_function"
        assert "Something you wrote needs a question of its own" in app.text
        assert "Error" not in app.text
        await app.say("1")
        assert app.state == "age_years"


async def test_such_words_are_heard_in_a_list(pack: Pack) -> None:
    async with asking(pack, "balance_hands") as app:
        await app.keys("2")
        await app.say("i have wet myself")
        assert app.state == "bladder_function"


@pytest.mark.parametrize(
    ("typed", "topic", "shows"),
    [
        ("why", "question", "Why we ask: "),
        ("?", "question", "Why we ask: "),
        ("help", "reading", "One question at a time."),
        ("change", "sofar", "What we have so far"),
        ("stop", "leave", "Leave?"),
        ("BACK.", "question", "riding a bike"),
    ],
)
@pytest.mark.parametrize("question", ["bladder_function", "balance_hands"])
async def test_commands_can_be_typed_instead_of_an_answer(
    pack: Pack, typed: str, topic: str, shows: str, question: str
) -> None:
    async with asking(pack, question) as app:
        await app.say(typed)
        assert app.topic == topic
        assert shows in app.text or (question == "balance_hands" and app.state == "sexual_function_change")
        assert app.said(question) is None
        await app.keys("escape")
        assert app.topic == "question"


async def test_a_command_typed_leaves_an_empty_line(pack: Pack) -> None:
    async with asking(pack, "bladder_function") as app:
        await app.say("why")
        assert app.typed.value == ""
        await app.keys("enter")
        assert app.state == "bladder_function"
        assert app.notice.startswith("Error: ")
