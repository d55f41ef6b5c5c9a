"""What goes wrong on a day: processes and the server end without a word and come back, at moments by chance."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic, sleep

from benchmarks.shift import kiosk, nurses
from benchmarks.shift.clock import KIOSK, LEAD, NURSES, TOMORROW, Day
from benchmarks.survival.apart import Child
from chatbot.packs.pack import Pack
from tests.support.postgres_server import PostgresServer

KIOSKS = 2
LOOKS, SOON = 0.02, 0.3  # seconds
# For how many of its lengths a day may go on until everything is done.
LATEST, AT_LEAST = 5.0, 90.0
_LEFT = """
SELECT count(*) FILTER (WHERE closed = '' AND (level IS NOT NULL OR called <> '') AND NOT (owner = '' AND due >= %s)),
    count(*) FILTER (WHERE case_id LIKE 'phone-%%') FROM cases WHERE case_id <> 'store'
"""


@dataclass
class Staff:
    """Every process of the day, and what becomes of it."""

    day: Day
    pack: Pack
    server: PostgresServer
    database: str
    chance: random.Random
    seen: Counter[str] = field(default_factory=Counter)
    broke: list[str] = field(default_factory=list)
    _alive: dict[str, Child] = field(default_factory=dict)
    _starts: dict[str, float] = field(default_factory=dict)
    _lives: Counter[str] = field(default_factory=Counter)
    _asked: float = 0.0
    _calm: int = 0

    def run(self, kills: int, crashes: int) -> float:
        """Go through the day with so many kills of nurses and crashes of the server; how many seconds it took."""
        began, length = monotonic(), self.day.seconds(self.day.length)
        names = [*NURSES, LEAD, *(f"{KIOSK}{number}" for number in range(KIOSKS))]
        self._starts = dict.fromkeys(names, began)
        planned = sorted(
            (began + length * (0.02 + 0.96 * at), what)
            for at, what in self.planned(kills, crashes)
        )  # fmt: skip
        until = began + max(AT_LEAST, length * LATEST)
        try:
            while not self.is_done(began + length):
                if monotonic() > until:
                    self.broke.append("the day did not come to an end")
                    break
                self.look()
                while planned and planned[0][0] <= monotonic():
                    self.happen(planned.pop(0)[1])
                sleep(LOOKS)
        finally:
            self.send_home()
        return monotonic() - began

    def planned(self, kills: int, crashes: int) -> list[tuple[float, str]]:
        """What happens when, as parts of the day."""
        who = [NURSES[number % len(NURSES)] for number in range(kills)]
        who += [f"{KIOSK}{number % KIOSKS}" for number in range(kills // 4)]
        found = [(self.chance.random(), name) for name in who]
        # Spread over the day, so that no two are one.
        return found + [((number + self.chance.random()) / crashes, "server") for number in range(crashes)]

    def happen(self, what: str) -> None:
        """One trouble."""
        if what == "server":
            self.crash()
        elif what in self._alive:
            self.kill(what)
        elif self._starts.get(what, 0) > monotonic() or what in NURSES:
            self._starts[what] = min(self._starts.get(what, monotonic()), monotonic())
            self.start(what)
            sleep(self.chance.random() * SOON)
            self.kill(what)

    def kill(self, name: str) -> None:
        """End a process without a word; a nurse may stay away for longer than a lease."""
        child = self._alive.pop(name)
        if child.end() == -9:
            self.seen[f"kills of {'nurses' if name in NURSES else 'kiosks'}"] += 1
        is_long = name in NURSES and self.chance.random() < 0.25
        away = self.day.seconds(nurses.BREAK) if is_long else 0.0
        self._starts[name] = monotonic() + away + self.chance.random() * SOON

    def crash(self) -> None:
        """The server ends as a failing machine would, and comes back."""
        self.server.kill()
        if self.chance.random() < 0.3 and (name := self.chance.choice(NURSES)) in self._alive:
            self.kill(name)
        sleep(self.chance.random() * SOON)
        self.server.restart()
        self.seen["crashes of the server"] += 1

    def look(self) -> None:
        """See who has ended, and start who is to come."""
        for name, child in list(self._alive.items()):
            if not child.listen(0):
                del self._alive[name]
                if child.ended():
                    self.broke.append(f"{name} broke off: {' '.join(child.lines[-1:]) or 'without a word'}")
                    self._starts[name] = monotonic() + SOON
        for name in [name for name, at in self._starts.items() if at <= monotonic()]:
            self.start(name)

    def start(self, name: str) -> None:
        """Begin a process under its login."""
        del self._starts[name]
        self._lives[name] += 1
        self._alive[name] = Child.start(self.life(name, self._lives[name]))

    def life(self, name: str, life: int) -> Callable[[Callable[[str], None]], None]:
        """What a process does."""

        def lived(say: Callable[[str], None]) -> None:
            try:
                if name.startswith(KIOSK):
                    kiosk.work(self.day, self.pack, int(name.removeprefix(KIOSK)), KIOSKS, life)
                else:
                    nurses.work(self.day, self.pack, name, life)
            except Exception as error:
                say(f"{type(error).__name__}: {error}".replace("\n", " "))
                raise

        return lived

    def is_done(self, closes: float) -> bool:
        """Whether nobody comes any more and nothing is left on the list; looked at twice, as work may be on its way."""
        kiosks = [name for name in (*self._alive, *self._starts) if name.startswith(KIOSK)]
        if kiosks or monotonic() < max(closes, self._asked + SOON):
            return False
        self._asked = monotonic()
        with self.server.connect(self.database) as connection:
            left, rung = connection.execute(_LEFT, [TOMORROW.isoformat()[:16]]).fetchone() or (1, 0)
        self._calm = self._calm + 1 if not left and rung == self.day.calls else 0
        return self._calm > 1

    def send_home(self) -> None:
        """Tell everybody that the day is over, and wait for their end; nobody is killed for it who is there in time."""
        self.day.is_over.touch()
        self._starts.clear()
        until = monotonic() + 30
        while self._alive and monotonic() < until:
            self.look()
            self._starts.clear()
            sleep(LOOKS)
        for name, child in self._alive.items():
            child.end()
            self.broke.append(f"{name} did not go home")
