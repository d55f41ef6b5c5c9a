"""Words clear nothing: a sentence with a denying word in it that denies nothing asked is never proposed as a no."""

from functools import cache

import pytest

from chatbot.interview.hearing.hear import hear
from chatbot.packs.lexicons import lexicon
from chatbot.packs.load import load_pack
from chatbot.packs.pack import Pack
from tests.interview.hearing.unclear_denials import FACTS, LINES, sentences
from tests.support.listening import TODAY


@cache
def shipped() -> Pack:
    """The shipped pack."""
    return load_pack()


def readings(said: str, question: str, line: str | None = None) -> list[object]:
    """Every value that words would be recorded, said back or offered as."""
    words = lexicon(shipped())
    assert words is not None
    heard = hear(words, said, question, line, today=TODAY)
    return [value for one in (heard.values, heard.proposed, *heard.either) for value in one.values()]


def test_every_line_of_the_block_has_its_sentences() -> None:
    assert readings("no", "right_now", "chest") == ["no"]
    block = [question for question in shipped().dialog.questions.values() if question.block]
    assert LINES.keys() == {f"{question.id} {item.id}" for question in block for item in question.items}


@pytest.mark.parametrize(("place", "said"), sentences(LINES))
def test_at_a_line_of_the_block_no_loose_no_is_proposed(place: str, said: str) -> None:
    question, line = place.split()
    assert not [value for value in readings(said, question, line) if value in ([], "no", "none")]


@pytest.mark.parametrize(("fact", "said"), sentences(FACTS))
def test_a_denial_with_another_word_for_the_same_is_never_the_least(fact: str, said: str) -> None:
    assert shipped().rulebook.facts[fact].least not in readings(said, fact)
