"""The summary: one ordered view of a recommendation, every sentence cited, that every shell renders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from chatbot.case import NOT_SURE, Audience, Fact, Value
from chatbot.condition import Includes, leaves_of
from chatbot.recommendation.recommend import Offer, Recommendation, is_named
from chatbot.recommendation.rulebook import (
    EMERGENCY,
    IMAGING,
    LEVELS,
    SAME_DAY,
    WITHIN,
    Rule,
    Rulebook,
    imaging_within,
)
from chatbot.recommendation.said_once import by_the_surest, said_once, without_repeats
from chatbot.recommendation.sources import NOT_GRADED, Conflict, Reference
from chatbot.recommendation.value_text import chosen, in_words
from chatbot.wording import Wording

# The section whose advice stands in place of what is said on imaging.
INSTEAD = "imaging_instead"


# `text` is a sentence of the program itself, by the key of its wording.
OriginKind = Literal["rule", "advice", "fact", "conflict", "level", "imaging", "text"]


@dataclass(frozen=True, slots=True)
class Origin:
    """The origin of a sentence: a rule, an advice, a fact, a conflict, a level, an imaging or a text of a pack."""

    kind: OriginKind
    id: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One statement with its citations; `said` holds the answers it rests on, `origin` what makes it."""

    text: str
    cites: tuple[str, ...]
    said: tuple[str, ...] = ()
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of the summary."""

    id: str
    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One numbered line of the reference list."""

    number: int
    reference: Reference
    label: str


@dataclass(frozen=True, slots=True)
class AdviceSentence:
    """The sentence on one advice, and how the advice stands."""

    offer: Offer
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Summary:
    """Level and time limit first, then why, what to do, and what it rests on. No time, name or code is in it.

    `advice` is all that is meant for this reader, in the pack's order; some of it stands in no section, since it is
    said when somebody asks.
    """

    audience: Audience
    language: str
    country: str
    level: str
    headline: Sentence
    within: Sentence
    sections: tuple[Section, ...]
    references: tuple[Line, ...]
    notice: Sentence
    status: str
    advice: tuple[AdviceSentence, ...] = ()

    def section(self, name: str) -> Section | None:
        """The section of this id, if the summary has it."""
        return next((section for section in self.sections if section.id == name), None)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence in reading order."""
        body = (sentence for section in self.sections for sentence in section.sentences)
        return (self.headline, self.within, *body, self.notice)

    def numbers(self, sentence: Sentence) -> tuple[int, ...]:
        """The numbers under which a sentence's citations stand in the reference list."""
        at = {line.reference.id: line.number for line in self.references}
        return tuple(at[cite] for cite in sentence.cites)


def summarise(
    recommendation: Recommendation, rulebook: Rulebook, wording: Wording, audience: Audience, status: str = "submitted"
) -> Summary:
    """The summary of a recommendation for one audience, in one language and country."""
    view = View(recommendation, rulebook, wording, audience)
    sections = tuple(section for section in view.sections() if section.sentences)
    headline, within = view.level("title"), view.within()
    notice = view.frame("notice", "summary.notice")
    said = [headline, within, *(s for section in sections for s in section.sentences), notice]
    cites = dict.fromkeys(cite for sentence in said for cite in sentence.cites)
    return Summary(
        audience=audience,
        language=wording.language,
        country=recommendation.case.country,
        level=LEVELS[recommendation.level],
        headline=headline,
        within=within,
        sections=sections,
        references=tuple(view.reference(number, cite) for number, cite in enumerate(cites, start=1)),
        notice=notice,
        status=wording.say(f"status_{status}"),
        advice=view.all_advice,
    )


