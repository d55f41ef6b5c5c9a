"""What one key may do: it denies nothing that was out of sight, answers one question, and may be the start of words."""

from itertools import pairwise

import pytest

from chatbot.case import Mode
from chatbot.packs.pack import Pack
from chatbot.tui.key_timing import REPEAT, Pace
from tests.support.driving import Driven, asking, running, walked

SIZES = [(80, 24), (40, 15), (120, 40), (60, 18)]
LISTS = ["right_now", "balance_hands", "tummy_side_pee_skin", "pain_like"]


def in_sight(app: Driven) -> set[str]:
    """The lines whose last row stands on the screen now, between what is above the list and what is below it."""
    answers = app.answers
    place = answers.region.intersection(answers.parent.region)  # type: ignore[union-attr] # it stands in a row
    found, painted = set[str](), app.rows
    lasts = {row.line: (at, row) for at, row in enumerate(answers._rows)}
    for line, (at, row) in lasts.items():
        y = place.y + at - round(answers.scroll_y)
        if place.y <= y < place.bottom and not answers.lines[line].alone:
            assert row.text in painted[y]
            found.add(answers.lines[line].id)
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("question", LISTS)
async def test_a_nurses_zero_denies_no_line_that_was_not_in_sight_and_shows_it(
    pack: Pack, question: str, size: tuple[int, int]
) -> None:
    """She is told how many lines are below, each press brings the next of them, and one press more denies them."""
    async with asking(pack, question, who="nurse", size=size) as app:
        lines = {line.id for line in app.answers.lines if not line.alone}
        seen = in_sight(app)
        for presses in range(3 * len(lines)):  # in the smallest window a line is longer than the room for it
            if seen == lines:
                break
            await app.keys("0")
            assert (app.state, app.said(question), app.replies) == (question, None, {})
            assert "not on the screen yet" in app.notice, presses
            seen |= in_sight(app)
        assert seen == lines
        await app.keys("0")
        assert app.said(question) is not None


@pytest.mark.parametrize("who", ["patient", "carer", "nurse"])
@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
@pytest.mark.parametrize("question", ["illnesses", "infection_risk", "medicines", "stomach_kidney_heart"])
async def test_none_of_a_list_to_tick_denies_no_line_that_was_not_in_sight(
    pack: Pack, question: str, size: tuple[int, int], who: Mode
) -> None:
    """One key, or words, or the line itself: what was never on the screen is brought there first."""
    async with asking(pack, question, who=who, size=size) as app:
        lines = {line.id for line in app.answers.lines if not line.alone and not line.heading}
        seen = in_sight(app) & lines
        for presses in range(4 * len(lines)):
            if seen == lines:
                break
            if who == "nurse":
                await app.keys("0")
            else:
                await app.say("none of these")
                assert (app.state, app.said(question)) == (question, None), presses
                await app.keys("pagedown")
            assert (app.state, app.said(question)) == (question, None), presses
            seen |= in_sight(app) & lines
        assert seen == lines
        await (app.keys("0") if who == "nurse" else app.say("none of these"))
        assert app.said(question) is not None


@pytest.mark.parametrize("who", ["patient", "nurse"])
@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
@pytest.mark.parametrize("question", ["illnesses", "pain_location", "stomach_kidney_heart"])
async def test_no_line_to_tick_that_was_not_in_sight_is_denied_beside_one_that_is_ticked(
    pack: Pack, question: str, size: tuple[int, int], who: Mode
) -> None:
    """What is ticked stays so, and one key more takes it once every line was there."""
    async with asking(pack, question, who=who, size=size) as app:
        lines = {line.id for line in app.answers.lines if not line.alone and not line.heading}
        seen = in_sight(app) & lines
        await app.keys("down", "space")
        ticked = app.answers.chosen
        assert len(ticked & lines) == 1
        for presses in range(4 * len(lines)):
            if seen == lines:
                break
            await app.keys("enter")
            assert (app.state, app.said(question), app.answers.chosen) == (question, None, ticked), presses
            assert "Not yet on the screen" in app.notice or "not on the screen yet" in app.notice
            await app.keys(*["pagedown"] * (who != "nurse"))
            seen |= in_sight(app) & lines
        assert seen == lines
        await app.keys("enter")
        assert app.said(question) is not None


async def test_words_that_would_deny_lines_out_of_sight_stand_there_to_be_taken_later(pack: Pack) -> None:
    async with asking(pack, "stomach_kidney_heart", size=(80, 20)) as app:
        await app.say("kidney disease")
        assert (app.said("stomach_kidney_heart"), app.typed.value) == (None, "kidney disease")
        while app.answers.unseen:
            await app.keys("pagedown")
        await app.keys("enter")
        assert app.said("stomach_kidney_heart") is not None


async def test_how_many_lines_are_below_is_told_truly_to_a_nurse(pack: Pack) -> None:
    async with running(pack, "nurse", (60, 15)) as app:
        hidden = len(app.answers.lines) - 1 - len(in_sight(app))
        assert hidden > 1
        await app.keys("0")
        assert app.notice.startswith(f"Error: {hidden} lines were not on the screen yet")
        assert app.answers.cursor is not None
        assert app.answers.lines[app.answers.cursor].id in in_sight(app)


@pytest.mark.parametrize("how", ["click", "typed", "enter"])
async def test_no_other_way_denies_a_nurses_list_unseen(pack: Pack, how: str) -> None:
    async with running(pack, "nurse", (60, 15)) as app:
        assert len(in_sight(app)) < len(app.answers.lines) - 1
        if how == "typed":
            await app.say("none of these")
        elif how == "enter":
            app.answers.cursor = len(app.answers.lines) - 1
            await app.keys("enter")
        else:
            app.screen.answering.choose("*none")  # type: ignore[attr-defined] # where the line is clicked
            await app.settle()
        assert (app.state, app.replies) == ("right_now", {})


