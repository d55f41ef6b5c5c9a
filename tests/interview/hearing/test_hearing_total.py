"""Hearing fails on nothing: every sentence of the open set at any question and line, and hostile text."""

import random
import time
from pathlib import Path

import pytest

from benchmarks.hearing import TODAY, rows_of
from chatbot.interview.hearing.hear import Heard, hear, hear_or_fail
from chatbot.interview.hearing.lexicon import Lexicon
from chatbot.interview.hearing.stated import Text
from chatbot.packs.lexicons import lexicon
from chatbot.packs.load import load_pack
from tests.support.hostile_texts import fixed, some

SETS = sorted(Path(__file__).parent.glob("open*.jsonl"))
ODD = (
    "",
    " ",
    "?",
    "...",
    "!!",
    "no",
    "-",
    ",",
    "(",
    "1",
    "0",
    "99",
    "a",
    "no.",
    "no,",
    "yes,",
    "?no",
    "12+3",
    "the",
    "not",
)


@pytest.fixture(scope="module")
def shipped() -> Lexicon:
    words = lexicon(load_pack())
    assert words is not None
    return words


def places(words: Lexicon) -> list[tuple[str | None, str | None]]:
    """Every question, every line of one, and no question at all."""
    found: list[tuple[str | None, str | None]] = [(None, None)]
    for question in words.dialog.questions.values():
        found.append((question.id, None))
        found += [(question.id, item.id) for item in question.items]
    return found


@pytest.mark.parametrize("seed", range(3))
def test_no_sentence_at_any_place_makes_it_fail(shipped: Lexicon, seed: int) -> None:
    chance, asked = random.Random(seed), places(shipped)
    said = [row["say"] for file in SETS for row in rows_of(file)] + [*ODD]
    for _ in range(400):
        question, line = chance.choice(asked)
        assert isinstance(hear_or_fail(shipped, chance.choice(said), question, line, today=TODAY), Heard)


def test_no_hostile_text_makes_it_fail_or_takes_long(shipped: Lexicon) -> None:
    chance, asked = random.Random(7), places(shipped)
    for text in (*fixed(), *some(3, 60)):
        question, line = chance.choice(asked)
        begin = time.process_time()
        assert isinstance(hear_or_fail(shipped, text, question, line, today=TODAY), Heard)
        assert time.process_time() - begin < 2


def test_it_says_the_same_each_time(shipped: Lexicon) -> None:
    for row in rows_of(SETS[0])[::40]:
        first = hear(shipped, row["say"], row.get("question"), row.get("line"), today=TODAY)
        assert hear(shipped, row["say"], row.get("question"), row.get("line"), today=TODAY) == first


@pytest.mark.parametrize(("question", "line"), [("no_such", None), ("right_now", "no_such")])
def test_what_is_no_question_is_said(shipped: Lexicon, question: str, line: str | None) -> None:
    with pytest.raises(ValueError, match=r"there is no question|has no line"):
        hear(shipped, "numb", question, line)


def test_a_fault_is_not_understood_and_tells_nothing(
    shipped: Lexicon,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def faulty(text: Text, *_: object) -> None:
        raise RuntimeError(f"it fails at {text.said}")

    monkeypatch.setattr("chatbot.interview.hearing.hear._meant", faulty)
    assert hear(shipped, "numb EGGSHELL", "saddle_sensation") == Heard()
    assert (caplog.text, *capsys.readouterr()) == ("", "", "")
    with pytest.raises(RuntimeError, match="EGGSHELL"):
        hear_or_fail(shipped, "numb EGGSHELL", "saddle_sensation")
