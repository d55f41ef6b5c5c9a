"""Key sequences that stand for no key: dropped, and what comes after them is read as ever."""

import random

import pytest
from textual.events import Key, Resize
from textual.message import Message

from chatbot.tui.sequences import CarefulParser

# Above the last code point, halves of a pair, below nothing, too large for any machine, too long, not numbers.
STRANGE = (
    "\x1b[1114112u", "\x1b[55296u", "\x1b[57343;1;57343u", "\x1b[97;1;1114112u", "\x1b[97;1;55296u", "\x1b[-5u",
    "\x1b[2;-1u", "\x1b[-2;-2;-2u", "\x1b[99999999999999999999u", f"\x1b[{'2' * 60}u", f"\x1b[{'2;' * 40}u",
    "\x1b[97;1:3u", "\x1b[1:2u", "\x1b[:u",
)  # fmt: skip


def keys(found: list[Message]) -> list[tuple[str, str | None]]:
    """The keys among what was read."""
    return [(each.key, each.character) for each in found if isinstance(each, Key)]


@pytest.mark.parametrize("raw", STRANGE, ids=ascii)
def test_a_sequence_that_stands_for_no_key_is_dropped(raw: str) -> None:
    parser = CarefulParser()
    assert keys([*parser.feed(raw)]) == []
    assert keys([*parser.feed("a\x1b[A\x1b[13u")]) == [("a", "a"), ("up", None), ("enter", "\r")]


@pytest.mark.parametrize("raw", STRANGE, ids=ascii)
def test_what_stands_around_it_is_kept(raw: str) -> None:
    assert keys([*CarefulParser().feed(f"a{raw}b")]) == [("a", "a"), ("b", "b")]


def test_whatever_is_sent_the_next_key_is_read() -> None:
    chance = random.Random(2)
    for _ in range(3000):
        sent = "".join(chance.choices("0123456789;:<?-M$yuRt~ABmZO٣²\ud800\x1b[", k=chance.randint(1, 40)))
        parser = CarefulParser()
        found = [*parser.feed(f"\x1b[{sent}"), *parser.feed("\x1b\x1b[A" + "x" * 40)]
        assert keys(found)[-1] == ("x", "x"), ascii(sent)
        assert not any("\ud800" in f"{key}{character}" for key, character in keys(found)), ascii(sent)


def test_a_click_in_a_window_without_any_size_is_dropped() -> None:
    """A window of no pixels, as the library would divide by them."""
    parser = CarefulParser()
    assert [type(each) for each in parser.feed("\x1b[48;5;5;0;0t\x1b[<0;3;3M")] == [Resize]
    assert keys([*parser.feed("a")]) == [("a", "a")]


def test_the_end_of_what_is_sent_ends_it() -> None:
    parser = CarefulParser()
    assert keys([*parser.feed("\x1b[1114112u"), *parser.feed("")]) == []
    assert parser.is_eof
