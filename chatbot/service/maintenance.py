"""What is done with the records as a whole: looking, copying, putting back, purging. Each is kept before it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from chatbot import __version__
from chatbot.errors import DamagedError, HeldError, StorageError
from chatbot.service import append
from chatbot.service.folding import events_in, gone_on_in
from chatbot.service.records import Records
from chatbot.storage.address import Place
from chatbot.storage.backup import GZIP, Backup, Contents, Counts, put_back, write_backup
from chatbot.storage.events import By, Kept, Looked
from chatbot.storage.private import private_file
from chatbot.storage.row import STORE, Row
from chatbot.storage.step_events import started
from chatbot.storage.store import CaseStore

# So many cases are held at a time while they go.
_AT_ONCE = 200


def look(records: Records, case: str, kind: Literal["viewed", "exported"], how: str) -> None:
    """Keep in a case that somebody looks at it or takes a copy, before they see it.

    Where another program has the case open, or this login may write to none, it is kept in the store's own chain.
    """
    by = By(who="program", login=records.login)
    if case == STORE:
        records.log(Looked(kind=kind, how=how))
        return
    if getattr(records.store, "role", None) == "auditor":
        records.log(Looked(kind=kind, how=f"{how}, of case {case}"))
        return
    try:
        with _held(records, case):
            append.look(records.store, case, Looked(kind=kind, how=how), by, records.clock)
    except HeldError:
        records.log(Looked(kind=kind, how=f"{how}, of case {case} while it was open elsewhere"))


@contextmanager
def _held(records: Records, case: str) -> Iterator[Row]:
    """A case held as it stands now; HeldError when another program has it."""
    hold = records.store.hold(case, records.who())
    try:
        row = records.store.row(case)
        if row is None:
            raise StorageError(f"case {case} is gone")
        yield row
    finally:
        hold.release()


def _is_over(row: Row, before: datetime) -> bool:
    return datetime.fromisoformat(row.changed).astimezone(UTC) < before


@dataclass(slots=True)
class Purge:
    """The outcome of a purge: the cases, events and damaged files it takes, and the cases it leaves, with why.

    `held` are open in another program; `needed` are those in whose place another one goes on that is not yet old.
    """

    cases: int = 0
    events: int = 0
    files: int = 0
    held: int = 0
    needed: int = 0


def purge(records: Records, days: int, dry_run: bool = False) -> Purge:
    """Forget all cases whose last event is older than so many days, and the damaged files of that age."""
    before = records.clock() - timedelta(days=days)
    due, purged = _due(records.store, before), Purge()
    needed = _needed(records.store, due)
    purged.needed = len(needed)
    rows = [row for case, row in due.items() if case not in needed]
    files = [path for group in _aside(records.store, before) for path in group]
    purged.files = len(files)
    if dry_run:
        purged.cases, purged.events = len(rows), sum(row.seq for row in rows)
        return purged
    for at in range(0, len(rows), _AT_ONCE):
        _forget(records, rows[at : at + _AT_ONCE], purged)
    if files:
        records.log(Kept(kind="purged", words=f"{len(files)} damaged file(s)"))
    for path in files:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise StorageError(f"cannot remove '{path}': {error.strerror}") from error
    # Also where nothing was due: a purge that was broken off has left bytes behind.
    records.store.purge((), wipe=True)
    return purged


def erase(records: Records, row: Row) -> Purge:
    """Forget one case, with those that went on from its answers or whose answers it went on from."""
    purged = Purge()
    _forget(records, list(_connected(records.store, row)), purged)
    records.store.purge((), wipe=True)
    return purged


def _connected(store: CaseStore, row: Row) -> Iterator[Row]:
    """The same person's cases: the one, those before it and those after it."""
    waiting, seen = [row.case], set[str]()
    while waiting:
        case = waiting.pop()
        at = store.row(case) if case and case not in seen else None
        seen.add(case)
        if at is not None:
            yield at
            events = events_in(store.events(case))
            waiting += [started(events).carried_from, gone_on_in(events)]


def _due(store: CaseStore, before: datetime) -> dict[str, Row]:
    """The cases that are old enough; DamagedError where a row does not say when its case was last written to."""
    due = {}
    for row, digest in store.sums():
        if row.sum != digest:
            raise DamagedError(f"the row of case {row.case} is not what was written; triage audit-log verify says more")
        if row.case != STORE and _is_over(row, before):
            due[row.case] = row
    return due


def _needed(store: CaseStore, due: dict[str, Row]) -> set[str]:
    """The old cases whose answers one that is not old went on from, and cannot be read without."""
    follows = {case: gone_on_in(events_in(store.events(case))) for case in due}
    needed: set[str] = set()
    while True:
        more = {
            case
            for case, after in follows.items()
            if case not in needed and after and (after not in due or after in needed) and store.row(after) is not None
        }
        if not more:
            return needed
        needed |= more


def _aside(store: CaseStore, before: datetime) -> Iterator[list[Path]]:
    """The files set aside as damaged that nobody has written to since, each with its logs."""
    groups: dict[str, list[Path]] = {}
    for path in store.aside():
        groups.setdefault(path.name.removesuffix("-wal").removesuffix("-shm"), []).append(path)
    for group in groups.values():
        if max(path.stat().st_mtime for path in group) < before.timestamp():
            yield group


def _forget(records: Records, rows: Sequence[Row], purge: Purge) -> None:
    """Purge some cases that nobody has open and nobody has written to since they were found old."""
    with ExitStack() as stack:
        going = []
        for row in rows:
            try:
                if stack.enter_context(_held(records, row.case)) == row:
                    going.append(row)
                else:
                    purge.held += 1
            except HeldError:
                purge.held += 1
        if not going:
            return
        names, events = tuple(row.case for row in going), sum(row.seq for row in going)
        records.log(Kept(kind="purged", cases=len(going), events=events, names=names))
        purge.events += records.store.purge(names, wipe=False)
        purge.cases += len(going)


def back_up(records: Records, path: Path, force: bool = False, watch: Callable[[int], None] = lambda _: None) -> Counts:
    """Write all that is kept to a file; with `force` in place of an earlier backup."""
    with private_file(path, GZIP if force else None) as file:
        rows = list(records.store.rows())
        records.log(Kept(kind="backed_up", cases=len(rows), events=sum(row.seq for row in rows)))
        return write_backup(records.store, file, records.clock(), __version__, watch)


def refuse_filled(place: Place) -> None:
    """StorageError where a place holds something already, or cannot be used; nothing is made there."""
    if place.is_empty:
        return
    store = place.open()
    try:
        if next(iter(store.sums()), None) is not None or list(store.packs()):
            raise StorageError(f"'{store.place}' holds records; a backup is restored into an empty place only")
    finally:
        store.close()


def restore(records: Records, path: Path, contents: Contents) -> None:
    """Fill the empty store with a backup that was looked through, all or nothing."""
    put_back(Backup(path), records.store)
    words = f"accepted: {contents.loss}" if contents.loss else ""
    records.log(Kept(kind="restored", cases=contents.counts.cases, events=contents.counts.events, words=words))
