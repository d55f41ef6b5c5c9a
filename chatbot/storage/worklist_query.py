"""Which cases a list shows, and in which order: said once for every store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from chatbot.interview.reading.sanitise import clean
from chatbot.storage.row import Row

Section = Literal["waiting", "mine", "due", "others", "closed"]
Order = Literal["urgency", "waiting", "newest"]
SECTIONS: tuple[Section, ...] = ("waiting", "mine", "due", "others", "closed")
ORDERS: tuple[Order, ...] = ("urgency", "waiting", "newest")
# A level nobody knows yet is looked at before all but an emergency.
_UNKNOWN, _PER_LEVEL = 9, 2
_LONGEST_TEXT = 200
# Letters that no database knows to have two forms have one; all stores can say that alike.
_SMALL = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def urgency_of(level: int | None) -> int:
    """Ranks how far up a case stands: the higher, the sooner."""
    return _UNKNOWN if level is None else level * _PER_LEVEL


@dataclass(frozen=True, slots=True)
class WorklistQuery:
    """A list: its section for a login at a moment, narrowed by level, kind of case and text, so many from a place on.

    `now` and `since` are times as rows have them; what was closed before `since` is not shown. `text` is looked for in
    what the case is called in the clinic's own lists, its name and who has it; A to Z are a to z there.
    """

    section: Section
    login: str
    now: str
    since: str = ""
    levels: frozenset[int] = frozenset()
    calls: bool | None = None
    text: str = ""
    order: Order = "urgency"
    offset: int = 0
    limit: int = 200

    @property
    def sought(self) -> str:
        """The text in the form in which it is compared; empty where nothing is looked for."""
        return small(clean(self.text, _LONGEST_TEXT))


def small(text: str) -> str:
    """Text with a to z for A to Z, and nothing else changed."""
    return text.translate(_SMALL)


def is_held(row: Row, now: str) -> bool:
    """True when somebody has the case at that time."""
    return bool(row.owner) and row.until > now


def in_order(rows: Iterable[Row], wanted: WorklistQuery) -> list[Row]:
    """The cases in the order of the list."""
    ordered = sorted(rows, key=lambda row: (row.shown, row.case))
    if wanted.section == "due":
        return sorted(ordered, key=lambda row: (row.due, -row.urgency, row.case))
    if wanted.section != "closed" and wanted.order == "newest":
        return sorted(sorted(ordered, key=lambda row: row.case), key=lambda row: row.shown, reverse=True)
    if wanted.order == "urgency":
        ordered.sort(key=lambda row: -row.urgency)
    return sorted(ordered, key=lambda row: row.closed, reverse=True) if wanted.section == "closed" else ordered
