"""What a recommendation says of particular people: reasons, advice, medicines, bounds, what would change it."""

from collections.abc import Mapping

import pytest

from chatbot.case import Case, PlainValue
from chatbot.errors import InputError
from chatbot.packs.check_cases import check_cases
from chatbot.packs.pack import Pack
from chatbot.recommendation.recommend import Recommendation, recommend, what_would_change
from chatbot.recommendation.rulebook import EMERGENCY, LEVELS


def of(pack: Pack, facts: Mapping[str, PlainValue], country: str = "any") -> Recommendation:
    """The recommendation for these facts."""
    return recommend(pack.rulebook, Case.of_facts(facts, country))


def fired(result: Recommendation) -> set[str]:
    """The rules that fired."""
    return {rule.id for rule in result.rules}


def state(result: Recommendation, advice: str) -> tuple[str, tuple[str, ...]]:
    """How one advice stands, and the facts behind it."""
    return next((offer.state, offer.facts) for offer in result.offers if offer.advice.id == advice)


def test_the_packs_own_cases_all_come_out(pack: Pack) -> None:
    """The 29 cases, the reviewed patients, and at least one pair for each rule."""
    assert check_cases(pack.cases, pack.rulebook) == ()
    assert sum(case.name.startswith("CASE-") for case in pack.cases) == 29
    paired = {case.name.removesuffix(" fires") for case in pack.cases if case.name.endswith(" fires")}
    assert paired == {rule.id for rule in pack.rulebook.rules}
    reviewed = [case for case in pack.cases if case.name[0] in "DKNO" and case.name[1:3].isdigit()]
    assert len(reviewed) >= 140


def test_a_fact_never_given_is_open_and_closes_to_the_urgent_side(pack: Pack) -> None:
    """A numb saddle with nothing else known is an emergency; the bounds say how far it could still move."""
    result = of(pack, {"age_years": 40, "saddle_sensation": "numb"})

    assert [rule.id for rule in result.decided_by] == ["CES-1"]
    assert (result.range.level, result.range.imaging) == ((4, 5), (5, 6))
    assert not result.settled
    assert "cauda_symptom_timing" in result.not_asked
    assert result.undecided == ()


def test_no_cauda_equina_answer_ever_ends_at_two_weeks(pack: Pack, well: Mapping[str, PlainValue]) -> None:
    """Whatever its timing, a cauda equina feature is today or now."""
    for name in ("saddle_sensation", "bladder_function", "bowel_function"):
        fact = pack.rulebook.facts[name]
        for value in fact.values:
            if fact.rank(value) >= fact.rank("unknown"):
                for timing in ("over_14d_stable", "unknown", "new_or_worsening"):
                    facts = {**well, name: value, "cauda_symptom_timing": timing, "longstanding_checked": "yes"}
                    assert of(pack, facts).level >= 4, (name, value, timing)


def test_an_interval_meets_a_bound_when_any_day_in_it_does(pack: Pack, well: Mapping[str, PlainValue]) -> None:
    """Between 20 and 40 days after serious trauma takes the more urgent side of 28 days."""
    facts = {**well, "trauma": "significant"}
    assert of(pack, {**facts, "onset_days": {"from": 20, "to": 40}}).level == EMERGENCY
    assert of(pack, {**facts, "onset_days": {"from": 29, "to": 40}}).level < EMERGENCY


def test_numbers_not_known_count_as_the_pack_says_and_stay_not_known(
    pack: Pack, well: Mapping[str, PlainValue]
) -> None:
    """Severity not known counts as 7, site not known as the whole spine, and both are listed as not known."""
    side: PlainValue = ["flank"]
    severe = of(pack, {**well, "pain_severity_nprs": "unknown", "pain_location": side})
    assert "REN-5" in fired(severe)
    assert "pain_severity_nprs" in severe.not_sure
    assert "SOFT-1" in fired(of(pack, {**well, "pain_location": "prefer_not"}))


def test_an_age_not_known_is_no_answer(pack: Pack, well: Mapping[str, PlainValue]) -> None:
    """Age cannot be passed over: not known leaves the check incomplete."""
    assert "INC-1" in fired(of(pack, {**well, "age_years": "unknown"}))


