"""Children: who leaves after the emergency block, and what is asked and said of them."""

from collections.abc import Mapping

from chatbot.case import Case, PlainValue
from chatbot.interview.simulate import simulate
from chatbot.packs.pack import Pack
from chatbot.recommendation.recommend import recommend
from chatbot.recommendation.rulebook import LEVELS


def test_under_16_leaves_after_the_emergency_block(pack: Pack, well: Mapping[str, PlainValue]) -> None:
    """A child is asked the emergency questions, then leaves by SP-1; a list for children left out is same day."""
    for signs, level, rules in (({"child_signs": []}, "urgent_2_weeks", {"SP-1"}), ({}, "same_day", {"SP-1", "INC-1"})):
        found = simulate(pack.plan, Case.of_facts({**well, "age_years": 14, **signs}))
        result = found.interview.recommendation

        assert found.interview.state == "out_of_scope"
        assert "how_started" not in found.asked
        assert {rule.id for rule in result.rules} == rules
        assert LEVELS[result.level] == level
        # What only adults are asked is not missing; the list left out is.
        assert result.settled is (signs != {})
        assert result.not_asked == (() if signs else ("child_signs",))


def test_what_is_told_of_a_child_from_outside_counts_though_nobody_asks_it(pack: Pack) -> None:
    """Pain that keeps a child awake is for today, and contradicts nothing."""
    told = {"age_years": 10, "night_pain": "prevents_sleep"}
    calm, awake = (recommend(pack.rulebook, Case.of_facts(facts)) for facts in ({"age_years": 10}, told))
    assert "SP-1b" in {rule.id for rule in awake.rules} - {rule.id for rule in calm.rules}
    assert awake.contradictions == ()


def test_a_child_is_asked_the_list_for_children_after_the_age(pack: Pack, well: Mapping[str, PlainValue]) -> None:
    """And an adult is not; what the list holds is not asked of a child again."""
    asked = simulate(pack.plan, Case.of_facts({**well, "age_years": 15})).asked
    assert asked[asked.index("age_years") + 1] == "child_list"
    assert "child_list" not in simulate(pack.plan, Case.of_facts({**well, "age_years": 16})).asked
    not_asked = recommend(pack.rulebook, Case.of_facts({"age_years": 15})).not_asked
    assert not {"trauma", "abdominal_symptoms", "cancer_history"} & set(not_asked)
