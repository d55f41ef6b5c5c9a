"""Lists in which every line has its own reply: none is missed, none is answered unread, an emergency does not wait."""

import pytest

from chatbot.packs.pack import Pack
from tests.support.driving import Driven, asking, running

LINES = 11  # of the first list
FAINT = "Fainting, blacking out or collapsing"
NONE = "None of these"
SIZES = [(80, 24), (40, 15), (120, 40), (200, 60)]


def replies(app: Driven) -> dict[str, str]:
    """What was replied so far, by line."""
    return {line: reply for line, (reply, _) in app.conversation.current_replies.items()}


def at_mark(app: Driven) -> int | None:
    """The place of the line with the mark."""
    return app.answers.cursor


async def test_nothing_is_replied_at_first_and_the_first_line_has_the_mark(pack: Pack) -> None:
    async with running(pack) as app:
        assert replies(app) == {}
        assert not any(f"[{reply}]" in app.text for reply in ("Yes", "No", "Not sure"))
        assert "> Chest tightness" in app.text


async def test_a_digit_replies_and_goes_to_the_next_line(pack: Pack) -> None:
    async with running(pack) as app:
        await app.keys("2")
        assert list(replies(app).values()) == ["no"]
        assert "[No]" in app.rows[app.row_of("Chest tightness")]
        assert f"> {FAINT}" in app.text
        await app.keys("3")
        assert list(replies(app).values()) == ["no", "unknown"]
        assert "[Not sure]" in app.rows[app.row_of(FAINT)]


@pytest.mark.parametrize("size", SIZES)
async def test_every_reply_can_be_given_by_digits_in_every_window(pack: Pack, size: tuple[int, int]) -> None:
    async with running(pack, size=size) as app:
        for place in range(LINES):
            assert at_mark(app) == place
            assert "> " in app.text
            await app.keys("2")
        assert app.notice == "All lines are answered. Press Enter to go on, or change a line."
        assert app.state == "right_now"
        await app.keys("enter")
        assert app.state == "saddle_sensation"
        assert set(app.conversation.interview.case.by_question["right_now"].lines.values()) == {"no"}


@pytest.mark.parametrize("size", [(80, 24), (40, 15), (120, 40)])
@pytest.mark.parametrize(("shown", "reply"), [("No", "no"), ("Not sure", "unknown")])
async def test_a_click_on_a_reply_gives_it_to_its_own_line(
    pack: Pack, size: tuple[int, int], shown: str, reply: str
) -> None:
    async with running(pack, size=size) as app:
        place = 0 if size == (40, 15) else 1  # only the first fits there
        await app.click(shown, after="Yes  ", nth=place)
        assert replies(app) == {app.answers.lines[place].id: reply}
        assert at_mark(app) == place + 1


async def test_a_click_on_the_text_of_a_line_moves_the_mark_and_replies_nothing(pack: Pack) -> None:
    async with running(pack) as app:
        await app.click(FAINT)
        assert replies(app) == {}
        assert f"> {FAINT}" in app.text
        await app.keys("2")
        assert list(replies(app)) == [app.answers.lines[1].id]
        assert at_mark(app) == 2


async def test_a_click_on_yes_is_a_yes(pack: Pack) -> None:
    async with asking(pack, "pain_like") as app:
        await app.click("Yes", nth=0)
        assert list(replies(app).values()) == ["yes"]
        assert app.state == "pain_like"


async def test_a_reply_can_be_changed(pack: Pack) -> None:
    async with running(pack) as app:
        await app.keys("2", "2", "up", "up", "3")
        assert list(replies(app).values()) == ["unknown", "no"]


async def test_enter_with_lines_left_says_how_many_and_goes_to_the_first_of_them(pack: Pack) -> None:
    async with running(pack) as app:
        await app.keys("2", "down", "2", "enter")
        assert app.notice == f"Error: Select yes, no or not sure for each line. {LINES - 2} lines are left."
        assert at_mark(app) == 1
        await app.keys(*["2"] * (LINES - 3), "up", "up", "up", "enter")
        assert app.notice == "Error: Select yes, no or not sure for each line. 1 line is left."
        assert app.conversation.current_replies.keys() == {line.id for line in app.answers.lines[:-2]}
        assert app.state == "right_now"


async def test_a_line_left_out_is_come_back_to_after_the_last(pack: Pack) -> None:
    async with running(pack) as app:
        await app.keys("down", *["2"] * (LINES - 1))
        assert at_mark(app) == 0
        await app.keys("2", "enter")
        assert app.state == "saddle_sensation"


@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
@pytest.mark.parametrize("how", ["click", "typed"])
async def test_none_of_these_is_taken_once_every_line_was_on_the_screen(
    pack: Pack, size: tuple[int, int], how: str
) -> None:
    async with running(pack, size=size) as app:
        await app.say("none of these")
        assert app.notice.startswith("Error: Read every line first. ")
        assert (app.state, replies(app)) == ("right_now", {})
        pages = 0
        while app.answers.unseen:
            await app.keys("pagedown")
            pages += 1
        assert pages
        if how == "click":
            await app.keys(*["pagedown"] * 5)
            await app.click(NONE)
        else:
            await app.say("none of these")
        assert app.state == "saddle_sensation"
        assert set(app.conversation.interview.case.by_question["right_now"].lines.values()) == {"no"}


async def test_none_of_these_is_taken_at_once_where_every_line_is_on_the_screen(pack: Pack) -> None:
    async with running(pack, size=(200, 60)) as app:
        await app.click(NONE)
        assert app.state == "saddle_sensation"


