"""A case as it is kept, read once for whoever works on it: desk, copies, reports, the way back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from chatbot.errors import InputError
from chatbot.interview.conversation import Conversation
from chatbot.packs.pack import Pack
from chatbot.service.decisions import Standing, standing
from chatbot.service.folding import Folding, before_call, events_in, gone_on_in, whole
from chatbot.storage.chain import Stored
from chatbot.storage.events import Event, Issued, Started, read_event
from chatbot.storage.row import Row
from chatbot.storage.step_events import fold, started
from chatbot.storage.store import CaseStore


@dataclass(frozen=True)
class Shown:
    """A recommendation that was shown: its event, how it is kept, and where the conversation stood."""

    event: Event
    stored: Stored
    conversation: Conversation


@dataclass(frozen=True)
class KeptCase:
    """One case: its row, its events as bytes, and what follows from them.

    Each part is worked out when it is first looked at and then kept, so that an event is read once, and a case of
    which nothing but the bytes is wanted need not be readable. DamagedError where the record cannot be done again,
    PackError where the content it was asked with cannot be read.
    """

    row: Row
    stored: tuple[Stored, ...]
    folding: Folding

    @cached_property
    def began(self) -> Event:
        """Its first event; of a case of long ago a report needs no more."""
        return read_event(self.stored[0].body)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """All that happened."""
        return (self.began, *events_in(self.stored[1:])) if self.stored else ()

    @property
    def how(self) -> Started:
        """The beginning of the case."""
        return started(self.events)

    @property
    def gone_on(self) -> str:
        """The name of the case in which this one goes on; empty where it is in none."""
        return gone_on_in(self.events)

    @cached_property
    def theirs(self) -> tuple[Event, ...]:
        """The events before a nurse began to ask; all of them where none did, or one asked from the start."""
        return tuple(before_call(self.events))

    @property
    def is_with_nurse(self) -> bool:
        """True when a nurse goes through what the person said alone."""
        return len(self.theirs) < len(self.events)

    @cached_property
    def _first(self) -> tuple[Pack, Conversation]:
        return self.folding.begin(self.events)

    @property
    def pack(self) -> Pack:
        """The pack it was asked with."""
        return self._first[0]

    @cached_property
    def conversation(self) -> Conversation:
        """The conversation as it stands now."""
        return fold(self._first[1], self.events)

    def redone(self) -> KeptCase:
        """The same, done again to its end; what keeps it from that is raised here and nowhere later."""
        _ = self.conversation
        return self

    @cached_property
    def at_alone(self) -> Conversation:
        """The conversation as the person left it who answered alone."""
        return fold(self._first[1], self.theirs) if self.is_with_nurse else self.conversation

    @cached_property
    def standing(self) -> Standing:
        """The standing of the case for a clinician."""
        return standing(self.row, self.conversation, self.events)

    def steps(self) -> Iterator[tuple[Event, Conversation]]:
        """Every event with where it led."""
        conversation = self._first[1]
        for event in self.events:
            conversation = fold(conversation, [event])
            yield event, conversation

    @cached_property
    def shown(self) -> Shown:
        """The result shown last; InputError where none was."""
        issued = [(event, conversation) for event, conversation in self.steps() if isinstance(event.did, Issued)]
        if not issued:
            raise InputError("no recommendation was shown in this case")
        event, conversation = issued[-1]
        return Shown(event, self.stored[event.seq - 1], conversation)


def kept_case(folding: Folding, row: Row) -> KeptCase:
    """A case with its events; DamagedError where the chain is broken."""
    return KeptCase(row, tuple(whole(folding.store, row)), folding)


def of_chain(folding: Folding, case: str, stored: Sequence[Stored]) -> KeptCase:
    """A case from its events alone, where a whole store is gone through; its row names it and no more."""
    return KeptCase(Row(case), tuple(stored), folding)


def row_in(store: CaseStore, case: str) -> Row:
    """A case as lists show it; InputError where there is none of that name."""
    row = store.row(case)
    if row is None:
        raise InputError(f"there is no case {case}")
    return row
