"""The line of keys that work now."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.widget import Widget

from chatbot.interview.reading.sanitise import clean
from chatbot.tui.keys import ORDER, key_texts
from chatbot.tui.words import Words


class Hints(Widget):
    """Keys with what they do, as many as fit; it reads them from what is bound, so it cannot say what is not so."""

    DEFAULT_CSS = """
    Hints { height: 1; width: 100%; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, words: Words, *, id: str | None = None) -> None:  # noqa: A002 # Textual's own name
        super().__init__(id=id)
        self.words = words
        self._places: list[tuple[int, int, str]] = []

    async def on_click(self, event: events.Click) -> None:
        """A click on a key does what the key does."""
        offset = event.get_content_offset(self)
        name = next((name for start, end, name in self._places if offset and start <= offset.x < end), None)
        for shown in self.screen.active_bindings.values() if name else ():
            if shown.binding.id == name:
                await self.app.run_action(shown.binding.action, shown.node)
                return

    def renew(self) -> None:
        """Read the keys again."""
        self.refresh()

    def render(self) -> Content:
        """The keys that work now."""
        return self.content

    @property
    def content(self) -> Content:
        """As many keys as fit."""
        pieces: list[Content] = []
        used, self._places = 0, []
        for name, *said in key_texts(self.screen, self.words):
            key, text = map(clean, said)
            width = cell_len(key) + cell_len(text) + 1
            if name not in ORDER or (used + width > self.content_size.width and pieces):
                continue
            self._places.append((used, used + width, name))
            used += width + 2
            pieces += [Content.styled(key, "bold"), Content(f" {text}  ")]
        return Content("").join(pieces).rstrip()
