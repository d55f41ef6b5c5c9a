"""What may be typed at any place besides an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from functools import lru_cache

from chatbot.interview.reading.language import Language, Remark
from chatbot.interview.reading.phrases import either
from chatbot.interview.reading.sanitise import fold


class Command(Enum):
    """Something to do instead of answering."""

    WHY = "why"
    HELP = "help"
    BACK = "back"
    CHANGE = "change"
    STOP = "stop"
    SKIP = "skip"


def read_command(typed: str, language: Language) -> Command | None:
    """The command that was typed, in any case and with a full stop or not; None when it is something else."""
    words = re.sub(r"\?{2,}", "?", fold(typed)).rstrip(".!").strip()
    return _commands(language).get(words) or (Command.CHANGE if _change(language).fullmatch(words) else None)


def is_remark(remark: Remark, typed: str, language: Language) -> bool:
    """True when the words are a remark, in any case and with a full stop or not."""
    return fold(typed).rstrip(".!") in map(fold, language.remarks.get(remark, ()))


@lru_cache(maxsize=64)
def _commands(language: Language) -> Mapping[str, Command]:
    words = {fold(words): Command(name) for name, several in language.commands.items() for words in several}
    return words | {"?": Command.WHY}


@lru_cache(maxsize=64)
def _change(language: Language) -> re.Pattern[str]:
    change, line = either(language.replies.change_words), either(language.replies.line_words)
    return re.compile(rf"{change} (?:{line} )?#?(\d{{1,3}})")
