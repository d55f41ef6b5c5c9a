"""What a summary says beside its level: no sign as news that was told, and nothing that the level contradicts."""

from collections.abc import Mapping

import pytest

from chatbot.case import Case, PlainValue
from chatbot.packs.pack import Pack
from chatbot.recommendation.recommend import recommend
from chatbot.recommendation.summary import Summary, summarise


def summary(pack: Pack, facts: Mapping[str, PlainValue], audience: str = "patient", country: str = "any") -> Summary:
    """The summary for these facts."""
    found = recommend(pack.rulebook, Case.of_facts(facts, country))
    return summarise(found, pack.rulebook, pack.wording(), audience)  # type: ignore[arg-type] # an audience


def lines(found: Summary, section: str) -> dict[str, str]:
    """The lines of a section by the id of their advice."""
    part = found.section(section)
    sentences = part.sentences if part else ()
    return {each.origin.id: each.text for each in sentences if each.origin and each.origin.kind == "advice"}


LEGS: Mapping[str, PlainValue] = {
    "leg_symptom_extent": "below_knee", "leg_sensory_change": "tingling", "leg_weakness": "none",
}  # fmt: skip


@pytest.mark.parametrize(
    ("told", "said", "left_out"),
    [
        pytest.param({"saddle_sensation": "longstanding_unchanged"}, "SN-OLD", "SN-SADDLE", id="an old numb patch"),
        pytest.param({"bladder_function": "longstanding_unchanged"}, "SN-OLD", "SN-BLADDER", id="an old bladder"),
        pytest.param({"leg_symptom_side": "left", **LEGS}, "SN-LEGS-OTHER", "SN-LEGS", id="one leg"),
        pytest.param({"leg_symptom_side": "both", **LEGS}, "SN-LEGS-BOTH", "SN-LEGS", id="both legs, steady"),
        pytest.param({"onset_mode": "sudden_severe"}, "SN-SUDDEN-AGAIN", "SN-SUDDEN", id="a sudden pain"),
        pytest.param({"infection_risk": ["diabetes"]}, "SN-FEVER-RISK", "SN-FEVER", id="a risk of infection"),
        pytest.param({"blood_thinner": "anticoagulant"}, "SN-FALL", "SN-BLEED-UNSURE", id="a blood thinner"),
    ],
)
def test_who_told_something_reads_the_line_about_it(
    pack: Pack, well: Mapping[str, PlainValue], told: Mapping[str, PlainValue], said: str, left_out: str
) -> None:
    """Not the same sign as if it were news."""
    course = {"neuro_course": "stable_over_14d"} if "leg_symptom_side" in told else {}
    net = lines(summary(pack, {**well, **told, **course, "longstanding_checked": "yes"}), "safety_net")
    assert said in net
    assert left_out not in net


def test_the_safety_net_is_whole_though_nothing_was_asked(pack: Pack) -> None:
    """Somebody who stops at the first question reads the signs of pressure on nerves all the same."""
    net = lines(summary(pack, {"age_years": 40}), "safety_net")
    assert {"SN-SADDLE", "SN-BLADDER", "SN-BOWEL", "SN-LEGS", "SN-CHEST", "SN-SEPSIS"} <= net.keys()


def test_who_is_an_emergency_by_a_sign_reads_what_getting_worse_would_be(
    pack: Pack, well: Mapping[str, PlainValue]
) -> None:
    """In the words kept for it, to patients and clinicians."""
    words = pack.wording().advice["SN-SADDLE"].worse
    facts: dict[str, PlainValue] = {**well, "saddle_sensation": "numb", "cauda_symptom_timing": "new_or_worsening"}
    for audience in ("patient", "clinician"):
        assert lines(summary(pack, facts, audience), "safety_net")["SN-SADDLE"] == words[audience]  # type: ignore[index] # an audience