class View:
    """A recommendation in words; questions about a result are answered from the same sentences."""

    def __init__(
        self, recommendation: Recommendation, rulebook: Rulebook, wording: Wording, audience: Audience
    ) -> None:
        self.result = recommendation
        self.book = rulebook
        self.words = wording
        self.audience = audience
        self.country = recommendation.case.country
        self.name = LEVELS[recommendation.level]
        self.chosen = chosen(recommendation.case)

    def fill(self, text: str) -> str:
        """The text with the country's words, its first letter a capital."""
        filled = self.words.fill(text, self.country)
        return filled[:1].upper() + filled[1:]

    def fact(self, name: str) -> str:
        """The name of a fact in a list."""
        return self.words.fill(self.words.facts[name][self.audience], self.country)

    def frame(self, key: str, cited_as: str, **parts: object) -> Sentence:
        """A sentence of the program itself, cited as the pack says."""
        return Sentence(self.fill(self.words.say(key, **parts)), self.book.cites[cited_as], origin=Origin("text", key))

    def level(self, key: str) -> Sentence:
        """A text of the level reached; the deciding rules stand behind it, else the pack's own citation."""
        text = self.words.levels[self.name][key][self.audience]
        rules = self.result.decided_by
        own = self.book.cites[f"level.{self.name}"]
        cites = dict.fromkeys([*(cite for rule in rules[:1] for cite in rule.cites), *own])
        return Sentence(self.fill(text), tuple(cites), origin=Origin("level", self.name))

    def within(self) -> Sentence:
        """The one time limit: the level's own, or what the pack says in its place for these answers."""
        return next(self.shown_in(WITHIN), None) or self.level("within")

    def sections(self) -> Iterator[Section]:
        """All sections in their order; empty ones are left out by the caller."""
        builders = {
            "why": self.why,
            "what_to_do": self.what_to_do,
            "imaging": self.imaging,
            "medicines": self.medicines,
            "follow_up": lambda: self.shown_in("follow_up"),
            "safety_net": lambda: self.shown_in("safety_net"),
            "not_known": self.not_known,
            "disagreements": self.disagreements,
        }
        for name, build in builders.items():
            yield Section(name, self.words.say(f"section_{name}"), tuple(build()))

    def why(self) -> Iterator[Sentence]:
        """The reasons: named deciding rules with the answers that made them true."""
        named = self.result.named
        yield from self.reasons(named)
        if not named and self.result.decided_by:
            cites = dict.fromkeys(cite for rule in self.result.decided_by for cite in rule.cites)
            said = dict.fromkeys(text for rule in self.result.decided_by for text in self.said(rule))
            origin = Origin("text", "because_answers")
            yield Sentence(self.fill(self.words.say("because_answers")), tuple(cites), tuple(said), origin)
        if not self.result.decided_by and self.result.level:
            yield self.frame("because_not_asked", "summary.not_known")
        yield self.level("meaning")
        yield from self.shown_in("why")

    def reasons(self, rules: Sequence[Rule]) -> Iterator[Sentence]:
        """The reason that each rule gives, and the answers that made it true; no sentence of them twice."""
        texts = [self.fill(self.words.rules[rule.id][self.audience]) for rule in rules]
        for rule, text in zip(rules, without_repeats(texts) if self.book.kinds else texts, strict=True):
            yield Sentence(text, rule.cites, tuple(self.said(rule)), Origin("rule", rule.id))

    def said(self, rule: Rule) -> Iterator[str]:
        """The answers that made a rule true, in the wording of the chosen options."""
        tested = {
            (leaf.fact, item) for leaf in leaves_of(rule.when) if isinstance(leaf, Includes) for item in leaf.items
        }
        for name in self.result.facts_behind(rule):
            value = self.result.rule_state.values[name]
            if isinstance(value, frozenset):
                value = frozenset(item for item in value if (name, item) in tested)
            yield from self.answer(self.book.facts[name], value)

    def answer(self, fact: Fact, value: Value) -> Iterator[str]:
        """One answer, each item of a list on its own."""
        if isinstance(value, frozenset) and "unknown" in value:
            yield self.words.say("not_known_fact", name=self.fact(fact.id))
        for text in in_words(self.words, fact, value, self.audience, self.chosen):
            is_answer = not (isinstance(value, str) and value in NOT_SURE)
            yield self.fill(self.words.say("said", text=text) if is_answer else text)

    def what_to_do(self) -> Iterator[Sentence]:
        """Yields who to see and what to ask there, then what helps and what to leave."""
        # A pack from before kinds of imaging keeps every sentence as it was issued.
        rules = self.result.named or (self.result.decided_by if self.book.kinds else ())
        first = {rule.referral: rule for rule in reversed(rules)}
        told = [(self._referral(rule), rule) for rule in sorted(first.values(), key=rules.index)]
        level = self.words.levels[self.name]
        surest = self.level("surest").text if "surest" in level else None
        if surest:
            told = by_the_surest(told, self.level("usual").text, surest)
        for text, behind in said_once(told) if self.book.kinds else ((text, [rule]) for text, rule in told):
            cites = dict.fromkeys(cite for rule in behind for cite in rule.cites)
            yield Sentence(text, tuple(cites), origin=Origin("rule", behind[0].id))
        if not told and self.result.level and not self.book.kinds:
            yield self.within()
        if "also" in level and not (surest and any(text.startswith(surest) for text, _ in told)):
            yield self.level("also")
        yield from self.shown_in("what_to_do")

    def _referral(self, rule: Rule) -> str:
        return self.fill(self.words.referrals[rule.referral][self.audience])

    def imaging(self) -> Iterator[Sentence]:
        """Yields whether there is a scan, why or why not, and the reasons of the rules that set it."""
        instead = list(self.shown_in(INSTEAD))
        yield from instead
        if not instead:
            yield from self.imaging_texts()
        told = {rule.id for rule in self.result.named}
        wanting = [rule for kind in self.result.kinds for rule in self.result.kind_by(kind)]
        # Where it is urgent and no kind is wanted, nothing was chosen here that a reason could stand behind.
        chosen_here = (
            () if self.book.kinds and not wanting and self.result.level >= SAME_DAY else self.result.imaging_by
        )
        rules = {rule.id: rule for rule in (*self.result.named, *chosen_here, *wanting)}.values()
        reasons = tuple(rule for rule in rules if is_named(rule, self.result.closed.look))
        yield from (each for each, rule in zip(self.reasons(reasons), reasons, strict=True) if rule.id not in told)
        yield from self.shown_in("imaging")

    def imaging_texts(self) -> Iterator[Sentence]:
        """Yields a sentence for each kind of imaging wanted, by when it is; else for the imaging reached."""
        wanted: dict[str, tuple[Rule, ...]] = {}
        for kind, by in self.result.kinds.items():
            wanted.setdefault(imaging_within(self.book.kinds[kind], by), self.result.kind_by(kind))
        for name, rules in wanted.items():
            yield self.imaging_text(name, rules)
        if not self.result.kinds:
            yield self.imaging_text(self.none_wanted(), self.result.imaging_by)

    def none_wanted(self) -> str:
        """The name of the imaging reached; where it is urgent, nothing reads as 'not needed' or as 'later'."""
        name = IMAGING[self.result.imaging]
        soothing = ("none", "deferred") if self.book.kinds else ("none",)
        return "none_urgent" if name in soothing and self.result.level >= SAME_DAY else name

    def imaging_text(self, name: str, rules: tuple[Rule, ...]) -> Sentence:
        """The sentence on an imaging; the first of the rules stands behind it, with the pack's own citation."""
        cites = dict.fromkeys(
            [*(cite for rule in rules[:1] for cite in rule.cites), *self.book.cites[f"imaging.{name}"]]
        )
        text = self.fill(self.words.imaging[name][self.audience])
        return Sentence(text, tuple(cites), origin=Origin("imaging", name))

    def medicines(self) -> Iterator[Sentence]:
        """Yields which medicines fit, which do not and because of which answer."""
        yield from self.shown_in("medicines")

    def shown_in(self, section: str) -> Iterator[Sentence]:
        """The advice of a section: as offered, with caution, or as blocked where that must be said."""
        yield from (each.sentence for each in self.all_advice if each.offer.advice.shown_in == section)

    @cached_property
    def all_advice(self) -> tuple[AdviceSentence, ...]:
        """The sentences on every advice meant for this reader, in the pack's order."""
        mine = ((offer, self.advice(offer)) for offer in self.result.offers if self.is_for_me(offer))
        return tuple(AdviceSentence(offer, sentence) for offer, sentence in mine if sentence is not None)

    def is_for_me(self, offer: Offer) -> bool:
        """True when an advice is meant for this audience and country."""
        return self.audience in offer.advice.audience and self.country in offer.advice.countries

    def advice(self, offer: Offer) -> Sentence | None:
        """An advice in words; None when it is withheld, or sends to an emergency somebody who is sent there already."""
        if offer.state == "withheld" or (self.result.level == EMERGENCY == offer.news_for):
            return None
        text, origin = self.words.advice[offer.advice.id], Origin("advice", offer.advice.id)
        said = tuple(dict.fromkeys(text for name in offer.facts for text in self._behind(name)))
        if offer.state in ("blocked", "not_known"):
            told = (text.blocked if offer.state == "blocked" else text.not_known).get(self.audience)
            return Sentence(self.fill(told), offer.advice.cites, said, origin) if told else None
        if offer.state == "told":
            worse = text.worse.get(self.audience)
            return Sentence(self.fill(worse), offer.advice.cites, said, origin) if worse else None
        parts = [text.offered[self.audience]]
        if offer.state == "caution":
            parts.append(text.caution[self.audience])
        return Sentence(" ".join(map(self.fill, parts)), offer.advice.cites, said, origin)

    def _behind(self, name: str) -> Iterator[str]:
        value = self.result.rule_state.values.get(name)
        if value is None:
            yield self.words.say("ask_of", name=self.fact(name))
        else:
            yield from self.answer(self.book.facts[name], value)

    def not_known(self) -> Iterator[Sentence]:
        """Yields what was answered 'not sure', what was not asked and could matter, what does not fit together."""
        cites = self.book.cites["summary.not_known"]
        for name in self.result.not_sure:
            text = self.words.say("not_known_fact", name=self.fact(name))
            yield Sentence(text, cites, origin=Origin("fact", name))
        waiting = dict.fromkeys(name for open_rule in self.result.could_raise for name in open_rule.needs)
        missing = tuple(self.fact(name) for name in waiting if name not in self.result.not_sure)
        if missing:
            yield Sentence(self.words.say("unsettled"), cites, missing, Origin("text", "unsettled"))
        if self.result.contradictions and self.audience == "clinician":
            names = ", ".join(self.fact(name) for name in self.result.contradictions)
            text = self.words.say("contradiction", name=names)
            yield Sentence(text, cites, origin=Origin("text", "contradiction"))

    def disagreements(self) -> Iterator[Sentence]:
        """Yields where the sources behind this result disagree; for clinicians."""
        if self.audience == "clinician":
            for conflict in self.conflicts():
                yield self.conflict(conflict)

    def conflicts(self) -> tuple[Conflict, ...]:
        """The conflicts in which a deciding rule, or an advice given, stands."""
        rules = {rule.id for rule in (*self.result.decided_by, *self.result.imaging_by)}
        return self.book.library.disagreements(rules)

    def conflict(self, conflict: Conflict) -> Sentence:
        """Both sides of a conflict and what is done here."""
        one, other = conflict.sides
        text = " ".join(
            (
                f"{conflict.about}.",
                self.words.say("one_side", text=one.says),
                self.words.say("other_side", text=other.says),
                self.words.say("resolution", text=conflict.resolution, who=conflict.decided_by),
            )
        )
        cites = dict.fromkeys((*one.cites, *other.cites, *conflict.supported_by))
        return Sentence(text, tuple(cites), origin=Origin("conflict", conflict.id))

    def reference(self, number: int, cite: str) -> Line:
        """One line of the reference list with level, strength and how it was verified, in words."""
        reference = self.book.library.reference(cite)
        label = [self.words.say(f"level_{reference.level.replace(' ', '_')}")]
        if reference.level == "project":
            return Line(number, reference, label[0])
        graded = reference.strength != NOT_GRADED
        label.append(self.words.say("strength", text=reference.strength) if graded else self.words.say("not_graded"))
        if reference.certainty != NOT_GRADED:
            label.append(self.words.say("certainty", text=reference.certainty))
        label.append(self.words.say(f"verified_{reference.verified}"))
        return Line(number, reference, "; ".join(label))
