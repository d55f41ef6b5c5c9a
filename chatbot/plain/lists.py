"""A list of lines gone through one by one, so that none is missed."""

from __future__ import annotations

from collections.abc import Callable

from chatbot.interview.conversation import Conversation
from chatbot.interview.lines_meant import open_lines
from chatbot.interview.prompt import Prompt
from chatbot.interview.reading.commands import Command
from chatbot.interview.turn import AskAgain, GoesOn, Open, Turn, Typed, Unread, take
from chatbot.plain.turns import obey, tell, tell_replies
from chatbot.plain.voice import Voice


def go_through(
    voice: Voice, conversation: Conversation, asked: Prompt, keep: Callable[[Conversation], None]
) -> Conversation:
    """Take the lines one by one, from the first without a reply; an emergency ends it at once.

    `keep` is told where the conversation stands after each line: what was said counts when the input closes, and stays
    when the person leaves and comes back.
    """
    first = True
    while left := open_lines(conversation):
        keep(conversation)
        put(voice, asked, left[0], first)
        first = False
        after = reply(voice, conversation, asked, left)
        if after is None:
            before = conversation.undo_reply()
            if before is conversation:
                return obey(voice, Command.BACK, conversation, asked) or conversation
            conversation = before
            continue
        if after.state != conversation.state or not after.current_replies:
            return after
        conversation = after
    return conversation.finish_list()


def put(voice: Voice, asked: Prompt, line: str, first: bool) -> None:
    """Write one line of the list; what can be replied is said the first time."""
    number = [choice.id for choice in asked.choices].index(line) + 1
    voice.page.say()
    voice.say("line_of", number=number, total=len(asked.choices), text=asked.labels[number - 1])
    if first:
        voice.page.choices([voice.words.say(key) for key in ("yes", "no", "not_sure")])


def reply(voice: Voice, conversation: Conversation, asked: Prompt, left: tuple[str, ...]) -> Conversation | None:
    """The conversation after the reply to one line, or where a command or something said leads; None to go back.

    The lines after it were not shown yet, so nothing said here denies them.
    """
    misses, line = 0, left[0]
    while True:
        typed = voice.ask()
        turn = Turn(conversation, misses=misses, line=line, unread=len(left) - 1, replies_numbered=True)
        outcome = take(turn, Typed(typed)) if typed else Open(left)
        if outcome is Command.BACK:
            return None
        if isinstance(outcome, (AskAgain, Open, Unread)):
            voice.say("one_at_a_time" if isinstance(outcome, Unread) else "again_yes_no")
            misses += 1
            if misses == 2:
                put(voice, asked, line, first=True)
            continue
        if isinstance(outcome, GoesOn):
            tell_replies(voice, conversation, outcome.conversation, asked, line)
            return outcome.conversation
        after = tell(voice, outcome, conversation, asked)
        if after is not None:
            return after
