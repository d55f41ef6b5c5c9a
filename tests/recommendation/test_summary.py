"""The summary: every sentence cited, plain, deterministic, and never reassuring where it may not be."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace

from chatbot.case import Case, PlainValue
from chatbot.packs.pack import Pack
from chatbot.packs.random_cases import random_case
from chatbot.recommendation.recommend import recommend
from chatbot.recommendation.summary import Summary, View, summarise
from chatbot.recommendation.topics import answer_topic

ORDER = ["why", "what_to_do", "imaging", "medicines", "follow_up", "safety_net", "not_known", "disagreements"]


def summary(pack: Pack, facts: Mapping[str, PlainValue], audience: str = "patient", country: str = "any") -> Summary:
    """The summary for these facts."""
    result = recommend(pack.rulebook, Case.of_facts(facts, country))
    return summarise(result, pack.rulebook, pack.wording(), audience, pack.status)  # type: ignore[arg-type] # an audience


def text_of(found: Summary) -> str:
    """Everything a summary says."""
    return "\n".join([s.text for s in found.sentences] + [t for s in found.sentences for t in s.said])


def test_every_sentence_of_2000_random_summaries_is_cited_and_every_citation_resolves(pack: Pack) -> None:
    """For both audiences and every country; references are numbered in the order of use."""
    rng = random.Random(21)
    for number in range(1_000):
        case = random_case(pack.rulebook, rng, worrying=rng.choice((0.02, 0.1, 0.3)), known=rng.choice((0.5, 1.0)))
        case = case.model_copy(update={"country": ("any", "gb", "us")[number % 3]})
        result = recommend(pack.rulebook, case)
        for audience in ("patient", "clinician"):
            found = summarise(result, pack.rulebook, pack.wording(), audience, pack.status)
            assert [s.id for s in found.sections] == [name for name in ORDER if found.section(name)]
            assert [line.number for line in found.references] == list(range(1, len(found.references) + 1))
            for sentence in found.sentences:
                assert sentence.text.strip()
                assert sentence.cites
                assert found.numbers(sentence)
                assert "{" not in sentence.text


def test_machine_ids_never_reach_a_patient(pack: Pack) -> None:
    """No fact id, rule id or value id stands in what a patient reads."""
    rng = random.Random(22)
    ids = [name for name in pack.rulebook.facts if "_" in name]
    ids += [value for fact in pack.rulebook.facts.values() for value in fact.values if "_" in value]
    ids += [rule.id for rule in pack.rulebook.rules if len(rule.id) > 4]
    for _ in range(300):
        case = random_case(pack.rulebook, rng, worrying=0.2)
        said = text_of(summarise(recommend(pack.rulebook, case), pack.rulebook, pack.wording(), "patient"))
        assert [name for name in ids if name in said] == []


def test_two_referrals_in_the_same_words_are_said_once_with_what_both_rest_on(
    pack: Pack, well: Mapping[str, PlainValue]
) -> None:
    result = recommend(
        pack.rulebook,
        Case.of_facts({**well, "saddle_sensation": "numb", "other_emergency_signs": ["stroke_signs"]}, "any"),
    )
    named = {rule.referral: rule for rule in reversed(result.named)}
    assert len(named) > 1
    same = {name: {"patient": "Go there.", "clinician": "Go there."} for name in pack.wording().referrals}
    found = summarise(result, pack.rulebook, replace(pack.wording(), referrals=same), "patient").section("what_to_do")
    assert found is not None
    told = [sentence for sentence in found.sentences if sentence.text == "Go there."]
    assert len(told) == 1
    assert set(told[0].cites) == {cite for rule in named.values() for cite in rule.cites}
    assert all(set(rule.cites) < set(told[0].cites) for rule in named.values())


def test_doses_never_reach_a_patient(pack: Pack) -> None:
    """No amount of a medicine stands in any patient text."""
    rng = random.Random(23)
    for _ in range(200):
        case = random_case(pack.rulebook, rng, worrying=0.1)
        found = summarise(recommend(pack.rulebook, case), pack.rulebook, pack.wording(), "patient")
        said = text_of(found) + " ".join(line.reference.text for line in found.references)
        assert " mg" not in said
        assert "mg/" not in said


def test_no_scan_needed_is_never_said_at_urgent_levels(pack: Pack, well: Mapping[str, PlainValue]) -> None:
    """Imaging none at same day or emergency leaves the choice to those who see the person."""
    wording = pack.wording()
    for facts in ({"self_harm_thoughts": "yes", "yf_low_mood": "yes"}, {"urinary_symptoms": "visible_blood"}):
        found = summary(pack, {**well, **facts}).section("imaging")
        assert found is not None
        assert found.sentences[0].text == wording.imaging["none_urgent"]["patient"]


def test_the_summary_speaks_in_the_wording_of_the_chosen_options(pack: Pack) -> None:
    """The line a person ticked is quoted, not another that means the same to the rules."""
    interview = pack.plan.begin()
    lines = {item.id: "no" for item in interview.items()} | {"bleeding": "yes"}
    interview = interview.tick(lines)  # type: ignore[arg-type] # plain replies
    said = text_of(summarise(interview.recommendation, pack.rulebook, pack.wording(), "patient"))
    assert pack.wording().questions["right_now"]["patient"].options["bleeding"] in said


def test_not_known_is_said_and_never_as_no(pack: Pack, well: Mapping[str, PlainValue]) -> None:
    """Every unknown answer stands under what is not known."""
    found = summary(pack, {**well, "fever_chills": "unknown", "night_pain": "prefer_not"}).section("not_known")
    assert found is not None
    assert {"fever_chills", "night_pain"} <= {sentence.origin.id for sentence in found.sentences if sentence.origin}


def test_clinicians_see_where_sources_disagree(pack: Pack) -> None:
    """A case decided by a rule in which a conflict was resolved shows both sides; patients are not burdened."""
    case = next(case for case in pack.cases if case.name == "CASE-S0")
    assert summary(pack, case.given, "clinician").section("disagreements") is not None
    assert summary(pack, case.given, "patient").section("disagreements") is None


def test_countries_choose_emergency_words_and_medicine_names(pack: Pack, well: Mapping[str, PlainValue]) -> None:
    """999 in gb, 911 in us, no number where the country is not known."""
    said = {country: text_of(summary(pack, well, "patient", country)) for country in ("any", "gb", "us")}
    assert "999" in said["gb"]
    assert "911" in said["us"]
    assert not any(number in said["any"] for number in ("999", "911", "112"))
    assert "acetaminophen" not in said["gb"]
    assert "acetaminophen" in said["us"]


def test_acupuncture_duloxetine_and_relaxants_follow_the_country(pack: Pack, well: Mapping[str, PlainValue]) -> None:
    """What one country's guidance advises against is not offered where it applies, nor where the country is open."""
    facts: dict[str, PlainValue] = {
        **well, "interview_mode": "nurse", "onset_days": 150, "age_at_first_back_pain": 50, "age_years": 50,
    }  # fmt: skip
    for country in ("any", "gb", "us"):
        result = recommend(pack.rulebook, Case.of_facts(facts, country))
        shown = {o.advice.id for o in result.offers if o.offered and country in o.advice.countries}
        assert ("T-ACU" in shown) == (country == "us")
        assert ("M-DULOXETINE" in shown) <= (country == "us")
        assert ("T-ACU-GB" in shown) == (country == "gb")


