"""A claim given to the solver: proved, or refuted by the smallest cases that violate it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import z3

from chatbot.case import PlainValue
from chatbot.proof.obligations import Example, Obligation, Property
from chatbot.proof.symbols import Bool, Model, Said, Symbols

# Steps of the solver, not seconds: the same on every machine. The hardest claim of a large pack takes a tenth of it.
LIMIT = 400_000_000
Verdict = Literal["proved", "refuted", "undecided"]
Facts = dict[str, PlainValue]


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of a claim; `cases` are the facts of the smallest cases that refute it."""

    property: Property
    about: str
    verdict: Verdict
    cases: tuple[Facts, ...] = ()


def decide(claim: Obligation | Example, limit: int = LIMIT) -> Finding:
    """Prove a claim for every case, or find the cases that refute it."""
    if isinstance(claim, Example):
        return _shown(claim, limit)
    solver = solver_for(claim.domain, limit)
    solver.add(claim.violation)
    answer = solver.check()
    if answer == z3.unsat:
        return Finding(claim.property, claim.about, "proved")
    if answer != z3.sat:
        return Finding(claim.property, claim.about, "undecided")
    model = smallest(solver, claim.cases[0])
    return Finding(claim.property, claim.about, "refuted", tuple(case.facts_in(model) for case in claim.cases))


def _shown(claim: Example, limit: int) -> Finding:
    """Find a case that shows a claim, or the smallest and calmest one that ought to and does not."""
    solver = solver_for((*claim.domain, claim.given), limit)
    solver.push()
    solver.add(claim.shows)
    found = solver.check()
    if found != z3.unsat:
        return Finding(claim.property, claim.about, "proved" if found == z3.sat else "undecided")
    solver.pop()
    if solver.check() != z3.sat:  # nobody can give this answer at all, so there is no case to print
        return Finding(claim.property, claim.about, "refuted")
    for calm in claim.calm:
        if solver.check(calm) == z3.sat:
            solver.add(calm)
    solver.check()  # the last term tried may have left no model
    facts = claim.case.facts_in(smallest(solver, claim.case))
    return Finding(claim.property, claim.about, "refuted", (facts,))


def solver_for(domain: tuple[Bool, ...], limit: int = LIMIT) -> Bool:
    """A solver for terms without numbers, in which a case is what the input allows."""
    solver = z3.SolverFor("QF_FD")
    solver.set("rlimit", limit)
    solver.add(*domain)
    return solver


def smallest(solver: Bool, symbols: Symbols) -> Model:
    """A model in which no fact can be made calmer or left out without losing what was found."""
    model = solver.model()
    for said in symbols.facts.values():
        for calmer in _calmer(said, symbols):
            solver.push()
            solver.add(calmer)
            if solver.check() == z3.sat:
                model = solver.model()
                break
            solver.pop()
    return model


def _calmer(said: Said, symbols: Symbols) -> Iterator[Bool]:
    """Yields what to try of a fact: to leave it out, its least worrying value, one number rather than an interval."""
    yield z3.Not(said.at_all)
    yield symbols.least(said.fact.id)
    if said.fact.kind == "number":
        yield z3.And(z3.Not(said.unsure), *(low == high for low, high in zip(said.low, said.high, strict=True)))
