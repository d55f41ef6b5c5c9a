"""The app and the store: kept before it is shown, come back to by a code, and told when it cannot be."""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chatbot.errors import StorageError, UnreachableError
from chatbot.packs.pack import Pack
from chatbot.service import saving as sessions
from chatbot.service.records import Records
from chatbot.service.saving import Session
from chatbot.storage.chain import Head
from chatbot.storage.events import read_event
from chatbot.storage.row import Row
from chatbot.tui import autosave
from chatbot.tui.crash_guard import GuardedApp
from chatbot.tui.options import Start
from chatbot.tui.screens import save_failed
from chatbot.tui.screens.summary_screen import SummaryScreen
from tests.support.driving import Driven, running
from tests.support.memory_store import MemoryStore
from tests.support.person import TODAY

SECRETS = (0x2AB3C4D5E6F, 0x1234567890A, 0x7777777777A)


class Store(MemoryStore):
    """In memory, refusing to write while it is told to; `is_remote` makes the app keep beside its drawing."""

    refuses: StorageError | None = None
    seen: list[str]

    def append(self, row: Row, bodies: object) -> Head:  # type: ignore[override]
        if self.refuses is not None:
            raise self.refuses
        return super().append(row, bodies)  # type: ignore[arg-type]

    def begin(self, row: Row, bodies: object) -> Head:  # type: ignore[override]
        if self.refuses is not None:
            raise self.refuses
        return super().begin(row, bodies)  # type: ignore[arg-type]


@pytest.fixture(params=[False, True], ids=["near", "far"])
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """What every session opens."""
    found = Store(is_remote=request.param, place="postgresql+psycopg://here/cases")
    secrets = iter(SECRETS)
    records = Records(found, lambda: datetime(2026, 3, 2, 9, 30, tzinfo=UTC), secret=lambda: next(secrets))
    monkeypatch.setattr(sessions, "opened", lambda _: records)
    monkeypatch.setattr(save_failed, "AGAIN", 0.02)
    return found


def start(pack: Pack, resume: str = "") -> Start:
    """As the command starts it."""
    return Start(lambda: pack, country="gb", today=TODAY, session=Session(), resume=resume)


async def until(app: Driven, seen: Callable[[], bool]) -> None:
    """Wait for what happens beside the app."""
    for _ in range(500):
        await app.settle()
        if seen():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never happens:\n" + "\n".join(app.rows))


def kinds(store: Store) -> list[str]:
    """What the record of the only case says was done."""
    (row,) = store.rows()
    done = [read_event(event.body).did.kind for event in store.events(row.case)]
    return [kind for kind in done if not kind.startswith("replied")]  # the lines, before the list is answered


async def begun(app: Driven) -> str:
    """Begin as a patient; the code that is shown."""
    await app.keys("1")
    await until(app, lambda: app.topic == "question" and "code to come back" in app.notice)
    return app.notice.rpartition(": ")[2]


async def test_the_first_question_comes_with_the_code_to_come_back(pack: Pack, store: Store) -> None:
    async with running(pack, None, (100, 50), start=start(pack)) as app:
        assert "your answers are not saved" not in app.text
        code = await begun(app)
        assert len(code) == 14
        assert kinds(store) == ["started"]


async def test_a_carer_reads_whose_answers_are_wanted_beside_the_code(pack: Pack, store: Store) -> None:  # noqa: ARG001 # opened
    """The code took the place of that sentence, so that no carer whose answers were kept ever read it."""
    for size in ((80, 24), (40, 15)):
        async with running(pack, "carer", size, start=start(pack)) as app:
            await until(app, lambda: app.topic == "question" and "code to come back" in app.notice)
            assert app.notice.startswith("Answer for the person you are helping. Ask them, in private if you can.")
            assert "If you cannot ask, say not sure. Your code to come back:" in app.text