@pytest.mark.parametrize("who", ["patient", "carer"])
@pytest.mark.parametrize("words", ["2 yes", "3 not sure", "2, 5 yes", "2) yes", "1 yes", "2. no", "10 yes", "3; 4"])
async def test_words_that_begin_with_a_figure_reply_nothing_while_they_are_typed(
    pack: Pack, who: Mode, words: str
) -> None:
    async with asking(pack, "pain_like", who=who) as app:
        await app.keys("2", "up", "3")  # replies that stand, one of them changed, stay as they were
        before = app.replies
        await app.type(words)
        assert (app.state, app.replies, app.typed.value) == ("pain_like", before, words)


async def test_a_reply_that_a_figure_replaced_stands_again_when_words_go_on_from_it(pack: Pack) -> None:
    async with asking(pack, "pain_like") as app:
        await app.keys("2", "2", "up", "up")
        before = app.replies
        await app.type("3 of")
        assert app.replies == before


async def test_figures_alone_still_reply_one_after_the_other(pack: Pack) -> None:
    async with asking(pack, "pain_like") as app:
        await app.keys("2", "3", "2", "1")
        assert list(app.replies.values()) == ["no", "unknown", "no", "yes"]
        assert app.typed.value == ""


async def test_letters_right_after_a_figure_make_a_word_of_it_and_later_ones_do_not(pack: Pack) -> None:
    async with asking(pack, "pain_like") as app:
        app.app.pace = Pace()
        app.app.pace.show(0)
        start = app.app.pace._shown + 1
        await app.keys("2", at=start)
        await app.keys("n", at=start + 0.2)
        assert (app.replies, app.typed.value) == ({}, "2n")
        app.typed.value = ""
        await app.keys("2", at=start + 10)
        await app.keys("n", at=start + 12)
        assert (list(app.replies.values()), app.typed.value) == (["no"], "n")


def shown_at(app: Driven) -> float:
    """When what is on the screen was shown."""
    return app.app.pace._shown


async def at_pace(app: Driven) -> None:
    """From here on with the pace of the real program, at a question that has stood for a while."""
    app.app.pace = Pace()
    await app.show(app.conversation)
    app.app.pace.show(0)


@pytest.mark.parametrize("key", ["1", "2", "0"])
async def test_a_key_that_comes_twice_answers_one_question_of_a_nurse(pack: Pack, key: str) -> None:
    question = "right_now" if key == "0" else "saddle_sensation"
    async with asking(pack, question, who="nurse", size=(120, 50)) as app:
        await at_pace(app)
        await app.keys(key, at=shown_at(app) + 1)
        following = app.state
        assert following != question
        before = app.conversation
        for late in (0.13, 0.2, REPEAT - 0.01):
            await app.keys(key, at=shown_at(app) + late)
            assert app.conversation is before
        assert ("came twice" in app.notice) == (key != "0")  # no key there


async def test_every_question_of_a_nurse_takes_another_key_at_once_and_the_same_one_a_moment_later(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation", who="nurse") as app:
        await at_pace(app)
        await app.keys("1", at=shown_at(app) + 1)
        await app.keys("2", at=shown_at(app) + 0.13)
        assert app.said("bladder_function") is not None
        state = app.state
        await app.keys("2", at=shown_at(app) + REPEAT + 0.01)
        assert app.said(state) is not None or app.conversation.interview.again


async def test_the_lines_of_one_list_take_the_same_key_as_fast_as_ever(pack: Pack) -> None:
    async with running(pack, "nurse") as app:
        await at_pace(app)
        at = shown_at(app) + 1
        for line in range(5):
            await app.keys("2", at=at)
            assert len(app.replies) == line + 1
            at = shown_at(app) + 0.13


async def test_a_click_that_comes_twice_answers_one_question_of_a_nurse() -> None:
    pace = Pace()
    pace.clicked(1.0)
    pace.show(0.0)
    pace.clicked(pace._shown + 0.2)
    assert not pace.may_answer()
    pace.clicked(pace._shown + REPEAT + 0.1)
    assert pace.may_answer()


async def refused(app: Driven) -> None:
    """Words that no question understands."""
    await app.paste("banana banana")
    await app.keys("enter")
    assert app.notice.startswith("Error: ")
    assert app.typed.value == "banana banana"


@pytest.mark.parametrize("who", ["patient", "nurse"])
async def test_after_an_error_at_any_question_what_was_typed_is_gone_where_anything_is_asked_next(
    pack: Pack, who: Mode
) -> None:
    """Another line of a list is asked next, too; and a key takes the place of what was refused."""
    kinds = set[str]()
    async with running(pack, None, (120, 50)) as app:
        for at, following in pairwise(walked(pack, who)):
            asked = at.asked
            if asked is None or asked.question.kind in kinds:
                continue
            kinds.add(asked.question.kind)
            await app.show(at)
            await refused(app)
            await app.type("2")
            assert app.typed.value == "2"
            await app.keys("escape")
            await refused(app)
            if asked.question.kind == "lines":
                await app.click("No", nth=2 if who == "nurse" else 1)
                assert len(app.replies) == 1
            else:
                await app.show(following)
            assert app.typed.value == "", asked.question.id
    assert kinds >= {"lines", "one", "number"}
