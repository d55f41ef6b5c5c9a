"""The rules read over a case of variables: the same tree the engine evaluates, folded into solver terms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import z3

from chatbot.case import INTERVIEW_MODE
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
)
from chatbot.proof.intervals import first_from, place_of
from chatbot.proof.symbols import Bool, Said, Symbols, counts_as_nothing
from chatbot.recommendation.assess import holds
from chatbot.recommendation.rulebook import IMAGING, LEVELS, PRIMARY_CARE, Advice, Rule

What = str  # level, imaging, or a kind of imaging
_FALSE, _TRUE = z3.BoolVal(False), z3.BoolVal(True)


@dataclass(frozen=True, slots=True)
class Truth:
    """A truth of three values in two terms: it is true, and it is not false."""

    true: Bool
    possible: Bool


class Reading:
    """The terms of all rules for a case; with `reached`, once the result has reached a level and an imaging."""

    def __init__(self, symbols: Symbols, rules: tuple[Rule, ...] | None = None, reached: Reading | None = None) -> None:
        self.symbols = symbols
        self.rules = symbols.rulebook.rules if rules is None else rules
        self._reached = reached
        self._seen: dict[int, tuple[Condition, Truth]] = {}
        self._leaves: dict[Leaf, Truth] = {}
        self._closed: dict[int, tuple[Condition, Bool]] = {}
        self._applies: dict[str, Truth] = {}

    def truth(self, condition: Condition) -> Truth:
        """The truth of a condition by the strong Kleene tables."""
        known = self._seen.get(id(condition))
        if known is None:
            # The condition is kept beside its truth, so that its id stays its own.
            known = self._seen[id(condition)] = (condition, fold(condition, Kleene(self)))
        return known[1]

    def leaf(self, leaf: Leaf) -> Truth:
        """The truth of a comparison, worked out once."""
        if leaf not in self._leaves:
            self._leaves[leaf] = self._compared(leaf)
        return self._leaves[leaf]

    def _compared(self, leaf: Leaf) -> Truth:
        if isinstance(leaf, Reached):
            if self._reached is None:
                return Truth(_FALSE, _TRUE)
            reached = self._reached.issued(leaf.what, leaf.low)
            return Truth(reached, reached)
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
        counted = said.unsure if not_sure is not None and holds(leaf, not_sure, None) else _FALSE
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
        """Tells whether a fact is asked of this person, as the engine works it out for what is not stated."""
        if fact not in self._applies:
            asked = self.symbols.rulebook.facts[fact]
            gate = Truth(_TRUE, _TRUE) if asked.asked_if is None else self.truth(asked.asked_if)
            if asked.nurse_only:
                nurse = self.symbols.is_nurse
                gate = Truth(z3.And(nurse, gate.true), z3.And(nurse, gate.possible))
            if asked.done_if is not None:
                done = z3.Not(self.truth(asked.done_if).true)
                gate = Truth(z3.And(done, gate.true), z3.And(done, gate.possible))
            self._applies[fact] = gate
        return self._applies[fact]

    def applying(self) -> list[Bool]:
        """That a case states only facts that apply."""
        stated = ((name, said) for name, said in self.symbols.facts.items() if name != INTERVIEW_MODE)
        return [z3.Implies(said.at_all, self.applies(name).true) for name, said in stated]

    def whole(self) -> list[Bool]:
        """That a case states exactly the facts that apply, and lists in full."""
        found = []
        for name, said in self.symbols.facts.items():
            if name != INTERVIEW_MODE:
                found.append(said.at_all == self.applies(name).true)
            if said.put:
                found.append(z3.Implies(z3.And(said.at_all, z3.Not(said.unsure)), said.full))
        return found

    def closed(self, condition: Condition) -> Bool:
        """The truth at the end: what is open counts as false, `unanswered` as true."""
        known = self._closed.get(id(condition))
        if known is None:
            known = self._closed[id(condition)] = (condition, fold(condition, _Closed(self)))
        return known[1]

    @cached_property
    def tops(self) -> Mapping[What, int]:
        """The highest number of level, imaging, and the level whose promise each kind of imaging keeps."""
        kinds = dict.fromkeys(self.symbols.rulebook.kinds, len(LEVELS) - 1)
        return {"level": len(LEVELS) - 1, "imaging": len(IMAGING) - 1, **kinds}

    def at_least(self, what: What, number: int) -> Bool:
        """That some true rule gives so much."""
        return self._given(what, number, lambda rule: self.truth(rule.when).true)

    def at_most(self, what: What, number: int) -> Bool:
        """That some rule true or open gives so much."""
        return self._given(what, number, lambda rule: self.truth(rule.when).possible)

    def _given(self, what: What, number: int, holds: Callable[[Rule], Bool]) -> Bool:
        """That the rules which hold give so much; what wants a kind of imaging waits no longer than the level says."""
        if what in ("level", "imaging"):
            return z3.Or(*(holds(rule) for rule in self.rules if gives(rule, what) >= number))
        wanting = [rule for rule in self.rules if what in rule.kinds]
        soon = [holds(rule) for rule in wanting if gives(rule, what) >= number]
        late = [holds(rule) for rule in wanting if gives(rule, what) < number]
        return z3.Or(*soon, z3.And(z3.Or(*late), self._given("level", number, holds)) if late else _FALSE)

    def settled(self) -> Bool:
        """That no answer still missing can change level, imaging, or a kind of it."""
        ends = [(what, number) for what, top in self.tops.items() for number in range(1, top + 1)]
        return z3.And(*(z3.Implies(self.at_most(*end), self.at_least(*end)) for end in ends))

    def issued(self, what: What, number: int) -> Bool:
        """That the result as issued is at least so much; an unsettled case is never below primary care."""
        found = self._given(what, number, lambda rule: self.closed(rule.when))
        if what == "level" and number == PRIMARY_CARE:
            return z3.Or(found, z3.And(z3.Not(self.settled()), self.at_most("level", PRIMARY_CARE)))
        return found

    def offered(self, advice: Advice) -> Bool:
        """That an advice may be given: its offer is true and no block is true or open."""
        blocks = [z3.Not(self.truth(block).possible) for block in advice.blocked_if]
        offered = self.closed(advice.offer_if) if advice.is_closed else self.truth(advice.offer_if).true
        return z3.And(offered, *blocks)


class Kleene(Algebra[Truth]):
    """Three-valued truth in terms; what has a name is read once and shared."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def leaf(self, leaf: Leaf) -> Truth:
        return self._reading.leaf(leaf)

    def all_of(self, parts: Parts[Truth]) -> Truth:
        found = list(parts)
        return Truth(z3.And(*(part.true for part in found)), z3.And(*(part.possible for part in found)))

    def any_of(self, parts: Parts[Truth]) -> Truth:
        found = list(parts)
        return Truth(z3.Or(*(part.true for part in found)), z3.Or(*(part.possible for part in found)))

    def count_of(self, at_least: int, parts: Parts[Truth]) -> Truth:
        found = list(parts)
        return Truth(
            _at_least(at_least, [part.true for part in found]), _at_least(at_least, [part.possible for part in found])
        )

    def negated(self, condition: Not) -> Truth:
        inner = fold(condition.of, self)
        return Truth(z3.Not(inner.possible), z3.Not(inner.true))

    def term(self, term: Term) -> Truth:
        return self._reading.truth(term.of)


class _Closed(Algebra[Bool]):
    """Truth at the end, when nothing is open any more."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def leaf(self, leaf: Leaf) -> Bool:
        found = self._reading.leaf(leaf)
        return found.possible if isinstance(leaf, Unanswered) else found.true

    def all_of(self, parts: Parts[Bool]) -> Bool:
        return z3.And(*parts)

    def any_of(self, parts: Parts[Bool]) -> Bool:
        return z3.Or(*parts)

    def count_of(self, at_least: int, parts: Parts[Bool]) -> Bool:
        return _at_least(at_least, list(parts))

    def negated(self, condition: Not) -> Bool:
        return z3.Not(fold(condition.of, self))

    def term(self, term: Term) -> Bool:
        return self._reading.closed(term.of)


def gives(rule: Rule, what: What) -> int:
    """The number that a rule by itself gives of level, imaging, or a kind of imaging; 0 for none."""
    if what == "level":
        return rule.level
    return rule.imaging if what == "imaging" else rule.time if what in rule.kinds else 0


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
