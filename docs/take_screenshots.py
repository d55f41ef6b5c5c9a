"""Takes the screenshots in docs/screens from the real app: python docs/take_screenshots.py [FOLDER].

Every picture is reached by the keys a person would press. Fonts are left to whoever shows the picture, so that it asks
nobody for anything.
"""

import asyncio
import re
import sys
from collections.abc import Callable, Coroutine, Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from textual.pilot import Pilot

from chatbot.packs.load import load_pack
from chatbot.packs.pack import Pack
from chatbot.service.records import Records
from chatbot.service.saving import Session
from chatbot.tui.app import TriageApp
from chatbot.tui.key_timing import Pace
from chatbot.tui.options import Start
from tests.support.memory_store import MemoryStore

SIZES = ((80, 24), (120, 40))
DAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CODE = 0x52B7E19C3D4  # of whoever is in the pictures
FOLDER = Path(__file__).parent / "screens"
FONT = re.compile(r"@font-face\s*\{.*?\}", re.DOTALL)

# What a man of 40 with a sore leg answers; "no" to every line of a checklist.
SORE_LEG = {
    "saddle_sensation": "1", "bladder_function": "1", "bowel_function": "1", "leg_symptom_side": "left",
    "leg_weakness": "1", "leg_sensory_change": "1", "leg_symptom_extent": "foot", "neuro_course": "3",
    "sexual_function_change": "1", "age_years": "forty", "sex_at_birth": "male", "fever_chills": "no",
    "onset_days": "about three weeks", "trend": "getting better", "pain_severity_nprs": "4", "pain_location": "a, b",
    "functional_limitation": "1", "how_started": "none of these",
}  # fmt: skip
NUMB = {"saddle_sensation": "4", "cauda_symptom_timing": "1"}
# Name: who answers, what is said, and the question or ending at which the picture is taken, then keys.
VIEWS = {
    "start": ("", {}, "", ()),
    "checklist": ("1", SORE_LEG, "right_now", ("2", "2")),
    "question": ("1", SORE_LEG, "bladder_function", ("down",)),
    "body": ("1", SORE_LEG, "pain_location", ("a", ",", "b")),
    "emergency": ("1", NUMB, "emergency", ()),
    "leave": ("1", SORE_LEG, "bladder_function", ("ctrl+q",)),
    "resume": ("4", {}, "", ()),
    "check": ("1", SORE_LEG, "check_answers", ("down",)),
    "summary": ("1", SORE_LEG, "complete", ()),
    "nurse": ("3", SORE_LEG, "right_now", ("2", "2")),
    "nurse-summary": ("3", SORE_LEG, "complete", ()),
}


async def answer(app: TriageApp, pilot: Pilot[int], says: dict[str, str]) -> None:
    """Answer the question at hand by typing."""
    conversation = app.conversation
    asked = conversation.asked if conversation else None
    if asked is None:
        return
    if asked.question.kind == "lines":
        keys: Iterable[str] = ["2" for _ in asked.choices]
        await pilot.press(*keys)
    else:
        if asked.is_list:  # no line is denied before it was on the screen
            await pilot.press(*["pagedown"] * 6)
        typed = app.screen.query_one("#typed")
        app.screen.set_focus(typed)
        typed.value = says.get(asked.question.id, "none of these" if asked.is_list else "not sure")
        await pilot.press("enter")
        if app.conversation is conversation:  # a duration is confirmed
            typed.value = "yes"
    if app.conversation and app.conversation.state == asked.question.id and not app.conversation.interview.again:
        await pilot.press("enter")
    if app.conversation is conversation:
        raise ValueError(f"nothing typed at {asked.question.id} is understood")


async def take(pack: Pack, name: str, size: tuple[int, int]) -> str:
    """One picture as SVG."""
    who, says, until, keys = VIEWS[name]
    records = Records(MemoryStore(), lambda: NOON, name=lambda: "shown", secret=lambda: CODE)
    app = TriageApp(Start(lambda: pack, country="gb", today=DAY, session=Session(records=records)), Pace(0, 0))
    async with app.run_test(size=size) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press(*who)
        while app.conversation is not None and app.conversation.state not in (until, "emergency"):
            if app.conversation.state == "check_answers":
                await pilot.press("y")
            else:
                await answer(app, pilot, says)
        await pilot.press(*keys)
        await pilot.pause()
        return FONT.sub("", app.export_screenshot(title="Triage interview"))


def take_all(
    folder: Path, names: Iterable[str], take: Callable[[Pack, str, tuple[int, int]], Coroutine[None, None, str]]
) -> None:
    """Take pictures in every size."""
    folder.mkdir(parents=True, exist_ok=True)
    pack = load_pack()
    for name in names:
        for size in SIZES:
            file = folder / f"{name}-{size[0]}x{size[1]}.svg"
            file.write_text(asyncio.run(take(pack, name, size)) + "\n", encoding="utf-8")
            sys.stdout.write(f"{file.name}\n")


if __name__ == "__main__":
    take_all(Path(*sys.argv[1:2]) if sys.argv[1:] else FOLDER, VIEWS, take)
