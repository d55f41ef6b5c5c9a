"""The app's own texts: all there, all used, in plain words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from chatbot.interview import view
from chatbot.packs.read_wording import COUNTRY_WORDS
from chatbot.service.decisions import WhyNot
from chatbot.texts.read import DEFAULT, texts
from chatbot.tui import keys
from chatbot.tui.words import Words, words

SOURCES = sorted(file for package in (keys, view) for file in Path(package.__file__ or "").parent.rglob("*.py"))
TEXTS = words().texts
OWN = texts(DEFAULT, "app").texts
# Never said: they blame, beg, or belong to programs.
NEVER = re.compile(
    r"please|sorry|\bvalid\b|invalid|oops|forbidden|illegal|an error occurred|required|failed|must\b|input\b|submit\b",
    re.IGNORECASE,
)
# Keys that are put together from a name the program has: what begins so is used.
BUILT = (
    "key_",
    "help_",
    "err_",
    "card_",
    "country_",
    "start_",
    "leave_",
    "again_",
    "theme_",
    "how_",
    "crash_",
    "ended_",
    "saving_",
    "place_kept",
    "item_",
    "opener_",
    "opened_",
    "level_",
    "outcome_",
    "reason_",
    "filter_",
    "order_",
    "tick_",
    "close_un",
)


def spoken() -> Iterator[str]:
    """Every literal text in the modules of the app."""
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def said() -> Iterator[tuple[str, set[str]]]:
    """Every key that is said by name, with the names of its parts."""
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, (ast.Attribute, ast.Name)):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            owner = ast.unparse(node.func.value) if isinstance(node.func, ast.Attribute) else ""
            ours = owner.endswith("words") and not owner.endswith(("conversation.words", "view.words"))
            if name == "say" and (ours or not owner) and node.args and isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value), {part.arg for part in node.keywords if part.arg}


def test_every_key_that_is_said_is_there() -> None:
    found = dict(said())
    assert len(found) > 20
    assert sorted(key for key in found if key not in TEXTS) == []


def test_every_text_gets_the_parts_it_has_places_for() -> None:
    wrong = [
        (key, parts)
        for key, parts in said()
        if not set(re.findall(r"\{(\w+)\}", TEXTS[key])) - set(COUNTRY_WORDS) <= parts
        or not parts <= set(re.findall(r"\{(\w+)\}", TEXTS[key]))
    ]
    assert wrong == []


def test_every_text_is_used() -> None:
    used = {*spoken(), *get_args(WhyNot)}
    assert sorted(key for key in OWN if key not in used and not key.startswith(BUILT)) == []


def test_every_action_has_its_words() -> None:
    assert sorted(name for name in keys.KEYS if f"key_{name}" not in TEXTS) == []


@pytest.mark.parametrize("key", sorted(OWN))
def test_texts_are_plain(key: str) -> None:
    text = TEXTS[key]
    assert text.strip() == text
    assert not NEVER.search(text)
    assert "!" not in text
    assert "  " not in text.replace("  ", "", text.count("}  "))


def test_parts_are_put_in_and_never_read_as_places_themselves() -> None:
    said = Words("en", {"a": "{one} and {two}"})
    assert said.say("a", one="1", two="{one}") in ("1 and {one}", "1 and 1")
    assert said.say("a", one="[/x]", two=3) == "[/x] and 3"


def test_a_text_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        words().say("no_such_text")


@pytest.mark.parametrize("language", ["xx", "en", "../en", "en/../../x", ""])
def test_a_language_without_texts_speaks_english(language: str) -> None:
    assert words(language).say("key_help") == words(DEFAULT).say("key_help")
