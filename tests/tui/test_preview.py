"""The app on a pack that is being written: it follows the files, keeps the answers, shows what is wrong in place."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from chatbot.interview.parse_given import parse_typed
from chatbot.packs.load import load_folder
from chatbot.tui.app import Start
from chatbot.tui.preview import POLL, PreviewApp, ProblemsScreen, carried
from chatbot.tui.screens.question_screen import QuestionScreen
from tests.support.driving import Driven, Instant
from tests.support.person import TODAY

ANKLE = Path(__file__).parents[1] / "packs" / "ankle_injury"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the second complaint that a test may change."""
    return Path(shutil.copytree(ANKLE, tmp_path / "ankle_injury"))


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Save a file with some words changed, as an editor does: written beside it, then put in its place."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    beside = path.with_name(f".{path.name}.swp")
    beside.write_text(text.replace(old, new, 1), encoding="utf-8")
    beside.replace(path)


@asynccontextmanager
async def previewing(folder: Path) -> AsyncIterator[Driven]:
    """The preview of a folder, looking at it often."""
    app = PreviewApp(Start(partial(load_folder, folder), today=TODAY), folder, Instant())
    async with app.run_test(size=(90, 30)):
        yield Driven(app)


async def until(app: Driven, words: str) -> None:
    """Wait for words on the screen, which a person would wait for as well."""
    for _ in range(600):
        await app.settle()
        if words in app.text:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"{words!r} never came:\n" + "\n".join(app.rows))


async def begin(app: Driven) -> None:
    """Answer the emergency checks of the ankle."""
    await until(app, "Ankle injury (test example)")
    await app.keys("1")
    await app.say("none of these")
    await app.say("30")
    await until(app, "Can you stand on it?")


async def test_a_changed_text_is_shown_and_the_answers_stay(folder: Path) -> None:
    async with previewing(folder) as app:
        await begin(app)
        change(folder, "wording/en.yaml", "Can you stand on it?", "Can you put weight on it?")
        await until(app, "Can you put weight on it?")
        assert app.notice == "Reloaded."
        assert app.said("age_years") == {"age_years": 30}
        assert app.state == "standing"


async def test_a_changed_text_is_shown_before_anything_is_asked(folder: Path) -> None:
    async with previewing(folder) as app:
        await until(app, "Ankle injury (test example)")
        await asyncio.sleep(3 * POLL)
        assert app.notice == ""
        change(folder, "pack.yaml", "Ankle injury (test example)", "Sprained ankle")
        await until(app, "Sprained ankle")
        await app.keys("1")
        await until(app, "Is any of this true now?")


async def test_problems_are_shown_in_place_and_the_question_returns_when_they_are_mended(folder: Path) -> None:
    async with previewing(folder) as app:
        await begin(app)
        change(folder, "rules.yaml", "{term: foot_in_danger}", "{term: foot_in_dangr}")
        await until(app, "Problems in the pack: 1")
        assert f"{folder.as_posix()}/rules.yaml:4:"[-30:] in "".join(app.rows).replace(" ", "")
        assert "did you mean 'foot_in_danger'?" in app.text
        assert "Traceback" not in app.text
        await app.keys("escape")
        assert isinstance(app.screen, ProblemsScreen)
        change(folder, "rules.yaml", "{term: foot_in_dangr}", "{term: foot_in_danger}")
        await until(app, "Can you stand on it?")
        assert isinstance(app.screen, QuestionScreen)
        assert app.said("age_years") == {"age_years": 30}


async def test_a_pack_that_is_wrong_from_the_start_opens_with_its_problems(folder: Path) -> None:
    change(folder, "facts.yaml", "kind: number", "kind: [")
    async with previewing(folder) as app:
        await until(app, "Problems in the pack")
        change(folder, "facts.yaml", "kind: [", "kind: number")
        await until(app, "Who is answering?")
        await app.keys("1")
        await until(app, "Is any of this true now?")


async def test_many_problems_are_scrolled(folder: Path) -> None:
    async with previewing(folder) as app:
        await until(app, "Ankle injury")
        (folder / "sources.yaml").write_text("sources: {}\n")
        await until(app, "Problems in the pack")
        before = app.rows
        await app.keys("pagedown")
        assert app.rows != before


async def test_a_folder_that_goes_away_is_a_problem_and_no_crash(folder: Path) -> None:
    async with previewing(folder) as app:
        await begin(app)
        away = folder.rename(folder.with_name("elsewhere"))
        await until(app, "Problems in the pack")
        away.rename(folder)
        await until(app, "Can you stand on it?")


async def test_an_answer_that_no_longer_fits_is_left_out_and_it_says_so(folder: Path) -> None:
    async with previewing(folder) as app:
        await begin(app)
        change(folder, "facts.yaml", "range: [0, 120]", "range: [31, 120]")
        change(folder, "rules.yaml", "{at_most: {age_years: 15}}", "{at_most: {age_years: 32}}")
        change(folder, "facts.yaml", "rises_from: 16", "rises_from: 33")
        change(folder, "dialog.yaml", "bands: [15, 17, 59, 120]", "bands: [35, 40, 59, 120]")
        change(folder, "cases.yaml", "age_years: 30", "age_years: 40")
        change(
            folder,
            "cases.yaml",
            "given: {age_years: 15}, instead: {age_years: 16}",
            "given: {age_years: 32}, instead: {age_years: 33}",
        )
        await until(app, "How old are you?")
        await until(app, "Answers left out because they no longer fit: 1.")


def test_with_no_answer_left_it_begins_again_and_says_so(folder: Path) -> None:
    from chatbot.interview.conversation import begin as begin_talk
    from chatbot.interview.reading.parse_answer import ParsedAnswer

    old = load_folder(folder)
    at = begin_talk(old.plan, old.wording(), "patient", "nz", TODAY)
    asked = at.asked
    assert asked is not None
    heard = parse_typed(at, asked, "none of these")
    assert isinstance(heard, ParsedAnswer)
    at = at.answer(heard)
    change(folder, "dialog.yaml", "checklist: foot_now", "checklist: foot_today")
    change(folder, "wording/en.yaml", "  foot_now:\n", "  foot_today:\n")
    change(folder, "wording/en.yaml", "asks: foot_now", "asks: foot_today")
    found = carried(at, load_folder(folder))
    assert found.said == "preview_again"
    assert (found.conversation.state, found.conversation.interview.case.country) == ("foot_today", "nz")


def test_half_a_list_is_kept(folder: Path) -> None:
    from chatbot.interview.conversation import begin as begin_talk

    old = load_folder(folder)
    at = begin_talk(old.plan, old.wording(), "patient", "any", TODAY).reply("pale", "no")
    found = carried(at, load_folder(folder))
    assert (found.said, list(found.conversation.current_replies)) == ("preview_reloaded", ["pale"])
