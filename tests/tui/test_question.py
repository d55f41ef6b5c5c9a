"""One question: chosen or typed in any way, never answered by itself, and never by what was not understood."""

from collections.abc import Awaitable, Callable

import pytest

from chatbot.case import Mode
from chatbot.packs.pack import Pack
from tests.support.driving import Driven, asking, reached, running, walked

NUMB = {"saddle_sensation": "numb"}
Way = Callable[[Driven], Awaitable[None]]


async def by_digit(app: Driven) -> None:
    await app.type("4")
    await app.keys("enter")


async def by_arrows(app: Driven) -> None:
    await app.keys("down", "down", "down", "down", "enter")


async def by_arrow_from_below(app: Driven) -> None:
    await app.keys("up", "up", "up", "enter")


async def by_click_and_enter(app: Driven) -> None:
    await app.click("I cannot feel paper")
    await app.keys("enter")


async def by_mouse_alone(app: Driven) -> None:
    await app.click("4 (")
    await app.click("Continue")


async def by_words(app: Driven) -> None:
    await app.type("can't feel the toilet paper")
    await app.keys("enter")


async def by_words_and_mouse(app: Driven) -> None:
    await app.type("numb")
    await app.click("Continue")


WAYS = [by_digit, by_arrows, by_arrow_from_below, by_click_and_enter, by_mouse_alone, by_words, by_words_and_mouse]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
async def test_a_line_chosen_in_any_way_is_the_same_answer(pack: Pack, way: Way) -> None:
    async with asking(pack, "saddle_sensation") as app:
        await way(app)
        assert app.said("saddle_sensation") == NUMB
        assert app.state == "cauda_symptom_timing"


