"""Keeping the result: saved to a file of one's own, copied, or forgotten with everything said."""

import json
import os
import stat
from pathlib import Path

import pytest

from chatbot.errors import InputError
from chatbot.packs.pack import Pack
from chatbot.service.results import documents
from chatbot.tui.write_file import free_name, save
from tests.support.driving import Driven, asking, running

# Not every document is text.
DOCUMENTS = {"md": b"# Summary\n", "json": b'{"a": 1}\n', "pdf": b"%PDF-1.7\n\xe2\xe3\xcf\xd3\r\n"}


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files go where the program was started."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def texts(app: Driven, pack: Pack) -> dict[str, str]:
    """The documents of the result."""
    found = documents(pack, app.conversation.interview.recommendation, "en", pack.title)
    return {str(ending): content.decode() for ending, content in found.items()}


async def name_it(app: Driven, name: str) -> None:
    """Ask to save, and give a name instead of the one offered."""
    await app.keys("f9")
    await app.say(name)


async def test_a_free_name_is_offered_and_enter_saves_under_it(pack: Pack, tmp_path: Path) -> None:
    async with asking(pack, "complete") as app:
        await app.keys("f9")
        assert app.typed.value == "triage-summary.md"
        assert "Nobody but you can open it." in app.text
        assert list(tmp_path.iterdir()) == []
        await app.keys("enter")
        file = tmp_path / "triage-summary.md"
        assert file.read_text(encoding="utf-8") == texts(app, pack)["md"]
        assert app.topic == "summary"
        assert "Saved as" in app.notice
        assert "triage-summary.md" in app.notice
        await app.keys("f9")
        assert app.typed.value == "triage-summary-2.md"


async def test_the_ending_says_in_which_form(pack: Pack, tmp_path: Path) -> None:
    async with asking(pack, "complete") as app:
        await name_it(app, "mine.json")
        saved = (tmp_path / "mine.json").read_text(encoding="utf-8")
        assert saved == texts(app, pack)["json"]
        assert json.loads(saved)["disposition"] == "self_care"


@pytest.mark.skipif(os.name != "posix", reason="file modes")
async def test_only_its_owner_can_open_what_was_saved(pack: Pack, tmp_path: Path) -> None:
    os.umask(0)
    async with asking(pack, "complete") as app:
        await name_it(app, "mine.md")
        assert stat.S_IMODE((tmp_path / "mine.md").stat().st_mode) == 0o600
    os.umask(0o022)


