"""Stores with interviews in them, and a clock that stands where a test puts it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from chatbot.packs.load import load_pack
from chatbot.packs.pack import Pack
from chatbot.service.journal import Journal
from chatbot.service.records import Records
from chatbot.storage.store import CaseStore
from tests.support.someone import Someone

BEGAN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@dataclass
class Clock:
    """A second passes each time it is looked at."""

    now: datetime = BEGAN

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def records_in(store: CaseStore, clock: Clock | None = None) -> Records:
    """Records with a clock that is known, kept by an account that is known."""
    return Records(store, clock or Clock(), login="anna")


def talk(records: Records, pack: Pack, seed: int, reference: str = "") -> Journal:
    """One interview by chance, kept and closed."""
    someone = Someone(pack, seed)
    journal = records.begin(pack, someone.at, reference or f"bed {seed}")
    journal.take(someone.talk())
    journal.close()
    return journal


def stopped(records: Records, pack: Pack, seed: int = 1) -> Journal:
    """An interview that was given up at once, which issues a recommendation."""
    someone = Someone(pack, seed)
    journal = records.begin(pack, someone.at)
    journal.take(someone.at.stop())
    journal.close()
    return journal


def fill(store: CaseStore, pack: Pack, seeds: Iterable[int]) -> list[Journal]:
    """Some interviews."""
    records = records_in(store)
    return [talk(records, pack, seed) for seed in seeds]


@cache
def installed(name: str) -> Pack:
    """The installed pack of a name, loaded once."""
    return load_pack(name)
