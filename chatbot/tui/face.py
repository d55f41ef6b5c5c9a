"""What screens and what the app holds may ask of the app: its face, without the app itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from chatbot.texts.read import texts_for

if TYPE_CHECKING:
    from chatbot.interview.conversation import Conversation
    from chatbot.packs.pack import Pack
    from chatbot.tui.key_timing import Pace
    from chatbot.tui.options import Start
    from chatbot.tui.result import Result
    from chatbot.tui.words import Words


class Shown(Protocol):
    """A screen that shows where the conversation stands."""

    conversation: Conversation | None

    def tell(self, text: str, error: bool = False) -> None:
        """Say something about what was done."""

    def renew_place(self) -> None:
        """Say once more what stands above the page."""


class Face(Protocol):
    """The app as its screens see it: where the conversation stands, its words and pace, and what works everywhere."""

    conversation: Conversation | None
    words: Words
    pack: Pack | None
    start: Start
    pace: Pace
    wants_summary: bool
    has_list: bool

    @property
    def beside(self) -> str:
        """The text before the place of a question."""

    @property
    def stage(self) -> Shown | None:
        """The screen of the conversation, under whatever stands before it."""

    def set_reactive(self, reactive: Any, value: Any) -> None:
        """Set something, and tell nobody."""

    def show(self, conversation: Conversation) -> None:
        """Show where the conversation stands."""

    def result(self) -> Result:
        """The result of where the conversation stands, and what can be asked about it."""

    def change(self, question: str | None) -> None:
        """Ask a question again."""

    def action_help(self) -> None:
        """Help for the screen that is shown."""

    def action_leave(self) -> None:
        """Ask what is to become of the answers."""

    def action_so_far(self) -> None:
        """Shows what was answered so far, each with its change."""

    def action_jump(self) -> None:
        """Any question that applies."""

    def action_note(self, question: str = "") -> None:
        """Write something beside the answers."""


def emergency_sentence(app: Face) -> str:
    """The sentence on what to do in an emergency, in the words of the country once they are known."""
    from chatbot.interview.reading.sanitise import harmless

    if app.conversation is None:
        return _at_the_start(app)
    texts, case = app.conversation.words, app.conversation.interview.case
    return harmless(texts.fill(texts_for(case.mode, app.words.language).say("emergency_sentence"), case.country))


def _at_the_start(app: Face) -> str:
    """The emergency sentence where the country that was chosen at the start is all that is known."""
    from chatbot.interview.reading.sanitise import harmless

    stack = getattr(app, "screen_stack", ())
    start = stack[0] if stack else None
    country, language = getattr(start, "country", ""), getattr(start, "language", "")
    if app.pack is None or not country:
        return app.words.say("start_emergency")
    texts = app.pack.wording(language)
    return harmless(texts.fill(app.words.say("emergency_sentence"), country))
