"""The program's own texts: each is there, is used, gets its parts, and speaks for a pack that lacks one of a result."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import chatbot
from chatbot.packs.read_wording import COUNTRY_WORDS, PARTS, UI
from chatbot.texts import read
from chatbot.texts.read import DEFAULT, FOLDER, texts
from chatbot.texts.say import Texts, put_in
from chatbot.wording import PLACEHOLDER

FILES = sorted(FOLDER.glob("*.json"))
SOURCES = sorted(Path(chatbot.__file__).parent.rglob("*.py"))
SHELLS, RESULT = texts(DEFAULT, "shells").texts, texts(DEFAULT, "result").texts
# Keys that are put together from a name the program has: what begins so is used.
BUILT = ("again_", "emergency_", "who_", "whom_")


def calls() -> Iterator[ast.Call]:
    for file in SOURCES:
        yield from (node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call))


def parts_given() -> dict[str, set[str]]:
    """The keys that are said by name anywhere, with the names of all parts they are ever given."""
    found: dict[str, set[str]] = {}
    for node in calls():
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in ("say", "text") and node.args:
            keys = [part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)]
            for key in filter(SHELLS.__contains__, keys):
                found.setdefault(str(key), set()).update(part.arg for part in node.keywords if part.arg)
    return found


def test_every_text_of_the_shells_is_said() -> None:
    spoken = {
        node.value
        for file in SOURCES
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert sorted(key for key in SHELLS if key not in spoken and not key.startswith(BUILT)) == []


def test_every_place_in_a_text_of_the_shells_is_filled_by_a_part_or_by_a_country() -> None:
    given = parts_given()
    assert len(given) > 40
    open_places = {
        key: places - set(COUNTRY_WORDS)
        for key in given
        if (places := set(PLACEHOLDER.findall(SHELLS[key]))) - set(COUNTRY_WORDS) - given[key]
    }
    assert open_places == {}


def test_what_a_country_has_to_fill_is_just_what_the_texts_of_the_shells_ask_of_it() -> None:
    parts = set().union(*parts_given().values()) | {"low", "high", "example"}
    asked = {word for text in SHELLS.values() for word in PLACEHOLDER.findall(text)} - parts
    assert asked == set(COUNTRY_WORDS)


def test_the_program_can_say_whatever_a_pack_has_to_say_of_a_result() -> None:
    assert sorted(RESULT) == sorted(UI)
    words = texts(DEFAULT, "words").texts
    for key, text in RESULT.items():
        assert set(PLACEHOLDER.findall(text)) == set(PARTS.get(key, ())) | (
            set(PLACEHOLDER.findall(text)) & words.keys()
        ), key
    assert set(COUNTRY_WORDS) <= words.keys()


def test_no_text_is_both_the_shells_and_a_packs() -> None:
    assert SHELLS.keys() & set(UI) == set()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_is_in_order_so_that_two_people_can_edit_it(file: Path) -> None:
    raw = file.read_text(encoding="utf-8")
    groups = json.loads(raw)
    assert set(groups) <= {"app", "carer", "shells", "result", "words"}
    assert groups.get("carer", {}).keys() <= SHELLS.keys()
    assert raw == json.dumps(groups, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def test_a_part_is_put_in_and_never_read_as_a_place_itself() -> None:
    assert put_in("{one} and {two}", {"one": "{two}", "two": "{one}"}) == "{two} and {one}"
    assert put_in("{doctor} {key:back} {one}", {"one": 1}) == "{doctor} {key:back} 1"
    assert Texts("en", {"a": "{key}"}).say("a", key="b") == "b"


def test_a_later_group_stands_over_an_earlier() -> None:
    assert texts(DEFAULT, "shells", "app").say("check_how") != texts().say("check_how")
    assert texts(DEFAULT, "shells", "app").say("echo_no") == texts().say("echo_no")


def test_a_text_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        texts().say("no_such_text")


@pytest.mark.parametrize("language", ["xx", "qq-XX", "../en", "en/../../x", ""])
def test_a_language_without_a_file_speaks_english(language: str) -> None:
    assert texts(language).texts == texts(DEFAULT).texts


def test_what_a_language_lacks_is_said_in_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "en.json").write_text((FOLDER / "en.json").read_text("utf-8"), "utf-8")
    (tmp_path / "qpt.json").write_text(json.dumps({"shells": {"echo_no": "Ecce."}}), "utf-8")
    monkeypatch.setattr(read, "FOLDER", tmp_path)
    assert texts("qpt").say("echo_no") == "Ecce."
    assert texts("qpt").say("raised") == texts(DEFAULT).say("raised")
    assert re.fullmatch("Call .*", texts("qpt", "words").say("call_emergency"))
