"""Typed words matched to options; above all that a denial or a doubt never comes out as its opposite."""

import pytest

from chatbot.interview.reading.choices import (
    Choice,
    is_none_of_these,
    is_not_sure,
    is_prefer_not,
    read_choice,
    read_choices,
    read_yes_no,
)
from chatbot.interview.reading.en import ENGLISH

SIDE = [
    Choice("none", ("Neither leg", "none", "no leg pain")),
    Choice("left", ("Left leg", "left", "L")),
    Choice("right", ("Right leg", "right", "R")),
    Choice("both", ("Both legs", "both")),
]
FEELING = [
    Choice("normal", ("It feels normal", "normal", "no change")),
    Choice("altered", ("It feels different or tingles", "different", "tingling", "a change")),
    Choice("numb", ("I cannot feel touch there", "numb", "numbness", "no feeling")),
]
WALKING = [
    Choice("none", ("I walk as usual", "steady on my feet", "stable")),
    Choice("weak", ("Weakness in the leg", "weakness", "weak")),
    Choice("cannot", ("I cannot walk", "unable to walk")),
]
ILLNESSES = [
    Choice("diabetes", ("Diabetes", "diabetic")),
    Choice("asthma", ("Asthma",)),
    Choice("heart", ("Heart and vessel disease", "heart disease", "heart")),
    Choice("bowel", ("Crohn's disease or colitis", "crohns", "colitis")),
    Choice("pressure", ("High blood pressure", "hypertension")),
]
BANDS = [
    Choice("days", ("0 to 6 days",)),
    Choice("weeks", ("1 to 5 weeks",)),
    Choice("months", ("3 months or more",)),
]


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("left", "left"), ("LEFT!", "left"), ("\uff4c\uff45\uff46\uff54", "left"), ("left one", "left"),
        ("the left leg", "left"),
        ("it's my left leg", "left"), ("L", "left"), ("r", "right"), ("the right side", "right"),
        ("both sides", "both"),
        ("only the right", "right"), ("2", "left"), ("2.", "left"), ("(2)", "left"), ("#2", "left"),
        ("option 2", "left"),
        ("b", "left"), ("d)", "both"), ("rigth", "right"), ("bothh legs", "both"), ("no leg pain", "none"),
        ("NONE", "none"),
        ("le\u200bft", "left"), ("left\x1b[0m", "left"), ("left-leg", "left"),
    ],
)  # fmt: skip
def test_an_option_is_found_by_what_people_type(text: str, chosen: str) -> None:
    assert read_choice(text, SIDE, ENGLISH) == chosen


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "?", "left?", "i think left", "i think it's left", "maybe left", "probably the left",
        "left i guess",
        "sort of left", "kind of both", "left or right", "left and right", "not left", "not the left",
        "left not right",
        "isn't left", "isnt left", "never left", "left, no", "no, left", "0", "5", "-2", "2.5", "1/2",
        "22", "2 2", "\u00b2",
        "\u2461", "z", "lift", "the leg", "it's", "one", "leg", "alright", "all right",
        "that's right then", "left " * 100,
        "l\u0435ft", "everything", "neither of us", "neiter leg",
    ],
)  # fmt: skip
def test_what_is_not_plainly_one_option_is_asked_again(text: str) -> None:
    assert read_choice(text, SIDE, ENGLISH) is None


@pytest.mark.parametrize(
    "denial", ["not {}", "no {}", "isn't {}", "isnt {}", "never {}", "without {}", "{} - no", "{}: never"]
)
@pytest.mark.parametrize("text", ["numb", "numbness", "tingling", "different", "normal", "weakness", "weak", "stable"])
def test_a_denied_word_is_never_the_word(denial: str, text: str) -> None:
    assert read_choice(denial.format(text), FEELING, ENGLISH) is None
    assert read_choice(denial.format(text), WALKING, ENGLISH) is None


