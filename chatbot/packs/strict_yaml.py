"""Reads the plain part of YAML that packs are written in, and says where a file leaves it.

Limits are judged on the parser's event stream as it reads, so nothing too deep, too large or tagged is built.
"""

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import yaml
from yaml import events as ev

from chatbot.errors import Problem

MAX_BYTES, MAX_DEPTH, MAX_NODES, MAX_DIGITS, MAX_PROBLEMS = 2 * 1024 * 1024, 24, 100_000, 15, 500
Path_ = tuple[str | int, ...]
_LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
# What word processors and web pages put in place of a space or a quote; YAML takes it for a letter.
_SPACES, _QUOTES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000", "\u2018-\u201f\u00ab\u00bb\u2039\u203a"
_INSTEAD = re.compile(rf"\A[-?]?([{_SPACES}{_QUOTES}])|:([{_SPACES}])|([{_SPACES}])#")
_INSTEAD_IN_LINE = re.compile(rf"\A\s*?([{_SPACES}])|(?:\A|[:\-,\[{{?])\s*([{_QUOTES}])|[:\-]([{_SPACES}])")
_COMMENT = re.compile(r"[ \t]+#")
_NAME = re.compile(r"[a-z0-9_]+")
_REFUSED = (  # looked for before any parsing; the parser needs quadratic time for many directives
    (re.compile("\\A\ufeff"), "Y002", "the file starts with a byte order mark"),
    (re.compile("\0"), "Y002", "this line holds a NUL, which is not text"),
    (re.compile(f"(?m)^{_HIDDEN.pattern}*%"), "Y001", "a line starting with % is a directive; indent it"),
)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_LAST = ("Y001", "Y004", "Y005", "Y009")  # nothing after one of these is looked at
_FOR_AUTHORS = ("Y017", "Y018")
_SAYS = {
    "Y001": "{0}",
    "Y002": "{0}; save the file as UTF-8 without a byte order mark",
    "Y003": f"the file is larger than {MAX_BYTES // 1024} KiB; split it",
    "Y004": f"this is more than {MAX_DEPTH} levels deep; nest less",
    "Y005": f"the file holds more than {MAX_NODES} keys and values; split it",
    "Y006": "{0} is an alias or anchor; write the value out, or quote the text",
    "Y007": "{0} is a tag; remove it, or quote the text",
    "Y008": "'<<' merges another mapping; write its keys out here",
    "Y009": "a second document starts here; keep one, or use another file",
    "Y010": "{0} stands twice in this mapping (first at line {1}); keep one",
    "Y011": "characters that nobody can see stand here ({0}); remove them",
    "Y012": "{0} has no value; write one, or null, or quotes for an empty text",
    "Y013": "the number {0} is out of range; shorten it, or quote it as text",
    "Y014": "a key here is not plain text; write a word before the colon",
    "Y015": "the file says nothing; write its content, or remove it",
    "Y016": "the file cannot be read ({0}); check its name and permissions",
    "Y017": "what follows {0} is a comment and would be left out; quote the text, or move the comment to its own line",
    "Y018": "{0} stands here in place of a plain character; type the plain one, or quote the text",
}
_HINTS = {  # part of the parser's own message: what to tell the author
    "values are not allowed": "': ' stands where no key can stand; line the keys up, or quote the text",
    "start any token": "a tab or one of @ ` % starts a word here; indent with spaces, or quote the text",
    "alphabetic or numeric": "a '*' or '&' starts a word here; quote the text",
    "unexpected end of stream": "the quote that opens here is never closed; close it",
    "not find expected ':'": "a line from here on has no ':' after its key; add it, or quote the text",
    "escape": "a backslash here starts no known escape; double it, or use single quotes",
    "": "this cannot be read here ({0}); check the indentation, quotes, brackets and colons",
}


@dataclass(frozen=True, slots=True)
class Document:
    """The content of one file, with the line of each part.

    `data` is made of dict, list, str, int, float, bool and None only. `lines` gives the 1-based line
    of every list item and of every key, under the path that ends in it; `cut` are the paths of names with a comment
    behind them, which would be a part of them if they were texts.
    """

    file: str
    data: object
    lines: Mapping[Path_, int]
    cut: frozenset[Path_] = frozenset()

    def line(self, *path: str | int) -> int:
        """Return the line of `path`, or of its nearest known ancestor, or 1."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def parse(text: bytes | str, file: str, for_authors: bool = True) -> tuple[Document | None, tuple[Problem, ...]]:
    """Return the document in `text`, or every problem found in it, in line order; `file` is only for show.

    Some problems are `for_authors` alone: the file can be read, and most likely does not say what was meant.
    """
    decoded = _decode(text, file)
    if isinstance(decoded, Problem):
        return None, (decoded,)
    builder = _Builder(file, for_authors)
    with suppress(_EnoughError):
        builder.build(decoded)
    if builder.problems:
        return None, tuple(sorted(set(_causes(builder.problems, builder.text_lines))))
    return Document(file, builder.root, builder.lines, frozenset(builder.cut if for_authors else ())), ()


def read(path: Path, shown_as: str, for_authors: bool = True) -> tuple[Document | None, tuple[Problem, ...]]:
    """Parse the regular file at `path`, named `shown_as` in problems; the caller judges where links lead."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            return None, (_problem(shown_as, 1, "Y016", "not a regular file"),)
        if size > MAX_BYTES:
            return None, (_problem(shown_as, 1, "Y003"),)
        with path.open("rb") as handle:
            return parse(handle.read(MAX_BYTES + 1), shown_as, for_authors)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "this cannot name a file"
        return None, (_problem(shown_as, 1, "Y016", why.lower()),)


