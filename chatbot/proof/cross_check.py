"""Whether the solver's reading and the engine's agree, on many random cases: the ground that every proof stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from chatbot.case import Mode, PlainValue, Stated, plain
from chatbot.condition import FALSE, TRUE
from chatbot.packs.random_cases import random_facts
from chatbot.proof.bit_eval import Bits, number_of
from chatbot.proof.rule_terms import Reading
from chatbot.proof.symbols import NURSE, Bool, Symbols
from chatbot.recommendation.assess import Assessor, Range, assessor
from chatbot.recommendation.recommend import issued
from chatbot.recommendation.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Sample:
    """A case as the engine reads it: who answers, and the facts stated."""

    mode: Mode
    stated: Stated

    @property
    def facts(self) -> dict[str, PlainValue]:
        """The facts as they stand in a file."""
        return {name: plain(value) for name, value in self.stated.values.items()}


def samples(rulebook: Rulebook, count: int, seed: int) -> Iterator[Sample]:
    """Seeded cases: whole and partial ones, calm and alarming ones, some with lists that were put in part."""
    random = Random(seed)
    for _ in range(count):
        worrying, known = random.choice((0.02, 0.1, 0.3, 0.7)), random.choice((1.0, 0.9, 0.5))
        mode, facts = random_facts(rulebook, random, worrying=worrying, known=known)
        values = {name: rulebook.facts[name].read(given) for name, given in facts.items()}
        covered: dict[str, frozenset[str]] = {}
        for name, value in values.items():
            items = rulebook.facts[name].items
            if isinstance(value, frozenset) and random.random() < 0.2:
                put = {*random.sample(items, random.randint(0, len(items))), *value} - {"unknown"}
                covered |= {name: frozenset(put)} if not put >= set(items) - {"unknown"} else {}
        yield Sample(mode, Stated(values, covered))


def disagreements(rulebook: Rulebook, count: int, seed: int) -> list[str]:
    """Lists what solver and engine read differently, one line for each term, with how often and a first case."""
    symbols = Symbols(rulebook)
    reading = Reading(symbols)
    at_result = Reading(symbols, reached=reading)
    engine, cases = assessor(rulebook), list(samples(rulebook, count, seed))
    true_in: dict[str, list[int]] = {}
    read_in: dict[str, list[int]] = {}
    for place, sample in enumerate(cases):
        for name in symbols.names_of(sample.stated.values, sample.stated.covered):
            true_in.setdefault(name, []).append(place)
        if sample.mode == "nurse":
            true_in.setdefault(NURSE, []).append(place)
        for name in _read_by_engine(engine, rulebook, sample):
            read_in.setdefault(name, []).append(place)
    bits = Bits(count, true_in)
    return [
        f"{name}: solver and engine differ in {different.bit_count()} of {count} cases, first in "
        f"{cases[(different & -different).bit_length() - 1].facts}"
        for name, term in _read_by_solver(reading, at_result)
        if (different := bits.of(term) ^ number_of(count, read_in.get(name, ())))
    ]


def _read_by_engine(engine: Assessor, rulebook: Rulebook, sample: Sample) -> Iterator[str]:
    """The names of all terms that are true of a case, as the engine works them out."""
    reading = engine.start(sample.mode).with_stated(sample.stated)
    bounds, closed = reading.range(), reading.closed()
    level, imaging = issued(bounds, closed)
    result = Range((level, level), (imaging, imaging), closed.range().kinds)
    for rule, place in engine.rules:
        truth = reading.row[place]
        if truth != FALSE:
            yield f"rule {rule.id} is possible"
        if truth == TRUE:
            yield f"rule {rule.id} is true"
        if closed.row[place] == TRUE:
            yield f"rule {rule.id} fires"
    for what, reached in result.low.items():
        yield from (f"{what} is at least {number}" for number in range(1, reached + 1))
    if bounds.settled:
        yield "it is settled"
    at_result = reading.at_result(result.low)
    at_end = at_result.closed()
    for advice in rulebook.advice:
        offered, blocks, _ = at_result.offer(advice)
        if advice.is_closed:
            offered, *_ = at_end.offer(advice)
        if offered == TRUE and not any(blocks):
            yield f"advice {advice.id} is offered"


def _read_by_solver(reading: Reading, at_result: Reading) -> Iterator[tuple[str, Bool]]:
    for rule in reading.rules:
        truth = reading.truth(rule.when)
        yield f"rule {rule.id} is true", truth.true
        yield f"rule {rule.id} is possible", truth.possible
        yield f"rule {rule.id} fires", reading.closed(rule.when)
    for what, top in reading.tops.items():
        yield from ((f"{what} is at least {number}", reading.issued(what, number)) for number in range(1, top + 1))
    yield "it is settled", reading.settled()
    for advice in reading.symbols.rulebook.advice:
        yield f"advice {advice.id} is offered", at_result.offered(advice)
