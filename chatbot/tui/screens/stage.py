"""What all screens of the conversation share."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.reactive import reactive

from chatbot.tui.keys import bind
from chatbot.tui.screens.base import Ours
from chatbot.tui.widgets.hints import Hints

if TYPE_CHECKING:
    from chatbot.interview.conversation import Conversation


class Stage(Ours[None]):
    """A screen that shows where the conversation stands; the app gives it the conversation."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bind("help", "so_far", "thread", "clear", "leave", "interrupt", "theme", "palette")
    ]

    conversation: reactive[Conversation | None] = reactive(None, init=False, always_update=True)

    def refresh_hints(self) -> None:
        """Show the keys that work now."""
        for hints in self.query(Hints):
            hints.renew()
