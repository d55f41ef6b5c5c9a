"""What a lane is, and what it saw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from chatbot.packs.pack import Pack
from chatbot.storage.known_heads import Heads
from chatbot.storage.sqlite import open_sqlite
from chatbot.storage.store import CaseStore

# So many violations are told in words; the others are counted.
TOLD = 20


@dataclass
class Tally:
    """So many runs, what was seen how often, and what should never be; `figures` are printed and not judged."""

    runs: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count what another part of the lane saw."""
        self.runs += other.runs
        self.seen += other.seen
        self.violations += other.violations
        self.figures += other.figures

    @property
    def told(self) -> str:
        """What was seen, in one line."""
        return ", ".join([*self.figures, *(f"{number:,} {what}" for what, number in sorted(self.seen.items()))])


@dataclass(frozen=True)
class Setting:
    """What all lanes share: the content, a folder on a disk, how much of the whole is done, and the store on trial."""

    pack: Pack
    folder: Path
    share: int = 1
    processes: int = 2
    open: Callable[[Path, Heads], CaseStore] = open_sqlite

    def part(self, whole: int) -> int:
        """This share of a number, at least one."""
        return max(1, round(whole / self.share))


@dataclass(frozen=True)
class Lane:
    """One way of trying; `missing` says what it needs and does not find on this machine, or nothing."""

    name: str
    run: Callable[[Setting], Tally]
    missing: Callable[[], str] = str


def row(*cells: object) -> str:
    """One line of a Markdown table."""
    return f"| {' | '.join(map(str, cells))} |"


def told(name: str, tally: Tally, seconds: float) -> Iterable[str]:
    """The line of a lane."""
    yield row(name, f"{tally.runs:,}", tally.told, f"{len(tally.violations):,}", f"{seconds:.0f}")


HEADINGS = (row("lane", "runs", "what was seen", "violations", "seconds"), "|---|--:|---|--:|--:|")
