"""The nurse's way: clinical words with what to read out, one key per answer, and what is not asked yet in sight."""

import re

import pytest

from chatbot.packs.pack import Pack
from tests.support.driving import Driven, asking, in_order, running, walked

LEG = {"leg_symptom_side": "left", "leg_weakness": "1", "leg_sensory_change": "1", "leg_symptom_extent": "foot"}


def checks_left(app: Driven) -> int:
    """How many emergency checks the top row says are not asked yet."""
    found = re.search(r"(\d+) emergency checks? not asked", app.rows[0])
    return int(found[1]) if found else 0


async def test_the_clinical_wording_stands_over_what_to_read_aloud(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation", who="nurse") as app:
        plain = pack.wording().questions["saddle_sensation"]["patient"].ask
        assert in_order(app.text, "Perianal/perineal/genital (S2-S5) sensation", f"Read aloud: {plain}", "1 ( ) Normal")


async def test_a_list_shows_what_to_read_aloud_under_the_line_at_hand_only(pack: Pack) -> None:
    async with running(pack, "nurse", (100, 40)) as app:
        plain = pack.wording().questions["right_now"]["patient"].options
        lines = [line.id for line in app.answers.lines]
        assert in_order(app.text, "Chest, jaw or arm pain or tightness", "Chest tightness", "Syncope or collapse")
        assert plain[lines[1]] not in app.text
        await app.keys("2")
        assert plain[lines[1]] in app.text
        assert plain[lines[0]] not in app.text


async def test_nobody_else_is_told_to_read_aloud(pack: Pack) -> None:
    for who in ("patient", "carer"):
        async with asking(pack, "saddle_sensation", who=who) as app:  # type: ignore[arg-type] # a mode
            assert "Read aloud" not in app.text
            assert "Perianal" not in app.text


@pytest.mark.parametrize(("key", "value"), [("1", "normal"), ("3", "altered"), ("5", "unknown"), ("6", "prefer_not")])
async def test_one_key_records_an_answer_and_moves_on(pack: Pack, key: str, value: str) -> None:
    async with asking(pack, "saddle_sensation", who="nurse") as app:
        await app.keys(key)
        assert app.said("saddle_sensation") == {"saddle_sensation": value}
        assert app.conversation.interview.again or app.state != "saddle_sensation"


async def test_after_nine_lines_letters_are_keys(pack: Pack) -> None:
    async with asking(pack, "bladder_function", who="nurse") as app:
        assert "b ( ) Declined to answer" in app.text
        await app.keys("b")
        assert app.said("bladder_function") == {"bladder_function": "prefer_not"}


async def test_a_click_records_too(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation", who="nurse") as app:
        await app.click("Saddle anaesthesia")
        assert app.said("saddle_sensation") == {"saddle_sensation": "numb"}


async def test_arrows_move_without_recording(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation", who="nurse") as app:
        assert "> 1 ( ) Normal" in app.text
        await app.keys("down", "down", "up")
        assert "> 2 ( ) Altered" in app.text
        assert app.said("saddle_sensation") is None


async def test_enter_records_the_line_with_the_mark(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation", who="nurse") as app:
        await app.keys("down", "up", "enter")
        assert app.said("saddle_sensation") == {"saddle_sensation": "normal"}


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_no_line_is_taken_before_the_mark_was_moved(pack: Pack, key: str) -> None:
    """One press too many at the question before would else deny what was never asked."""
    async with asking(pack, "saddle_sensation", who="nurse") as app:
        await app.keys(key)
        assert app.said("saddle_sensation") is None
        assert app.chosen == set()
        await app.keys("up", key)
        assert app.said("saddle_sensation") == {"saddle_sensation": "normal"}


@pytest.mark.parametrize(("question", "first"), [("how_started", "> 1 [ ]"), ("right_now", "> Chest, jaw")])
async def test_the_mark_stands_on_the_first_line_of_every_list(pack: Pack, question: str, first: str) -> None:
    async with asking(pack, question, who="nurse") as app:
        assert first in app.text
        assert app.chosen == set()


async def test_a_paste_while_the_lines_have_the_focus_is_typed_text(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation", who="nurse") as app:
        await app.paste("1\r")
        assert app.said("saddle_sensation") is None
        assert app.typed.value == "1"
        await app.keys("escape")
        assert app.typed.value == ""
        await app.keys("4")
        assert app.said("saddle_sensation") == {"saddle_sensation": "numb"}


async def test_in_a_tick_list_one_key_ticks_and_enter_records(pack: Pack) -> None:
    async with asking(pack, "how_started", who="nurse") as app:
        await app.keys("1", "4")
        assert len(app.chosen) == 2
        assert app.said("how_started") is None
        await app.keys("1", "enter")
        assert app.said("how_started") is not None
        answer = app.conversation.interview.case.by_question["how_started"]
        assert list(answer.lines.values()).count("yes") == 1


async def test_a_list_moves_on_by_itself_after_its_last_line(pack: Pack) -> None:
    async with running(pack, "nurse") as app:
        await app.keys(*["2"] * 11)
        assert app.state == "saddle_sensation"


async def test_a_key_that_is_no_line_records_nothing(pack: Pack) -> None:
    async with asking(pack, "leg_symptom_side", who="nurse") as app:
        before = app.conversation
        await app.keys("9", "z", "b", "minus")
        assert app.conversation is before


async def test_a_figure_is_typed(pack: Pack) -> None:
    async with asking(pack, "age_years", who="nurse") as app:
        await app.type("46")
        assert app.said("age_years") is None
        await app.keys("enter")
        assert app.said("age_years") == {"age_years": 46}


async def test_whether_an_age_was_heard_rightly_is_answered_by_the_arrows_too(pack: Pack) -> None:
    """One that would end the questions is asked about; a duration stands in the checklist and is taken back there."""
    async with asking(pack, "age_years", who="nurse") as app:
        await app.type("12")
        await app.keys("enter")
        assert "> 1 ( ) Yes" in app.text
        await app.keys("enter")
        assert app.said("age_years") is None
        await app.keys("down", "up", "enter")
        assert app.said("age_years") == {"age_years": 12}
    async with asking(pack, "onset_days", who="nurse") as app:
        await app.type("3 weeks")
        await app.keys("enter")
        assert app.said("onset_days") == {"onset_days": 21}
        assert "Duration of episode: 3 weeks" in app.text


async def test_undo_takes_the_last_answer_back(pack: Pack) -> None:
    async with asking(pack, "bladder_function", who="nurse") as app:
        await app.keys("u")
        assert app.state == "saddle_sensation"
        assert "Before, you answered: Normal" in app.text
        await app.keys("4")
        assert app.said("saddle_sensation") == {"saddle_sensation": "numb"}


async def test_undo_in_a_list_takes_the_last_reply_back(pack: Pack) -> None:
    async with running(pack, "nurse") as app:
        await app.keys("2", "3", "u")
        assert [reply for reply, _ in app.conversation.current_replies.values()] == ["no"]
        assert "[Not known]" not in app.text


async def test_undo_takes_back_what_was_replied_last_and_comes_to_its_line(pack: Pack) -> None:
    """A line gone back to and changed has its earlier reply again, and the next figure replies to the line undone."""
    async with running(pack, "nurse") as app:
        first, second, third = (line.id for line in app.answers.lines[:3])
        await app.keys("2", "3", "up", "up", "3")
        assert app.answers.current.id == third  # type: ignore[union-attr] # it stands on a line
        await app.keys("u")
        assert app.replies == {first: "no", second: "unknown"}
        assert app.answers.current.id == first  # type: ignore[union-attr] # it stands on a line
        await app.keys("u", "2")
        assert app.replies == {first: "no", second: "no"}
        await app.keys("u", "u")
        assert (app.replies, app.answers.cursor) == ({}, 0)
        await app.keys("u")
        assert app.topic == "start"


async def test_the_same_reply_once_more_is_nothing_to_undo(pack: Pack) -> None:
    async with running(pack, "nurse") as app:
        await app.keys("2", "3", "up", "3", "u")
        assert [reply for reply, _ in app.conversation.current_replies.values()] == ["no"]
        await app.keys("u")
        assert not app.conversation.current_replies


async def test_undo_takes_back_at_once_what_none_of_these_denied_at_once(pack: Pack) -> None:
    async with running(pack, "nurse") as app:
        first = app.answers.lines[0].id
        await app.keys("2")
        while app.state == "right_now":
            await app.keys("0")
        await app.keys("u")
        assert (app.state, len(app.replies)) == ("right_now", len(app.answers.lines) - 1)
        await app.keys("u")
        assert app.replies == {first: "no"}


async def test_any_question_can_be_jumped_to(pack: Pack) -> None:
    async with running(pack, "nurse") as app:
        await app.keys("slash")
        assert "Go to a question" in app.text
        await app.type("fever")
        assert "Age in years" not in app.text
        await app.keys("enter")
        assert (app.topic, app.state) == ("question", "fever_chills")
        await app.keys("1")
        assert app.state == "right_now"
        assert app.said("fever_chills") is not None


async def test_a_jump_can_be_left_alone_and_an_answered_question_jumped_back_to(pack: Pack) -> None:
    async with asking(pack, "bladder_function", who="nurse") as app:
        await app.keys("slash", "escape")
        assert app.state == "bladder_function"
        await app.keys("slash")
        await app.type("S2-S5")
        await app.keys("enter")
        assert app.state == "saddle_sensation"
        assert "Before, you answered: Normal" in app.text


async def test_emergency_checks_not_asked_are_counted_down_in_words(pack: Pack) -> None:
    async with running(pack, "nurse") as app:
        first = checks_left(app)
        assert first > 6
        await app.keys(*["2"] * 11)
        assert checks_left(app) == first - 1
        await app.keys("1")
        assert checks_left(app) == first - 2
    async with asking(pack, "sex_at_birth", who="nurse") as app:
        assert checks_left(app) == len(app.conversation.interview.checks_left) == 1
        assert "1 emergency check not asked" in app.rows[0]
    async with asking(pack, "how_started", who="nurse") as app:
        assert "not asked" not in app.rows[0]


async def test_only_a_nurse_is_told_of_checks_not_asked(pack: Pack) -> None:
    async with running(pack, "patient") as app:
        assert "not asked" not in app.text


async def test_the_count_says_the_same_at_the_width_of_the_smallest_window(pack: Pack) -> None:
    async with running(pack, "nurse", (40, 15)) as app:
        assert checks_left(app) == len(app.conversation.interview.checks_left)


async def test_examination_comes_where_it_matters_and_its_findings_count(pack: Pack) -> None:
    async with asking(pack, "exam_root_signs", who="nurse", says=LEG) as app:
        assert "Examination" in app.rows[0]
        await app.keys("1", "2", "enter")
        assert app.said("exam_root_signs") is not None
    async with asking(pack, "check_answers", says=LEG) as app:
        assert not any(name.startswith("exam_") for name in app.conversation.interview.case.by_question)


async def test_a_question_mark_says_why_we_ask_and_what_rests_on_it(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation", who="nurse") as app:
        await app.keys("question_mark")
        assert in_order(app.text, "Why we ask: ", "CES-1: ")
        await app.keys("escape", "f2")
        assert app.notice.startswith("Why we ask: ")


async def test_the_summary_names_rules_and_claims_by_their_ids(pack: Pack) -> None:
    async with asking(pack, "complete", who="nurse", size=(120, 60)) as app:
        assert re.search(r"SELF-CARE ADVICE: .* \[S\d-\d\d, .*SRC-", app.text)
        assert "T-ACT" in app.text
    async with asking(
        pack, "emergency", who="nurse", says={"saddle_sensation": "4", "cauda_symptom_timing": "1"}
    ) as app:
        assert "CES-1" in app.text


async def test_what_was_declined_or_not_known_is_told_apart_in_the_thread(pack: Pack) -> None:
    async with asking(pack, "bladder_function", who="nurse") as app:
        await app.keys("b", "f4")
        assert "You: Declined to answer" in app.text


async def test_every_nurse_question_fits_its_one_key_labels(pack: Pack) -> None:
    """No label is a key that does something else."""
    async with running(pack, None, (120, 60)) as app:
        for at in walked(pack, "nurse", LEG):
            if at.asked is not None:
                await app.show(at)
                labels = [line.label for line in app.answers.lines if line.label]
                assert len(set(labels)) == len(labels), at.state
                assert not {"u", "y", "n", "r", "l", "/", "?"}.intersection(labels), at.state


async def test_ten_typed_on_a_scale_is_ten_and_its_digits_answer_nothing_else(pack: Pack) -> None:
    async with asking(pack, "pain_severity_nprs", who="nurse") as app:
        await app.keys("1", "0")
        assert app.state == "pain_severity_nprs"
        await app.keys("enter")
        assert app.said("pain_severity_nprs") == {"pain_severity_nprs": 10}
        assert app.conversation.current_replies == {}


@pytest.mark.parametrize("question", ["how_started", "infection_risk", "illnesses"])
async def test_a_ten_typed_at_a_list_to_tick_takes_no_tick_away_and_goes_nowhere(pack: Pack, question: str) -> None:
    """Where lines have letters from the tenth on, a nurse may still type the number of one."""
    async with asking(pack, question, who="nurse") as app:
        await app.keys("1", "0")
        assert app.state == question
        assert app.said(question) is None
        assert len(app.chosen) == 1
        assert "None of these" in app.notice
        await app.keys("1", "0")
        assert app.said(question) is None
        await app.keys("0")
        assert app.said(question) is not None


async def test_a_zero_right_after_a_one_denies_no_list_until_it_is_pressed_once_more(pack: Pack) -> None:
    """A 10 typed where one key answers: its 0 is left over, and the list behind it was not read."""
    async with running(pack, "nurse") as app:
        await app.keys("0", "0")  # the first shows the lines below
        for at in range(12):
            if app.state in ("balance_hands", "tummy_side_pee_skin"):
                break
            before = app.state
            await app.keys("1")
            assert app.state != before, at
        assert app.state == "balance_hands"
        await app.keys("0")
        assert (app.state, app.conversation.current_replies) == ("balance_hands", {})
        assert "once more" in app.notice
        await app.keys("0")
        assert app.state != "balance_hands"


async def test_a_ten_typed_at_one_line_of_a_list_denies_none_of_the_others(pack: Pack) -> None:
    async with running(pack, "nurse") as app:
        await app.keys("2", "2", "2", "2", "2", "2", "1", "0")
        assert app.state == "right_now"
        assert len(app.conversation.current_replies) == 7
        await app.keys(*["0"] * (1 + bool(app.answers.unseen)))
        assert app.state != "right_now"


@pytest.mark.parametrize("question", ["infection_risk", "medicines", "stomach_kidney_heart"])
async def test_the_checklist_gives_way_where_lines_to_tick_would_be_out_of_sight(pack: Pack, question: str) -> None:
    async with asking(pack, question, "nurse") as app:
        assert app.answers.unseen == 0
        await app.keys("0")
        assert app.state != question
