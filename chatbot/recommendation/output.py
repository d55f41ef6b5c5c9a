"""A recommendation as one JSON object; `schema` 1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from chatbot.recommendation.recommend import Offer, Recommendation
from chatbot.recommendation.rulebook import IMAGING, LEVELS, Audience, Rule, Rulebook
from chatbot.recommendation.summary import Sentence, View
from chatbot.wording import Wording

SCHEMA = 1


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class UndecidedOut(_Frozen):
    """An open rule that could still raise the result."""

    rule: str
    level: str
    needs: list[str]


class ReferralOut(_Frozen):
    """Who to see, and how soon."""

    who: str
    within: str


class AdviceOut(_Frozen):
    """One cited sentence of advice."""

    id: str
    kind: str
    text: str
    cites: list[str]


class MedicineOut(_Frozen):
    """How one medicine stands, and the answers behind it."""

    id: str
    state: Literal["fits", "blocked", "not_known", "caution"]
    because: list[str]
    text: str
    cites: list[str]


class FollowUpOut(_Frozen):
    """When to be seen or to check again."""

    id: str
    within_days: int | None
    text: str
    cites: list[str]


class SafetyNetOut(_Frozen):
    """What to watch for."""

    id: str
    text: str
    cites: list[str]


class CitationOut(_Frozen):
    """One reference with its level and strength."""

    id: str
    kind: str
    text: str
    level: str
    strength: str


class Result(_Frozen):
    """What every recommendation states: level, imaging, bounds, and the rules behind them."""

    schema_: int = Field(default=SCHEMA, alias="schema")
    id: str | int | None = None
    disposition: str
    level: int
    imaging: str
    imaging_level: int
    at_least: int
    at_most: int
    imaging_at_least: int
    imaging_at_most: int
    settled: bool
    decided_by: list[str]
    imaging_by: list[str]
    rules: list[str]
    undecided: list[UndecidedOut]
    not_asked: list[str]
    not_sure: list[str]
    contradictions: list[str]
    referral: ReferralOut | None = None
    advice: list[AdviceOut] | None = None
    medicines: list[MedicineOut] | None = None
    avoid: list[AdviceOut] | None = None
    follow_up: list[FollowUpOut] | None = None
    safety_net: list[SafetyNetOut] | None = None
    citations: list[CitationOut] | None = None
    audience: str | None = None
    language: str | None = None
    country: str | None = None
    status: str | None = None
    notice: str | None = None
    pack: str | None = None
    version: str | None = None
    digest: str | None = None
    asked: list[str] | None = None
    questions_asked: int | None = None
    ended: str | None = None
    unanswered: list[str] | None = None


def result(recommendation: Recommendation, case_id: object = None) -> dict[str, object]:
    """Level, imaging, bounds and rules: the part of the output that needs no words."""
    found = recommendation
    return {
        "schema": SCHEMA,
        "id": case_id,
        "disposition": LEVELS[found.level],
        "level": found.level,
        "imaging": IMAGING[found.imaging],
        "imaging_level": found.imaging,
        "at_least": found.range.level[0],
        "at_most": found.range.level[1],
        "imaging_at_least": found.range.imaging[0],
        "imaging_at_most": found.range.imaging[1],
        "settled": found.settled,
        "decided_by": _ids(found.decided_by),
        "imaging_by": _ids(found.imaging_by),
        "rules": _ids(found.rules),
        "undecided": [
            {"rule": open_rule.rule.id, "level": LEVELS[open_rule.rule.level], "needs": list(open_rule.needs)}
            for open_rule in found.undecided
        ],
        "not_asked": list(found.not_asked),
        "not_sure": list(found.not_sure),
        "contradictions": list(found.contradictions),
    }


def in_words(
    recommendation: Recommendation, rulebook: Rulebook, wording: Wording, audience: Audience, status: str
) -> dict[str, object]:
    """Referral, advice, medicines, follow-up, safety net and citations, for one audience."""
    view = View(recommendation, rulebook, wording, audience)
    said: list[Sentence] = []
    notice = view.frame("notice", "summary.notice")

    def of(*kinds: str) -> Iterator[tuple[Offer, Sentence]]:
        for offer in recommendation.offers:
            sentence = view.advice(offer) if offer.advice.kind in kinds and view.is_for_me(offer) else None
            if sentence is not None:
                said.append(sentence)
                yield offer, sentence

    def plainly(*kinds: str) -> list[dict[str, object]]:
        return [
            {"id": offer.advice.id, "kind": offer.advice.kind, "text": sentence.text, "cites": list(sentence.cites)}
            for offer, sentence in of(*kinds)
            if offer.offered
        ]

    words: dict[str, object] = {
        "referral": _referral(view, said),
        "advice": plainly("activity", "explanation"),
        "medicines": [
            {"id": o.advice.id, "state": o.state, "because": list(s.said), "text": s.text, "cites": list(s.cites)}
            for o, s in of("medicine")
        ],
        "avoid": plainly("avoid"),
        "follow_up": [
            {"id": o.advice.id, "within_days": o.advice.within_days, "text": s.text, "cites": list(s.cites)}
            for o, s in of("follow_up")
            if o.offered
        ],
        "safety_net": [
            {"id": o.advice.id, "text": s.text, "cites": list(s.cites)} for o, s in of("safety_net") if o.offered
        ],
    }
    said.append(notice)
    said += [Sentence("", rule.cites) for rule in (*recommendation.decided_by, *recommendation.imaging_by)]
    return {
        **words,
        "citations": list(_citations(rulebook, said)),
        "audience": audience,
        "language": wording.language,
        "country": recommendation.case.country,
        "status": status,
        "notice": f"{notice.text} {wording.say(f'status_{status}')}",
    }


def _referral(view: View, said: list[Sentence]) -> dict[str, str]:
    sentences = [sentence for sentence in view.what_to_do() if sentence.id in view.words.rules]
    said += sentences
    who = " ".join(sentence.text for sentence in sentences) or view.level("title").text
    return {"who": who, "within": view.level("within").text}


def _citations(rulebook: Rulebook, said: list[Sentence]) -> Iterator[dict[str, str]]:
    for cite in dict.fromkeys(cite for sentence in said for cite in sentence.cites):
        found = rulebook.library.reference(cite)
        yield {
            "id": cite,
            "kind": found.kind,
            "text": found.text,
            "level": found.level,
            "strength": found.strength,
        }


def _ids(rules: Iterable[Rule]) -> list[str]:
    return [rule.id for rule in rules]
