"""A database with several cases in it, some of their events still in the log beside it, and what was written to it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.survival.apart import apart
from benchmarks.survival.talking import Place, records, steps_of
from benchmarks.survival.tally import Setting
from chatbot.packs.load import load_folder
from chatbot.packs.pack import Pack
from chatbot.storage.store import CaseStore

# A small complaint, so that its content does not take most of the file.
SMALL = Path(__file__).parents[2] / "tests" / "packs" / "ankle_injury"
ENDINGS = ("", "-wal")


def small_pack() -> Pack:
    """A pack of which a copy is cheap."""
    return load_folder(SMALL)


@dataclass(frozen=True, slots=True)
class Prepared:
    """Where it stands, and the bytes of every event, case by case."""

    place: Place
    bodies: Mapping[str, tuple[bytes, ...]]
    packs: Mapping[str, bytes]

    @classmethod
    def make(cls, setting: Setting, pack: Pack, folder: Path, seed: int, cases: int = 7) -> Prepared:
        """Write it in a process that ends without closing it."""
        place = Place(folder)
        bodies, packs = apart(lambda: _written(setting, pack, place, seed, cases))
        return cls(place, bodies, packs)

    def copy(self, folder: Path) -> Place:
        """Its files again, in another folder."""
        place = Place(folder)
        for path in (place.file.parent, place.heads.path.parent):
            path.mkdir(parents=True)
        for ending in ENDINGS:
            with suppress(FileNotFoundError):
                shutil.copyfile(f"{self.place.file}{ending}", f"{place.file}{ending}")
        shutil.copyfile(self.place.heads.path, place.heads.path)
        return place


def bodies_of(store: CaseStore) -> dict[str, tuple[bytes, ...]]:
    """The bytes of every event there is."""
    found: dict[str, list[bytes]] = {}
    for case, _, _, body in store.chains():
        found.setdefault(case, []).append(body)
    return {case: tuple(bodies) for case, bodies in found.items()}


def _written(
    setting: Setting, pack: Pack, place: Place, seed: int, cases: int
) -> tuple[dict[str, tuple[bytes, ...]], dict[str, bytes]]:
    """Talk in each case; after some of them the store is closed, which brings the log into the file."""
    store = setting.open(place.file, place.heads)
    journals = []
    for number in range(cases):
        if number == cases - 2:
            store.close()
            store = setting.open(place.file, place.heads)
        someone = steps_of(pack, seed + number, 0)
        # In the order of their names, so that the log holds none of the pages of those that are in the file.
        name = f"{place.folder.name}-{number}"
        journal = replace(records(store), name=lambda name=name: name).begin(pack, someone.at)
        for _ in range(12):
            someone.at = someone.step() or someone.at
            journal.take(someone.at)
        journals.append(journal)
    packs = {digest: store.pack(digest) or b"" for digest in store.packs()}
    found = bodies_of(store), packs
    os.sync()
    return found
