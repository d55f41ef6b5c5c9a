"""The nurse's app: the worklist is its first screen, a call goes through the questions and ends at the case."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from textual import work
from textual.screen import Screen

from chatbot.errors import StorageError, TriageError
from chatbot.tui.desk.at_desk import done
from chatbot.tui.desk.listed import POLL, WorklistScreen
from chatbot.tui.guarded import GuardedApp
from chatbot.tui.pace import Pace
from chatbot.tui.start import Start

if TYPE_CHECKING:
    from chatbot.interview.conversation import Conversation
    from chatbot.packs.pack import Pack
    from chatbot.service.desk import Desk
    from chatbot.service.records import Returned
    from chatbot.storage.events import Opened
    from chatbot.storage.row import Row
    from chatbot.tui.screens.stage import Stage

_Found = TypeVar("_Found")
# Seconds from one look at a lease to the next; it is renewed when half of it has gone by.
LEASES = 60.0
# Seconds from one look at how long a call goes on to the next.
MINUTE = 20.0


class DeskApp(GuardedApp):
    """One clinician at the list of a team."""

    TITLE = "Triage worklist"
    CSS_PATH = "../app.tcss"
    has_list = True

    def __init__(self, start: Start, pace: Pace | None = None) -> None:
        super().__init__(start, pace)
        self.desk: Desk | None = None
        self.news = ""
        self._known: frozenset[tuple[str, str]] | None = None

    def get_default_screen(self) -> Screen[None]:
        """The list."""
        return WorklistScreen()

    @property
    def list(self) -> WorklistScreen | None:
        """The list, under whatever stands before it."""
        first = self.screen_stack[0] if self.screen_stack else None
        return first if isinstance(first, WorklistScreen) else None

    def prepare(self) -> Returned | None:
        """Open the store; who may not look at it is told so, and there is nothing else to do here."""
        from chatbot.service.desk import Desk
        from chatbot.tui.desk import case

        del case
        session = self.start.session
        if session.records is None:
            raise StorageError(session.why or "a worklist needs a store")
        desk = Desk(session.records, self.start.load_named or (lambda _: self.start.load()))
        desk.begin()
        self.desk = desk
        return None

    def loaded(self, pack: Pack, found: Returned | None = None) -> None:
        """Show the list, and go on looking at it."""
        super().loaded(pack, found)
        self.set_interval(POLL, self.watch_for_emergencies)
        self.set_interval(LEASES, self.renew_lease)
        self.set_interval(MINUTE, self.renew_place)
        if self.list is not None:
            self.list.renew()

    # What happens beside the keys.

    @work(thread=True, exclusive=True, group="news", exit_on_error=False)
    def watch_for_emergencies(self) -> None:
        """Look for emergencies that were not there before."""
        from chatbot.service.worklist import announced

        if self.desk is None:
            return
        try:
            now = self.desk.records.clock()
            rows = self.desk.emergencies(now)
        except TriageError:
            return  # the list itself says so
        found = frozenset((row.case, row.shown) for row in rows)
        new = [row for row in rows if self._known is not None and (row.case, row.shown) not in self._known]
        self._known = found if self._known is None else self._known | found
        waiting = {row.case for row in rows}
        if new:
            self.call_from_thread(self.announce, announced(new, now), True)
        elif self.news and not waiting:
            self.call_from_thread(self.announce, "", False)

    def announce(self, text: str, is_new: bool) -> None:
        """Say it where the nurse looks, in words; it stays above the list while an emergency waits."""
        self.news = text
        if is_new:
            self.bell()
        if self.list is not None:
            self.list.announce(text)
        if self.stage is not None:
            self.stage.renew_place()
            if text:
                self.stage.tell(text, error=True)

    def renew_place(self) -> None:
        """Say how long the call has gone on."""
        if self.stage is not None:
            self.stage.renew_place()

    def renew_lease(self) -> None:
        """Keep the case of a call for as long as the program runs."""
        if self.desk is not None and self.start.session.journal is not None:
            self.renew_in_thread(self.desk)

    @work(thread=True, exclusive=True, group="lease", exit_on_error=False)
    def renew_in_thread(self, desk: Desk) -> None:
        """One renewal; where it fails, the next step in the call says why."""
        self.start.session.with_journal(desk.renew)

    @property
    def beside(self) -> str:
        """What stands before the place of a question: news, and how long the call has gone on."""
        from chatbot.service.worklist import minutes_since

        journal, parts = self.start.session.journal, list[str]()
        if self.news:
            parts.append(self.words.say("place_emergency"))
        if journal is not None and self.desk is not None and journal.row.called:
            minutes = minutes_since(journal.row.called, self.desk.records.clock())
            parts.append(self.words.say("place_minutes", minutes=minutes))
        return "".join(f"{part} · " for part in parts)

    # What a nurse does.

    async def done(self, act: Callable[[Desk], _Found]) -> _Found | None:
        """Do something at the store, beside the screen; None where it could not be done, and why was said."""
        return await done(self.desk, act, self.tell_here)

    def tell_here(self, text: str) -> None:
        """Say what went wrong on the screen that is shown."""
        tell = getattr(self.screen, "tell", None)
        if tell is not None:
            tell(text, True)

    @work
    async def look_into(self, row: Row) -> None:
        """Open a case, which is kept in it."""
        from chatbot.tui.desk.case import FolderScreen

        folder = await self.done(lambda desk: desk.open(row))
        if folder is not None:
            await self.push_screen(FolderScreen(folder))

    @work
    async def claim(self, row: Row) -> None:
        """Take a case on."""
        if await self.done(lambda desk: desk.claim(row)) and self.list is not None:
            self.list.tell(self.words.say("desk_taken"))
            self.list.renew()

    @work
    async def new_call(self) -> None:
        """Ask how the call began, and then the questions."""
        from chatbot.tui.desk.opening import OpenersScreen

        if self.desk is None or self.pack is None or not self.desk.may("work"):
            return
        opened = await self.push_screen_wait(OpenersScreen())
        if opened is not None:
            await self.begin_call(self.pack, opened)

    async def begin_call(self, pack: Pack, opened: Opened) -> None:
        """The first question of a call."""
        from chatbot.interview.conversation import begin

        wording, session = pack.wording(self.start.language), self.start.session
        first = begin(pack.plan, wording, "nurse", self.start.country, self.start.today)
        await asyncio.to_thread(session.begin, pack, first)
        await asyncio.to_thread(session.work, [opened])
        self.words = self.words_in(self.start.language)
        self.conversation = first

    @work
    async def call(self, row: Row) -> None:
        """Go through the questions with somebody on the list, or on from where a call broke off."""
        from chatbot.tui.desk.opening import OpenersScreen

        opened = None
        if row.mode != "nurse" and not row.called:
            opened = await self.push_screen_wait(OpenersScreen(row.reference))
            if opened is None:
                return
        journal = await self.done(lambda desk: desk.call(row))
        if journal is None:
            return
        self.start.session.adopt_journal(journal)
        if opened is not None:
            self.start.session.work([opened])
        self.pack = journal.pack
        self._uncover(1)
        self.words = self.words_in(journal.last.words.language)
        self.conversation = journal.last

    def stage_of(self, conversation: Conversation) -> type[Stage]:
        """A call ends at its case, where it can be closed."""
        from chatbot.tui.desk.case import CallScreen
        from chatbot.tui.screens.summary import SummaryScreen

        stage = super().stage_of(conversation)
        return CallScreen if stage is SummaryScreen else stage

    def on_start_again(self) -> None:
        """Back to the list; what was said is kept, and the case is still one's own."""
        super().on_start_again()
        self.to_list("")

    def to_list(self, text: str) -> None:
        """Show the list again, and say what was done."""
        self._uncover(1)
        if self.list is not None:
            if text:
                self.list.tell(text)
            self.list.renew()
            self.pace.show(0)
