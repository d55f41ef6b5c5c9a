"""A clinician at the list, in a process of their own: takes cases on, calls, decides, closes; killed, they go on."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import sleep
from typing import TypeVar

from benchmarks.shift.book import Book
from benchmarks.shift.clock import LEAD, NURSES, TOMORROW, Day
from benchmarks.shift.desks import PLANTED
from benchmarks.shift.people import MINUTE, confirmed, rings
from chatbot.errors import InputError, StaleWriteError, UnreachableError
from chatbot.interview.conversation import Conversation, begin
from chatbot.interview.rest_unknown import rest_unknown
from chatbot.packs.pack import Pack
from chatbot.recommendation.rulebook import EMERGENCY
from chatbot.service import decisions
from chatbot.service.append import ChangedError
from chatbot.service.desk import Desk
from chatbot.service.journal import Journal
from chatbot.service.records import Records
from chatbot.storage.events import Opened
from chatbot.storage.projection import LEASE, stamp
from chatbot.storage.row import Row

AGAIN = 0.05  # real seconds, until a place that was not there is tried again
# Seconds of the day: reading the list, a question asked and answered, and a break that outlasts a lease.
READS, ASKS = (5, 40), (2, 7)
BREAK = LEASE + 5 * MINUTE
_WHO = re.compile(r"^\d\d:\d\d (\w+)(?: \(\w+\))? ([^,:]+)")
Done = TypeVar("Done")


class Elsewhere(Exception):  # noqa: N818 # no error: somebody was quicker, and one goes on to the next case
    """What was meant to be done was refused."""


@dataclass
class Nurse:
    """One clinician; `left` are cases that they leave to their lease, as if they had forgotten them."""

    day: Day
    pack: Pack
    desk: Desk
    book: Book
    chance: random.Random
    left: set[str] = field(default_factory=set)
    rung: set[int] = field(default_factory=set)

    def work(self) -> None:
        """Look for the next thing to do until the day is over."""
        for row in self.asked(lambda: self.desk.listed(self.desk.wanted("mine", self.now))):
            if self.chance.random() < 0.2:
                self.left.add(row.case)
        while not self.day.is_over.exists():
            try:
                is_busy = self.phone() or self.shared()
            except Elsewhere:
                is_busy = True
            if not is_busy:
                self.pause(20, 60)

    @property
    def now(self) -> datetime:
        """The time of the day."""
        return self.desk.records.clock()

    def pause(self, least: float, most: float) -> None:
        """Let so many seconds of the day go by."""
        sleep(self.day.seconds(timedelta(seconds=self.chance.uniform(least, most))))

    def asked(self, act: Callable[[], Done]) -> Done:
        """What comes of something that is tried until the server is there."""
        while True:
            try:
                return act()
            except UnreachableError:
                self.book.seen("refused at a desk while the server was away")
                sleep(AGAIN)

    def done(self, name: str, row: Row, act: Callable[[Row], Row], *kinds: str) -> Row:
        """Do something to a case and write down that it was acknowledged; Elsewhere where it was refused."""
        for _ in range(100):
            try:
                row = act(row)
            except UnreachableError:
                self.book.seen("refused at a desk while the server was away")
                sleep(AGAIN)
                if self.chance.random() < 0.5:  # the list is read again before it is tried again, or it is not
                    row = self.asked(lambda case=row.case: self.desk.store.row(case)) or row
            except (InputError, StaleWriteError) as error:
                self.book.write("refused", act=name, case=row.case, why=_why(error), text=str(error))
                raise Elsewhere from None
            else:
                self.book.kept(row, *kinds)
                return row
        raise Elsewhere

    # What to do next.

    def phone(self) -> bool:
        """Take the next call where somebody rings."""
        mine = [(at, number) for number, at in enumerate(rings(self.day)) if number % len(NURSES) == self.place]
        for at, number in mine:
            if number not in self.rung and self.day.simulated(self.day.began) + at <= self.now:
                self.rung.add(number)
                name = f"phone-{number:03}"
                if self.asked(lambda name=name: self.desk.store.row(name)) is None:
                    self.take_phone(name)
                    return True
        return False

    @property
    def place(self) -> int:
        """Which of the nurses this is; nobody rings the lead."""
        return NURSES.index(self.desk.login) if self.desk.login in NURSES else -1

    def shared(self) -> bool:
        """Do the first thing on the list that can be done."""
        emergencies = self.asked(lambda: self.desk.emergencies(self.now))
        mine = [row for row in self.rows("mine") if row.case not in self.left]
        due = [row for row in self.rows("due") if row.due <= stamp(self.now)]
        waiting = self.rows("waiting")
        self.pause(*READS)
        if found := [row for row in (*mine, *waiting, *self.rows("others")) if self.may_sign(row)]:
            self.sign(self.chance.choice(found))
            return True
        ready = [row for row in mine if not self.waits_for_signature(row)]
        free = [row for row in (*emergencies[::-1], *due, *waiting[:3]) if not self.waits_for_signature(row)]
        if ready and (not emergencies or self.chance.random() < 0.2):
            self.handle(self.chance.choice(ready))
        elif free:
            self.handle(free[0] if self.chance.random() < 0.7 else self.chance.choice(free))
        return bool(ready or free)

    def rows(self, section: str) -> Sequence[Row]:
        """A section of the list."""
        return self.asked(lambda: self.desk.listed(self.desk.wanted(section, self.now)))  # type: ignore[arg-type]

    def waits_for_signature(self, row: Row) -> bool:
        """Whether somebody else has to sign first."""
        return row.asked is not None and row.asker == self.desk.login

    def may_sign(self, row: Row) -> bool:
        """Whether this one is to be signed by whoever looks."""
        return row.asked is not None and row.asker != self.desk.login and self.chance.random() < 0.5

    def sign(self, row: Row) -> None:
        """Look at a lowered emergency and agree."""
        row = self.done("open", row, lambda row: self.desk.open(row).row, "viewed")
        if self.may_sign(row):
            self.done("sign", row, self.desk.sign, "signed")

    # One case.

    def handle(self, row: Row) -> None:
        """Do with a case what it needs, or something else."""
        if self.chance.random() < 0.3:
            row = self.done("open", row, lambda row: self.desk.open(row, "on the list").row, "viewed")
            self.pause(5, 20)
        if row.owner != self.desk.login or row.until <= stamp(self.now):
            row = self.done("claim", row, self.desk.claim, "claimed")
        way, is_new = self.chance.random(), not row.called
        level = row.stands if row.stands is not None else EMERGENCY
        if is_new and way < 0.05:
            self.done("release", row, lambda row: self.desk.release(row, "somebody knows them"), "released")
        elif is_new and way < 0.15 and level < EMERGENCY:
            self.call_later(row)
        elif is_new and way < 0.20 and level < EMERGENCY:
            row = self.unreached(row)
            self.settle(row)
        elif (is_new and way < 0.45 and level < 2) or (not is_new and way < 0.1):
            self.settle(row)  # without a call, or in the midst of one
        else:
            self.call(row)

    def call_later(self, row: Row) -> None:
        """Nobody answers; they are called back, today or tomorrow."""
        is_late = self.now > self.day.simulated(self.day.began) + self.day.length
        is_tomorrow = is_late or self.chance.random() < 0.25
        due = TOMORROW if is_tomorrow else self.now + self.chance.uniform(10, 35) * MINUTE
        self.done("call back", row, lambda row: self.desk.call_back(row, due, "no answer"), "call_back_planned")

    def take_phone(self, name: str) -> None:
        """Somebody rings: a call from its beginning."""
        country = self.chance.choice(("gb", "us", "any"))
        at = begin(self.pack.plan, self.pack.wording(), "nurse", country, self.now.date())
        self.desk.records.name = lambda: name
        try:
            journal = self.desk.records.begin(self.pack, at, name)
        except UnreachableError:
            self.rung.discard(int(name[-3:]))  # they ring again
            sleep(AGAIN)
            return
        self.book.kept(journal.row, "started")
        self.book.seen("calls begun by nurses")
        self.keep(journal, lambda: journal.keep([Opened(caller="self", call_back=f"07 {name}", why="worse")]), "opened")
        self.ask(journal)

    def call(self, row: Row) -> None:
        """Go through the questions with somebody on the list."""
        try:
            journal = self.desk.call(row)
        except UnreachableError:
            self.book.seen("refused at a desk while the server was away")
            sleep(AGAIN)
            return
        except (InputError, StaleWriteError) as error:
            self.book.write("refused", act="call", case=row.case, why=_why(error), text=str(error))
            raise Elsewhere from None
        self.book.kept(journal.row, "claimed")
        self.book.seen("calls begun from the list")
        self.ask(journal)

    def keep(self, journal: Journal, act: Callable[[], object], *kinds: str) -> None:
        """Keep something in a call; tried until the server is there."""
        try:
            self.asked(act)
        except StaleWriteError as error:
            self.asked(journal.close)
            self.book.write("refused", act="keep", case=journal.row.case, why=_why(error), text=str(error))
            raise Elsewhere from None
        self.book.kept(journal.row, *kinds)

    def ask(self, journal: Journal) -> None:
        """Ask until the end, or until the call breaks off; then settle it."""
        patience = self.chance.randrange(2, 30) if self.chance.random() < 0.12 else 1_000
        goes_on, worry = self.chance.random() < 0.4, self.chance.choice((0.01, 0.03, 0.15))
        while True:
            at = journal.last
            if at.asked is not None:
                patience -= 1
                at = self.next(at, worry) if patience else at.stop()
            elif at.state == "check_answers":
                at = at.confirm()
            elif at.state == "emergency" and goes_on:
                at = at.continue_note()
            else:
                break
            self.keep(journal, lambda at=at: journal.take(at))
            self.pause(*ASKS)
            if self.chance.random() < 0.001:
                self.book.seen("breaks longer than a lease in the midst of a call")
                sleep(self.day.seconds(BREAK))
            self.keep(journal, lambda: self.desk.renew(journal))
        self.end(journal)

    def next(self, at: Conversation, worry: float) -> Conversation:
        """Mostly what the person said is right; sometimes it is not, or a part is left out."""
        way = self.chance.random()
        if way < 0.01:
            return rest_unknown(at)
        return confirmed(at, self.chance, worry if way < 0.9 else 0.2)

    def end(self, journal: Journal) -> None:
        """End a call: close it there and then, or as a case on the list."""
        if self.chance.random() < 0.5:
            try:
                self.keep(journal, lambda: self.desk.finish(journal, "advised", "told what to look out for"), "closed")
            except InputError as error:
                self.book.write("refused", act="finish", case=journal.row.case, why=_why(error), text=str(error))
            else:
                return
        row = journal.row
        self.asked(journal.close)
        self.settle(row)

    def settle(self, row: Row) -> None:
        """Choose another level or not, and close; what may not be closed is said to be no assessment, or asked on."""
        at = self.asked(lambda: self.desk.folder(row.case).standing)
        way = self.chance.random()
        if at.asked is not None and at.chosen is None:
            if way < 0.3:
                self.done("release", row, lambda row: self.desk.release(row, "to be signed"), "released")
            return
        if at.stands == EMERGENCY and not at.checks and at.chosen is None and way < 0.4:
            self.override(row, self.chance.choice((3, 4)), "known_before")
            return
        if 0 < at.stands < EMERGENCY and not at.checks and at.chosen is None and way < 0.1:
            row = self.override(row, at.stands - 1, "examined")
        elif at.stands < EMERGENCY and at.chosen is None and way > 0.9:
            row = self.override(row, self.chance.randrange(at.stands + 1, EMERGENCY + 1), "")
        try:
            outcome = "sent_to_emergency" if at.stands == EMERGENCY else self.chance.choice(decisions.OUTCOMES)
            self.done("close", row, lambda row: self.desk.close(row, outcome), "closed")
        except Elsewhere:
            if at.checks and self.chance.random() < 0.5:
                row = self.done("unable", row, lambda row: self.desk.unable(row), "override")
                self.done("close", row, lambda row: self.desk.close(row, "no_contact"), "closed")
            # Else it stays with this nurse, who asks on or closes it later.

    def unreached(self, row: Row) -> Row:
        """Make an emergency of somebody who does not answer, as what was asked of them before allows."""
        words = "nobody there who can answer"
        if self.asked(lambda: self.desk.folder(row.case)).standing.may_be_unable():
            return self.done("unable", row, lambda row: self.desk.unable(row, words), "override")
        return self.done("override", row, lambda row: self.desk.override(row, EMERGENCY, words), "override")

    def override(self, row: Row, level: int, reason: str) -> Row:
        """Choose another level."""
        words = "looks better to me than it sounds" if reason else "worse than it sounds"
        return self.done("override", row, lambda row: self.desk.override(row, level, words, reason), "override")


def _why(error: Exception) -> str:
    """Why something was refused, without names and times."""
    if isinstance(error, ChangedError):
        found = [" ".join(parts.groups()) if (parts := _WHO.match(line)) else line for line in error.lines]
        # Who took it on says most; after that came a whole call, perhaps, or whole answers.
        return next((f"{line} meanwhile" for line in found if line.startswith("nurse")), "the person went on answering")
    return re.sub(r"^\w+ has the case until .*", "somebody has the case", re.sub(r"\d+", "N", str(error)))


def work(day: Day, pack: Pack, login: str, life: int) -> None:
    """A process of a nurse, or of the lead, from its start to the end of the day."""
    book = Book(day.books / f"{login}.{life:04}")
    while True:
        try:
            store = day.opened(login, login)
            break
        except UnreachableError:
            sleep(AGAIN)
    records = Records(store, clock=day.clock(store), login=store.login)
    desk = PLANTED[day.fault](records, lambda _: pack)
    chance = random.Random(f"{day.seed} {login} {life}")
    if login == LEAD:
        lead(day, desk, book, chance)
    else:
        Nurse(day, pack, desk, book, chance).work()
    store.close()


def lead(day: Day, desk: Desk, book: Book, chance: random.Random) -> None:
    """Look into cases, sign what waits for it, and grade what was closed."""
    nurse = Nurse(day, desk.load(""), desk, book, chance)
    while not day.is_over.exists():
        nurse.pause(200, 600)
        try:
            nurse.asked(lambda: desk.counts(nurse.now))
            for row in nurse.rows("others"):
                if nurse.may_sign(row):
                    nurse.sign(row)
            if closed := [row for row in nurse.rows("closed") if row.stands is not None]:
                row, level = chance.choice(closed), chance.randrange(EMERGENCY + 1)
                row = nurse.done("open", row, lambda row: desk.open(row, "closed today").row, "viewed")
                nurse.done("grade", row, lambda row, level=level: desk.grade(row, level, "as I see it"), "graded")
        except Elsewhere:
            continue