def test_a_value_behind_a_closed_gate_counts_and_is_named(pack: Pack, well: Mapping[str, PlainValue]) -> None:
    """Leg weakness with no leg symptoms is a contradiction, and the urgent reading is kept."""
    result = of(pack, {**well, "leg_weakness": "severe"})
    assert result.contradictions == ("leg_weakness",)
    assert result.level >= 4
    assert of(pack, {**well, "leg_weakness": "none"}).contradictions == ()


def test_a_painless_foot_drop_found_by_a_nurse_is_same_day(pack: Pack, well: Mapping[str, PlainValue]) -> None:
    """Examination counts without leg symptoms, at grade 4 too while its course is not known."""
    for grade in (2, 3, 4):
        result = of(pack, {**well, "interview_mode": "nurse", "exam_min_power_mrc": grade})
        assert result.level >= 4, grade


def test_examination_is_not_asked_of_patients(pack: Pack, well: Mapping[str, PlainValue]) -> None:
    """In a patient's interview examination facts do not apply, so nothing waits for them."""
    assert of(pack, well).settled
    assert not of(pack, {**well, "interview_mode": "nurse"}).settled


def test_reasons_leave_out_rules_that_are_named_after_a_milder_answer(
    pack: Pack, well: Mapping[str, PlainValue]
) -> None:
    """A declined answer is reported as not known; retention never is."""
    declined = of(pack, {**well, "saddle_sensation": "prefer_not"})
    assert {"CES-U1", "CES-L1"} <= {rule.id for rule in declined.decided_by}
    assert [rule.id for rule in declined.named] == ["CES-U1"]

    steady = {"bladder_function": "hesitancy", "cauda_symptom_timing": "over_14d_stable", "longstanding_checked": "yes"}
    assert "CES-U1" not in {rule.id for rule in of(pack, {**well, **steady}).named}


@pytest.mark.parametrize(
    ("facts", "expected", "behind"),
    [
        ({}, "fits", ()),
        ({"nsaid_risks": ["ulcer_or_gi_bleed"]}, "blocked", ("nsaid_risks",)),
        ({"nsaid_risks": ["ace_or_arb", "diuretic"]}, "blocked", ("nsaid_risks",)),
        ({"nsaid_risks": ["lithium"]}, "blocked", ("nsaid_risks",)),
        ({"nsaid_risks": ["methotrexate_ciclosporin_tacrolimus"]}, "blocked", ("nsaid_risks",)),
        ({"nsaid_risks": ["inflammatory_bowel"]}, "blocked", ("nsaid_risks",)),
        ({"nsaid_risks": ["bleeding_disorder"]}, "blocked", ("nsaid_risks",)),
        ({"nsaid_risks": ["dehydrated_or_vomiting"]}, "blocked", ("nsaid_risks",)),
        ({"nsaid_risks": ["chickenpox"]}, "blocked", ("nsaid_risks",)),
        ({"nsaid_risks": ["already_on_nsaid"]}, "withheld", ()),
        ({"nsaid_risks": ["asthma"]}, "caution", ("nsaid_risks",)),
        ({"nsaid_risks": ["high_blood_pressure"]}, "caution", ("nsaid_risks",)),
        ({"nsaid_risks": ["unknown"]}, "not_known", ("nsaid_risks",)),
        ({"liver_or_alcohol": "liver_disease"}, "blocked", ("liver_or_alcohol",)),
        ({"blood_thinner": "anticoagulant"}, "blocked", ("blood_thinner",)),
        ({"blood_thinner": "antiplatelet"}, "blocked", ("blood_thinner",)),
        ({"blood_thinner": "unknown"}, "not_known", ("blood_thinner",)),
        ({"age_years": 68}, "caution", ("age_years",)),
        ({"age_years": 70, "nsaid_risks": ["ace_or_arb"]}, "blocked", ("age_years", "nsaid_risks")),
        ({"age_years": 82}, "blocked", ("age_years",)),
        ({"age_years": 17}, "caution", ("age_years",)),
    ],
)
def test_ibuprofen_is_blocked_by_the_answer_that_forbids_it(
    pack: Pack,
    well: Mapping[str, PlainValue],
    facts: dict[str, PlainValue],
    expected: str,
    behind: tuple[str, ...],
) -> None:
    """Offered, with caution, blocked or not known, each with the answer behind it."""
    got, names = state(of(pack, {**well, "known_aaa_or_risk": [], **facts}), "M-NSAID")
    assert got == expected
    assert set(behind) <= set(names)


