"""Cases read back from the record: whole, by a part of their name, and folded under the pack they were asked with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from chatbot.errors import DamagedError, InputError
from chatbot.interview.conversation import Conversation
from chatbot.packs.archive import unpacked
from chatbot.packs.pack import Pack
from chatbot.storage.chain import Stored, head_of
from chatbot.storage.events import CARRIED, Called, Closed, Event, Looked, Started, read_event
from chatbot.storage.previous_answers import Given, answers_of
from chatbot.storage.row import Row
from chatbot.storage.step_events import begun, started
from chatbot.storage.store import CaseStore


def named(store: CaseStore, typed: str) -> Row:
    """The case whose name begins so; InputError where there is none, or more than one."""
    whole = store.row(typed)
    if whole is not None:
        return whole
    rows = [row for row in store.rows() if typed and row.case.startswith(typed)]
    if len(rows) != 1:
        what = "there is no case" if not rows else f"there are {len(rows)} cases"
        raise InputError(f"{what} whose name begins with '{typed[:60]}'; triage audit-log list shows them")
    return rows[0]


def whole(store: CaseStore, row: Row) -> list[Stored]:
    """The events of a case as they are kept; DamagedError where the chain is broken, or ends before its row says.

    What somebody wrote since the row was read is left out.
    """
    stored = list(store.events(row.case))
    known = stored[: row.seq]
    is_whole = head_of(row.case, known) == row.at
    if is_whole and len(stored) > row.seq:
        head_of(row.case, stored)
        is_whole = store.row(row.case) != row
    if not is_whole:
        raise DamagedError(f"case {row.case} does not end where it ended")
    return known


def events_in(stored: Iterable[Stored]) -> list[Event]:
    """Reads kept events."""
    return [read_event(each.body) for each in stored]


def gone_on_in(events: Sequence[Event]) -> str:
    """The name of the case in which this one goes on; empty where it is in none."""
    last = next((event.did for event in reversed(events) if not isinstance(event.did, Looked)), None)
    return last.words if isinstance(last, Closed) and last.outcome == CARRIED else ""


def before_call(events: Sequence[Event]) -> list[Event]:
    """The events before a nurse began to ask; all of them where none did, or where a nurse asked from the start."""
    return list(takewhile(lambda event: not isinstance(event.did, Called), events))


@dataclass
class Folding:
    """Does again what was done, each case under its own pack; packs are loaded once.

    `load` brings the installed pack of a name.
    """

    store: CaseStore
    load: Callable[[str], Pack]
    _packs: dict[str, Pack] = field(default_factory=dict)

    def pack(self, digest: str, name: str) -> Pack:
        """The pack with a digest: the installed one, or that which was kept; InputError, PackError where it cannot."""
        if digest not in self._packs:
            self._packs[digest] = self._found(digest, name)
        return self._packs[digest]

    def _found(self, digest: str, name: str) -> Pack:
        content = self.store.pack(digest)
        try:
            installed = self.load(name)
        except InputError:
            installed = None  # no pack of that name is installed any more
        if installed is not None and installed.digest == digest:
            return installed
        if content is None:
            raise InputError("the content it was asked with is not here")
        return unpacked(content, digest)

    def begin(self, events: Sequence[Event]) -> tuple[Pack, Conversation]:
        """A case at its beginning, and its pack."""
        how = started(events)
        pack = self.pack(events[0].pack, how.name)
        return pack, begun(pack, how, self._old(how))

    def answers(self, events: Sequence[Event]) -> Given:
        """The answers of a case as they were given, above those of the cases that it went on from."""
        known, cases = {events[0].case}, [events]
        while (before := started(cases[-1]).carried_from) and before not in known:
            known.add(before)
            if not (theirs := events_in(self.store.events(before))):
                break
            cases.append(theirs)
        answers: Given = {}
        for each in reversed(cases):
            answers = answers_of(each, answers)
        return answers

    def _old(self, how: Started) -> Given | None:
        """The answers that a case went on from."""
        before = events_in(self.store.events(how.carried_from)) if how.carried_from else []
        return self.answers(before) if before else None
