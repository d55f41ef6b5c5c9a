"""A case as a clinician sees it: where it stands and why, and what can be done about it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from chatbot.errors import TriageError
from chatbot.export.note import Kind
from chatbot.interview.conversation import Conversation
from chatbot.interview.reading.sanitise import harmless
from chatbot.interview.view.result_questions import About
from chatbot.service.telling import at_work
from chatbot.service.worklist import holder, minutes_since
from chatbot.storage.events import Note, Ticked
from chatbot.tui.desk.deciding import Deciding
from chatbot.tui.desk.standing import TICKS, standing_lines
from chatbot.tui.keys import bind
from chatbot.tui.result import begun, result_of
from chatbot.tui.screens.noting import NoteScreen
from chatbot.tui.screens.reading import ReadingScreen, ReferencesScreen
from chatbot.tui.screens.save import SaveScreen
from chatbot.tui.screens.so_far import TopicsScreen
from chatbot.tui.screens.stage import Stage
from chatbot.tui.widgets.card import CareCard, in_one_line
from chatbot.tui.widgets.hanging import HangingText, Paragraph
from chatbot.tui.widgets.hints import Hints
from chatbot.tui.widgets.sections import Sections, of_sentences

if TYPE_CHECKING:
    from chatbot.packs.pack import Pack
    from chatbot.service.cases import KeptCase
    from chatbot.service.desk import Desk
    from chatbot.storage.row import Row

_CHANGES = "changes"
_KINDS: tuple[Kind, ...] = ("sbar", "soap")


class CasePage(Deciding):
    """The level that stands beside that of the rules, what is open, the summary, and what would change it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bind("up", "down", "page_up", "page_down", "copy", "save", "view_note", "kind", "references", "questions"),
        *bind("call", "close", "override", "unable", "note", "callback", "release", "sign", "grade", "take"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.kind: Kind = "sbar"
        self.is_brief = True

    @property
    def at(self) -> tuple[Pack, Conversation]:
        """The pack, and where the case's last conversation stands."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Whose case it is, where it stands, the summary, keys."""
        yield Static("", id="place", markup=False)
        with VerticalScroll(id="scroll", can_focus=False):
            yield Static("", id="standing", markup=False)
            pack, at = self.at
            result = result_of(pack, at, "clinician")
            self.about: About = result.about
            yield CareCard(self.words, result.summary, id="card")
            yield Sections(result.summary, id="sections")
            yield HangingText([], id="changes", classes="answered")
            yield Static("", id="history", classes="small", markup=False)
        yield Static("", id="notice", markup=False)
        yield Hints(self.words, id="hints")

    def on_mount(self) -> None:
        """Read the case as it is kept, and work out what would change its level."""
        self.put("#notice", "")
        self.refresh_case()
        self.call_after_refresh(self.triage.pace.show, 0)
        self.show_changes()

    @work
    async def show_changes(self) -> None:
        """What would change the level: worked out beside the screen, as it takes a moment."""
        topic = next((name for name, each in self.about.topics.items() if _CHANGES in each.shows), None)
        if topic is None:
            return
        found = await asyncio.to_thread(self.about.answer, topic)
        said = [Paragraph.of(self.about.title(topic), strong=True)]
        said += of_sentences(found, self.about.summary, self.about.numbers)
        for old in self.query("#changes"):
            await self.query_one("#scroll").mount(HangingText(said, classes="answered"), after=old)
            await old.remove()

    def renewed(self, folder: KeptCase) -> None:
        """Show where the case stands now."""
        self.folder = folder
        lines = standing_lines(folder.standing, folder.events, self.words)
        self.put("#standing", "\n".join(lines))
        work_on = [event for event in folder.events if event.by.login]
        self.put("#history", "\n".join(harmless(at_work(event)) for event in work_on[-12:]))
        self.renew_head()
        self.refresh_bindings()
        for hints in self.query(Hints):
            hints.renew()

    def renew_head(self) -> None:
        """Whose case it is, and for how long."""
        if self.folder is None:
            return
        say, row = self.words.say, self.folder.row
        now = None if self.desk is None else self.desk.records.clock()
        parts = [say("case_of", name=harmless(row.reference) or row.case[:8])]
        if now is not None and (login := holder(row, now)):
            parts.append(say("case_owner", login=harmless(login)))
        if now is not None and row.called and not row.closed:
            parts.append(say("place_minutes", minutes=minutes_since(row.called, now)))
        if row.closed:
            parts.append(say("case_closed", outcome=say(f"outcome_{row.outcome}")))
        parts.append(in_one_line(self.about.summary, self.words))
        self.put("#place", " · ".join(parts))

    def on_key(self, event: events.Key) -> None:
        """A number ticks what was done at the end of a call."""
        key = event.character or ""
        if key in TICKS:
            event.stop()
            self.tick(key)

    @work
    async def tick(self, key: str) -> None:
        """The advice was said back, the safety net was given."""
        await self.keep(lambda desk, row: desk.keep(row, [Ticked(kind=TICKS[key])]))

    @work
    async def action_note(self) -> None:
        """Write something beside the answers."""
        text = await self.app.push_screen_wait(NoteScreen())
        if text:
            await self.keep(lambda desk, row: desk.keep(row, [Note(text=text)]), "note_kept")

    # The note for the clinic's record.

    async def note_text(self, how: str) -> str | None:
        """The note, and in the case that a copy was taken."""

        def made(desk: Desk) -> str:
            found = desk.note(self.kind, self.row.case, self.is_brief)
            desk.copied(self.row, f"{self.kind}, {how}")
            return found

        return await self.done(made)

    @work
    async def action_copy(self) -> None:
        """Copy the note."""
        text = await self.note_text("copied")
        if text is not None:
            self.app.copy_to_clipboard(text)
            self.tell(self.words.say("note_copied", kind=self.kind.upper()))

    @work
    async def action_save(self) -> None:
        """Save the note to a file."""
        text = await self.note_text("saved")
        if text is None:
            return
        name = await self.app.push_screen_wait(SaveScreen({"txt": text.encode()}, "triage-note", "save_note"))
        if name:
            self.tell(self.words.say("saved", name=name))

    @work
    async def action_view_note(self) -> None:
        """Read the note as it will be pasted."""
        text = await self.note_text("viewed")
        if text is not None:
            title = self.words.say("note_shown", kind=self.kind.upper())
            await self.app.push_screen(ReadingScreen(title, [Content(harmless(text))]))

    def action_kind(self) -> None:
        """SBAR brief, SBAR whole, SOAP brief, SOAP whole, by turns."""
        if self.is_brief:
            self.is_brief = False
        else:
            self.is_brief, self.kind = True, _KINDS[1 - _KINDS.index(self.kind)]
        how = self.words.say("note_brief" if self.is_brief else "note_whole")
        self.tell(self.words.say("note_kind", kind=self.kind.upper(), how=how))

    # What is behind the level.

    def action_references(self) -> None:
        """Where each sentence comes from."""
        title = self.words.say("key_references")
        self.app.push_screen(ReferencesScreen(self.about.references, "clinician", title))

    @work
    async def action_questions(self) -> None:
        """Ask about the result."""
        topic = await self.app.push_screen_wait(TopicsScreen(self.about))
        if topic is None:
            return
        said = [Paragraph.of(self.about.title(topic), strong=True)]
        said += of_sentences(self.about.answer(topic), self.about.summary, self.about.numbers)
        text = HangingText(said, classes="answered")
        await self.query_one("#scroll").mount(text)
        self.call_after_refresh(text.scroll_visible, top=True, animate=False)


class CallScreen(CasePage, Stage):
    """The end of a call."""

    BINDINGS: ClassVar[list[BindingType]] = [*bind("back", "to_list")]

    def renew_place(self) -> None:
        """Say how long the call has gone on."""
        self.renew_head()

    def action_to_list(self) -> None:
        """Leave the case as it is; it stays one's own."""
        self.leave_for("")

    @property
    def at(self) -> tuple[Pack, Conversation]:
        """What was just said."""
        return begun(self.triage.pack, self.triage.conversation)

    @property
    def row(self) -> Row:
        """The case of the call as far as it is kept."""
        journal = self.triage.start.session.journal
        if self.folder is not None and (journal is None or journal.row.seq <= self.folder.row.seq):
            return self.folder.row
        if journal is None:
            raise TriageError(self.words.say("note_unkept"))
        return journal.row

    def action_back(self) -> None:
        """The last question."""
        if self.conversation is not None:
            self.triage.wants_summary = False
            at = self.conversation
            self.triage.conversation = at if at.state == "emergency" else at.back()


class FolderScreen(CasePage):
    """A case opened from the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bind("back", "help", "clear", "leave", "interrupt", "theme", "palette"),
    ]

    def __init__(self, folder: KeptCase) -> None:
        super().__init__()
        self.folder = folder

    @property
    def at(self) -> tuple[Pack, Conversation]:
        """Where it stood when it was opened."""
        assert self.folder is not None
        return self.folder.pack, self.folder.at

    @property
    def row(self) -> Row:
        """The case as it was seen last."""
        assert self.folder is not None
        return self.folder.row

    def action_back(self) -> None:
        """The list."""
        self.leave_for("")