@dataclass(slots=True)
class _Frame:  # a mapping or list still open
    path: Path_
    data: dict[str, object] | list[object]
    first: dict[str, int] = field(default_factory=dict)
    key: str | None = None  # the key whose value comes next


class Mark(Protocol):
    """A place in a text, as both parsers of the library say it: lines and columns from 0."""

    line: int
    column: int


class _EnoughError(Exception):
    """Nothing after this is looked at."""


class _Builder:  # turns events into plain data, collecting problems on the way
    def __init__(self, file: str, for_authors: bool) -> None:
        self.file, self.for_authors, self.nodes = file, for_authors, 0
        self.text_lines: list[str] = []
        self.root: object = None
        self.problems: list[Problem] = []
        self.lines: dict[Path_, int] = {}
        self.cut: set[Path_] = set()
        self.stack: list[_Frame] = []

    def problem(self, line: int, code: str, *about: object) -> None:
        if code in _FOR_AUTHORS and not self.for_authors:
            return
        self.problems.append(_problem(self.file, line, code, *about))
        if code in _LAST or len(self.problems) >= MAX_PROBLEMS:
            raise _EnoughError

    def build(self, text: str) -> None:
        for line, words in enumerate(text.split("\n") if _HIDDEN.search(text) else (), start=1):
            if seen := _hidden(words):
                self.problem(line, "Y011", seen)
        # Without hidden characters the text keeps its lines, and is what its author will have in the end.
        text = _HIDDEN.sub("", text)
        self.text_lines = text.split("\n")
        try:
            for event in yaml.parse(text, Loader=_LOADER):
                line = event.start_mark.line + 1 if event.start_mark else 1
                if isinstance(event, ev.NodeEvent):
                    self.node(event, line)
                elif isinstance(event, ev.CollectionEndEvent):
                    self.stack.pop()
                elif isinstance(event, ev.DocumentStartEvent) and self.nodes:
                    self.problem(line, "Y009")
        except (yaml.YAMLError, ValueError, OverflowError) as error:  # the last two: an escape beyond Unicode
            line, *about = _syntax(error)
            odd = _instead(_INSTEAD_IN_LINE, self.text_lines[line - 1] if line <= len(self.text_lines) else "")
            self.problem(line, *(("Y018", odd) if odd and self.for_authors else about))
        if not self.nodes:
            self.problem(1, "Y015")

    def node(self, event: ev.NodeEvent, line: int) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.problem(line, "Y005")
        if event.anchor is not None:
            self.problem(line, "Y006", _shown("&*"[isinstance(event, ev.AliasEvent)] + event.anchor))
        if isinstance(event, ev.ScalarEvent | ev.CollectionStartEvent) and event.tag is not None:
            self.problem(line, "Y007", _shown(event.tag))
        if isinstance(event, ev.ScalarEvent) and event.style == '"' and (seen := _hidden(event.value)):
            self.problem(line, "Y011", f"{seen}, from an escape")
        if isinstance(event, ev.ScalarEvent) and not event.style and (odd := _instead(_INSTEAD, event.value)):
            self.problem(line, "Y018", odd)
        frame = self.stack[-1] if self.stack else None
        if frame is None:
            self.root = self.value(event, (), line, "")
        elif isinstance(frame.data, list):
            path = (*frame.path, len(frame.data))
            self.lines.setdefault(path, line)
            frame.data.append(self.value(event, path, line, "this list item"))
        elif frame.key is None:
            self.key(frame, event, line)
        else:
            key, frame.key = frame.key, None
            frame.data[key] = self.value(event, (*frame.path, key), line, _shown(key))

    def key(self, frame: _Frame, event: ev.NodeEvent, line: int) -> None:
        frame.key = ""
        if not isinstance(event, ev.ScalarEvent) or not event.value or event.style in ("|", ">"):
            self.problem(line, "Y014")
            self.value(event, frame.path, line, "")
            return
        frame.key = key = event.value
        if key == "<<" and not event.style:
            self.problem(line, "Y008")
        elif key in frame.first:
            self.problem(line, "Y010", _shown(key), frame.first[key])
        frame.first.setdefault(key, line)
        self.lines.setdefault((*frame.path, key), line)

    def value(self, event: ev.NodeEvent, path: Path_, line: int, name: str) -> object:
        if isinstance(event, ev.ScalarEvent):
            value = event.value if event.style else self.plain(event.value, line, name)
            is_text = bool(value) and not event.style and isinstance(value, str)
            if is_text and (end := event.end_mark) and self.is_cut(end):
                # A name, such as same_day, may have a comment behind it; whoever reads it as a text knows better.
                if _NAME.fullmatch(event.value):
                    self.cut.add(path)
                else:
                    self.problem(end.line + 1, "Y017", _shown(event.value))
            return value
        if isinstance(event, ev.AliasEvent):
            return None
        if len(self.stack) >= MAX_DEPTH:
            self.problem(line, "Y004")
        self.stack.append(_Frame(path, {} if isinstance(event, ev.MappingStartEvent) else []))
        return self.stack[-1].data

    def is_cut(self, end: Mark) -> bool:
        """True when a comment follows on the line where a text ends; its author may have meant it as a part of that."""
        return _COMMENT.match(self.text_lines[end.line], end.column) is not None

    def plain(self, text: str, line: int, name: str) -> object:
        if not text and (name or not self.stack):
            self.problem(line, "Y012" if name else "Y015", name)
        if text in _WORDS:
            return _WORDS[text]
        if not (parts := _NUMBER.fullmatch(text)):
            return text
        whole = not (parts[1] or parts[2])
        if len(text.lstrip("-")) > MAX_DIGITS if whole else math.isinf(float(text)):
            self.problem(line, "Y013", _shown(text))
            return None
        return int(text) if whole else float(text)


