"""What may be typed at any place besides an answer."""

from __future__ import annotations

import re
from enum import Enum

from chatbot.interview.clean import fold


class Command(Enum):
    """Something to do instead of answering."""

    WHY = "why"
    HELP = "help"
    BACK = "back"
    CHANGE = "change"
    STOP = "stop"
    SKIP = "skip"


_TYPED = {
    Command.WHY: ("?", "why", "why?", "why do you ask", "why are you asking"),
    Command.HELP: ("help", "help me", "commands"),
    Command.BACK: ("back", "go back", "previous", "undo"),
    Command.CHANGE: ("change", "change answer", "change an answer", "correct"),
    Command.STOP: ("stop", "quit", "exit", "end"),
    Command.SKIP: ("skip",),
}
_COMMANDS = {words: command for command, listed in _TYPED.items() for words in listed}
_CHANGE = re.compile(r"change (?:answer |number )?#?(\d{1,3})")


def read_command(typed: str) -> Command | None:
    """The command that was typed, in any case and with a full stop or not; None when it is something else."""
    words = re.sub(r"\?{2,}", "?", fold(typed)).rstrip(".!").strip()
    return _COMMANDS.get(words) or (Command.CHANGE if _CHANGE.fullmatch(words) else None)
