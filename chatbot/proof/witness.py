"""A witness for every rule and every question: a case in which it fires, an interview in which it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import z3

from chatbot.case import INTERVIEW_MODE, Case
from chatbot.condition import TRUE, facts_of
from chatbot.interview.simulate import simulate
from chatbot.packs.pack import Pack
from chatbot.packs.random_cases import random_case
from chatbot.proof.rule_terms import Reading, gives
from chatbot.proof.solve import Facts, solver_for
from chatbot.proof.symbols import Bool, Symbols
from chatbot.recommendation.rulebook import EMERGENCY, Rule

# So many seeded people are asked at most before the solver is, and after: most questions are met on the way.
PEOPLE, MORE_PEOPLE, SEED = 300, 3_000, 2
_WORRYING = (0.02, 0.1, 0.3)


@dataclass(frozen=True, slots=True)
class RuleWitness:
    """A whole case, free of contradictions, in which a rule fires; `alone` when it also decides without any other."""

    rule: str
    facts: Facts | None
    alone: bool
    fault: str = ""


class Witnesses:
    """Looks for witnesses among the whole cases of a pack."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.leaves = next((rule for rule in pack.rulebook.rules if rule.id == pack.dialog.leaves), None)
        self.symbols = Symbols(pack.rulebook)
        self.reading = Reading(self.symbols)
        self.at_result = Reading(self.symbols, reached=self.reading)
        self.whole = solver_for((*self.symbols.domain, *self.at_result.whole()))
        self.partial = solver_for((*self.symbols.domain, *self.at_result.applying()))

    def rule(self, rule: Rule) -> RuleWitness:
        """The witness of a rule, tried in the interview if it is an emergency."""
        # A rule about what was not asked fires for those who stopped only.
        tried = ((fires, solver) for fires in self._fires(rule) for solver in (self.whole, self.partial))
        for fires, solver in tried:
            facts = _facts(self.symbols, solver, fires)
            if facts is not None:
                alone = any(_facts(self.symbols, solver, fires, only) is not None for only in self._alone(rule))
                return RuleWitness(rule.id, facts, alone, self._not_interrupted(rule, facts))
        return RuleWitness(rule.id, None, alone=False, fault="no case without contradictions makes it fire")

    def _fires(self, rule: Rule) -> Iterator[Bool]:
        """That a rule fires: first for somebody who is asked everything, then for one who leaves after the block.

        Whoever leaves is not asked what a later emergency rests on, so only the answers of the block count then.
        """
        fires = self.reading.closed(rule.when)
        if rule.level != EMERGENCY or self.leaves is None or rule is self.leaves:
            yield fires
            return
        left = self.reading.closed(self.leaves.when)
        yield z3.And(fires, z3.Not(left))
        block = {fact for question in self.pack.dialog.questions.values() if question.block for fact in question.facts}
        later = [said.at_all for name, said in self.symbols.facts.items() if name not in block | {INTERVIEW_MODE}]
        yield z3.And(fires, left, *map(z3.Not, later))

    def _alone(self, rule: Rule) -> Iterator[Bool]:
        """That no other rule gives as much in level, in imaging, or in its kind."""
        others = [other for other in self.pack.rulebook.rules if other is not rule]
        for what in self.reading.tops:
            number = gives(rule, what)
            if number:
                yield z3.Not(z3.Or(*(self.reading.closed(o.when) for o in others if gives(o, what) >= number)))

    def _not_interrupted(self, rule: Rule, facts: Facts) -> str:
        """Says what is wrong if the screen after the answer that makes an emergency true is another question."""
        if rule.level != EMERGENCY:
            return ""
        interview = simulate(self.pack.plan, Case.of_facts(facts)).interview
        true = [other for other in self.pack.plan.emergencies if interview.rule_state.rule(other) == TRUE]
        if not true or interview.state != "emergency":
            return f"its witness ends as '{interview.state}' instead of at the emergency"
        before = self.pack.plan.resume(interview.case.without(interview.case.answers[-1].question))
        early = [other.id for other in self.pack.plan.emergencies if before.rule_state.rule(other) == TRUE]
        return f"{', '.join(early)} was true a question earlier" if early else ""

    def questions(self) -> dict[str, Facts | None]:
        """For each question the facts of someone who is asked it; None where nobody was found."""
        witnesses: dict[str, Facts | None] = dict.fromkeys(self.pack.dialog.questions)
        random = Random(SEED)
        self._ask_people(random, PEOPLE, witnesses)
        for question in self.pack.dialog.questions.values():
            for fact in question.facts:
                for solver, likely in ((self.whole, self._may_ask), (self.partial, self._waited_for)):
                    for terms in likely(fact) if witnesses[question.id] is None else ():
                        facts = _facts(self.symbols, solver, *terms)
                        if facts is not None and witnesses[question.id] is None:
                            self._ask(Case.of_facts(facts), witnesses)
        self._ask_people(random, MORE_PEOPLE, witnesses)
        return witnesses

    def _ask_people(self, random: Random, most: int, witnesses: dict[str, Facts | None]) -> None:
        for place in range(most):
            if None in witnesses.values():
                worrying = _WORRYING[place % len(_WORRYING)]
                self._ask(random_case(self.pack.rulebook, random, worrying=worrying), witnesses)

    def _may_ask(self, fact: str) -> Iterator[tuple[Bool, ...]]:
        """Yields what makes it likely that a fact is asked: it applies, and an advice or a rule rests on it."""
        applies = self.at_result.applies(fact).true
        for advice in self.pack.rulebook.advice:
            offered = self.at_result.truth(advice.offer_if).true
            if fact in facts_of(advice.offer_if):
                yield applies, offered
            if any(fact in facts_of(part) for part in (*advice.blocked_if, *advice.caution_if)):
                yield applies, self.at_result.offered(advice)
        for rule in self.pack.rulebook.rules:
            if fact in facts_of(rule.when):
                yield from ((applies, self.reading.closed(rule.when), only) for only in self._alone(rule))

    def _waited_for(self, fact: str) -> Iterator[tuple[Bool, ...]]:
        """That a rule waits for this fact alone: it applies and is open, all else that applies is stated."""
        said = self.symbols.facts
        others = [
            said[name].at_all == self.reading.applies(name).true for name in said if name not in (fact, INTERVIEW_MODE)
        ]
        for rule in self.pack.rulebook.rules:
            if fact in facts_of(rule.when):
                waits = self.reading.truth(rule.when)
                is_open = z3.And(waits.possible, z3.Not(waits.true))
                mine = (self.reading.applies(fact).true, z3.Not(said[fact].at_all))
                yield from ((*mine, is_open, *others, only) for only in self._alone(rule))

    def _ask(self, case: Case, witnesses: dict[str, Facts | None]) -> None:
        for question in simulate(self.pack.plan, case).asked:
            if witnesses[question] is None:
                witnesses[question] = {name: value for answer in case.answers for name, value in answer.values.items()}


def _facts(symbols: Symbols, solver: Bool, *terms: Bool) -> Facts | None:
    solver.push()
    solver.add(*terms)
    found = symbols.facts_in(solver.model()) if solver.check() == z3.sat else None
    solver.pop()
    return found


def missing_edges(pack: Pack) -> list[str]:
    """The questions from which no answer leads to the emergency screen."""
    led = {source for trigger, source, to in pack.plan.machine.edges if trigger == "answered" and to == "emergency"}
    return [question for question in pack.dialog.questions if question not in led]
