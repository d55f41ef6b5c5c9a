"""The care card tells how urgent it is without any colour, whole at every size."""

import pytest

from chatbot.packs.pack import Pack
from chatbot.recommendation.rulebook import LEVELS
from chatbot.recommendation.summary import Summary
from chatbot.tui.widgets.card import LOOKS, MARKS, CareCard
from chatbot.tui.words import words
from tests.support.hostile import STRINGS
from tests.support.painted import WIDE_AND_BACKWARDS, Painted, at_level, saying, summary_for

BOXES = {"-emergency": "╔╗╚╝", "-urgent": "┏┓┗┛", "-soon": "┌┐└┘", "-selfcare": "╭╮╰╯"}
SIZES = [(80, 24), (40, 15)]


def shown(*summaries: Summary | None) -> Painted:
    """An app with a card for each summary."""
    return Painted(lambda: [CareCard(words(), summary) for summary in summaries])


def framed(rows: list[str], box: str) -> list[str]:
    """The lines within the first box on the screen, which is drawn whole with these corners."""
    end = next(at for at, row in enumerate(rows) if row.startswith(box[2]))
    assert (rows[0][0], rows[0][-1], rows[end][0], rows[end][-1]) == tuple(box)
    inside = rows[1:end]
    assert len({(row[0], row[-1]) for row in inside}) == 1
    return [row[1:-1].strip() for row in inside]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("level", LEVELS)
async def test_each_level_has_its_word_its_mark_and_its_box(pack: Pack, level: str, size: tuple[int, int]) -> None:
    summary = at_level(pack, level)
    look = LOOKS[level]
    app = shown(summary)
    async with app.run_test(size=size):
        lines = framed(app.rows, BOXES[look])
        word = words().say(f"card_{level}")
        text = " ".join(lines)
        assert text.startswith(f"{MARKS[look]} {word}: {summary.headline.text}".lstrip())
        assert f"How soon: {summary.within.text} [" in text


def test_no_two_looks_share_a_mark_or_a_box_and_the_most_urgent_has_the_most_marks() -> None:
    assert list(map(len, MARKS.values())) == [3, 2, 1, 0]
    assert len({*BOXES.values()}) == len(MARKS)
    assert set(LOOKS) == set(LEVELS)


async def test_the_first_line_of_an_emergency_says_what_to_do(pack: Pack) -> None:
    app = shown(summary_for(pack, "CASE-S0"))
    async with app.run_test(size=(80, 24)):
        first = framed(app.rows, BOXES["-emergency"])[0]
        assert first == "!!! EMERGENCY ADVICE: Call 999 or go to A&E now [1 to 12]"


@pytest.mark.parametrize("size", SIZES)
async def test_patients_see_numbers_and_clinicians_ids(pack: Pack, size: tuple[int, int]) -> None:
    patient, nurse = (summary_for(pack, "CASE-X3", role) for role in ("patient", "nurse"))
    app = shown(patient)
    async with app.run_test(size=size):
        assert "nurse soon [1 to 6]" in app.text
        assert "SRC-" not in app.text
    app = shown(nurse)
    async with app.run_test(size=size):
        said = f"diagnostic route [{', '.join(nurse.headline.cites)}]"
        assert said in app.text


async def test_another_result_changes_words_and_box(pack: Pack) -> None:
    """Nothing is shown while there is none."""
    app = shown(None)
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.text == ""
        card = app.query_one(CareCard)
        for level in ("self_care", "emergency_now", "same_day"):
            card.summary = at_level(pack, level)
            await pilot.pause()
            assert words().say(f"card_{level}") in " ".join(framed(app.rows, BOXES[LOOKS[level]]))
        card.summary = None
        await pilot.pause()
        assert app.text == ""


async def test_a_changed_size_lays_the_card_out_anew(pack: Pack) -> None:
    app = shown(at_level(pack, "same_day", "nurse"))
    async with app.run_test(size=(120, 40)) as pilot:
        before = app.rows
        await pilot.resize_terminal(40, 15)
        await pilot.pause()
        assert framed(app.rows, BOXES["-urgent"])[0].startswith("!! URGENT ADVICE: Same-day")
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert app.rows == before


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text", WIDE_AND_BACKWARDS, ids=range(len(WIDE_AND_BACKWARDS)))
async def test_wide_characters_and_text_from_right_to_left_stay_within_the_box(
    text: str, size: tuple[int, int]
) -> None:
    app = shown(saying([text]))
    async with app.run_test(size=(size[0], 60)):
        assert framed(app.rows, BOXES["-emergency"])[0].startswith("!!! EMERGENCY ADVICE:")


@pytest.mark.parametrize("audience", ["patient", "clinician"])
async def test_hostile_text_is_shown_as_it_reads_or_not_at_all(audience: str) -> None:
    """Nothing of it is markup, none of it reaches the terminal raw."""
    texts = [text for text in STRINGS if len(text) < 300]
    some = [*texts[::5], *(text for text in texts if text.startswith(("[", "$", "{", "<", "&", "\\", "`")))]
    app = shown(*(saying([text], audience=audience) for text in some))
    async with app.run_test(size=(40, 12 * len(some))):
        assert app.text.count("EMERGENCY ADVICE") == len(some) > 100
        assert "[@click=app.quit]hi[/] [" in app.text
        assert "$x ${x} %s %d [" in app.text