async def test_an_answer_is_kept_before_the_next_question_is_shown(pack: Pack, store: Store) -> None:
    async with running(pack, None, (100, 50), start=start(pack)) as app:
        await begun(app)
        first = app.state
        await app.say("none of these")
        await until(app, lambda: app.state != first and app.screen.conversation is app.conversation)  # type: ignore[attr-defined]
        assert kinds(store) == ["started", "went_through"]


async def test_a_code_brings_back_the_very_question(pack: Pack, store: Store) -> None:
    async with running(pack, None, (100, 50), start=start(pack)) as app:
        code = await begun(app)
        await app.say("none of these")
        await until(app, lambda: kinds(store)[-1] == "went_through")
        stood = app.state
        app.app.start.session.close_case()
    async with running(pack, None, (100, 50), start=start(pack)) as app:
        await app.keys("4")
        await until(app, lambda: app.topic == "resume")
        await app.type(code.lower().replace("-", " "))
        await app.keys("enter")
        await until(app, lambda: app.topic == "question")
        assert app.state == stood
        assert "You began this on 2026-03-02" in app.notice
    async with running(pack, None, (100, 50), start=start(pack)) as app:
        await app.keys("4")
        await until(app, lambda: app.topic == "resume")
        await app.type(code)
        await app.keys("enter")
        await until(app, lambda: "open in another window" in app.text)
        assert app.app.conversation is None


async def test_a_wrong_code_is_said_where_it_was_typed(pack: Pack, store: Store) -> None:  # noqa: ARG001 # opened
    async with running(pack, None, (100, 50), start=start(pack)) as app:
        await app.keys("4")
        await until(app, lambda: app.topic == "resume")
        await app.say("2222-2222-2222")
        await until(app, lambda: "no interview with this code" in app.text)
        await app.say("nonsense")
        await until(app, lambda: "a code has no" in app.text)
        await app.keys("escape")
        assert app.topic == "start"


async def test_what_cannot_be_saved_stays_and_goes_on_by_itself(pack: Pack, store: Store) -> None:
    async with running(pack, None, (100, 50), start=start(pack)) as app:
        await begun(app)
        first = app.state
        store.refuses = UnreachableError("the disk is full")
        await app.say("none of these")
        await until(app, lambda: app.topic == "saving")
        assert "the disk is full" in app.text
        assert "None of these" in app.text
        assert "If you feel very unwell" in app.text
        assert kinds(store) == ["started"]
        store.refuses = None
        await until(app, lambda: app.topic == "question")
        assert app.state != first
        assert kinds(store) == ["started", "went_through"]
        await until(app, lambda: "saved again" in app.notice)


async def test_nobody_has_to_wait_for_saving_and_then_it_says_so(pack: Pack, store: Store) -> None:
    async with running(pack, None, (100, 50), start=start(pack)) as app:
        await begun(app)
        store.refuses = UnreachableError("the disk is full")
        await app.say("none of these")
        await until(app, lambda: app.topic == "saving")
        await app.keys("2")
        assert app.topic == "saving"
        await app.keys("9")
        await until(app, lambda: app.topic == "question")
        assert "NOT SAVED" in app.text
        await app.say("1")
        await until(app, lambda: app.screen.conversation is app.conversation)  # type: ignore[attr-defined]
        assert app.topic == "question"
        await app.keys("ctrl+q")
        assert "Your last answers are not saved: the disk is full" in app.text
        await app.keys("escape")
        store.refuses = None
        await app.say("1")
        await until(app, lambda: "saved again" in app.notice)
        assert "NOT SAVED" not in app.text
        assert kinds(store) == ["started", "went_through", "answered", "answered"]


async def test_an_emergency_waits_for_no_disk(pack: Pack, store: Store) -> None:
    async with running(pack, None, (100, 50), start=start(pack)) as app:
        await begun(app)
        store.refuses = UnreachableError("the disk is full")
        await app.keys("1")
        await until(app, lambda: app.topic == "emergency")
        assert "EMERGENCY ADVICE" in app.text
        await until(app, lambda: "not being saved" in app.text)


