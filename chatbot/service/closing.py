"""What a clinician may do about a level, worked out from where a case stands: choosing another, and closing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from chatbot.errors import InputError
from chatbot.interview.checklist import is_theirs
from chatbot.interview.clean import clean
from chatbot.interview.conversation import Conversation
from chatbot.recommendation.rulebook import EMERGENCY, LEVELS
from chatbot.storage.events import Called, Closed, Event, Issued, Level, Override
from chatbot.storage.store import Row

# Why a level is lowered; each is a count in a report, so there are few.
REASONS: tuple[str, ...] = (
    "examined", "known_before", "misunderstood", "already_arranged", "declined", "other_reason",
)  # fmt: skip
UNABLE = "unable_to_assess"
OUTCOMES: tuple[str, ...] = ("advised", "sent_to_emergency", "booked", "referred", "no_contact", "other_outcome")
LONGEST = 500
# A sentence: fewer words say no more than the code.
_WORDS = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands for a clinician.

    `engine` is the level by the rules for what was confirmed; `told` the one that the person's own answers gave, while
    some of them wait to be confirmed; `chosen` a clinician's, `asked` one that waits for somebody else to sign it.
    `checks` are the emergency checks not asked, `waiting` the answers to be confirmed.
    """

    engine: int
    told: int | None = None
    chosen: int | None = None
    asked: int | None = None
    checks: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()

    @property
    def by_rules(self) -> int:
        """The level by the rules: the more urgent one while the person's own answers are not all confirmed."""
        return self.engine if self.told is None else max(self.engine, self.told)

    @property
    def stands(self) -> int:
        """The level that stands: the clinician's where there is one."""
        return self.by_rules if self.chosen is None else self.chosen

    def why_not_close(self) -> str:
        """Why the case cannot be closed as it stands, as the id of a text; empty where it can."""
        if self.asked is not None and (self.chosen is None or self.stands >= EMERGENCY):
            return "close_unsigned"
        return "close_unasked" if self.stands < EMERGENCY and self.checks else ""


def standing(row: Row, at: Conversation, events: list[Event]) -> Standing:
    """Where a case stands that was folded to here."""
    level, interview = at.interview.recommendation.level, at.interview
    theirs = (name for name in at.kept if is_theirs(at, name))
    waiting = tuple(name for name in theirs if any(map(interview.applies, interview.plan.dialog.questions[name].facts)))
    told = told_before(events) if waiting else None
    # Something worse was said since the level was shown that the choice was made for.
    is_past = row.chosen is not None and row.chosen < level and level > (row.level or 0)
    return Standing(level, told, None if is_past else row.chosen, row.asked, interview.checks_left, waiting)


def told_before(events: Iterable[Event]) -> int | None:
    """The level that a person was told last before a nurse began to ask; None where nobody was."""
    found: int | None = None
    for event in events:
        if isinstance(event.did, Called):
            return found
        if isinstance(event.did, Issued):
            found = cast("int", event.did.result["level"])
    return None


def override(at: Standing, level: int, words: str, reason: str = "") -> Override:
    """Another level than that of the rules: up with a line, down with a coded reason and a sentence.

    InputError says what is missing; down from an emergency it counts once somebody else has signed it.
    """
    words = clean(words, LONGEST)
    if level == at.stands and at.asked is None:
        raise InputError("that is the level that stands")
    if level < at.stands and at.checks:
        raise InputError("emergency checks are not asked yet, so the level cannot be lowered")
    if level < at.by_rules:
        if reason not in REASONS:
            raise InputError(f"a lower level needs one of these reasons: {', '.join(REASONS)}")
        if len(re.findall(r"\w+", words)) < _WORDS:
            raise InputError("a lower level needs a sentence that says why")
    elif not words:
        raise InputError("another level needs a line that says why")
    return Override(level=_name(level), instead_of=_name(at.by_rules), reason=reason, words=words)


def unable(at: Standing, words: str) -> Override:
    """The person cannot be assessed, so it is an emergency until somebody has."""
    if at.stands == EMERGENCY:
        raise InputError("it is an emergency already")
    words = clean(words, LONGEST) or "emergency checks could not be asked"
    return Override(level="emergency_now", instead_of=_name(at.by_rules), reason=UNABLE, words=words)


def close(at: Standing, outcome: str, words: str = "") -> Closed:
    """The end of a case; InputError where it cannot be closed as it stands."""
    if outcome not in OUTCOMES:
        raise InputError(f"a case ends in one of these ways: {', '.join(OUTCOMES)}")
    why = at.why_not_close()
    if why == "close_unasked":
        count = len(at.checks)
        raise InputError(
            f"{count} emergency check(s) not asked: ask them, or say that the person cannot be assessed, "
            "which makes it an emergency"
        )
    if why:
        raise InputError("the lower level waits for somebody else to sign it; until then it is an emergency")
    return Closed(outcome=outcome, words=clean(words, LONGEST))


def _name(level: int) -> Level:
    return cast("Level", LEVELS[level])
