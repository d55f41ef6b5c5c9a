"""What a new version of a pack would do to people, measured on many, and the version step that follows."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from chatbot.condition import facts_of
from chatbot.packs.load import load_folder
from chatbot.packs.pack import Pack
from chatbot.replay.changes import Changes, changes
from chatbot.replay.corpus import Person, at_random
from chatbot.replay.effects import Cause, Pair, Tally, causes, count
from chatbot.replay.versions import Version

CHUNK = 400
# A process needs about as long to start and load two packs as another needs for this many people.
WORTH_A_PROCESS = 1500

Chunk = tuple[Person, ...] | range


@dataclass(frozen=True, slots=True)
class Impact:
    """The differences of two versions and what they do to people."""

    old: Version
    new: Version
    changes: Changes
    tally: Tally
    downgrades: tuple[Cause, ...]
    upgrades: tuple[Cause, ...]

    @property
    def is_signed(self) -> bool:
        """Whether a named person approved exactly the new version."""
        return self.new.pack.status == "approved"

    @property
    def passes(self) -> bool:
        """Whether nobody is sent to less urgent care, or the new version is signed."""
        return not self.downgrades or self.is_signed

    def facts_behind(self, rule: str) -> frozenset[str]:
        """The facts a rule looks at in either version."""
        rules = (*self.old.pack.rulebook.rules, *self.new.pack.rulebook.rules)
        return frozenset().union(*(facts_of(each.when) for each in rules if each.id == rule))

    @property
    def step(self) -> str:
        """The version step by effect: major, minor, patch or nothing."""
        found = self.changes
        if self.downgrades or self.upgrades or found.questions_added or found.questions_removed:
            return "major"
        if found.are_read or self.tally.advice:
            return "minor"
        return "patch" if found.any else "nothing"


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many random people are tried, from which seed, on how many processes; `done` is told the people tried."""

    number: int
    seed: int
    jobs: int | None = None
    done: Callable[[int], None] = lambda _: None


def impact(old: Version, new: Version, people: Sequence[Person], crowd: Crowd) -> Impact:
    """Try the people named and the random ones on both versions."""
    found, tally = changes(old.pack, new.pack), Tally()
    for size, part in _counted(old, new, people, crowd):
        tally.add(part)
        crowd.done(size)
    pair = Pair(old.pack, new.pack)
    down, up = (tuple(causes(tally.effects, way, found.rules.__contains__, pair)) for way in ("down", "up"))
    return Impact(old, new, found, tally, down, up)


def _counted(old: Version, new: Version, people: Sequence[Person], crowd: Crowd) -> Iterator[tuple[int, Tally]]:
    """The tally of each chunk in order, so that the same people give the same report on any number of processes."""
    chunks: list[Chunk] = [tuple(people[at : at + CHUNK]) for at in range(0, len(people), CHUNK)]
    chunks += [range(at, min(at + CHUNK, crowd.number)) for at in range(0, crowd.number, CHUNK)]
    jobs = min(crowd.jobs or _cores(), (len(people) + crowd.number) // WORTH_A_PROCESS)
    if jobs < 2:
        pair = old.pack, new.pack
        yield from ((len(chunk), _tried(pair, crowd.seed, chunk)) for chunk in chunks)
        return
    # Started afresh, since a copy of a process with threads may hang; so it is the same on every system.
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(jobs, context, _prepare, (old.folder, new.folder, crowd.seed))
    try:
        tallies = executor.map(_tried_there, chunks)
        yield from ((len(chunk), tally) for chunk, tally in zip(chunks, tallies, strict=True))
    finally:
        executor.shutdown(cancel_futures=True)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _tried(pair: tuple[Pack, Pack], seed: int, chunk: Chunk) -> Tally:
    old, new = pair
    books = (old.rulebook, new.rulebook)
    return count(at_random(books, seed, chunk) if isinstance(chunk, range) else chunk, old, new)


_there: list[tuple[tuple[Pack, Pack], int]] = []


def _prepare(old: Path, new: Path, seed: int) -> None:
    """Load both versions in a process of its own, which leaves Ctrl-C to the one that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _there.append(((load_folder(old), load_folder(new)), seed))


def _tried_there(chunk: Chunk) -> Tally:
    return _tried(*_there[0], chunk)
