"""How well the shipped words hear the open sets: floors, so that a change that hears worse is seen.

These sets were read while the words were written: their figures, which docs/hearing.md gives, say how much is held, and
not how strangers are heard.
"""

from functools import cache
from pathlib import Path

import pytest

from benchmarks.hearing import Table, rows_of, scored
from chatbot.packs.load import load_pack

HERE = Path(__file__).parent
SETS = sorted(HERE.glob("open*.jsonl"))


@cache
def table() -> Table:
    """All open sets together."""
    return scored(load_pack(), [row for file in SETS for row in rows_of(file)])


def test_the_sets_are_as_large_as_they_are_said_to_be() -> None:
    assert len(table().replies) >= 1200
    assert len(table().stories) >= 400


def test_most_replies_are_right() -> None:
    assert table().share("right") >= 0.94


def test_hardly_any_is_recorded_wrongly_and_none_towards_less_urgent() -> None:
    assert table().share("wrong") <= 0.005
    assert [score.row["say"] for score in table().replies if score.less_urgent] == []


def test_none_is_said_back_as_milder_than_any_that_is_right() -> None:
    assert [score.row["say"] for score in table().replies if score.milder_said_back] == []


def test_dangers_are_put() -> None:
    heard, told = table().dangers
    assert heard >= 0.97 * told
    heard, told = table().beside
    assert heard >= 0.95 * told


def test_danger_questions_are_seldom_put_without_cause() -> None:
    put, harmless = table().false_questions
    assert put <= 0.03 * harmless


def test_no_danger_of_the_emergency_block_is_recorded_as_denied_by_words_that_tell_it() -> None:
    denied = [
        (score.row["say"], name)
        for score in table().stories
        for name in score.row["danger"]
        if score.heard.values.get(name) in ("no", "none", "normal", [])
    ]
    assert denied == []


@pytest.mark.parametrize("file", SETS, ids=lambda file: file.stem)
def test_a_set_names_only_what_there_is(file: Path) -> None:
    pack = load_pack()
    for row in rows_of(file):
        assert ("danger" in row) != ("question" in row), row["id"]
        if "danger" in row:
            assert {*row["danger"], *row["not"]} <= pack.rulebook.facts.keys(), row["id"]
        else:
            question = pack.dialog.questions[row["question"]]
            lines = {item.id for item in question.items} | {option for option, _ in question.options}
            assert row.get("line") is None or row["line"] in lines, row["id"]
            for accept in row["accept"]:
                known = pack.rulebook.facts.keys() | lines | {"reply"}
                assert accept.keys() <= known, row["id"]
