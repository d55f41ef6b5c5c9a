"""A fault in the app: what the person is told, that nothing said is shown or lost, and how the app then ends."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

from chatbot.errors import InputError, PackError, Problem
from chatbot.packs.pack import Pack
from chatbot.tui import launch
from chatbot.tui.app import Start
from chatbot.tui.crash_guard import MOST, GuardedApp
from chatbot.tui.screens.crash import CrashScreen
from chatbot.tui.screens.question_screen import QuestionScreen
from chatbot.tui.screens.start import StartScreen
from tests.support.driving import Driven, Instant, in_order, running
from tests.support.person import TODAY

SAID = "something a person said"
EMERGENCY = "Call 999 or go to A&E now."


class FaultError(Exception):
    """What goes wrong in these tests; its text is personal."""


def fail(*_: object) -> None:
    """Go wrong."""
    said = SAID
    raise FaultError(said)


async def fail_later(*_: object) -> None:
    """Go wrong in a task."""
    fail()


class Unbuilt(ModalScreen[None]):
    """A screen that cannot be built."""

    def compose(self) -> ComposeResult:
        """Go wrong."""
        fail()
        yield Static()


class Unmounted(ModalScreen[None]):
    """A screen that cannot be shown."""

    def on_mount(self) -> None:
        """Go wrong."""
        fail()


class Unpainted(Static):
    """A widget that cannot be painted, however often it is tried."""

    def render(self) -> str:
        """Go wrong."""
        fail()
        return ""


class Unheard(Static):
    """A widget that goes wrong at a key."""

    can_focus = True

    def on_key(self) -> None:
        """Go wrong."""
        fail()


async def heard(app: Driven) -> None:
    """A key for a widget that goes wrong at keys."""
    await app.screen.mount(widget := Unheard())
    widget.focus()
    await app.keys("x")


FAULTS: dict[str, Callable[[Driven], object]] = {
    "an action": lambda app: app.keys("f2"),
    "an action of the app": lambda app: app.app.call_next(fail),
    "a screen's message": lambda app: app.screen.call_later(fail),
    "a screen after painting": lambda app: app.screen.call_after_refresh(fail),
    "a widget's key": heard,
    "painting": lambda app: app.screen.mount(Unpainted()),
    "building a screen": lambda app: app.app.push_screen(Unbuilt()),
    "showing a screen": lambda app: app.app.push_screen(Unmounted()),
    "a timer": lambda app: app.screen.set_timer(0.001, fail),
    "a worker": lambda app: app.app.run_worker(fail_later()),
    "a thread": lambda app: app.app.run_worker(fail, thread=True),
}


@asynccontextmanager
async def guarded(pack: Pack, who: str = "1", size: tuple[int, int] = (80, 24)) -> AsyncIterator[Driven]:
    """The app as people run it, at its first question, or at its start when no key says who answers."""
    app = GuardedApp(Start(lambda: pack, country="gb", today=TODAY), Instant())
    async with app.run_test(size=size):
        driven = Driven(app)
        while app.pack is None:
            await asyncio.sleep(0.001)
        await driven.settle()
        await driven.keys(*who)
        yield driven


async def reach(app: Driven, kind: type) -> None:
    """Wait until a kind of screen is shown and painted; behind the one for faults nothing may ever come to rest."""
    for _ in range(5_000):
        if kind is CrashScreen and app.app.guard.is_told:
            return
        if kind is not CrashScreen and isinstance(app.screen, kind):
            await app.settle()
            return
        await asyncio.sleep(0.001)
    raise AssertionError(f"{app.screen} is shown")


@pytest.fixture(autouse=True)
def faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key that says why a question is asked goes wrong."""
    monkeypatch.setattr(QuestionScreen, "action_why", fail)


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_fault_anywhere_is_told_in_words_and_the_same_question_comes_back(pack: Pack, fault: str) -> None:
    async with guarded(pack) as app:
        await app.keys("2", "2")
        before, rows = app.conversation, app.text
        if asyncio.iscoroutine(going := FAULTS[fault](app)):
            await going
        await reach(app, CrashScreen)
        assert in_order(
            app.text,
            EMERGENCY,
            "This program has a fault. It is nothing you did.",
            "Your answers so far are still here.",
            "Enter go on from the same question",
            "Ctrl+Q close; your answers are then forgotten",
        )
        assert SAID not in app.text
        assert "Error" not in app.text
        await app.keys("enter")
        await reach(app, QuestionScreen)
        assert app.conversation is before
        assert app.text == rows
        await app.keys("2")
        assert len(app.conversation.current_replies) == 3
        assert not app.app.guard.crashing


