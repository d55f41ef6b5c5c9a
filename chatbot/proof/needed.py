"""Which facts an interview still asks for, as solver terms: the same as the engine's choice of the next question."""

from __future__ import annotations

import z3

from chatbot.condition import Condition, Leaf, Reached, facts_of, parts_of
from chatbot.interview.question import Dialog
from chatbot.proof.reading import TOP, Reading, What
from chatbot.proof.symbols import Bool
from chatbot.recommendation.rulebook import Rule


def nothing_wanted(reading: Reading, dialog: Dialog) -> Bool:
    """That no question is wanted any more for the result: the block is done, and no fact can still change it."""
    symbols = reading.symbols
    block = {fact for question in dialog.questions.values() if question.block for fact in question.facts}
    asked = {fact for question in dialog.questions.values() for fact in question.facts}
    needed = _needed(reading)
    found = []
    for name in sorted(asked & symbols.facts.keys()):
        waits = z3.And(z3.Not(symbols.facts[name].at_all), reading.applies(name).true)
        found.append(z3.Not(waits if name in block else z3.And(waits, needed[name])))
    return z3.And(*found)


def _needed(reading: Reading) -> dict[str, Bool]:
    """For each fact: that its answer, or that of a fact whose gate waits for it, can still change the result."""
    facts = reading.symbols.rulebook.facts
    found: dict[str, list[Bool]] = {name: [] for name in facts}
    for rule in reading.rules:
        could = z3.And(_open(reading, rule.when), _above(reading, rule))
        for name in sorted(facts_of(rule.when)):
            found[name].append(z3.And(could, _needs(reading, rule.when, name)))
    # Gates look at earlier facts only, so going backwards every later fact is known already.
    for name in reversed(list(facts)):
        gate = facts[name].asked_if
        if gate is not None:
            silent, later = z3.Not(reading.symbols.facts[name].at_all), z3.Or(*found[name])
            for fact in sorted(facts_of(gate)):
                found[fact].append(z3.And(silent, later, _needs(reading, gate, fact)))
    return {name: z3.Or(*parts) for name, parts in found.items()}


def _above(reading: Reading, rule: Rule) -> Bool:
    """That a rule gives more than is reached already, in level or in imaging."""
    gives: dict[What, int] = {"level": rule.level, "imaging": rule.imaging}
    return z3.Or(*(z3.Not(reading.at_least(what, gives[what])) for what in TOP if gives[what]))


def _open(reading: Reading, condition: Condition) -> Bool:
    truth = reading.truth(condition)
    return z3.And(truth.possible, z3.Not(truth.true))


def _needs(reading: Reading, condition: Condition, fact: str) -> Bool:
    """That a fact's answer can still decide an open condition."""
    if isinstance(condition, Leaf):
        is_it = not isinstance(condition, Reached) and condition.fact == fact
        return _open(reading, condition) if is_it else z3.BoolVal(False)
    parts = [_needs(reading, part, fact) for part in parts_of(condition) if fact in facts_of(part)]
    return z3.And(_open(reading, condition), z3.Or(*parts))