def _causes(problems: list[Problem], lines: list[str]) -> Iterator[Problem]:
    """The problems without what only follows from a character that stands in place of a plain one.

    Where it hides what a key holds, that key has no value; and from there on the parser may read a key as a text.
    """
    odd = {problem.line for problem in problems if problem.code == "Y018"}
    first = min(odd, default=len(lines) + 1)
    for problem in problems:
        follows = problem.code == "Y001" and problem.line > first
        is_empty = problem.code == "Y012" and odd & {problem.line, _next_filled(problem.line, lines)}
        if not follows and not is_empty:
            yield problem


def _next_filled(line: int, lines: list[str]) -> int:
    """The number of the first line after another that holds more than a comment."""
    later = enumerate(lines[line:], start=line + 1)
    return next((number for number, text in later if text.strip(" \t") and not text.lstrip().startswith("#")), 0)


def _decode(text: bytes | str, file: str) -> str | Problem:
    raw = text if isinstance(text, bytes) else text[: MAX_BYTES + 1].encode("utf-8", "surrogatepass")
    if len(raw) > MAX_BYTES:
        return _problem(file, 1, "Y003")
    raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        decoded = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _problem(file, raw.count(b"\n", 0, error.start) + 1, "Y002", "this line is not UTF-8")
    for pattern, code, about in _REFUSED:
        if match := pattern.search(decoded):
            return _problem(file, decoded.count("\n", 0, match.start()) + 1, code, about)
    return decoded


def _hidden(text: str) -> str:
    found = sorted(set(_HIDDEN.findall(text)))[:5]
    return ", ".join(f"U+{ord(one):04X} {unicodedata.name(one, 'control').lower()}" for one in found)


def _instead(where: re.Pattern[str], text: str) -> str:
    found = where.search(text)
    character = next(filter(None, found.groups()), "") if found else ""
    return f"U+{ord(character):04X} {unicodedata.name(character).lower()}" if character else ""


def _syntax(error: Exception) -> tuple[int, str, str]:
    said = str(getattr(error, "problem", None) or error)
    # Of what is never finished, the place where it began says more than the place where it was missed.
    began = "end of stream" in said or "not find expected ':'" in said
    mark = getattr(error, "context_mark" if began else "problem_mark", None)
    line = mark.line + 1 if mark else 1
    if "nesting depth" in said:  # from libyaml 0.2.6 on the library stops at a depth of its own, before any event
        return line, "Y004", ""
    hint = next(hint for part, hint in _HINTS.items() if part in said)
    return line, "Y001", hint.format(said)


def _problem(file: str, line: int, code: str, *about: object) -> Problem:
    return Problem(file, line, code, _SAYS[code].format(*about))


def _shown(text: str) -> str:
    short = text if len(text) <= 60 else text[:57] + "..."
    return "'" + _HIDDEN.sub("?", short).replace("\n", " ") + "'"
