"""The steps that led to a conversation, read back along the chain in which each names the one before."""

from __future__ import annotations

from collections.abc import Iterator

from chatbot.interview.conversation import Conversation, Past

Taken = tuple[Past, Conversation]


def steps_back(conversation: Conversation) -> Iterator[Taken]:
    """Every step that led here, the last first, each with where it led."""
    while conversation.past is not None:
        yield conversation.past, conversation
        conversation = conversation.past.before


def steps_since(conversation: Conversation, last: Conversation) -> list[Taken] | None:
    """The steps from one conversation to a later one in their order; None when it is no later one."""
    taken: list[Taken] = []
    if conversation is last:
        return taken
    for step in steps_back(conversation):
        taken.append(step)
        if step[0].before is last:
            return taken[::-1]
    return None
