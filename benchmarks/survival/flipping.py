"""Lane `flip`: copies of a store damaged in many ways; each is either as it was, or somebody is told."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import chatbot.storage.sqlite
from benchmarks.survival.apart import over_forks
from benchmarks.survival.damage import WAYS
from benchmarks.survival.prepared import Prepared, bodies_of, small_pack
from benchmarks.survival.talking import Place, records, steps_of
from benchmarks.survival.tally import Setting, Tally
from chatbot.errors import StorageError, TriageError
from chatbot.packs.archive import unpacked
from chatbot.packs.pack import Pack
from chatbot.storage.store import CaseStore
from chatbot.storage.verify import Verification

WHOLE, PIECE = 10_000, 50
Change = Callable[[Place, random.Random], None]
LARGE = "large"


@dataclass(frozen=True)
class Copies:
    """What copies are made of: a store, and others whose logs are put in the place of its own."""

    setting: Setting
    pack: Pack
    kept: Prepared
    others: tuple[Prepared, ...]

    @property
    def written(self) -> dict[str, tuple[bytes, ...]]:
        """Every case that may be found: with the log of another store come its cases."""
        return {case: bodies for each in (*self.others, self.kept) for case, bodies in each.bodies.items()}


def run(setting: Setting) -> Tally:
    """Damage so many copies, some of them as if the file were too large to be looked through when it is opened."""
    with TemporaryDirectory(dir=setting.folder) as name:
        folder, pack = Path(name), small_pack()
        kept = Prepared.make(setting, pack, folder / "kept", 21)
        other = Prepared.make(setting, pack, folder / "other", 22)
        fewer = Prepared.make(setting, pack, folder / "fewer", 21, cases=3)
        copies = Copies(setting, pack, kept, (other, fewer))
        count = setting.part(WHOLE)
        pieces = [(at, min(PIECE, count - at)) for at in range(0, count, PIECE)]
        tally = over_forks(lambda piece: _piece(copies, *piece), pieces, setting.processes)
    size = sum(map(len, (body for bodies in kept.bodies.values() for body in bodies)))
    tally.figures.append(f"{len(kept.bodies)} cases, {size:,} bytes of events")
    return tally


def _piece(copies: Copies, first: int, count: int) -> Tally:
    total = Tally()
    for number in range(first, first + count):
        with TemporaryDirectory(dir=copies.setting.folder, ignore_cleanup_errors=True) as folder:
            total.add(_one(copies, number, Path(folder)))
    return total


def _one(copies: Copies, number: int, folder: Path) -> Tally:
    """One damaged copy."""
    chance, tally = random.Random(number), Tally(1)
    place = copies.kept.copy(folder / "it")
    name = _damage(copies, place, chance)
    # Some are opened as a file is that is too large to be looked through each time.
    is_large = chance.random() < 0.25
    before = chatbot.storage.sqlite.LOOKED_THROUGH
    chatbot.storage.sqlite.LOOKED_THROUGH = 0 if is_large else before
    try:
        how, wrong = _judged(copies, place)
    except Exception as error:  # nothing but a StorageError may come out
        how, wrong = "missed", [f"{type(error).__name__}: {error}"]
    finally:
        chatbot.storage.sqlite.LOOKED_THROUGH = before
    tally.seen[how] += 1
    if wrong:
        size = f"{LARGE} " if is_large else ""
        tally.violations.append(f"flip: number {number}, {name}, {size}{how}: {'; '.join(wrong)}")
    return tally


def _damage(copies: Copies, place: Place, chance: random.Random) -> str:
    """Damage the files in a way by chance; its name."""
    weight = chance.randrange(100)
    for often, name, ending, change in WAYS:
        weight -= often
        if weight < 0:
            change(place.file.with_name(f"{place.file.name}{ending}"), chance)
            return name
    log = chance.choice(copies.others).place.file.with_name("cases.sqlite-wal")
    shutil.copyfile(log, place.file.with_name(f"{place.file.name}-wal"))
    return "the log of another session"


def _judged(copies: Copies, place: Place) -> tuple[str, list[str]]:
    """Open it as the app does and look at all of it: what is reported, and what is wrong and is not."""
    kept = copies.kept
    try:
        store = copies.setting.open(place.file, place.heads)
    except StorageError:
        return "reported at opening", []
    try:
        findings = [finding.text for finding in Verification(store).findings()]
        if store.warning:
            return "set aside", [*_carried(copies, store, place), *_goes_on(copies, store)]
        if findings:
            return "reported by verify", []
        wrong = ["an event is another"] if bodies_of(store) != kept.bodies else []
        return "missed" if wrong or (wrong := _packs(kept, store)) else "as it was", wrong
    except StorageError:
        return "reported when read", []
    finally:
        store.close()


def _carried(copies: Copies, store: CaseStore, place: Place) -> list[str]:
    """What is wrong with what was carried over: it is as it was written, and the damaged file is still there."""
    wrong, written = [], copies.written
    if not list(place.file.parent.glob("*.damaged-*")):
        wrong.append("the damaged file is not there")
    for case, bodies in bodies_of(store).items():
        if written.get(case) != bodies:
            wrong.append(f"case {case} was carried over as another")
    found = Verification(store).findings()
    wrong += [f"after it was carried over, {finding.text}" for finding in found if finding.is_damage]
    return wrong + _packs(copies.kept, store)


def _packs(kept: Prepared, store: CaseStore) -> list[str]:
    """The packs that are another than was written and would be taken for it."""
    wrong = []
    for digest in store.packs():
        content = store.pack(digest) or b""
        if content != kept.packs.get(digest):
            try:
                unpacked(content, digest)
            except TriageError:
                wrong.append("a damaged pack was not reported")
    return wrong


def _goes_on(copies: Copies, store: CaseStore) -> list[str]:
    """A new case can be begun and kept."""
    someone = steps_of(copies.pack, 5, 0)
    journal = records(store).begin(copies.pack, someone.at)
    someone.at = someone.step() or someone.at
    journal.take(someone.at)
    row = store.row(journal.row.case)
    journal.close()
    return [] if row == journal.row else ["a new case is not kept"]
