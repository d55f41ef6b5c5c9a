"""What can be done next where an emergency stands."""

from __future__ import annotations

from typing import Literal

from chatbot.interview.conversation import Conversation

EmergencyChoice = Literal["emergency_summary", "emergency_back", "emergency_change", "emergency_continue"]


def emergency_choices(conversation: Conversation) -> tuple[EmergencyChoice, ...]:
    """The choices that an emergency offers; a nurse may go on for the note."""
    offered: tuple[EmergencyChoice, ...] = ("emergency_summary", "emergency_back", "emergency_change")
    return (*offered, "emergency_continue") if conversation.interview.case.mode == "nurse" else offered
