"""A station where people answer alone: several at a time, each step kept before the next; killed, it goes on."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heapify, heappop, heappush
from time import sleep

from benchmarks.shift.book import Book, lines_in
from benchmarks.shift.clock import KIOSK, OPENS, Day
from benchmarks.shift.people import MINUTE, Patient, answered, changed, got_worse, patients
from chatbot.errors import StaleWriteError, StorageError, UnreachableError
from chatbot.interview.conversation import Conversation, begin
from chatbot.interview.machine import ENDINGS
from chatbot.packs.pack import Pack
from chatbot.service.journal import Journal
from chatbot.service.records import Records

# How long somebody takes to read a question and answer it, in seconds of the day.
READS = (4, 22)
# So often somebody finds their own interview open elsewhere, a minute apart, before that is a fault.
KEPT_OUT = 30
AGAIN = 0.05  # real seconds, until a place that was not there is tried again


@dataclass
class Visit:
    """One patient as the station knows them: their code, so many steps of theirs, and what is open on the screen."""

    patient: Patient
    due: datetime
    code: str = ""
    tries: int = 0
    steps: int = 0
    over: bool = False
    journal: Journal | None = None
    wanted: Conversation | None = None
    waits: list[float] = field(default_factory=list)
    is_back: bool = False
    kept_out: int = 0

    def __lt__(self, other: Visit) -> bool:
        return self.due < other.due


@dataclass
class Kiosk:
    """The station."""

    day: Day
    pack: Pack
    records: Records
    book: Book
    chance: random.Random

    def open(self, visits: list[Visit]) -> None:
        """Have everybody go on when it is their time, until nobody comes any more."""
        heapify(visits)
        while visits:
            visit = heappop(visits)
            sleep(max(0.0, self.day.seconds(visit.due - self.records.clock())))
            try:
                wait = self.step(visit)
            except UnreachableError:
                self.book.seen("a step at the kiosk was refused while the server was away")
                sleep(AGAIN)
                wait = 0.0
            if wait is None:
                self.book.write("gone", patient=visit.patient.number)
                continue
            visit.due = self.records.clock() + wait * MINUTE / 60
            heappush(visits, visit)

    def step(self, visit: Visit) -> float | None:
        """What somebody does next, and after how many seconds they do something again; None when they do not."""
        if visit.journal is None:
            return self.comes_back(visit) if visit.code else self.comes(visit)
        journal = visit.journal
        if visit.wanted is None:
            visit.wanted = self.next(visit, journal.last)
        try:
            journal.take(visit.wanted)
        except StaleWriteError:
            self.book.seen("told at the next step that a nurse has it by now")
            return self.goes(visit)
        at, visit.wanted = visit.wanted, None
        visit.steps += 1
        self.book.kept(journal.row)
        if at.asked is None and at.state != "check_answers":
            return self.goes(visit)
        if visit.steps == visit.patient.leaves and not visit.is_back:
            self.book.seen("left in the midst of it")
            return self.goes(visit)
        return self.chance.uniform(*READS)

    def next(self, visit: Visit, at: Conversation) -> Conversation:
        """Where the next step leads."""
        patient = visit.patient
        if at.state == "check_answers":
            return at.confirm()
        if visit.steps == patient.stops - 1 and not visit.is_back:
            return at.stop()
        if visit.is_back and patient.gets_worse and at.previous_answers.get(at.state):
            return got_worse(at) if self.chance.random() < 0.5 else answered(at, self.chance, 0.0)
        return answered(at, self.chance, patient.worry)

    def comes(self, visit: Visit) -> float:
        """Somebody begins."""
        patient = visit.patient
        visit.tries += 1
        self.book.write("comes", patient=patient.number, tries=visit.tries)
        at = begin(self.pack.plan, self.pack.wording(), patient.mode, patient.country, self.records.clock().date())
        self.records.name = lambda: f"patient-{patient.number:03}-{visit.tries}"
        visit.journal = self.records.begin(self.pack, at, f"bed {patient.number}")
        visit.code = visit.journal.code
        self.book.write("code", patient=patient.number, case=visit.journal.row.case, code=visit.code)
        self.book.kept(visit.journal.row)
        return self.chance.uniform(*READS)

    def goes(self, visit: Visit) -> float | None:
        """Somebody goes, and may come back."""
        if visit.journal is not None:
            visit.journal.close()
        visit.journal = visit.wanted = None
        if not visit.waits:
            return None
        wait = visit.waits.pop(0)
        until = self.records.clock() + wait * MINUTE / 60
        self.book.write("waits", patient=visit.patient.number, until=until.isoformat())
        return wait

    def comes_back(self, visit: Visit) -> float | None:
        """Somebody comes back by their code."""
        visit.is_back = True
        try:
            returned = self.records.resume(visit.code, lambda _: self.pack)
        except StaleWriteError:
            self.book.seen("came back while a nurse began the call, and had to try again")
            return self.chance.uniform(*READS)
        if returned.missing or returned.carried or returned.differs:
            raise StorageError(f"a case came back otherwise: {returned!r:.300}")
        if returned.with_nurse:
            self.book.seen("came back and was told that a nurse goes through it")
            return self.goes(visit)
        if returned.journal is None:
            self.book.seen("came back while it was open elsewhere")
            visit.kept_out += 1
            if visit.kept_out > KEPT_OUT:
                raise StorageError(f"patient {visit.patient.number} is kept out: {returned.held_by}")
            return 60.0
        visit.journal, at = returned.journal, returned.conversation
        self.book.kept(visit.journal.row)
        if at.state not in ENDINGS:
            self.book.seen("came back and went on")
            return self.chance.uniform(*READS)
        found = changed(at, self.chance, visit.patient.gets_worse)
        if found is None:
            self.book.seen("came back and looked at it")
            return self.goes(visit)
        closed = "after it was closed" if visit.journal.row.closed else "before the call"
        owned = ", while a nurse had it" if visit.journal.row.owner and not visit.journal.row.closed else ""
        self.book.seen(f"came back and changed an answer {closed}{owned}")
        visit.wanted = found
        return self.chance.uniform(*READS)


def begun(day: Day, number: int, of: int) -> list[Visit]:
    """Whoever has not gone for good, from what earlier processes of this station wrote."""
    mine = [patient for patient in patients(day) if patient.number % of == number]
    visits = {
        patient.number: Visit(patient, OPENS + patient.arrives, waits=[wait.total_seconds() for wait in patient.waits])
        for patient in mine
    }
    for line in lines_in(day.books, f"{KIOSK}{number}"):
        if "patient" not in line.said:
            continue
        visit = visits[int(str(line.said["patient"]))]
        visit.code = str(line.said.get("code", visit.code))
        visit.tries = int(str(line.said.get("tries", visit.tries)))
        visit.over = visit.over or line.what == "gone"
        if line.what == "waits":
            visit.waits.pop(0)
            visit.due = datetime.fromisoformat(str(line.said["until"]))
    return [visit for visit in visits.values() if not visit.over]


def work(day: Day, pack: Pack, number: int, of: int, life: int) -> None:
    """A process of a station from its start to its end, which comes when nobody comes any more."""
    station = f"{KIOSK}{number}"
    visits = begun(day, number, of)
    book = Book(day.books / f"{station}.{life:04}")
    while True:
        try:
            store = day.opened(KIOSK, station)
            break
        except UnreachableError:
            sleep(AGAIN)
    records = Records(store, clock=day.clock(store), login=store.login)
    for visit in visits:
        # Whoever was here when the station died comes back after a moment.
        visit.due = max(visit.due, records.clock() + MINUTE if visit.code else visit.due)
    Kiosk(day, pack, records, book, random.Random(f"{day.seed} {station} {life}")).open(visits)
    book.write("done")
    store.close()