@pytest.mark.parametrize(
    "choices", [SIDE, FEELING, WALKING, ILLNESSES], ids=["side", "feeling", "walking", "illnesses"]
)
def test_a_denial_put_in_or_left_out_never_names_the_same_option(choices: list[Choice]) -> None:
    for choice, text in ((each, text) for each in choices for text in each.texts):
        spoken = text.lower().replace("cannot", "can not").split()
        changed = [
            [*spoken[:at], denial, *spoken[at:]] for at in range(len(spoken) + 1) for denial in ("not", "no", "never")
        ]
        changed += [[*spoken[:at], *spoken[at + 1 :]] for at, word in enumerate(spoken) if word in {"no", "not"}]
        assert all(read_choice(" ".join(words), choices, ENGLISH) != choice.id for words in changed)


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("no feeling", "numb"), ("no feling", "numb"), ("No change.", "normal"),
        ("i cant feel touch there", "numb"),
        ("I can't feel touch there", "numb"), ("I can not feel tuoch there", "numb"),
    ],
)  # fmt: skip
def test_a_denial_matches_an_option_that_has_it_too(text: str, chosen: str) -> None:
    assert read_choice(text, FEELING, ENGLISH) == chosen


@pytest.mark.parametrize(
    "text",
    [
        "I can feel touch there", "i feel touch there", "nto numb", "ont numb", "now numb", "non numb",
        "feeling",
        "abnormal", "unchanged", "numb but not always", "I don't feel different or tingles", "nor mal",
    ],
)  # fmt: skip
def test_a_word_near_to_its_opposite_is_asked_again(text: str) -> None:
    assert read_choice(text, FEELING, ENGLISH) is None


@pytest.mark.parametrize(
    "text",
    [
        "unsteady on my feet",
        "unstable",
        "I can walk",
        "able to walk",
        "I cannot talk",
        "walk",
        "I walk unusual",
    ],
)
def test_an_opposite_made_by_its_first_letters_is_asked_again(text: str) -> None:
    assert read_choice(text, WALKING, ENGLISH) is None


def test_two_options_of_the_same_words_are_asked_again() -> None:
    twins = [Choice("one", ("left leg", "leg pain")), Choice("two", ("left side",))]
    assert read_choice("left", twins, ENGLISH) is None
    assert read_choice("left leg", twins, ENGLISH) == "one"


def test_one_is_set_aside_only_where_it_stands_for_the_thing_named() -> None:
    scale = [Choice("1", ("1", "one out of ten")), Choice("5", ("5", "five out of ten"))]
    assert read_choice("the left one", SIDE, ENGLISH) == "left"
    assert read_choice("out of ten", scale, ENGLISH) is None
    assert read_choice("ive out of ten", scale, ENGLISH) is None


def test_close_spelling_needs_a_margin_over_every_other_option() -> None:
    near = [Choice("worse", ("getting worse",)), Choice("worst", ("getting worst",))]
    assert read_choice("getting worse", near, ENGLISH) == "worse"
    assert read_choice("getting worss", near, ENGLISH) is None
    assert read_choice("hypotension", ILLNESSES, ENGLISH) is None


def test_in_a_list_of_amounts_the_figure_of_another_option_is_not_taken_for_a_place() -> None:
    assert read_choice("1", BANDS, ENGLISH) is None
    assert read_choice("a", BANDS, ENGLISH) == "days"
    assert read_choice("2", BANDS, ENGLISH) == "weeks"
    assert read_choice("3", BANDS, ENGLISH) == "months"
    assert read_choice("2", [*BANDS, Choice("other", ("Some other time",))], ENGLISH) == "weeks"
    assert read_choice(">0 to 6 days", BANDS, ENGLISH) is None


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("1, 3", {"diabetes", "heart"}), ("1 and 3", {"diabetes", "heart"}), ("1 3", {"diabetes", "heart"}),
        ("1;3;", {"diabetes", "heart"}), ("1 & 2", {"diabetes", "asthma"}), ("a, c", {"diabetes", "heart"}),
        ("asthma", {"asthma"}), ("Asthma, diabetes and heart", {"asthma", "diabetes", "heart"}),
        ("both asthma and diabetes", {"asthma", "diabetes"}), ("heart and vessel disease", {"heart"}),
        ("heart and vessel disease, asthma", {"heart", "asthma"}), ("asthma\ncrohns", {"asthma", "bowel"}),
        ("diabetis + astma", {"diabetes", "asthma"}), ("1, 1", {"diabetes"}),
        ("asthma, and diabetes", {"asthma", "diabetes"}),
    ],
)  # fmt: skip
def test_a_list_of_options_is_read(text: str, chosen: set[str]) -> None:
    assert read_choices(text, ILLNESSES, ENGLISH) == frozenset(chosen)


