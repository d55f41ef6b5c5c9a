"""Back to an earlier question in lines: to the last one, to one that is chosen, or to one that words put."""

from __future__ import annotations

from collections.abc import Sequence

from chatbot.interview.answered_questions import AnsweredQuestion, answers_given
from chatbot.interview.conversation import Conversation
from chatbot.interview.reading.choices import Choice
from chatbot.interview.reading.commands import Command, read_command
from chatbot.interview.turn import row_named
from chatbot.plain.voice import Voice


def back(voice: Voice, conversation: Conversation) -> Conversation:
    """The conversation at the last question that can be asked again; where it is when there is none."""
    before = conversation.back()
    if before is conversation:
        voice.say("nothing_back")
    return before


def change(voice: Voice, conversation: Conversation) -> Conversation:
    """Choose an earlier answer and ask its question again; the same conversation when none is chosen."""
    listed = [row for row in answers_given(conversation.interview, voice.words) if conversation.change(row.question)]
    if not listed:
        voice.say("nothing_back")
        return conversation
    voice.page.say()
    voice.list_rows(listed)
    voice.say("change_what")
    while True:
        typed = voice.ask()
        command = read_command(typed, voice.language)
        if command is Command.STOP:
            return conversation.stop()
        if command is Command.BACK:
            return conversation
        name = row_named(typed, choices_of(listed), voice.language)
        changed = conversation.change(name) if name else None
        if changed is not None:
            return changed
        voice.say("change_what")


def choices_of(listed: Sequence[AnsweredQuestion]) -> list[Choice]:
    """The rows as lines that are named by number, by their short name or by their question."""
    return [Choice(row.question, (row.name, row.ask)) for row in listed]


def raise_questions(voice: Voice, conversation: Conversation, typed: str) -> Conversation | None:
    """Put the questions that something typed calls for; None when there is none, or an emergency comes first."""
    raised = conversation.raising(typed)
    if raised is not None:
        voice.say("raised")
    return raised
