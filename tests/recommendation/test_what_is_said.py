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
        pytest.param({"bladder_function": "newer_stress_leak"}, "SN-BLADDER-LEAK", "SN-BLADDER", id="a newer leak"),
        pytest.param({"bladder_function": "longstanding_stress_leak"}, "SN-BLADDER-LEAK", "SN-OLD", id="an older leak"),
        pytest.param({"bladder_function": "newer_stress_leak"}, "SN-GENITAL", "SN-OLD", id="a leak and the rest"),
        pytest.param(
            {"leg_symptom_side": "left", **LEGS, "leg_weakness": "severe"}, "SN-WALK-WEAK", "SN-WALK", id="a foot drop"
        ),
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


FELL: Mapping[str, PlainValue] = {"age_years": 40, "trauma": "minor"}


@pytest.mark.parametrize("audience", ["patient", "clinician"])
@pytest.mark.parametrize(
    ("told", "said"),
    [
        pytest.param(FELL, {"SN-HEAD", "SN-HEAD-THINNER"}, id="stopped before it was asked"),
        pytest.param({**FELL, "after_fall": ["head_injury"]}, {"SN-HEAD", "SN-HEAD-THINNER"}, id="told, then stopped"),
        pytest.param({**FELL, "after_fall": ["unknown"]}, {"SN-HEAD", "SN-HEAD-THINNER"}, id="not sure"),
        pytest.param(
            {**FELL, "after_fall": ["head_injury"], "blood_thinner": "none"}, {"SN-HEAD"}, id="no blood thinner"
        ),
        pytest.param({**FELL, "after_fall": []}, set(), id="denied"),
        pytest.param({"age_years": 40, "trauma": "none"}, set(), id="no fall"),
    ],
)
def test_who_may_have_knocked_the_head_reads_when_to_call_though_nobody_asked_further(
    pack: Pack, told: Mapping[str, PlainValue], said: set[str], audience: str
) -> None:
    """A nurse who stops early, or a patient who leaves, has the line on the head and the one on blood thinners."""
    net = lines(summary(pack, told, audience), "safety_net")
    assert net.keys() & {"SN-HEAD", "SN-HEAD-THINNER"} == said


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


def test_who_takes_an_anti_inflammatory_with_nothing_against_it_goes_on(
    pack: Pack, well: Mapping[str, PlainValue]
) -> None:
    """And adds no second one; with something against it, the pharmacist is asked before more is taken."""
    words = pack.wording().advice["M-NSAID-TAKING"]
    taking: dict[str, PlainValue] = {**well, "nsaid_risks": ["already_on_nsaid"]}
    said = lines(summary(pack, taking), "medicines")
    assert "M-NSAID" not in said
    assert said["M-NSAID-TAKING"] == pack.wording().fill(words.offered["patient"], "any")
    said = lines(summary(pack, {**taking, "nsaid_risks": ["already_on_nsaid", "ulcer_or_gi_bleed"]}), "medicines")
    assert said["M-NSAID-TAKING"] == pack.wording().fill(words.blocked["patient"], "any")
    assert "M-NSAID-TAKING" not in lines(summary(pack, well), "medicines")


def test_what_speaks_against_starting_an_anti_inflammatory_speaks_against_going_on(pack: Pack) -> None:
    """The two lists are one, but for the answer that one is taken already."""
    advice = {item.id: item for item in pack.rulebook.advice}
    assert advice["M-NSAID-TAKING"].blocked_if == advice["M-NSAID"].blocked_if
    assert advice["M-NSAID-TAKING"].caution_if == advice["M-NSAID"].caution_if
    assert advice["M-ON-THE-WAY"].blocked_if == advice["M-ACETAMINOPHEN"].blocked_if


@pytest.mark.parametrize("country", ["any", "gb", "us"])
def test_opioids_are_as_the_guidance_of_the_country_has_them(
    pack: Pack, well: Mapping[str, PlainValue], country: str
) -> None:
    """A weak one may be asked about in GB when an anti-inflammatory is not to be had; never where one may not be."""
    new = {**well, "nsaid_risks": ["ulcer_or_gi_bleed"], "onset_days": 9}
    long: dict[str, PlainValue] = {**new, "onset_days": 400, "age_at_first_back_pain": 50, "interview_mode": "nurse"}

    def opioids(facts: Mapping[str, PlainValue]) -> set[str]:
        return {name for name in lines(summary(pack, facts, "patient", country), "medicines") if "OPIOID" in name}

    gb = country == "gb"
    assert opioids(new) == ({"M-OPIOID-GB", "M-WEAK-OPIOID-GB"} if gb else {"M-OPIOID"})
    assert opioids({**new, "nsaid_risks": []}) == ({"M-OPIOID-GB"} if gb else {"M-OPIOID"})
    assert opioids(long) == ({"M-OPIOID-LONG-US"} if country == "us" else {"M-OPIOID-LONG"})


def test_who_is_sent_today_with_a_possible_fracture_reads_what_may_be_taken_on_the_way(
    pack: Pack, well: Mapping[str, PlainValue]
) -> None:
    """Unless an answer is against it."""
    fall: dict[str, PlainValue] = {**well, "age_years": 79, "trauma": "minor", "known_aaa_or_risk": []}
    fall["osteoporosis_or_fragility_fracture"] = "yes"
    words = pack.wording()
    said = lines(summary(pack, fall), "medicines")
    assert said["M-ON-THE-WAY"].startswith("For the pain on the way")
    assert {"M-KEEP", "M-NONSAID-URGENT"} <= said.keys()
    refused = lines(summary(pack, {**fall, "acetaminophen_risks": ["allergy"]}), "medicines")["M-ON-THE-WAY"]
    assert (
        refused
        == words.fill(words.advice["M-ON-THE-WAY"].blocked["patient"], "any").capitalize()[:1]
        + words.fill(words.advice["M-ON-THE-WAY"].blocked["patient"], "any")[1:]
    )
    assert "M-ON-THE-WAY" not in lines(summary(pack, {**well, "fever_chills": "yes"}), "medicines")


def test_nobody_sent_on_for_a_serious_cause_reads_what_holds_for_ordinary_pain(
    pack: Pack, well: Mapping[str, PlainValue]
) -> None:
    """Neither that surgery seldom helps, nor that opioids are not for this pain."""
    facts: dict[str, PlainValue] = {**well, "cancer_history": "past", "onset_days": 200, "age_at_first_back_pain": 50}
    said = lines(summary(pack, facts, "clinician"), "medicines")
    assert not said.keys() & {"X-SURGERY", "M-STEROID", "M-INJECTION", "M-OPIOID", "M-OPIOID-LONG"}
