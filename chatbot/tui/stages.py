"""Which screen belongs to where a conversation stands."""

from __future__ import annotations

from chatbot.interview.conversation import Conversation
from chatbot.tui.screens.check import CheckScreen
from chatbot.tui.screens.conversation_screen import Stage
from chatbot.tui.screens.emergency import EmergencyScreen
from chatbot.tui.screens.question_screen import QuestionScreen
from chatbot.tui.screens.summary_screen import SummaryScreen


def stage_for(conversation: Conversation, wants_summary: bool) -> type[Stage]:
    """The screen for a question or an ending; an emergency stands alone until its summary is wanted."""
    if conversation.interview.question is not None:
        return QuestionScreen
    if conversation.state == "check_answers":
        return CheckScreen
    if conversation.state == "emergency" and not wants_summary:
        return EmergencyScreen
    return SummaryScreen
