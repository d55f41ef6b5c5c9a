"""One case, one time limit; times in people's words; nothing said of a scan or a length of time that is not so."""

import re
from collections.abc import Mapping

import pytest

from chatbot.case import Case, PlainValue, Span
from chatbot.packs.pack import Pack
from chatbot.recommendation.recommend import Recommendation, recommend
from chatbot.recommendation.rulebook import LEVELS
from chatbot.recommendation.summary import Summary, summarise
from chatbot.recommendation.value_text import in_words
from tests.support.many_people import read_by_many

CHRONIC_DAYS = 84

# "within 2 weeks", "in the next 2 working days", "within 24 h": a number, or a word for it, and a unit.
WITHIN = re.compile(
    r"\b(?:within|in the next|in) (?:the next )?(\d+|a few) ?(working day|day|week|month|h|hour)s?\b", re.IGNORECASE
)
TODAY = re.compile(r"\b(?:today|same[- ]day)\b", re.IGNORECASE)
# What is done about something that has not happened yet: "Go the same day if there is any danger sign."
IF_NEW = re.compile(r"\bif\b[^.;]*\b(?:today|same day)\b|\b(?:today|same day)\b[^.;]*\b(?:if\b|at 38 C)", re.IGNORECASE)
# Times that a hospital has, and how long ago somebody was seen.
NO_DEADLINE = re.compile(r"MRI (?:decision, target )?within \d+ h|contact for this pain within 30 days", re.IGNORECASE)


def deadlines(text: str) -> set[str]:
    """The time limits in a text: "2 weeks", "2 working day", "today"."""
    plain = NO_DEADLINE.sub("", text)
    found = {f"{number.lower()} {unit.lower()}" for number, unit in WITHIN.findall(plain)}
    return found | ({"today"} if TODAY.search(IF_NEW.sub("", plain)) else set())


@pytest.fixture(scope="module")
def summaries(pack: Pack) -> list[tuple[Recommendation, Summary]]:
    """What many people read."""
    return read_by_many(pack)


def test_a_time_limit_is_told_apart_from_a_length_of_time() -> None:
    assert deadlines("Speak to a GP within 2 working days. Be seen within 2 weeks.") == {"2 working day", "2 week"}
    assert deadlines("Check yourself again in 2 weeks.") == {"2 week"}
    assert deadlines("Be seen today by a GP, or the same day.") == {"today"}
    assert deadlines("Imaging decision today; MRI within 24 h if the spine is still suspected") == {"today"}
    assert deadlines("Your pain has lasted over 12 weeks.") == set()
    assert deadlines("Be seen within 2 weeks. Go the same day if there is any danger sign.") == {"2 week"}


def test_no_summary_has_two_time_limits(summaries: list[tuple[Recommendation, Summary]]) -> None:
    """What it says to do and what comes next promises nothing that the level does not."""
    faults: set[str] = set()
    for result, summary in summaries:
        allowed = deadlines(summary.within.text)
        if LEVELS[result.level] in ("same_day", "emergency_now"):
            allowed |= {"today", "a few hour"}
        for name in ("what_to_do", "follow_up"):
            section = summary.section(name)
            for sentence in section.sentences if section else ():
                other = deadlines(sentence.text) - allowed
                if other:
                    faults.add(f"{summary.level} {allowed}: {other} in {sentence.origin}: {sentence.text}")
    assert not faults, "\n".join(sorted(faults))


SUDDEN: Mapping[str, PlainValue] = {"age_years": 72, "onset_mode": "sudden", "strain_pattern": "strain_and_eases"}


@pytest.mark.parametrize(
    ("told", "level", "limit"),
    [
        pytest.param({**SUDDEN, "pain_severity_nprs": 4}, "urgent_2_weeks", {"2 working day", "2 week"}, id="a bone"),
        pytest.param({**SUDDEN, "pain_severity_nprs": 7}, "urgent_2_weeks", {"2 day"}, id="a bone, very bad"),
        pytest.param({**SUDDEN, "pain_severity_nprs": None}, "urgent_2_weeks", {"2 day"}, id="a bone, no score"),
        pytest.param({"urinary_symptoms": "burning_or_frequency"}, "primary_care", {"a few day"}, id="burning"),
        pytest.param({"age_years": 65}, "primary_care", {"1 week"}, id="65"),
        pytest.param({"pain_severity_nprs": 8}, "primary_care", {"1 week"}, id="very bad"),
        pytest.param(
            {"onset_days": 10, "trend": "worsening", "pain_severity_nprs": 7},
            "primary_care",
            {"1 week"},
            id="7 and growing",
        ),
        pytest.param(
            {"onset_days": 10, "trend": "worsening", "pain_severity_nprs": 4}, "primary_care", {"2 week"}, id="growing"
        ),
    ],
)
def test_the_head_says_the_sooner_time(
    pack: Pack, well: Mapping[str, PlainValue], told: Mapping[str, PlainValue], level: str, limit: set[str]
) -> None:
    """Where a rule sends sooner than its level does, the one time limit is the rule's."""
    facts = {name: value for name, value in {**well, **told}.items() if value is not None}
    result = recommend(pack.rulebook, Case.of_facts(facts))
    summary = summarise(result, pack.rulebook, pack.wording(), "patient")
    assert (summary.level, deadlines(summary.within.text)) == (level, limit)


