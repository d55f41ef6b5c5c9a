"""Figures that replied to lines of a list at once, and may yet turn out to be the beginning of words."""

from __future__ import annotations

from dataclasses import dataclass

from chatbot.interview.conversation import Conversation
from chatbot.interview.replies import Said

# What follows the figure in words that begin with one: "2 yes", "2, 5", "2) yes". None of it is a key at a list.
GOES_ON = frozenset(" ,.;:)-")


@dataclass(frozen=True, slots=True)
class Lead:
    """Figures pressed one after the other as those of one number, and what had been said to the list before them."""

    digits: str
    said: Said

    def taken_back(self, now: Conversation) -> Conversation:
        """The conversation without the replies that the figures gave; a reply that they replaced stands again."""
        while now.current_replies != self.said and (before := now.undo_reply()) is not now:
            now = before
        return now
