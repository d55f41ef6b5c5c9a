"""What stands around a finding: whether it counts as the person's own, now, and why not where it does not."""

import pytest

from tests.support.listening import Hear

SADDLE = ("saddle_sensation",)


@pytest.mark.parametrize(
    "said",
    [
        "numb down there",
        "down there it's gone numb",
        "I can't really feel down there",
        "no feeling down there",
        "I'm worried because I'm numb down there",
        "is it bad that I'm numb down there?",
        "my husband says he's numb down there",
        "my wife says I look pale and I'm numb down there",
        "not just numb down there but tingling",
        "no fever but I'm numb down there",
        "had it ten years ago and now I'm numb down there again",
        "numb down there, maybe from sitting",
        "nubm down there",
    ],
)
def test_a_danger_of_ones_own_puts_its_question(heard: Hear, said: str) -> None:
    assert heard(said).raised == SADDLE


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("I'm not numb down there", "denied"),
        ("no pain, and never numb down there", "denied"),
        ("neither fever nor numb down there", "denied"),
        ("numb down there? no", "denied"),
        ("numbness down there, fever. None of that", "denied"),
        ("my gran was numb down there. My back is just stiff", "other"),
        ("my friend had it, she was numb down there. I only ache", "other"),
        ("ten years ago I was numb down there", "past"),
        ("as a child I was numb down there", "past"),
        ("what if I go numb down there", "supposed"),
        ("the doctor asked about numbness down there", "asked"),
        ("down there numb is fine", "well"),
    ],
)
def test_what_is_denied_or_anothers_or_over_or_only_feared_puts_nothing_and_says_why(
    heard: Hear, said: str, why: str
) -> None:
    listened = heard(said)
    assert listened.raised == ()
    assert {one.why.split(":")[0] for one in listened.uncounted} == {why}


def test_a_list_behind_no_denies_further_with_an_or_and_is_unclear_without(heard: Hear) -> None:
    assert heard("no fever, cough or numbness down there").raised == ()
    assert heard("no fever, numb down there").raised == SADDLE


def test_figures_of_speech_take_their_words(heard: Hear) -> None:
    assert heard("numb with cold between my legs").raised == ()
    assert heard("numb between my legs").raised == SADDLE


def test_what_is_old_and_no_different_puts_nothing(heard: Hear) -> None:
    assert heard("I've always been numb down there").raised == ()
    assert heard("numb down there for two years").raised == ()
    assert heard("I've always been numb down there, but worse this week").raised == SADDLE


def test_an_illness_is_one_however_long_ago_and_yet_not_when_only_feared(heard: Hear) -> None:
    assert heard("I had cancer ten years ago").raised == ("cancer_history",)
    assert heard("I'm scared it's cancer").raised == ()
    assert heard("my mum had cancer, my own back just aches").raised == ()


def test_a_pronoun_means_the_part_named_before(heard: Hear) -> None:
    assert heard("something is wrong between my legs, it's numb").raised == SADDLE
    assert heard("my hand is sore. it's numb").raised == ("balance_hands",)


def test_parts_of_two_clauses_are_not_put_together(heard: Hear) -> None:
    assert heard("my hand is numb and I scratched myself down there").raised == ("balance_hands",)
