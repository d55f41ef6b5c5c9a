"""A conversation by chance that is kept in a store, what it says of each step, and whether the store bears it out."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.survival.tally import Setting
from chatbot.errors import StorageError, TriageError
from chatbot.interview.conversation import Conversation
from chatbot.packs.pack import Pack
from chatbot.service.journal import Journal
from chatbot.service.records import Records
from chatbot.storage.codes import secret_of
from chatbot.storage.known_heads import Heads
from chatbot.storage.store import CaseStore
from chatbot.storage.verify import Verification
from tests.support.someone import Someone

Say = Callable[[str], None]
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LAST = "the store goes now"


@dataclass(frozen=True, slots=True)
class Place:
    """A store's files, each in a folder of its own as on a person's computer."""

    folder: Path

    @property
    def file(self) -> Path:
        """The database."""
        return self.folder / "data" / "cases.sqlite"

    @property
    def heads(self) -> Heads:
        """The second file."""
        return Heads(self.folder / "state" / "heads.txt")


@dataclass(frozen=True, slots=True)
class Told:
    """What a person was told: the code, so many steps of it kept, and how far the chain went then.

    `is_back` tells that it was taken up again before it was killed, `backs` after which steps it was.
    """

    seed: int
    code: str = ""
    steps: int = 0
    seq: int = 0
    is_back: bool = True
    backs: tuple[int, ...] = ()

    def after(self, lines: Iterable[str]) -> Told:
        """With what a process said before it ended."""
        found = self
        for line in lines:
            word, *rest = line.split()
            if word == "code":
                found = replace(found, code=rest[0])
            elif word == "kept":
                found = replace(found, steps=int(rest[0]), seq=int(rest[1]), is_back=True)
        return found


@dataclass
class Stands:
    """Where a conversation stands in the store, and what is wrong with it."""

    told: Told
    wrong: list[str] = field(default_factory=list)
    was_ahead: bool = False


def records(store: CaseStore) -> Records:
    """Records on a day that does not change."""
    return Records(store, clock=lambda: NOW)


def steps_of(pack: Pack, seed: int, steps: int, backs: Collection[int] = ()) -> Someone:
    """Somebody after so many steps of their conversation by chance, which was never kept; taken up after some."""
    someone = Someone(pack, seed)
    for number in range(steps + 1):
        if number:
            someone.at = someone.step() or someone.at
        if number in backs:
            someone.at = someone.at.resume()
    return someone


def alike(one: Conversation, other: Conversation) -> bool:
    """Whether both stand at the same question, with the same said."""
    return _seen(one) == _seen(other)


def _seen(at: Conversation) -> tuple[object, ...]:
    return (
        at.state, at.interview.case, at.open_lists, at.interrupted_lists, at.previous_words, at.previous_answers,
        at.raised, at.pressing, at.interview.rule_state.values,
    )  # fmt: skip


def taken_up(store: CaseStore, someone: Someone, told: Told) -> Journal:
    """The journal of a conversation begun or taken up again."""
    if not told.code:
        return records(store).begin(someone.pack, someone.at)
    returned = records(store).resume(told.code, lambda _: someone.pack)
    if returned.journal is None:
        raise StorageError(f"it is held by {returned.held_by}")
    someone.at = returned.conversation
    return returned.journal


def talk(setting: Setting, place: Place, told: Told, until: int, say: Say) -> None:
    """Hold a conversation up to a step, and say of each what was kept; as the app does, and with its store."""
    someone = steps_of(setting.pack, told.seed, told.steps, told.backs)
    store = setting.open(place.file, place.heads)
    journal = taken_up(store, someone, told)
    say(f"code {journal.code}")
    say(f"kept {told.steps} {journal.row.seq}")
    for number in range(told.steps + 1, until + 1):
        someone.at = someone.step() or someone.at
        journal.take(someone.at)
        say(f"kept {number} {journal.row.seq}")
    say(LAST)
    journal.close()
    store.close()


def warm(setting: Setting) -> None:
    """Have everything loaded that a run needs, so that forked processes begin with it."""
    with TemporaryDirectory(dir=setting.folder) as folder:
        place, lines = Place(Path(folder)), list[str]()
        talk(setting, place, Told(0), 5, lines.append)
        stands(setting, place, Told(0).after(lines))
    gc.collect()
    gc.freeze()  # so that a fork's first collection does not copy all of it


def whole(store: CaseStore) -> Iterator[str]:
    """What is wrong with a store as such."""
    if store.warning:
        yield f"opening warned: {store.warning}"
    yield from (f"verify: {finding.text}" for finding in Verification(store).findings())


def stands(setting: Setting, place: Place, told: Told) -> Stands:
    """Open the store as the app does, take the conversation up by its code, and compare with what was told."""
    try:
        store = setting.open(place.file, place.heads)
        found = _standing(setting, store, told)
        store.close()
    except TriageError as error:
        return Stands(told, [f"{type(error).__name__}: {error}"])
    return found


def _standing(setting: Setting, store: CaseStore, told: Told) -> Stands:
    found = Stands(told, list(whole(store)))
    rows = list(store.rows())
    if not told.code:
        if len(rows) > 1:
            found.wrong.append(f"{len(rows)} cases where one at most was begun")
        return found
    row = store.find(secret_of(told.code))
    if row is None:
        found.wrong.append("the code finds nothing")
        return found
    if row.seq < told.seq:
        found.wrong.append(f"{told.steps} steps were noted with {told.seq} events; {row.seq} are kept")
        return found
    # More than was told is what was on its way: the next step, or that it was taken up again.
    found.was_ahead = row.seq > told.seq
    steps = told.steps + (found.was_ahead and told.is_back)
    backs = (*told.backs, steps)
    someone = steps_of(setting.pack, told.seed, steps, backs)
    expected = someone.at
    journal = taken_up(store, someone, told)
    if not alike(someone.at, expected):
        found.wrong.append(f"after {steps} steps it stood at '{expected.state}', and now at '{someone.at.state}'")
    found.wrong += [f"after it was taken up, {line}" for line in whole(store)]
    found.told = replace(told, steps=steps, seq=journal.row.seq, is_back=False, backs=backs)
    journal.close()
    return found
