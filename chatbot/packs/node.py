"""One place in a parsed file, and what the loader asks of it; every fault becomes a Problem at its line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from chatbot.errors import PackError, Problem
from chatbot.packs.strict_yaml import MAX_PROBLEMS, Document

LONGEST_SHOWN = 60


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a sentence that offers the nearest known word, or nothing."""
    near = get_close_matches(word[:LONGEST_SHOWN], list(known), n=1, cutoff=0.6)
    return f"; did you mean '{near[0]}'?" if near else ""


def short(word: str) -> str:
    """A word of a file as it is repeated in a problem."""
    return word if len(word) <= LONGEST_SHOWN else word[: LONGEST_SHOWN - 3] + "..."


def _instead(word: str, known: Iterable[str]) -> str:
    """The words to write instead: the nearest known word, or all of them when they are few."""
    known = list(known)
    near = did_you_mean(word, known)
    few = ", ".join(known) if 0 < len(known) <= 12 else ""
    return near or (f"; use {few}" if len(known) == 1 else f"; use one of {few}" if few else "; check its spelling")


@dataclass(slots=True)
class Problems:
    """The problems found so far, over all files of a pack; PackError when there are too many to go on."""

    found: list[Problem] = field(default_factory=list)

    def add(self, file: str, line: int, code: str, text: str) -> None:
        """Note one problem."""
        self.found.append(Problem(file, line, code, text))
        if len(self.found) >= MAX_PROBLEMS:
            raise PackError(self.found)


@dataclass(frozen=True, slots=True)
class Node:
    """A value in a document with the path that leads to it."""

    document: Document
    problems: Problems
    path: tuple[str | int, ...] = ()

    @property
    def place(self) -> tuple[str, int]:
        """The file and the line."""
        return self.document.file, self.document.line(*self.path)

    @property
    def value(self) -> object:
        """The plain data at this place."""
        found: object = self.document.data
        for key in self.path:
            found = found[key]  # type: ignore[index] # the path was walked when the node was made
        return found

    @property
    def key(self) -> str:
        """The last step of the path: the id under which this value stands."""
        return str(self.path[-1]) if self.path else ""

    @property
    def called(self) -> str:
        """The name of this place in a problem: its key in quotes, its place in a list, or the file."""
        if not self.path:
            return "the file"
        last = self.path[-1]
        if isinstance(last, str):
            return f"'{short(last)}'"
        keys = [step for step in self.path if isinstance(step, str)]
        return f"item {last + 1} of '{short(keys[-1])}'" if keys else f"item {last + 1}"

    def problem(self, code: str, text: str) -> None:
        """Report a problem at this line."""
        self.problems.add(*self.place, code, text)

    def child(self, key: str | int) -> Node:
        """The value under a key or index."""
        return Node(self.document, self.problems, (*self.path, key))

    def mapping(
        self, required: Collection[str] | None = None, optional: Collection[str] | None = None
    ) -> dict[str, Node]:
        """The children by key; unknown and missing keys are problems. Without names any keys will do."""
        if not isinstance(self.value, dict):
            self.problem("P001", f"{self.called} should be a mapping of names to values, but is {_kind(self.value)}")
            return {}
        known = None if required is None and optional is None else dict.fromkeys([*(required or ()), *(optional or ())])
        for key in self.value:
            if known is not None and key not in known:
                mend = did_you_mean(key, known) or "; check its spelling, or remove it"
                self.child(key).problem("P002", f"there is no key '{short(key)}' here{mend}")
        for key in required or ():
            if key not in self.value:
                self.problem("P003", f"{self.called} needs the key '{key}'; add it")
        return {key: self.child(key) for key in self.value if known is None or key in known}

    def items(self) -> list[Node]:
        """The children of a list."""
        if not isinstance(self.value, list):
            self.problem("P004", f"{self.called} should be a list, but is {_kind(self.value)}; put it in [brackets]")
            return []
        return [self.child(index) for index in range(len(self.value))]

    def text(self) -> str:
        """The value as text."""
        if isinstance(self.value, str) and self.value.strip():
            return self.value
        mend = "put it in quotes" if isinstance(self.value, (bool, int, float)) else "write one text"
        self.problem("P005", f"{self.called} should be text, but is {_kind(self.value)}; {mend}")
        return ""

    def one_of(self, known: Iterable[str], what: str) -> str:
        """The value as one of the known words."""
        word, known = self.text(), list(known)
        if word and word not in known:
            self.problem("P006", f"'{short(word)}' is no {what}{_instead(word, known)}")
            return ""
        return word

    def flag(self) -> bool:
        """The value as true or false."""
        if not isinstance(self.value, bool):
            self.problem("P007", f"{self.called} should be true or false, but is {_kind(self.value)}")
        return self.value is True

    def number(self) -> float:
        """The value as a number."""
        if isinstance(self.value, bool) or not isinstance(self.value, (int, float)):
            self.problem("P008", f"{self.called} should be a number, but is {_kind(self.value)}")
            return 0
        return self.value

    def whole(self, least: int, most: int) -> int:
        """The value as a whole number between two, both included."""
        number = self.number()
        if number != int(number) or not least <= number <= most:
            self.problem("P011", f"{self.called} should be a whole number from {least} to {most}")
            return least
        return int(number)

    def texts(self) -> tuple[str, ...]:
        """The value as a list of text."""
        return tuple(text for item in self.items() if (text := item.text()))

    def cites(self, known: Collection[str]) -> tuple[str, ...]:
        """The value as a list of citations, at least one, each known."""
        if self.value == []:
            self.problem("P009", "nothing is cited here; every sentence needs a claim or a source")
        return tuple(cite for item in self.items() if (cite := item.one_of(known, "claim or source")))

    def walk(self) -> Iterator[Node]:
        """This node and everything below it."""
        yield self
        children: Iterable[str | int] = ()
        if isinstance(self.value, dict):
            children = list(self.value)
        elif isinstance(self.value, list):
            children = range(len(self.value))
        for key in children:
            yield from self.child(key).walk()


def _kind(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "text" if value.strip() else "empty"
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list) else "a number"
