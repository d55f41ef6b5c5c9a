"""What a clinician may do about a level: said once, asked by a page before anybody types, and enforced by the desk."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, cast

from chatbot.errors import InputError
from chatbot.interview.conversation import Conversation
from chatbot.interview.reading.sanitise import clean
from chatbot.interview.view.nurse_checklist import is_theirs
from chatbot.recommendation.rulebook import EMERGENCY, LEVELS
from chatbot.storage.events import Called, Closed, Event, Issued, Level, Override
from chatbot.storage.row import Row

# Why a level is lowered; each is a count in a report, so there are few.
REASONS: tuple[str, ...] = (
    "examined", "known_before", "misunderstood", "already_arranged", "declined", "other_reason",
)  # fmt: skip
UNABLE = "unable_to_assess"
OUTCOMES: tuple[str, ...] = ("advised", "sent_to_emergency", "booked", "referred", "no_contact", "other_outcome")
LONGEST = 500
# A sentence: fewer words say no more than the code.
_WORDS = 4
WhyNot = Literal["", "override_stands", "override_unasked", "override_unshown", "override_sentence", "override_line"]
_WHY_NOT: dict[WhyNot, str] = {
    "override_stands": "that is the level that stands",
    "override_unasked": "emergency checks are not asked yet, so the level cannot be lowered",
    "override_unshown": "the answers make it an emergency by now; go on with the questions, or end them, first",
    "override_sentence": "a lower level needs a sentence that says why",
    "override_line": "another level needs a line that says why",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands for a clinician.

    `engine` is the level by the rules for what was confirmed; `told` the one that the person's own answers gave, while
    some of them wait to be confirmed; `chosen` a clinician's, `asked` one that waits for somebody else to sign it.
    `checks` are the emergency checks not asked, `waiting` the answers to be confirmed. `shown` is the level issued
    last, `fallen` says that something worse was said since somebody chose.
    """

    engine: int
    told: int | None = None
    chosen: int | None = None
    asked: int | None = None
    checks: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    shown: int | None = None
    fallen: bool = False

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

    def may_be_unable(self) -> bool:
        """Whether saying that the person cannot be assessed would change anything: it makes the case an emergency."""
        return self.stands < EMERGENCY


@dataclass(frozen=True, slots=True)
class Need:
    """What choosing a level takes, beside a line of words.

    `reason` is a coded one, `sentence` more than a word or two, `signature` that of somebody else. `why_not` says why
    the level cannot be chosen at all, as the id of a text; empty where it can.
    """

    reason: bool = False
    sentence: bool = False
    signature: bool = False
    why_not: WhyNot = ""

    def why_not_words(self, words: str) -> WhyNot:
        """Why words do not do, as the id of a text; empty where they do."""
        if self.sentence:
            return "" if len(re.findall(r"\w+", clean(words, LONGEST))) >= _WORDS else "override_sentence"
        return "" if clean(words, LONGEST) else "override_line"


def needs(at: Standing, level: int) -> Need:
    """What it takes to choose a level for a case that stands so."""
    is_lower = level < at.by_rules
    is_below_emergency = level < EMERGENCY <= max(at.by_rules, at.shown or 0)
    # Whoever signed a lower level has agreed to all above it.
    is_signed = at.chosen is not None and level >= at.chosen
    return Need(is_lower, is_lower, is_below_emergency and not is_signed, _why_not(at, level))


def _why_not(at: Standing, level: int) -> WhyNot:
    if level == at.stands and at.asked is None:
        return "override_stands"
    # Nothing is known of who was not asked: no level goes below the one that stands, nor below that of the rules.
    if level < max(at.stands, at.by_rules) and at.checks:
        return "override_unasked"
    # A choice made before the emergency must not pass for one that somebody signed.
    return "override_unshown" if at.fallen and level < EMERGENCY <= at.by_rules else ""


def standing(row: Row, at: Conversation, events: Iterable[Event]) -> Standing:
    """Where a case stands that was folded to here."""
    level, interview = at.interview.recommendation.level, at.interview
    theirs = (name for name in at.kept if is_theirs(at, name))
    waiting = tuple(name for name in theirs if any(map(interview.applies, interview.plan.dialog.questions[name].facts)))
    told = told_before(events) if waiting else None
    # Something worse was said since the level was shown that the choice was made for.
    fallen = row.chosen is not None and row.chosen < level and level > (row.level or 0)
    chosen = None if fallen else row.chosen
    return Standing(level, told, chosen, row.asked, interview.checks_left, waiting, row.level, fallen)


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
    need = needs(at, level)
    if need.why_not:
        raise InputError(_WHY_NOT[need.why_not])
    if need.reason and reason not in REASONS:
        raise InputError(f"a lower level needs one of these reasons: {', '.join(REASONS)}")
    why = need.why_not_words(words)
    if why:
        raise InputError(_WHY_NOT[why])
    words = clean(words, LONGEST)
    return Override(level=_name(level), instead_of=_name(at.by_rules), reason=reason, words=words)


def unable(at: Standing, words: str) -> Override:
    """The person cannot be assessed, so it is an emergency until somebody has."""
    if not at.may_be_unable():
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
