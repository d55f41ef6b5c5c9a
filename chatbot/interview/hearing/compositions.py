"""Rules over classes: a few words that must stand in one clause, in any order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product
from typing import NamedTuple

from chatbot.interview.hearing.english_words import BINDING

# How many words may lie between the ends of what one rule takes together.
_WIDEST = 14
# How many words behind a binding word what it binds may begin.
_BINDS = 4
_MOST_CHOICES = 96
_ITEM = re.compile(r"-?(?:'[^']+'|[a-z_0-9]+(?::[0-9.]+-[0-9.]+)?)(?:\|(?:'[^']+'|[a-z_0-9]+(?::[0-9.]+-[0-9.]+)?))*")
MEASURES = ("days", "minutes", "number")


class Spot(NamedTuple):
    """Where a class stands: first and last, the last not included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Item:
    """One part of a rule: any of some classes; `binds` tells that it must stand before the next part."""

    names: tuple[str, ...]
    absent: bool = False

    @property
    def binds(self) -> bool:
        """True for words such as "not", which speak of what follows them."""
        return not self.absent and all(name in BINDING for name in self.names)


class RuleError(ValueError):
    """A rule that cannot be read; its text says why."""


@dataclass(frozen=True)
class Rule:
    """A rule as it was written, and its parts."""

    text: str
    items: tuple[Item, ...]

    @cached_property
    def wanted(self) -> tuple[Item, ...]:
        """The parts that must be there."""
        return tuple(item for item in self.items if not item.absent)


def read_rule(text: str) -> Rule:
    """The rule that a text says; RuleError where it says none."""
    items: list[Item] = []
    rest = text.strip()
    while rest:
        match = _ITEM.match(rest)
        if match is None or (match.end() < len(rest) and not rest[match.end()].isspace()):
            raise RuleError(f"'{rest}' is no part of a rule; write classes, a|b for either, 'words' in quotes, -class")
        names = match[0].removeprefix("-")
        items.append(Item(tuple(_alternatives(names)), match[0].startswith("-")))
        rest = rest[match.end() :].strip()
    rule = Rule(text, tuple(items))
    if not rule.wanted:
        raise RuleError("a rule needs something that must be there")
    return rule


def _alternatives(names: str) -> Iterator[str]:
    yield from re.findall(r"'[^']+'|[^|]+", names)


class Hit(NamedTuple):
    """A rule met: the places it takes, and those of them that are binding words."""

    places: tuple[Spot, ...]
    binding: tuple[Spot, ...]

    @property
    def first(self) -> int:
        """Where it begins."""
        return min(place.first for place in self.places)

    @property
    def last(self) -> int:
        """Where it ends, not included."""
        return max(place.last for place in self.places)

    @property
    def covered(self) -> frozenset[int]:
        """Every word it takes."""
        return frozenset(word for place in self.places for word in range(place.first, place.last))


def hits(rule: Rule, tags: Mapping[str, Sequence[Spot]], stops: frozenset[int]) -> Iterator[Hit]:
    """Every place of a rule's first telling part at which the rule is met, each by its closest words."""
    wanted = rule.wanted
    places = []
    for item in wanted:
        places.append(sorted({place for name in item.names if name in tags for place in tags[name]}))
        if not places[-1]:
            return
    if any(item.absent and any(tags.get(name) for name in item.names) for item in rule.items):
        return
    seen: dict[Spot, tuple[int, Hit]] = {}
    anchor = next((n for n, item in enumerate(wanted) if not item.binds), 0)
    for n, chosen in enumerate(product(*places)):
        if n >= _MOST_CHOICES:
            break
        hit = _fits(wanted, chosen, stops)
        if hit is None:
            continue
        width = hit.last - hit.first
        if chosen[anchor] not in seen or width < seen[chosen[anchor]][0]:
            seen[chosen[anchor]] = (width, hit)
    yield from (hit for _, hit in seen.values())


def _fits(wanted: Sequence[Item], chosen: Sequence[Spot], stops: frozenset[int]) -> Hit | None:
    if len(chosen) > 1:
        first, last = min(p.first for p in chosen), max(p.last for p in chosen)
        if last - first > _WIDEST:
            return None
        in_order = sorted(chosen)
        if any(one.last > other.first for one, other in pairwise(in_order)):
            return None
    binding = []
    for n, item in enumerate(wanted):
        if not item.binds:
            continue
        binding.append(chosen[n])
        if n + 1 < len(chosen) and not _binds(chosen[n], chosen[n + 1], stops):
            return None
    return Hit(tuple(chosen), tuple(binding))


def _binds(word: Spot, bound: Spot, stops: frozenset[int]) -> bool:
    if not word.last <= bound.first <= word.last + _BINDS:
        return False
    return not any(place in stops for place in range(word.last, bound.first))
