"""The list that a team shares, as a screen, a page of lines and a program see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from chatbot.interview.reading.sanitise import harmless
from chatbot.recommendation.rulebook import LEVELS
from chatbot.service.response_targets import promised
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
        """Gives the same as data for JSON."""
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
    """Names who has a case at a moment; empty where nobody has, or somebody had it for so long as it could be had."""
    return row.owner if is_held(row, stamp(now)) else ""


def heading(width: int = _NARROW) -> str:
    """The heading over the columns."""
    return _in_columns(_HEADS, width)


def line(entry: Entry, width: int = _NARROW) -> str:
    """A case in one line of a width, every cell of it a word or a number."""
    if entry.closed:
        who = f"{_time(entry.closed)} {entry.outcome.replace('_', ' ')}"
    elif entry.due:
        who = f"call back {_time(entry.due)}"
    elif entry.owner:
        who = f"{entry.owner} to {_time(entry.until)}"
    else:
        who = f"sign: {_short(entry.waits_for_signature)}" if entry.waits_for_signature else _state(entry)
    cells = (entry.told, span(entry.waited), _promise(entry), entry.kind, harmless(entry.reference), harmless(who))
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
            listed = entry(row, now)
            called = listed.reference and f"reference {harmless(listed.reference)}"
            parts = (listed.told, f"waited {span(listed.waited)}", _promise(listed), listed.kind, called)
            said = (*parts, harmless(_who(listed)), f"case {listed.case}")
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


def _who(entry: Entry) -> str:
    if entry.closed:
        return f"closed {_time(entry.closed)}, {entry.outcome.replace('_', ' ')}"
    if entry.due:
        return f"call back at {_time(entry.due)}"
    if entry.owner:
        return f"with {entry.owner} until {_time(entry.until)}"
    signature = f"a second person is to sign {_short(entry.waits_for_signature)}" if entry.waits_for_signature else ""
    return signature or _state(entry)


def _promise(entry: Entry) -> str:
    if entry.late is None:
        return "-"
    if entry.closed:
        return "kept" if entry.late <= 0 else f"late {span(entry.late)}"
    return f"in {span(-entry.late)}" if entry.late <= 0 else f"LATE {span(entry.late)}"


def _state(entry: Entry) -> str:
    endings = {"complete": "finished", "stopped": "stopped", "emergency": "finished", "out_of_scope": "finished"}
    return endings.get(entry.state, "not finished")


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
