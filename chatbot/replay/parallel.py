"""Plays many transcripts over the cores of a machine; the outcomes come in the order of the transcripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from chatbot.cores import cores, over_cores
from chatbot.packs.load import load_pack
from chatbot.replay.files import Outcome, Player, Script

# A process needs about as long to start and load a pack as another needs to play this many transcripts.
WORTH_A_PROCESS = 40
_AT_ONCE = 8


def play_all(scripts: Sequence[Script], jobs: int | None = None) -> Iterator[Outcome]:
    """Play transcripts with at most so many processes, by default as many as there are cores."""
    processes = min(jobs or cores(), len(scripts) // WORTH_A_PROCESS)
    yield from over_cores(_play, scripts, processes, _AT_ONCE)


@cache
def _player() -> Player:
    return Player(load_pack)


def _play(script: Script) -> Outcome:
    return _player().play(script)
