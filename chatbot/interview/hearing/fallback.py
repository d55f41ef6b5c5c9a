"""What words come to where no rule found anything in them: not knowing, not saying, or a loose no."""

from __future__ import annotations

from collections.abc import Collection

from chatbot.interview.hearing.compositions import Spot
from chatbot.interview.hearing.stated import Text

# A denial in so few words speaks of what was asked.
_SHORT = 6


def says_no(text: Text, about: Collection[str], is_loose: bool = True) -> bool:
    """True when words deny, or say that all is as ever, and speak of something asked; `is_loose` takes any "not".

    "Only when I cough" is a no as well: it says what there is instead.
    """
    undone = {place for p in text.scope("no_denial") for place in range(*p)}
    denied: list[Spot] = [
        *text.reply("no"),
        *text.reply("none"),
        *text.tags.get("well", ()),
        *text.tags.get("same", ()),
    ]
    denied += text.scope("deny") if is_loose else ()
    if any(p.first not in undone for p in denied):
        return len(text.spoken) <= _SHORT or any(name in text.tags for name in about)
    first = text.words[text.spoken[0]] if text.spoken else ""
    return is_loose and first in ("only", "just")


def is_unsure(text: Text) -> bool:
    """True when not knowing is said anywhere."""
    return bool(text.reply("unsure"))


def declines(text: Text) -> bool:
    """True when not wanting to say is said anywhere."""
    return bool(text.reply("decline"))
