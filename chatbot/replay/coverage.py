"""What the scripted conversations and cases of a pack exercise, in clinical terms.

A group has the ids that are wanted, the first person who met each, and those that cannot happen, with the reason
worked out from the pack. Conversations are played and vignettes go through the interview; the pack's own cases are
given to the rules as facts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from chatbot.case import Span
from chatbot.condition import FALSE, facts_of, leaves_of
from chatbot.interview.interview import Interview
from chatbot.packs.pack import Pack
from chatbot.recommendation.citation_text import shown_id
from chatbot.recommendation.recommend import Offer, Recommendation, recommend
from chatbot.recommendation.rulebook import Advice
from chatbot.recommendation.sources import Conflict, Side
from chatbot.recommendation.summary import Summary, View, summarise
from chatbot.replay.answer_options import offered
from chatbot.replay.thresholds import bounds_of

ENDINGS = ("complete", "emergency", "out_of_scope", "stopped")
ROLES = ("patient", "carer", "nurse")


@dataclass(frozen=True, slots=True)
class Group:
    """One kind of thing to exercise: what is wanted, who met it first, and what can never happen and why."""

    name: str
    wanted: tuple[str, ...]
    impossible: Mapping[str, str] = field(default_factory=dict)
    met: dict[str, str] = field(default_factory=dict)

    @property
    def possible(self) -> tuple[str, ...]:
        """The ids that are wanted and can happen."""
        return tuple(name for name in self.wanted if name not in self.impossible or name in self.met)

    @property
    def missing(self) -> tuple[str, ...]:
        """The ids that can happen and nobody met."""
        return tuple(name for name in self.possible if name not in self.met)


@dataclass(frozen=True, slots=True)
class Met:
    """The ids that one person met; `interview` is None for facts given to the rules."""

    person: str
    result: Recommendation
    interview: Interview | None = None
    asked: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()


class Coverage:
    """The groups of a pack, filled person by person."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._bounds = bounds_of(pack)
        self._tested = {rule.id: facts_of(rule.when) for rule in pack.rulebook.rules}
        self.groups = {group.name: group for group in _groups(pack)}
        self._wanted = {group.name: frozenset(group.wanted) for group in self.groups.values()}

    @property
    def missing(self) -> int:
        """The number of ids that nobody met, in all groups."""
        return sum(len(group.missing) for group in self.groups.values())

    def cases(self) -> None:
        """Give each of the pack's own cases to the rules."""
        for case in self._pack.cases:
            self.add(Met(f"case {case.name}", recommend(self._pack.rulebook, case.case)))

    def add(self, met: Met) -> None:
        """Count what one person met."""
        for group, names in self._names(met):
            for name in names:
                if name in self._wanted[group]:
                    self.groups[group].met.setdefault(name, met.person)

    def _names(self, met: Met) -> Iterator[tuple[str, Iterable[str]]]:
        result, view = met.result, self._view(met.result)
        yield "questions asked", met.asked
        yield "answers chosen", met.chosen
        yield "rules fired", [rule.id for rule in result.rules]
        yield "rules silent", self._silent(result)
        yield "numbers", self._numbers(result)
        yield from advice_names(view)
        yield "disagreements", self._conflicts(view)
        if met.interview is not None:
            yield "countries", [met.interview.case.country]
            yield "roles", [met.interview.case.mode]
            yield "endings", [met.interview.state]

    def _silent(self, result: Recommendation) -> Iterator[str]:
        """The rules that did not fire while all their facts were known or did not apply."""
        rule_state = result.rule_state
        facts = self._pack.rulebook.facts
        dark = {name for name in facts if not rule_state.known(name) and rule_state.applies(name) != FALSE}
        for rule in self._pack.rulebook.rules:
            if rule_state.rule(rule) == FALSE and dark.isdisjoint(self._tested[rule.id]):
                yield rule.id

    def _view(self, result: Recommendation) -> View:
        return View(result, self._pack.rulebook, self._pack.wording(), result.case.audience)

    def _numbers(self, result: Recommendation) -> Iterator[str]:
        for bound in self._bounds:
            value = result.rule_state.values.get(bound.fact)
            if isinstance(value, Span):
                yield f"{bound}: {'met' if bound.is_met(value) else 'not met'}"
                if value.low == value.high == bound.number:
                    yield f"{bound}: exactly"

    def _conflicts(self, view: View) -> Iterator[str]:
        summary = summarise(view.result, view.book, view.words, view.audience)
        shown = summary.section("disagreements")
        yield from map(shown_id, shown.sentences) if shown else ()
        works = read_by(summary, view)
        for conflict in view.book.library.conflicts:
            for name, side in sides_of(conflict).items():
                if works.intersection(side.cites):
                    yield name


