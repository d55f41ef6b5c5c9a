"""What stands before the lines of a question, and what it means when that is typed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatbot.interview.clean import fold
from chatbot.interview.prompt import SPOKEN, Prompt

# After nine lines letters go on; those that are keys of their own or are typed as words are left out.
_LETTERS = "abcdefghijkmopqtvwxz"
_NUMBER = re.compile(r"(?:number |answer |change (?:answer |number )?)?#?(\d{1,3})[.)]?")


def line_number(typed: str) -> int | None:
    """The number of a line: `3`, `3.`, `#3`, `number 3`, `change 3`."""
    found = _NUMBER.fullmatch(fold(typed))
    return int(found[1]) if found else None


def one_key_labels(count: int, letters: bool = False) -> tuple[str, ...]:
    """A label of one key for each of some lines: 1 to 9, then letters; letters alone beside a picture."""
    keys = _LETTERS if letters else "123456789" + _LETTERS
    return tuple(keys[:count]) + ("",) * (count - len(keys))


def spelled_out(asked: Prompt, typed: str, labels: Sequence[str] = ()) -> str:
    """What was typed, with words for labels: those of the answers that are always there, and letters of lines."""
    if asked.is_figure:
        return typed
    own, always = len(asked.choices), [SPOKEN[name] for name, _ in asked.always]
    words = typed.replace(",", " ").split()
    in_a_row = len(words) > 1 and all(fold(word) in labels for word in words)
    parts = words if in_a_row else [part.strip() for part in typed.replace(" and ", ",").split(",")]
    numbers = [_place(part, labels) for part in parts]
    spelled = [_spelled(part, number, own, always) for part, number in zip(parts, numbers, strict=True)]
    return ", ".join(spelled) if spelled != parts else typed


def _spelled(part: str, number: int, own: int, always: Sequence[str]) -> str:
    if own < number <= own + len(always):
        return always[number - own - 1]
    return str(number) if number and part.isalpha() else part


def _place(part: str, labels: Sequence[str]) -> int:
    """The place of the line a part names by number or label, from 1; 0 when it names none."""
    word = fold(part)
    return labels.index(word) + 1 if word and word in labels else line_number(part) or 0
