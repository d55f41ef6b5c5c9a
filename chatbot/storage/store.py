"""What a store of cases does, whatever it is made of; a test holds every store to the same contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from chatbot.storage.chain import Head, Stored
from chatbot.storage.known_heads import Heads
from chatbot.storage.row import Row
from chatbot.storage.worklist_query import Section, WorklistQuery


class Hold(Protocol):
    """A case held open by this program; it ends with the program, however that ends."""

    def release(self) -> None:
        """Let others have it."""


class CaseStore(Protocol):
    """Cases as chains of events. Every method raises StorageError in words when it cannot do its work.

    What `begin` and `append` return is kept for good: a program that ends at that moment loses nothing.
    """

    @property
    def place(self) -> str:
        """The address for people to read; no password in it."""

    @property
    def login(self) -> str:
        """The login that uses it: an account of the database, or of this computer."""

    @property
    def is_remote(self) -> bool:
        """True when it may keep a caller waiting, so that a screen must not call it directly."""

    @property
    def heads(self) -> Heads | None:
        """The second file, in which stands how far each case goes."""

    @property
    def warning(self) -> str:
        """The warning of what was wrong when it was opened, and of what was done about it; empty when nothing was."""

    def begin(self, row: Row, bodies: Sequence[bytes]) -> Head:
        """Keep a new case with its first events; StaleWriteError when there is one of that name."""

    def append(self, row: Row, bodies: Sequence[bytes]) -> Head:
        """Keep more events behind the head in the row, all or none, and the row with it.

        StaleWriteError when the case goes further than that head; when these very events are there already, nothing.
        """

    def row(self, case: str) -> Row | None:
        """A case as lists show it."""

    def find(self, code: str) -> Row | None:
        """The case with the digest of a code; DamagedError where it could be one that is damaged."""

    def rows(self) -> Iterator[Row]:
        """Yields the rows of all cases."""

    def listed(self, wanted: WorklistQuery) -> Sequence[Row]:
        """The cases of a list, so many from a place on."""

    def counted(self, wanted: WorklistQuery) -> int:
        """Counts the cases in a list."""

    def counts(self, wanted: WorklistQuery) -> Mapping[Section, int]:
        """Counts the cases in each section, for the login and at the moment of a list."""

    def now(self) -> datetime:
        """The time there; stations that share a store share its clock."""

    def sums(self) -> Iterator[tuple[Row, bytes]]:
        """All cases and the store's own chain, each with the digest that was kept of its row."""

    def events(self, case: str) -> Sequence[Stored]:
        """The events of a case in their order."""

    def chains(self) -> Iterator[tuple[str, int, bytes, bytes]]:
        """Every event of every case, case by case: case, place, digest, bytes."""

    def fill(self, packs: Iterable[tuple[str, bytes]], chains: Iterable[tuple[Row, Sequence[Stored]]]) -> None:
        """Put packs and whole cases into an empty store, all or none; StorageError when it holds something."""

    def keep_pack(self, digest: str, content: bytes) -> None:
        """Keep the files of a pack, once."""

    def pack(self, digest: str) -> bytes | None:
        """The files of a pack."""

    def packs(self) -> Iterable[str]:
        """The digests of the packs there are."""

    def hold(self, case: str, who: str) -> Hold:
        """Hold a case open; HeldError says who else does."""

    def purge(self, cases: Iterable[str], wipe: bool = True) -> int:
        """Forget cases and the packs that only they needed; how many events that was.

        With `wipe` their bytes are gone when it returns; without, when it is called with it.
        """

    def aside(self) -> Iterable[Path]:
        """The damaged files that were set aside, with what lies beside them."""

    def check(self) -> Iterator[str]:
        """Yields what is wrong with the files or tables themselves, a line each."""

    def close(self) -> None:
        """Let go of the store."""