async def test_nothing_that_is_there_is_replaced(pack: Pack, tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("before", encoding="utf-8")
    async with asking(pack, "complete") as app:
        await name_it(app, "mine.md")
        assert (tmp_path / "mine.md").read_text(encoding="utf-8") == "before"
        assert "There is a file of that name already." in app.text
        assert app.typed.value == "mine.md"
        await app.say("mine too.md")
        assert (tmp_path / "mine too.md").is_file()


@pytest.mark.parametrize(
    "name",
    ["", "   ", "mine", "mine.txt", "mine.md.exe", ".md", "no/such/folder/mine.md", "/", "..", "x" * 400 + ".md"],
)
async def test_a_name_that_cannot_be_used_is_refused_in_words_and_nothing_is_lost(
    pack: Pack, tmp_path: Path, name: str
) -> None:
    async with asking(pack, "complete") as app:
        await name_it(app, name)
        assert app.topic == "save"
        assert "Error: " in app.text
        assert "Traceback" not in app.text
        assert [file for file in tmp_path.rglob("*") if file.is_file()] == []
        await app.say("mine.md")
        assert (tmp_path / "mine.md").is_file()


async def test_saving_can_be_left_alone(pack: Pack, tmp_path: Path) -> None:
    async with asking(pack, "complete") as app:
        await app.keys("f9", "escape")
        assert app.topic == "summary"
        assert list(tmp_path.iterdir()) == []


async def test_an_emergency_and_a_nurses_note_can_be_saved_too(pack: Pack, tmp_path: Path) -> None:
    numb = {"saddle_sensation": "4", "cauda_symptom_timing": "1"}
    async with asking(pack, "emergency", who="nurse", says=numb) as app:
        await app.keys("1")
        await name_it(app, "note.md")
        assert "CES-1" in (tmp_path / "note.md").read_text(encoding="utf-8")


async def test_copying_puts_the_readable_form_on_the_clipboard_and_says_so(pack: Pack) -> None:
    async with asking(pack, "complete") as app:
        await app.keys("f7")
        assert app.app.clipboard == texts(app, pack)["md"]
        assert app.notice.startswith("Copied.")


@pytest.mark.parametrize("keys", [["f10"], ["f10", "escape"], ["f10", "enter"], ["f10", "1"], ["f10", "f10"]])
async def test_starting_again_asks_first(pack: Pack, keys: list[str]) -> None:
    async with asking(pack, "complete") as app:
        before = app.conversation
        await app.keys("f10")
        assert "Start again?" in app.text
        await app.keys(*keys[1:])
        assert app.conversation is before
        assert app.topic in ("summary", "again")


async def test_starting_again_forgets_everything_said(pack: Pack) -> None:
    says = {"age_years": "forty-seven", "onset_days": "11 days", "pain_severity_nprs": "7"}
    told = ("forty-seven", "47", "11 days", "SELF-CARE", "ADVICE", "Before, you answered", "You:")
    async with asking(pack, "complete", says=says) as app:
        await app.keys("f10", "2")
        assert app.topic == "start"
        assert app.app.conversation is None
        seen = [app.text]
        await app.keys("1")
        assert (app.topic, app.state) == ("question", "right_now")
        assert app.conversation.interview.case.answers == ()
        for keys in ([], ["f3"], ["escape", "f4"], ["escape", "f1"]):
            await app.keys(*keys)
            seen.append(app.text)
        await app.keys("escape")
        while app.answers.unseen:
            await app.keys("pagedown")
        await app.say("none of these")
        for words in ("1", "1", "1", "1", "1"):
            await app.say(words)
            seen.append(app.text)
        everything = " ".join(seen)
        assert [words for words in told[:6] if words in everything] == []
        assert app.typed.value == ""


async def test_after_starting_again_somebody_else_can_answer(pack: Pack) -> None:
    async with running(pack, "patient") as app:
        await app.keys("1", "1", "f10", "2")
        assert app.topic == "start"
        assert app.chosen == set()
        await app.keys("3")
        assert app.conversation.interview.case.mode == "nurse"


def test_free_names_are_numbered_from_two(tmp_path: Path) -> None:
    assert free_name(tmp_path, "a", "md").name == "a.md"
    for name in ("a.md", "a-2.md"):
        (tmp_path / name).touch()
    assert free_name(tmp_path, "a", "md").name == "a-3.md"


def test_the_place_of_a_saved_file_is_told_in_full(tmp_path: Path) -> None:
    assert save(Path("a.MD"), DOCUMENTS) == tmp_path / "a.MD"
    assert (tmp_path / "a.MD").read_bytes() == DOCUMENTS["md"]


@pytest.mark.parametrize("ending", DOCUMENTS)
def test_a_document_is_written_byte_for_byte(tmp_path: Path, ending: str) -> None:
    assert save(tmp_path / f"a.{ending}", DOCUMENTS).read_bytes() == DOCUMENTS[ending]


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to(tmp_path / "elsewhere.md")
    with pytest.raises(InputError):
        save(tmp_path / "a.md", DOCUMENTS)
    assert not (tmp_path / "elsewhere.md").exists()


def test_a_folder_that_cannot_be_written_in_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="could not be saved"):
        save(tmp_path / "file" / "a.md", DOCUMENTS)


def test_a_name_in_the_home_folder_can_be_said_with_a_tilde(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert save(Path("~/a.json"), DOCUMENTS) == tmp_path / "a.json"