async def test_a_store_that_never_was_is_said_at_the_start(
    pack: Pack, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(_: str) -> Records:
        raise UnreachableError(f"answers cannot be kept in '{tmp_path}': the folder cannot be written to")

    monkeypatch.setattr(sessions, "opened", refuse)
    async with running(pack, None, (120, 40), start=start(pack)) as app:
        await until(app, lambda: "because they cannot be" in app.text)
        await app.keys("1")
        await until(app, lambda: app.topic == "question")
        assert "NOT SAVED" in app.text


async def test_the_summary_has_its_check_code(pack: Pack, store: Store) -> None:
    async with running(pack, None, (100, 60), start=start(pack)) as app:
        await begun(app)
        await app.keys("ctrl+q", "2")
        await until(app, lambda: app.topic == "summary")
        (row,) = store.rows()
        await app.keys("end")
        assert app.app.start.session.check_code == row.at.code
        summary = app.app.screen
        assert isinstance(summary, SummaryScreen)
        assert f"Check code of this record: {row.at.code}" in summary.documents()["md"].decode()
        assert kinds(store) == ["started", "stopped", "completed"]


async def test_starting_again_is_another_case(pack: Pack, store: Store) -> None:
    async with running(pack, None, (100, 50), start=start(pack)) as app:
        code = await begun(app)
        await app.keys("ctrl+q", "2")
        await until(app, lambda: app.topic == "summary")
        await app.keys("f10")
        await until(app, lambda: app.topic == "again")
        assert code in app.text
        await app.keys("2")
        await until(app, lambda: app.topic == "start")
        assert await begun(app) != code
        assert len(list(store.rows())) == 2


async def test_what_nobody_waits_for_is_saved_by_itself(
    pack: Pack, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "RETRY", 0.02)
    async with running(pack, None, (100, 50), start=start(pack)) as app:
        await begun(app)
        store.refuses = UnreachableError("the disk is full")
        await app.say("none of these")
        await until(app, lambda: app.topic == "saving")
        await app.keys("9")
        await until(app, lambda: "NOT SAVED" in app.text)
        store.refuses = None
        await until(app, lambda: "saved again" in app.notice)
        assert "NOT SAVED" not in app.text
        assert kinds(store) == ["started", "went_through"]


async def test_a_fault_while_looking_for_a_code_is_told_in_words(
    pack: Pack, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(code: str) -> None:
        raise KeyError(code)

    monkeypatch.setattr(store, "find", broken)
    async with running(pack, None, start=start(pack), kind=GuardedApp) as app:
        await app.keys("4")
        await until(app, lambda: app.topic == "resume")
        await app.say("2222-2222-2222")
        await until(app, lambda: "This program has a fault" in app.text)
        assert "2222" not in app.text


def test_nothing_that_takes_time_is_loaded_before_the_first_screen() -> None:
    program = (
        "import sys, chatbot.tui.launch as run\n"
        "heavy = {'pydantic', 'yaml', 'sqlalchemy', 'alembic', 'transitions', 'rapidfuzz', 'chatbot.packs.load'}\n"
        "run.why_lines = lambda: None\n"
        "run.run = lambda wish: print(sorted(heavy & set(sys.modules))) or run.Ended()\n"
        "from chatbot.cli import main\n"
        "main(['interview', '--reference', 'bed 4'])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "[]\n"


async def test_records_that_were_set_aside_are_said_at_the_start(pack: Pack, store: Store) -> None:
    store.warning = "the records were damaged; the damaged file is kept as 'cases.damaged-1.sqlite'"
    begun_with = Start(lambda: pack, country="gb", today=TODAY, session=Session())
    async with running(pack, None, (100, 50), start=begun_with) as app:
        await until(app, lambda: "cases.damaged-1.sqlite" in app.text)
        await begun(app)
