"""The nurse's app: the worklist is its first screen, a call goes through the questions and ends at the case."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import work
from textual.screen import Screen

from chatbot.errors import StorageError
from chatbot.tui.crash_guard import GuardedApp
from chatbot.tui.desk.at_desk import done
from chatbot.tui.desk.watch import Watch
from chatbot.tui.desk.worklist_screen import POLL, WorklistScreen
from chatbot.tui.key_timing import Pace
from chatbot.tui.options import Start
from chatbot.tui.screens.base import FIRST_STYLES, STYLES

if TYPE_CHECKING:
    from textual._path import CSSPathType

    from chatbot.interview.conversation import Conversation
    from chatbot.packs.pack import Pack
    from chatbot.service.desk import Desk
    from chatbot.service.records import Returned
    from chatbot.storage.events import Opened
    from chatbot.storage.row import Row
    from chatbot.tui.screens.conversation_screen import Stage

_Found = TypeVar("_Found")


class DeskApp(GuardedApp):
    """One clinician at the list of a team."""

    TITLE = "Triage worklist"
    CSS_PATH: ClassVar[CSSPathType | None] = [FIRST_STYLES, STYLES]
    has_list = True

    def __init__(self, start: Start, pace: Pace | None = None) -> None:
        super().__init__(start, pace)
        self.desk: Desk | None = None
        self.watch_over = Watch(self, self, lambda text: _announce(self, text))

    def get_default_screen(self) -> Screen[None]:
        """Go to the list."""
        return WorklistScreen()

    def prepare(self) -> Returned | None:
        """Open the store; who may not look at it is told so, and there is nothing else to do here."""
        from chatbot.service.desk import Desk
        from chatbot.tui.desk import case_page

        del case_page
        session = self.start.session
        if session.records is None:
            raise StorageError(session.why or "a worklist needs a store")
        desk = Desk(session.records, self.start.load_named or (lambda _: self.start.load()))
        desk.begin()
        self.desk = self.watch_over.desk = desk
        return None

    def loaded(self, pack: Pack, returned: Returned | None = None) -> None:
        """Show the list, and go on looking at it."""
        super().loaded(pack, returned)
        self.watch_over.begin(POLL)
        if (worklist := _list(self)) is not None:
            worklist.renew()

    @property
    def beside(self) -> str:
        """The text before the place of a question: news, and how long the call has gone on."""
        return self.watch_over.beside

    # What a nurse does.

    @work
    async def look_into(self, row: Row) -> None:
        """Open a case, which is kept in it."""
        from chatbot.tui.desk.case_page import FolderScreen

        folder = await _done(self, lambda desk: desk.open(row))
        if folder is not None:
            await self.push_screen(FolderScreen(folder))

    @work
    async def claim(self, row: Row) -> None:
        """Take a case on, for the login that works here."""
        if await _done(self, lambda desk: desk.claim(row)) and (worklist := _list(self)) is not None:
            worklist.tell(self.words.say("desk_taken"))
            worklist.renew()

    @work
    async def new_call(self) -> None:
        """Ask how the call began, and then the questions."""
        from chatbot.tui.desk.call_opening import OpenersScreen

        if self.desk is None or self.pack is None or not self.desk.may("work"):
            return
        opened = await self.push_screen_wait(OpenersScreen())
        if opened is not None:
            await _begin_call(self, self.pack, opened)

    @work
    async def call(self, row: Row) -> None:
        """Go through the questions with somebody on the list, or on from where a call broke off."""
        from chatbot.tui.desk.call_opening import OpenersScreen

        opened = None
        if row.mode != "nurse" and not row.called:
            opened = await self.push_screen_wait(OpenersScreen(row.reference))
            if opened is None:
                return
        journal = await _done(self, lambda desk: desk.call(row))
        if journal is None:
            return
        self.start.session.adopt_journal(journal)
        if opened is not None:
            self.start.session.work([opened])
        self.pack = journal.pack
        self.uncover(1)
        self.words = self.keeper.words_in(journal.last.words.language)
        self.conversation = journal.last

    def stage_of(self, conversation: Conversation) -> type[Stage]:
        """A call ends at its case, where it can be closed."""
        from chatbot.tui.desk.case_page import CallScreen
        from chatbot.tui.screens.summary_screen import SummaryScreen

        stage = super().stage_of(conversation)
        return CallScreen if stage is SummaryScreen else stage

    def on_start_again(self) -> None:
        """Back to the list; what was said is kept, and the case is still one's own."""
        super().on_start_again()
        self.to_list("")

    def to_list(self, text: str) -> None:
        """Show the list again, and say what was done."""
        self.uncover(1)
        if (worklist := _list(self)) is not None:
            if text:
                worklist.tell(text)
            worklist.renew()
            self.pace.show(0)


def _list(app: DeskApp) -> WorklistScreen | None:
    """The list, under whatever stands before it."""
    first = app.screen_stack[0] if app.screen_stack else None
    return first if isinstance(first, WorklistScreen) else None


def _announce(app: DeskApp, text: str) -> None:
    if (worklist := _list(app)) is not None:
        worklist.announce(text)


async def _done(app: DeskApp, act: Callable[[Desk], _Found]) -> _Found | None:
    """Do something at the store, beside the screen; None where it could not be done, and why was said there."""

    def tell(text: str) -> None:
        say = getattr(app.screen, "tell", None)
        if say is not None:
            say(text, True)

    return await done(app.desk, act, tell)


async def _begin_call(app: DeskApp, pack: Pack, opened: Opened) -> None:
    """The first question of a call."""
    from chatbot.interview.conversation import begin

    wording, session = pack.wording(app.start.language), app.start.session
    first = begin(pack.plan, wording, "nurse", app.start.country, app.start.today)
    await asyncio.to_thread(session.begin, pack, first)
    await asyncio.to_thread(session.work, [opened])
    app.words = app.keeper.words_in(app.start.language)
    app.conversation = first
