"""The app as people run it: a fault in it is told in plain words, and the conversation goes on from where it stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import RenderableType
from textual.message import Message

from chatbot.tui.app import TriageApp
from chatbot.tui.screens.crash import CrashScreen

if TYPE_CHECKING:
    from chatbot.interview.conversation import Conversation

# How often a fault may come back before anything more is answered; after that the app ends.
MOST = 3
# One fault is often met again while what shows it is taken away; more than this is no echo.
ECHOES = 50


class GuardedApp(TriageApp):
    """Shows what to do in an emergency in place of a traceback, which would show what was said, too.

    `crashing` is true from a fault until somebody goes on from it.
    """

    crashing = False
    _is_told = False
    _echoes = 0
    _faults = 0
    _stood: tuple[Conversation | None, ...] = ()

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
        if self.crashing and not self._is_told and self._echoes < ECHOES:
            self._echoes += 1
            return
        again = self.crashing
        self.crashing = True
        if self._stood != (self.conversation,):
            self._stood, self._faults = (self.conversation,), 0
        self._faults += 1
        if again or self._faults > MOST:
            self.give_up()
        else:
            self.call_next(self.show_crash)

    def panic(self, *renderables: RenderableType) -> None:  # noqa: ARG002 # tracebacks, which nobody is shown
        """End: keys can no longer be read."""
        self.crashing = True
        self.give_up()

    def give_up(self) -> None:
        """End; whoever started the app says what to do in an emergency."""
        self.exit(1, return_code=1)

    def action_leave(self) -> None:
        """Leave; from a fault as what it is."""
        if isinstance(self.screen, CrashScreen):
            self.give_up()
        else:
            super().action_leave()

    def show_crash(self) -> None:
        """Put the words for a fault in place of everything that is shown."""
        self._waiting = None
        try:
            self.pace.hide()
            self._uncover(2)
            screen = CrashScreen()
            if len(self.screen_stack) > 1:
                self.switch_screen(screen)
            else:
                self.push_screen(screen)
        except Exception:  # not even that can be shown
            self.give_up()

    def told(self, settle: float) -> None:
        """A person can read now what happened; a fault from here on ends the app."""
        self._is_told = True
        self.pace.show(settle)

    def go_on(self) -> None:
        """Build the screen for where the conversation stands anew; before it has begun, the start."""
        self.crashing = self._is_told = False
        self._echoes = 0
        self.pop_screen()
        if self.conversation is not None:
            self.watch_conversation(self.conversation)
            return
        start = self.get_default_screen()
        self.push_screen(start)
        # The library has no other way to replace its first screen.
        self.call_next(self._screen_stack.pop(0).remove)
        if self.pack is not None:
            start.call_later(self.loaded, self.pack)
