"""What lists show of a case, worked out from its events alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import reduce
from typing import Any

from chatbot.interview.reading.sanitise import clean
from chatbot.recommendation.rulebook import LEVELS
from chatbot.storage.events import (
    CallBackPlanned,
    Called,
    Claimed,
    Closed,
    Event,
    Issued,
    Opened,
    Override,
    Released,
    Signed,
    Started,
    read_event,
)
from chatbot.storage.row import Row
from chatbot.storage.signing import is_second, needs_signature
from chatbot.storage.worklist_query import urgency_of

# Who begins a call has the case for so long, and longer as the program says so that is used for it.
LEASE = timedelta(minutes=15)
_LONGEST = 80
Changes = dict[str, Any]
_FREE: Changes = {"owner": "", "until": ""}


def stamp(moment: datetime) -> str:
    """A time as rows have it: in UTC, and in an order that texts have, too."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def after(row: Row, event: Event) -> Row:
    """The row of a case after one more event."""
    changes = _changes(row, event)
    row = replace(row, changed=stamp(event.at), digest=event.pack, state=getattr(event.did, "then", row.state))
    row = replace(row, **changes)
    return replace(row, urgency=urgency_of(row.stands))


def _changes(row: Row, event: Event) -> Changes:
    stamped = stamp(event.at)
    match event.did:
        case Started() as did:
            return _started(row, event, did)
        case Called():
            return {"called": row.called or stamped, **_taken(row, event, None)}
        case Opened() as did:
            return {"reference": clean(did.call_back, _LONGEST) or row.reference}
        case Issued() as did:
            return _issued(row, stamped, did)
        case Override() as did:
            return _overridden(row, event.by.login, did)
        case Signed() if row.asked is not None and is_second(event.by.login, row.asker):
            return {"chosen": row.asked, "asked": None, "asker": ""}
        case Claimed() as did:
            return _taken(row, event, did.until)
        case Released():
            return _FREE
        case CallBackPlanned() as did:
            return {"due": stamp(did.due), **_FREE}
        case Closed() as did:
            return {"closed": stamped, "outcome": clean(did.outcome, _LONGEST), "due": "", **_FREE}
    return {}


def projected(case: str, bodies: Iterable[bytes]) -> Row:
    """The row of a case from the bytes of its events, at the beginning of its chain."""
    return row_of(case, map(read_event, bodies))


def row_of(case: str, events: Iterable[Event]) -> Row:
    """The row of a case from its events, at the beginning of its chain."""
    return reduce(after, events, Row(case))


def _taken(row: Row, event: Event, until: datetime | None) -> Changes:
    stamped = stamp(event.at)
    return {
        "owner": event.by.login,
        "until": stamp(until or event.at + LEASE),
        "taken": row.taken or stamped,
        "due": "",
    }


def _started(row: Row, event: Event, did: Started) -> Changes:
    told: Changes = {name: getattr(did, name) for name in ("version", "mode", "country", "language", "code")}
    # Words can hold what no column of a database takes.
    told |= {
        "pack": did.name,
        "started": stamp(event.at),
        "shown": stamp(event.at),
        "reference": clean(did.reference, _LONGEST),
    }
    if did.mode == "nurse":
        told |= {"called": stamp(event.at), **_taken(row, event, None)}
    return told


def _issued(row: Row, stamped: str, did: Issued) -> Changes:
    level_issued = did.result.get("level")
    level = level_issued if isinstance(level_issued, int) else None
    if did.at_least is not None:
        level = max(level or 0, LEVELS.index(did.at_least))
    told: Changes = {"level": level}
    if level != row.level or row.closed:
        told["shown"] = stamped
        # A choice below the level was made for another level; one above it still holds.
        if row.chosen is not None and level is not None and row.chosen < level:
            told["chosen"] = None
        told |= {"asked": None, "asker": ""}
    if (level or 0) > (row.level or 0):
        # What got worse does not wait for the time at which somebody was to be called.
        told["due"] = ""
    # Who comes back and is told something new is on the list again.
    return told | {"closed": "", "outcome": ""}


def _overridden(row: Row, login: str, did: Override) -> Changes:
    level = LEVELS.index(did.level)
    stood = None if did.stood is None else LEVELS.index(did.stood)
    if needs_signature(level, LEVELS.index(did.instead_of), row.level, row.chosen, stood):
        return {"asked": level, "asker": login}
    return {"chosen": level, "asked": None, "asker": ""}