def test_sudden_very_bad_pain_is_seen_within_hours(pack: Pack, well: Mapping[str, PlainValue]) -> None:
    """That is sooner than the level's own "today"."""
    facts = {**well, "age_years": 48, "onset_mode": "sudden_severe", "strain_pattern": "moves"}
    result = recommend(pack.rulebook, Case.of_facts(facts))
    summary = summarise(result, pack.rulebook, pack.wording(), "patient")
    assert (summary.level, summary.within.text) == ("same_day", "Within the next few hours")


def test_a_time_is_said_as_people_say_it(summaries: list[tuple[Recommendation, Summary]]) -> None:
    """No summary counts more than a month in days, nor more than half a year in weeks."""
    for _, summary in summaries:
        said = [text for sentence in summary.sentences for text in (sentence.text, *sentence.said)]
        days = [int(number) for text in said for number in re.findall(r"\b(\d+) days\b", text)]
        weeks = [int(number) for text in said for number in re.findall(r"\b(\d+) weeks\b", text)]
        assert max(days, default=0) <= 31
        assert max(weeks, default=0) <= 26


@pytest.mark.parametrize(("days", "said"), [(1, "1 day"), (9, "9 days"), (42, "6 weeks"), (1095, "about 3 years")])
def test_how_long_it_has_lasted_is_said_in_words(pack: Pack, days: int, said: str) -> None:
    """In the words in which it is said back where it is asked."""
    fact = pack.rulebook.facts["onset_days"]
    texts = in_words(pack.wording(), fact, Span(days, days), "patient")
    assert texts == (f"how long this spell has lasted: {said}",)


CHRONIC_WORDS = re.compile(r"\bchronic|over 12 weeks|lasting back pain", re.IGNORECASE)
ACUTE_WORDS = re.compile(
    r"first 4 weeks|weeks 0 to 4|day 2 and (?:on )?day 7|not eased by six weeks|about a month|first month",
    re.IGNORECASE,
)


def test_words_on_lasting_pain_stand_with_lasting_pain_and_words_on_new_pain_below(
    summaries: list[tuple[Recommendation, Summary]],
) -> None:
    """From 12 weeks; words on lasting pain never where it is not known how long it has been."""
    faults: set[str] = set()
    for result, summary in summaries:
        span = result.rule_state.values.get("onset_days")
        low, high = (span.low, span.high) if isinstance(span, Span) else (0, 0)
        names = ("what_to_do", "imaging", "medicines", "follow_up")
        sections = [section for section in summary.sections if section.id in names]
        for sentence in (each for section in sections for each in section.sentences):
            if sentence.origin and sentence.origin.kind in ("advice", "imaging"):
                if high <= CHRONIC_DAYS and CHRONIC_WORDS.search(sentence.text):
                    faults.add(f"up to {high} days: {sentence.text}")
                if low > CHRONIC_DAYS and ACUTE_WORDS.search(sentence.text):
                    faults.add(f"from {low} days: {sentence.text}")
    assert not faults, "\n".join(sorted(faults))


NO_SCAN = re.compile(
    r"would not help you now|calls for a scan of the back now|No imaging criterion|can usually wait|left (?:until|out)"
    r"|Imaging deferred|do not point to a scan",
    re.IGNORECASE,
)


def test_no_x_ray_or_scan_is_denied_where_one_is_wanted(summaries: list[tuple[Recommendation, Summary]]) -> None:
    """Of any kind; and at same day or emergency nobody reads that none is needed."""
    wanted = denied = 0
    for result, summary in summaries:
        texts = [sentence.text for sentence in summary.sentences] + [each.sentence.text for each in summary.advice]
        has_denial = any(NO_SCAN.search(text) for text in texts)
        denied += has_denial
        if result.kinds or LEVELS[result.level] in ("same_day", "emergency_now"):
            wanted += 1
            assert not has_denial, [text for text in texts if NO_SCAN.search(text)]
    assert wanted > 100
    assert denied > 100


def test_nothing_is_said_twice(summaries: list[tuple[Recommendation, Summary]]) -> None:
    """No two sentences of one summary are the same, but the time limit at its head and under what to do."""
    for _, summary in summaries:
        texts = [sentence.text for section in summary.sections for sentence in section.sentences]
        assert len(texts) == len(set(texts)), sorted(text for text in texts if texts.count(text) > 1)
