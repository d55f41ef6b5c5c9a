"""Beginning a case that is kept, coming back to one by its code, and what is done to the store as a whole."""

from __future__ import annotations

import os
import secrets
import socket
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from chatbot import __version__
from chatbot.errors import DamagedError, HeldError, InputError, PackError, StaleWriteError, TriageError
from chatbot.interview.conversation import Conversation
from chatbot.interview.reading.sanitise import clean
from chatbot.packs.archive import packed
from chatbot.packs.pack import Pack
from chatbot.recommendation.output import result
from chatbot.service.append import look, write, written
from chatbot.service.cases import KeptCase, kept_case
from chatbot.service.folding import Folding, events_in
from chatbot.service.journal import Journal, Writer
from chatbot.storage.codes import BITS, code_of, read_code, secret_of
from chatbot.storage.events import CARRIED, By, Closed, EventBody, Issued, Kept, Looked, Resumed, Started
from chatbot.storage.row import STORE, Row
from chatbot.storage.step_events import begun
from chatbot.storage.store import CaseStore

# So many wrong codes within that time at one station, and nobody may try there for a while; looked for among so many
# of the last things done to the store.
TRIES, WHILE, _LATELY = 5, timedelta(minutes=15), 500
_LONGEST_REFERENCE = 80
_ENDED = ("complete", "out_of_scope")


