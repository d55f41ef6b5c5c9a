"""A clinician's desk: the list that a team shares, and what is done to a case on it.

Every act is written behind what was seen; where somebody else was quicker, what they did is said instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import cast

from chatbot import __version__
from chatbot.errors import HeldError, InputError
from chatbot.export.note import Kind
from chatbot.interview.conversation import Conversation, called
from chatbot.interview.reading.sanitise import clean
from chatbot.packs.pack import Pack
from chatbot.recommendation.rulebook import EMERGENCY, LEVELS
from chatbot.service import decisions
from chatbot.service.append import look, write
from chatbot.service.cases import KeptCase, kept_case, row_in
from chatbot.service.decisions import LONGEST, standing
from chatbot.service.exporting import note_of
from chatbot.service.folding import Folding
from chatbot.service.journal import Journal
from chatbot.service.records import Records
from chatbot.service.response_targets import day_of
from chatbot.storage.address import place_of
from chatbot.storage.events import (
    CallBackPlanned,
    Called,
    Claimed,
    Closed,
    EventBody,
    Graded,
    Level,
    Looked,
    Released,
    Resumed,
)
from chatbot.storage.projection import LEASE, stamp
from chatbot.storage.roles import Role
from chatbot.storage.row import Row
from chatbot.storage.store import CaseStore
from chatbot.storage.worklist_query import Section, WorklistQuery, is_held

# What a login may do at the desk.
_MAY: dict[str, tuple[Role, ...]] = {
    "look": ("nurse", "lead", "auditor"),
    "work": ("nurse", "lead"),
    "grade": ("lead",),
}


@dataclass
class Desk:
    """One clinician at one store; `load` brings the installed pack of a name."""

    records: Records
    load: Callable[[str], Pack]

    @property
    def store(self) -> CaseStore:
        """The store of the cases."""
        return self.records.store

    @property
    def login(self) -> str:
        """The login of who works here, as the database or the computer says it."""
        return self.records.login

    @cached_property
    def role(self) -> Role | None:
        """The role of the login; whoever may read a file of cases may do everything with it."""
        return cast("Role | None", getattr(self.store, "role", "lead"))

    def may(self, what: str) -> bool:
        """True when this login may do that."""
        return self.role in _MAY[what]

    def ask(self, what: str) -> None:
        """InputError where this login may not do that."""
        if not self.may(what):
            raise InputError(f"the login '{self.login}' may not do this; it is {self.role or 'a member of no role'}")

    def begin(self) -> None:
        """Keep that somebody looks at the list, before they see it."""
        self.ask("look")
        self.records.log(Looked(kind="viewed", how="worklist"))

    # The list.

    def wanted(self, section: Section, now: datetime) -> WorklistQuery:
        """A section of the list at a moment, not narrowed."""
        return WorklistQuery(section, self.login, stamp(now), since=stamp(day_of(now)))

    def listed(self, wanted: WorklistQuery) -> Sequence[Row]:
        """The cases of a list."""
        self.ask("look")
        return self.store.listed(wanted)

    def emergencies(self, now: datetime) -> Sequence[Row]:
        """The emergencies that wait, the newest first."""
        wanted = replace(self.wanted("waiting", now), levels=frozenset({EMERGENCY}), order="newest", limit=20)
        return self.listed(wanted)

    def counts(self, now: datetime) -> Mapping[Section, int]:
        """Counts the cases of each section."""
        self.ask("look")
        return self.store.counts(self.wanted("waiting", now))

    # A case.

    def open(self, row: Row, how: str = "on the list") -> KeptCase:
        """Look into a case, which is kept in it first."""
        self.ask("look")
        if self.may("work"):
            self._look(row, Looked(kind="viewed", how=how))
        else:
            self.records.log(Looked(kind="viewed", how=f"case {row.case}, {how}"))
        return self.folder(row.case)

    def folder(self, case: str) -> KeptCase:
        """A case as it is now, for a program that works on one; that somebody looks is kept by `open`."""
        return kept_case(self._folding, row_in(self.store, case)).redone()

    @cached_property
    def _folding(self) -> Folding:
        return Folding(self.store, self.load)

    def has(self, row: Row) -> bool:
        """True when a case is this login's to work on: until it is over or somebody else takes it, lease or not."""
        return row.owner == self.login and not row.closed

    def claim(self, row: Row) -> Row:
        """Take a case on, for as long as a lease lasts."""
        self.ask("work")
        now = self.records.clock()
        if row.closed:
            raise InputError("the case is closed")
        if is_held(row, stamp(now)) and row.owner != self.login:
            raise InputError(f"{row.owner} has the case until {_clock(row.until)}")
        return self._write(row, [Claimed(until=now + LEASE)])

    def release(self, row: Row, why: str = "") -> Row:
        """Give a case back to the list."""
        self._own(row)
        return self._write(row, [Released(why=clean(why, LONGEST))])

    def call_back(self, row: Row, due: datetime, words: str = "") -> Row:
        """Plan when the person is to be called; whoever has time then takes it."""
        self._own(row)
        if due <= self.records.clock():
            raise InputError("the time to call back has gone by already")
        return self._write(row, [CallBackPlanned(due=due, words=clean(words, LONGEST))])

    def close(self, row: Row, outcome: str, words: str = "") -> Row:
        """End a case; InputError where its level, or checks not asked, forbid it."""
        self._own(row)
        # Judged by what is there now, written behind what was seen: what came between is said, and nothing is closed.
        folder = self.folder(row.case)
        if folder.row.stands is None:
            raise InputError("no level was shown in this case yet; go on with the questions, or end them first")
        return self._write(row, [decisions.close(folder.standing, outcome, words)])

    def override(self, row: Row, level: int, words: str, reason: str = "") -> Row:
        """Choose another level than the rules did; one that is lower than an emergency waits for a signature."""
        self._own(row)
        return self._write(row, [decisions.override(self.folder(row.case).standing, level, words, reason)])

    def unable(self, row: Row, words: str = "") -> Row:
        """The person cannot be assessed, which makes it an emergency."""
        self._own(row)
        return self._write(row, [decisions.unable(self.folder(row.case).standing, words)])

    def note(self, kind: Kind, case: str, brief: bool = True) -> str:
        """The case as a note for the clinic's record."""
        return note_of(kind, kept_case(self._folding, row_in(self.store, case)), brief)

    def copied(self, row: Row, how: str) -> None:
        """Keep that a note was looked at or taken."""
        did = Looked(kind="viewed" if how.endswith("viewed") else "exported", how=how)
        if self.may("work"):
            self._look(row, did)
        else:
            self.records.log(did)

    def sign_as(self, row: Row, address: str | None, login: str, password: str) -> Row:
        """Have somebody else sign at this computer, with their own login to the database."""
        theirs = place_of(address).as_login(login, password).look()
        try:
            desk = Desk(Records(theirs, theirs.now, login=theirs.login), self.load)
            return desk.sign(row)
        finally:
            theirs.close()

    def sign(self, row: Row) -> Row:
        """Agree to the lower level that somebody else chose; InputError where it cannot be signed as it stands."""
        self.ask("work")
        kept = self.folder(row.case)
        place = next((event.seq for event in reversed(kept.events) if event.did.kind == "override"), 0)
        # What was seen to wait, by what was said up to now: a request made otherwise meanwhile is told, not signed.
        return self._write(row, [decisions.sign(standing(row, kept.conversation, kept.events), self.login, place)])

    def grade(self, row: Row, level: int, words: str = "") -> Row:
        """Say which level one would have given to a case that is closed."""
        self.ask("grade")
        if not row.closed:
            raise InputError("only a closed case is graded")
        return self._write(row, [Graded(level=cast("Level", LEVELS[level]), words=clean(words, LONGEST))])

    def keep(self, row: Row, done: Sequence[EventBody]) -> Row:
        """Keep a note, a tick, openers or an override in a case that one has."""
        self._own(row)
        return self._write(row, done)

    def _own(self, row: Row) -> None:
        self.ask("work")
        if not self.has(row):
            raise InputError("take the case on first")

    def _write(self, row: Row, done: Sequence[EventBody]) -> Row:
        return write(self.store, row, done, self.records.by("nurse"), self.records.clock).row

    def _look(self, row: Row, did: Looked) -> None:
        look(self.store, row.case, did, self.records.by("nurse"), self.records.clock)

    # The call.

    def call(self, row: Row) -> Journal:
        """Begin to ask, or go on where it broke off; what the person said alone waits to be confirmed."""
        row = self.claim(row)
        folder = self.folder(row.case)
        today = self.records.clock().astimezone().date()
        conversation = folder.conversation
        if conversation.interview.case.mode == "nurse":
            did: EventBody = Resumed(today=today, program=__version__, then=conversation.state)
            conversation = replace(conversation, today=today)
        else:
            conversation = called(conversation, today)
            did = Called(today=today, program=__version__, then=conversation.state)
        return self._journal(folder, conversation, did)

    def _journal(self, kept: KeptCase, conversation: Conversation, did: EventBody) -> Journal:
        writer = self.records.writer("nurse")
        try:
            hold = self.store.hold(kept.row.case, writer.who)
        except HeldError:
            # Whoever answered still has the page open: what they write from now on is refused, and they are told.
            hold = None
        journal = Journal.of(kept, writer, conversation, hold)
        try:
            journal.keep([did])
            journal.take(journal.last.resume())
        except BaseException:
            journal.close()
            raise
        return journal

    def renew(self, journal: Journal) -> None:
        """Keep a case longer, once half of its lease has gone by."""
        now = self.records.clock()
        if journal.row.owner == self.login and datetime.fromisoformat(journal.row.until) - now < LEASE / 2:
            journal.keep([Claimed(until=now + LEASE)])

    def finish(self, journal: Journal, outcome: str, words: str = "") -> Closed:
        """End the case of a call."""
        self._own(journal.row)
        folder = self.folder(journal.row.case)
        conversation = journal.last
        if conversation.asked is not None or conversation.state == "check_answers":
            raise InputError("the questions have not come to an end; end them here first")
        did = decisions.close(standing(journal.row, conversation, folder.events), outcome, words)
        journal.keep([did])
        journal.close()
        return did


def _clock(time: str) -> str:
    return f"{datetime.fromisoformat(time).astimezone():%H:%M}"
