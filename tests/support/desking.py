"""The worklist in a window, over a store of the test's own, with colleagues who work at the same store."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from chatbot.case import Mode
from chatbot.packs.pack import Pack
from chatbot.service.desk import Desk
from chatbot.service.journal import Journal
from chatbot.service.records import Records
from chatbot.service.saving import Session
from chatbot.storage.row import Row
from chatbot.tui.desk.desk_app import DeskApp
from chatbot.tui.options import Start
from tests.support.driving import TODAY, Driven, running, walked
from tests.support.memory_store import MemoryStore

# What a nurse presses in a simple call where nobody can be examined.
SIMPLE: Mapping[str, tuple[str, ...]] = {
    "right_now": ("0", "0"), "saddle_sensation": ("1",), "bladder_function": ("1",), "bowel_function": ("1",),
    "leg_symptom_side": ("1",), "sexual_function_change": ("1",), "balance_hands": ("0",), "fever_chills": ("1",),
    "age_years": ("4", "4", "enter"), "sex_at_birth": ("2",), "how_started": ("4", "enter"),
    "onset_days": ("5", "d", "enter"), "tummy_side_pee_skin": ("0",), "illnesses": ("0",), "infection_risk": ("0",),
    "medicines": ("0",), "pain_location": ("a", "enter"), "trend": ("1",), "pain_like": ("0",),
    "pain_severity_nprs": ("3",), "functional_limitation": ("1",), "stomach_kidney_heart": ("0",),
    "how_it_affects_you": ("0",), "exam_temp_c": ("r",), "muscle_spasm": ("1",), "check_answers": ("y",),
}  # fmt: skip


@dataclass
class Station(Driven):
    """A running worklist; `desk` is a colleague's way to the same store."""

    store: MemoryStore = field(default_factory=MemoryStore)
    pack: Pack | None = None
    pressed: int = 0

    async def press(self, *keys: str) -> None:
        """Press keys, each after what came of the one before, beside the screen too; they are counted."""
        for key in keys:
            self.pressed += 1
            await self.keys(key)
            await self.rest()

    async def rest(self) -> None:
        """Wait until nothing is done beside the screen any more."""
        calm = 0
        for _ in range(4_000):
            await asyncio.sleep(0.002)
            await self.settle()
            threads = [each for each in self.app.workers if each.is_running and each._thread_worker]
            calm = 0 if threads or _UNDER_WAY else calm + 1
            if calm > 2:
                return
        raise AssertionError("the app is never done")

    async def write(self, words: str) -> None:
        """Type words and press Enter."""
        await self.say(words)
        await self.rest()

    def colleague(self, login: str) -> Desk:
        """Somebody else at the same store."""
        assert self.pack is not None
        pack = self.pack
        return Desk(Records(self.store, self.store.now, login=login), lambda _: pack)

    @property
    def row(self) -> Row:
        """The only case there is."""
        (row,) = self.store.rows()
        return row

    def kinds(self, case: str = "") -> list[str]:
        """What happened to a case, event by event."""
        return [event.did.kind for event in self.colleague("eve").folder(case or self.row.case).events]


# What the app does in threads of its own, so that a test can wait for the end of it.
_UNDER_WAY: set[object] = set()
_IN_THREAD = asyncio.to_thread


async def _counted(act: Callable[..., Any], *given: object) -> Any:
    token = object()
    _UNDER_WAY.add(token)
    try:
        return await _IN_THREAD(act, *given)
    finally:
        _UNDER_WAY.discard(token)


def answered(
    store: MemoryStore, pack: Pack, who: Mode = "patient", says: Mapping[str, str] | None = None,
    reference: str = "", ago: timedelta = timedelta(), until: str = "",
) -> Journal:  # fmt: skip
    """Somebody who answered alone, so long ago; as far as a question where one is named."""

    def clock() -> datetime:
        return store.now() - ago

    way = []
    for at in walked(pack, who, says):
        way.append(at)
        if at.state in ("emergency", until):
            break
    journal = Records(store, clock).begin(pack, way[0], reference)
    for at in way[1:]:
        journal.take(at)
    journal.close()
    return journal


@asynccontextmanager
async def at_work(
    pack: Pack, store: MemoryStore | None = None, login: str = "ann", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Station]:
    """The worklist as it comes up."""
    store = store or MemoryStore()
    records = Records(store, store.now, login=login)
    asyncio.to_thread = _counted  # type: ignore[assignment] # the app calls it by this name
    _UNDER_WAY.clear()
    start = Start(lambda: pack, "nurse", "gb", today=TODAY, session=Session(records=records), load_named=lambda _: pack)
    async with running(pack, None, size, start=start, kind=DeskApp) as driven:
        station = Station(driven.app, store=store, pack=pack)
        while not station.app.failure and "[1 Waiting" not in station.text:
            await asyncio.sleep(0.01)
            await station.settle()
        try:
            yield station
        finally:
            asyncio.to_thread = _IN_THREAD


async def simple_call(station: Station) -> None:
    """The questions of a simple call, from the one at hand to the last."""
    for _ in range(60):
        conversation = station.app.conversation
        if conversation is None or conversation.state not in SIMPLE:
            return
        await station.press(*SIMPLE[conversation.state])
