"""What stands before the lines of a question, and what it means when that is typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from chatbot.interview.prompt import Always, Prompt
from chatbot.interview.reading.language import Language
from chatbot.interview.reading.list_parts import listed, pieces
from chatbot.interview.reading.phrases import either
from chatbot.interview.reading.sanitise import fold

# After nine lines letters go on; those that are keys of their own or are typed as words are left out.
_LETTERS = "abcdefghijkmopqtvwxz"


def line_number(typed: str, language: Language) -> int | None:
    """The number of a line: `3`, `3.`, `#3`, `number 3`, `change 3`."""
    number = _number(language).fullmatch(fold(typed))
    return int(number[1]) if number else None


@lru_cache(maxsize=64)
def _number(language: Language) -> re.Pattern[str]:
    line, change = either(language.replies.line_words), either(language.replies.change_words)
    return re.compile(rf"(?:{line} |{change} (?:{line} )?)?#?(\d{{1,3}})[.)]?")


def one_key_labels(count: int, letters: bool = False) -> tuple[str, ...]:
    """A label of one key for each of some lines: 1 to 9, then letters; letters alone beside a picture."""
    keys = _LETTERS if letters else "123456789" + _LETTERS
    return tuple(keys[:count]) + ("",) * (count - len(keys))


def lines_named(asked: Prompt, typed: str, labels: Sequence[str], language: Language) -> tuple[str, tuple[Always, ...]]:
    """Splits what was typed: numbers for letters of lines, and apart from it the answers always there that it names."""
    if asked.is_figure:
        return typed, ()
    own = len(asked.choices)
    words = typed.replace(",", " ").split()
    in_a_row = len(words) > 1 and all(fold(word) in labels for word in words)
    parts = words if in_a_row else [piece for part in listed(typed) for piece in pieces(part, language)]
    places = [_place(part, labels, language) for part in parts]
    always = tuple(asked.always[place - own - 1][0] for place in places if own < place <= own + len(asked.always))
    named = [
        str(place) if place and part.isalpha() else part
        for part, place in zip(parts, places, strict=True)
        if not own < place <= own + len(asked.always)
    ]
    return (", ".join(named) if named != parts else typed), always


def _place(part: str, labels: Sequence[str], language: Language) -> int:
    """The place of the line a part names by number or label, from 1; 0 when it names none."""
    word = fold(part)
    return labels.index(word) + 1 if word and word in labels else line_number(part, language) or 0
