"""Lane `writers`: eight programs write to one store at once, each to a case of its own and all to the store's chain."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.survival.apart import Child
from benchmarks.survival.talking import Place, records, steps_of, whole
from benchmarks.survival.tally import Setting, Tally
from chatbot.storage.events import Kept, Note
from chatbot.storage.postgres import open_postgres
from chatbot.storage.row import STORE
from chatbot.storage.store import CaseStore
from tests.support.postgres_server import PostgresServer, why_not

WRITERS, WHOLE = 8, 1_000
# Of so many events one is in the store's chain, where all write behind each other.
OFTEN = 10
Opening = Callable[[], CaseStore]


def run(setting: Setting) -> Tally:
    """On a file, and on PostgreSQL where there is one."""
    with TemporaryDirectory(dir=setting.folder, ignore_cleanup_errors=True) as folder:
        place = Place(Path(folder))
        total = crowded(setting, lambda: setting.open(place.file, place.heads), "SQLite")
        if reason := why_not():
            total.figures.append(f"PostgreSQL skipped: {reason}")
            return total
        with PostgresServer.start() as server:
            url, heads = server.create_database(), Place(Path(folder) / "remote").heads
            total.add(crowded(setting, lambda: open_postgres(url, heads), "PostgreSQL"))
    return total


def crowded(setting: Setting, opening: Opening, name: str) -> Tally:
    """All of them at once; then everything is counted."""
    tally, each, began = Tally(WRITERS), setting.part(WHOLE), perf_counter()
    children = [
        Child.start(lambda _, number=number: _write(setting, opening, number, each)) for number in range(WRITERS)
    ]
    failed = [code for child in children if (code := child.ended(600))]
    seconds = perf_counter() - began
    store = opening()
    wrong = [f"{len(failed)} writers ended with {failed[0]}"] if failed else []
    wrong += whole(store)
    logged = WRITERS * max(1, each // OFTEN)
    lengths = sorted(row.seq for row in store.rows())
    if lengths != [each] * WRITERS:
        wrong.append(f"cases have {lengths} events instead of {each} each")
    row = store.row(STORE)
    if row is None or row.seq != logged:
        wrong.append(f"the store's chain has {row.seq if row else 0} events instead of {logged}")
    store.close()
    if wrong:
        tally.violations.append(f"writers: {name}: {'; '.join(wrong)}")
    tally.seen["events"] += sum(lengths) + (row.seq if row else 0)
    tally.figures.append(f"{name} {(WRITERS * each + logged) / seconds:,.0f} events/s")
    return tally


def _write(setting: Setting, opening: Opening, number: int, events: int) -> None:
    store = opening()
    kept = records(store)
    journal = kept.begin(setting.pack, steps_of(setting.pack, number, 0).at)
    for at in range(1, events):
        journal.keep([Note(text=f"writer {number}, note {at}")])
        if at % OFTEN == 0:
            kept.log(Kept(kind="backed_up", words=f"writer {number}"))
    if events < OFTEN or events % OFTEN == 0:
        kept.log(Kept(kind="backed_up", words=f"writer {number} is done"))
    journal.close()
    store.close()
