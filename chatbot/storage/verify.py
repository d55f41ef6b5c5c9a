"""Whether everything that was kept is still there, unchanged: chains, rows, heads, and the database's own findings."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from chatbot.errors import DamagedError
from chatbot.storage.chain import Head, head_of, start
from chatbot.storage.row import STORE, Row
from chatbot.storage.store import CaseStore

# After so many events somebody who waits is told.
_OFTEN = 1_000
# So often a case is looked at again that somebody may just have written to.
_AGAIN = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    `case` and `seq` name the first event that is; `is_damage` tells what the store itself shows from what only the
    second file does: a store set back or cut short is whole in itself.
    """

    text: str
    case: str = ""
    seq: int = 0
    is_damage: bool = True


@dataclass(slots=True)
class Verification:
    """Looks through a store; `events` and `cases` count what was looked at, `watch` is told of so many more events.

    `ended_early` says that the rest could not be read.
    """

    store: CaseStore
    events: int = 0
    cases: int = 0
    watch: Callable[[int], None] = lambda _: None
    ended_early: bool = False
    _purged: set[str] = field(default_factory=set)

    def findings(self) -> Iterator[Finding]:
        """Yields what is wrong, the database's own findings first."""
        try:
            yield from (Finding(f"the database reports: {line}") for line in self.store.check())
            rows = {row.case: (row, digest) for row, digest in self.store.sums()}
            known = self.store.heads.known() if self.store.heads else {}
            heads: dict[str, Head] = {}
            yield from self._chains(heads, known)
            yield from (finding for finding in _rows(rows, heads) if not self._is_past(finding))
            yield from _lost({case: head for case, head in known.items() if case not in self._purged}, heads)
            yield from _packs(self.store)
        except DamagedError as error:
            self.ended_early = True
            yield Finding(str(error))

    def _chains(self, heads: dict[str, Head], known: Mapping[str, Head]) -> Iterator[Finding]:
        """Every chain from its beginning; where one is broken, the first event that does not fit is named."""
        at, place, digest, broken, expected = "", 0, b"", False, None
        for case, seq, kept, body in self.store.chains():
            if case != at:
                if place and not broken:
                    heads[at] = Head(at, place, digest)
                at, place, digest, broken = case, 0, start(case).hash, False
                expected = known.get(case)
                self.cases += 1
            self.events += 1
            if self.events % _OFTEN == 0:
                self.watch(_OFTEN)
            if broken:
                continue
            place += 1
            # A damaged page can hold anything, whatever the table says.
            digest = sha256(digest + body).digest() if isinstance(body, bytes) else b""
            if seq != place or kept != digest:
                broken = True
                heads[case] = Head(case, -1, b"")
                yield Finding(f"event {place} of case {case} is not what was written", case, place)
                continue
            if expected is not None and seq == expected.seq and kept != expected.hash:
                text = f"event {seq} of case {case} is another than the second file knows"
                yield Finding(text, case, seq, is_damage=False)
            if case == STORE:
                self._purged |= purged_in(body)
        if place and not broken:
            heads[at] = Head(at, place, digest)

    def _is_past(self, finding: Finding) -> bool:
        """True when a row fits its chain once both are looked at again: others write meanwhile, nothing is wrong."""
        for _ in range(_AGAIN):
            try:
                row, stored = self.store.row(finding.case), self.store.events(finding.case)
                if (row is None and not stored) or (row is not None and head_of(finding.case, stored) == row.at):
                    return True
            except DamagedError:
                return False
        return False


def verify(store: CaseStore) -> Iterator[Finding]:
    """Yields what is wrong with a store."""
    return Verification(store).findings()


def _packs(store: CaseStore) -> Iterator[Finding]:
    """Packs that are not what was kept: a case asked with one could not be read as it was asked."""
    from chatbot.packs.archive import is_whole

    for digest in store.packs():
        if not is_whole(store.pack(digest) or b"", digest):
            yield Finding(f"the content kept as {digest[:12]} is not what was written")


def purged_in(body: bytes) -> set[str]:
    """The names of the cases that an event of the store's own chain says were purged."""
    if b'"purged"' not in body:
        return set()
    try:
        did = json.loads(body)["did"]
        return set(did["names"]) if did["kind"] == "purged" else set()
    except (ValueError, LookupError, TypeError):
        return set()


def _rows(rows: Mapping[str, tuple[Row, bytes]], heads: Mapping[str, Head]) -> Iterator[Finding]:
    """Rows that are not what was written, or do not go as far as their chain."""
    for case, (row, digest) in rows.items():
        if row.sum != digest:
            yield Finding(f"the row of case {case} is not what was written", case)
        elif case not in heads:
            yield Finding(f"case {case} has no events", case)
        elif heads[case].seq >= 0 and heads[case] != row.at:
            at = heads[case].seq
            yield Finding(f"case {case} has {at} events, and its row says {row.seq}", case, at)
    for case in heads.keys() - rows.keys():
        yield Finding(f"case {case} has events and no row", case)


def _lost(known: Mapping[str, Head], heads: Mapping[str, Head]) -> Iterator[Finding]:
    """Cases that went further once than they do now."""
    for case, head in known.items():
        now = heads.get(case)
        if now is None:
            yield Finding(f"case {case} is gone; it had {head.seq} events", case, 1, is_damage=False)
        elif 0 <= now.seq < head.seq:
            text = f"case {case} ends at event {now.seq}; it had {head.seq}"
            yield Finding(text, case, now.seq + 1, is_damage=False)