def test_every_question_about_a_result_is_answered_or_says_who_can(pack: Pack, well: Mapping[str, PlainValue]) -> None:
    """Each topic gives cited sentences for people at every level."""
    people = ({}, {"trend": "worsening", "onset_days": 10}, {"fever_chills": "yes"}, {"very_unwell": "yes"})
    for facts in people:
        result = recommend(pack.rulebook, Case.of_facts({**well, **facts}))
        for audience in ("patient", "clinician"):
            view = View(result, pack.rulebook, pack.wording(), audience)
            for topic in pack.wording().topics:
                answer = answer_topic(view, topic)
                assert answer
                assert all(sentence.cites for sentence in answer)


def test_a_summary_is_the_same_bytes_whatever_the_machine(pack: Pack) -> None:
    """Hash seed, locale and time zone change nothing."""
    code = (
        "import sys; from chatbot.service.results import *; from chatbot.packs.load import load_pack\n"
        "pack = load_pack()\n"
        "for reply in simulate_lines(pack, sys.stdin.buffer, Options(country='gb')): print(reply.line())"
    )
    lines = "\n".join(json.dumps({"facts": dict(case.given)}) for case in pack.cases if case.name.startswith("CASE-S"))
    outputs = set()
    for seed, locale, zone in (
        ("0", "C", "UTC"),
        ("1", "tr_TR.UTF-8", "Asia/Tokyo"),
        ("77", "C.UTF-8", "America/New_York"),
    ):
        env = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone}
        done = subprocess.run(
            [sys.executable, "-c", code], input=lines.encode(), capture_output=True, check=True, env=env
        )
        outputs.add(done.stdout)
    assert len(outputs) == 1
