"""A fault in the program: what to do in an emergency, and how to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from chatbot.tui.keys import bind
from chatbot.tui.pace import SETTLE_EMERGENCY

if TYPE_CHECKING:
    from chatbot.tui.guarded import GuardedApp


class CrashScreen(Screen[None]):
    """Built of as little as possible, since anything else may be what is broken."""

    BINDINGS: ClassVar[list[BindingType]] = [*bind("continue", "leave", "interrupt")]

    @property
    def guarded(self) -> GuardedApp:
        """The app, by its own type."""
        return self.app  # type: ignore[return-value] # no other shows this

    def compose(self) -> ComposeResult:
        """The emergency sentence, what happened, the two keys; where not even that can be said the app ends."""
        try:
            call, title, *rest = self.texts()
        except Exception:  # whoever started the app says it then
            self.guarded.give_up()
            return
        with VerticalScroll(id="cover", can_focus=False):
            yield Static(Content(call), id="call", markup=False)
            yield Static(Content(title), id="title", markup=False)
            for text in rest:
                yield Static(Content(text), markup=False)

    def texts(self) -> tuple[str, ...]:
        """What is said, in its order."""
        from chatbot.tui.screens.reading import emergency_sentence

        app = self.guarded
        say, begun = app.words.say, app.conversation is not None
        names = {name: app.key_of(name) for name in ("continue", "leave")}
        width = max(map(len, names.values()))
        keys = {name: key.ljust(width) for name, key in names.items()}
        return (
            emergency_sentence(app),
            say("crash_title"),
            say("crash_kept" if begun else "crash_before"),
            say("crash_keys" if begun else "crash_keys_before", **keys),
        )

    def on_mount(self) -> None:
        """Take a key once this has stood long enough to be seen."""
        self.call_after_refresh(self.guarded.told, SETTLE_EMERGENCY)

    def action_continue(self) -> None:
        """Go on from where the conversation stands."""
        if self.guarded.pace.may_answer():
            self.guarded.go_on()
