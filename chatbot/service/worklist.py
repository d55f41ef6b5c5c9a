"""The list that a team shares, as a screen, a page of lines and a program see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from chatbot.interview.reading.sanitise import harmless
from chatbot.recommendation.rulebook import LEVELS
from chatbot.service.promises import promised
from chatbot.storage.projection import stamp
from chatbot.storage.row import Row
from chatbot.storage.worklist_query import Section, is_held

TITLES: dict[Section, str] = {
    "waiting": "Waiting",
    "mine": "Mine",
    "due": "Call-backs",
    "others": "Others",
    "closed": "Closed today",
}
# Levels as they stand in a column; the words say the same as the time limit of the level.
SHORT = ("SELF-CARE", "PRIMARY", "3 MONTHS", "2 WEEKS", "TODAY", "EMERGENCY")
UNKNOWN = "NOT KNOWN"
_KINDS = {"patient": "person", "carer": "carer", "nurse": "call"}
_NARROW = 80
# Columns but for the last two, which share what is left: what a case is called, and who has it or how it stands.
_WIDTHS = (19, 7, 11, 6)
_HEADS = ("Level", "Waited", "Promise", "Kind", "Reference", "Who or state")


@dataclass(frozen=True, slots=True)
class Entry:
    """One case on the list. `level` is the one that stands, `by_rules` the rules' own, which is never left out.

    Times are in UTC, `waited` and `late` in minutes; `late` is None where nothing was promised, and negative before.
    """

    case: str
    level: str
    by_rules: str
    waits_for_signature: str
    waited: int
    promised: str
    late: int | None
    kind: str
    reference: str
    owner: str
    until: str
    due: str
    closed: str
    outcome: str
    state: str

    @property
    def told(self) -> str:
        """The level that stands, and beside it the rules' own where it is another."""
        level = _short(self.level)
        own = _short(self.by_rules)
        return level if level == own else f"{level}<{own}"

    def data(self) -> dict[str, object]:
        """As data."""
        return asdict(self)


def entry(row: Row, now: datetime) -> Entry:
    """A case on the list at a moment."""
    since = datetime.fromisoformat(row.shown or row.started)
    until = datetime.fromisoformat(row.due) if row.due else promised(row.stands, since)
    end = datetime.fromisoformat(row.closed) if row.closed else now
    return Entry(
        case=row.case,
        level=_name(row.stands),
        by_rules=_name(row.level),
        waits_for_signature="" if row.asked is None else LEVELS[row.asked],
        waited=max(0, _minutes(end - since)),
        promised="" if until is None else until.isoformat(timespec="seconds"),
        late=None if until is None else _minutes(end - until),
        kind=_KINDS.get(row.mode, row.mode) if not (row.called and row.mode != "nurse") else "called",
        reference=row.reference,
        owner=holder(row, now),
        until=row.until,
        due=row.due,
        closed=row.closed,
        outcome=row.outcome,
        state=row.state,
    )


def holder(row: Row, now: datetime) -> str:
    """Who has a case at a moment; empty where nobody has, or somebody had it for so long as it could be had."""
    return row.owner if is_held(row, stamp(now)) else ""


def heading(width: int = _NARROW) -> str:
    """What stands over the columns."""
    return _in_columns(_HEADS, width)


def line(found: Entry, width: int = _NARROW) -> str:
    """A case in one line of a width, every cell of it a word or a number."""
    if found.closed:
        who = f"{_time(found.closed)} {found.outcome.replace('_', ' ')}"
    elif found.due:
        who = f"call back {_time(found.due)}"
    elif found.owner:
        who = f"{found.owner} to {_time(found.until)}"
    else:
        who = f"sign: {_short(found.waits_for_signature)}" if found.waits_for_signature else _state(found)
    cells = (found.told, span(found.waited), _promise(found), found.kind, harmless(found.reference), harmless(who))
    return _in_columns(cells, width)


def announced(rows: Sequence[Row], now: datetime) -> str:
    """New emergencies in words; empty where there are none."""
    if not rows:
        return ""
    told = ", ".join(f"{harmless(row.reference) or row.case[:8]} ({span(entry(row, now).waited)})" for row in rows[:3])
    more = f" and {len(rows) - 3} more" if len(rows) > 3 else ""
    return f"NEW EMERGENCY waiting: {told}{more}"


def plain(sections: Sequence[tuple[Section, int, Sequence[Row]]], now: datetime) -> Iterator[str]:
    """The list in lines for screen readers and pipes."""
    for name, count, rows in sections:
        yield f"{TITLES[name]}: {count}"
        for row in rows:
            found = entry(row, now)
            called = found.reference and f"reference {harmless(found.reference)}"
            parts = (found.told, f"waited {span(found.waited)}", _promise(found), found.kind, called)
            said = (*parts, harmless(_who(found)), f"case {found.case}")
            yield "  " + ", ".join(part for part in said if part and part != "-")


def data(sections: Sequence[tuple[Section, int, Sequence[Row]]], now: datetime, login: str) -> dict[str, object]:
    """The list for a program."""
    return {
        "at": now.isoformat(timespec="seconds"),
        "login": login,
        "sections": {
            name: {"count": count, "cases": [entry(row, now).data() for row in rows]} for name, count, rows in sections
        },
    }


def span(minutes: int) -> str:
    """A time in the unit in which it is easily read."""
    if minutes < 100:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60:02}" if minutes < 48 * 60 else f"{minutes // (24 * 60)} d"


def minutes_since(time: str, now: datetime) -> int:
    """Whole minutes from a time as rows have it."""
    return max(0, _minutes(now - datetime.fromisoformat(time)))


def _who(found: Entry) -> str:
    if found.closed:
        return f"closed {_time(found.closed)}, {found.outcome.replace('_', ' ')}"
    if found.due:
        return f"call back at {_time(found.due)}"
    if found.owner:
        return f"with {found.owner} until {_time(found.until)}"
    signature = f"a second person is to sign {_short(found.waits_for_signature)}" if found.waits_for_signature else ""
    return signature or _state(found)


def _promise(found: Entry) -> str:
    if found.late is None:
        return "-"
    if found.closed:
        return "kept" if found.late <= 0 else f"late {span(found.late)}"
    return f"in {span(-found.late)}" if found.late <= 0 else f"LATE {span(found.late)}"


def _state(found: Entry) -> str:
    endings = {"complete": "finished", "stopped": "stopped", "emergency": "finished", "out_of_scope": "finished"}
    return endings.get(found.state, "not finished")


def _in_columns(cells: Sequence[str], width: int) -> str:
    if width < _NARROW - 2:  # how urgent, how long, and who
        level, waited, *_, called, _ = cells
        return f"{level[:15]:15} {waited[:7]:7} {called[: max(0, width - 24)]}".rstrip()
    left = width - sum(_WIDTHS) - len(_WIDTHS) - 1
    widths = (*_WIDTHS, left // 2, left - left // 2)
    return " ".join(cell[:room].ljust(room) for cell, room in zip(cells, widths, strict=True)).rstrip()


def _short(level: str) -> str:
    return SHORT[LEVELS.index(level)] if level in LEVELS else UNKNOWN


def _name(level: int | None) -> str:
    return "" if level is None else LEVELS[level]


def _minutes(span_: timedelta) -> int:
    return int(span_.total_seconds() // 60)


def _time(time: str) -> str:
    return f"{datetime.fromisoformat(time).astimezone():%H:%M}"