def advice_names(view: View) -> Iterator[tuple[str, Iterable[str]]]:
    """For each state of advice the items this reader finds in it; what is not for them counts for nothing."""
    mine = [offer for offer in view.result.offers if view.is_for_me(offer)]
    yield "advice shown", [offer.advice.id for offer in mine if offer.offered]
    yield "advice withheld", [offer.advice.id for offer in mine if not offer.offered]
    for group, state in _STATES.items():
        yield group, [offer.advice.id for offer in mine if offer.state == state]


def read_by(summary: Summary, view: View) -> frozenset[str]:
    """The works a person can read of: those of the summary, and of the advice that is given when asked for."""
    offers: list[Offer] = [offer for offer in view.result.offers if view.is_for_me(offer) and offer.offered]
    listed = {line.reference.id for line in summary.references}
    return frozenset(listed.union(*(offer.advice.cites for offer in offers)))


_STATES = {"advice blocked": "blocked", "advice not known": "not_known", "advice with caution": "caution"}


def _groups(pack: Pack) -> Iterator[Group]:
    rules = tuple(rule.id for rule in pack.rulebook.rules)
    advice = pack.rulebook.advice
    everyone = {item.id: why for item in advice if (why := _never_withheld(item))}
    yield Group("questions asked", tuple(pack.dialog.questions))
    yield Group("answers chosen", offered(pack))
    yield Group("rules fired", rules)
    yield Group("rules silent", rules)
    yield _numbers(pack)
    yield Group("advice shown", tuple(item.id for item in advice))
    yield Group("advice withheld", tuple(item.id for item in advice), everyone)
    yield Group("advice blocked", tuple(item.id for item in advice if item.blocked_if))
    yield Group("advice not known", tuple(item.id for item in advice if item.blocked_if))
    yield Group("advice with caution", tuple(item.id for item in advice if item.caution_if))
    yield _disagreements(pack)
    yield Group("countries", pack.rulebook.countries)
    yield Group("roles", ROLES)
    never = {} if pack.dialog.leaves else {"out_of_scope": "no rule ends the interview after the emergency block"}
    yield Group("endings", ENDINGS, never)


def _never_withheld(item: Advice) -> str:
    """The reason why an advice is offered to everybody; empty when its conditions test anything."""
    tested = [leaf for part in (item.offer_if, *item.blocked_if) for leaf in leaves_of(part)]
    return "" if tested else "its conditions test nothing, so it is always offered"


def _numbers(pack: Pack) -> Group:
    wanted: list[str] = []
    never: dict[str, str] = {}
    for bound in bounds_of(pack):
        fact = pack.rulebook.facts[bound.fact]
        for name, is_met in ((f"{bound}: met", True), (f"{bound}: not met", False)):
            wanted.append(name)
            never |= {name: why} if (why := bound.never(fact, is_met)) else {}
        wanted.append(f"{bound}: exactly")
    return Group("numbers", tuple(wanted), never)


def sides_of(conflict: Conflict) -> dict[str, Side]:
    """The two sides of a disagreement by name, where no rule tells it; none where a rule does."""
    if conflict.rules:
        return {}
    one, other = conflict.sides
    return {f"{conflict.id} one side": one, f"{conflict.id} other side": other}


def _disagreements(pack: Pack) -> Group:
    """A disagreement is met when a clinician's summary tells it, because a rule it names decided.

    One that names no rule is never told as such: each of its sides is met when somebody can read a work of it, in the
    summary or in an explanation given when asked for. Often no one person reads both, as the resolution parts them.
    """
    book = pack.rulebook
    said = [*(rule.cites for rule in book.rules), *(item.cites for item in book.advice), *book.cites.values()]
    cited = {cite for cites in said for cite in cites}
    wanted: list[str] = []
    never: dict[str, str] = {}
    for conflict in book.library.conflicts:
        sides = sides_of(conflict)
        wanted += list(sides) or [conflict.id]
        for name, side in sides.items():
            never |= _unread(name, side.cites, cited)
    return Group("disagreements", tuple(wanted), never)


def _unread(name: str, cites: Collection[str], cited: Collection[str]) -> dict[str, str]:
    if not set(cites).isdisjoint(cited):
        return {}
    return {name: f"it names no rule, and no rule or advice cites {', '.join(cites)}"}
