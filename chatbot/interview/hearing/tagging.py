"""Which classes of words stand where in a text: a tagger over a trie of words and phrases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from chatbot.interview.hearing.english_words import DETERMINERS
from chatbot.interview.hearing.typed_words import STOPS, stem, words_of


class Tag(NamedTuple):
    """A class of words that stands from one place to another, the last not included."""

    first: int
    last: int
    name: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """A phrase at its end in the trie: its exact words where it has no other forms, and whether it takes them."""

    name: str
    exact: tuple[str, ...] | None
    takes: bool


@dataclass(slots=True)
class _Node:
    after: dict[str, _Node] = field(default_factory=dict)
    ends: list[_Entry] = field(default_factory=list)


class Phrase(NamedTuple):
    """An entry of a class as it is written: its words, whether they have other forms, whether they are taken."""

    words: tuple[str, ...]
    exact: bool
    takes: bool


def read_phrase(entry: str) -> Phrase:
    """An entry of a class: `numb`, `numb!` for exactly this word, `=hay fever` for words that mean nothing else."""
    takes, exact = entry.startswith("="), entry.endswith("!")
    words = tuple(word for word in words_of(entry.removeprefix("=").removesuffix("!")) if word not in STOPS)
    # "my own" keeps its last word; a phrase of determiners only keeps all of them.
    kept = tuple(word for word in words if word not in DETERMINERS) or words
    return Phrase(kept, exact, takes)


class Tagger:
    """Finds the classes of a text: every entry wherever it stands, but what lies inside one that takes its words."""

    def __init__(self, classes: Mapping[str, Iterable[str]]) -> None:
        self._root = _Node()
        self.words: set[str] = set()
        for name, entries in classes.items():
            for entry in entries:
                self._add(name, read_phrase(entry))

    def _add(self, name: str, phrase: Phrase) -> None:
        if not phrase.words:
            return
        node = self._root
        for word in phrase.words:
            node = node.after.setdefault(stem(word), _Node())
            self.words.add(word)
        node.ends.append(_Entry(name, phrase.words if phrase.exact else None, phrase.takes))

    def tags(self, words: tuple[str, ...]) -> list[Tag]:
        """The classes of words, in the order in which they begin."""
        stems = tuple(map(stem, words))
        tags: list[Tag] = []
        taken: list[tuple[int, int]] = []
        for first in range(len(words)):
            for last, entry in self._from(words, stems, first):
                tags.append(Tag(first, last, entry.name))
                if entry.takes:
                    taken.append((first, last))
        if not taken:
            return list(dict.fromkeys(tags))
        return list(dict.fromkeys(tag for tag in tags if not any(_hides(span, tag) for span in taken)))

    def taken(self, words: tuple[str, ...]) -> frozenset[int]:
        """The places of words that mean nothing else, as "hay fever" is no fever."""
        stems = tuple(map(stem, words))
        spans = (
            (first, last)
            for first in range(len(words))
            for last, entry in self._from(words, stems, first)
            if entry.takes
        )
        return frozenset(place for first, last in spans for place in range(first, last))

    def _from(self, words: tuple[str, ...], stems: tuple[str, ...], first: int) -> Iterator[tuple[int, _Entry]]:
        node = self._root.after.get(stems[first])
        place = first + 1
        while node is not None:
            for entry in node.ends:
                if entry.exact is None or entry.exact == _said(words[first:place]):
                    yield place, entry
            while place < len(words) and words[place] in DETERMINERS and words[place] not in node.after:
                place += 1
            if place >= len(words):
                return
            node = node.after.get(stems[place])
            place += 1


def _said(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in DETERMINERS) or words


def _hides(span: tuple[int, int], tag: Tag) -> bool:
    first, last = span
    return first <= tag.first and tag.last <= last and (tag.last - tag.first) < last - first
