"""A case as lists show it, worked out from its events and kept beside them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from hashlib import sha256

from chatbot.storage.chain import Head

# The chain in which is kept what is done to the store as a whole.
STORE = "store"


@dataclass(frozen=True, slots=True)
class Row:
    """A case as lists show it; all of it follows from the events.

    `code` is the digest of the code to come back with, `state` where the interview stands, `level` the level of care
    issued last. Times are those of the events, in UTC.

    The rest is the work on it: `shown` since when the level stands, or the case is there
    without one, `chosen` the level a clinician chose instead,
    `asked` one that waits for somebody else to sign it, whom `asker` asked; `owner` has it until `until`, unless it is
    empty; `taken` when somebody first did, `called` when a nurse began to ask; `due` when the person is to be called;
    `closed` when it was done, with `outcome`. `urgency` orders lists.
    """

    case: str
    pack: str = ""
    version: str = ""
    digest: str = ""
    mode: str = ""
    country: str = ""
    language: str = ""
    reference: str = ""
    code: str = ""
    started: str = ""
    changed: str = ""
    state: str = ""
    level: int | None = None
    shown: str = ""
    chosen: int | None = None
    asked: int | None = None
    asker: str = ""
    owner: str = ""
    until: str = ""
    taken: str = ""
    called: str = ""
    due: str = ""
    closed: str = ""
    outcome: str = ""
    urgency: int = 0
    seq: int = 0
    head: bytes = b""

    def grown(self, head: Head) -> Row:
        """The row with the chain that far."""
        return replace(self, seq=head.seq, head=head.hash)

    @property
    def stands(self) -> int | None:
        """The level of care that stands: a clinician's where there is one; None while there is none at all."""
        return self.level if self.chosen is None else self.chosen

    @property
    def at(self) -> Head:
        """The head of the case."""
        return Head(self.case, self.seq, self.head)

    @property
    def sum(self) -> bytes:
        """A digest of the whole row, which tells a slip of the disk from what was written."""
        told = {name: value.hex() if isinstance(value, bytes) else value for name, value in asdict(self).items()}
        return sha256(json.dumps(told, sort_keys=True).encode()).digest()