async def test_how_many_lines_were_not_on_the_screen_is_told_truly(pack: Pack) -> None:
    async with running(pack, size=(120, 16)) as app:
        hidden = sum(line.text[-9:] not in app.text for line in app.answers.lines if line.id[0] != "*")
        assert hidden > 1
        await app.say("none of these")
        assert f"Not yet on the screen: {hidden}." in app.notice


async def test_enter_on_none_of_these_says_no_to_what_has_no_reply_yet(pack: Pack) -> None:
    async with running(pack, size=(200, 60)) as app:
        await app.keys("3", *["down"] * LINES)
        assert "> None of these" in app.text
        await app.keys("enter")
        answer = app.conversation.interview.case.by_question["right_now"]
        assert sorted(answer.lines.values()) == ["no"] * (LINES - 1) + ["unknown"]


@pytest.mark.parametrize("words", ["not sure", "dunno", "i don't know"])
async def test_not_sure_typed_is_the_reply_of_the_line_at_hand_and_never_no(pack: Pack, words: str) -> None:
    async with running(pack) as app:
        await app.say(words)
        assert list(replies(app).values()) == ["unknown"]
        assert at_mark(app) == 1


@pytest.mark.parametrize(("words", "reply"), [("yes", "yes"), ("yeah", "yes"), ("no", "no"), ("nope", "no")])
async def test_yes_and_no_typed_are_the_reply_of_the_line_at_hand(pack: Pack, words: str, reply: str) -> None:
    """As in line mode; a no in passing denies none of the lines below."""
    async with asking(pack, "pain_like", size=(200, 60)) as app:
        await app.say(words)
        assert app.state == "pain_like"
        assert list(replies(app).values()) == [reply]


async def test_numbers_typed_reply_to_the_lines_they_name_and_leave_the_others_open(pack: Pack) -> None:
    async with asking(pack, "pain_like", size=(120, 40)) as app:
        lines = [line.id for line in app.answers.lines]
        await app.say("2 yes, 5 not sure")
        assert app.state == "pain_like"
        assert replies(app) == {lines[1]: "yes", lines[4]: "unknown"}
        assert at_mark(app) == 0


async def test_words_typed_at_a_list_deny_no_other_line_and_change_no_reply(pack: Pack) -> None:
    async with running(pack) as app:
        await app.keys("2", "2", "3")
        before = replies(app)
        await app.say("my skin is yellow")
        assert app.state == "right_now"
        assert replies(app) == {**before, "jaundice": "yes"}


@pytest.mark.parametrize("letter", ["a", "b", "k"])
async def test_a_letter_that_stands_before_no_line_replies_nothing(pack: Pack, letter: str) -> None:
    async with running(pack) as app:
        await app.say(letter)
        assert (app.state, replies(app)) == ("right_now", {})
        assert app.notice.startswith("Error: ")


@pytest.mark.parametrize("words", ["banana", "none but the second", "some of them maybe", "7"])
async def test_words_that_fit_no_line_are_refused_and_reply_nothing(pack: Pack, words: str) -> None:
    async with running(pack, size=(200, 60)) as app:
        await app.say(words)
        assert app.notice == "Error: Select yes, no or not sure for the line with the > mark."
        assert replies(app) == {}


async def test_a_yes_that_is_an_emergency_interrupts_at_once(pack: Pack) -> None:
    async with running(pack) as app:
        await app.keys("2", "1")
        assert (app.topic, app.state) == ("emergency", "emergency")
        assert "EMERGENCY ADVICE: Call 999 or go to A&E now" in app.text


async def test_back_from_the_emergency_keeps_the_other_replies(pack: Pack) -> None:
    async with running(pack) as app:
        await app.keys("2", "1", "escape")
        assert app.state == "right_now"
        assert list(replies(app).values()) == ["no"]
        assert at_mark(app) == 1


@pytest.mark.parametrize("away", [["f3", "escape"], ["f4", "escape"], ["f1", "escape"], ["f8", "f8"]])
async def test_replies_are_kept_when_something_else_is_looked_at(pack: Pack, away: list[str]) -> None:
    async with running(pack) as app:
        await app.keys("2", "3", *away)
        assert list(replies(app).values()) == ["no", "unknown"]
        assert "[Not sure]" in app.rows[app.row_of(FAINT)]
        assert at_mark(app) == 2


async def test_replies_are_kept_when_the_question_is_left_and_come_back_to(pack: Pack) -> None:
    async with asking(pack, "balance_hands") as app:
        await app.keys("2", "3", "escape")
        assert app.state == "sexual_function_change"
        await app.say("1")
        assert app.state == "balance_hands"
        assert list(replies(app).values()) == ["no", "unknown"]
        assert "[Not sure]" in app.text
        assert at_mark(app) == 2


async def test_only_the_lines_not_sure_of_are_asked_the_second_time(pack: Pack) -> None:
    async with running(pack) as app:
        await app.keys(*["2"] * 4, "3", *["2"] * (LINES - 5), "enter")
        assert app.state == "right_now"
        assert "once more in other words" in app.text
        assert len(app.answers.lines) == 2  # the line and none of these
        assert app.answers.lines[0].text.startswith("A very bad headache")


async def test_lines_seen_in_one_window_do_not_count_for_other_lines_in_another(pack: Pack) -> None:
    """Rows are longer in a wide window, so that as many of them hold more lines."""
    async with running(pack, size=(40, 15)) as app:
        while len(app.answers.lines) - app.answers.unseen < 6:
            await app.keys("pagedown")
        left = app.answers.unseen
        assert left
        await app.keys(*["pageup"] * 9)
        await app.resize(100, 12)
        assert NONE not in app.text
        assert app.answers.unseen == left
