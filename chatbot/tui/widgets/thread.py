"""What was asked and answered so far, as a conversation."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from chatbot.interview.answered_questions import Exchange
from chatbot.interview.reading.sanitise import harmless
from chatbot.tui.words import Words

# How many are kept on the screen; all of them are one key away.
SHOWN = 12


def as_content(exchange: Exchange, words: Words) -> Content:
    """One exchange: the question, then what was said, marked as such, and how that was understood where it differs."""
    said = words.say("you_said", text=harmless(exchange.said))
    if not exchange.meant.casefold().startswith(exchange.said.casefold()):
        said = f"{said}  ({words.say('understood', text=harmless(exchange.meant))})"
    return Content.assemble(harmless(exchange.ask), "\n", (said, "bold"))


class Thread(VerticalScroll, can_focus=False):
    """The last exchanges, the newest at the bottom; in a low window only the last one, cut to two rows."""

    DEFAULT_CSS = """
    Thread { height: auto; max-height: 40%; scrollbar-size-vertical: 1; }
    Thread.-empty { display: none; }
    Thread.-folded { height: 2; max-height: 2; overflow: hidden; }
    Thread.-folded > Static { text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, words: Words, *, id: str | None = None) -> None:  # noqa: A002 # Textual's own name
        super().__init__(id=id)
        self.words = words
        self._shown: tuple[Exchange, ...] = ()

    def compose(self) -> ComposeResult:
        """One text holds all of it, so that a question more costs the same each time."""
        yield Static(markup=False)

    def show(self, exchanges: Iterable[Exchange]) -> None:
        """Show the last of these."""
        self._shown = tuple(exchanges)[-SHOWN:]
        self._draw()

    def fold(self, folded: bool) -> None:
        """Show the last exchange only, or several."""
        if folded != self.has_class("-folded"):
            self.set_class(folded, "-folded")
            self._draw()

    def _draw(self) -> None:
        self.set_class(not self._shown, "-empty")
        shown = self._shown[-1:] if self.has_class("-folded") else self._shown
        text = Content("\n").join([as_content(exchange, self.words) for exchange in shown])
        self.query_one(Static).update(text)
        self.anchor()  # laid out at its end, so that nobody sees it move there
