"""A store as one file that fits every kind of store: lines of JSON, compressed, that show whether all is there.

The first line says what it is, then come the packs, the events of each case, the packs that came meanwhile, and a last
line with what was counted and the SHA-256 of all lines before it.
"""

from __future__ import annotations

import base64
import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from chatbot.errors import DamagedError, InputError
from chatbot.packs.archive import is_whole
from chatbot.storage.chain import Head, Stored, head_of, start
from chatbot.storage.projection import projected
from chatbot.storage.row import STORE
from chatbot.storage.store import CaseStore
from chatbot.storage.verify import purged_in

FORM, KIND = 1, "triage backup"
GZIP = b"\x1f\x8b"
# No line is longer: a pack of 64 MB would not load, nor would an event.
_LONGEST = 96 << 20


@dataclass(slots=True)
class Counts:
    """The counts of what a backup holds; the store's own chain counts as a case."""

    packs: int = 0
    cases: int = 0
    events: int = 0

    def told(self) -> dict[str, int]:
        """As the last line of a backup says it."""
        return {"packs": self.packs, "cases": self.cases, "events": self.events}


class _Lines:
    """Writes lines and keeps the digest of them."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.digest = file, sha256()

    def write(self, line: Mapping[str, object]) -> None:
        data = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        self.digest.update(data)
        self.file.write(data)


def write_backup(
    store: CaseStore, file: BinaryIO, moment: datetime, program: str, watch: Callable[[int], None] = lambda _: None
) -> Counts:
    """Write all that a store holds; DamagedError names the first event that is not what was written.

    The events are read in one transaction, so that others may go on writing.
    """
    # No name and no time in the head of the compressed file.
    with gzip.GzipFile("", "wb", 6, file, mtime=0) as squeezed, io.BufferedWriter(squeezed, 1 << 20) as buffer:
        lines, counts = _Lines(buffer), Counts()
        kind = type(store).__name__.removesuffix("Store").lower()
        lines.write({"backup": KIND, "form": FORM, "program": program, "at": moment.isoformat(), "place": kind})
        packs: set[str] = set()
        _write_packs(store, packs, lines)
        _write_events(store, lines, counts, watch)
        _write_packs(store, packs, lines)  # those that came while the events were read
        counts.packs = len(packs)
        lines.write({**counts.told(), "sha256": lines.digest.hexdigest()})
    return counts


def _write_packs(store: CaseStore, written: set[str], lines: _Lines) -> None:
    for digest in store.packs():
        content = None if digest in written else store.pack(digest)
        if content is not None:
            if not is_whole(content, digest):
                raise DamagedError(f"the content kept as {digest[:12]} is not what was written, so no backup was made")
            written.add(digest)
            lines.write({"pack": digest, "content": base64.b64encode(content).decode()})


def _write_events(store: CaseStore, lines: _Lines, counts: Counts, watch: Callable[[int], None]) -> None:
    for case, chain in groupby(store.chains(), key=lambda event: event[0]):
        counts.cases += 1
        digest = start(case).hash
        for place, (_, seq, kept, body) in enumerate(chain, start=1):
            digest = sha256(digest + body).digest()
            if seq != place or kept != digest:
                raise DamagedError(f"event {place} of case {case} is not what was written, so no backup was made")
            lines.write({"case": case, "seq": seq, "hash": kept.hex(), **_told(body)})
            counts.events += 1
            watch(1)


def _told(body: bytes) -> dict[str, str]:
    try:
        return {"body": body.decode()}
    except UnicodeDecodeError:
        return {"bytes": base64.b64encode(body).decode()}


Line = dict[str, object]


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup file; what is wrong with its content is a DamagedError, what cannot be opened an InputError."""

    path: Path

    def lines(self) -> Iterator[Line]:
        """Every line between the first and the last, of a file that turns out to be whole at its end."""
        digest, held, counted, cases = sha256(), None, Counts(), set[str]()
        for number, line in enumerate(self._raw()):
            if number == 0:
                _check_first(_object(line))
                digest.update(line)
                continue
            if held is not None:  # there is one behind it, so it is not the last
                digest.update(held)
                held_line = _object(held)
                counted.packs += "pack" in held_line
                counted.events += "case" in held_line
                cases |= {str(held_line["case"])} if "case" in held_line else set()
                yield held_line
            held = line
        counted.cases = len(cases)
        if held is None or _object(held) != {**counted.told(), "sha256": digest.hexdigest()}:
            raise DamagedError(f"'{self.path}' is cut short or changed: its end does not fit what stands before it")

    def _raw(self) -> Iterator[bytes]:
        try:
            with self.path.open("rb") as file, gzip.GzipFile(fileobj=file) as lines:
                while line := lines.readline(_LONGEST):
                    yield line
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise DamagedError(f"'{self.path}' is no backup, or is cut short or damaged") from error
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or error
            raise InputError(f"cannot read '{self.path}': {why}") from error

    def chains(self) -> Iterator[tuple[str, list[Stored]]]:
        """The whole chain of every case."""
        seen: set[str] = set()
        events = (line for line in self.lines() if "case" in line)
        for case, some in groupby(events, key=lambda line: str(line["case"])):
            if case in seen:
                raise DamagedError(f"case {case} stands twice in the backup")
            seen.add(case)
            chain = [_stored(line) for line in some]
            head_of(case, chain)
            yield case, chain

    def packs(self) -> Iterator[tuple[str, bytes]]:
        """The packs by their digests."""
        for line in self.lines():
            if "pack" in line:
                yield str(line["pack"]), _bytes(line.get("content"))

    def looked_through(self, known: Mapping[str, Head]) -> Contents:
        """Reads all of it and finds it whole; says what is in it, and what it lacks of what is known elsewhere."""
        contents, marks, purged = Contents(), dict[str, Stored](), set[str]()
        for case, chain in self.chains():
            contents.counts.cases += 1
            contents.counts.events += len(chain)
            if case in known:
                # The event that is known to be there, or the last one before it.
                marks[case] = chain[min(known[case].seq, len(chain)) - 1]
            projected(case, [event.body for event in chain])  # said now, and not when half of it is restored
            if case == STORE:
                purged = {name for event in chain for name in purged_in(event.body)}
        for digest, content in self.packs():
            if not is_whole(content, digest):
                raise DamagedError(f"the content kept as {digest[:12]} is not what was written")
            contents.counts.packs += 1
        for case, head in known.items():
            if case not in purged and head.seq:
                contents.compare(head, marks.get(case))
        return contents


