"""What lists show of a case, worked out from its events alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from chatbot.storage.events import Event, Issued, Started, read_event
from chatbot.storage.store import Row


def after(row: Row, event: Event) -> Row:
    """The row of a case after one more event."""
    at = event.at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    did = event.did
    if isinstance(did, Started):
        row = replace(
            row,
            pack=did.name,
            version=did.version,
            mode=did.mode,
            country=did.country,
            language=did.language,
            reference=did.reference,
            code=did.code,
            started=at,
        )
    row = replace(row, changed=at, digest=event.pack, state=getattr(did, "then", row.state))
    if isinstance(did, Issued):
        level = did.result.get("level")
        row = replace(row, level=level if isinstance(level, int) else None)
    return row


def projected(case: str, bodies: Iterable[bytes]) -> Row:
    """The row of a case from the bytes of its events, at the beginning of its chain."""
    row = Row(case)
    for body in bodies:
        row = after(row, read_event(body))
    return row
