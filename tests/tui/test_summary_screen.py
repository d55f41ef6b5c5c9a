"""The summary: the care card first, then why and what to do, and an answer to what people ask about it."""

import re

import pytest

from chatbot.interview.view.result_questions import About
from chatbot.packs.pack import Pack
from tests.support.driving import Driven, asking, in_order

SIZES = [(80, 24), (40, 15), (120, 40), (200, 60)]
NUMB = {"saddle_sensation": "4", "cauda_symptom_timing": "1"}
TITLES = ("Why", "What to do", "Scans", "Medicines", "What happens next", "When to get help")


async def read_all(app: Driven) -> str:
    """Everything on the page, read screen by screen to its end."""
    await app.keys(*["pageup"] * 30)
    seen, last = app.text, ""
    while app.text != last:
        last = app.text
        await app.keys("pagedown")
        seen += " " + app.text
    return seen


def answered(app: Driven) -> str:
    """What was answered under the summary, as far as it is in sight: what stands beside a line of its own."""
    return " ".join(" ".join(row.split("┃")[1] for row in app.rows if "┃" in row and "▎" not in row).split())


async def test_the_card_stands_first_and_says_how_urgent_it_is_in_words(pack: Pack) -> None:
    async with asking(pack, "complete") as app:
        for size in SIZES:
            await app.resize(*size)
            assert in_order(
                app.text,
                "Your summary",
                "SELF-CARE ADVICE: You can look after this yourself for now",
                "How soon: Check yourself again in 2 weeks.",
            )
            assert app.row_of("╭") < app.row_of("SELF-CARE ADVICE") < app.row_of("╰") < size[1] - 3


async def test_the_sections_come_in_their_order(pack: Pack) -> None:
    async with asking(pack, "complete", size=(200, 60)) as app:
        seen = await read_all(app)
        assert in_order(seen, "SELF-CARE ADVICE", *(f" {title} - " for title in TITLES))
        assert "not a medical device" in seen
        assert "Content status: submitted. No clinician has approved it." in seen


async def test_every_sentence_is_cited_by_numbers_and_never_by_ids(pack: Pack) -> None:
    async with asking(pack, "complete") as app:
        summary = app.app.result().summary
        assert all(sentence.cites for section in summary.sections for sentence in section.sentences)
        seen = await read_all(app)
        assert re.search(r"You can look after this yourself for now \[\d", seen)
        assert not re.search(r"SRC-|\bS\d-\d\d", seen)


async def test_what_is_urgent_stays_in_sight_while_the_page_is_read(pack: Pack) -> None:
    async with asking(pack, "complete") as app:
        assert app.text.count("SELF-CARE ADVICE") == 1
        await app.keys("pagedown", "pagedown")
        assert "╭" not in app.text
        assert app.rows[0].strip().startswith("SELF-CARE ADVICE: You can look after this yourself")
        await app.keys("pageup", "pageup", "pageup")
        assert app.rows[0].strip().startswith("Your summary")


async def test_a_key_shows_where_each_sentence_comes_from(pack: Pack) -> None:
    async with asking(pack, "complete", size=(100, 60)) as app:
        works = app.app.result().summary.references
        await app.keys("f6")
        assert "Sources" in app.rows[0] + app.rows[1]
        assert in_order(app.text, "[1] ", "[2] ", "[3] ")
        await app.keys(*["pagedown"] * 40)
        assert f"[{len(works)}] " in app.text
        await app.keys("escape")
        assert app.topic == "summary"


async def test_the_sources_can_be_asked_for_in_words(pack: Pack) -> None:
    async with asking(pack, "complete") as app:
        await app.say("references")
        assert "[1] " in app.text
        assert app.topic == "references"


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("may i take ibuprofen?", "May I take ibuprofen"),
        ("why no x-ray", "Why not an X-ray?"),
        ("do i need an mri", "Why a scan, or why not?"),
        ("when should i come back", "When should I come back"),
        ("1", "Why this advice?"),
    ],
)
async def test_a_question_typed_is_answered_under_the_summary_and_brought_into_sight(
    pack: Pack, typed: str, topic: str
) -> None:
    async with asking(pack, "complete", size=(100, 40)) as app:
        await app.type(typed)
        await app.keys("enter")
        assert topic in app.text
        assert topic in answered(app)
        assert re.search(r"\[\d[\d, to]*\]", answered(app))
        assert app.typed.value == ""


async def test_questions_people_have_are_one_key_away(pack: Pack) -> None:
    async with asking(pack, "complete", size=(100, 40)) as app:
        about: About = app.app.result().about
        await app.keys("f2")
        assert "Have a question about this?" in app.text
        for choice in about.choices:
            assert choice.texts[0] in app.text
        await app.click("Why not an X-ray?")
        assert app.topic == "summary"
        assert "Why not an X-ray?" in answered(app)


async def test_the_questions_can_be_narrowed_by_typing_and_left_alone(pack: Pack) -> None:
    async with asking(pack, "complete", size=(100, 40)) as app:
        await app.keys("f2")
        await app.type("ibuprofen")
        assert "Why not an X-ray?" not in app.text
        await app.keys("enter")
        assert "May I take ibuprofen" in answered(app)
        await app.keys("f2", "escape")
        assert answered(app).count("ibuprofen like") < 2


