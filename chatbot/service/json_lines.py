"""One JSON object a line, as every command takes them: marks, endings and limits, and what is wanted instead."""

from __future__ import annotations

import codecs
import json
import re

from chatbot.errors import InputError

MAX_LINE = 1_000_000
MAX_DIGITS = 30
_WANTED = "send one object a line"
# The other shapes in which people have such data, by what one line of them looks like.
_SHAPES = (
    (re.compile(r"\s*\["), f"this looks like a list; {_WANTED}, as `jq -c '.[]'` writes them"),
    (re.compile(r"[^\n]*\S\r\s*\S"), f"its lines end in a carriage return alone; {_WANTED}, with line ends"),
    (
        re.compile(r"\s*(\{|\}|\]|\},|\],|\{.*[\[{,:]|\"[^\"]*\"\s*:.*)\s*$"),
        f"this looks like one object over several lines; {_WANTED}, as `jq -c .` writes them",
    ),
    (re.compile(r"[^{}]*[;\t,][^{}]*$"), f"this looks like a table from a spreadsheet; {_WANTED}"),
)


def is_blank(line: bytes) -> bool:
    """True for a line that says nothing."""
    return not line.removeprefix(codecs.BOM_UTF8).strip()


def read_object(line: bytes) -> dict[str, object]:
    """The JSON object on a line; InputError says what is wrong with it."""
    if len(line) > MAX_LINE:
        raise InputError(f"the line is longer than {MAX_LINE} bytes; send smaller objects")
    try:
        # A mark of the encoding stands where files begin, also behind one another.
        text = line.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        wide = b"\0" in line or line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        raise InputError(f"the line is not UTF-8 text{'; it looks like UTF-16' if wide else ''}") from error
    try:
        data = json.loads(text, parse_constant=_refuse, parse_int=_whole, object_pairs_hook=_unique)
    except RecursionError as error:
        raise InputError("the line is nested too deeply") from error
    except json.JSONDecodeError as error:
        raise InputError(f"the line is not a JSON object: {_why(text, error)}") from error
    if not isinstance(data, dict):
        wanted = f": {_SHAPES[0][1]}" if isinstance(data, list) else '; send {"facts": {...}}'
        raise InputError(f"the line is not a JSON object{wanted}")
    return data


def _why(text: str, error: json.JSONDecodeError) -> str:
    said = next((said for shape, said in _SHAPES if shape.match(text)), "")
    return f"{error.msg} at character {error.pos + 1}{f'; {said}' if said else ''}"


def _refuse(word: str) -> object:
    raise InputError(f"{word} is not a JSON number")


def _whole(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise InputError(f"a number has more than {MAX_DIGITS} digits")
    return int(digits)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    data: dict[str, object] = {}
    for name, value in pairs:
        if name in data:
            raise InputError(f"the key '{short(name)}' stands twice")
        data[name] = value
    return data


def short(value: object) -> str:
    """A value as a message shows it."""
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "..."