@pytest.mark.parametrize(
    "text",
    [
        "", ",", "asthma, gout", "asthma, not diabetes", "no asthma and diabetes",
        "no asthma, no diabetes", "asthma, no",
        "asthma but diabetes", "asthma and maybe diabetes", "asthma, diabetes?", "1-3", "1, 9", "1.3",
        "A&E", "a and e",
        "all except asthma, diabetes", "none of asthma, diabetes", "neither asthma nor diabetes",
        "diabetes or asthma",
        "asthma,, diabetes", "asthma and", "I don't have asthma, diabetes",
    ],
)  # fmt: skip
def test_a_list_with_any_doubtful_part_is_asked_again(text: str) -> None:
    assert read_choices(text, ILLNESSES, ENGLISH) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *((text, "yes") for text in ("y", "Yes", "yeah", "yep", "yup", "aye", "yes!", "YES PLEASE",
        "yes yes", "yesss",
                                     "i do", "Yes, I have", "definitely", "of course", "\uff59\uff45\uff53")),
        *((text, "no") for text in ("n", "No", "nope", "nah", "no thanks", "No, thank you.", "not at all",
        "never", "none",
                                    "no no no", "nooo", "I don't", "no i dont", "no I haven\u2019t",
                                    "definitely not")),
        *((text, "unknown") for text in ("not sure", "I'm not sure", "im not sure", "dunno", "don't know",
        "dont know", "idk",
                                         "i do not know", "no idea", "maybe", "possibly", "perhaps",
                                         "can't remember")),
    ],
)  # fmt: skip
def test_yes_no_and_unknown_are_read(text: str, said: str) -> None:
    assert read_yes_no(text, ENGLISH) == said


@pytest.mark.parametrize(
    "text",
    [
        "", "?", "yes?", "no?", "not really", "i think so", "i don't think so", "yes and no", "no yes",
        "yes no", "not no",
        "not yes", "no but it hurts", "yes but no", "yes if I run", "sort of", "kind of", "sometimes",
        "a bit", "n/a", "ok",
        "right", "not that I know of", "no problem", "no numbness", "yes maybe", "probably",
        "probably not", "know", "knot",
        "y\u0435s", "n\u03bf", "0", "1", "yesn't", "yes" * 1000, "noes", "eyes", "no more than usual",
        "not a lot",
    ],
)  # fmt: skip
def test_what_hedges_or_adds_is_asked_again(text: str) -> None:
    assert read_yes_no(text, ENGLISH) is None


def test_not_sure_is_only_not_knowing() -> None:
    assert all(
        is_not_sure(text, ENGLISH)
        for text in ("not sure", "I'm not sure", "dunno", "IDK", "don\u2019t know", "can't tell", "no idea")
    )
    assert not any(
        is_not_sure(text, ENGLISH)
        for text in (
            "",
            " ",
            "m",
            "sure",
            "no",
            "yes",
            "not",
            "maybe left",
            "not sure but numb",
            "I know",
            "unsteady",
        )
    )


def test_none_of_these_is_only_a_denial_of_all() -> None:
    said = (
        "none",
        "None of these",
        "no to all",
        "nothing",
        "nope",
        "no",
        "none of the above!",
        "I don't have any of these",
    )
    assert all(is_none_of_these(text, ENGLISH) for text in said)
    other = (
        "",
        "none?",
        "one of these",
        "none but asthma",
        "not sure",
        "nothing new",
        "some",
        "all",
        "not all of these",
        "any",
    )
    assert not any(is_none_of_these(text, ENGLISH) for text in other)


def test_prefer_not_is_only_a_wish_not_to_say() -> None:
    said = (
        "rather not say",
        "I'd rather not say",
        "id rather not say",
        "skip",
        "prefer not to say",
        "pass",
        "private",
        "Skip!",
    )
    assert all(is_prefer_not(text, ENGLISH) for text in said)
    assert not any(
        is_prefer_not(text, ENGLISH)
        for text in ("", "no", "say", "passed out", "private parts numb", "not sure", "I passed blood")
    )
