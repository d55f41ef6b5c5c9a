"""A recommendation as one JSON object; `schema` 1."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from chatbot.recommendation.recommend import Recommendation
from chatbot.recommendation.rulebook import IMAGING, LEVELS, Advice, Rule, Rulebook
from chatbot.recommendation.summary import AdviceSentence, OriginKind, Section, Sentence, Summary

SCHEMA = 1
# In the order in which their works are cited; the first two stand together.
_ADVICE_KINDS = ("activity", "explanation", "medicine", "avoid", "follow_up", "safety_net")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class UndecidedOut(_Frozen):
    """An open rule that could still raise the result."""

    rule: str
    level: str
    needs: list[str]


class ReferralOut(_Frozen):
    """The referral: who to see, and how soon."""

    who: str
    within: str


class AdviceOut(_Frozen):
    """One cited sentence of advice."""

    id: str
    kind: str
    text: str
    cites: list[str]


class MedicineOut(_Frozen):
    """The state of one medicine, and the answers behind it."""

    id: str
    state: Literal["fits", "blocked", "not_known", "caution", "told"]
    because: list[str]
    text: str
    cites: list[str]


class FollowUpOut(_Frozen):
    """An appointment: when to be seen or to check again."""

    id: str
    within_days: int | None
    text: str
    cites: list[str]


class SafetyNetOut(_Frozen):
    """A warning sign to watch for."""

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


class OriginOut(_Frozen):
    """The origin of a sentence, by its kind and its id."""

    kind: OriginKind
    id: str


class SentenceOut(_Frozen):
    """One sentence of the summary, and the answers it rests on."""

    origin: OriginOut | None
    text: str
    because: list[str]
    cites: list[str]


class SectionOut(_Frozen):
    """One headed part of the summary."""

    id: str
    title: str
    sentences: list[SentenceOut]


class KindOut(_Frozen):
    """One kind of imaging: by when it is wanted, the bounds on that as levels (0: not wanted), the rules behind it."""

    kind: str
    within: str | None
    at_least: int
    at_most: int
    rules: list[str]


class Result(_Frozen):
    """The part that every recommendation states: level, imaging, bounds, and the rules behind them."""

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
    imaging_kinds: list[KindOut] = []
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
    sections: list[SectionOut] | None = None
    also_cited: list[CitationOut] | None = None
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
    recommended = recommendation
    return {
        "schema": SCHEMA,
        "id": case_id,
        "disposition": LEVELS[recommended.level],
        "level": recommended.level,
        "imaging": IMAGING[recommended.imaging],
        "imaging_level": recommended.imaging,
        "at_least": recommended.range.level[0],
        "at_most": recommended.range.level[1],
        "imaging_at_least": recommended.range.imaging[0],
        "imaging_at_most": recommended.range.imaging[1],
        "imaging_kinds": list(_kinds(recommended)),
        "settled": recommended.settled,
        "decided_by": _ids(recommended.decided_by),
        "imaging_by": _ids(recommended.imaging_by),
        "rules": _ids(recommended.rules),
        "undecided": [
            {"rule": open_rule.rule.id, "level": LEVELS[open_rule.rule.level], "needs": list(open_rule.needs)}
            for open_rule in recommended.undecided
        ],
        "not_asked": list(recommended.not_asked),
        "not_sure": list(recommended.not_sure),
        "contradictions": list(recommended.contradictions),
    }


def _kinds(recommended: Recommendation) -> Iterator[dict[str, object]]:
    """The kinds of imaging that are wanted, or still could be."""
    for kind, (low, high) in recommended.range.kinds.items():
        if high:
            by = recommended.kinds.get(kind)
            yield {
                "kind": kind,
                "within": None if by is None else LEVELS[by],
                "at_least": low,
                "at_most": high,
                "rules": _ids(recommended.kind_by(kind)),
            }


def in_words(summary: Summary, recommendation: Recommendation, rulebook: Rulebook, status: str) -> dict[str, object]:
    """Referral, advice, medicines, follow-up, safety net, sections and citations, as the summary says them."""
    advice = {kind: [each for each in summary.advice if each.offer.advice.kind == kind] for kind in _ADVICE_KINDS}
    plain = [each for each in summary.advice if each.offer.advice.kind in _ADVICE_KINDS[:2]]
    cites = _cited(summary, recommendation, [*plain, *(each for kind in _ADVICE_KINDS[2:] for each in advice[kind])])
    only_shown = (line.reference.id for line in summary.references if line.reference.id not in cites)
    return {
        "referral": {"who": who_to_see(summary), "within": summary.within.text},
        "advice": _offered(plain, _kind),
        "medicines": [_medicine(each) for each in advice["medicine"]],
        "avoid": _offered(advice["avoid"], _kind),
        "follow_up": _offered(advice["follow_up"], _days),
        "safety_net": _offered(advice["safety_net"]),
        "citations": list(_citations(rulebook, cites)),
        "sections": list(map(_section, summary.sections)),
        # Works that stand behind a section alone, so that every citation in the object resolves.
        "also_cited": list(_citations(rulebook, only_shown)),
        "audience": summary.audience,
        "language": summary.language,
        "country": summary.country,
        "status": status,
        "notice": f"{summary.notice.text} {summary.status}",
    }


def _offered(
    advice: Iterable[AdviceSentence], more: Callable[[Advice], dict[str, object]] = lambda _: {}
) -> list[dict[str, object]]:
    """Advice that may be given, each with its id, `more` of what the pack says of it, its text and works."""
    return [
        {
            "id": each.offer.advice.id,
            **more(each.offer.advice),
            "text": each.sentence.text,
            "cites": list(each.sentence.cites),
        }
        for each in advice
        if each.offer.offered
    ]


def _kind(advice: Advice) -> dict[str, object]:
    return {"kind": advice.kind}


def _days(advice: Advice) -> dict[str, object]:
    return {"within_days": advice.within_days}


def _medicine(each: AdviceSentence) -> dict[str, object]:
    offer, sentence = each.offer, each.sentence
    return {
        "id": offer.advice.id,
        "state": offer.state,
        "because": list(sentence.said),
        "text": sentence.text,
        "cites": list(sentence.cites),
    }


def _cited(summary: Summary, recommendation: Recommendation, advice: Iterable[AdviceSentence]) -> dict[str, None]:
    """The works behind the referral, the advice, the notice, and the rules that decided, in this order."""
    said = (*_referrals(summary), *(each.sentence for each in advice), summary.notice)
    wanting = (rule for kind in recommendation.kinds for rule in recommendation.kind_by(kind))
    rules = (*recommendation.decided_by, *recommendation.imaging_by, *wanting)
    return dict.fromkeys(cite for cites in (*(s.cites for s in said), *(r.cites for r in rules)) for cite in cites)


def who_to_see(summary: Summary) -> str:
    """Whom the deciding rules send to, in one paragraph; what the level says where no rule does."""
    return " ".join(sentence.text for sentence in _referrals(summary)) or summary.headline.text


def _referrals(summary: Summary) -> list[Sentence]:
    section = summary.section("what_to_do")
    if section is None:
        return []
    return [each for each in section.sentences if each.origin is not None and each.origin.kind == "rule"]


def _section(section: Section) -> dict[str, object]:
    return {"id": section.id, "title": section.title, "sentences": list(map(_sentence, section.sentences))}


def _sentence(sentence: Sentence) -> dict[str, object]:
    origin = sentence.origin
    return {
        "origin": None if origin is None else {"kind": origin.kind, "id": origin.id},
        "text": sentence.text,
        "because": list(sentence.said),
        "cites": list(sentence.cites),
    }


def _citations(rulebook: Rulebook, cites: Iterable[str]) -> Iterator[dict[str, str]]:
    for cite in cites:
        reference = rulebook.library.reference(cite)
        yield {
            "id": cite,
            "kind": reference.kind,
            "text": reference.text,
            "level": reference.level,
            "strength": reference.strength,
        }


def _ids(rules: Iterable[Rule]) -> list[str]:
    return [rule.id for rule in rules]
