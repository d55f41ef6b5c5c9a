"""Conditions in English for people who review them: every word comes from the condition tree and the pack's wording."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from chatbot.case import NOT_SURE, Fact, PlainValue, Span
from chatbot.condition import (
    Accepts,
    Algebra,
    Condition,
    Includes,
    Leaf,
    Not,
    Parts,
    Reached,
    Term,
    Unanswered,
    Within,
    fold,
    walk,
)
from chatbot.recommendation.rulebook import IMAGING, LEVELS
from chatbot.wording import Wording

NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition as a line, and what it is made of as lines under it."""

    text: str
    under: tuple[Clause, ...] = ()


class English(Algebra[Clause]):
    """Speaks of one pack's conditions in its clinical wording."""

    def __init__(self, facts: Mapping[str, Fact], wording: Wording, country: str = "any") -> None:
        self._facts = facts
        self._wording = wording
        self._country = country

    def clause(self, condition: Condition) -> Clause:
        """A condition with its parts under it, one line each."""
        return fold(condition, self)

    def all_of(self, parts: Parts[Clause]) -> Clause:
        """A list of what must hold; one part speaks for itself."""
        return _listed(tuple(parts), "always", "all of these hold:")

    def any_of(self, parts: Parts[Clause]) -> Clause:
        """A list of what is enough; one part speaks for itself."""
        return _listed(tuple(parts), "never", "at least one of these holds:")

    def count_of(self, at_least: int, parts: Parts[Clause]) -> Clause:
        """A list of which so many must hold."""
        under = tuple(parts)
        return Clause(f"at least {at_least} of these {len(under)} hold:", under)

    def negated(self, condition: Not) -> Clause:
        """The clause of what must not hold."""
        return Clause("this does not hold:", (fold(condition.of, self),))

    def term(self, term: Term) -> Clause:
        """A named condition by its name alone."""
        return Clause(term_name(term.name))

    def leaf(self, leaf: Leaf) -> Clause:
        """One comparison as a line."""
        return Clause(self.comparison(leaf))

    def line(self, condition: Condition) -> str:
        """A condition in one line; parts that are made of parts stand in brackets."""
        return _in_line(self.clause(condition))

    def comparison(self, leaf: Leaf) -> str:
        """Says one comparison in words."""
        match leaf:
            case Accepts():
                return self._accepts(leaf)
            case Includes(fact, items):
                return f"{self.fact(fact)} includes {_either(self.value(fact, item) for item in items)}"
            case Within(fact, low, high):
                return f"{self.fact(fact)} is {self._bounds(self._facts[fact], low, high)}"
            case Unanswered(fact):
                return f"{self.fact(fact)} applies and has no answer"
            case Reached("level", low):
                title = self._filled(self._wording.levels[LEVELS[low]]["title"]["clinician"])
                return f"the level of care reached is \u201c{title}\u201d or more urgent"
            case Reached("imaging", low):
                return f"the imaging advice reached is \u201c{self._imaging(low)}\u201d or more urgent"
            case Reached(kind, low):
                title = self._filled(self._wording.levels[LEVELS[low]]["title"]["clinician"])
                return f"imaging of the kind \u201c{kind}\u201d is wanted, as soon as \u201c{title}\u201d or sooner"

    def fact(self, fact: str) -> str:
        """The name of a fact."""
        return self._filled(self._wording.facts[fact]["clinician"]) if fact in self._wording.facts else _plain(fact)

    def value(self, fact: str, value: str) -> str:
        """The name of a value of a choice or list, in quotes; where many lines give it, its own name."""
        if value in NOT_SURE:
            return NOT_KNOWN
        given_by = self._wording.values.get((fact, value), ())
        own = [text for text in given_by if text.question == fact] or list(given_by)
        texts = dict.fromkeys(self._filled(text.text["clinician"]) for text in own)
        return f"\u201c{next(iter(texts)) if len(texts) == 1 else _plain(value)}\u201d"

    def given(self, fact: str, plain: PlainValue | None) -> str:
        """The value that a fact was given in an example, in words."""
        if plain is None:
            return "no answer"
        value = self._facts[fact].read(plain)
        if isinstance(value, Span):
            return self._bounds(self._facts[fact], value.low, value.high)
        if isinstance(value, str):
            return self.value(fact, value)
        return " and ".join(self.value(fact, item) for item in sorted(value)) or "none"

    def _accepts(self, leaf: Accepts) -> str:
        fact, (how, words) = self._facts[leaf.fact], leaf.said
        in_order = [value for value in fact.values if value in leaf.values]
        accepted = list(dict.fromkeys(self.value(leaf.fact, value) for value in in_order))
        name = self.fact(leaf.fact)
        if len(accepted) < 2 or how in ("is", "one_of"):
            return f"{name} is {_either(accepted)}"
        named = self.value(leaf.fact, words[0])
        others = _either(value for value in accepted if value != named)
        return f"{name} is {how.replace('_', ' ')} {named} (so also {others})"

    def _bounds(self, fact: Fact, low: float | None, high: float | None) -> str:
        unit = f" {self._wording.say(f'unit_{fact.unit}')}".rstrip()
        if low is not None and high is not None:
            return f"{low:g}{unit}" if low == high else f"{low:g} to {high:g}{unit}"
        return f"{low:g}{unit} or more" if low is not None else f"{high:g}{unit} or less"

    def _imaging(self, level: int) -> str:
        return self._filled(self._wording.imaging[IMAGING[level]]["clinician"]).rstrip(".")

    def _filled(self, text: str) -> str:
        return self._wording.fill(text, self._country)


def _listed(under: tuple[Clause, ...], none: str, many: str) -> Clause:
    if len(under) == 1:
        return under[0]
    return Clause(many, under) if under else Clause(none)


def term_name(name: str) -> str:
    """A named condition as it is called in a sentence."""
    return f"[{_plain(name)}]"


def terms_in(conditions: Iterable[Condition]) -> dict[str, Condition]:
    """Every named condition that some conditions use, those first that others are made of."""
    terms: dict[str, Condition] = {}
    for condition in conditions:
        for part in reversed(list(walk(condition))):
            if isinstance(part, Term):
                terms.setdefault(part.name, part.of)
    return terms


_JOINTS: Mapping[str, Callable[[list[str]], str]] = {
    "all of these hold:": " and ".join,
    "at least one of these holds:": " or ".join,
    "this does not hold:": lambda parts: f"not: {parts[0]}",
}


def _in_line(clause: Clause) -> str:
    if not clause.under:
        return clause.text
    parts = [f"({_in_line(part)})" if part.under else part.text for part in clause.under]
    join = _JOINTS.get(clause.text)
    return join(parts) if join else f"{clause.text.removesuffix(' hold:')}: {'; '.join(parts)}"


def _either(texts: Iterable[str]) -> str:
    *first, last = list(texts) or ["nothing"]
    return f"{', '.join(first)} or {last}" if first else last


def _plain(name: str) -> str:
    return name.replace("_", " ")
