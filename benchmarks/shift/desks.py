"""Desks that do what none may: planted, so that the judge is seen to find it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from benchmarks.shift.clock import NURSES
from chatbot.errors import InputError, StaleWriteError
from chatbot.recommendation.rulebook import EMERGENCY
from chatbot.service.append import written
from chatbot.service.desk import Desk
from chatbot.service.journal import Journal
from chatbot.storage.chain import Head, grown
from chatbot.storage.events import Claimed, Closed, EventBody, Override
from chatbot.storage.projection import LEASE
from chatbot.storage.row import Row
from chatbot.storage.worklist_query import WorklistQuery


class Faulty(Desk):
    """A desk that writes past what refuses it."""

    def force(self, row: Row, did: EventBody) -> Row:
        """Write an event behind whatever is there."""
        now = self.store.row(row.case) or row
        then, bodies = written(now, [did], self.records.by("nurse"), self.records.clock(), now.digest)
        return then.grown(self.store.append(then, bodies))

    def finish(self, journal: Journal, outcome: str, words: str = "") -> Closed:
        """End a call as a case on the list is ended."""
        journal.close()
        journal.row = self.close(journal.row, outcome, words)
        return Closed(outcome=outcome, words=words)


class TwoHands(Faulty):
    """The last of the nurses takes what others have."""

    def listed(self, wanted: WorklistQuery) -> Sequence[Row]:
        """The cases of a list, and before those that wait the ones that others have."""
        found = super().listed(wanted)
        is_one = self.login == NURSES[-1] and wanted.section == "waiting"
        return [*super().listed(replace(wanted, section="others")), *found] if is_one else found

    def claim(self, row: Row) -> Row:
        """Take a case on, whatever is said against it."""
        try:
            return super().claim(row)
        except (InputError, StaleWriteError):
            return self.force(row, Claimed(until=self.records.clock() + LEASE))


class Lost(Faulty):
    """Says of the first case of each process that it is closed, and keeps nothing."""

    has_lost: ClassVar[bool] = False

    def close(self, row: Row, outcome: str, words: str = "") -> Row:
        """What would be there if it had been kept."""
        if Lost.has_lost:
            return super().close(row, outcome, words)
        Lost.has_lost = True
        then, bodies = written(row, [Closed(outcome=outcome)], self.records.by("nurse"), self.records.clock(), "")
        last = list(grown(row.at, bodies))[-1]
        return then.grown(Head(row.case, last.seq, last.hash))


class Unsigned(Faulty):
    """Lowers an emergency and waits for nobody."""

    def close(self, row: Row, outcome: str, words: str = "") -> Row:
        """Close an emergency below it."""
        if self.folder(row.case).standing.stands < EMERGENCY:
            return super().close(row, outcome, words)
        lower = Override(level="same_day", instead_of="emergency_now", reason="examined", words="seen by me just now")
        return self.force(self.force(row, lower), Closed(outcome="advised"))


class Unasked(Faulty):
    """Asks nothing, and closes what may not be closed."""

    def call(self, row: Row) -> Journal:
        """A call that is broken off at once."""
        journal = super().call(row)
        journal.take(journal.last.stop())
        return journal

    def close(self, row: Row, outcome: str, words: str = "") -> Row:
        """Close a case, whatever is said against it."""
        try:
            return super().close(row, outcome, words)
        except InputError:
            return self.force(row, Closed(outcome=outcome))


class Twice(Faulty):
    """Closes everything twice."""

    def close(self, row: Row, outcome: str, words: str = "") -> Row:
        """Close a case, and once more."""
        return self.force(super().close(row, outcome, words), Closed(outcome=outcome))


PLANTED: dict[str, type[Desk]] = {
    "": Desk, "two-hands": TwoHands, "lost": Lost, "unsigned": Unsigned, "unasked": Unasked, "twice": Twice,
}  # fmt: skip
