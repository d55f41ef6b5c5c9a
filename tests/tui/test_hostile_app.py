"""Hostile text typed, pasted and saved in the real app: it is text or is refused with a sentence, and nothing acts."""

from pathlib import Path

import pytest
from textual.widgets import Static

from chatbot.case import Mode
from chatbot.packs.pack import Pack
from chatbot.tui.screens.save_as import SaveScreen
from chatbot.tui.widgets.typed import LONGEST
from tests.support.adverse import KINDS, acts, answers, more, reached_once, uncovered
from tests.support.driving import asking, running
from tests.support.hostile import TYPED
from tests.support.painted import is_harmless

# Less is painted in it, and there is less room for what is hostile.
SMALL = (40, 15)
BOOK = "腰 no [/x] \x1b[2J " * 70_000
TOO_LONG = "Error: That was very long, so only its start was kept. Enter a short answer."


def test_there_are_enough_of_them() -> None:
    assert len(set(TYPED)) >= 100
    assert len(BOOK) > 1_000_000


@pytest.mark.parametrize("question", KINDS)
async def test_what_is_pasted_into_an_answer_is_text(pack: Pack, question: str) -> None:
    """Enter after it answers this question at most."""
    at = reached_once(pack, question)
    async with running(pack, size=SMALL) as app:
        for text in TYPED[KINDS.index(question) % 4 :: 4]:
            await uncovered(app, at)
            at = app.conversation
            await app.paste(text)
            assert is_harmless(app.typed.value), ascii(text)
            assert more(app, at) == 0, ascii(text)
            await app.keys("enter")
            assert app.rows
            assert acts(app) == []
            assert more(app, at) <= 1, ascii(text)
        assert not app.app._exit


async def test_what_is_typed_key_by_key_is_text(pack: Pack) -> None:
    async with running(pack, size=SMALL) as app:
        await app.show(reached_once(pack, "age_years"))
        for text in TYPED[::2]:
            app.typed.value = ""
            await app.type("".join(char for char in text[:5] if char.isprintable()))
            assert is_harmless(app.typed.value), ascii(text)
            assert app.rows
        assert app.state == "age_years"


async def test_a_book_is_cut_with_a_sentence(pack: Pack) -> None:
    async with running(pack) as app:
        for question in ("saddle_sensation", "age_years"):
            await app.show(reached_once(pack, question))
            for more in (BOOK, "more"):
                await app.paste(more)
                assert len(app.typed.value) == LONGEST
                assert app.notice == TOO_LONG
            await app.keys("enter")
            assert app.state == question
    async with asking(pack, "complete") as app:
        await app.paste(BOOK)
        assert len(app.typed.value) == LONGEST
        assert app.notice == TOO_LONG
        await app.keys("enter")
        assert app.rows
        await app.say("why")
        assert app.notice == ""


async def test_a_paste_takes_the_room_that_is_left(pack: Pack) -> None:
    """In the place of what is marked, too; one that fits says nothing."""
    async with running(pack) as app:
        await app.show(reached_once(pack, "age_years"))
        await app.paste("a" * (LONGEST - 5))
        assert app.notice == ""
        await app.paste("b" * 10)
        assert app.typed.value == "a" * (LONGEST - 5) + "b" * 5
        assert app.notice == TOO_LONG
        app.typed.select_all()
        await app.paste("3 weeks")
        assert app.typed.value == "3 weeks"


@pytest.mark.parametrize(("key", "until"), [("f3", "how_started"), ("slash", "how_started"), ("f2", "complete")])
async def test_what_is_typed_to_find_a_line_is_text(pack: Pack, key: str, until: str) -> None:
    """The answers so far, all questions, and what people ask; Enter takes a line that is found."""
    who: Mode = "nurse" if key == "slash" else "patient"
    at = reached_once(pack, until, who)
    async with running(pack, who, SMALL) as app:
        for text in TYPED[len(until) % 4 :: 4]:
            if len(app.app.screen_stack) < 3:
                await uncovered(app, at)
                await app.keys(key)
            topic, before = app.topic, answers(app)
            app.typed.value = ""
            await app.paste(text)
            assert app.topic == topic
            assert is_harmless(app.typed.value), ascii(text)
            assert app.rows
            assert acts(app) == []
            await app.keys("enter")
            assert answers(app) <= before, ascii(text)
        assert not app.app._exit


async def test_a_name_to_save_under_is_a_name_at_most(
    pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be one is refused with a sentence; nothing is written but what was named."""
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    monkeypatch.setenv("HOME", str(tmp_path))
    names = [f"{text}{ending}" for text in TYPED[::5] for ending in ("", ".md")]
    names += ["~nobody-of-this-name/x.md", "~/x.md", "../x.md", "x" * 1_990 + ".md", ".md", "/", "~", "NUL", "a/b/c.md"]
    async with asking(pack, "complete", size=SMALL) as app:
        for name in names:
            if app.topic != "save":
                await app.keys("f9")
            app.typed.value = ""
            await app.paste(name)
            assert is_harmless(app.typed.value)
            await app.keys("enter")
            assert app.rows
            assert acts(app) == []
            assert app.topic == "summary" or app.notice.startswith("Error: "), ascii(name)
        assert not app.app._exit
    written = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert {file.parent for file in written} <= {inside, inside.parent, tmp_path}
    assert [ascii(file.name) for file in written if not is_harmless(file.name) or file.suffix != ".md"] == []
    assert {tmp_path / "x.md", inside.parent / "x.md"} <= set(written)


async def test_a_folder_may_be_called_anything(pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "\x1b]0;x\x07 [@click=app.quit]x[red] \u202e 腰"
    folder.mkdir()
    monkeypatch.chdir(folder)
    async with asking(pack, "complete") as app:
        await app.keys("f9")
        assert isinstance(app.screen, SaveScreen)
        assert app.rows
        await app.keys("enter")
        assert app.notice.startswith("Saved as ")
        assert is_harmless(str(app.screen.query_one("#notice", Static).content))
        assert acts(app) == []
    assert len(list(folder.iterdir())) == 1


async def test_a_question_about_the_result_is_text(pack: Pack) -> None:
    """Some of it is a symptom, which is asked about."""
    at = reached_once(pack, "complete")
    async with running(pack, size=SMALL) as app:
        for number, text in enumerate(TYPED[1::3]):
            if number % 20 == 0 or app.app.conversation is not at or len(app.app.screen_stack) > 2:
                await uncovered(app, reached_once(pack, "age_years"))  # what was answered before goes away
                await uncovered(app, at)
            app.typed.value = ""
            await app.paste(text)
            assert is_harmless(app.typed.value)
            await app.keys("enter")
            assert app.rows
            assert acts(app) == []
        assert not app.app._exit