@pytest.mark.parametrize("fault", [name for name in FAULTS if name != "an action"])
async def test_a_fault_before_the_first_question_begins_again(pack: Pack, fault: str) -> None:
    async with guarded(pack, "") as app:
        if asyncio.iscoroutine(going := FAULTS[fault](app)):
            await going
        await reach(app, CrashScreen)
        assert in_order(app.text, "If you feel very unwell", "No question has been asked yet.", "Enter begin again")
        await app.keys("enter")
        await reach(app, StartScreen)
        assert "Low back pain" in app.text
        assert EMERGENCY in app.text
        await app.keys("1")
        await reach(app, QuestionScreen)
        assert [type(screen) for screen in app.app.screen_stack] == [StartScreen, QuestionScreen]


async def test_the_emergency_sentence_stands_in_a_double_box(pack: Pack) -> None:
    async with guarded(pack, size=(40, 15)) as app:
        await app.keys("f2")
        await reach(app, CrashScreen)
        assert app.row_of("╔") < app.row_of("If you feel very unwell") < app.row_of("╚") < app.row_of("fault")


async def test_leaving_a_fault_ends_as_one(pack: Pack) -> None:
    async with guarded(pack) as app:
        await app.keys("f2")
        await reach(app, CrashScreen)
        await app.keys("ctrl+q")
        assert app.app.return_code == 1
        assert launch._ended(app.app, 0).code == 1


async def test_nothing_else_works_while_a_fault_is_told(pack: Pack) -> None:
    async with guarded(pack) as app:
        await app.keys("f2")
        await reach(app, CrashScreen)
        await app.keys("escape", "2", "f3", "f9", "y", "space")
        assert isinstance(app.screen, CrashScreen)
        assert not app.conversation.interview.case.answers


async def test_a_fault_while_one_is_told_ends_the_app(pack: Pack) -> None:
    async with guarded(pack) as app:
        await app.keys("f2")
        await reach(app, CrashScreen)
        app.app.screen.call_later(fail)
        await app.settle()
        assert app.app.return_code == 1
        said = launch._ended(app.app, 0)
        assert said.code == 1
        assert EMERGENCY in said.words[0]
        assert said.words[1] == "This program has a fault and stopped. Your answers were not saved."


async def test_a_fault_that_keeps_coming_ends_the_app(pack: Pack) -> None:
    async with guarded(pack) as app:
        for _ in range(MOST):
            await app.keys("f2")
            await reach(app, CrashScreen)
            await app.keys("enter")
            await reach(app, QuestionScreen)
        await app.keys("f2")
        assert app.app.return_code == 1
        assert app.app.guard.crashing


async def test_a_fault_now_and_then_does_not(pack: Pack) -> None:
    async with guarded(pack) as app:
        for _ in range(MOST + 2):
            await app.keys("f2")
            await reach(app, CrashScreen)
            await app.keys("enter")
            await reach(app, QuestionScreen)
            await app.keys("2")
        assert app.app.return_code is None


async def test_when_keys_can_no_longer_be_read_the_app_ends_without_a_traceback(pack: Pack) -> None:
    async with guarded(pack) as app:
        app.app.panic("a traceback")
        await app.settle()
        assert app.app.return_code == 1
        assert app.app._exit_renderables == []


async def test_in_tests_of_other_things_a_fault_is_one(pack: Pack) -> None:
    with pytest.raises(FaultError):
        async with running(pack) as app:
            await app.keys("f2")


async def test_a_storm_of_sizes_leaves_what_was_there(pack: Pack) -> None:
    async with guarded(pack) as app:
        rows = app.text
        for step in range(120):
            size = Size(1 + step * 37 % 160, 1 + step * 23 % 60)
            app.app.post_message(events.Resize(size, size))
            await asyncio.sleep(0)
        await app.resize(80, 24)
        assert app.text == rows


async def test_a_small_window_can_be_left_by_its_key_alone(pack: Pack) -> None:
    async with guarded(pack) as app:
        await app.resize(20, 10)
        await app.keys("ctrl+q", "ctrl+q")
        assert app.app.return_code == 0


async def test_what_was_asked_for_and_is_not_there_comes_back_to_who_asked(pack: Pack) -> None:
    problem = PackError([Problem("pack.yaml", 1, "P003", "'id' is needed")])
    async with guarded(pack) as app:
        for failure, code, words in ((problem, 2, 1), (InputError("no"), 1, 0), (FaultError(SAID), 1, 2)):
            app.app.fail(failure)
            ended = launch._ended(app.app, 0)
            assert (ended.code, len(ended.words)) == (code, words)
            assert SAID not in "".join(ended.words)
            assert (ended.failure is None) == isinstance(failure, FaultError)