def now() -> datetime:
    """The time now, by the clock of the records."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Returned:
    """A case taken up again, or one that can only be read.

    `pack` and `conversation` are those of the case, or of today where `carried` says why its answers have to be
    confirmed. `journal` is None where another program holds it, and `held_by` says where; `missing` says how many
    events of it are not here any more, though they were once; `differs` names the level that was shown where this
    program gives another.
    """

    kept: KeptCase
    pack: Pack
    conversation: Conversation
    journal: Journal | None = None
    held_by: str = ""
    carried: str = ""
    missing: int = 0
    differs: str = ""

    @property
    def since(self) -> datetime:
        """The time at which it began."""
        return self.kept.began.at

    @property
    def with_nurse(self) -> bool:
        """True when a nurse goes through it by now, so that it can only be read."""
        return self.kept.is_with_nurse


@dataclass
class Records:
    """The store, with the clock and the chance that it has not itself."""

    store: CaseStore
    clock: Callable[[], datetime] = now
    name: Callable[[], str] = lambda: str(uuid.uuid4())
    secret: Callable[[], int] = lambda: secrets.randbits(BITS)
    login: str = ""

    def by(self, mode: str) -> By:
        """Says who does something: a clinician by login, anybody else by what they are."""
        return By.model_validate({"who": mode, "login": self.login if mode == "nurse" else ""})

    def begin(self, pack: Pack, conversation: Conversation, reference: str = "") -> Journal:
        """Keep a new case at its beginning."""
        return self._begun(pack, conversation, code_of(self.secret()), reference=reference)

    def _begun(
        self, pack: Pack, conversation: Conversation, code: str, reference: str = "", carried_from: str = ""
    ) -> Journal:
        content = None if pack.digest in self.store.packs() else packed(pack)
        if content is not None:
            self.store.keep_pack(pack.digest, content)
        case, by = Row(self.name()), self.by(conversation.interview.case.mode)
        first = Started(
            name=pack.id,
            version=pack.version,
            mode=conversation.interview.case.mode,
            whom=conversation.interview.case.whom,
            country=conversation.interview.case.country,
            language=conversation.words.language,
            today=conversation.today,
            code="" if carried_from else secret_of(code),
            reference=clean(reference, _LONGEST_REFERENCE),
            carried_from=carried_from,
            program=__version__,
            then=conversation.state,
        )
        row, bodies = written(case, [first], by, self.clock(), pack.digest)
        row = row.grown(self.store.begin(row, bodies))
        who = self.who()
        hold = self.store.hold(row.case, who)
        return Journal(self.store, pack, by, self.clock, conversation, row, code, who, hold, bodies)

    def writer(self, mode: str) -> Writer:
        """The writer that keeps a case from here."""
        return Writer(self.by(mode), self.clock, self.who())

    def who(self) -> str:
        """Says to others who holds a case: where, and since when."""
        since = self.clock().astimezone().strftime("%H:%M")
        where = f"on {socket.gethostname()}" if self.store.is_remote else "on this computer"
        return f"{where}, since {since}, process {os.getpid()}"

    def resume(self, typed: str, load: Callable[[str], Pack]) -> Returned:
        """The case of a code, at its very question; `load` brings the installed pack of a name.

        InputError when the code is none, or no case has it; DamagedError when the record is not what was written.
        """
        row, code = self._found(typed)
        folding = Folding(self.store, load)
        kept = kept_case(folding, row)
        while kept.gone_on:
            kept = kept_case(folding, self._row(kept.gone_on))
        case, missing, mode = kept.row.case, self._missing(kept.row), kept.how.mode
        if kept.is_with_nurse:
            theirs = kept.at_alone
            look(self.store, case, Looked(kind="viewed", how="by its code"), self.by(mode), self.clock)
            return Returned(kept, kept.pack, theirs, missing=missing)
        held_by, writer, journal = "", self.writer(mode), None
        try:
            hold = self.store.hold(case, writer.who)
        except HeldError as error:
            held_by, hold = error.who, None
        with ExitStack() as unless_taken_up:
            if hold is not None:
                unless_taken_up.callback(hold.release)
            pack, conversation, why = self._conversation(kept)
            if hold is not None and why:
                carried = self._carried(pack, conversation, code, kept)
                return Returned(kept, pack, conversation, carried, carried=why, missing=missing)
            if hold is not None:
                journal = Journal.of(kept, writer, conversation, hold, code)
                conversation = self._taken_up(journal, conversation)
            unless_taken_up.pop_all()
        return Returned(kept, pack, conversation, journal, held_by, why, missing, _differs(kept, conversation))

    def _missing(self, row: Row) -> int:
        """Counts the events that the second file knows and the store lacks: it was set back, or its log damaged."""
        known = self.store.heads.known().get(row.case) if self.store.heads else None
        # Read once more: somebody may just have written to it.
        return max(0, known.seq - self._row(row.case).seq) if known else 0

    def _taken_up(self, journal: Journal, conversation: Conversation) -> Conversation:
        """The conversation on this day, and in the record that it goes on, or was looked at."""
        today = self.clock().astimezone().date()
        if conversation.state in _ENDED:
            journal.keep([Looked(kind="viewed", how="by its code")])
        else:
            journal.keep([Resumed(today=today, program=__version__, then=conversation.state)])
        journal.last = replace(conversation, today=today)
        # Who comes back after giving up wants to go on.
        again = journal.last.resume()
        journal.take(again)
        return again

    def _carried(self, pack: Pack, conversation: Conversation, code: str, old: KeptCase) -> Journal:
        """A new case that goes on from another one's answers, each of which has to be confirmed."""
        journal = self._begun(pack, conversation, code, old.row.reference, carried_from=old.row.case)
        did = Closed(outcome=CARRIED, words=journal.row.case)
        write(self.store, old.row, [did], journal.by, self.clock, old.events[-1].pack)
        return journal

    def _conversation(self, kept: KeptCase) -> tuple[Pack, Conversation, str]:
        """Folds a case under its own pack, or begins it under today's with its answers to be confirmed."""
        try:
            return kept.pack, kept.conversation, ""
        except PackError:
            why = "the content it was asked with cannot be read by this version of the program"
        except TriageError as error:
            why = str(error)
        installed = kept.folding.load(kept.how.name)
        now_how = kept.how.model_copy(update={"today": self.clock().astimezone().date()})
        return installed, begun(installed, now_how, kept.folding.answers(kept.events)), why

    def _found(self, typed: str) -> tuple[Row, str]:
        """The case of a code; wrong ones are counted."""
        code = read_code(typed)
        self._refuse_too_many()
        row = self.store.find(secret_of(code))
        if row is None:
            self.log(Kept(kind="code_refused", words=self._station()))
            raise InputError("there is no interview with this code here; compare it with what you wrote down")
        return row, code

    def _refuse_too_many(self) -> None:
        lately = events_in(self.store.events(STORE)[-_LATELY:])
        ours = By(who="program", login=self.login), Kept(kind="code_refused", words=self._station())
        wrong = [event.at for event in lately if (event.by, event.did) == ours][-TRIES:]
        if len(wrong) == TRIES and abs(self.clock() - wrong[0]) < WHILE:
            minutes = int(WHILE.total_seconds() // 60)
            raise InputError(f"too many wrong codes were tried; try again in {minutes} minutes")

    def _station(self) -> str:
        """Names the station where codes are tried, so that one does not keep all others from coming back."""
        return socket.gethostname() if self.store.is_remote else ""

    def _row(self, case: str) -> Row:
        row = self.store.row(case)
        if row is None:
            raise DamagedError(f"case {case} is not here")
        return row

    def log(self, did: Kept | Looked) -> None:
        """Keep what was done to the store as a whole, or to a case that only another program may write to."""
        for _ in range(50):  # others write there, too
            if self._log(did):
                return
        raise StaleWriteError("many programs are writing to the store; try again")

    def _log(self, did: EventBody) -> bool:
        row = self.store.row(STORE)
        after, bodies = written(row or Row(STORE), [did], By(who="program", login=self.login), self.clock(), "")
        try:
            self.store.begin(after, bodies) if row is None else self.store.append(after, bodies)
        except StaleWriteError:
            return False
        return True


def _differs(kept: KeptCase, conversation: Conversation) -> str:
    """The level that was shown last, where the same answers give another level or imaging with this program."""
    shown = [event.did.result for event in kept.events if isinstance(event.did, Issued)][-1:]
    if not shown or conversation.asked is not None or conversation.state == "check_answers":
        return ""
    now = result(conversation.interview.recommendation)
    is_same = all(shown[0].get(key) == now[key] for key in ("disposition", "imaging"))
    return "" if is_same else str(shown[0].get("disposition"))
