"""What became of every level that a clinician chose: it stands, waits to be signed, or does neither any more.

When a choice counts is said by `chatbot.storage.projection` alone; here it is followed event by event.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from chatbot.recommendation.rulebook import LEVELS
from chatbot.service.decisions import REASONS, UNABLE
from chatbot.service.reporting.level_changes import Moment, deciding, level_in, rules_in
from chatbot.storage.events import Issued, Override, Signed

Fate = Literal["stands", "not_signed", "withdrawn", "replaced", "taken_back"]
FATES: dict[Fate, str] = {
    "stands": "stands",
    "not_signed": "not yet signed by somebody else, so it does not count",
    "withdrawn": "fell away: another level was shown after it",
    "replaced": "fell away: another choice came after it",
    "taken_back": "back to the level of the rules",
}
Direction = Literal["up", "down"]
DIRECTIONS: tuple[Direction, ...] = ("up", "down")
# Nothing but these is told: what stands in place of a code could be anybody's words.
NO_REASON, OTHER_REASON = "(none given)", "(not a known code)"
_CODES = frozenset((*REASONS, UNABLE))


@dataclass(frozen=True, slots=True)
class Choice:
    """One level chosen by a clinician, the level of the rules it was chosen over, the rules that had decided that."""

    login: str
    level: int
    instead_of: int
    reason: str
    rules: frozenset[str]
    fate: Fate = "replaced"

    @property
    def direction(self) -> Direction:
        """The direction of the choice: more urgent than the rules were, or less."""
        return "up" if self.level > self.instead_of else "down"


@dataclass(slots=True)
class Choices:
    """Follows the choices in one case."""

    _made: dict[int, Choice] = field(default_factory=dict)
    _chosen: int = 0
    _asked: int = 0
    _shown: Issued | None = None

    def take(self, moment: Moment) -> None:
        """Go on by one event."""
        match moment.event.did:
            case Issued() as did:
                self._shown = did
                if moment.row.chosen is None:
                    self._chosen = self._ended(self._chosen, "withdrawn")
                if moment.row.asked is None:
                    self._asked = self._ended(self._asked, "withdrawn")
            case Override() as did:
                self._choose(moment, did)
            case Signed() if moment.before.asked is not None and moment.row.asked is None:
                self._chosen, self._asked = self._asked, 0

    def _choose(self, moment: Moment, did: Override) -> None:
        seq = moment.event.seq
        self._made[seq] = Choice(
            login=moment.event.by.login,
            level=LEVELS.index(did.level),
            instead_of=LEVELS.index(did.instead_of),
            reason=did.reason if did.reason in _CODES else OTHER_REASON if did.reason else NO_REASON,
            rules=self._overridden(moment, LEVELS.index(did.instead_of)),
        )
        if moment.row.asked is None:
            self._chosen, self._asked = seq, 0
        else:
            self._asked = seq

    def _overridden(self, moment: Moment, level: int) -> frozenset[str]:
        """The rules behind the level: as it was shown last, or as the answers give it that came after."""
        if self._shown is not None and level_in(self._shown.result) == level:
            return deciding(rules_in(self._shown.result, "decided_by", moment.pack))
        result = moment.conversation.interview.recommendation
        return deciding(rule.id for rule in result.decided_by if result.level == level)

    def _ended(self, seq: int, fate: Fate) -> int:
        if seq in self._made:
            self._made[seq] = replace(self._made[seq], fate=fate)
        return 0

    def found(self) -> tuple[Choice, ...]:
        """All of them, each with what became of it."""
        last: dict[int, Fate] = {self._chosen: "stands", self._asked: "not_signed"}
        return tuple(_settled(choice, last.get(seq, choice.fate)) for seq, choice in self._made.items())


def _settled(choice: Choice, fate: Fate) -> Choice:
    is_back = fate == "stands" and choice.level == choice.instead_of
    return replace(choice, fate="taken_back" if is_back else fate)
