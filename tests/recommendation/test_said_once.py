"""A summary says each thing once, and nothing that is not about this person."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from chatbot.case import Span
from chatbot.packs.pack import Pack
from chatbot.recommendation.recommend import Recommendation, what_would_change
from chatbot.recommendation.rulebook import LEVELS, SAME_DAY, URGENT, Rule
from chatbot.recommendation.said_once import by_the_surest, said_once, without_repeats
from chatbot.recommendation.summary import Summary
from tests.support.many_people import read_by_many

Summaries = list[tuple[Recommendation, Summary]]

SENTENCE = re.compile(r"(?<=[.?!])\s+")
# That somebody is to be seen now: the head of the summary says so, and no line says it again.
SEEN_TODAY = re.compile(
    r"\b(?:seen|checked|looked at|check|visit|help)\b[^.;:]*\b(?:today|the same day)\b", re.IGNORECASE
)
# What is done about something that has not happened.
ON_CONDITION = re.compile(r"\bif\b", re.IGNORECASE)
NOT_COMPLETE = re.compile(r"not complete|incomplete", re.IGNORECASE)
BODY = ("why", "what_to_do", "follow_up")


@pytest.fixture(scope="module")
def summaries(pack: Pack) -> Summaries:
    """What many people read."""
    return read_by_many(pack)


def orders(summary: Summary) -> Iterator[str]:
    """The single sentences of a patient's summary that say why and what to do; not what is done on a condition."""
    for section in (part for part in summary.sections if part.id in BODY):
        for sentence in section.sentences:
            yield from (each for each in SENTENCE.split(sentence.text) if not ON_CONDITION.search(each))


def test_no_sentence_is_said_twice(summaries: Summaries) -> None:
    """Not even as part of another; a line of the safety net may end as another does, since each has its own sign."""
    faults: set[str] = set()
    for _, summary in summaries:
        parts = [section for section in summary.sections if section.id not in ("safety_net", "disagreements")]
        texts = [sentence.text for section in parts for sentence in section.sentences]
        said = Counter(each for text in texts for each in SENTENCE.split(text))
        faults |= {f"{summary.audience}, {summary.level}: {each}" for each, times in said.items() if times > 1}
    assert not faults, "\n".join(sorted(faults))


def test_that_somebody_is_to_be_seen_today_stands_at_the_head_alone(summaries: Summaries) -> None:
    """Whom to see is one line, and no reason says when once more."""
    faults = {
        f"{summary.level}: {each}"
        for _, summary in summaries
        if summary.audience == "patient"
        for each in orders(summary)
        if SEEN_TODAY.search(each)
    }
    assert not faults, "\n".join(sorted(faults))


def test_that_the_check_is_not_complete_is_said_once(summaries: Summaries) -> None:
    """Under what to do, where it is to be passed on."""
    told = 0
    for _, summary in summaries:
        if summary.audience == "patient":
            texts = [sentence.text for section in summary.sections for sentence in section.sentences]
            times = sum(len(NOT_COMPLETE.findall(text)) for text in texts)
            assert times <= 1, [text for text in texts if NOT_COMPLETE.search(text)]
            told += times
    assert told > 10


def test_nothing_unanswered_raises_an_emergency(summaries: Summaries) -> None:
    """What was not answered is named only where an answer to it could change something."""
    named = emergencies = 0
    for result, summary in summaries:
        section = summary.section("not_known")
        keys = {each.origin.id for each in section.sentences if each.origin} if section else set()
        emergencies += LEVELS[result.level] == "emergency_now"
        named += "unsettled" in keys
        if LEVELS[result.level] == "emergency_now":
            assert "unsettled" not in keys
    assert named > 100
    assert emergencies > 100


def test_the_safety_net_of_an_emergency_does_not_call_for_help_again(summaries: Summaries) -> None:
    """It says what getting worse would be, and what to do on the way."""
    for result, summary in summaries:
        net = summary.section("safety_net")
        assert net is not None
        lines = {each.origin.id for each in net.sentences if each.origin}
        assert ("SN-NOW" in lines) == (LEVELS[result.level] == "emergency_now")
        if LEVELS[result.level] == "emergency_now":
            assert not lines & {"SN-COLD-LEG", "SN-LEGS"} or any(each.said for each in net.sentences)


def test_what_nobody_can_change_is_never_what_would_change_the_advice(pack: Pack, summaries: Summaries) -> None:
    """An age that is known, for one; an age that is not known is."""
    fixed = {name for name, fact in pack.rulebook.facts.items() if fact.fixed}
    assert fixed == {"age_years", "sex_at_birth", "age_at_first_back_pain"}
    not_known = 0
    for result, _ in summaries[::60]:
        named = fixed & {change.fact for change in what_would_change(pack.rulebook, result)}
        assert not {name for name in named if isinstance(result.rule_state.values.get(name), Span)}
        not_known += bool(named)
    assert not_known


