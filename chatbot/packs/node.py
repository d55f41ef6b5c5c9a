"""One place in a parsed file, and what the loader asks of it; every fault becomes a Problem at its line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from chatbot.errors import Problem
from chatbot.packs.strict_yaml import Document


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a sentence that offers the nearest known word, or nothing."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean '{near[0]}'?" if near else ""


@dataclass(slots=True)
class Problems:
    """The problems found so far, over all files of a pack."""

    found: list[Problem] = field(default_factory=list)

    def add(self, file: str, line: int, code: str, text: str) -> None:
        """Note one problem."""
        self.found.append(Problem(file, line, code, text))


@dataclass(frozen=True, slots=True)
class Node:
    """A value in a document with the path that leads to it."""

    document: Document
    problems: Problems
    path: tuple[str | int, ...] = ()

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

    def problem(self, code: str, text: str) -> None:
        """Report a problem at this line."""
        self.problems.add(self.document.file, self.document.line(*self.path), code, text)

    def child(self, key: str | int) -> Node:
        """The value under a key or index."""
        return Node(self.document, self.problems, (*self.path, key))

    def mapping(self, required: Collection[str] = (), optional: Collection[str] = ()) -> dict[str, Node]:
        """The children by key; unknown and missing keys are problems. Without names any keys will do."""
        if not isinstance(self.value, dict):
            self.problem("P001", f"'{self.key}' should be a mapping of names to values")
            return {}
        known = {*required, *optional}
        for key in self.value:
            if known and key not in known:
                self.child(key).problem("P002", f"there is no key '{key}' here{did_you_mean(key, known)}")
        for key in required:
            if key not in self.value:
                self.problem("P003", f"'{self.key}' needs the key '{key}'")
        return {key: self.child(key) for key in self.value if not known or key in known}

    def items(self) -> list[Node]:
        """The children of a list."""
        if not isinstance(self.value, list):
            self.problem("P004", f"'{self.key}' should be a list")
            return []
        return [self.child(index) for index in range(len(self.value))]

    def text(self) -> str:
        """The value as text."""
        if isinstance(self.value, str) and self.value.strip():
            return self.value
        self.problem("P005", f"'{self.key}' should be text, but is {_kind(self.value)}; put it in quotes")
        return ""

    def one_of(self, known: Iterable[str], what: str) -> str:
        """The value as one of the known words."""
        word, known = self.text(), list(known)
        if word and word not in known:
            self.problem("P006", f"there is no {what} '{word}'{did_you_mean(word, known)}")
            return ""
        return word

    def flag(self) -> bool:
        """The value as true or false."""
        if not isinstance(self.value, bool):
            self.problem("P007", f"'{self.key}' should be true or false")
        return self.value is True

    def number(self) -> float:
        """The value as a number."""
        if isinstance(self.value, bool) or not isinstance(self.value, (int, float)):
            self.problem("P008", f"'{self.key}' should be a number, but is {_kind(self.value)}")
            return 0
        return self.value

    def texts(self) -> tuple[str, ...]:
        """The value as a list of text."""
        return tuple(text for item in self.items() if (text := item.text()))

    def cites(self, known: Collection[str]) -> tuple[str, ...]:
        """The value as a list of citations, at least one, each known."""
        found = tuple(cite for item in self.items() if (cite := item.one_of(known, "claim or source")))
        if not found:
            self.problem("P009", "nothing is cited here; every sentence needs a claim or a source")
        return found

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
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return {dict: "a mapping", list: "a list", int: "a number", float: "a number"}.get(type(value), "empty")