async def test_nothing_is_chosen_at_first_and_enter_keeps_the_question(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation") as app:
        assert app.chosen == set()
        await app.keys("enter")
        assert app.state == "saddle_sensation"
        assert app.said("saddle_sensation") is None
        assert app.notice.startswith("Error: Select one answer.")
        assert app.chosen == set()


async def test_a_second_miss_is_told_in_other_words(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation") as app:
        await app.keys("enter")
        first = app.notice
        await app.keys("enter")
        assert app.notice.startswith("Error: ")
        assert app.notice != first
        assert "I'm not sure" in app.notice


async def test_words_that_are_not_understood_stay_to_be_mended_and_answer_nothing(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation") as app:
        await app.type("banana")
        await app.keys("enter")
        assert app.state == "saddle_sensation"
        assert app.notice.startswith("Error: ")
        assert app.typed.value == "banana"


async def test_words_that_are_not_understood_are_not_taken_for_the_line_chosen_before(pack: Pack) -> None:
    """What was typed last was meant; it is never dropped in silence."""
    async with asking(pack, "saddle_sensation") as app:
        await app.keys("down")
        await app.type("banana")
        await app.keys("enter")
        assert app.state == "saddle_sensation"
        assert app.notice.startswith("Error: ")


async def test_marks_follow_what_is_typed_and_go_when_it_is_deleted(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation") as app:
        await app.type("numb")
        assert app.chosen == {"Yes: numb. I cannot feel paper, water or my hand when I clean there."}
        await app.keys(*["backspace"] * 4)
        assert app.chosen == set()
        await app.type("1")
        assert app.chosen == {"No, all of it feels normal (an ache or tingle in one buttock only"}
        await app.keys("backspace", "enter")
        assert app.said("saddle_sensation") is None


async def test_what_is_typed_shows_alone_and_what_was_chosen_comes_back_when_it_is_deleted(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation") as app:
        await app.click("4 (")
        await app.type("1")
        assert [line[:2] for line in app.chosen] == ["No"]
        await app.keys("backspace")
        assert [line[:9] for line in app.chosen] == ["Yes: numb"]


async def test_letters_typed_with_the_lines_in_focus_begin_a_word(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation") as app:
        await app.click("1 (")
        await app.type("numb")
        assert app.typed.value == "numb"


@pytest.mark.parametrize(("key", "value"), [("5", "unknown"), ("6", "prefer_not")])
async def test_not_sure_and_rather_not_say_are_lines_of_their_own(pack: Pack, key: str, value: str) -> None:
    async with asking(pack, "saddle_sensation") as app:
        assert "5 ( ) I'm not sure" in app.text
        assert "6 ( ) I would rather not say" in app.text
        await app.type(key)
        await app.keys("enter")
        assert app.said("saddle_sensation") == {"saddle_sensation": value}


async def test_not_sure_is_asked_once_more_in_other_words_with_a_reason(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation") as app:
        first = app.text
        await app.say("not sure")
        assert app.state == "saddle_sensation"
        assert "Here it is once more in other words, as the answer matters." in app.text
        assert "Think of the parts you sit on" in first
        ask = pack.wording().questions["saddle_sensation"]["patient"].again
        assert ask[:30] in app.text
        await app.say("not sure")
        assert app.state == "bladder_function"
        assert app.said("saddle_sensation") == {"saddle_sensation": "unknown"}


async def test_every_question_offers_not_sure_or_none_of_these(pack: Pack) -> None:
    async with running(pack, None, (120, 40)) as app:
        asked = 0
        for at in walked(pack):
            if at.asked is not None:
                await app.show(at)
                texts = [line.text.lower() for line in app.answers.lines]
                assert any("not sure" in text or "none of these" in text for text in texts), at.state
                asked += 1
        assert asked > 20


async def test_in_the_smallest_window_every_question_keeps_its_parts_in_sight(pack: Pack) -> None:
    """Where it stands, the whole question, some of its first line, the line to type in, and the keys."""
    async with running(pack, None, (40, 15)) as app:
        for at in walked(pack):
            if at.asked is not None:
                await app.show(at)
                rows = app.rows
                assert rows[0].strip().startswith("Part "), at.state
                assert at.asked.ask in app.text, at.state
                assert app.answers.region.height >= 1, at.state
                assert any(row.startswith(" >") and not row[2:].strip() for row in rows), at.state
                assert "Enter Continue" in rows[-1], at.state


async def test_the_question_its_first_line_and_the_line_to_type_in_are_in_sight(pack: Pack) -> None:
    async with asking(pack, "bladder_function") as app:
        for size in ((80, 24), (40, 15), (120, 40), (200, 60)):
            await app.resize(*size)
            rows = app.rows
            assert rows[0].strip().startswith("Part 1 of 5")
            first = app.row_of("1 ( )")
            assert 1 < first < size[1] - 3
            assert any(row.strip().startswith(">") for row in rows[first:])
            assert "Enter Continue" in rows[-1]


@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
async def test_lines_out_of_sight_come_into_sight_under_the_cursor(pack: Pack, size: tuple[int, int]) -> None:
    async with asking(pack, "illnesses", size=size) as app:
        await app.keys(*["pagedown"] * 20)
        assert "13 [ ] I'm not sure about some" in app.text
        assert "> 13" in app.text
        await app.keys(*["pageup"] * 20)
        assert "> 1 [ ]" in app.text


@pytest.mark.parametrize("who", ["patient", "carer", "nurse"])
@pytest.mark.parametrize("key", ["pagedown", "pageup"])
async def test_paging_reads_on_and_chooses_nothing(pack: Pack, who: Mode, key: str) -> None:
    """In a small window the first lines alone are in sight; whoever looks at the others has not answered."""
    async with asking(pack, "bladder_function", who, (40, 15)) as app:
        await app.keys(key, "enter")
        assert (app.state, app.chosen) == ("bladder_function", set())
        await app.keys(key, key, "enter")
        assert app.state == "bladder_function"
        await app.keys("pageup", "pageup", "pageup", "down", "enter")
        assert app.said("bladder_function") is not None


async def test_the_part_is_told_by_number_and_name(pack: Pack) -> None:
    parts = {
        "saddle_sensation": "Part 1 of 5: Emergency checks",
        "how_started": "Part 2 of 5: How it started",
        "illnesses": "Part 3 of 5: Your health and medicines",
        "pain_location": "Part 4 of 5: What the pain is like",
        "stomach_kidney_heart": "Part 5 of 5: Daily life and safe treatment",
    }
    async with running(pack, None) as app:
        for question, part in parts.items():
            await app.show(reached(pack, question))
            assert app.rows[0].strip() == part


async def test_why_we_ask_is_one_key_and_keeps_the_question_and_what_was_typed(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation") as app:
        await app.type("nu")
        await app.keys("f2")
        assert app.notice.startswith("Why we ask: The nerves to these parts run through the low back")
        assert (app.state, app.typed.value) == ("saddle_sensation", "nu")


async def test_an_error_goes_when_the_question_is_answered(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation") as app:
        await app.keys("enter")
        await app.say("1")
        assert app.state == "bladder_function"
        assert "Error" not in app.text


async def test_a_carer_is_told_whose_answers_are_wanted_at_the_first_question_and_where_each_stands(pack: Pack) -> None:
    heading = "Answer for the person you are helping. Ask them, in private if you can."
    async with running(pack, "carer") as app:
        for size in ((80, 24), (40, 15), (120, 40)):
            await app.resize(*size)
            assert heading in app.text
        await app.resize(80, 24)
        assert "for the person you are helping" in app.rows[0]
        await app.keys(*["2"] * 11, "enter")
        assert app.state == "saddle_sensation"
        assert heading not in app.text
        assert "for the person you are helping" in app.rows[0]
    async with running(pack, "patient") as app:
        assert "person you are helping" not in app.text


async def test_help_on_a_tick_list_names_the_key_that_ticks(pack: Pack) -> None:
    async with asking(pack, "how_started", size=(100, 50)) as app:
        await app.keys("f1")
        assert "Space Tick a line" in app.text
