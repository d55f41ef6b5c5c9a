"""Rules over classes: what they say, and where they are met."""

import pytest

from chatbot.interview.hearing.compositions import RuleError, Spot, hits, read_rule


def spots(**places: int | tuple[int, ...]) -> dict[str, list[Spot]]:
    """Classes that stand at places, each one word wide."""
    return {
        name: [Spot(first, first + 1) for first in (place if isinstance(place, tuple) else (place,))]
        for name, place in places.items()
    }


def is_met(rule: str, stops: frozenset[int] = frozenset(), **places: int | tuple[int, ...]) -> bool:
    return any(True for _ in hits(read_rule(rule), spots(**places), stops))


def test_all_parts_must_be_there_in_any_order() -> None:
    assert is_met("numb saddle", numb=0, saddle=3)
    assert is_met("numb saddle", numb=3, saddle=0)
    assert not is_met("numb saddle", numb=0)


def test_either_of_several_will_do() -> None:
    assert is_met("numb|tingle saddle|bum", tingle=1, bum=2)
    assert not is_met("numb|tingle saddle|bum", feel=1, bum=2)


def test_a_part_may_have_to_be_absent() -> None:
    assert is_met("black -iron", black=0)
    assert not is_met("black -iron", black=0, iron=5)


def test_what_is_far_apart_is_not_one_thing() -> None:
    assert is_met("numb saddle", numb=0, saddle=13)
    assert not is_met("numb saddle", numb=0, saddle=15)


def test_two_parts_are_never_the_same_words() -> None:
    assert not is_met("numb dead", numb=2, dead=2)


def test_a_binding_word_stands_before_what_it_binds_and_near() -> None:
    assert is_met("not feel", **{"not": 0, "feel": 4})
    assert not is_met("not feel", **{"not": 0, "feel": 6})
    assert not is_met("not feel", **{"not": 3, "feel": 1})


def test_a_binding_word_does_not_reach_over_a_but() -> None:
    assert not is_met("not feel", frozenset({2}), **{"not": 0, "feel": 3})
    assert is_met("not feel", frozenset({4}), **{"not": 0, "feel": 3})


def test_each_place_is_met_by_its_closest_words() -> None:
    found = list(hits(read_rule("numb saddle"), spots(numb=0, saddle=(2, 9)), frozenset()))
    assert [(hit.first, hit.last) for hit in found] == [(0, 3)]


@pytest.mark.parametrize("text", ["", "-iron", "numb|", "Numb", "numb,saddle", "'open", "days:3", "numb - saddle"])
def test_what_is_no_rule_is_said(text: str) -> None:
    with pytest.raises(RuleError):
        read_rule(text)


def test_words_in_quotes_and_measures_are_parts() -> None:
    rule = read_rule("'on fire' leg|days:0-14")
    assert [item.names for item in rule.items] == [("'on fire'",), ("leg", "days:0-14")]
