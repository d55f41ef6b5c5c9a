"""The day that all processes live in: its time is that of the server, so many times as fast."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from chatbot.storage.known_heads import Heads
from chatbot.storage.postgres import PostgresStore, open_postgres

OPENS = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
# 300 cases come within twelve hours, which three nurses can do; fewer come as close together, in less time.
HOURS, BUSY = 12.0, 300
TOMORROW = OPENS + timedelta(hours=26)
NURSES = ("ann", "bea", "cyd")
LEAD = "dan"
KIOSK = "kiosk"
ROLES = {KIOSK: "triage_patient", **dict.fromkeys(NURSES, "triage_nurse"), LEAD: "triage_lead"}


@dataclass(frozen=True, slots=True)
class Day:
    """What every process of a day knows.

    `url` has `{login}` in it; `began` is when the day began by the clock of the server, and `speed` how many seconds of
    it go by in one. Of `cases` a fifth are calls that nurses begin.
    """

    url: str
    folder: Path
    began: datetime
    speed: float = 200.0
    cases: int = BUSY
    seed: int = 1
    fault: str = ""

    @property
    def calls(self) -> int:
        """How many people ring up."""
        return self.cases // 5

    @property
    def patients(self) -> int:
        """How many answer alone."""
        return self.cases - self.calls

    @property
    def length(self) -> timedelta:
        """For how long people come."""
        return timedelta(hours=HOURS) * self.cases / BUSY

    def simulated(self, now: datetime) -> datetime:
        """The time of the day at a time of the server."""
        return OPENS + (now - self.began) * self.speed

    def seconds(self, span: timedelta) -> float:
        """How long a time of the day really takes."""
        return span.total_seconds() / self.speed

    def clock(self, store: PostgresStore) -> Callable[[], datetime]:
        """The time of the day for a program at a store."""
        return lambda: self.simulated(store.now())

    def opened(self, login: str, station: str) -> PostgresStore:
        """The store for a login; each station has a second file of its own."""
        return open_postgres(self.url.format(login=login), self.heads(station))

    def heads(self, station: str) -> Heads:
        """The second file of a station."""
        return Heads(self.folder / "heads" / f"{station}.txt")

    @property
    def books(self) -> Path:
        """Where every process writes what it was told."""
        return self.folder / "books"

    @property
    def is_over(self) -> Path:
        """A file that sends everybody home."""
        return self.folder / "over"
