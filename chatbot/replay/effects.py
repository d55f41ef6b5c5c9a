"""What a change of a pack does to people: who is sent elsewhere, because of which rules, and whose advice changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from chatbot.case import Case, PlainValue
from chatbot.packs.pack import Pack
from chatbot.recommendation.recommend import Offer, Recommendation, recommend
from chatbot.recommendation.rulebook import IMAGING, LEVELS
from chatbot.replay.corpus import Person, are_alike, as_stated, fitted

Direction = Literal["down", "up"]
Move = tuple[str, str, str]
NO_RULE = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """One person who is sent elsewhere: what moved, and the rules responsible before and after."""

    person: Person
    direction: Direction
    moves: tuple[Move, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def responsible(self) -> tuple[str, ...]:
        """The rules that decided the more urgent of the two results."""
        return self.before if self.direction == "down" else self.after


@dataclass(slots=True)
class Tally:
    """The counts over many people."""

    people: Counter[str] = field(default_factory=Counter)
    matrix: Counter[tuple[str, str]] = field(default_factory=Counter)
    effects: list[Effect] = field(default_factory=list)
    advice: Counter[tuple[str, str]] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Count another tally in."""
        self.people += other.people
        self.matrix += other.matrix
        self.effects += other.effects
        self.advice += other.advice
        self.left_out += other.left_out


@dataclass(frozen=True, slots=True)
class Cause:
    """People sent elsewhere for the same reason: the rule, how many, what moved, and a smallest example."""

    direction: Direction
    rule: str
    people: int
    moves: Mapping[Move, int]
    example: Effect

    @property
    def facts(self) -> dict[str, PlainValue]:
        """The example as facts."""
        return facts_of(self.example.person.case)


def facts_of(case: Case) -> dict[str, PlainValue]:
    """All values a case states, by fact."""
    return {name: value for answer in case.answers for name, value in answer.values.items()}


def count(people: Iterable[Person], old: Pack, new: Pack) -> Tally:
    """Give each person to both versions and count what differs."""
    tally = Tally()
    fit = as_stated if are_alike(old.rulebook, new.rulebook) else fitted
    for person in people:
        before, after = fit(person.case, old.rulebook), fit(person.case, new.rulebook)
        tally.left_out.update([f"{name} (old)" for name in before.left_out])
        tally.left_out.update([f"{name} (new)" for name in after.left_out])
        was, now = recommend(old.rulebook, before.case), recommend(new.rulebook, after.case)
        tally.people[person.source] += 1
        tally.matrix[LEVELS[was.level], LEVELS[now.level]] += 1
        tally.effects.extend(effects(person, was, now))
        tally.advice.update(_advice(was, now))
    return tally


def effects(person: Person, was: Recommendation, now: Recommendation) -> Iterator[Effect]:
    """Yields how a person is sent elsewhere: less urgently, more urgently, or both where level and imaging part."""
    level, imaging = now.level - was.level, now.imaging - was.imaging
    down, up = min(level, imaging) < 0, max(level, imaging) > 0
    if down:
        yield _effect(person, "down", was, now, level < 0, imaging < 0)
    if up:
        yield _effect(person, "up", was, now, level > 0, imaging > 0)


def _effect(
    person: Person, direction: Direction, was: Recommendation, now: Recommendation, level: bool, imaging: bool
) -> Effect:
    moves: list[Move] = [("level", LEVELS[was.level], LEVELS[now.level])] if level else []
    moves += [("imaging", IMAGING[was.imaging], IMAGING[now.imaging])] if imaging else []
    return Effect(person, direction, tuple(moves), _deciding(was, level), _deciding(now, level))


def _deciding(result: Recommendation, level: bool) -> tuple[str, ...]:
    return tuple(rule.id for rule in (result.decided_by if level else result.imaging_by))


def _advice(was: Recommendation, now: Recommendation) -> Iterator[tuple[str, str]]:
    """The advice this person loses, gains, or reads in another state."""
    before, after = _read(was), _read(now)
    for name in before.keys() | after.keys():
        one, other = before.get(name), after.get(name)
        if one != other:
            lost, gained = one in ("fits", "caution"), other in ("fits", "caution")
            yield name, "lost" if lost and not gained else "gained" if gained and not lost else "changed"


def _read(result: Recommendation) -> dict[str, str]:
    def is_mine(offer: Offer) -> bool:
        return result.case.audience in offer.advice.audience and result.case.country in offer.advice.countries

    return {offer.advice.id: offer.state for offer in result.offers if offer.state != "withheld" and is_mine(offer)}


def causes(effects: Iterable[Effect], direction: Direction, changed: Callable[[str], bool], pair: Pair) -> list[Cause]:
    """The effects of a direction by cause: first rules that changed, then those that stand behind most people."""
    left = [effect for effect in effects if effect.direction == direction]
    grouped: list[Cause] = []
    while left:
        by_rule = Counter(rule for effect in left for rule in effect.responsible or (NO_RULE,))
        rule = max(by_rule, key=lambda name: (changed(name), by_rule[name], name))
        mine = [effect for effect in left if rule in (effect.responsible or (NO_RULE,))]
        left = [effect for effect in left if rule not in (effect.responsible or (NO_RULE,))]
        moves = Counter(move for effect in mine for move in effect.moves)
        example = min(mine, key=lambda effect: (_size(effect.person.case), effect.person.id))
        grouped.append(Cause(direction, rule, len(mine), moves, pair.smallest(example, rule)))
    return grouped


def _size(case: Case) -> int:
    return sum(len(answer.values) for answer in case.answers)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions of a pack."""

    old: Pack
    new: Pack

    def smallest(self, example: Effect, rule: str) -> Effect:
        """The example with every answer left out that the same cause does not need."""
        case = example.person.case
        for answer in case.answers:
            fewer = self._of(example, case.without(answer.question), rule)
            if fewer is not None:
                case, example = fewer.person.case, fewer
        return example

    def _of(self, example: Effect, case: Case, rule: str) -> Effect | None:
        person = Person(example.person.id, example.person.source, case)
        was = recommend(self.old.rulebook, fitted(case, self.old.rulebook).case)
        now = recommend(self.new.rulebook, fitted(case, self.new.rulebook).case)
        for effect in effects(person, was, now):
            if effect.direction == example.direction and rule in (effect.responsible or (NO_RULE,)):
                return effect
        return None
