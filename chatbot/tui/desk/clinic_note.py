"""The note of a case for the clinic's record: copied, saved or read, in the form that is chosen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from textual.content import Content

from chatbot.export.note import Kind
from chatbot.interview.reading.sanitise import harmless
from chatbot.storage.events import Note
from chatbot.tui.screens.note_screen import NoteScreen
from chatbot.tui.screens.pages import ReadingScreen
from chatbot.tui.screens.save_as import SaveScreen

if TYPE_CHECKING:
    from chatbot.service.desk import Desk
    from chatbot.tui.desk.open_case import OpenCase

_KINDS: tuple[Kind, ...] = ("sbar", "soap")


class ClinicNote:
    """The note of the case of a page; `acts` has what can be done with it by the names of their keys."""

    def __init__(self, case: OpenCase) -> None:
        self.case = case
        self.kind: Kind = "sbar"
        self.is_brief = True
        self.acts: Mapping[str, Callable[[], Awaitable[None]]] = {
            "copy": self.copy, "save": self.save, "view_note": self.view, "kind": self.change_kind, "note": self.add,
        }  # fmt: skip

    async def _text(self, how: str) -> str | None:
        """The note, and in the case that a copy was taken."""

        def made(desk: Desk) -> str:
            row = self.case.row()
            text = desk.note(self.kind, row.case, self.is_brief)
            desk.copied(row, f"{self.kind}, {how}")
            return text

        return await self.case.done(made)

    async def copy(self) -> None:
        """Copy the note to the clipboard."""
        text = await self._text("copied")
        if text is not None:
            self.case.page.app.copy_to_clipboard(text)
            self.case.tell("note_copied", kind=self.kind.upper())

    async def save(self) -> None:
        """Save the note to a file."""
        text = await self._text("saved")
        if text is None:
            return
        page = SaveScreen({"txt": text.encode()}, "triage-note", "save_note")
        name = await self.case.page.app.push_screen_wait(page)
        if name:
            self.case.tell("saved", name=name)

    async def view(self) -> None:
        """Read the note as it will be pasted."""
        text = await self._text("viewed")
        if text is not None:
            title = self.case.page.words.say("note_shown", kind=self.kind.upper())
            await self.case.page.app.push_screen(ReadingScreen(title, [Content(harmless(text))]))

    async def change_kind(self) -> None:
        """SBAR brief, SBAR whole, SOAP brief, SOAP whole, by turns."""
        if self.is_brief:
            self.is_brief = False
        else:
            self.is_brief, self.kind = True, _KINDS[1 - _KINDS.index(self.kind)]
        how = self.case.page.words.say("note_brief" if self.is_brief else "note_whole")
        self.case.tell("note_kind", kind=self.kind.upper(), how=how)

    async def add(self) -> None:
        """Write something beside the answers."""
        text = await self.case.page.app.push_screen_wait(NoteScreen())
        if text:
            await self.case.keep(lambda desk, row: desk.keep(row, [Note(text=text)]), "note_kept")
