"""Durations, numbers and scales: read as people say them, said back where a reading could be wrong, never guessed."""

import pytest

from chatbot.packs.pack import Pack
from tests.support.driving import Driven, asking

ASK = "How long have you had this spell of pain or other trouble?"


def days(app: Driven) -> object:
    """What was recorded of the duration."""
    return app.said("onset_days")


async def test_a_duration_is_said_back_and_recorded_only_when_confirmed(pack: Pack) -> None:
    async with asking(pack, "onset_days") as app:
        await app.type("about three weeks")
        await app.keys("enter")
        assert "So about 3 weeks. Is that right?" in app.text
        assert "1 ( ) Yes 2 ( ) No" in app.text
        assert days(app) is None
        assert app.chosen == set()
        await app.keys("enter")
        assert app.notice == "Error: Select yes if this is right. Select no to say it in another way."
        assert days(app) is None
        await app.say("yes")
        assert days(app) is not None
        assert app.state != "onset_days"


@pytest.mark.parametrize("yes", ["1", "y", "yes", "yep"])
async def test_a_reading_is_confirmed_by_words_or_number(pack: Pack, yes: str) -> None:
    async with asking(pack, "onset_days") as app:
        await app.say("5 days")
        await app.type(yes)
        await app.keys("enter")
        assert days(app) == {"onset_days": 5}


async def test_a_reading_is_confirmed_by_arrow_or_mouse(pack: Pack) -> None:
    async with asking(pack, "onset_days") as app:
        await app.say("5 days")
        await app.keys("down", "enter")
        assert days(app) == {"onset_days": 5}
    async with asking(pack, "onset_days") as app:
        await app.say("5 days")
        await app.click("( ) Yes")
        await app.click("Continue")
        assert days(app) == {"onset_days": 5}


@pytest.mark.parametrize("way", ["no", "2", "not sure", "click", "escape"])
async def test_a_reading_that_is_not_right_is_asked_again_with_the_words_kept(pack: Pack, way: str) -> None:
    async with asking(pack, "onset_days") as app:
        await app.say("5 days")
        if way == "click":
            await app.click("( ) No")
            await app.keys("enter")
        elif way == "escape":
            await app.keys("escape")
        else:
            await app.say(way)
        assert app.state == "onset_days"
        assert ASK in app.text
        assert "Is that right?" not in app.text
        assert app.typed.value == "5 days"
        assert days(app) is None


async def test_after_a_no_the_words_can_be_mended_and_said_back_anew(pack: Pack) -> None:
    async with asking(pack, "onset_days") as app:
        await app.say("5 days")
        await app.say("no")
        assert "Then say it in another way." in app.text
        await app.keys(*["backspace"] * len("5 days"))
        await app.type("6 days")
        await app.keys("enter")
        assert "So 6 days. Is that right?" in app.text
        await app.say("yes")
        assert days(app) == {"onset_days": 6}


@pytest.mark.parametrize("words", ["ages", "banana", "7", "-3 days"])
async def test_a_duration_that_is_not_understood_is_told_how_to_say_it(pack: Pack, words: str) -> None:
    async with asking(pack, "onset_days") as app:
        await app.say(words)
        assert app.notice == "Error: Enter how long in days, weeks or months, such as 3 days or about 2 weeks."
        await app.keys("enter")
        assert app.notice.startswith("Error: Enter a number and a word, such as 10 days")
        assert days(app) is None


@pytest.mark.parametrize(
    ("question", "error"), [("onset_days", "Enter how long in days"), ("age_years", "Enter one number from 0 to 120")]
)
async def test_an_empty_line_is_told_what_to_enter(pack: Pack, question: str, error: str) -> None:
    async with asking(pack, question) as app:
        await app.keys("enter")
        assert app.notice.startswith(f"Error: {error}")
        assert app.state == question


@pytest.mark.parametrize("words", ["130", "-4", "4 0 2", "old", "1e3"])
async def test_a_number_out_of_range_is_told_its_bounds_with_an_example(pack: Pack, words: str) -> None:
    async with asking(pack, "age_years") as app:
        await app.say(words)
        assert app.notice == "Error: Enter one number from 0 to 120, such as 40. If you do not know it, type not sure."
        await app.keys("enter")
        assert app.notice == "Error: Enter figures only, from 0 to 120, such as 40. Or type not sure."
        assert app.said("age_years") is None


async def test_a_number_is_recorded_in_figures_or_words(pack: Pack) -> None:
    for words in ("40", "forty", "40 years"):
        async with asking(pack, "age_years") as app:
            await app.say(words)
            assert app.said("age_years") == {"age_years": 40}


async def test_an_age_not_known_is_asked_again_in_groups_and_cannot_be_left_out(pack: Pack) -> None:
    async with asking(pack, "age_years") as app:
        assert "18 to 39" not in app.text
        await app.say("not sure")
        assert app.state == "age_years"
        assert "4 ( ) 18 to 39" in app.text
        assert all("not sure" not in line.text for line in app.answers.lines)
        await app.say("not sure")
        assert app.notice == "Error: Select the group that is nearest. This one is needed."
        await app.keys(*["backspace"] * len("not sure"))
        await app.type("4")
        assert app.chosen == {"18 to 39"}
        await app.keys("enter")
        assert app.said("age_years") == {"age_years": 39}


async def test_a_duration_not_known_is_asked_again_in_groups(pack: Pack) -> None:
    async with asking(pack, "onset_days") as app:
        await app.click("I'm not sure")
        await app.keys("enter")
        assert app.state == "onset_days"
        group = app.answers.lines[1].text
        assert f"2 ( ) {group}" in app.text
        await app.keys("down", "down", "enter")
        assert app.conversation.answer_words("onset_days") == group


async def test_a_figure_that_could_be_a_group_or_an_amount_is_said_back(pack: Pack) -> None:
    async with asking(pack, "onset_days") as app:
        await app.say("not sure")
        await app.say("6")
        assert "So more than 12 weeks. Is that right?" in app.text
        await app.say("yes")
        assert app.said("onset_days") == {"onset_days": {"from": 85, "to": 20000}}


@pytest.mark.parametrize(("digits", "value"), [("0", 0), ("3", 3), ("10", 10)])
async def test_a_scale_is_answered_by_its_own_figures(pack: Pack, digits: str, value: int) -> None:
    async with asking(pack, "pain_severity_nprs") as app:
        assert "0 ( ) 0 no pain" in app.text
        assert "10 ( ) 10 worst pain you can imagine" in app.text
        await app.type(digits)
        assert [line.split()[0] for line in app.chosen] == [digits]
        await app.keys("enter")
        assert app.said("pain_severity_nprs") == {"pain_severity_nprs": value}


async def test_a_scale_is_answered_by_mouse_and_by_arrows(pack: Pack) -> None:
    async with asking(pack, "pain_severity_nprs") as app:
        await app.click("7 ( )")
        await app.click("Continue")
        assert app.said("pain_severity_nprs") == {"pain_severity_nprs": 7}
    async with asking(pack, "pain_severity_nprs") as app:
        await app.keys("down", "down", "down", "enter")
        assert app.said("pain_severity_nprs") == {"pain_severity_nprs": 2}


@pytest.mark.parametrize("words", ["-1", "12", "4.5.6", "a lot and a half"])
async def test_what_is_not_on_the_scale_is_refused(pack: Pack, words: str) -> None:
    async with asking(pack, "pain_severity_nprs") as app:
        await app.say(words)
        assert app.notice.startswith("Error: Enter one number from 0 to 10, such as 7.")
        assert app.said("pain_severity_nprs") is None
