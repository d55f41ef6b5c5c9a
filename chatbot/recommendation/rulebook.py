"""Rules and advice as data: when they hold, what follows, and on whose word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from chatbot.case import Audience, Fact
from chatbot.condition import Condition, facts_of
from chatbot.recommendation.sources import Library

LEVELS = ("self_care", "primary_care", "routine_3_months", "urgent_2_weeks", "same_day", "emergency_now")
IMAGING = (
    "none",
    "deferred",
    "routine_if_candidate",
    "xray_first",
    "decision_2_weeks",
    "decision_today",
    "emergency",
)
# The section whose advice stands in place of the level's time limit.
WITHIN = "within_instead"
SELF_CARE, PRIMARY_CARE, URGENT, SAME_DAY, EMERGENCY = 0, 1, 3, 4, 5
# The level whose promise an imaging itself keeps; the others wait no longer than the level of their rule.
_PROMISE = {
    "decision_2_weeks": URGENT,
    "decision_today": SAME_DAY,
    "emergency": EMERGENCY,
}

AdviceKind = Literal["activity", "medicine", "avoid", "follow_up", "safety_net", "explanation"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: when / level / imaging / referral / cites. It can raise a result and never lower one.

    `named_if` limits when the rule is given as a reason: it also matches answers worse than those it is named after.
    `kinds` are the kinds of imaging that it wants, where the pack tells kinds apart.
    """

    id: str
    when: Condition
    level: int
    imaging: int
    referral: str
    cites: tuple[str, ...]
    named_if: Condition | None = None
    kinds: tuple[str, ...] = ()

    @property
    def time(self) -> int:
        """The level whose promise the imaging keeps at the latest, as the rule alone has it."""
        return max(self.level, _PROMISE.get(IMAGING[self.imaging], SELF_CARE))


def imaging_within(names: tuple[str, ...], level: int) -> str:
    """The name of imaging, of those of one kind, that promises no more than a level and most of these."""
    by_promise = sorted(names, key=lambda name: _PROMISE.get(name, SELF_CARE))
    kept = [name for name in by_promise if _PROMISE.get(name, SELF_CARE) <= level]
    return kept[-1] if kept else by_promise[0]


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to do, take, avoid, watch for or know.

    `shown_in` names the section of the summary it stands in; an explanation without one is given when asked for.
    `means` is the finding that a line describes, `sends_to` the level that it sends somebody to who has it.
    """

    id: str
    kind: AdviceKind
    about: str
    offer_if: Condition
    blocked_if: tuple[Condition, ...]
    caution_if: tuple[Condition, ...]
    audience: tuple[Audience, ...]
    countries: tuple[str, ...]
    within_days: int | None
    cites: tuple[str, ...]
    shown_in: str = ""
    means: Condition | None = None
    sends_to: int = SELF_CARE

    @property
    def is_closed(self) -> bool:
        """True for what is offered as the result is issued, with what is open closed; a block that is open stays open.

        That is the safety net, a medicine, and the time limit.
        """
        return self.kind in ("safety_net", "medicine") or self.shown_in == WITHIN


def waits_for(fact: Fact) -> frozenset[str]:
    """The facts that tell whether a fact is asked."""
    conditions = (fact.asked_if, fact.done_if)
    return frozenset[str]().union(*(facts_of(condition) for condition in conditions if condition is not None))


@dataclass(frozen=True, slots=True, eq=False)
class Rulebook:
    """Everything a recommendation rests on: facts in asking order, rules and advice in pack order, the library.

    `cites` names who stands behind sentences that no rule or advice says, such as "level.self_care"; `kinds` are the
    kinds of imaging, each with the names of imaging that are of it. A pack from before kinds has none. `findings` are
    the findings that several facts share, each with the condition that somebody has it.
    """

    facts: Mapping[str, Fact]
    rules: tuple[Rule, ...]
    advice: tuple[Advice, ...]
    library: Library
    countries: tuple[str, ...] = ("any",)
    cites: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    findings: Mapping[str, Condition] = field(default_factory=dict)

    def conditions(self) -> Iterator[Condition]:
        """Every condition that a result rests on: rules, when they are named, gates, advice."""
        for rule in self.rules:
            yield from (rule.when, *([rule.named_if] if rule.named_if is not None else []))
        yield from (fact.asked_if for fact in self.facts.values() if fact.asked_if is not None)
        yield from (fact.done_if for fact in self.facts.values() if fact.done_if is not None)
        for item in self.advice:
            yield from (item.offer_if, *item.blocked_if, *item.caution_if, *([item.means] if item.means else []))
        yield from self.findings.values()
