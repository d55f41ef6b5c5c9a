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
from chatbot.storage.events import Called, Closed, Event, Issued, Level, Override, Signed
from chatbot.storage.row import Row
from chatbot.storage.signing import is_second, needs_signature
from chatbot.texts.read import texts

# Why a level is lowered; each is a count in a report, so there are few.
REASONS: tuple[str, ...] = (
    "examined", "known_before", "misunderstood", "already_arranged", "declined", "other_reason",
)  # fmt: skip
UNABLE = "unable_to_assess"
OUTCOMES: tuple[str, ...] = ("advised", "sent_to_emergency", "booked", "referred", "no_contact", "other_outcome")
LONGEST = 500
# A sentence: fewer words say no more than the code.
_WORDS = 4
# Why something cannot be done, as the id of a text that a page shows.
WhyNot = Literal[
    "", "override_stands", "override_unasked", "override_unshown", "override_sentence", "override_line",
    "sign_nothing", "sign_own", "sign_closed", "sign_unasked", "sign_unshown", "close_unsigned", "close_unasked",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """The standing of a case for a clinician.

    `engine` is the level by the rules for what was confirmed; `told` the one that the person's own answers gave, while
    some of them wait to be confirmed; `chosen` a clinician's, `asked` one that waits for somebody else to sign it,
    whom `asker` asked. `checks` are the emergency checks not asked, `waiting` the answers to be confirmed. `shown` is
    the level issued last, `fallen` says that something worse was said since somebody chose.
    """

    engine: int
    told: int | None = None
    chosen: int | None = None
    asked: int | None = None
    checks: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    shown: int | None = None
    fallen: bool = False
    asker: str = ""
    closed: bool = False

    @property
    def by_rules(self) -> int:
        """The level by the rules: the more urgent one while the person's own answers are not all confirmed."""
        return self.engine if self.told is None else max(self.engine, self.told)

    @property
    def stands(self) -> int:
        """The level that stands: the clinician's where there is one."""
        return self.by_rules if self.chosen is None else self.chosen

    def why_not_close(self) -> WhyNot:
        """The reason why the case cannot be closed as it stands, as the id of a text; empty where it can."""
        if self.asked is not None and (self.chosen is None or self.stands >= EMERGENCY):
            return "close_unsigned"
        return "close_unasked" if self.stands < EMERGENCY and self.checks else ""

    def may_be_unable(self) -> bool:
        """True when it can be said that the person cannot be assessed: checks are not asked, and it is no emergency."""
        return self.stands < EMERGENCY and bool(self.checks)

    def is_for(self, login: str) -> bool:
        """True when a login is asked for its signature, though the case may not be ready for it."""
        return self.why_not_sign(login) not in ("sign_nothing", "sign_own", "sign_closed")

    def why_not_sign(self, login: str) -> WhyNot:
        """The reason why a login cannot sign the level that waits for it, as the id of a text; empty where it can.

        Whoever signs agrees to a level that could still be chosen now: with emergency checks open again, or with
        answers that make it an emergency since, nobody knows any more what they would agree to.
        """
        if self.asked is None:
            return "sign_nothing"
        if self.closed:
            return "sign_closed"
        if not is_second(login, self.asker):
            return "sign_own"
        why = _why_not(self, self.asked)
        return "sign_unasked" if why == "override_unasked" else "sign_unshown" if why else ""


@dataclass(frozen=True, slots=True)
class Need:
    """The things that choosing a level takes, beside a line of words.

    `reason` is a coded one, `sentence` more than a word or two, `signature` that of somebody else. `why_not` says why
    the level cannot be chosen at all, as the id of a text; empty where it can.
    """

    reason: bool = False
    sentence: bool = False
    signature: bool = False
    why_not: WhyNot = ""

    def why_not_words(self, words: str) -> WhyNot:
        """The reason why words do not do, as the id of a text; empty where they do."""
        if self.sentence:
            return "" if len(re.findall(r"\w+", clean(words, LONGEST))) >= _WORDS else "override_sentence"
        return "" if clean(words, LONGEST) else "override_line"


def needs(standing: Standing, level: int) -> Need:
    """Works out what it takes to choose a level for a case that stands so."""
    signature = needs_signature(level, standing.by_rules, standing.shown, standing.chosen, standing.stands)
    # Nobody is asked to sign what they are not told the reason of.
    is_lower = signature or level < max(standing.by_rules, standing.stands)
    return Need(is_lower, is_lower, signature, _why_not(standing, level))


def _why_not(standing: Standing, level: int) -> WhyNot:
    if level == standing.stands and standing.asked is None:
        return "override_stands"
    # Nothing is known of who was not asked: no level goes below the one that stands, nor below that of the rules.
    if level < max(standing.stands, standing.by_rules) and standing.checks:
        return "override_unasked"
    # A choice made before the emergency must not pass for one that somebody signed.
    return "override_unshown" if standing.fallen and level < EMERGENCY <= standing.by_rules else ""


def standing(row: Row, conversation: Conversation, events: Iterable[Event]) -> Standing:
    """Works out the standing of a case that was folded to here."""
    level, interview = conversation.interview.recommendation.level, conversation.interview
    theirs = (name for name in conversation.previous_answers if is_theirs(conversation, name))
    waiting = tuple(name for name in theirs if any(map(interview.applies, interview.plan.dialog.questions[name].facts)))
    told = told_before(events) if waiting else None
    # Something worse was said since the level was shown that the choice was made for.
    fallen = row.chosen is not None and row.chosen < level and level > (row.level or 0)
    chosen = None if fallen else row.chosen
    checks, is_closed = interview.checks_left, bool(row.closed)
    return Standing(level, told, chosen, row.asked, checks, waiting, row.level, fallen, row.asker, is_closed)


def told_before(events: Iterable[Event]) -> int | None:
    """The level that a person was told last before a nurse began to ask; None where nobody was."""
    level: int | None = None
    for event in events:
        if isinstance(event.did, Called):
            return level
        if isinstance(event.did, Issued):
            level = cast("int", event.did.result["level"])
    return None


def override(standing: Standing, level: int, words: str, reason: str = "") -> Override:
    """Another level than that of the rules: up with a line, down with a coded reason and a sentence.

    Down is below the rules or below what stands. InputError says what is missing, or that a reason is given for what
    needs none; down from an emergency, whoever chose that, it counts once somebody else has signed it.
    """
    need = needs(standing, level)
    if need.why_not:
        raise _refused(need.why_not, standing)
    if need.reason and reason not in REASONS:
        raise InputError(f"a lower level needs one of these reasons: {', '.join(REASONS)}")
    if reason and not need.reason:
        raise InputError("a level that is not lower has no reason by code; reports would count it")
    why = need.why_not_words(words)
    if why:
        raise _refused(why, standing)
    return _override(standing, level, reason, clean(words, LONGEST))


def unable(standing: Standing, words: str) -> Override:
    """The person cannot be assessed, so it is an emergency until somebody has."""
    if not standing.may_be_unable():
        is_emergency = standing.stands >= EMERGENCY
        raise InputError("it is an emergency already" if is_emergency else "every emergency check was asked")
    words = clean(words, LONGEST) or "emergency checks could not be asked"
    return _override(standing, EMERGENCY, UNABLE, words)


def sign(standing: Standing, login: str, override: int) -> Signed:
    """A second person's agreement to the lower level that waits for it, chosen at a place of the case.

    InputError says why they cannot sign.
    """
    why = standing.why_not_sign(login)
    if why:
        raise _refused(why, standing)
    return Signed(override=override)


def close(standing: Standing, outcome: str, words: str = "") -> Closed:
    """The end of a case; InputError where it cannot be closed as it stands."""
    if outcome not in OUTCOMES:
        raise InputError(f"a case ends in one of these ways: {', '.join(OUTCOMES)}")
    why = standing.why_not_close()
    if why:
        raise _refused(why, standing)
    return Closed(outcome=outcome, words=clean(words, LONGEST))


def _override(standing: Standing, level: int, reason: str, words: str) -> Override:
    by_rules, stood = _name(standing.by_rules), _name(standing.stands)
    return Override(level=_name(level), instead_of=by_rules, stood=stood, reason=reason, words=words)


def _refused(why: WhyNot, standing: Standing) -> InputError:
    return InputError(texts().say(why, count=len(standing.checks)))


def _name(level: int) -> Level:
    return cast("Level", LEVELS[level])
