"""The rules read over a case of variables: the same tree the engine evaluates, folded into solver terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import z3

from chatbot.case import Span, Value
from chatbot.condition import (
    Accepts,
    All,
    Any,
    Condition,
    Count,
    Includes,
    Leaf,
    Not,
    Reached,
    Term,
    Unanswered,
    Within,
)
from chatbot.proof.cells import first_from, place_of
from chatbot.proof.symbols import Bool, Said, Symbols, counts_as_nothing
from chatbot.recommendation.rulebook import PRIMARY_CARE, Advice, Rule

What = Literal["level", "imaging"]
TOP: dict[What, int] = {"level": 5, "imaging": 6}
_FALSE, _TRUE = z3.BoolVal(False), z3.BoolVal(True)


@dataclass(frozen=True, slots=True)
class Truth:
    """A truth of three values in two terms: it is true, and it is not false."""

    true: Bool
    possible: Bool


class Reading:
    """What all rules say of a case; with `reached`, once the result has reached a level and an imaging."""

    def __init__(self, symbols: Symbols, rules: tuple[Rule, ...] | None = None, reached: Reading | None = None) -> None:
        self.symbols = symbols
        self.rules = symbols.rulebook.rules if rules is None else rules
        self._reached = reached
        self._seen: dict[int, tuple[Condition, Truth]] = {}
        self._closed: dict[int, tuple[Condition, Bool]] = {}
        self._applies: dict[str, Truth] = {}

    def truth(self, condition: Condition) -> Truth:
        """The truth of a condition by the strong Kleene tables."""
        found = self._seen.get(id(condition))
        if found is None:
            # The condition is kept beside its truth, so that its id stays its own.
            found = self._seen[id(condition)] = (condition, self._fold(condition))
        return found[1]

    def _fold(self, condition: Condition) -> Truth:
        match condition:
            case All(of) | Any(of) | Count(_, of):
                parts = [self.truth(part) for part in of]
                trues, possibles = [part.true for part in parts], [part.possible for part in parts]
                if isinstance(condition, All):
                    return Truth(z3.And(*trues), z3.And(*possibles))
                if isinstance(condition, Any):
                    return Truth(z3.Or(*trues), z3.Or(*possibles))
                return Truth(_at_least(condition.at_least, trues), _at_least(condition.at_least, possibles))
            case Not(of):
                inner = self.truth(of)
                return Truth(z3.Not(inner.possible), z3.Not(inner.true))
            case Term(_, of):
                return self.truth(of)
            case Reached(what, low):
                if self._reached is None:
                    return Truth(_FALSE, _TRUE)
                reached = self._reached.issued(what, low)
                return Truth(reached, reached)
            case leaf:
                return self._leaf(leaf)

    def _leaf(self, leaf: Accepts | Includes | Within | Unanswered) -> Truth:
        said = self.symbols.facts[leaf.fact]
        # Nothing said: open where the fact may be asked. Said, but counted as no answer: open, and unanswered.
        absent = z3.And(z3.Not(said.at_all), self.applies(leaf.fact).possible)
        void = z3.And(said.at_all, said.unsure) if counts_as_nothing(said.fact) else _FALSE
        if isinstance(leaf, Unanswered):
            return Truth(void, z3.Or(void, absent))
        holds, partly = self._holds(leaf, said)
        return Truth(holds, z3.Or(holds, partly, void, absent))

    def _holds(self, leaf: Accepts | Includes | Within, said: Said) -> tuple[Bool, Bool]:
        """That what was said meets a leaf, and that the rest of a list put in part could."""
        not_sure, valued = said.fact.not_sure, z3.And(said.at_all, z3.Not(said.unsure))
        counted = said.unsure if not_sure is not None and _meets(leaf, not_sure) else _FALSE
        if isinstance(leaf, Accepts):
            return z3.Or(
                counted, *(said.values[value] for value in sorted(leaf.values) if value in said.values)
            ), _FALSE
        if isinstance(leaf, Includes):
            held = z3.Or(*(said.values[item] for item in leaf.items))
            all_put = z3.And(*(said.put.get(item, _FALSE) for item in leaf.items))
            return z3.Or(counted, held), z3.And(valued, z3.Not(said.full), z3.Not(all_put), z3.Not(held))
        cells = self.symbols.cells[leaf.fact]
        above = _from(said.high, first_from(leaf.low, cells)) if leaf.low is not None else _TRUE
        below = z3.Not(_from(said.low, _past(leaf.high, cells))) if leaf.high is not None else _TRUE
        return z3.Or(counted, z3.And(valued, above, below)), _FALSE

    def applies(self, fact: str) -> Truth:
        """Whether a fact is asked of this person, as the engine works it out for what is not stated."""
        if fact not in self._applies:
            found = self.symbols.rulebook.facts[fact]
            gate = Truth(_TRUE, _TRUE) if found.asked_if is None else self.truth(found.asked_if)
            if found.nurse_only:
                nurse = self.symbols.is_nurse
                gate = Truth(z3.And(nurse, gate.true), z3.And(nurse, gate.possible))
            self._applies[fact] = gate
        return self._applies[fact]

    def closed(self, condition: Condition) -> Bool:
        """The truth at the end: what is open counts as false, `unanswered` as true."""
        found = self._closed.get(id(condition))
        if found is None:
            found = self._closed[id(condition)] = (condition, self._close(condition))
        return found[1]

    def _close(self, condition: Condition) -> Bool:
        match condition:
            case All(of):
                return z3.And(*(self.closed(part) for part in of))
            case Any(of):
                return z3.Or(*(self.closed(part) for part in of))
            case Count(at_least, of):
                return _at_least(at_least, [self.closed(part) for part in of])
            case Not(of):
                return z3.Not(self.closed(of))
            case Term(_, of):
                return self.closed(of)
            case leaf:
                found = self.truth(leaf)
                return found.possible if isinstance(leaf, Unanswered) else found.true

    def at_least(self, what: What, number: int) -> Bool:
        """That some true rule gives so much."""
        return z3.Or(*(self.truth(rule.when).true for rule in self.rules if _gives(rule, what) >= number))

    def at_most(self, what: What, number: int) -> Bool:
        """That some rule true or open gives so much."""
        return z3.Or(*(self.truth(rule.when).possible for rule in self.rules if _gives(rule, what) >= number))

    def settled(self) -> Bool:
        """That no answer still missing can change level or imaging."""
        ends = [(what, number) for what, top in TOP.items() for number in range(1, top + 1)]
        return z3.And(*(z3.Implies(self.at_most(*end), self.at_least(*end)) for end in ends))

    def issued(self, what: What, number: int) -> Bool:
        """That the result as issued is at least so much; an unsettled case is never below primary care."""
        found = z3.Or(*(self.closed(rule.when) for rule in self.rules if _gives(rule, what) >= number))
        if what == "level" and number == PRIMARY_CARE:
            return z3.Or(found, z3.And(z3.Not(self.settled()), self.at_most("level", PRIMARY_CARE)))
        return found

    def offered(self, advice: Advice) -> Bool:
        """That an advice may be given: its offer is true and no block is true or open."""
        blocks = [z3.Not(self.truth(block).possible) for block in advice.blocked_if]
        return z3.And(self.truth(advice.offer_if).true, *blocks)


def _gives(rule: Rule, what: What) -> int:
    return rule.level if what == "level" else rule.imaging


def _at_least(number: int, parts: list[Bool]) -> Bool:
    if number <= 0:
        return _TRUE
    return z3.AtLeast(*parts, number) if number <= len(parts) else _FALSE


def _from(ends: tuple[Bool, ...], place: int) -> Bool:
    """That an end lies in the cell at a place or above it; every end lies in the first or above."""
    if place == 0:
        return _TRUE
    return ends[place - 1] if place <= len(ends) else _FALSE


def _past(bound: float, cells: tuple[object, ...]) -> int:
    return place_of(bound, cells) + 1  # type: ignore[arg-type] # cells, whose bounds are all among them


def _meets(leaf: Leaf, value: Value) -> bool:
    """Whether what "not sure" counts as meets a leaf."""
    if isinstance(leaf, Accepts):
        return value in leaf.values
    if isinstance(leaf, Includes):
        return isinstance(value, frozenset) and not value.isdisjoint(leaf.items)
    if isinstance(leaf, Within) and isinstance(value, Span):
        above = leaf.low is None or value.high >= leaf.low
        return above and (leaf.high is None or value.low <= leaf.high)
    return False
