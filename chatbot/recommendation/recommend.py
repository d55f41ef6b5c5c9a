"""From a case to a recommendation: level, imaging, who decided it, advice, and what is not decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from chatbot.case import INTERVIEW_MODE, NOT_SURE, Case, Fact, Span, Stated, Value, stated, with_mode
from chatbot.condition import (
    FALSE,
    OPEN,
    TRUE,
    Accepts,
    Condition,
    Includes,
    Look,
    Within,
    leaves_of,
    truth,
)
from chatbot.condition_facts import Needs, because, needs
from chatbot.recommendation.assess import Range, RuleState, assessor
from chatbot.recommendation.rulebook import EMERGENCY, PRIMARY_CARE, Advice, Rule, Rulebook

AdviceState = Literal["fits", "caution", "told", "blocked", "not_known", "withheld"]


@dataclass(frozen=True, slots=True)
class Offer:
    """The standing of one advice for this case, and the facts whose answers make it so."""

    advice: Advice
    state: AdviceState
    facts: tuple[str, ...] = ()

    @property
    def offered(self) -> bool:
        """True when it may be given, with or without caution, or as getting worse of what was told."""
        return self.state in ("fits", "caution", "told")

    @property
    def news_for(self) -> int:
        """The level that it sends whoever gets the finding it warns of; 0 where that was told or it warns not."""
        return 0 if self.state == "told" else self.advice.sends_to


@dataclass(frozen=True, slots=True)
class Undecided:
    """An open rule that could still raise the result, and the facts it waits for."""

    rule: Rule
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Recommendation:
    """The outcome of all rules for a case; ids only, no words.

    `level` and `imaging` are the result as issued (0 to 5, 0 to 6), `range` the bounds on it, `rules` all that fired;
    `kinds` are the kinds of imaging wanted, each with the level whose promise it keeps.
    """

    case: Case
    rule_state: RuleState
    closed: RuleState
    level: int
    imaging: int
    range: Range
    rules: tuple[Rule, ...]
    undecided: tuple[Undecided, ...]
    not_asked: tuple[str, ...]
    not_sure: tuple[str, ...]
    contradictions: tuple[str, ...]
    offers: tuple[Offer, ...]
    kinds: Mapping[str, int]

    @property
    def settled(self) -> bool:
        """No answer still missing could change level or imaging."""
        return self.range.settled

    @property
    def could_raise(self) -> tuple[Undecided, ...]:
        """The open rules that could still make it more urgent; where none could, those that could raise the imaging.

        In an emergency nothing is higher, and the hospital decides on imaging.
        """
        if self.level == EMERGENCY:
            return ()
        return tuple(each for each in self.undecided if each.rule.level > self.level) or self.undecided

    @property
    def decided_by(self) -> tuple[Rule, ...]:
        """The rules at the level reached, in pack order."""
        return tuple(rule for rule in self.rules if rule.level == self.level and rule.level)

    @property
    def imaging_by(self) -> tuple[Rule, ...]:
        """The rules at the imaging reached, in pack order."""
        return tuple(rule for rule in self.rules if rule.imaging == self.imaging and rule.imaging)

    def kind_by(self, kind: str) -> tuple[Rule, ...]:
        """The rules that want a kind of imaging soonest, in pack order."""
        wanting = [rule for rule in self.rules if kind in rule.kinds]
        soonest = max((rule.time for rule in wanting), default=0)
        return tuple(rule for rule in wanting if rule.time == soonest)

    @property
    def named(self) -> tuple[Rule, ...]:
        """The deciding rules that may be given as reasons."""
        return tuple(rule for rule in self.decided_by if is_named(rule, self.closed.look))

    def facts_behind(self, rule: Rule) -> tuple[str, ...]:
        """The facts whose answers made a rule true, in asking order."""
        found = because(rule.when, self.closed.look)
        return tuple(name for name in self.rule_state.values if name in found)


def is_named(rule: Rule, look: Look) -> bool:
    """True when the rule may be given as a reason for these answers."""
    return rule.named_if is None or truth(rule.named_if, look) == TRUE


def recommend(rulebook: Rulebook, case: Case) -> Recommendation:
    """Say what the rules make of every fact a case states; facts it leaves out are closed as docs/semantics.md says."""
    rule_state = assessor(rulebook).start(case.mode).with_stated(_stated(rulebook, case))
    return conclude(rulebook, case, rule_state)


def _stated(rulebook: Rulebook, case: Case) -> Stated:
    found = stated(rulebook.facts, case.answers)
    in_order = {name: found.values[name] for name in rulebook.facts if name in found.values}
    return Stated(with_mode(rulebook.facts, in_order, case.mode), found.covered)


def conclude(rulebook: Rulebook, case: Case, rule_state: RuleState) -> Recommendation:
    """The recommendation for a reading already at hand."""
    bounds, closed = rule_state.range(), rule_state.closed()
    level, imaging = issued(bounds, closed)
    result = Range((level, level), (imaging, imaging), closed.range().kinds)
    at_result = rule_state.at_result(result.low)
    at_end = at_result.closed()
    return Recommendation(
        case=case,
        rule_state=rule_state,
        closed=closed,
        level=level,
        imaging=imaging,
        range=bounds,
        rules=tuple(closed.rules(TRUE)),
        undecided=tuple(_undecided(rule_state, result)),
        not_asked=tuple(name for name in rulebook.facts if not rule_state.known(name) and rule_state.applies(name)),
        not_sure=tuple(name for name, value in rule_state.values.items() if _is_not_sure(value)),
        contradictions=tuple(_contradictions(rulebook, rule_state)),
        offers=tuple(offer(item, at_result, at_end) for item in rulebook.advice),
        kinds={kind: low for kind, (low, _) in result.kinds.items() if low},
    )


def issued(bounds: Range, closed: RuleState) -> tuple[int, int]:
    """Level and imaging of the closed reading; an unsettled case is never issued below primary care."""
    result = closed.range()
    floor = 0 if bounds.settled else min(PRIMARY_CARE, bounds.level[1])
    return max(result.level[0], floor), result.imaging[0]


def _undecided(rule_state: RuleState, result: Range) -> Iterator[Undecided]:
    needs_here = Needs(rule_state.look)
    for rule in rule_state.rules(OPEN):
        if result.is_raised_by(rule):
            yield Undecided(rule, tuple(sorted(needs_here.of(rule.when))))


def _is_not_sure(value: Value) -> bool:
    return "unknown" in value if isinstance(value, frozenset) else value in NOT_SURE


def _contradictions(rulebook: Rulebook, rule_state: RuleState) -> Iterator[str]:
    for name, value in rule_state.values.items():
        fact = rulebook.facts[name]
        gate = fact.asked_if
        if gate is not None and value != fact.least and truth(gate, rule_state.look) == FALSE:
            yield name


def offer(advice: Advice, rule_state: RuleState, end: RuleState) -> Offer:
    """Judges how an advice stands: offered when `offer_if` is true and no block is true or open.

    A block that holds only because something is not known is told apart from one that an answer makes. A caution
    that is still open is given. Who has told what the advice describes does not hear it as news. `end` is the reading
    with what is open closed, in which some advice is offered and told.
    """
    offered, blocks, cautions = rule_state.offer(advice)
    if advice.is_closed:
        offered, *_ = end.offer(advice)
    if offered != TRUE:
        return Offer(advice, "withheld")
    blocking = [block for block, truth in zip(advice.blocked_if, blocks, strict=True) if truth]
    told = [
        b
        for b, truth in zip(advice.blocked_if, blocks, strict=True)
        if truth == TRUE and not _on_unknown(b, rule_state)
    ]
    warning = [part for part, truth in zip(advice.caution_if, cautions, strict=True) if truth]
    if told:
        return Offer(advice, "blocked", _facts_behind(told, rule_state.look))
    if blocking:
        return Offer(advice, "not_known", _facts_behind(blocking, rule_state.look))
    if advice.means is not None and (end if advice.is_closed else rule_state).is_told(advice):
        return Offer(advice, "told", _facts_behind([advice.means], rule_state.look))
    return Offer(advice, "caution" if warning else "fits", _facts_behind(warning, rule_state.look))


def _on_unknown(block: Condition, rule_state: RuleState) -> bool:
    """True when a true block rests on a 'not sure'."""
    return any(
        rule_state.look(leaf) == TRUE
        and (
            (isinstance(leaf, Accepts) and leaf.values <= set(NOT_SURE))
            or (isinstance(leaf, Includes) and leaf.items == ("unknown",))
        )
        for leaf in leaves_of(block)
    )


def _facts_behind(conditions: Iterable[Condition], look: Look) -> tuple[str, ...]:
    facts = {name: None for part in conditions for name in sorted(because(part, look) | needs(part, look))}
    return tuple(facts)


@dataclass(frozen=True, slots=True)
class Change:
    """A single answer that would change the result, what the result would be, and the rules that would decide it."""

    fact: str
    value: Value
    level: int
    imaging: int
    rules: tuple[Rule, ...]


def what_would_change(rulebook: Rulebook, recommendation: Recommendation) -> tuple[Change, ...]:
    """The nearest single answers that would raise or lower the level, one for each fact and direction.

    What nobody can change or answer otherwise, such as an age that is known, is left out.
    """
    nearest: list[Change] = []
    for name, fact in rulebook.facts.items():
        if name == INTERVIEW_MODE or not recommendation.rule_state.applies(name):
            continue
        if fact.fixed and not _is_not_sure(recommendation.rule_state.values.get(name, "unknown")):
            continue
        changes = [_changed(recommendation, name, value) for value in _alternatives(rulebook, fact)]
        raising = [change for change in changes if change.level > recommendation.level]
        lowering = [change for change in changes if change.level < recommendation.level]
        nearest += [min(raising, key=lambda c: c.level)] if raising else []
        nearest += [max(lowering, key=lambda c: c.level)] if lowering else []
    return tuple(nearest)


def _changed(recommendation: Recommendation, name: str, value: Value) -> Change:
    rule_state = recommendation.rule_state
    known = rule_state.values.get(name)
    # A list that is not known as a whole is known by its one item then.
    new = known | value if isinstance(known, frozenset) and isinstance(value, frozenset) and value else value
    values = {**rule_state.values, name: new}
    covered = {fact: items for fact, items in rule_state.covered.items() if fact != name}
    after = rule_state.with_stated(Stated(values, covered))
    closed = after.closed()
    level, imaging = issued(after.range(), closed)
    rules = tuple(rule for rule in closed.rules(TRUE) if rule.level == level and level)
    return Change(name, value, level, imaging, rules)


def _alternatives(rulebook: Rulebook, fact: Fact) -> Iterator[Value]:
    if fact.kind == "many":
        yield frozenset()
        yield from (frozenset([item]) for item in fact.items if item != "unknown")
    elif fact.kind == "one":
        yield from (value for value in fact.values if value not in NOT_SURE)
    else:
        near = {number for end in thresholds(rulebook, fact) for number in (end - 1, end, end + 1)}
        yield from (Span(number, number) for number in sorted(near) if fact.low <= number <= fact.high)


@lru_cache(maxsize=1024)
def thresholds(rulebook: Rulebook, fact: Fact) -> tuple[float, ...]:
    """The numbers at which some rule tests a fact."""
    return tuple(
        end
        for rule in rulebook.rules
        for leaf in leaves_of(rule.when)
        if isinstance(leaf, Within) and leaf.fact == fact.id
        for end in (leaf.low, leaf.high)
        if end is not None
    )
