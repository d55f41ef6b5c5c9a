"""A part of the interview as rows: what was said, where the nurse is, what is left to ask."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from chatbot.interview.reading.sanitise import harmless
from chatbot.interview.view.nurse_checklist import Item
from chatbot.tui.words import Words

# So many rows where the window is low, and where it is not.
FEW, MANY = 4, 14


class Checklist(Static):
    """As many rows as there is room for, around the question at hand; each says in a word where it stands."""

    DEFAULT_CSS = """
    Checklist { height: auto; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    Checklist.-empty { display: none; }
    """

    def __init__(self, words: Words, *, id: str | None = None) -> None:  # noqa: A002 # Textual's own name
        super().__init__(id=id, markup=False)
        self.words = words
        self.items: Sequence[Item] = ()
        self.most = FEW

    def show(self, items: Sequence[Item]) -> None:
        """Show the rows of one part."""
        self.items = items
        self._draw()

    def fold(self, folded: bool) -> None:
        """Show few rows, or many."""
        most = FEW if folded else MANY
        if most != self.most:
            self.most = most
            self._draw()

    def _draw(self) -> None:
        words = {mark: self.words.say(f"item_{mark}") for mark in ("done", "now", "theirs", "ask")}
        width = max(map(len, words.values()))
        here = next((at for at, item in enumerate(self.items) if item.mark == "now"), 0)
        start = max(0, min(here - self.most // 2, len(self.items) - self.most))
        rows = [
            Content.assemble(
                (f"{words[item.mark]:<{width}}  ", "bold" if item.mark in ("now", "theirs") else ""),
                (harmless(_text(item)), "bold" if item.mark == "now" else ""),
            )
            for item in self.items[start : start + self.most]
        ]
        self.set_class(not rows, "-empty")
        self.update(Content("\n").join(rows))


def _text(item: Item) -> str:
    return f"{item.name}: {item.said}" if item.said and item.mark != "now" else item.name
