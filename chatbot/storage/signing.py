"""Which choice of a level waits for the signature of a second person, and who that can be."""

from __future__ import annotations

from chatbot.recommendation.rulebook import EMERGENCY


def needs_signature(level: int, by_rules: int, shown: int | None, chosen: int | None, stood: int | None) -> bool:
    """True when a level chosen in place of that of the rules waits for a signature.

    It does below an emergency, be that by the rules, `shown` last, or the level that `stood` when it was chosen, unless
    it is at or above the level that is `chosen` already: whoever signed that has agreed to all above it. Records that
    do not say what stood (None) are read as they were written: one person could take back an emergency of their own.
    """
    is_below_emergency = level < EMERGENCY <= max(by_rules, shown or 0, stood or 0)
    return is_below_emergency and (chosen is None or level < chosen)


def is_second(login: str, asker: str) -> bool:
    """True when a login is somebody else than the one who asked for the signature."""
    return login not in ("", asker)
