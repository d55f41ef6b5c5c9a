"""Which lines of a list typed words speak of, and with which reply; every other line stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from chatbot.case import Reply
from chatbot.interview.conversation import Conversation
from chatbot.interview.prompt import Prompt
from chatbot.interview.reading.choices import read_yes_no
from chatbot.interview.reading.language import Language
from chatbot.interview.reading.line_labels import line_number, lines_named
from chatbot.interview.reading.list_words import read_replies, without_reply
from chatbot.interview.reading.sanitise import clean, fold

NUMBERED: Mapping[str, Reply] = {"1": "yes", "2": "no", "3": "unknown"}
_LETTER = re.compile(r"\(?[a-z][).:]?", re.ASCII)


def read_reply(typed: str, language: Language) -> Reply | None:
    """A typed yes, no or not sure, by words or by number."""
    return NUMBERED.get(typed.rstrip(".)")) or read_yes_no(typed, language)


def read_numbered_reply(typed: str, language: Language) -> Reply | None:
    """A reply with its own number before it, as in "2 no"."""
    _, reply, number = _head(typed, language)
    return reply if NUMBERED.get(str(number)) == reply else None


def open_lines(conversation: Conversation) -> tuple[str, ...]:
    """The lines of the list at hand that have no reply yet, in order."""
    asked, said = conversation.asked, conversation.current_replies
    return tuple(choice.id for choice in asked.choices if choice.id not in said) if asked else ()


def lines_meant(conversation: Conversation, asked: Prompt, typed: str) -> Mapping[str, Reply]:
    """The lines that typed words speak of, with their replies; none where any part of the words is not understood.

    A letter names no line: none stands before the lines of a list. What is said of the rest is said of the lines that
    have no reply.
    """
    named, always = lines_named(asked, typed, (), conversation.language)
    said = None if always else read_replies(clean(named), asked.choices, conversation.language)
    if said is None or any(_LETTER.fullmatch(_head(part, conversation.language)[0]) for part in _parts(typed)):
        return {}
    rest = dict.fromkeys(open_lines(conversation), said.rest) if said.rest == "unknown" else {}
    return {**rest, **said.lines}


def is_doubtful(typed: str, unread: int, language: Language) -> bool:
    """True when numbers may be those of replies or of lines that were not shown yet, so that they name none."""
    heads = [_head(part, language) for part in _parts(typed)]
    if unread or len(heads) != 1:
        return unread > 0 and any(number is not None for *_, number in heads)
    _, reply, number = heads[0]
    return number is not None and (reply is None or NUMBERED.get(str(number)) == reply)


def _parts(typed: str) -> list[str]:
    return [part for part in (part.strip() for part in typed.replace(";", ",").split(",")) if part]


def _head(part: str, language: Language) -> tuple[str, Reply | None, int | None]:
    """The name in a part, without the reply at its end; the reply, and the number where it names nothing else."""
    words, reply = without_reply(part, language)
    head = fold(words)
    first, *others = head.split() or [""]
    is_named = others and first in (*language.replies.label_words, *language.replies.line_words)
    bare = (others[-1] if is_named else head).lstrip("#")
    return bare, reply, line_number(bare, language)
