"""A store in memory: gone when the program ends, and the plainest form of the contract."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from chatbot.errors import HeldError, StaleWriteError, StorageError
from chatbot.storage.chain import Head, Stored, grown, start
from chatbot.storage.known_heads import Heads
from chatbot.storage.row import STORE, Row
from chatbot.storage.worklist_query import SECTIONS, Section, WorklistQuery, in_order
from tests.support.listing import belongs, section_of


@dataclass(slots=True)
class _Held:
    held: dict[str, str]
    case: str

    def release(self) -> None:
        self.held.pop(self.case, None)


@dataclass
class MemoryStore:
    """Cases in dictionaries."""

    place: str = "memory"
    login: str = ""
    is_remote: bool = False
    warning: str = ""
    heads: Heads | None = None
    _rows: dict[str, Row] = field(default_factory=dict)
    _chains: dict[str, list[Stored]] = field(default_factory=dict)
    _packs: dict[str, bytes] = field(default_factory=dict)
    _held: dict[str, str] = field(default_factory=dict)

    def begin(self, row: Row, bodies: Sequence[bytes]) -> Head:
        """Keep a new case with its first events."""
        known = self._rows.get(row.case)
        if known is not None:
            if known.head == list(grown(start(row.case), bodies))[-1].hash:
                return known.at
            raise StaleWriteError(f"there is a case {row.case} already")
        return self._keep(row, start(row.case), bodies)

    def append(self, row: Row, bodies: Sequence[bytes]) -> Head:
        """Keep more events behind the head in the row."""
        events, known = list(grown(row.at, bodies)), self._rows.get(row.case)
        if known is None or known.at != row.at:
            if events and known is not None and known.head == events[-1].hash:
                return known.at
            raise StaleWriteError(f"case {row.case} was changed by another program")
        return self._keep(row, row.at, bodies)

    def _keep(self, row: Row, head: Head, bodies: Sequence[bytes]) -> Head:
        events = list(grown(head, bodies))
        head = Head(row.case, events[-1].seq, events[-1].hash) if events else head
        self._chains.setdefault(row.case, []).extend(events)
        self._rows[row.case] = row.grown(head)
        return head

    def row(self, case: str) -> Row | None:
        """A case as lists show it."""
        return self._rows.get(case)

    def find(self, code: str) -> Row | None:
        """The case with the digest of a code."""
        return next((row for row in self._rows.values() if code and row.code == code), None)

    def rows(self) -> Iterator[Row]:
        """All cases."""
        return (self._rows[case] for case in sorted(self._rows) if case != STORE)

    def listed(self, wanted: WorklistQuery) -> Sequence[Row]:
        """The cases of a list, so many from a place on."""
        found = in_order((row for row in self._rows.values() if belongs(row, wanted)), wanted)
        return found[wanted.offset : wanted.offset + wanted.limit]

    def counted(self, wanted: WorklistQuery) -> int:
        """How many cases are in a list."""
        return sum(belongs(row, wanted) for row in self._rows.values())

    def counts(self, wanted: WorklistQuery) -> Mapping[Section, int]:
        """How many cases are in each section."""
        found = Counter(section_of(row, wanted) for row in self._rows.values())
        return {section: found[section] for section in SECTIONS}

    def now(self) -> datetime:
        """The time of this computer."""
        return datetime.now(UTC)

    def sums(self) -> Iterator[tuple[Row, bytes]]:
        """All cases and the store's own chain; nothing happens to a row in memory."""
        return ((row, row.sum) for row in self._rows.values())

    def events(self, case: str) -> Sequence[Stored]:
        """The events of a case in their order."""
        return tuple(self._chains.get(case, ()))

    def chains(self) -> Iterator[tuple[str, int, bytes, bytes]]:
        """Every event of every case."""
        for case in sorted(self._chains):
            for event in self._chains[case]:
                yield case, event.seq, event.hash, event.body

    def fill(self, packs: Iterable[tuple[str, bytes]], chains: Iterable[tuple[Row, Sequence[Stored]]]) -> None:
        """Put packs and whole cases into an empty store."""
        if self._rows or self._packs:
            raise StorageError("it holds records; a backup is restored into an empty place only")
        found = list(chains)
        self._packs = dict(packs)
        self._chains = {row.case: list(chain) for row, chain in found}
        self._rows = {row.case: row for row, _ in found}

    def keep_pack(self, digest: str, content: bytes) -> None:
        """Keep the files of a pack, once."""
        self._packs.setdefault(digest, content)

    def pack(self, digest: str) -> bytes | None:
        """The files of a pack."""
        return self._packs.get(digest)

    def packs(self) -> Iterable[str]:
        """The digests of the packs there are."""
        return tuple(sorted(self._packs))

    def hold(self, case: str, who: str) -> _Held:
        """Hold a case open."""
        if case in self._held:
            raise HeldError(self._held[case])
        self._held[case] = who
        return _Held(self._held, case)

    def purge(self, cases: Iterable[str], wipe: bool = True) -> int:  # noqa: ARG002 # memory keeps no bytes
        """Forget cases and the packs that only they needed."""
        gone = 0
        for case in cases:
            self._rows.pop(case, None)
            gone += len(self._chains.pop(case, ()))
        needed = {row.digest for row in self._rows.values()}
        self._packs = {digest: content for digest, content in self._packs.items() if digest in needed}
        return gone

    def aside(self) -> Iterable[Path]:
        """Memory has no files that could be set aside."""
        return ()

    def check(self) -> Iterator[str]:
        """Memory has no files that could be wrong."""
        return iter(())

    def close(self) -> None:
        """Nothing to let go of."""
