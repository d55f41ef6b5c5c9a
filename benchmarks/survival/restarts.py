"""Lane `restart`: PostgreSQL is killed and started again in the midst of interviews."""

from __future__ import annotations

import os
import random
import signal
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

from benchmarks.survival.apart import Child
from benchmarks.survival.talking import Place, alike, records, steps_of, whole
from benchmarks.survival.tally import Setting, Tally
from chatbot.errors import HeldError, UnreachableError
from chatbot.interview.conversation import Conversation
from chatbot.service.journal import Journal
from chatbot.storage.postgres import PostgresStore, open_postgres
from tests.support.postgres_server import PostgresServer, why_not
from tests.support.someone import Someone

WHOLE, TRIES = 20, 200


def missing() -> str:
    """Why there is no server."""
    return why_not() or ""


def run(setting: Setting) -> Tally:
    """Each restart in a conversation of its own."""
    total = Tally()
    with TemporaryDirectory(dir=setting.folder, ignore_cleanup_errors=True) as folder, PostgresServer.start() as server:
        place = Place(Path(folder))
        store = open_postgres(server.create_database(), place.heads)
        for number in range(max(2, setting.part(WHOLE))):
            total.add(restarted(setting, server, store, number))
        total.violations += [f"restart: {line}" for line in whole(store)]
        store.close()
    return total


def restarted(setting: Setting, server: PostgresServer, store: PostgresStore, number: int) -> Tally:
    """One interview with one restart in it."""
    tally, chance = Tally(1), random.Random(number)
    someone = steps_of(setting.pack, number, 0)
    journal = records(store).begin(setting.pack, someone.at)
    for _ in range(chance.randrange(3, 12)):
        someone.at = someone.step() or someone.at
        journal.take(someone.at)
    name, way = WAYS[number % len(WAYS)]
    tally.seen[f"killed {name}"] += 1
    refused = way(server, journal, someone, chance)
    while not _is_kept(journal, someone.at) and refused < TRIES:
        refused += 1
        sleep(0.02)
    tally.seen["takes refused in words"] += refused
    wrong = ["it was never kept again"] if journal.last is not someone.at else []
    wrong += [*_held(server, store, journal), *_there(setting, store, journal, someone.at)]
    if wrong:
        tally.violations.append(f"restart {number}, killed {name}: {'; '.join(wrong)}")
    return tally


def _is_kept(journal: Journal, at: Conversation) -> bool:
    """Whether a step is kept; that the database is away is all that may be in its way."""
    try:
        journal.take(at)
    except UnreachableError:
        return False
    return True


def _between(server: PostgresServer, journal: Journal, someone: Someone, _: random.Random) -> int:
    """Killed between two steps; how often it was refused while it was away."""
    server.kill()
    _step(someone)
    refused = sum(not _is_kept(journal, someone.at) for _ in range(2))
    server.restart()
    if refused < 2:
        raise UnreachableError("a step was taken as kept while the database was away")
    return refused


def _unseen(server: PostgresServer, _: Journal, someone: Someone, __: random.Random) -> int:
    """Restarted between two steps: nobody sees that it was away."""
    server.restart("immediate")
    _step(someone)
    return 0


def _while_keeping(server: PostgresServer, journal: Journal, someone: Someone, chance: random.Random) -> int:
    """Killed at a moment by chance while steps are kept one after another."""
    postmaster = int((server.folder / "data" / "postmaster.pid").read_text().split()[0])
    delay = chance.random() * 0.15
    killer = Child.start(lambda _: (sleep(delay), os.kill(postmaster, signal.SIGKILL)))
    _step(someone)
    while _is_kept(journal, someone.at):
        _step(someone)
    killer.ended()
    server.kill()
    server.restart()
    return 1


def _step(someone: Someone) -> None:
    """A step that changes something."""
    before = someone.at
    while someone.at is before:
        someone.at = someone.step() or someone.at


WAYS = (("between two steps", _between), ("while steps were kept", _while_keeping), ("and back unseen", _unseen))


def _held(server: PostgresServer, store: PostgresStore, journal: Journal) -> list[str]:
    """What is wrong with the hold: it is ours again, so that no other program gets it."""
    other = open_postgres(server.url(store.place.rpartition("/")[2]))
    try:
        other.hold(journal.row.case, "another program")
    except HeldError:
        return []
    finally:
        other.close()
    return ["another program could hold the case"]


def _there(setting: Setting, store: PostgresStore, journal: Journal, at: Conversation) -> list[str]:
    """What is wrong when it is taken up again."""
    journal.close()
    returned = records(store).resume(journal.code, lambda _: setting.pack)
    if returned.journal is None:
        return [f"it is still held by {returned.held_by}"]
    returned.journal.close()
    stands = returned.conversation
    return [] if alike(stands, at.resume()) else [f"it stood at '{at.state}', and now at '{stands.state}'"]
