"""A fault in the program: what to do in an emergency, and how to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from chatbot.tui.keys import bind, key_of
from chatbot.tui.messages import CrashSeen, WentOn

if TYPE_CHECKING:
    from chatbot.tui.face import Face


class CrashScreen(Screen[None]):
    """Built of as little as possible, since anything else may be what is broken."""

    BINDINGS: ClassVar[list[BindingType]] = [*bind("continue", "leave", "interrupt")]

    @property
    def triage(self) -> Face:
        """The app, as its screens see it."""
        return self.app  # type: ignore[return-value] # no app without this face shows it

    def compose(self) -> ComposeResult:
        """The emergency sentence, what happened, the two keys; where not even that can be said the app ends."""
        try:
            call, title, *rest = self.texts()
        except Exception:  # whoever started the app says it then
            self.app.exit(1, return_code=1)
            return
        with VerticalScroll(id="cover", can_focus=False):
            yield Static(Content(call), id="call", markup=False)
            yield Static(Content(title), id="title", markup=False)
            for text in rest:
                yield Static(Content(text), markup=False)

    def texts(self) -> tuple[str, ...]:
        """The texts that are said, in their order."""
        from chatbot.tui.face import emergency_sentence

        app = self.triage
        say, begun = app.words.say, app.conversation is not None
        names = {name: key_of(self.app.screen, name) for name in ("continue", "leave")}
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
        self.call_after_refresh(self.post_message, CrashSeen())

    def action_continue(self) -> None:
        """Go on from where the conversation stands."""
        if self.triage.pace.may_answer():
            self.post_message(WentOn())
