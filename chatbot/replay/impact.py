"""What a new version of a pack would do to people, measured on many, and the version step that follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from chatbot.condition import facts_of
from chatbot.cores import cores, over_cores
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
        """True when a named person approved exactly the new version."""
        return self.new.pack.status == "approved"

    @property
    def passes(self) -> bool:
        """True when nobody is sent to less urgent care, or the new version is signed."""
        return not self.downgrades or self.is_signed

    def facts_behind(self, rule: str) -> frozenset[str]:
        """The facts a rule looks at in either version."""
        rules = (*self.old.pack.rulebook.rules, *self.new.pack.rulebook.rules)
        return frozenset().union(*(facts_of(each.when) for each in rules if each.id == rule))

    @property
    def step(self) -> str:
        """The version step by effect: major, minor, patch or nothing."""
        changes = self.changes
        if self.downgrades or self.upgrades or changes.questions_added or changes.questions_removed:
            return "major"
        if changes.are_read or self.tally.advice:
            return "minor"
        return "patch" if changes.any else "nothing"


@dataclass(frozen=True, slots=True)
class Crowd:
    """A crowd of random people: how many, from which seed, on how many processes; `done` is told the people tried."""

    number: int
    seed: int
    jobs: int | None = None
    done: Callable[[int], None] = lambda _: None


def impact(old: Version, new: Version, people: Sequence[Person], crowd: Crowd) -> Impact:
    """Try the people named and the random ones on both versions."""
    difference, tally = changes(old.pack, new.pack), Tally()
    for size, part in _counted(old, new, people, crowd):
        tally.add(part)
        crowd.done(size)
    pair = Pair(old.pack, new.pack)
    down, up = (tuple(causes(tally.effects, way, difference.rules.__contains__, pair)) for way in ("down", "up"))
    return Impact(old, new, difference, tally, down, up)


def _counted(old: Version, new: Version, people: Sequence[Person], crowd: Crowd) -> Iterator[tuple[int, Tally]]:
    """The tally of each chunk in order, so that the same people give the same report on any number of processes."""
    chunks: list[Chunk] = [tuple(people[at : at + CHUNK]) for at in range(0, len(people), CHUNK)]
    chunks += [range(at, min(at + CHUNK, crowd.number)) for at in range(0, crowd.number, CHUNK)]
    jobs = min(crowd.jobs or cores(), (len(people) + crowd.number) // WORTH_A_PROCESS)
    if jobs < 2:
        pair = old.pack, new.pack
        yield from ((len(chunk), _tried(pair, crowd.seed, chunk)) for chunk in chunks)
        return
    tallies = over_cores(_tried_there, [(old.folder, new.folder, crowd.seed, chunk) for chunk in chunks], jobs)
    yield from ((len(chunk), tally) for chunk, tally in zip(chunks, tallies, strict=True))


def _tried(pair: tuple[Pack, Pack], seed: int, chunk: Chunk) -> Tally:
    old, new = pair
    books = (old.rulebook, new.rulebook)
    return count(at_random(books, seed, chunk) if isinstance(chunk, range) else chunk, old, new)


def _tried_there(trial: tuple[Path, Path, int, Chunk]) -> Tally:
    old, new, seed, chunk = trial
    return _tried(_both(old, new), seed, chunk)


@lru_cache(maxsize=1)
def _both(old: Path, new: Path) -> tuple[Pack, Pack]:
    """Both versions, loaded once in each process; what is to be said of them was said where they were opened."""
    return load_folder(old, kept=True), load_folder(new, kept=True)
