"""Whether two rulebooks give every case the same result."""

from __future__ import annotations

from dataclasses import replace

import z3

from chatbot.condition import All
from chatbot.proof.rule_terms import Reading
from chatbot.proof.solve import Facts, smallest, solver_for
from chatbot.proof.symbols import Symbols
from chatbot.recommendation.rulebook import Rulebook


def graded_otherwise(old: Rulebook, new: Rulebook) -> Facts | None:
    """The smallest case to which two rulebooks give another level or imaging; None when there is none.

    They have the same facts with the same values; how these rank, what "not sure" counts as and when facts are asked
    may differ.
    """
    before, after = _symbols(old, new), _symbols(new, old)
    one, other = Reading(before), Reading(after)
    differ = [
        one.issued(what, number) != other.issued(what, number)
        for what, top in one.tops.items()
        if what in other.tops
        for number in range(1, top + 1)
    ]
    solver = solver_for((*before.domain, *after.domain))
    solver.add(z3.Or(*differ))
    found = solver.check()
    if found == z3.unsat:
        return None
    if found != z3.sat:
        return {}
    return before.facts_in(smallest(solver, before))


def _symbols(rulebook: Rulebook, other: Rulebook) -> Symbols:
    """The variables of a case for two rulebooks: the bounds of the other cut the numbers, too."""
    looked_at = replace(other.rules[0], when=All(tuple(other.conditions())))
    both = Symbols(replace(rulebook, rules=(*rulebook.rules, looked_at)))
    return Symbols(rulebook, like=both, but=frozenset(rulebook.facts))
