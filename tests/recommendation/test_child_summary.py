"""What stands in the summary of somebody under 16: what belongs to children, at the level their rules have for it."""

from collections.abc import Mapping

import pytest

from chatbot.case import Case, PlainValue
from chatbot.packs.pack import Pack
from chatbot.recommendation.recommend import recommend
from chatbot.recommendation.rulebook import LEVELS
from chatbot.recommendation.summary import Summary, summarise

CALM: Mapping[str, PlainValue] = {"age_years": 13, "sex_at_birth": "male", "child_signs": []}
BOTH = {"SN-CHILD", "SN-CHILD-TODAY"}
# What is for today in an adult, or is asked of adults only.
ADULT_LINES = {"SN-FEVER", "SN-FEVER-RISK", "SN-WEAK", "SN-WEAK-OLD", "SN-GROWING", "SN-GROWING-50"}


def of_a_child(pack: Pack, well: Mapping[str, PlainValue], told: Mapping[str, PlainValue]) -> Summary:
    """What a child with these answers, or whoever is with them, reads."""
    block = {fact for question in pack.dialog.questions.values() if question.block for fact in question.facts}
    asked = {name: value for name, value in well.items() if name in block}
    result = recommend(pack.rulebook, Case.of_facts({**asked, **CALM, **told}))
    return summarise(result, pack.rulebook, pack.wording(), "patient")


def net(summary: Summary) -> set[str]:
    """The lines of the safety net by their id."""
    section = summary.section("safety_net")
    return {sentence.origin.id for sentence in section.sentences if sentence.origin} if section else set()


@pytest.mark.parametrize(
    ("told", "level", "lines"),
    [
        pytest.param({}, "urgent_2_weeks", BOTH, id="calm"),
        pytest.param({"gait_change": "longstanding_unchanged"}, "urgent_2_weeks", BOTH, id="old gait"),
        pytest.param({"child_signs": ["curved_or_stiff"]}, "same_day", {"SN-CHILD"}, id="today"),
        pytest.param({"fever_chills": "yes"}, "emergency_now", set(), id="now"),
    ],
)
def test_what_is_an_emergency_in_a_child_is_one_in_the_safety_net(
    pack: Pack, well: Mapping[str, PlainValue], told: Mapping[str, PlainValue], level: str, lines: set[str]
) -> None:
    """A fever or a weak leg in a child is not for "the same day", as it is in an adult."""
    found = of_a_child(pack, well, told)
    assert found.level == level
    assert net(found) & BOTH == lines
    assert not net(found) & ADULT_LINES


def test_what_the_lines_for_children_warn_of_sends_where_they_say(pack: Pack, well: Mapping[str, PlainValue]) -> None:
    """A fever sends to hospital, pain that wakes the child is for today."""
    advice = {item.id: LEVELS[item.sends_to] for item in pack.rulebook.advice}
    told: list[tuple[str, Mapping[str, PlainValue]]] = [
        ("SN-CHILD", {"child_signs": ["wont_walk"]}),
        ("SN-CHILD", {"fever_chills": "yes"}),
        ("SN-CHILD-TODAY", {"child_signs": ["wakes_at_night"]}),
    ]
    for line, facts in told:
        assert of_a_child(pack, well, facts).level == advice[line]
