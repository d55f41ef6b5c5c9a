"""Everything worrying that an emergency question can say is looked at by a rule, or its pack says why not."""

from dataclasses import replace

import pytest

from chatbot.condition import Accepts, Leaf, Reached, Unanswered, leaves_of
from chatbot.packs.pack import Pack
from chatbot.packs.reachability import critical, unread, worrying

EXEMPT: tuple[str, ...] = ()
# A rule looks at these, beside others that give as much: `tests/proof/test_raises.py` shows that they raise nobody.
OVERSHADOWED = ("pee_after_exertion.unknown",)


def _leaves(pack: Pack, fact: str) -> list[Leaf]:
    found = (leaf for rule in pack.rulebook.rules for leaf in leaves_of(rule.when))
    return [leaf for leaf in found if not isinstance(leaf, Reached) and leaf.fact == fact]


def _critical(pack: Pack) -> list[str]:
    return [fact.id for fact in critical(pack.rulebook.facts.values(), pack.dialog)]


def test_the_shipped_pack_exempts_just_what_no_rule_looks_at(pack: Pack) -> None:
    found = [what for name in _critical(pack) for what in unread(pack.rulebook.facts[name], _leaves(pack, name))]
    assert tuple(found) == EXEMPT
    exempt = [what.removeprefix("unread.") for what, _ in pack.exemptions if what.startswith("unread.")]
    assert tuple(exempt) == (*EXEMPT, *OVERSHADOWED)


def test_every_emergency_fact_is_missed_when_no_rule_looks_at_it(pack: Pack) -> None:
    """The kind, over all of them: without the rules nothing worrying passes."""
    assert len(_critical(pack)) > 15
    for name in _critical(pack):
        fact = pack.rulebook.facts[name]
        missed = list(unread(fact, ()))
        assert missed, name
        if fact.kind == "one" and fact.worse != "free":
            worst = set(fact.steps[-1]) - {"prefer_not"}
            assert {f"{name}.{value}" for value in worst} <= set(missed)


def test_what_is_harmless_is_free_and_a_comparison_that_the_least_value_meets_tells_nothing(pack: Pack) -> None:
    fact = pack.rulebook.facts["saddle_sensation"]
    assert "saddle_sensation.longstanding_unchanged" not in set(unread(fact, ()))
    everything = Accepts(fact.id, frozenset(fact.values), ("one_of", fact.values))
    assert set(unread(fact, [everything])) == set(unread(fact, ()))
    worrying = frozenset(fact.values) - {"normal", "longstanding_unchanged"}
    assert list(unread(fact, [Accepts(fact.id, worrying, ("at_least", ("unknown",)))])) == []


@pytest.mark.parametrize("name", ["saddle_sensation", "other_emergency_signs"])
def test_not_sure_that_counts_as_no_answer_has_to_be_looked_at_as_such(pack: Pack, name: str) -> None:
    """Where neither the steps nor the items have a place for it."""
    fact = pack.rulebook.facts[name]
    steps = tuple(step for step in fact.steps if "unknown" not in step)
    items = tuple(item for item in fact.items if item != "unknown")
    without = replace(fact, steps=steps, items=items, not_sure="unanswered")
    assert f"{name}.unanswered" in worrying(without)
    assert f"{name}.unanswered" in set(unread(without, ()))
    assert f"{name}.unanswered" not in set(unread(without, [Unanswered(name)]))


@pytest.mark.parametrize("kind", ["number", "free"])
def test_a_number_and_a_fact_without_an_order_have_to_be_looked_at_at_all(pack: Pack, kind: str) -> None:
    name = "age_years" if kind == "number" else "pregnancy_status"
    fact = replace(pack.rulebook.facts[name])
    assert list(unread(fact, ())) == [name]
    assert list(unread(fact, _leaves(pack, name))) == []
    if kind == "number":  # that nothing was answered says nothing of any number
        assert list(unread(fact, [leaf for leaf in _leaves(pack, name) if isinstance(leaf, Unanswered)])) == [name]
