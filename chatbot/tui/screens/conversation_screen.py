"""What all screens of the conversation share."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.reactive import reactive

from chatbot.tui.keys import bind
from chatbot.tui.screens.base import Ours
from chatbot.tui.widgets.hints import Hints

if TYPE_CHECKING:
    from chatbot.interview.conversation import Conversation

# Told, styled anew, laid out anew: a widget takes a step with each turn of the loop.
_TURNS = 6


class Stage(Ours[None]):
    """A screen that shows where the conversation stands; the app gives it the conversation."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bind("help", "so_far", "thread", "clear", "leave", "interrupt", "theme", "palette")
    ]

    # The widgets that show it are told what changed; the screen itself need not be painted anew.
    conversation: reactive[Conversation | None] = reactive(None, init=False, always_update=True, repaint=False)

    def renew_place(self) -> None:
        """Say once more what stands above the page; most have nothing there that changes."""

    def refresh_hints(self) -> None:
        """Show the keys that work now."""
        for hints in self.query(Hints):
            hints.renew()

    def in_one_frame(self) -> None:
        """Paint nothing before every widget has said what it needs, then all of it at once.

        Each would else be painted in its old place first, and laid out after; a person would wait for both.
        """
        held = ExitStack()
        held.enter_context(self.app.batch_update())
        # The app outlives every screen, so whatever becomes of this one, painting goes on.
        self.app.call_later(self._let_go, held)

    async def _let_go(self, held: ExitStack) -> None:
        with held:
            for _ in range(_TURNS):
                await asyncio.sleep(0)
        self.check_idle()
