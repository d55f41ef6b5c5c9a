"""What screens ask of the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from chatbot.case import Mode, Whom


class Began(Message):
    """Says that it was chosen who answers, and for whom; the interview can begin."""

    def __init__(self, mode: Mode, country: str, language: str, whom: Whom = "them") -> None:
        super().__init__()
        self.mode = mode
        self.whom = whom
        self.country = country
        self.language = language


class ShowSummary(Message):
    """The summary is wanted although an emergency stands."""


class StartAgain(Message):
    """Everything said is to be forgotten, and the start shown."""


class WantsResume(Message):
    """An earlier interview is to go on."""


class CrashSeen(Message):
    """Says that the words for a fault have been painted."""


class WentOn(Message):
    """Somebody goes on after a fault."""
