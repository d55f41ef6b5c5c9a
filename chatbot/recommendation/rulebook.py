"""Rules and advice as data: when they hold, what follows, and on whose word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from chatbot.case import Fact
from chatbot.condition import Condition
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
SELF_CARE, PRIMARY_CARE, SAME_DAY, EMERGENCY = 0, 1, 4, 5

Audience = Literal["patient", "clinician"]
AUDIENCES: tuple[Audience, ...] = ("patient", "clinician")
AdviceKind = Literal["activity", "medicine", "avoid", "follow_up", "safety_net", "explanation"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: when / level / imaging / referral / cites. It can raise a result and never lower one.

    `named_if` limits when the rule is given as a reason: it also matches answers worse than those it is named after.
    """

    id: str
    when: Condition
    level: int
    imaging: int
    referral: str
    cites: tuple[str, ...]
    named_if: Condition | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to do, take, avoid, watch for or know.

    `shown_in` names the section of the summary it stands in; an explanation without one is given when asked for.
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


@dataclass(frozen=True, slots=True, eq=False)
class Rulebook:
    """Everything a recommendation rests on: facts in asking order, rules and advice in pack order, the library.

    `cites` names who stands behind sentences that no rule or advice says, such as "level.self_care".
    """

    facts: Mapping[str, Fact]
    rules: tuple[Rule, ...]
    advice: tuple[Advice, ...]
    library: Library
    countries: tuple[str, ...] = ("any",)
    cites: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def conditions(self) -> Iterator[Condition]:
        """Every condition that a result rests on: rules, when they are named, gates, advice."""
        for rule in self.rules:
            yield from (rule.when, *([rule.named_if] if rule.named_if is not None else []))
        yield from (fact.asked_if for fact in self.facts.values() if fact.asked_if is not None)
        for item in self.advice:
            yield from (item.offer_if, *item.blocked_if, *item.caution_if)
