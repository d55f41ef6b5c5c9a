"""Seeded random cases of a pack: whole ones without contradictions, and partial ones."""

from __future__ import annotations

from random import Random

from chatbot.case import INTERVIEW_MODE, NOT_SURE, Case, Fact, Mode, PlainValue, Stated, plain, with_mode
from chatbot.condition import FALSE, OPEN, TRUE, Leaf, Reached, Truth, Unanswered, truth
from chatbot.recommendation.assess import assessor, holds
from chatbot.recommendation.recommend import thresholds
from chatbot.recommendation.rulebook import Rulebook


def random_case(rulebook: Rulebook, random: Random, *, worrying: float = 0.2, known: float = 1.0) -> Case:
    """A case that states facts in asking order, each only where it applies.

    `worrying` is the share of facts given any value rather than their least; `known` the share stated at all.
    """
    return Case.of_facts(random_facts(rulebook, random, worrying=worrying, known=known)[1])


def random_facts(
    rulebook: Rulebook, random: Random, *, worrying: float = 0.2, known: float = 1.0
) -> tuple[Mode, dict[str, PlainValue]]:
    """Makes up who answers, and the facts of such a case."""
    mode: Mode = random.choice(("patient", "patient", "carer", "nurse"))
    facts: dict[str, PlainValue] = {INTERVIEW_MODE: mode} if INTERVIEW_MODE in rulebook.facts else {}
    gates = _Gates(rulebook, mode)
    for name, fact in rulebook.facts.items():
        if name == INTERVIEW_MODE or gates.applies(fact) != TRUE or random.random() > known:
            continue
        is_any = random.random() < worrying or fact.worse == "free" or fact.rises_from is not None
        value = random_value(rulebook, fact, random) if is_any else None
        facts[name] = plain(fact.least) if value is None else value
        gates.values[name] = fact.read(facts[name])
    return mode, facts


class _Gates:
    """Judges whether facts apply, one after the other; a whole reading for each would take most of the time."""

    def __init__(self, rulebook: Rulebook, mode: Mode) -> None:
        self.rulebook = rulebook
        self.mode = mode
        self.values = with_mode(rulebook.facts, {}, mode)
        self._applies: dict[str, Truth] = {}

    def applies(self, fact: Fact) -> Truth:
        """Tells whether a fact is asked, given what was stated before it."""
        if fact.nurse_only and self.mode != "nurse":
            truth_now: Truth = FALSE
        elif fact.done_if is not None and truth(fact.done_if, self._look) == TRUE:
            truth_now = FALSE
        elif fact.id in assessor(self.rulebook).result_gated:
            truth_now = assessor(self.rulebook).begin(self.mode).with_stated(Stated(dict(self.values))).applies(fact.id)
        else:
            truth_now = TRUE if fact.asked_if is None else truth(fact.asked_if, self._look)
        self._applies[fact.id] = truth_now
        return truth_now

    def _look(self, leaf: Leaf) -> Truth:
        if isinstance(leaf, Reached):
            return OPEN
        said = self.values.get(leaf.fact)
        if said is None:
            return OPEN if self._applies.get(leaf.fact, TRUE) else FALSE
        value = self.rulebook.facts[leaf.fact].counted(said)
        if value is None:
            return TRUE if isinstance(leaf, Unanswered) else OPEN
        return holds(leaf, value, None)


def random_value(rulebook: Rulebook, fact: Fact, random: Random) -> PlainValue:
    """Any value of a fact, not sure included; numbers lie near the bounds that rules test."""
    if fact.kind == "one":
        return random.choice(fact.values)
    if fact.kind == "many":
        return sorted(random.sample(fact.items, random.randint(0, min(3, len(fact.items)))))
    if random.random() < 0.1:
        return random.choice(NOT_SURE)
    bounds = thresholds(rulebook, fact)
    near = random.choice(bounds) + random.randint(-1, 1) if bounds else random.randint(int(fact.low), int(fact.high))
    low = int(min(max(near, fact.low), fact.high))
    high = int(min(low + random.randint(1, 14), fact.high))
    return {"from": low, "to": high} if random.random() < 0.2 else low
