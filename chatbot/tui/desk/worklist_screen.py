"""The worklist: who waits, whom one has, whom to call back, what is closed; live over everybody at one store."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from chatbot.errors import TriageError
from chatbot.interview.reading.sanitise import harmless
from chatbot.interview.view.line import Line
from chatbot.service.worklist import TITLES, entry, heading, line
from chatbot.storage.row import Row
from chatbot.storage.worklist_query import ORDERS, SECTIONS, Order, Section
from chatbot.tui.desk.at_desk import DeskScreen, at_desk
from chatbot.tui.desk.dialogs import OneOf, Words
from chatbot.tui.keys import bind
from chatbot.tui.widgets.case_rows import CaseRows
from chatbot.tui.widgets.hints import Hints

if TYPE_CHECKING:
    from chatbot.service.desk import Desk

# So many rows are read at a time; on the way past their end the next are.
WINDOW = 200
# Seconds from one look at the store to the next.
POLL = 2.0
_FILTERS = ("all", "emergency", "today", "later", "calls", "people")
_LEVELS = {"emergency": frozenset({5}), "today": frozenset({4, 5}), "later": frozenset({0, 1, 2, 3})}


@dataclass(frozen=True, slots=True)
class _Seen:
    """The outcome of a look at the store."""

    at: datetime
    rows: Sequence[Row]
    offset: int
    counts: Mapping[Section, int]
    goes_on: bool


@dataclass(frozen=True, slots=True)
class _View:
    """The part of the list that a person wants to see."""

    section: Section = "waiting"
    order: Order = "urgency"
    filter: str = "all"
    text: str = ""
    offset: int = 0


class WorklistScreen(DeskScreen):
    """One section of the list at a time, the others with their numbers above it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bind("continue", "up", "down", "page_up", "page_down", "search", "filter", "sort", "take", "new_call"),
        *bind("help", "clear", "leave", "interrupt", "theme", "palette", "back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.view = _View()
        self.seen: _Seen | None = None
        self._case = ""
        self._is_said = False

    def compose(self) -> ComposeResult:
        """Sections, news, columns, rows, what was done, keys."""
        yield Static(self.words.say("desk_title"), id="place", markup=False)
        yield Static("", id="parts", markup=False)
        yield Static("", id="news", markup=False)
        yield Static("", id="columns", markup=False)
        yield CaseRows(id="cases")
        yield Static(self.words.say("desk_wait"), id="notice", markup=False)
        yield Hints(self.words, id="hints")

    def on_mount(self) -> None:
        """Look every now and then."""
        self.put("#news", "")
        self.query_one(CaseRows).focus(scroll_visible=False)
        self.set_interval(POLL, self.look)
        self.call_after_refresh(self.triage.pace.show, 0)

    def renew(self) -> None:
        """Show the list as it is now."""
        self.look()

    def look(self, counts: bool = True) -> None:
        """Look at the store, beside everything else; how many cases each section has can wait for the next look."""
        if (desk := self.desk) is not None and self.is_current:
            self.read(desk, self.view, None if counts or self.seen is None else self.seen.counts)

    @work(thread=True, exclusive=True, group="list")
    def read(self, desk: Desk, view: _View, counts: Mapping[Section, int] | None) -> None:
        """One look; with the numbers known from the one before, or with new ones."""
        try:
            seen = _look(desk, view, counts)
        except TriageError as error:
            self.app.call_from_thread(self.tell, str(error), True)
        else:
            self.app.call_from_thread(self.show, view, seen)

    def show(self, view: _View, seen: _Seen) -> None:
        """Show what a look found, the cursor on the case it was on."""
        if view != self.view:
            return  # another key was quicker
        self.seen = seen
        cases = self.query_one(CaseRows)
        width = max(40, self.size.width - 2)
        shown = [entry(row, seen.at) for row in seen.rows]
        places = {row.case: at for at, row in enumerate(seen.rows)}
        cursor = places.get(self._case, min(cases.cursor, max(0, len(shown) - 1)))
        urgent = frozenset(at for at, each in enumerate(shown) if each.level == "emergency_now")
        cases.show([line(each, width) for each in shown], cursor, urgent)
        self.query_one("#parts", Static).update(Content(_sections(self.view, seen)))
        self.query_one("#columns", Static).update(Content(f"  {heading(width)}"))
        if not self._is_said:
            self.put("#notice", _about(self.words.say, self.view, seen))

    def change(self, **parts: object) -> None:
        """See the list in another way, from its beginning unless said otherwise."""
        self.view = replace(self.view, **{"offset": 0, **parts})  # type: ignore[arg-type] # by name
        if "offset" not in parts:
            self._case = ""
            self.query_one(CaseRows).cursor = 0
        self.unsay()
        self.look(counts=False)

    @property
    def row(self) -> Row | None:
        """The case under the cursor."""
        if self.seen is None or not self.seen.rows:
            return None
        return self.seen.rows[min(self.query_one(CaseRows).cursor, len(self.seen.rows) - 1)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 # Textual's
        """Leaves no way to take a case on to whom may only look."""
        return action not in ("take", "new_call") or self.desk is None or self.desk.may("work")

    def on_key(self, event: events.Key) -> None:
        """A number is a section."""
        if event.character and event.character in "12345"[: len(SECTIONS)]:
            event.stop()
            self.change(section=SECTIONS[int(event.character) - 1])

    def step(self, by: int) -> None:
        """Move the cursor; past the end of what was read the next cases are."""
        cases, seen = self.query_one(CaseRows), self.seen
        if seen is None:
            return
        self.unsay()
        wanted = cases.cursor + by
        last = seen.offset + len(seen.rows)
        if wanted >= len(seen.rows) and seen.goes_on:
            cases.cursor, self._case = wanted - len(seen.rows) + WINDOW // 2, ""
            self.change(offset=last - WINDOW // 2)
            cases.cursor = WINDOW // 2
            return
        if wanted < 0 and seen.offset:
            offset = max(0, seen.offset - WINDOW // 2)
            self._case = ""
            cases.cursor = seen.offset - offset - 1
            self.change(offset=offset)
            return
        cases.cursor = wanted
        self._case = row.case if (row := self.row) else ""

    def action_up(self) -> None:
        """Move to the case above."""
        self.step(-1)

    def action_down(self) -> None:
        """Move to the case below."""
        self.step(1)

    def action_page_up(self) -> None:
        """Move a screenful up."""
        self.step(-max(1, self.query_one(CaseRows).size.height - 1))

    def action_page_down(self) -> None:
        """A screenful down."""
        self.step(max(1, self.query_one(CaseRows).size.height - 1))

    def action_sort(self) -> None:
        """Sort by the next order."""
        self.change(order=ORDERS[(ORDERS.index(self.view.order) + 1) % len(ORDERS)])

    @work
    async def action_filter(self) -> None:
        """Show some levels, or calls, or people only."""
        say = self.words.say
        lines = [Line(name, say(f"filter_{name}"), str(at)) for at, name in enumerate(_FILTERS, start=1)]
        chosen = await self.app.push_screen_wait(OneOf(say("filter_title"), "", lines))
        if chosen is not None:
            self.change(filter=chosen)

    @work
    async def action_search(self) -> None:
        """Look for a reference, a case or who has it."""
        page = Words(self.words.say("search_title"), self.words.say("search_how"), may_be_empty=True)
        typed = await self.app.push_screen_wait(page)
        if typed is not None:
            self.change(text=typed)

    def action_back(self) -> None:
        """Everything that waits, as at the beginning."""
        self.view = _View(section=self.view.section)
        self.change()

    def action_continue(self) -> None:
        """Open the case at hand."""
        if (row := self.row) is not None and self.triage.pace.may_answer():
            self._case = row.case
            at_desk(self).look_into(row)

    def on_case_rows_picked(self, event: CaseRows.Picked) -> None:
        """Opens the case that was clicked."""
        del event
        self.action_continue()

    def action_take(self) -> None:
        """Take the case on, and stay on the list."""
        if (row := self.row) is not None and self.triage.pace.may_answer():
            at_desk(self).claim(row)

    def action_new_call(self) -> None:
        """Begin a call: somebody rings."""
        if self.triage.pace.may_answer():
            at_desk(self).new_call()

    def announce(self, text: str) -> None:
        """Say what is new above the list, until it is no longer so."""
        self.query_one("#news").set_class(bool(text), "-error")
        self.put("#news", text)

    def tell(self, text: str, error: bool = False) -> None:
        """Say what was done, until the next key."""
        super().tell(text, error)
        self._is_said = bool(text)

    def unsay(self) -> None:
        """Takes away what was said: it is read by now."""
        if self._is_said:
            self.tell("")


def _look(desk: Desk, view: _View, counts: Mapping[Section, int] | None) -> _Seen:
    now = desk.records.clock()
    wanted = replace(
        desk.wanted(view.section, now),
        order=view.order, levels=_LEVELS.get(view.filter, frozenset()), text=view.text,
        calls={"calls": True, "people": False}.get(view.filter), offset=view.offset, limit=WINDOW + 1,
    )  # fmt: skip
    rows = desk.listed(wanted)
    return _Seen(now, rows[:WINDOW], view.offset, counts or desk.counts(now), len(rows) > WINDOW)


def _sections(view: _View, seen: _Seen) -> str:
    names = (f"{at} {TITLES[name]} {seen.counts[name]}" for at, name in enumerate(SECTIONS, start=1))
    marked = (f"[{each}]" if name == view.section else f" {each} " for each, name in zip(names, SECTIONS, strict=True))
    return " ".join(marked)


def _about(say: Callable[..., str], view: _View, seen: _Seen) -> str:
    last = seen.offset + len(seen.rows)
    total = seen.counts[view.section] if view.filter == "all" and not view.text else f"{last}{'+' * seen.goes_on}"
    shown = say("desk_shown", first=seen.offset + 1, last=last, total=total)
    parts = [shown if seen.rows else say("desk_none")]
    parts += [say(f"order_{view.order}")]
    parts += [say(f"filter_{view.filter}")] if view.filter != "all" else []
    parts += [say("desk_search", text=harmless(view.text))] if view.text else []
    return " · ".join(parts)
