"""The line of keys that work now."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from chatbot.tui.keys import ORDER, key_texts
from chatbot.tui.words import Words


class Hints(Static):
    """Keys with what they do, as many as fit; it reads them from what is bound, so it cannot say what is not so."""

    DEFAULT_CSS = """
    Hints { height: 1; width: 100%; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, words: Words, *, id: str | None = None) -> None:  # noqa: A002 # Textual's own name
        super().__init__(id=id)
        self.words = words

    def on_mount(self) -> None:
        """Show the keys."""
        self.renew()

    def on_resize(self) -> None:
        """Show as many as fit now."""
        self.renew()

    def renew(self) -> None:
        """Read the keys again."""
        pieces: list[Content] = []
        used = 0
        for name, key, text in key_texts(self.screen, self.words):
            used += cell_len(key) + cell_len(text) + 3
            if name not in ORDER or (used - 2 > self.content_size.width and pieces):
                continue
            pieces += [Content.styled(key, "bold"), Content(f" {text}  ")]
        self.update(Content("").join(pieces).rstrip())
