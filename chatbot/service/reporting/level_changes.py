"""One event of a case with what was there before it and after it, as a report goes through them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chatbot.interview.conversation import Conversation
from chatbot.packs.pack import Pack
from chatbot.recommendation.rulebook import LEVELS
from chatbot.storage.events import Event
from chatbot.storage.row import Row

# Stands where no rule decided a recommendation.
NO_RULE = "(no rule)"


@dataclass(frozen=True, slots=True)
class Moment:
    """An event, the row of its case before and after it, and where the conversation stood by then."""

    before: Row
    event: Event
    row: Row
    pack: Pack
    conversation: Conversation


def rules_in(result: dict[str, object], key: str, pack: Pack) -> frozenset[str]:
    """The rules that a recommendation names; what is no rule of its pack is left out."""
    named = result.get(key)
    known = {rule.id for rule in pack.rulebook.rules}
    return frozenset(known.intersection(each for each in _listed(named) if isinstance(each, str)))


def deciding(rules: Iterable[str]) -> frozenset[str]:
    """The rules that decided, or what stands for none."""
    return frozenset(rules) or frozenset([NO_RULE])


def level_in(result: dict[str, object]) -> int | None:
    """The level of a recommendation; None where it says none."""
    level = result.get("level")
    return level if isinstance(level, int) and 0 <= level < len(LEVELS) else None


def _listed(value: object) -> Iterable[object]:
    return value if isinstance(value, list) else ()
