"""Seeded random cases of a pack: whole ones without contradictions, and partial ones."""

from __future__ import annotations

from random import Random

from chatbot.case import NOT_SURE, Case, Fact, Mode, PlainValue, Stated, plain
from chatbot.condition import TRUE
from chatbot.recommendation.assess import assessor
from chatbot.recommendation.recommend import thresholds
from chatbot.recommendation.rulebook import Rulebook


def random_case(rulebook: Rulebook, random: Random, *, worrying: float = 0.2, known: float = 1.0) -> Case:
    """A case that states facts in asking order, each only where it applies.

    `worrying` is the share of facts given any value rather than their least; `known` the share stated at all.
    """
    mode: Mode = random.choice(("patient", "patient", "carer", "nurse"))
    reading = assessor(rulebook).begin(mode)
    facts: dict[str, PlainValue] = {"interview_mode": mode} if "interview_mode" in rulebook.facts else {}
    for name, fact in rulebook.facts.items():
        if name == "interview_mode" or reading.applies(name) != TRUE or random.random() > known:
            continue
        is_any = random.random() < worrying or fact.worse == "free" or fact.rises_from is not None
        value = random_value(rulebook, fact, random) if is_any else None
        facts[name] = plain(fact.least) if value is None else value
        reading = reading.with_stated(Stated({**reading.values, name: fact.read(facts[name])}))
    return Case.of_facts(facts)


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
