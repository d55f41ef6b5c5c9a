"""The app as people run it: a fault in it is told in plain words, and the conversation goes on from where it stood."""

from __future__ import annotations

from typing import Literal

from rich.console import RenderableType
from textual import on
from textual.message import Message

from chatbot.tui.app import TriageApp
from chatbot.tui.key_timing import SETTLE_EMERGENCY, Pace
from chatbot.tui.messages import CrashSeen, WentOn
from chatbot.tui.options import Start
from chatbot.tui.screens.crash import CrashScreen

# How often a fault may come back before anything more is answered; after that the app ends.
MOST = 3
# One fault is often met again while what shows it is taken away; more than this is no echo.
ECHOES = 50


class CrashGuard:
    """The guard against faults.

    `crashing` is true from a fault until somebody goes on from it, `is_told` from when a person can read of it.
    """

    def __init__(self) -> None:
        self.crashing = self.is_told = False
        self._echoes = self._faults = 0
        self._stood: tuple[object, ...] = ()

    def meet(self, place: object) -> Literal["tell", "end", "wait"]:
        """A fault, met where the conversation stands: it is told, or an echo of one that will be, or the end."""
        if self.crashing and not self.is_told and self._echoes < ECHOES:
            self._echoes += 1
            return "wait"
        again, self.crashing = self.crashing, True
        if self._stood != (place,):
            self._stood, self._faults = (place,), 0
        self._faults += 1
        return "end" if again or self._faults > MOST else "tell"

    def go_on(self) -> None:
        """A person goes on, or what was wrong is gone."""
        self.crashing = self.is_told = False
        self._echoes = 0


class GuardedApp(TriageApp):
    """Shows what to do in an emergency in place of a traceback, which would show what was said, too."""

    def __init__(self, start: Start, pace: Pace | None = None) -> None:
        super().__init__(start, pace)
        self.guard = CrashGuard()

    async def _dispatch_message(self, message: Message) -> None:
        # The library's loop ends with a fault in the app itself; there is no other place to keep it going.
        try:
            await super()._dispatch_message(message)
        except Exception as error:  # whatever it is, a person is answering questions
            self._handle_exception(error)

    def _handle_exception(self, error: Exception) -> None:  # noqa: ARG002 # what went wrong may hold what was said
        # Every fault of a screen, widget, timer or worker comes here and nowhere else; the library's own method
        # prints the traceback with all values in it. What goes wrong while the app ends stops nobody any more.
        if self._exit:
            return
        todo = self.guard.meet(self.conversation)
        if todo == "tell":
            self.call_next(_show_crash, self)
        elif todo == "end":
            _give_up(self)

    def panic(self, *renderables: RenderableType) -> None:  # noqa: ARG002 # tracebacks, which nobody is shown
        """End: keys can no longer be read."""
        self.guard.crashing = True
        _give_up(self)

    def action_leave(self) -> None:
        """Leave; from a fault as what it is."""
        if isinstance(self.screen, CrashScreen):
            _give_up(self)
        else:
            super().action_leave()

    @on(CrashSeen)
    @on(WentOn)
    def met_crash(self, message: CrashSeen | WentOn) -> None:
        """A person can read now what happened, and a fault from here on ends the app; or they go on from it."""
        if not isinstance(self.screen, CrashScreen):
            return
        if isinstance(message, CrashSeen):
            self.guard.is_told = True
            self.pace.show(SETTLE_EMERGENCY)
        else:
            self.guard.go_on()
            _go_on(self)


def _give_up(app: TriageApp) -> None:
    """End; whoever started the app says what to do in an emergency."""
    app.exit(1, return_code=1)


def _show_crash(app: TriageApp) -> None:
    """Put the words for a fault in place of everything that is shown."""
    app.waiting = None
    try:
        app.pace.hide()
        app.uncover(2)
        screen = CrashScreen()
        if len(app.screen_stack) > 1:
            app.switch_screen(screen)
        else:
            app.push_screen(screen)
    except Exception:  # not even that can be shown
        _give_up(app)


def _go_on(app: TriageApp) -> None:
    """Build the screen for where the conversation stands anew; before it has begun, the start."""
    app.pop_screen()
    if app.conversation is not None:
        app.watch_conversation(app.conversation)
        return
    start = app.get_default_screen()
    app.push_screen(start)
    # The library has no other way to replace its first screen.
    app.call_next(app._screen_stack.pop(0).remove)  # noqa: SLF001
    if app.pack is not None:
        start.call_later(app.loaded, app.pack)
