"""What the pages of a desk need of their app, and how they do something at the store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from chatbot.errors import TriageError
from chatbot.tui.screens.base import Ours

if TYPE_CHECKING:
    from chatbot.interview.conversation import Conversation
    from chatbot.service.desk import Desk
    from chatbot.storage.row import Row

_Done = TypeVar("_Done")


class AtDesk(Protocol):
    """An app with a desk."""

    desk: Desk | None

    @property
    def conversation(self) -> Conversation | None:
        """The call that goes on."""

    def look_into(self, row: Row) -> object:
        """Open a case to look into it."""

    def claim(self, row: Row) -> object:
        """Take a case on, for the login that works here."""

    def new_call(self) -> object:
        """Begin a call with nothing asked yet."""

    def call(self, row: Row) -> object:
        """Go through the questions with somebody on the list."""

    def on_start_again(self) -> None:
        """Leave the call and go back to the list."""

    def to_list(self, text: str) -> None:
        """Show the list, and say what was done."""


def at_desk(screen: Ours[None]) -> AtDesk:
    """The app of a screen that only a desk shows."""
    return cast("AtDesk", screen.app)


class DeskScreen(Ours[None]):
    """A screen that only a desk shows."""

    @property
    def desk(self) -> Desk | None:
        """The desk at which one works, once the store is open."""
        return at_desk(self).desk


async def done(desk: Desk | None, act: Callable[[Desk], _Done], tell: Callable[[str], None]) -> _Done | None:
    """Do something at the store, beside the screen; None where it could not be done, and why was told."""
    if desk is None:
        return None
    try:
        return await asyncio.to_thread(act, desk)
    except TriageError as error:
        tell(str(error))
        return None
