"""A team at one store: desks with logins of their own, and people who answered alone before."""

from collections.abc import Callable, Mapping
from datetime import datetime

from chatbot.case import Mode
from chatbot.interview.conversation import Conversation
from chatbot.interview.parse_given import parse_typed
from chatbot.interview.reading.parse_answer import ParsedAnswer
from chatbot.packs.pack import Pack
from chatbot.service.desk import Desk
from chatbot.service.folding import events_in
from chatbot.service.journal import Journal
from chatbot.service.records import Records
from chatbot.storage.row import Row
from chatbot.storage.store import CaseStore
from chatbot.storage.verify import verify
from tests.support.driving import walked
from tests.support.filled import Clock, installed
from tests.support.memory_store import MemoryStore
from tests.support.person import WELL

# What somebody says who is otherwise well, by the level that comes of it.
SAYS: Mapping[str, Mapping[str, str]] = {
    "self_care": {},
    "urgent_2_weeks": {"leg_symptom_side": "left"},
    "same_day": {"fever_chills": "yes"},
    "emergency_now": {"saddle_sensation": "numb"},
}


def way(pack: Pack, level: str = "self_care", who: Mode = "patient") -> list[Conversation]:
    """A conversation step by step, from its first question to the level it ends at."""
    return list(walked(pack, who, SAYS[level]))


def alone(
    records: Records, pack: Pack, level: str = "self_care", reference: str = "", who: Mode = "patient"
) -> Journal:
    """Somebody answered alone, was told a level, and went."""
    steps = way(pack, level, who)
    journal = records.begin(pack, steps[0], reference)
    journal.take(steps[-1])
    journal.close()
    return journal


def desk(store: CaseStore, login: str, clock: Callable[[], datetime] | None = None) -> Desk:
    """The desk of somebody at a store."""
    return Desk(Records(store, clock or Clock(), login=login), installed)


def row_of(store: CaseStore, case: str) -> Row:
    """A case as it is now."""
    row = store.row(case)
    assert row is not None
    return row


def asked_on(journal: Journal, level: str = "self_care", until: str = "") -> Conversation:
    """A conversation from where it stands to its end, or until a question is at hand; all of it is kept."""
    at = journal.last
    while (asked := at.asked) is not None and at.state != until:
        words = SAYS[level].get(at.state) or WELL.get(at.state, "none of these" if asked.is_list else "not sure")
        found = parse_typed(at, asked, words)
        found = found if isinstance(found, ParsedAnswer) else parse_typed(at, asked, "not sure")
        assert isinstance(found, ParsedAnswer), (at.state, words)
        at = at.answer(found)
    if at.state == "check_answers" != until:
        at = at.confirm()
    journal.take(at)
    return at


class Team:
    """Ann and Bob at one store, under one clock, and the people who answer there."""

    def __init__(self, store: CaseStore | None = None) -> None:
        self.clock = Clock()
        self.store: CaseStore = store or MemoryStore()
        self.people = Records(self.store, self.clock)
        self.ann, self.bob = desk(self.store, "ann", self.clock), desk(self.store, "bob", self.clock)

    def told(self, level: str = "self_care") -> Row:
        """Somebody who answered alone and was told a level."""
        return alone(self.people, installed("low_back_pain"), level).row

    def now(self, case: str) -> Row:
        """A case as it is now."""
        return row_of(self.store, case)

    def kinds(self, case: str, login: str | None = None) -> list[str]:
        """What happened in a case, or what one login did."""
        found = events_in(self.store.events(case))
        return [event.did.kind for event in found if login is None or event.by.login == login]

    def section(self, name: str, of: Desk | None = None) -> list[str]:
        """The cases in a section of the list."""
        at = of or self.ann
        return [row.case for row in at.listed(at.wanted(name, self.clock.now))]  # type: ignore[arg-type] # a section

    def is_whole(self) -> bool:
        """Whether every chain is as it was written."""
        return not list(verify(self.store))