@pytest.mark.parametrize("typed", ["what is the moon", "is it cancer", "[/x]", "[@click=app.quit]x[/]"])
async def test_a_question_that_cannot_be_answered_is_told_so_and_who_can(pack: Pack, typed: str) -> None:
    async with asking(pack, "complete", size=(100, 40)) as app:
        await app.say(typed)
        said = "This check cannot answer that from what is known. Ask a pharmacist, a nurse or a GP."
        assert said in answered(app)
        assert "This check cannot answer that" in app.text


async def test_enter_on_an_empty_line_says_what_to_do(pack: Pack) -> None:
    async with asking(pack, "complete") as app:
        await app.keys("enter")
        assert app.notice.startswith("Type a question about this result")
        assert answered(app) == ""


async def test_a_new_symptom_typed_reopens_the_questions(pack: Pack) -> None:
    async with asking(pack, "complete") as app:
        await app.say("actually i can't pee since this morning")
        assert (app.topic, app.state) == ("question", "bladder_function")
        assert "Something you wrote needs a question of its own" in app.text
        await app.say("8")
        await app.say("1")
        assert app.topic == "emergency"


async def test_a_symptom_typed_while_an_emergency_stands_brings_its_card_back(pack: Pack) -> None:
    async with asking(pack, "emergency", says=NUMB) as app:
        await app.keys("1", "pagedown", "pagedown")
        await app.say("i have wet myself")
        assert app.notice == "If you feel very unwell or it gets suddenly worse: Call 999 or go to A&E now."
        assert "EMERGENCY ADVICE: Call 999 or go to A&E now" in app.text


@pytest.mark.parametrize(
    ("typed", "topic"), [("change", "sofar"), ("help", "reading"), ("stop", "leave"), ("back", "question")]
)
async def test_commands_can_be_typed_here_too(pack: Pack, typed: str, topic: str) -> None:
    async with asking(pack, "complete") as app:
        await app.say(typed)
        assert app.topic == topic


async def test_back_leads_to_the_last_question_and_on_to_the_check_again(pack: Pack) -> None:
    async with asking(pack, "complete") as app:
        await app.keys("escape")
        assert app.topic == "question"
        assert "Before, you answered" in app.text
        await app.keys("pagedown", "pagedown")
        await app.say("none of these")
        assert app.topic == "check"
        await app.keys("y")
        assert app.topic == "summary"


async def test_an_answer_changed_from_the_summary_makes_a_new_summary(pack: Pack) -> None:
    async with asking(pack, "complete") as app:
        assert "SELF-CARE ADVICE" in app.text
        await app.keys("f3")
        await app.type("age")
        await app.keys("enter")
        await app.say("15")
        if "Is that right?" in app.text:
            await app.say("yes")
        assert (app.topic, app.state) == ("question", "child_list")
        assert "SELF-CARE ADVICE" not in app.text
        await app.say("none of these")
        assert (app.topic, app.state) == ("summary", "out_of_scope")
        assert "SELF-CARE ADVICE" not in app.text


async def test_who_stops_early_is_told_so_and_what_to_do_in_an_emergency(pack: Pack) -> None:
    async with asking(pack, "bladder_function") as app:
        await app.keys("ctrl+q", "2")
        assert app.state == "stopped"
        assert in_order(
            app.text,
            "You stopped before the end.",
            "If you feel very unwell or it gets suddenly worse: Call 999 or go to A&E now.",
            "!! URGENT ADVICE",
        )
        assert "Part 1" not in app.text


async def test_who_is_under_sixteen_is_told_why_the_questions_end(pack: Pack) -> None:
    async with asking(pack, "out_of_scope", says={"age_years": "15"}) as app:
        assert in_order(
            app.text, "This check is for people of 16 and over, so the questions end here.", "Call 999", "!"
        )
        assert app.topic == "summary"
        await app.keys("escape")
        assert app.topic == "question"


async def test_what_was_not_known_is_named(pack: Pack) -> None:
    async with asking(pack, "complete", says={"functional_limitation": "not sure"}) as app:
        summary = app.app.result().summary
        assert summary.section("not_known") is not None
        title = summary.section("not_known").title  # type: ignore[union-attr] # just seen
        assert title in await read_all(app)


@pytest.mark.parametrize(
    ("says", "word", "box"),
    [
        ({}, "SELF-CARE ADVICE", "╭"),
        ({"trend": "worse", "pain_severity_nprs": "9", "onset_days": "8 weeks"}, "NON-URGENT ADVICE", "┌"),
        ({"saddle_sensation": "6"}, "URGENT ADVICE", "┏"),
    ],
)
async def test_each_level_has_its_own_word_and_box(pack: Pack, says: dict[str, str], word: str, box: str) -> None:
    async with asking(pack, "complete", says=says) as app:
        assert app.row_of(box) < app.row_of(word)
        assert all(other not in app.text for other in "╭┌┏╔" if other != box)


@pytest.mark.parametrize("until", ["complete", "emergency"])
async def test_the_last_words_of_the_page_can_be_read_at_every_width(pack: Pack, until: str) -> None:
    """A page that is taken for shorter than it is would hide what it ends with."""
    async with asking(pack, until, says=NUMB if until == "emergency" else {}) as app:
        for width in range(40, 130, 9):
            await app.resize(width, 24)
            await app.keys(*["pagedown"] * 14)
            page = app.screen.query_one("#sections")
            assert max(part.virtual_region.bottom for part in page.children) <= page.size.height
            assert "No clinician has approved it." in app.text
