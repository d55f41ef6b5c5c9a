"""What must be true of every case, each as a term that only a violation makes true."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import z3

from chatbot.case import INTERVIEW_MODE, NOT_SURE, Fact
from chatbot.condition import Condition, facts_of
from chatbot.interview.question import Dialog, Question
from chatbot.proof.intervals import first_from
from chatbot.proof.obligations import EXEMPT_AS, Example, Obligation, Property
from chatbot.proof.raises import Raises
from chatbot.proof.rule_terms import Reading, What
from chatbot.proof.still_wanted import nothing_wanted
from chatbot.proof.symbols import Bool, Said, Symbols, counts_as_nothing
from chatbot.recommendation.rulebook import EMERGENCY, SAME_DAY, Advice, Rulebook


class Claims:
    """All claims of a pack; `exempt` names the rules and facts that it leaves out of the monotone grammar."""

    Make = Callable[[], Obligation | Example]

    def __init__(self, rulebook: Rulebook, dialog: Dialog, exempt: frozenset[str]) -> None:
        self.rulebook = rulebook
        self.dialog = dialog
        self.exempt = exempt
        self.symbols = Symbols(rulebook)
        self.reading = Reading(self.symbols)
        self.at_result = Reading(self.symbols, reached=self.reading)
        unexempted = tuple(rule for rule in rulebook.rules if rule.id not in exempt)
        self._graded = Reading(self.symbols, unexempted)

    def makers(self) -> Iterator[Make]:
        """Yields makers of claims, called when it is their turn; to make one takes longer than to decide it."""
        yield partial(self._claim, "range", "every case", self._out_of_range)
        if self.rulebook.kinds:
            yield partial(self._claim, "promise", "every case", self._late)
        for fact in self.rulebook.facts.values():
            if fact.worse != "free":
                yield partial(self._lowering, "monotone", fact)
                yield partial(self._lowering, "not_sure", fact)
        yield from self.findings()
        yield from self._contradictory()
        yield from self.warnings()
        yield from self._left_open()
        yield from Raises(self.reading).makers(self.dialog, self.exempt)
        yield from (partial(self._interview, what) for what in self.reading.tops)

    def _claim(self, name: Property, about: str, violation: Callable[[], Bool]) -> Obligation:
        return Obligation(name, about, violation(), tuple(self.symbols.domain), (self.symbols,))

    def _out_of_range(self) -> Bool:
        outside = []
        for what, top in self.reading.tops.items():
            for number in range(1, top + 1):
                issued = self.reading.issued(what, number)
                outside.append(z3.And(self.reading.at_least(what, number), z3.Not(issued)))
                outside.append(z3.And(issued, z3.Not(self.reading.at_most(what, number))))
        return z3.Or(*outside)

    def _late(self) -> Bool:
        late = []
        for kind in self.rulebook.kinds:
            wanted = self.reading.issued(kind, 1)
            for number in range(1, self.reading.tops[kind] + 1):
                due = z3.And(wanted, self.reading.issued("level", number))
                late.append(z3.And(due, z3.Not(self.reading.issued(kind, number))))
        return z3.Or(*late)

    def _lowering(self, name: Property, fact: Fact) -> Obligation:
        """Two cases, the same but for one fact that is worse, or not sure, in the second, which is graded lower."""
        before = self.symbols.facts[fact.id]
        other = Symbols(self.rulebook, "changed ", self.symbols, frozenset([fact.id]))
        after = other.facts[fact.id]
        swap = list(zip(before.variables, after.variables, strict=True))
        gates = [self.reading.applies(name).possible for name in sorted(self.exempt & self.rulebook.facts.keys())]
        same_gates = [gate == z3.substitute(gate, *swap) for gate in gates]
        lower = [z3.And(grade, z3.Not(z3.substitute(grade, *swap))) for grade in self._grades()]
        change = _worse(before, after, self.symbols) if name == "monotone" else _unsure(before, after, self.symbols)
        domain = (*self.symbols.domain, *other.domain, *same_gates, change)
        return Obligation(name, fact.id, z3.Or(*lower), domain, (self.symbols, other))

    def findings(self) -> Iterator[Make]:
        """Yields makers of the claim on each finding that several facts share."""
        for name, condition in self.rulebook.findings.items():
            yield partial(self._unsure_throughout, name, condition)

    def _unsure_throughout(self, name: str, condition: Condition) -> Obligation:
        """Two cases, the same but that the first has a finding, and the second is not sure of any form of it."""
        facts = facts_of(condition)
        other = Symbols(self.rulebook, "changed ", self.symbols, facts)
        pairs = [(self.symbols.facts[fact], other.facts[fact]) for fact in sorted(facts)]
        swap = [each for one, two in pairs for each in zip(one.variables, two.variables, strict=True)]
        has_it = self.reading.truth(condition).true
        domain = [*self.symbols.domain, *other.domain, has_it, z3.Not(z3.substitute(has_it, *swap))]
        for one, two in pairs:
            domain += [one.at_all == two.at_all, z3.Implies(two.at_all, _is_unsure(two))]
        gates = [self.reading.applies(fact).possible for fact in sorted(self.exempt & self.rulebook.facts.keys())]
        domain += [gate == z3.substitute(gate, *swap) for gate in gates]
        lower = [z3.And(z3.substitute(grade, *swap), z3.Not(grade)) for grade in self._grades()]
        return Obligation("finding", name, z3.Or(*lower), tuple(domain), (self.symbols, other))

    def warnings(self) -> Iterator[Make]:
        """Yields makers of the claim on each warning: somebody has what it says, below the level it sends to."""
        for item in self.rulebook.advice:
            if item.means is not None and item.sends_to:
                yield partial(self._claim, "warning", item.id, partial(self._below, item, item.means))

    def _below(self, item: Advice, means: Condition) -> Bool:
        told = self.reading.closed(means) if item.is_closed else self.reading.truth(means).true
        return z3.And(told, z3.Not(self.reading.issued("level", item.sends_to)))

    def _grades(self) -> list[Bool]:
        return [
            self._graded.issued(what, number) for what, top in self.reading.tops.items() for number in range(1, top + 1)
        ]

    def _contradictory(self) -> Iterator[Make]:
        advice = self.rulebook.advice
        for against in (item for item in advice if item.kind == "avoid"):
            for item in advice:
                if (
                    item.kind != "avoid"
                    and item.about == against.about
                    and set(item.countries) & set(against.countries)
                ):
                    both = partial(self._both_offered, item, against)
                    yield partial(self._claim, "advice", f"{item.id} and {against.id}", both)

    def _both_offered(self, one: Advice, other: Advice) -> Bool:
        return z3.And(self.at_result.offered(one), self.at_result.offered(other), self._readers(one, other))

    def _readers(self, one: Advice, other: Advice) -> Bool:
        """That the reader is one to whom both are shown."""
        nurse, both = self.symbols.is_nurse, set(one.audience) & set(other.audience)
        return z3.Or(z3.And(nurse, "clinician" in both), z3.And(z3.Not(nurse), "patient" in both))

    def _left_open(self) -> Iterator[Make]:
        """For each question of the emergency block: something applies of it, and all of it was left open."""
        for question in self.dialog.questions.values():
            facts = [name for name in question.facts if EXEMPT_AS["emergency_block"] + name not in self.exempt]
            if question.block and facts:
                yield partial(self._claim, "emergency_block", question.id, partial(self._silent, question, facts))

    def _silent(self, question: Question, facts: list[str]) -> Bool:
        applies = z3.Or(*(self.reading.applies(name).true for name in facts))
        silent = z3.And(*(z3.Not(self.symbols.facts[name].at_all) for name in question.facts))
        return z3.And(applies, silent, z3.Not(self.reading.issued("level", SAME_DAY)))

    def _interview(self, what: What) -> Obligation:
        """A whole case and what an interview that came to its end asked of it, for level or for imaging."""
        asked = Symbols(self.rulebook, "asked ")
        reading = Reading(asked)
        ended = [nothing_wanted(reading, self.dialog), z3.Not(reading.at_least("level", EMERGENCY))]
        if self.dialog.leaves:
            leaves = next(rule for rule in self.rulebook.rules if rule.id == self.dialog.leaves)
            ended.append(z3.Not(reading.truth(leaves.when).true))
        domain = (
            *self.symbols.domain,
            *asked.domain,
            *self.reading.whole(),
            *_part(asked, self.symbols, reading),
            *ended,
        )
        differ = [reading.issued(what, n) != self.reading.issued(what, n) for n in range(1, reading.tops[what] + 1)]
        return Obligation("interview", what, z3.Or(*differ), domain, (self.symbols, asked))


def _part(asked: Symbols, of: Symbols, reading: Reading) -> list[Bool]:
    """That a case states some of the facts of another, each as there and only where it applies."""
    terms = [asked.is_nurse == of.is_nurse]
    for name, said in asked.facts.items():
        pairs = zip(said.variables, of.facts[name].variables, strict=True)
        terms += [z3.Implies(said.at_all, one == other) for one, other in pairs]
        if name == INTERVIEW_MODE:
            terms.append(said.at_all)
    return [*terms, *reading.applying()]


def _worse(before: Said, after: Said, symbols: Symbols) -> Bool:
    """That the second value is at least as worrying as the first."""
    fact = before.fact
    both = [before.at_all, after.at_all]
    if fact.kind == "one":
        ranks = [z3.Implies(_rank(before, n), _rank(after, n)) for n in range(1, len(fact.steps))]
        void = [z3.Not(said.unsure) for said in (before, after)] if counts_as_nothing(fact) else []
        return z3.And(*both, *ranks, *void)
    both += [z3.Not(before.unsure), z3.Not(after.unsure)]
    if fact.kind == "many":
        more = [z3.Implies(one, after.values[item]) for item, one in before.values.items()]
        return z3.And(*both, before.full, after.full, *more)
    low, high = (before, after) if fact.worse == "rising" else (after, before)
    ends = [*zip(low.low, high.low, strict=True), *zip(low.high, high.high, strict=True)]
    start = [] if fact.rises_from is None else [_low_from(said, fact.rises_from, symbols) for said in (before, after)]
    return z3.And(*both, *start, *(z3.Implies(one, other) for one, other in ends))


def _unsure(before: Said, after: Said, symbols: Symbols) -> Bool:
    """That the first value is the least worrying one and the second "not sure"."""
    both = (before.at_all, after.at_all, z3.Not(before.unsure), _is_unsure(after))
    return z3.And(*both, symbols.least(before.fact.id))


def _is_unsure(said: Said) -> Bool:
    return z3.Or(said.unsure, *(said.values[word] for word in NOT_SURE if word in said.values))


def _rank(said: Said, rank: int) -> Bool:
    values = [said.values[value] for step in said.fact.steps[rank:] for value in step]
    counted = said.fact.not_sure
    unsure = isinstance(counted, str) and counted in said.fact.values and said.fact.rank(counted) >= rank
    return z3.Or(*values, *([said.unsure] if unsure else []))


def _low_from(said: Said, bound: float, symbols: Symbols) -> Bool:
    first = first_from(bound, symbols.cells[said.fact.id])
    return z3.And(*said.low[:first])
