"""What becomes of the answers in one run of the program: kept in a store, or not, and then everybody is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Literal

from chatbot.errors import DamagedError, StaleWriteError, StorageError
from chatbot.texts.read import texts

if TYPE_CHECKING:
    from chatbot.interview.conversation import Conversation
    from chatbot.packs.pack import Pack
    from chatbot.service.journal import Journal
    from chatbot.service.records import Records, Returned
    from chatbot.storage.events import EventBody

# What a step did to the saving: it goes on as it was, it stopped, it works again, it goes on in a new file, the case is
# somebody else's now.
News = Literal["", "stopped", "again", "moved", "elsewhere"]


@dataclass
class Session:
    """The keeping of one conversation.

    `address` names the store as `place_of` reads it; without `wanted` nothing is kept. `why` says why it
    is not kept although it should be; it is tried again with every step, and all steps are kept then. `new_file` names
    the file that was made for it.
    """

    address: str | None = field(default=None, repr=False)
    wanted: bool = True
    reference: str = ""
    why: str = ""
    warning: str = ""
    new_file: str = ""
    journal: Journal | None = None
    records: Records | None = None
    _pending: tuple[Pack, Conversation] | None = None
    _turn: Lock = field(default_factory=Lock, repr=False)

    def open(self) -> None:
        """Open the store, which takes a moment; why it cannot be used is in `why`.

        InputError when the address names none: that is a slip on the command line, and no interview begins with it.
        """
        if not self.wanted or self.records is not None:
            return
        from chatbot.storage.address import place_of

        try:
            new_file = place_of(self.address).new_file
            self.records = opened(self.address)
            self.warning, self.why, self.new_file = self.records.store.warning, "", new_file
        except StorageError as error:
            self.why = str(error)

    @property
    def is_remote(self) -> bool:
        """True when keeping may make somebody wait."""
        return self.records is not None and self.records.store.is_remote

    @property
    def is_kept(self) -> bool:
        """True when everything said so far is kept."""
        return self.journal is not None and not self.why

    @property
    def code(self) -> str:
        """The code to come back with; empty where nothing is kept."""
        return self.journal.code if self.journal is not None else ""

    @property
    def check_code(self) -> str:
        """The code beside a summary; empty where it is not in the record."""
        return self.journal.check_code if self.journal is not None and self.is_kept else ""

    def adopt(self, pack: Pack, conversation: Conversation) -> None:
        """Keep a conversation from its beginning, as soon as a step of it is taken."""
        self.close_case()
        if self.wanted:
            self._pending = pack, conversation

    def begin(self, pack: Pack, conversation: Conversation) -> News:
        """Keep a conversation from its beginning."""
        self.adopt(pack, conversation)
        return self.take(conversation)

    def looked(self, kind: Literal["viewed", "exported"], how: str) -> None:
        """Keep that somebody looked at the case, or took a copy; where nothing is kept, nothing is."""
        from chatbot.storage.events import Looked

        with self._turn, suppress(StorageError):
            if self.journal is not None:
                self.journal.keep([Looked(kind=kind, how=how)])

    def work(self, done: Sequence[EventBody]) -> bool:
        """Keep what was done beside the answers; False where it could not be kept."""
        return self.with_journal(lambda journal: journal.keep(done))

    def with_journal(self, act: Callable[[Journal], object]) -> bool:
        """Do something to the case while no step is kept; False where there is none, or it failed."""
        with self._turn, suppress(StorageError):
            if self.journal is not None:
                act(self.journal)
                return True
        return False

    def adopt_journal(self, journal: Journal) -> None:
        """Go on with a case that was opened elsewhere in the program."""
        self.close_case()
        self.journal = journal

    def resume(self, typed: str, load: Callable[[str], Pack]) -> Returned:
        """Take up the case of a code; InputError and StorageError say why not."""
        self.open()
        if self.records is None:
            raise StorageError(self.why or "nothing is saved, so there is nothing to come back to")
        self.close_case()
        returned = self.records.resume(typed, load)
        self.journal = returned.journal
        return returned

    def take(self, conversation: Conversation) -> News:
        """Keep where the conversation stands; what it says is news for the person, and nothing is raised."""
        with self._turn:
            return "" if self.journal is None and self._pending is None else self._take(conversation)

    def _take(self, conversation: Conversation) -> News:
        before = self.why
        try:
            self._keep(conversation)
        except StaleWriteError as error:
            self.journal, self._pending = None, None
            self.why = texts(conversation.words.language).say("not_here")
            # What was done there is a clinician's business alone.
            self.warning = str(error) if conversation.interview.case.mode == "nurse" else ""
            return "elsewhere"
        except DamagedError as error:
            self.why = str(error)
            self._in_a_new_place(conversation)
            if not self.why:
                return "moved"
        except StorageError as error:
            self.why = str(error)
        else:
            self.why = ""
        return "" if bool(before) == bool(self.why) else "stopped" if self.why else "again"

    def _keep(self, conversation: Conversation) -> None:
        if self.records is None:
            self.records = opened(self.address)
        if self.journal is None and self._pending is not None:
            pack, first = self._pending
            self.journal, self._pending = self.records.begin(pack, first, self.reference), None
        if self.journal is not None:
            self.journal.take(conversation)

    def _in_a_new_place(self, conversation: Conversation) -> None:
        """Open the store anew, which sets a damaged file aside, and keep the whole case there."""
        try:
            if self.records is not None:
                self.records.store.close()
            self.records = opened(self.address)
            self.warning = self.records.store.warning
            if self.journal is not None:
                self.journal.move(self.records.store)
            self._keep(conversation)
        except StorageError as error:
            self.why = str(error)
        else:
            self.why = ""

    def close_case(self) -> None:
        """Let others have the case."""
        if self.journal is not None:
            self.journal.close()
        self.journal, self._pending = None, None

    def close(self) -> None:
        """Let go of the store."""
        self.close_case()
        if self.records is not None:
            self.records.store.close()
            self.records = None

    def told(self, language: str) -> str:
        """Says in one text what becomes of the answers that are to be kept."""
        if self.why:
            return texts(language).say("not_kept_why", why=self.why)
        if self.is_remote and self.records is not None:
            return texts(language).say("kept_there", place=self.records.store.place)
        if self.new_file:
            return texts(language).say("kept_in_new_file", place=self.new_file)
        return texts(language).say("kept_here")

    def notice(self, language: str) -> str:
        """Says what is out of the ordinary about where the answers are kept; empty when nothing is."""
        return self.warning or (self.told(language) if self.new_file else "")

    def news(self, news: News, language: str) -> str:
        """The news to tell of a step; empty when there is none."""
        keys = {"stopped": "cannot_save", "again": "saved_again"}
        why = self.warning if news == "moved" else self.why
        said = texts(language).say(keys.get(news, news), why=why) if news else ""
        return f"{said} {self.warning}".rstrip() if news == "elsewhere" else said


def opened(address: str | None) -> Records:
    """The records of a store; loaded here and not before, since it takes a moment."""
    from chatbot.service.records import Records
    from chatbot.storage.address import open_store
    from chatbot.storage.events import Kept

    store = open_store(address)
    records = Records(store, store.now, login=store.login)
    if store.warning:
        records.log(Kept(kind="set_aside", words=store.warning))
    return records
