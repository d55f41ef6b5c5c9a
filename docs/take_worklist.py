"""Takes the screenshots of the worklist in docs/screens from the real app: python docs/take_worklist.py [FOLDER]."""

import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from take_screenshots import CODE, DAY, FOLDER, FONT, NOON, NUMB, SORE_LEG, take_all
from textual.pilot import Pilot

from chatbot.interview.conversation import begin
from chatbot.interview.reading.parse_answer import ParsedAnswer
from chatbot.packs.pack import Pack
from chatbot.service.records import Records
from chatbot.service.saving import Session
from chatbot.tui.desk.desk_app import DeskApp
from chatbot.tui.key_timing import Pace
from chatbot.tui.options import Start
from tests.support.memory_store import MemoryStore

FEVER = SORE_LEG | {"leg_symptom_side": "neither leg", "fever_chills": "yes"}
# Who waits: what they are called, how long, and what they said.
PEOPLE = (
    ("room 4", 3, SORE_LEG | NUMB),
    ("phone 12", 35, FEVER),
    ("phone 15", 50, SORE_LEG),
    ("walk-in 3", 110, SORE_LEG | {"leg_symptom_side": "neither leg"}),
)
OPENERS = ("1", "enter", "2", "1")
# One that was lowered needs all emergency checks first, so it is the one with a fever.
LOWERED = ("down", "enter", "c", *OPENERS)
VIEWS: dict[str, tuple[str, ...]] = {
    "worklist": (),
    "worklist-case": ("enter",),
    "call-openers": ("n", "1", "enter"),
    "call-checklist": ("down", "down", "enter", "c", *OPENERS, "enter", "enter"),
    "call-end": (*LOWERED, "*"),
    "call-override": (*LOWERED, "*", "o", "4", "1", "=", "enter"),
    "call-both-levels": (*LOWERED, "*", "o", "4", "1", "=", "enter", "9"),
    "call-note": (*LOWERED, "*", "1", "2", "v"),
}
WHY = "Seen by her own doctor this morning, no fever found"


@dataclass
class NoonStore(MemoryStore):
    """A store at which it is always noon."""

    def now(self) -> datetime:
        """Noon."""
        return NOON


def waiting(pack: Pack) -> MemoryStore:
    """A store in which some people have answered alone."""
    store, names = NoonStore(login="ann"), count(1)
    for reference, ago, says in PEOPLE:

        def clock(ago: int = ago) -> datetime:
            return NOON - timedelta(minutes=ago)

        records = Records(store, clock, name=lambda: f"case-{next(names)}", secret=lambda: CODE + next(names))
        at = begin(pack.plan, pack.wording(), "patient", "gb", DAY)
        journal = records.begin(pack, at, reference)
        while at.asked is not None or at.state == "check_answers":
            asked = at.asked
            if asked is None:
                at = at.confirm()
            else:
                found = at.read(asked, says.get(at.state, "none of these" if asked.is_list else "not sure"))
                found = found if isinstance(found, ParsedAnswer) else at.read(asked, "not sure")
                if not isinstance(found, ParsedAnswer):
                    raise ValueError(f"nothing said at {at.state} is understood")
                at = at.answer(found)
            journal.take(at)
        journal.close()
    return store


async def confirm_all(app: DeskApp, pilot: Pilot[int]) -> None:
    """Confirm what the person said, and answer the rest."""
    while (at := app.conversation) is not None and (at.asked is not None or at.state == "check_answers"):
        if at.asked is None:
            await pilot.press("y")
        elif at.state in at.previous_answers:
            await pilot.press("enter")
        else:
            await pilot.press({"lines": "0", "many": "0", "ticks": "0", "number": "x"}.get(at.asked.question.kind, "1"))
        await pilot.pause(0.05)
        if app.conversation is at:
            raise ValueError(f"nothing happens at {at.state}")


async def take(pack: Pack, name: str, size: tuple[int, int]) -> str:
    """One picture as SVG."""
    store = waiting(pack)
    records = Records(store, store.now, name=lambda: "case-new", secret=lambda: CODE, login="ann")
    start = Start(lambda: pack, "nurse", "gb", today=DAY, session=Session(records=records), load_named=lambda _: pack)
    app = DeskApp(start, Pace(0, 0))
    async with app.run_test(size=size) as pilot:
        while not app.screen.query("#parts") or "Waiting" not in str(app.screen.query_one("#parts").render()):
            await pilot.pause(0.1)
        for key in VIEWS[name]:
            if key == "*":
                await confirm_all(app, pilot)
            elif key == "=":
                app.screen.query_one("#typed").value = WHY
            else:
                await pilot.press(key)
            await pilot.pause(0.25)
        await pilot.pause(0.5)
        return FONT.sub("", app.export_screenshot(title="Triage worklist"))


if __name__ == "__main__":
    take_all(Path(*sys.argv[1:2]) if sys.argv[1:] else FOLDER, VIEWS, take)
