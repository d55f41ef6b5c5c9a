"""What the rules say of the facts known so far: truth of each rule, the range, what is still open.

Every leaf, term and rule has a place in one row of truths. Stating a fact recomputes only what lies downstream of it,
so a turn costs a few dozen small calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from chatbot.case import Mode, Span, Stated, Value, with_mode
from chatbot.condition import (
    FALSE,
    OPEN,
    TRUE,
    Accepts,
    Compiled,
    Condition,
    Includes,
    Leaf,
    Reached,
    Row,
    Term,
    Truth,
    Unanswered,
    Within,
    compiled,
    facts_of,
    leaves_of,
    parts_of,
)
from chatbot.recommendation.rulebook import Advice, Rule, Rulebook, waits_for


@dataclass(frozen=True, slots=True)
class Range:
    """The lowest and highest result that the known facts allow.

    `kinds` holds for each kind of imaging the level whose promise it keeps, 0 where it is not wanted. No kind is later
    than the level's own promise.
    """

    level: tuple[int, int]
    imaging: tuple[int, int]
    kinds: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def settled(self) -> bool:
        """Both ends meet, for level, imaging and each kind of it."""
        return all(low == high for low, high in (self.level, self.imaging, *self.kinds.values()))

    @property
    def low(self) -> Mapping[str, int]:
        """The low end by what is reached: level, imaging, and each kind of imaging."""
        kinds = {kind: low for kind, (low, _) in self.kinds.items()}
        return {"level": self.level[0], "imaging": self.imaging[0], **kinds}

    def is_raised_by(self, rule: Rule) -> bool:
        """Tells whether a rule, if it were true, would raise the low end."""
        if rule.level > self.level[0] or rule.imaging > self.imaging[0]:
            return True
        return any(max(rule.time, self.level[0]) > self.kinds[kind][0] for kind in rule.kinds)


class RuleState:
    """The truth of every rule for the facts stated so far; never changed once built."""

    __slots__ = ("_assessor", "covered", "mode", "row", "values")

    def __init__(self, assessor: Assessor, mode: Mode, stated: Stated, row: Row) -> None:
        self._assessor = assessor
        self.mode = mode
        self.values = stated.values
        self.covered = stated.covered
        self.row = row

    def with_stated(self, stated: Stated) -> RuleState:
        """The reading after the facts became these."""
        changed = [
            name
            for name in stated.values.keys() | self.values.keys()
            if stated.values.get(name) != self.values.get(name) or stated.covered.get(name) != self.covered.get(name)
        ]
        after = RuleState(self._assessor, self.mode, stated, self.row.copy())
        self._assessor.recompute(after, changed)
        return after

    def applies(self, fact: str) -> Truth:
        """Tells whether a fact is asked of this person: its gate, and whether it is asked of nurses only."""
        if fact not in self._assessor.result_gated:
            return self._assessor.applies(self, fact)
        return self._assessor.applies(self.at_result(self.range().low), fact)

    def known(self, fact: str) -> bool:
        """True when the fact was stated, and a list in full."""
        return fact in self.values and fact not in self.covered

    def look(self, leaf: Leaf) -> Truth:
        """The truth of any leaf, whether or not a rule uses it."""
        place = self._assessor.places.get(leaf)
        return self.row[place] if place is not None else self._assessor.leaf(self, leaf)

    def rule(self, rule: Rule) -> Truth:
        """The truth of a rule."""
        return self.row[self._assessor.rule_places[rule.id]]

    def rules(self, truth: Truth) -> list[Rule]:
        """The rules of this truth, in pack order."""
        return [rule for rule, place in self._assessor.rules if self.row[place] == truth]

    def range(self) -> Range:
        """The range of the result: rules that are true, and those true or open."""
        row = self.row
        low_level = high_level = low_imaging = high_imaging = 0
        for place, level, imaging in self._assessor.rows:
            truth = row[place]
            if truth:
                # Compared by hand: this runs over every rule three times a turn.
                high_level = level if level > high_level else high_level
                high_imaging = imaging if imaging > high_imaging else high_imaging
                if truth == TRUE:
                    low_level = level if level > low_level else low_level
                    low_imaging = imaging if imaging > low_imaging else low_imaging
        kinds = {
            kind: (_by(wanted, (TRUE,), row, low_level), _by(wanted, (TRUE, OPEN), row, high_level))
            for kind, wanted in self._assessor.kinds.items()
        }
        return Range((low_level, high_level), (low_imaging, high_imaging), kinds)

    def closed(self) -> RuleState:
        """The reading at the end: what is open counts as false, `unanswered` as true."""
        if OPEN not in self.row:
            return self
        row = self.row.copy()
        for leaf, place in self._assessor.leaf_places:
            if row[place] == OPEN:
                row[place] = TRUE if isinstance(leaf, Unanswered) else FALSE
        for place, rule_state in self._assessor.derived:
            row[place] = rule_state(row)
        return RuleState(self._assessor, self.mode, Stated(self.values, self.covered), row)

    def at_result(self, reached: Mapping[str, int]) -> RuleState:
        """The reading once the result has reached this level, imaging and kinds of it; advice is read in it."""
        row = self.row.copy()
        after = RuleState(self._assessor, self.mode, Stated(self.values, self.covered), row)
        for leaf, place in self._assessor.reached_places:
            row[place] = TRUE if reached[leaf.what] >= leaf.low else FALSE
        self._assessor.recompute(after, list(self._assessor.result_gated))
        return after

    def offer(self, advice: Advice) -> tuple[Truth, list[Truth], list[Truth]]:
        """The truths of an advice: its offer, each block, each caution."""
        offered, blocked, caution, _ = self._assessor.advice[advice.id]
        row = self.row
        return offered(row), [block(row) for block in blocked], [part(row) for part in caution]

    def is_told(self, advice: Advice) -> bool:
        """Tells whether the finding that an advice describes was told already."""
        means = self._assessor.advice[advice.id][3]
        return means is not None and means(self.row) == TRUE


class Assessor:
    """The rulebook compiled once: places, gates, and what lies downstream of each fact."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.facts = rulebook.facts
        gates = {name: fact.asked_if for name, fact in self.facts.items() if fact.asked_if is not None}
        done = {name: fact.done_if for name, fact in self.facts.items() if fact.done_if is not None}
        self.result_gated = tuple(
            name for name, gate in gates.items() if any(isinstance(leaf, Reached) for leaf in leaves_of(gate))
        )
        advice = [part for item in rulebook.advice for part in (item.offer_if, *item.blocked_if, *item.caution_if)]
        advice += [item.means for item in rulebook.advice if item.means is not None]
        self.places: dict[Leaf | Term, int] = {}
        for condition in [*gates.values(), *done.values(), *(rule.when for rule in rulebook.rules), *advice]:
            self._place(condition)
        self.rules = tuple((rule, len(self.places) + index) for index, rule in enumerate(rulebook.rules))
        self.rows = tuple((place, rule.level, rule.imaging) for rule, place in self.rules)
        self.kinds = {
            kind: sorted(((rule.time, place) for rule, place in self.rules if kind in rule.kinds), reverse=True)
            for kind in rulebook.kinds
        }
        self.rule_places = {rule.id: place for rule, place in self.rules}
        self.leaf_places = [(leaf, place) for leaf, place in self.places.items() if not isinstance(leaf, Term)]
        self.reached_places = [(leaf, place) for leaf, place in self.leaf_places if isinstance(leaf, Reached)]
        only_leaves: dict[Leaf | Term, int] = dict(self.leaf_places)
        self._gates = {name: compiled(gate, only_leaves) for name, gate in gates.items()}
        self._done = {name: compiled(condition, only_leaves) for name, condition in done.items()}
        conditions = [(place, term.of) for term, place in self.places.items() if isinstance(term, Term)]
        conditions += [(place, rule.when) for rule, place in self.rules]
        self.derived = [(place, compiled(condition, self.places)) for place, condition in conditions]
        self.advice = {
            item.id: (
                compiled(item.offer_if, only_leaves),
                [compiled(part, only_leaves) for part in item.blocked_if],
                [compiled(part, only_leaves) for part in item.caution_if],
                None if item.means is None else compiled(item.means, only_leaves),
            )
            for item in rulebook.advice
        }
        self._network(conditions)
        self._starts: dict[Mode, RuleState] = {}

    def begin(self, mode: Mode) -> RuleState:
        """The reading when nothing is known but who is asked."""
        return self.start(mode).with_stated(Stated(with_mode(self.facts, {}, mode)))

    def start(self, mode: Mode) -> RuleState:
        """The reading when nothing is known."""
        if mode not in self._starts:
            rule_state = RuleState(self, mode, Stated(), [FALSE] * (len(self.places) + len(self.rules)))
            for _, place in self.reached_places:
                rule_state.row[place] = OPEN
            self.recompute(rule_state, list(self.facts))
            self._starts[mode] = rule_state
        return self._starts[mode]

    def recompute(self, rule_state: RuleState, changed: list[str]) -> None:
        """Work out again what lies downstream of the facts that changed."""
        row = rule_state.row
        facts, derived = self._downstream_of(changed)
        for fact in facts:
            self._state(rule_state, fact)
        for place, truth_of in derived:
            row[place] = truth_of(row)

    def _state(self, rule_state: RuleState, fact: str) -> None:
        """Set the truth of every leaf on one fact."""
        row, leaves, said = rule_state.row, self._by_fact[fact], rule_state.values.get(fact)
        value = None if said is None else self.facts[fact].counted(said)
        if value is not None:
            covered = rule_state.covered.get(fact)
            for leaf, place in leaves:
                row[place] = holds(leaf, value, covered)
        elif leaves:
            unknown = OPEN if said is not None or self.applies(rule_state, fact) else FALSE
            for leaf, place in leaves:
                row[place] = TRUE if said is not None and isinstance(leaf, Unanswered) else unknown

    def applies(self, rule_state: RuleState, fact: str) -> Truth:
        """Tells whether the fact is asked, by the truths at hand."""
        gate, done = self._gates.get(fact), self._done.get(fact)
        asked = FALSE if done is not None and done(rule_state.row) == TRUE else self.asked_of(rule_state, fact)
        return asked if gate is None or not asked else gate(rule_state.row)

    def asked_of(self, rule_state: RuleState, fact: str) -> Truth:
        """Tells whether the fact is asked of who answers."""
        return FALSE if self.facts[fact].nurse_only and rule_state.mode != "nurse" else TRUE

    def leaf(self, rule_state: RuleState, leaf: Leaf) -> Truth:
        """The truth of a leaf that no rule, gate or advice uses, from the values stated."""
        if isinstance(leaf, Reached):
            return OPEN
        said = rule_state.values.get(leaf.fact)
        if said is None:
            return OPEN if self.applies(rule_state, leaf.fact) else FALSE
        value = self.facts[leaf.fact].counted(said)
        if value is None:
            return TRUE if isinstance(leaf, Unanswered) else OPEN
        return holds(leaf, value, rule_state.covered.get(leaf.fact))

    def _place(self, condition: Condition) -> None:
        for part in parts_of(condition):
            self._place(part)
        if isinstance(condition, (Term, Leaf)):
            self.places.setdefault(condition, len(self.places))

    def _network(self, conditions: list[tuple[int, Condition]]) -> None:
        """Notes which leaves, terms and rules each fact reaches; facts stand in an order that gates follow."""
        upstream: dict[str, frozenset[str]] = {}
        for name, fact in self.facts.items():
            looked = waits_for(fact)
            upstream[name] = frozenset([name]).union(*(upstream.get(one, frozenset([one])) for one in looked))
        self._by_fact: dict[str, list[tuple[Leaf, int]]] = {name: [] for name in self.facts}
        for leaf, place in self.leaf_places:
            if not isinstance(leaf, Reached):
                self._by_fact[leaf.fact].append((leaf, place))
        self._facts_below = {name: [fact for fact in self.facts if name in upstream[fact]] for name in self.facts}
        self._derived_below: dict[str, list[tuple[int, Compiled]]] = {name: [] for name in self.facts}
        for (_, condition), pair in zip(conditions, self.derived, strict=True):
            for name in frozenset().union(*(upstream[fact] for fact in facts_of(condition))):
                self._derived_below[name].append(pair)

    def _downstream_of(self, changed: list[str]) -> tuple[list[str], list[tuple[int, Compiled]]]:
        if len(changed) == 1:
            return self._facts_below[changed[0]], self._derived_below[changed[0]]
        if 2 * len(changed) > len(self.facts):
            return list(self.facts), self.derived
        facts = {fact for name in changed for fact in self._facts_below[name]}
        derived = {place for name in changed for place, _ in self._derived_below[name]}
        return [fact for fact in self.facts if fact in facts], [p for p in self.derived if p[0] in derived]


def _by(wanted: list[tuple[int, int]], truths: tuple[Truth, ...], row: Row, level: int) -> int:
    """The level whose promise a kind of imaging keeps, by the rules of these truths; 0 where none of them wants it."""
    # The soonest stand first.
    return next((max(time, level) for time, place in wanted if row[place] in truths), 0)


@lru_cache(maxsize=16)
def assessor(rulebook: Rulebook) -> Assessor:
    """The assessor of a rulebook, compiled on first use."""
    return Assessor(rulebook)


def holds(leaf: Leaf, value: Value, covered: frozenset[str] | None) -> Truth:
    """Tells whether a value meets a leaf; of a list that was put in part, as far as it was put."""
    if isinstance(leaf, Accepts):
        return TRUE if value in leaf.values else FALSE
    if isinstance(leaf, Includes):
        if isinstance(value, frozenset) and not value.isdisjoint(leaf.items):
            return TRUE
        return FALSE if covered is None or covered.issuperset(leaf.items) else OPEN
    if isinstance(leaf, Within) and isinstance(value, Span):
        above = leaf.low is None or value.high >= leaf.low
        return TRUE if above and (leaf.high is None or value.low <= leaf.high) else FALSE
    return FALSE
