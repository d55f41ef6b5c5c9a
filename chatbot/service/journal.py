"""One conversation kept as it goes on: each step is in the store before anybody sees what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Self

from chatbot.errors import EngineError
from chatbot.export.summary_blocks import json_of
from chatbot.interview.conversation import Conversation
from chatbot.interview.machine import ENDINGS
from chatbot.interview.past import steps_since
from chatbot.packs.archive import packed
from chatbot.packs.pack import Pack
from chatbot.recommendation.output import result
from chatbot.recommendation.rulebook import LEVELS
from chatbot.service.append import write
from chatbot.service.cases import KeptCase
from chatbot.service.decisions import standing
from chatbot.service.results import result_of
from chatbot.storage.events import By, Event, EventBody, Issued, Stepped, read_event
from chatbot.storage.row import Row
from chatbot.storage.store import CaseStore, Hold


@dataclass(frozen=True, slots=True)
class Writer:
    """The writer of a case: who keeps it, by which clock, and what others are told of who has it open."""

    by: By
    clock: Callable[[], datetime]
    who: str


@dataclass
class Journal:
    """Keeps one case; `last` is the conversation as it stands in the store, `row` how far its chain goes.

    `code` brings the person back, `who` is what others are told of who holds the case, `bodies` are all of its events,
    should the store be lost under it. Nothing here changes when a step could not be kept, so it can be tried again.
    """

    store: CaseStore
    pack: Pack
    by: By
    clock: Callable[[], datetime]
    last: Conversation
    row: Row
    code: str = ""
    who: str = ""
    hold: Hold | None = field(default=None, repr=False)
    bodies: list[bytes] = field(default_factory=list, repr=False)
    _events: list[Event] = field(default_factory=list, repr=False)

    @classmethod
    def of(cls, kept: KeptCase, writer: Writer, last: Conversation, hold: Hold | None, code: str = "") -> Self:
        """A case that is there already, from where its conversation is taken up."""
        journal = cls(kept.folding.store, kept.pack, writer.by, writer.clock, last, kept.row, code, writer.who, hold)
        journal.bodies += [each.body for each in kept.stored]
        journal._events += kept.events
        return journal

    @property
    def events(self) -> list[Event]:
        """The events in the bodies; each is read once."""
        self._events += map(read_event, self.bodies[len(self._events) :])
        return self._events

    @property
    def check_code(self) -> str:
        """The code beside a summary, by which it is found in the record."""
        return self.row.at.code

    def take(self, conversation: Conversation) -> None:
        """Keep all steps that led here since the last; StorageError when they are not kept."""
        if conversation is self.last:
            return
        steps = steps_since(conversation, self.last)
        if steps is None and steps_since(self.last, conversation) is not None:
            return  # a later step was kept already, and this one with it
        if steps is None:
            raise EngineError("a conversation is kept step by step, and these steps are missing")
        done: list[EventBody] = []
        for past, then in steps:
            done.append(Stepped(step=past.step, then=then.state))
            done.extend(self._issued(past.before, then))
        self.keep(done)
        self.last = conversation

    def _issued(self, before: Conversation, then: Conversation) -> list[Issued]:
        """The recommendation, where this step is the one that shows it: one that leads nowhere shows nothing anew."""
        if then.state not in ENDINGS or then.state in ("check_answers", before.state):
            return []
        recommendation = then.interview.recommendation
        told = sha256(json_of(result_of(self.pack, recommendation, then.words.language)).encode()).hexdigest()
        kind = "interrupted" if then.state == "emergency" else "completed"
        shown = {"kind": kind, "result": result(recommendation), "summary": told, "then": then.state}
        return [Issued.model_validate({**shown, "at_least": self._told_alone(then)})]

    def _told_alone(self, then: Conversation) -> str | None:
        """The level that the person was told before a nurse began to ask, while it holds and is more urgent."""
        if not self.row.called or self.row.mode == "nurse":
            return None
        where = standing(self.row, then, self.events)
        return LEVELS[where.by_rules] if where.by_rules > where.engine else None

    def keep(self, done: Sequence[EventBody]) -> None:
        """Keep what was done as the next events; all of them, or none."""
        if done:
            kept = write(self.store, self.row, done, self.by, self.clock, self.pack.digest)
            self.row = kept.row
            self.bodies += kept.bodies

    def move(self, store: CaseStore) -> None:
        """Go on in another store, which has the case up to some event, or not at all."""
        known = store.row(self.row.case)
        content = packed(self.pack)
        if content is not None:
            store.keep_pack(self.pack.digest, content)
        if known is None:
            store.begin(replace(self.row, seq=0, head=b""), self.bodies)
        elif known.seq < self.row.seq:
            store.append(self.row.grown(known.at), self.bodies[known.seq :])
        self.close()
        self.store, self.hold = store, store.hold(self.row.case, self.who)

    def close(self) -> None:
        """Let others have the case."""
        if self.hold is not None:
            self.hold.release()
