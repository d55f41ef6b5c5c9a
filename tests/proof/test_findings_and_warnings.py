"""A finding in one form, and a line that warns of one: what is proved of them, and what a fault in them looks like."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from chatbot.case import Case, Fact
from chatbot.condition import Accepts, Any, Condition
from chatbot.packs.pack import Pack
from chatbot.proof.properties import Claims
from chatbot.proof.solve import Finding, decide
from chatbot.recommendation.recommend import recommend
from chatbot.recommendation.rulebook import EMERGENCY, SAME_DAY, Advice, Rulebook
from chatbot.recommendation.summary import summarise


def at_least(facts: Mapping[str, Fact], fact: str, value: str) -> Condition:
    """The condition that a fact has this value or a worse one."""
    steps = facts[fact].steps
    place = next(rank for rank, step in enumerate(steps) if value in step)
    return Accepts(fact, frozenset(each for step in steps[place:] for each in step), ("at_least", (value,)))


def claims_of(pack: Pack, rulebook: Rulebook) -> Claims:
    """All claims on a rulebook."""
    return Claims(rulebook, pack.dialog, frozenset(what for what, _ in pack.exemptions))


def on_finding(pack: Pack, condition: Condition) -> Finding:
    """What becomes of the claim on a finding."""
    (make,) = claims_of(pack, replace(pack.rulebook, findings={"ill": condition})).findings()
    return decide(make())


def on_warning(pack: Pack, rulebook: Rulebook, warning: Advice) -> Finding:
    """What becomes of the claim on a line that warns."""
    made = (make() for make in claims_of(pack, rulebook).warnings())
    return decide(next(claim for claim in made if claim.about == warning.id))


def with_warning(pack: Pack, means: Condition, sends_to: int) -> tuple[Rulebook, Advice]:
    """The rulebook with a line of its safety net that warns of a finding."""
    line = next(item for item in pack.rulebook.advice if item.kind == "safety_net")
    warning = replace(line, means=means, sends_to=sends_to)
    advice = tuple(warning if item.id == line.id else item for item in pack.rulebook.advice)
    return replace(pack.rulebook, advice=advice), warning


def test_a_yes_that_scores_below_not_sure_of_the_same_finding_is_refuted(pack: Pack) -> None:
    """With one form denied and the other a sure yes, the case falls below the one that knows neither."""
    facts = pack.rulebook.facts
    ill = Any((at_least(facts, "saddle_sensation", "altered"), at_least(facts, "yf_low_mood", "yes")))
    finding = on_finding(pack, ill)
    assert finding.verdict == "refuted"
    having, unsure = (recommend(pack.rulebook, Case.of_facts(facts)).level for facts in finding.cases)
    assert having < unsure


def test_a_yes_that_scores_at_least_as_high_as_not_sure_is_proved(pack: Pack) -> None:
    assert on_finding(pack, at_least(pack.rulebook.facts, "fever_chills", "yes")).verdict == "proved"


def test_a_line_that_sends_higher_than_the_level_of_who_told_it_is_refuted(pack: Pack) -> None:
    """ "New numbness: call an ambulance" may not stand under a level of today."""
    numb = at_least(pack.rulebook.facts, "saddle_sensation", "altered")
    rulebook, warning = with_warning(pack, numb, EMERGENCY)
    finding = on_warning(pack, rulebook, warning)
    assert finding.verdict == "refuted"
    assert recommend(rulebook, Case.of_facts(finding.cases[0])).level < EMERGENCY

    rulebook, warning = with_warning(pack, numb, SAME_DAY)
    assert on_warning(pack, rulebook, warning).verdict == "proved"


@pytest.mark.parametrize("has_worse", [True, False])
def test_who_told_a_finding_reads_what_getting_worse_would_be(pack: Pack, has_worse: bool) -> None:
    """And never the same line as news; a line without such words is left out."""
    numb = at_least(pack.rulebook.facts, "saddle_sensation", "altered")
    rulebook, warning = with_warning(pack, numb, SAME_DAY)
    words = pack.wording()
    text = replace(words.advice[warning.id], worse={"patient": "If the numb patch grows."} if has_worse else {})
    words = replace(words, advice={**words.advice, warning.id: text})

    def net(saddle: str) -> list[str]:
        found = recommend(rulebook, Case.of_facts({"age_years": 40, "saddle_sensation": saddle}))
        section = summarise(found, rulebook, words, "patient").section("safety_net")
        return (
            [each.text for each in section.sentences if each.origin and each.origin.id == warning.id] if section else []
        )

    assert net("numb") == (["If the numb patch grows."] if has_worse else [])
    assert net("normal") == [words.fill(text.offered["patient"], "any")]
