"""A window in which no question can be shown whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from chatbot.tui.keys import bind

if TYPE_CHECKING:
    from chatbot.tui.app import TriageApp

# The least window in which a question can be read together with its answers.
COLUMNS, ROWS = 40, 15


class SmallScreen(ModalScreen[None]):
    """Stands before everything while the window is too small, so that nothing unseen is answered."""

    BINDINGS: ClassVar[list[BindingType]] = [*bind("leave", "interrupt")]
    DEFAULT_CSS = """
    SmallScreen > Static { padding: 0 1; }
    """

    def compose(self) -> ComposeResult:
        """What to do about it, and what to do in an emergency."""
        from chatbot.tui.screens.reading import emergency_sentence

        app: TriageApp = self.app  # type: ignore[assignment] # there is no other
        why = app.words.say("small_why", columns=COLUMNS, rows=ROWS, leave=app.key_of("leave"))
        yield Static(app.words.say("small_title"), id="title", markup=False)
        yield Static(Content(emergency_sentence(app)), markup=False)
        yield Static(why, markup=False)
