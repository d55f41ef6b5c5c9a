"""What words come to where no rule found anything in them, and where a denial in them is not all that they say."""

from __future__ import annotations

from collections.abc import Collection

from chatbot.interview.hearing.compositions import Spot
from chatbot.interview.hearing.scopes import DENIED
from chatbot.interview.hearing.stated import Text
from chatbot.interview.hearing.typed_words import HARD_STOPS, SOFT_STOPS, STOPS

# Words in so short a text speak of what was asked.
_SHORT = 6
# So many words behind "just" pain is what there is instead.
_PAIN_WITHIN = 4
# Behind these something is said instead: "not numb, just heavy"; the second kind only behind a stop.
_TURNS, _TURNS_AT_STOP = ("just", "only"), ("more", "rather", "sort", "kind")


def says_no(text: Text, about: Collection[str]) -> bool:
    """True when words deny something asked, or say that all is as ever.

    The denying word stands at the beginning, or in the same sentence before a word of what is asked.
    """
    undone = {place for p in text.scope("no_denial") for place in range(*p)}
    is_about = len(text.spoken) <= _SHORT or any(name in text.tags for name in about)
    if is_about and any(p.first not in undone for name in ("well", "same") for p in text.tags.get(name, ())):
        return True
    said = [*text.reply("no"), *text.reply("none"), *text.scope("deny")]
    denied = [p for p in said if p.first not in undone]
    asked = [p for name in about for p in text.tags.get(name, ())]
    return any((is_about and _is_first(text, p)) or any(_is_before(text, p, of) for of in asked) for p in denied)


def _is_first(text: Text, place: Spot) -> bool:
    filler = {n for p in text.reply("filler") for n in range(*p)}
    return all(n in filler for n in text.spoken if n < place.first)


def _is_before(text: Text, place: Spot, asked: Spot) -> bool:
    """True when a place is before another in one sentence."""
    return place.first < asked.first and not HARD_STOPS & set(text.words[place.first : asked.first])


def is_qualified(text: Text, but_pain: bool = False) -> bool:
    """True when something is amiss beside a denial, so that it is not all well: "not numb, just asleep".

    With `but_pain` pain is nothing amiss, since what is asked is not pain.
    """
    well = {n for name in ("well", "same") for p in text.tags.get(name, ()) for n in range(*p)}
    well |= text.scopes.reach.get(DENIED, {}).keys()
    if any(n not in well for p in text.scope("amiss") for n in range(*p)):
        return True
    quiet = well | {n for name in ("no", "none", "filler") for p in text.reply(name) for n in range(*p)}
    return any(
        _turns(text, place)
        and any(n > place and n not in quiet for n in text.spoken)
        and not (but_pain and _tells_pain(text, place))
        for place in text.spoken
        if place > text.spoken[0]
    )


def _tells_pain(text: Text, place: int) -> bool:
    return any(place < p.first <= place + _PAIN_WITHIN for p in text.tags.get("hurt", ()))


def _turns(text: Text, place: int) -> bool:
    word, before = text.words[place], text.words[place - 1]
    if word in _TURNS:
        return before not in ("i", "we", "not", "have", "had", "has")
    return word in _TURNS_AT_STOP and before in STOPS | SOFT_STOPS


def is_unsure(text: Text) -> bool:
    """True when not knowing is said anywhere."""
    return bool(text.reply("unsure"))


def declines(text: Text) -> bool:
    """True when not wanting to say is said anywhere."""
    return bool(text.reply("decline"))