@pytest.mark.parametrize(
    ("pregnancy", "expected"),
    [("possibly", "blocked"), ("unknown", "not_known"), ("under_20w", "blocked"), ("20w_or_more", "blocked")],
)
def test_ibuprofen_and_pregnancy(pack: Pack, well: Mapping[str, PlainValue], pregnancy: str, expected: str) -> None:
    """Blocked when pregnant or possibly, and not offered when that is not known."""
    woman: dict[str, PlainValue] = {
        "sex_at_birth": "female", "age_years": 30, "breastfeeding": "no", "obstetric_warning": "no",
    }  # fmt: skip
    assert state(of(pack, {**well, **woman, "pregnancy_status": pregnancy}), "M-NSAID")[0] == expected


def test_nobody_sent_at_once_is_told_to_go_on_with_a_blood_thinner(pack: Pack, well: Mapping[str, PlainValue]) -> None:
    """Who may be bleeding, or need an operation, asks the hospital before the next dose."""
    result = of(pack, {**well, "saddle_sensation": "numb", "blood_thinner": "anticoagulant"})
    offered = {offer.advice.id for offer in result.offers if offer.offered and offer.advice.kind == "medicine"}
    assert offered & {"M-KEEP", "M-KEEP-NOW"} == {"M-KEEP-NOW"}


def test_no_new_medicine_at_same_day_or_emergency(pack: Pack, well: Mapping[str, PlainValue]) -> None:
    """Nothing new is offered before someone is seen; keeping usual medicines is."""
    result = of(pack, {**well, "fever_chills": "yes"})
    offered = {offer.advice.id for offer in result.offers if offer.offered and offer.advice.kind == "medicine"}
    assert "M-KEEP" in offered
    assert not offered & {"M-NSAID", "M-ACETAMINOPHEN", "M-CYCLOBENZAPRINE", "M-DULOXETINE"}


def test_language_and_country_never_change_level_imaging_or_questions(
    pack: Pack, well: Mapping[str, PlainValue]
) -> None:
    """Country only chooses words, numbers and which advice is shown."""
    results = [of(pack, {**well, "trend": "worsening", "onset_days": 10}, country) for country in ("any", "gb", "us")]
    assert len({(r.level, r.imaging, r.rules, r.not_asked) for r in results}) == 1


def test_what_would_change_names_single_answers_that_do(pack: Pack, well: Mapping[str, PlainValue]) -> None:
    """Each change really gives the level it says, and both directions are found."""
    facts = {**well, "fever_chills": "yes"}
    result = of(pack, facts)
    changes = what_would_change(pack.rulebook, result)
    assert {"infection_risk", "very_unwell"} <= {change.fact for change in changes if change.level > result.level}
    assert "fever_chills" in {change.fact for change in changes if change.level < result.level}
    for change in changes:
        value = sorted(change.value) if isinstance(change.value, frozenset) else change.value
        if isinstance(value, (str, list)):
            assert of(pack, {**facts, change.fact: value}).level == change.level, LEVELS[change.level]


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"age_years": 130}, "0 to 120"),
        ({"age_years": "forty"}, "number"),
        ({"age_years": True}, "number"),
        ({"age_years": {"from": 9, "to": 3}}, "above"),
        ({"age_years": 40.5}, "whole years"),
        ({"infection_risk": "diabetes"}, "list"),
        ({"infection_risk": ["diabetis"]}, "no item"),
        ({"saddle_sensation": "sore"}, "one of"),
        ({"nothing": 1}, "no fact"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_a_reason(
    pack: Pack, facts: dict[str, PlainValue], says: str
) -> None:
    """What was wrong and what would do instead."""
    with pytest.raises(InputError, match=says):
        of(pack, facts)


def test_none_in_a_list_reads_as_nothing(pack: Pack, well: Mapping[str, PlainValue]) -> None:
    """[none] is []."""
    assert of(pack, {**well, "treatments_tried": ["none"]}).settled


@pytest.mark.parametrize("known", ["unknown", "prefer_not", []])
def test_what_would_change_is_said_also_where_a_list_is_not_known_as_a_whole(pack: Pack, known: PlainValue) -> None:
    found = recommend(pack.rulebook, Case.of_facts({"age_years": 40, "infection_risk": known}))
    changes = {change.fact: change.level for change in what_would_change(pack.rulebook, found)}
    assert changes["saddle_sensation"] == EMERGENCY
