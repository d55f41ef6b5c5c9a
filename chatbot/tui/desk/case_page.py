"""A case as a clinician sees it: where it stands and why, and what can be done about it."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from chatbot.errors import TriageError
from chatbot.interview.conversation import Conversation
from chatbot.interview.reading.sanitise import harmless
from chatbot.interview.view.result_questions import About
from chatbot.service.event_text import at_work
from chatbot.service.worklist import holder, minutes_since
from chatbot.storage.events import Ticked
from chatbot.tui.desk.at_desk import DeskScreen
from chatbot.tui.desk.clinic_note import ClinicNote
from chatbot.tui.desk.deciding import Decisions
from chatbot.tui.desk.level_lines import TICKS, standing_lines
from chatbot.tui.desk.open_case import OpenCase
from chatbot.tui.keys import bind
from chatbot.tui.result import begun, result_of
from chatbot.tui.screens.base import ScrollScreen
from chatbot.tui.screens.conversation_screen import Stage
from chatbot.tui.screens.pages import ReferencesScreen
from chatbot.tui.screens.so_far import TopicsScreen
from chatbot.tui.widgets.card import CareCard, in_one_line
from chatbot.tui.widgets.hanging import HangingParagraph, HangingText
from chatbot.tui.widgets.hints import Hints
from chatbot.tui.widgets.sections import Sections, of_sentences

if TYPE_CHECKING:
    from chatbot.packs.pack import Pack
    from chatbot.service.cases import KeptCase
    from chatbot.storage.row import Row

_CHANGES = "changes"


class CasePage(DeskScreen, ScrollScreen[None]):
    """The level that stands beside that of the rules, what is open, the summary, and what would change it.

    It holds the case, the decisions about it and its note; a key of theirs goes through one action, `act`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *bind("up", "down", "page_up", "page_down"),
        *bind("copy", "save", "view_note", "kind", through="act"),
        *bind("references", "questions"),
        *bind(
            "call", "close", "override", "unable", "note", "callback", "release", "sign", "grade", "take", through="act"
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.case = OpenCase(self, lambda: self.row, self.renewed)
        self.decisions, self.note = Decisions(self.case), ClinicNote(self.case)

    @property
    @abstractmethod
    def at(self) -> tuple[Pack, Conversation]:
        """The pack, and where the case's last conversation stands."""

    @property
    @abstractmethod
    def row(self) -> Row:
        """The case as it was seen last."""

    def compose(self) -> ComposeResult:
        """Whose case it is, where it stands, the summary, keys."""
        yield Static("", id="place", markup=False)
        with VerticalScroll(id="scroll", can_focus=False):
            yield Static("", id="standing", markup=False)
            pack, conversation = self.at
            result = result_of(pack, conversation, "clinician")
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
        self.run_worker(self.case.renew())
        self.call_after_refresh(self.triage.pace.show, 0)
        self.show_changes()

    @work
    async def show_changes(self) -> None:
        """Shows what would change the level: worked out beside the screen, as it takes a moment."""
        topic = next((name for name, each in self.about.topics.items() if _CHANGES in each.shows), None)
        if topic is None:
            return
        sentences = await asyncio.to_thread(self.about.answer, topic)
        said = [HangingParagraph.of(self.about.title(topic), strong=True)]
        said += of_sentences(sentences, self.about.summary, self.about.numbers)
        for old in self.query("#changes"):
            await self.query_one("#scroll").mount(HangingText(said, classes="answered"), after=old)
            await old.remove()

    def renewed(self, kept: KeptCase) -> None:
        """Show where the case stands now."""
        lines = standing_lines(kept.standing, kept.events, self.words)
        self.put("#standing", "\n".join(lines))
        work_on = [event for event in kept.events if event.by.login]
        self.put("#history", "\n".join(harmless(at_work(event)) for event in work_on[-12:]))
        self.renew_head()
        self.refresh_bindings()
        for hints in self.query(Hints):
            hints.renew()

    def renew_head(self) -> None:
        """Whose case it is, and for how long."""
        if self.case.kept is None:
            return
        say, row = self.words.say, self.case.kept.row
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
        """A number ticks what was done at the end of a call: the advice was said back, the safety net was given."""
        key = event.character or ""
        if key in TICKS:
            event.stop()
            self.run_worker(self.case.keep(lambda desk, row: desk.keep(row, [Ticked(kind=TICKS[key])])))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done now has a key."""
        return action != "act" or self.decisions.may(str(parameters[0]))

    def action_act(self, name: str) -> None:
        """Do something about the case, or with its note."""
        act = self.decisions.acts.get(name) or self.note.acts[name]
        self.run_worker(act())

    # What is behind the level.

    def action_references(self) -> None:
        """Shows where each sentence comes from."""
        title = self.words.say("key_references")
        self.app.push_screen(ReferencesScreen(self.about.references, "clinician", title))

    @work
    async def action_questions(self) -> None:
        """Ask about the result."""
        topic = await self.app.push_screen_wait(TopicsScreen(self.about))
        if topic is None:
            return
        said = [HangingParagraph.of(self.about.title(topic), strong=True)]
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
        self.case.leave("")

    @property
    def at(self) -> tuple[Pack, Conversation]:
        """The pack and the conversation as just said."""
        return begun(self.triage.pack, self.triage.conversation)

    @property
    def row(self) -> Row:
        """The case of the call as far as it is kept."""
        journal, kept = self.triage.start.session.journal, self.case.kept
        if kept is not None and (journal is None or journal.row.seq <= kept.row.seq):
            return kept.row
        if journal is None:
            raise TriageError(self.words.say("note_unkept"))
        return journal.row

    def action_back(self) -> None:
        """The last question."""
        if self.conversation is not None:
            self.triage.wants_summary = False
            conversation = self.conversation
            self.triage.conversation = conversation if conversation.state == "emergency" else conversation.back()


class FolderScreen(CasePage):
    """A case opened from the list; `opened` is the case as it was then."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bind("back", "help", "clear", "leave", "interrupt", "theme", "palette"),
    ]

    def __init__(self, opened: KeptCase) -> None:
        super().__init__()
        self.opened = self.case.kept = opened

    @property
    def at(self) -> tuple[Pack, Conversation]:
        """The pack and the conversation as they stood when the case was opened."""
        return self.opened.pack, self.opened.conversation

    @property
    def row(self) -> Row:
        """The case as it was seen last."""
        return (self.case.kept or self.opened).row

    def action_back(self) -> None:
        """Go to the list."""
        self.case.leave("")
