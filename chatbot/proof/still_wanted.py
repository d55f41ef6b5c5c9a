"""Which facts an interview still asks for, as solver terms: the same as the engine's choice of the next question."""

from __future__ import annotations

import z3

from chatbot.condition import Algebra, Leaf, Not, Parts, Reached, Term, fold
from chatbot.interview.question import Dialog
from chatbot.proof.rule_terms import Kleene, Reading, Truth, gives
from chatbot.proof.symbols import Bool
from chatbot.recommendation.rulebook import Rule


def nothing_wanted(reading: Reading, dialog: Dialog) -> Bool:
    """That no question is wanted any more for the result: the block is done, and no fact can still change it."""
    symbols = reading.symbols
    block = {fact for question in dialog.questions.values() if question.block for fact in question.facts}
    asked = {fact for question in dialog.questions.values() for fact in question.facts}
    needed = _needed(reading)
    terms = []
    for name in sorted(asked & symbols.facts.keys()):
        waits = z3.And(z3.Not(symbols.facts[name].at_all), reading.applies(name).true)
        terms.append(z3.Not(waits if name in block else z3.And(waits, needed[name])))
    return z3.And(*terms)


def _needed(reading: Reading) -> dict[str, Bool]:
    """For each fact: that its answer, or that of a fact whose gate waits for it, can still change the result."""
    facts = reading.symbols.rulebook.facts
    needed: dict[str, list[Bool]] = {name: [] for name in facts}
    needs = _Needs(reading)
    for rule in reading.rules:
        truth, waiting = fold(rule.when, needs)
        could = z3.And(_open(truth), _above(reading, rule))
        for name in sorted(waiting):
            needed[name].append(z3.And(could, waiting[name]))
    # Gates look at earlier facts only, so going backwards every later fact is known already.
    for name in reversed(list(facts)):
        gate = facts[name].asked_if
        if gate is not None:
            silent, later = z3.Not(reading.symbols.facts[name].at_all), z3.Or(*needed[name])
            _, waiting = fold(gate, needs)
            for fact in sorted(waiting):
                needed[fact].append(z3.And(silent, later, waiting[fact]))
    return {name: z3.Or(*parts) for name, parts in needed.items()}


def _above(reading: Reading, rule: Rule) -> Bool:
    """That a rule gives more than is reached already, in level, imaging or a kind of it."""
    given = ((what, gives(rule, what)) for what in reading.tops)
    return z3.Or(*(z3.Not(reading.at_least(what, number)) for what, number in given if number))


Waiting = dict[str, Bool]
Weighed = tuple[Truth, Waiting]


class _Needs(Algebra[Weighed]):
    """Truth, and for each fact looked at: that its answer can still decide what is open."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._kleene = Kleene(reading)
        self._terms: dict[str, Weighed] = {}

    def leaf(self, leaf: Leaf) -> Weighed:
        truth = self._reading.leaf(leaf)
        return truth, {} if isinstance(leaf, Reached) else {leaf.fact: _open(truth)}

    def all_of(self, parts: Parts[Weighed]) -> Weighed:
        found = list(parts)
        return _whole(self._kleene.all_of(truth for truth, _ in found), found)

    def any_of(self, parts: Parts[Weighed]) -> Weighed:
        found = list(parts)
        return _whole(self._kleene.any_of(truth for truth, _ in found), found)

    def count_of(self, at_least: int, parts: Parts[Weighed]) -> Weighed:
        found = list(parts)
        return _whole(self._kleene.count_of(at_least, (truth for truth, _ in found)), found)

    def negated(self, condition: Not) -> Weighed:
        return _whole(self._reading.truth(condition), [fold(condition.of, self)])

    def term(self, term: Term) -> Weighed:
        if term.name not in self._terms:
            self._terms[term.name] = fold(term.of, self)
        return self._terms[term.name]


def _whole(truth: Truth, parts: list[Weighed]) -> Weighed:
    """A whole waits for what its parts wait for, while it is open itself."""
    facts = sorted({fact for _, waiting in parts for fact in waiting})
    waiting = {fact: z3.Or(*(waiting[fact] for _, waiting in parts if fact in waiting)) for fact in facts}
    return truth, {fact: z3.And(_open(truth), term) for fact, term in waiting.items()}


def _open(truth: Truth) -> Bool:
    return z3.And(truth.possible, z3.Not(truth.true))
