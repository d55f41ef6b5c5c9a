"""What is put as a question whatever was asked, and what is said beside an answer."""

import pytest

from tests.support.listening import Hear


def test_an_answer_and_a_danger_in_one_sentence_both_count(heard: Hear) -> None:
    listened = heard("7, and I'm numb down there", "pain_severity_nprs")
    assert listened.proposed == {"pain_severity_nprs": 7}
    assert listened.raised == ("saddle_sensation",)


def test_the_fact_at_hand_is_answered_and_not_put_again(heard: Hear) -> None:
    assert heard("numb down there", "saddle_sensation").raised == ()
    assert heard("yellow", "right_now", "jaundice").raised == ()


def test_another_line_of_the_list_at_hand_is_put(heard: Hear) -> None:
    listened = heard("no but I'm yellow", "right_now", "chest")
    assert listened.proposed == {"chest_pain_or_breathless": "no"}
    assert listened.raised == ("right_now",)


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("I want to kill myself", "crisis"),
        ("do I need an ambulance", "emergency"),
        ("should I go to A&E", "emergency"),
        ("who sees this", "privacy"),
        ("are you a robot", "who"),
        ("can I talk to a human", "human"),
        ("piss off", "rude"),
        ("what does that mean", "meaning"),
        ("what is jaundice", "meaning"),
        ("how do I go back", "help"),
        ("will I be ok?", "help"),
        ("no entiendo", "language"),
        ("\u043d\u0435 \u043f\u043e\u043d\u0438\u043c\u0430\u044e", "language"),
        ("je ne comprends pas l'anglais", "language"),
    ],
)
def test_an_aside_has_its_reply(heard: Hear, said: str, reply: str) -> None:
    listened = heard(said, "saddle_sensation")
    assert listened.reply == reply
    assert not listened.understood


@pytest.mark.parametrize("said", ["numb", "no", "yes", "not sure", "left", "since Tuesday", "38.5", "fine"])
def test_an_answer_is_no_aside(heard: Hear, said: str) -> None:
    assert heard(said, "saddle_sensation").reply is None


def test_despair_is_heard_beside_an_answer_and_the_rest_is_not(heard: Hear) -> None:
    assert heard("7 and I want to kill myself", "pain_severity_nprs").reply == "crisis"
    assert heard("numb, can I talk to a human", "saddle_sensation").reply is None


@pytest.mark.parametrize("said", ["I don't want to kill myself", "my brother wanted to kill himself, I am fine"])
def test_despair_denied_or_anothers_is_none(heard: Hear, said: str) -> None:
    assert heard(said, "saddle_sensation").reply != "crisis"


def test_nothing_is_respelt_in_another_language(heard: Hear) -> None:
    assert heard("no falo ingl\u00eas", "trauma").raised == ()
    assert heard("no falo ingl\u00eas", "trauma").reply == "language"
