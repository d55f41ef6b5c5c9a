"""Which lines of a list typed words speak of, and with which reply; every other line stays as it is."""

from __future__ import annotations

from collections.abc import Mapping

from chatbot.case import Reply
from chatbot.interview.conversation import Conversation
from chatbot.interview.prompt import Prompt
from chatbot.interview.reading.choices import label_in, read_yes_no
from chatbot.interview.reading.language import Language
from chatbot.interview.reading.line_labels import lines_named
from chatbot.interview.reading.list_parts import listed, pieces
from chatbot.interview.reading.list_words import read_replies, without_reply
from chatbot.interview.reading.sanitise import clean

NUMBERED: Mapping[str, Reply] = {"1": "yes", "2": "no", "3": "unknown"}


def read_reply(typed: str, language: Language) -> Reply | None:
    """A typed yes, no or not sure, by words or by number."""
    return NUMBERED.get(typed.rstrip(".)")) or read_yes_no(typed, language)


def read_numbered_reply(typed: str, language: Language) -> Reply | None:
    """A reply with its own number before it, as in "2 no"."""
    (figure, reply), *others = _labels(typed, language)
    return reply if not others and NUMBERED.get(figure) == reply else None


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
    if said is None or any(label.isalpha() for label, _ in _labels(typed, conversation.language)):
        return {}
    rest = dict.fromkeys(open_lines(conversation), said.rest) if said.rest == "unknown" else {}
    return {**rest, **said.lines}


def is_doubtful(typed: str, unread: int, language: Language) -> bool:
    """True when figures may be those of replies or of lines that were not shown yet, so that they name none."""
    named = _labels(typed, language)
    if unread:
        return any(label.isdecimal() for label, _ in named)
    figure = named[0][0]
    if not figure.isdecimal() or any(label != figure for label, _ in named):
        return False
    return any(reply is None or NUMBERED.get(figure) == reply for _, reply in named)


def _labels(typed: str, language: Language) -> list[tuple[str, Reply | None]]:
    """What each piece would pick by its place, "" where nothing, with the reply that is said of it."""
    parts = [without_reply(part, language) for part in listed(typed)]
    return [(label_in(piece, language), reply) for words, reply in parts for piece in pieces(words, language)]
