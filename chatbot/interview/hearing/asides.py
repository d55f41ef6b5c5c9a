"""What is said beside an answer: a cry for help, a question of one's own, anger, another language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from chatbot.interview.hearing.compositions import Item, Rule, Spot, hits
from chatbot.interview.hearing.foreign import is_foreign
from chatbot.interview.hearing.lexicon import ASIDE
from chatbot.interview.hearing.scopes import DENIED, OTHER
from chatbot.interview.hearing.stated import Text

Aside = Literal["crisis", "emergency", "privacy", "who", "human", "rude", "help", "meaning", "language"]
# Heard whatever else was said; the others only where nothing was answered.
ALWAYS_HEARD = ("crisis", "emergency")


def aside_of(text: Text, is_answered: bool) -> Aside | None:
    """The aside that words are, in the order in which one comes before another; None where they are none."""
    for reply, rules in text.lexicon.aside_rules.items():
        if is_answered and reply not in ALWAYS_HEARD:
            return None
        if any(_is_met(text, rule) for rule in rules):
            return reply  # type: ignore[return-value] # the names of the rules are those of the asides
    if is_answered:
        return None
    if is_foreign(text.said):
        return "language"
    return "help" if "?" in text.said and text.reply("question") else None


def _is_met(text: Text, rule: Rule) -> bool:
    tags: Mapping[str, tuple[Spot, ...]] = {
        name.removeprefix(ASIDE): places for name, places in text.tags.items() if name.startswith(ASIDE)
    }
    bare = Rule(rule.text, tuple(Item(item.names, item.absent) for item in rule.items))
    for hit in hits(bare, tags, frozenset()):
        places = sorted(hit.covered)
        if not text.scopes.all_in(DENIED, places) and not text.scopes.all_in(OTHER, places):
            return True
    return False
