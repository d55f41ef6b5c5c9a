"""The chain: each event is tied to all before it, so that none can be changed, left out or moved unseen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from chatbot.errors import DamagedError

_LENGTH = 12  # of a check code, in hexadecimal digits: 48 bits


@dataclass(frozen=True, slots=True)
class Stored:
    """An event as it is kept: its place, the digest of the chain up to it, and its bytes."""

    seq: int
    hash: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a case's chain: the number of its events, and the digest."""

    case: str
    seq: int
    hash: bytes

    @property
    def code(self) -> str:
        """The check code, short enough to stand beside a summary."""
        return check_code(self.hash)


def check_code(digest: bytes) -> str:
    """A digest in short, in groups of four."""
    text = digest.hex()[:_LENGTH].upper()
    return "-".join(text[at : at + 4] for at in range(0, _LENGTH, 4))


def start(case: str) -> Head:
    """The chain of a case before its first event."""
    return Head(case, 0, sha256(f"triage record 1\0{case}".encode()).digest())


def grown(head: Head, bodies: Iterable[bytes]) -> Iterator[Stored]:
    """More events, each chained to the one before."""
    seq, digest = head.seq, head.hash
    for body in bodies:
        seq, digest = seq + 1, sha256(digest + body).digest()
        yield Stored(seq, digest, body)


def head_of(case: str, events: Iterable[Stored]) -> Head:
    """The head of a whole chain; DamagedError names the first event that does not fit."""
    head = start(case)
    seq, digest = head.seq, head.hash
    for event in events:
        # A damaged page can hold anything, whatever the table says.
        seq, digest = seq + 1, sha256(digest + event.body).digest() if isinstance(event.body, bytes) else b""
        if event.seq != seq or event.hash != digest:
            raise DamagedError(f"event {seq} of case {case} is not what was written")
    return Head(case, seq, digest)
