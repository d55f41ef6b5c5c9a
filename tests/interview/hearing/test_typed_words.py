"""Typed text as words: spellings of one thing meet, forms of one word share a stem, slips are mended with care."""

import pytest

from chatbot.interview.hearing.typed_words import MOST_WORDS, Speller, stem, words_of


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("I can't", "i can not"),
        ("cant", "i can not"[2:]),
        ("cannae", "can not"),
        ("don't", "do not"),
        ("dont", "do not"),
        ("it's", "it is"),
        ("its", "it is"),
        ("I've", "i have"),
        ("nope", "no"),
        ("yeah", "yes"),
        ("nowt", "nothing"),
        ("gonna", "going to"),
        ("co-codamol", "co codamol"),
        ("and/or", "and or"),
        ("24/7", "24 7"),
        ("38.5", "38.5"),
        ("3wks", "3 wks"),
        ("\U0001f44d", "yes"),
        ("well...", "well ,"),
        ("pins & needles", "pins and needles"),
    ],
)
def test_spellings_of_one_thing_meet(typed: str, words: str) -> None:
    assert " ".join(words_of(typed)) == words


@pytest.mark.parametrize(
    "forms",
    [
        ("tingle", "tingling", "tingly", "tingles", "tingled"),
        ("numb", "numbness"),
        ("pee", "peed", "peeing"),
        ("fall", "fell", "fallen", "falling"),
        ("lose", "lost", "losing", "loses"),
        ("swell", "swollen", "swelling"),
        ("stop", "stopped", "stopping"),
        ("wipe", "wiping", "wiped"),
        ("baby", "babies"),
        ("foot", "feet"),
    ],
)
def test_forms_of_one_word_share_a_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("here", "her"), ("note", "not"), ("care", "car"), ("sorry", "sore"), ("bite", "bit"), ("was", "wa")],
)
def test_words_that_only_look_alike_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def speller() -> Speller:
    return Speller.of({"numb", "tingling", "bladder", "left", "never"}, {"feel", "latter"}, {"never"})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("tingeling", "tingling"), ("blader", "bladder"), ("lefft", "left"), ("nubm", "numb"), ("bladdr", "bladder")],
)
def test_a_slip_is_mended_where_one_word_alone_was_meant(typed: str, meant: str) -> None:
    assert speller().meant(typed) == meant


@pytest.mark.parametrize("typed", ["latter", "feel", "nevar", "dumb", "madder", "lift", "x", "", "ladder"])
def test_nothing_is_mended_into_a_denial_or_another_word_or_from_another_first_letter(typed: str) -> None:
    assert speller().meant(typed) == typed


def test_a_text_of_any_length_is_cut() -> None:
    assert len(words_of("numb " * 5000)) <= MOST_WORDS
    assert words_of("") == ()


def test_lines_are_sentences() -> None:
    assert words_of("numb\nhelp") == ("numb", ".", "help")
