"""The line a person types in."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.message import Message
from textual.widgets import Input

from chatbot.interview.reading.sanitise import clean

# A paste may hold more than a line takes, but nobody waits for a book to be cleaned.
LONGEST_PASTE = 65_536
LONGEST = 2_000


class TypedLine(Input):
    """One line of words; what is typed or pasted is made harmless before it is shown."""

    # Where there are no colours, the line under the cursor tells where the focus is.
    DEFAULT_CSS = "TypedLine > .input--cursor { text-style: underline; }"

    class TooLong(Message):
        """A paste was longer than a line takes; its start was kept."""

    def __init__(
        self,
        grab: Callable[[str], bool],
        leave: Callable[[str], bool] = lambda _: False,
        *,
        id: str | None = None,  # noqa: A002 # Textual's own name
    ) -> None:
        super().__init__(id=id, max_length=LONGEST, select_on_focus=False, compact=True)
        self.cursor_blink = False
        self._grab = grab
        self._leave = leave

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """True when this takes a key; what it leaves to the screen while it is empty is listed as the screen's."""
        return super().check_consume_key(key, character) and bool(self.value or not self._leave(character or ""))

    def validate_value(self, value: str) -> str:
        """The value without anything a terminal acts on; blanks at its end stay, as a word may follow."""
        kept = clean(value, LONGEST)
        return f"{kept} " if kept and value != value.rstrip() and len(kept) < LONGEST else kept

    async def _on_key(self, event: events.Key) -> None:
        if not self.value and event.is_printable and self._grab(event.character or ""):
            event.stop()
            event.prevent_default()
            return
        await super()._on_key(event)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        start, end = sorted(self.selection)
        room = LONGEST - (len(self.value) - (end - start))
        text = clean(event.text[:LONGEST_PASTE], LONGEST_PASTE)
        if len(text) > room or len(event.text) > LONGEST_PASTE:
            self.post_message(self.TooLong())
        if text[:room]:
            self.replace(text[:room], start, end)
