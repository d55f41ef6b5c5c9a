"""Twenty seeded faults, each caught or proved to change no result."""

from functools import cache
from pathlib import Path

import pytest

from tests.support.mutation import KINDS, Judge, Mutant, mutants

HOME = Path(__file__).parents[2]
PACK = HOME / "dialogs" / "low_back_pain"


@cache
def judge() -> Judge:
    """One for all faults."""
    return Judge(PACK, HOME / "transcripts")


@pytest.mark.parametrize("mutant", [pytest.param(m, id=f"{m.kind}: {m.what}"[:70]) for m in mutants(PACK, 20, seed=7)])
def test_a_planted_fault_is_caught(mutant: Mutant) -> None:
    """By the loader, the examples, the table, a conversation, the proof or the coverage, or it changes nothing."""
    found = judge().judge(mutant)
    assert found.by != "survivor", found.note


def test_faults_are_of_all_kinds_and_the_same_each_time() -> None:
    """Seeded, different, and by turns of every kind."""
    first, second = (mutants(PACK, 60, seed=3) for _ in range(2))
    assert first == second
    assert len({(mutant.file, mutant.what) for mutant in first}) == 60
    assert {mutant.kind for mutant in first} == set(KINDS)