FOR_ADULTS = re.compile(r"\bsex\b(?! at birth)|gabapentin|codeine|keep working|\bat work\b", re.IGNORECASE)


def test_nothing_for_adults_stands_in_the_summary_of_a_child(summaries: Summaries) -> None:
    """No word on sex or work, nor on medicines that no child is given."""
    children = 0
    for result, summary in summaries:
        age = result.rule_state.values.get("age_years")
        if isinstance(age, Span) and age.high < 16 and summary.audience == "patient":
            children += 1
            texts = [text for each in summary.sentences for text in (each.text, *each.said)]
            assert not [text for text in texts if FOR_ADULTS.search(text)]
    assert children > 10


ORDINARY = {"T-ACT", "T-EDU", "T-MULTI", "T-OLD", "X-COURSE", "FU-PLAN"}


def test_who_is_sent_on_for_a_cause_not_yet_known_reads_nothing_for_ordinary_pain(summaries: Summaries) -> None:
    """A bone that may be broken is not told to keep working."""
    bones = 0
    for result, _ in summaries:
        offered = {offer.advice.id for offer in result.offers if offer.offered}
        if result.level == URGENT and "T-BONE" in offered:
            bones += 1
            assert not offered & ORDINARY
        if result.level >= SAME_DAY:
            assert not offered & {*ORDINARY, "T-BONE", "T-GENTLE"}
    assert bones > 20


DENIED = re.compile(r"would not help you now|Defer one to two months")
# Inflamed joints of the spine, too, are looked for with an X-ray (NG65).
BONE = re.compile(r"^(?:FX|FALL|KNO-1|AX-1)")


def test_no_x_ray_is_denied_beside_a_reason_for_one(summaries: Summaries) -> None:
    """Such as age, thin bones or a fall."""
    beside = 0
    for result, summary in summaries:
        reasons = {rule.id for rule in result.rules if BONE.match(rule.id)}
        texts = [each.sentence.text for each in summary.advice]
        if reasons:
            beside += any(each.offer.advice.id == "X-XRAY-MAYBE" for each in summary.advice)
            assert not [text for text in texts if "would not help you now" in text or "Defer one to two" in text], (
                reasons
            )
    assert beside > 10


@pytest.fixture
def rules(pack: Pack) -> tuple[Rule, Rule, Rule]:
    """Three rules, of which only the name counts here."""
    one, two, three, *_ = pack.rulebook.rules
    return one, two, three


def test_a_sentence_of_two_texts_stands_in_the_first_for_both_rules(rules: tuple[Rule, Rule, Rule]) -> None:
    one, two, three = rules
    told = [("Go there. Ask for this.", one), ("Go there. Ask for that.", two), ("Go there.", three)]
    assert said_once(told) == [("Go there. Ask for this.", [one, two, three]), ("Ask for that.", [two])]


def test_the_surest_order_stands_alone_and_first(rules: tuple[Rule, Rule, Rule]) -> None:
    """Whoever is to wait for an ambulance is not told to go to a hospital as well."""
    one, two, three = rules
    told = [("Go. Tell them.", one), ("Call. Lie still.", two), ("Go.", three)]
    assert by_the_surest(told, "Go.", "Call.") == [("Call. Lie still.", two), ("Call.", three), ("Tell them.", one)]
    assert by_the_surest(told[:1], "Go.", "Call.") == told[:1]


def test_a_reason_leaves_out_what_one_before_it_says_unless_nothing_would_be_left() -> None:
    assert without_repeats(["This. And that.", "Other. And that.", "This."]) == ["This. And that.", "Other.", "This."]


AMBULANCE = re.compile(r"^Call .* now and ask for an ambulance\.")
GO_THERE = re.compile(r"^Call .* or go to .* now\.|^Do not drive yourself")


def test_who_is_to_call_an_ambulance_is_not_told_to_go_there(summaries: Summaries) -> None:
    by_ambulance = 0
    for _, summary in summaries:
        section = summary.section("what_to_do")
        texts = [sentence.text for sentence in section.sentences] if section else []
        if summary.audience == "patient" and any(AMBULANCE.search(text) for text in texts):
            by_ambulance += 1
            assert AMBULANCE.search(texts[0])
            assert not [text for text in texts if GO_THERE.search(text)]
    assert by_ambulance > 20
