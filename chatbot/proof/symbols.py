"""A case in which nothing is settled yet: for each fact, solver variables for all that can be said of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, TypeAlias

import z3

from chatbot.case import INTERVIEW_MODE, NOT_SURE, UNANSWERED, Fact, PlainValue, Span, Value, plain
from chatbot.proof.intervals import Cell, cells_of, first_from, place_of, span_of
from chatbot.recommendation.rulebook import Rulebook

# The solver's library carries no types.
Bool: TypeAlias = Any
Model: TypeAlias = Any
# Who is asked, in a pack in which no fact says so.
NURSE = "a nurse answers"


@dataclass(frozen=True, slots=True)
class Said:
    """The variables for what can be said of one fact.

    `at_all` is that something was said, `unsure` an answer for which the steps have no place. A choice has its
    `values`, a list its `values`, the items `put` and whether it was put in `full`; of a number `low` and `high` tell
    for each cell whether the lower and the upper end lie in it or above.
    """

    fact: Fact
    name: str
    at_all: Bool
    unsure: Bool
    values: Mapping[str, Bool] = field(default_factory=dict)
    put: Mapping[str, Bool] = field(default_factory=dict)
    full: Bool = None
    low: tuple[Bool, ...] = ()
    high: tuple[Bool, ...] = ()

    @property
    def variables(self) -> list[Bool]:
        """All variables, in the same order for the same fact."""
        full = [] if self.full is None else [self.full]
        return [self.at_all, self.unsure, *self.values.values(), *self.put.values(), *full, *self.low, *self.high]


class Symbols:
    """The variables of one case; `but` names the facts in which it may differ from one that it is `like`.

    Variables are the same wherever they have the same name.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        name: str = "",
        like: Symbols | None = None,
        but: frozenset[str] = frozenset(),
    ) -> None:
        self.rulebook = rulebook
        self.cells: Mapping[str, tuple[Cell, ...]] = like.cells if like else _all_cells(rulebook)
        self.facts: dict[str, Said] = {}
        self.domain: list[Bool] = []
        for fact in rulebook.facts.values():
            if like is not None and fact.id not in but:
                self.facts[fact.id] = like.facts[fact.id]
                continue
            said = self.facts[fact.id] = _said(fact, self.cells.get(fact.id, ()), f"{name}{fact.id}")
            self.domain += _can_be(said)
        mode = self.facts.get(INTERVIEW_MODE)
        self.is_nurse: Bool = mode.values["nurse"] if mode else z3.Bool(NURSE)
        if mode and (like is None or INTERVIEW_MODE in but):
            self.domain += [mode.at_all, z3.Not(mode.unsure), *(z3.Not(mode.values[v]) for v in _not_modes(mode.fact))]

    def least(self, fact: str) -> Bool:
        """That the least worrying value of a fact was said; of a number that which it rises from, or falls from."""
        said = self.facts[fact]
        if said.fact.kind == "one":
            return said.values[said.fact.steps[0][0]]
        given = z3.And(said.at_all, z3.Not(said.unsure))
        if said.fact.kind == "many":
            return z3.And(given, said.full, *map(z3.Not, said.values.values()))
        cells = self.cells[fact]
        start = said.fact.high if said.fact.worse == "falling" else said.fact.low
        first = first_from(start if said.fact.rises_from is None else said.fact.rises_from, cells)
        return z3.And(given, *(z3.And(*end[:first], *map(z3.Not, end[first:])) for end in (said.low, said.high)))

    def facts_in(self, model: Model) -> dict[str, PlainValue]:
        """The facts that a model of the solver states, as they stand in a file."""
        facts: dict[str, PlainValue] = {}
        for name, said in self.facts.items():
            if _holds(model, said.at_all):
                facts[name] = "unknown" if _holds(model, said.unsure) else plain(self._value_in(model, said))
        return facts

    def _value_in(self, model: Model, said: Said) -> Value:
        chosen = [value for value, variable in said.values.items() if _holds(model, variable)]
        if said.fact.kind == "one":
            return chosen[0]
        if said.fact.kind == "many":
            return frozenset(chosen)
        ends = (sum(_holds(model, variable) for variable in said.low), sum(_holds(model, v) for v in said.high))
        return span_of(*ends, self.cells[said.fact.id])

    def names_of(self, values: Mapping[str, Value], covered: Mapping[str, frozenset[str]]) -> Iterator[str]:
        """The names of the variables that are true when these are the facts stated; all others are false."""
        for fact, value in values.items():
            said, name = self.facts[fact], self.facts[fact].name
            yield f"{name} said"
            if said.fact.kind == "number" and isinstance(value, Span):
                cells = self.cells[fact]
                yield from (f"{name} from {at}" for at in range(1, place_of(value.low, cells) + 1))
                yield from (f"{name} to {at}" for at in range(1, place_of(value.high, cells) + 1))
            elif said.fact.kind == "many" and isinstance(value, frozenset):
                put = covered.get(fact)
                yield from (f"{name} {item}" for item in value)
                yield from [f"{name} full"] if put is None else [f"{name} put {item}" for item in put]
            else:
                yield f"{name} {value}" if value in said.values else f"{name} unsure"


