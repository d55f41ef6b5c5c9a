"""Imaging is two things: which kind, and by when."""

from collections.abc import Mapping

import pytest

from chatbot.case import Case, PlainValue
from chatbot.packs.pack import Pack
from chatbot.recommendation.output import result as as_json
from chatbot.recommendation.recommend import recommend
from chatbot.recommendation.rulebook import SAME_DAY, imaging_within
from chatbot.recommendation.summary import summarise

FALL_AT_79: Mapping[str, PlainValue] = {
    "age_years": 79, "osteoporosis_or_fragility_fracture": "yes", "trauma": "minor", "after_fall": [],
}  # fmt: skip
SOFT: Mapping[str, PlainValue] = {"constant_pain": "yes", "trend": "worsening"}


def kinds_of(pack: Pack, well: Mapping[str, PlainValue], facts: Mapping[str, PlainValue]) -> Mapping[str, int]:
    """The kinds of imaging wanted for somebody who is well but for these facts."""
    return recommend(pack.rulebook, Case.of_facts({**well, **facts})).kinds


def test_an_x_ray_stays_wanted_when_a_worse_answer_adds_a_scan(pack: Pack, well: dict[str, PlainValue]) -> None:
    """Constant and worsening pain adds a decision on a scan; both are as soon as the level, which is today."""
    assert kinds_of(pack, well, FALL_AT_79) == {"xray": SAME_DAY}
    assert kinds_of(pack, well, {**FALL_AT_79, **SOFT}) == {"xray": SAME_DAY, "scan": SAME_DAY}


@pytest.mark.parametrize("audience", ["patient", "clinician"])
def test_the_summary_says_both_and_no_later_day(pack: Pack, well: dict[str, PlainValue], audience: str) -> None:
    """Nobody who is to be seen today reads that a scan is decided within two weeks."""
    found = recommend(pack.rulebook, Case.of_facts({**well, **FALL_AT_79, **SOFT}))
    wording = pack.wording()
    section = summarise(found, pack.rulebook, wording, audience).section("imaging")  # type: ignore[arg-type] # an audience
    assert section is not None
    texts = [sentence.text for sentence in section.sentences]
    assert texts[:2] == [wording.imaging["xray_first"][audience], wording.imaging["decision_today"][audience]]
    assert wording.imaging["decision_2_weeks"][audience] not in texts


def test_json_gains_the_kinds_and_keeps_the_rank(pack: Pack, well: dict[str, PlainValue]) -> None:
    """`imaging` is the highest rank, as ever; each kind has its time and the rules behind it."""
    line = as_json(recommend(pack.rulebook, Case.of_facts({**well, **FALL_AT_79, **SOFT})))
    assert (line["imaging"], line["imaging_level"]) == ("decision_2_weeks", 4)
    assert line["imaging_kinds"] == [
        {"kind": "xray", "within": "same_day", "at_least": 4, "at_most": 4, "rules": ["FX-2"]},
        {"kind": "scan", "within": "same_day", "at_least": 4, "at_most": 4, "rules": ["SOFT-2"]},
    ]


def test_a_case_is_not_settled_while_a_kind_of_imaging_is_open(pack: Pack, well: dict[str, PlainValue]) -> None:
    """Level and rank can no longer change, but whether an X-ray is wanted too still can."""
    known: dict[str, PlainValue] = {**well, **FALL_AT_79, **SOFT, "weight_loss_unexplained": "yes"}
    known["cancer_history"] = "active_or_metastatic"
    del known["trauma"], known["osteoporosis_or_fragility_fracture"]
    found = recommend(pack.rulebook, Case.of_facts({**known, "trauma": "none"}))
    assert found.range.level == (SAME_DAY, SAME_DAY)
    assert found.range.kinds["xray"] == (0, SAME_DAY)
    assert not found.settled
    assert "osteoporosis_or_fragility_fracture" in {name for rule in found.undecided for name in rule.needs}


def test_an_emergency_is_of_every_kind(pack: Pack, well: dict[str, PlainValue]) -> None:
    """The hospital decides which; nothing about imaging is left to ask."""
    found = recommend(pack.rulebook, Case.of_facts({**well, "saddle_sensation": "numb"}))
    assert dict(found.kinds) == {"xray": 5, "scan": 5}


@pytest.mark.parametrize("level", range(6))
def test_a_name_of_a_kind_never_promises_less_than_the_level(level: int) -> None:
    """The texts on imaging follow the level that is reached."""
    names = ("decision_2_weeks", "decision_today", "emergency")
    wanted = {4: "decision_today", 5: "emergency"}.get(level, "decision_2_weeks")
    assert imaging_within(names, level) == wanted