@dataclass(slots=True)
class Contents:
    """The contents of a backup, and what it lacks of what the second file knows: whole cases, ends of cases, events.

    `changed` are cases that go on otherwise than they are known to.
    """

    counts: Counts = field(default_factory=Counts)
    gone: int = 0
    shortened: int = 0
    events_lost: int = 0
    changed: int = 0

    def compare(self, known: Head, here: Stored | None) -> None:
        """Take one case into account, by the last of its events here that is not behind the known one."""
        if here is None:
            self.gone += known.case != STORE
            self.events_lost += known.seq
        elif here.seq < known.seq:
            self.shortened += known.case != STORE
            self.events_lost += known.seq - here.seq
        elif here.hash != known.hash:
            self.changed += 1

    @property
    def loss(self) -> str:
        """Says what would be lost; empty where nothing would."""
        parts = []
        if self.events_lost:
            parts.append(
                f"{self.gone} case(s) would be gone and {self.shortened} would end earlier, "
                f"{self.events_lost} event(s) in all"
            )
        if self.changed:
            parts.append(f"{self.changed} case(s) would be others than they are known to be")
        return "; ".join(parts)


def put_back(backup: Backup, store: CaseStore) -> None:
    """Fill an empty store with a backup, all or nothing; what lists show is worked out from the events."""
    chains = ((projected(case, [each.body for each in chain]), chain) for case, chain in backup.chains())
    store.fill(backup.packs(), ((row.grown(head_of(row.case, chain)), chain) for row, chain in chains))


def _check_first(line: Line) -> None:
    if line.get("backup") != KIND:
        raise DamagedError("this is no backup of this program, or its beginning is damaged")
    form = line.get("form")
    if not isinstance(form, int) or form > FORM:
        raise InputError(f"the backup has form {form}, which a newer version of this program wrote; this reads {FORM}")


def _object(line: bytes) -> Line:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise DamagedError("the backup is cut short or damaged: a line of it cannot be read")
    return data


def _stored(line: Line) -> Stored:
    seq, digest, body = line.get("seq"), line.get("hash"), line.get("body")
    try:
        content = body.encode() if isinstance(body, str) else _bytes(line.get("bytes"))
        return Stored(int(str(seq)), bytes.fromhex(str(digest)), content)
    except ValueError as error:
        raise DamagedError("the backup is damaged: an event of it cannot be read") from error


def _bytes(text: object) -> bytes:
    try:
        return base64.b64decode(str(text), validate=True)
    except ValueError as error:
        raise DamagedError("the backup is damaged: a part of it cannot be read") from error