def _all_cells(rulebook: Rulebook) -> dict[str, tuple[Cell, ...]]:
    conditions = tuple(rulebook.conditions())
    return {f.id: cells_of(f, conditions) for f in rulebook.facts.values() if f.kind == "number"}


def _said(fact: Fact, cells: tuple[Cell, ...], name: str) -> Said:
    at_all, unsure = z3.Bool(f"{name} said"), z3.Bool(f"{name} unsure")
    values = {value: z3.Bool(f"{name} {value}") for value in fact.values} if fact.kind != "number" else {}
    if fact.kind != "many":
        ends = [tuple(z3.Bool(f"{name} {end} {at}") for at in range(1, len(cells))) for end in ("from", "to")]
        return Said(fact, name, at_all, unsure, values, low=ends[0], high=ends[1])
    put = {item: z3.Bool(f"{name} put {item}") for item in fact.items if item != "unknown"}
    return Said(fact, name, at_all, unsure, values, put, z3.Bool(f"{name} full"))


def _can_be(said: Said) -> Iterator[Bool]:
    """Yields what the input allows of one fact."""
    values = list(said.values.values())
    yield z3.Implies(said.unsure, said.at_all)
    if said.fact.kind == "one":
        yield z3.AtMost(*values, said.unsure, 1)
        yield said.at_all == z3.Or(*values, said.unsure)
        if set(NOT_SURE) <= set(said.fact.values):
            yield z3.Not(said.unsure)
    elif said.fact.kind == "many":
        given = z3.And(said.at_all, z3.Not(said.unsure))
        yield z3.Implies(z3.Or(*values, said.full, *said.put.values()), given)
        yield from (z3.Implies(said.values[item], z3.Or(said.full, put)) for item, put in said.put.items())
        yield z3.Implies(said.full, z3.Not(z3.Or(*said.put.values())))
        if "unknown" in said.fact.items:
            yield z3.Not(said.unsure)
    else:
        given = z3.And(said.at_all, z3.Not(said.unsure))
        yield from (z3.Implies(end, given) for end in (*said.low[:1], *said.high[:1]))
        for ends in (said.low, said.high):
            yield from (z3.Implies(above, below) for below, above in pairwise(ends))
        yield from (z3.Implies(low, high) for low, high in zip(said.low, said.high, strict=True))


def _not_modes(fact: Fact) -> list[str]:
    return [value for value in fact.values if value not in ("patient", "carer", "nurse")]


def _holds(model: Model, variable: Bool) -> bool:
    return bool(z3.is_true(model.eval(variable, model_completion=True)))


def counts_as_nothing(fact: Fact) -> bool:
    """True when "not sure" about a fact is no answer to any condition."""
    return fact.not_sure is None or fact.not_sure == UNANSWERED
