"""What was asked and answered stays above the question, in the person's own words."""

import pytest

from chatbot.packs.pack import Pack
from tests.support.driving import Driven, asking, in_order, running

SAYS = {"saddle_sensation": "all normal down there", "age_years": "forty-two", "infection_risk": "no, none of these"}


def above(app: Driven) -> str:
    """The rows above the question."""
    end = app.row_of("──")
    return " ".join(" ".join(app.rows[:end]).split())


async def test_before_the_first_answer_there_is_no_thread(pack: Pack) -> None:
    async with running(pack) as app:
        assert "You:" not in app.text
        assert "──" not in app.text


async def test_at_80x24_the_last_exchange_stands_above_in_two_rows(pack: Pack) -> None:
    async with asking(pack, "sex_at_birth", says=SAYS) as app:
        assert app.row_of("How old are you?") == 1
        assert app.row_of("You: forty-two (understood as: 42 years)".replace(" (", "  (")) == 2
        assert app.row_of("──") == 3
        assert app.text.count("You:") == 1


async def test_what_is_too_long_for_the_fold_is_cut_with_a_sign(pack: Pack) -> None:
    async with asking(pack, "how_started") as app:
        await app.say("1, 4, 5")
        assert app.text.count("You:") == 1
        assert any("You: " in row and row.rstrip().endswith("…") for row in app.rows)


@pytest.mark.parametrize("size", [(120, 40), (200, 60)])
async def test_in_a_tall_window_several_exchanges_stand_above_the_newest_last(
    pack: Pack, size: tuple[int, int]
) -> None:
    async with asking(pack, "sex_at_birth", size=size, says=SAYS) as app:
        assert in_order(above(app), "riding a bike" if size[1] > 40 else "fever", "How old are you?", "You: forty-two")
        assert app.text.count("You:") > 3


async def test_in_a_low_window_the_thread_gives_way_to_the_question(pack: Pack) -> None:
    async with asking(pack, "sex_at_birth", size=(40, 15)) as app:
        assert "You:" not in app.text


@pytest.mark.parametrize("size", [(80, 24), (40, 15), (120, 40)])
async def test_a_key_opens_the_whole_conversation_at_its_end_and_closes_it(pack: Pack, size: tuple[int, int]) -> None:
    async with asking(pack, "pain_location", size=size, says=SAYS) as app:
        question = app.text
        await app.keys("f4")
        assert "Whole conversation" in app.text
        seen = app.text
        assert "Tick all that are true" in seen
        for _ in range(30):
            await app.keys("pageup")
            seen += app.text
        assert "Has any of this happened since the trouble began?" in app.text
        for said in SAYS.values():
            assert f"You: {said}" in " ".join(seen.split())
        await app.keys("escape")
        assert app.text == question


async def test_the_persons_own_words_are_kept_beside_how_they_were_understood(pack: Pack) -> None:
    async with asking(pack, "saddle_sensation") as app:
        await app.say("all Normal down there!!")
        assert "You: all Normal down there!! (understood as: No, all of it feels normal" in app.text


async def test_a_number_of_a_line_is_told_in_the_words_of_the_line(pack: Pack) -> None:
    async with asking(pack, "bladder_function") as app:
        await app.say("1")
        assert "You: 1" not in app.text
        assert f"You: {app.conversation.answer_words('bladder_function')}"[:50] in app.text


async def test_going_back_takes_the_exchange_away(pack: Pack) -> None:
    async with asking(pack, "sex_at_birth", says=SAYS) as app:
        await app.keys("escape")
        assert app.state == "age_years"
        assert "You: forty-two" not in app.text


async def test_what_is_typed_is_shown_and_never_acted_on(pack: Pack) -> None:
    async with asking(pack, "how_started") as app:
        await app.say("[@click=app.quit]lifting[/] [b]slowly[/b]")
        if app.state == "how_started":
            assert app.typed.value == "[@click=app.quit]lifting[/] [b]slowly[/b]"
        else:
            assert "[@click=app.quit]lifting[/]" in app.text
