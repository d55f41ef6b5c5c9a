"""What all screens share: the app by its own type, texts that are never markup, lines under a cursor."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from chatbot.interview.reading.sanitise import harmless
from chatbot.tui.face import Face, emergency_sentence
from chatbot.tui.key_timing import SETTLE
from chatbot.tui.keys import key_of
from chatbot.tui.widgets.answers import AnswerList

if TYPE_CHECKING:
    from textual._path import CSSPathType

    from chatbot.tui.words import Words

Result = TypeVar("Result")

# What the first screen looks like, and all others.
FIRST_STYLES, STYLES = (Path(__file__).parents[1] / name for name in ("start.tcss", "app.tcss"))
# From this height on there is room for empty rows between what belongs apart.
ROOMY = 20
# What can be done where nothing else can be seen.
_ALWAYS = ("leave", "interrupt", "clear", "suspend")


class TooSmall(Static):
    """Covers a screen for which the window has no room; what is under it keeps the focus."""

    DEFAULT_CSS = """
    TooSmall { layer: over; width: 100%; height: 100%; background: $background; display: none; }
    TooSmall.-shown { display: block; }
    """


class Ours(Screen[Result]):
    """A screen of this app; where the window is too small for it, it says so and takes no key that answers."""

    # Scrolled text that is narrower than a scrollbar would be laid out for ever, by turns with and without one.
    DEFAULT_CSS = """
    Ours { layers: default over; }
    Ours VerticalScroll, Ours AnswerList { min-width: 12; }
    """
    # Read before the first of them is shown; the start does without.
    CSS_PATH: ClassVar[CSSPathType | None] = STYLES
    LEAST = Size(40, 15)

    def on_mount(self) -> None:
        """A screen may come up in a small window."""
        self.cover()

    def on_resize(self) -> None:
        """The window may have become small, or large again."""
        self.cover()

    def cover(self) -> None:
        """Cover everything, or show it again and take no answer before it has been seen."""
        if self.is_small and not self.query(TooSmall):
            self.mount(TooSmall(markup=False))
        self.set_class(self.app.size.height < ROOMY, "-low")
        for cover in self.query(TooSmall):
            if self.is_small:
                cover.update(Content(harmless(self.instead())))
            elif cover.has_class("-shown") and self.is_current:
                self.settle(SETTLE["patient"])
            cover.set_class(self.is_small, "-shown")

    @property
    def is_small(self) -> bool:
        """True when the window has no room for this screen."""
        return self.app.size.width < self.LEAST.width or self.app.size.height < self.LEAST.height

    def refuses(self, key: str) -> bool:
        """True when a key would act on what cannot be seen."""
        if not self.is_small:
            return False
        found = self.active_bindings.get(key)
        return found is None or found.binding.id not in _ALWAYS

    def instead(self) -> str:
        """The result, if there is one, or what to do in an emergency, and how much room is needed."""
        from chatbot.tui.widgets.card import in_one_line

        conversation, least = self.triage.conversation, self.LEAST
        leave = key_of(self.app.screen, "leave")
        needed = self.words.say("small", width=least.width, height=least.height, leave=leave)
        if conversation is None or conversation.asked is not None or conversation.state == "check_answers":
            return f"{needed}\n{emergency_sentence(self.triage)}"
        return f"{in_one_line(self.triage.result().summary, self.words)}\n{needed}"

    @property
    def triage(self) -> Face:
        """The app, as its screens see it."""
        return self.app  # type: ignore[return-value] # no app without this face shows it

    @property
    def words(self) -> Words:
        """The texts in which the app speaks."""
        return self.triage.words

    @property
    def topic(self) -> str:
        """The name of the help text and of the key names that belong here."""
        return self.__class__.__name__.removesuffix("Screen").lower()

    def put(self, selector: str, text: str) -> None:
        """Show a text, which is never markup; an empty one takes no room."""
        static, content = self.query_one(selector, Static), Content(harmless(text))
        static.display = bool(text)
        if static.content != content:  # what says the same need not be laid out again
            static.update(content)

    def tell(self, text: str, error: bool = False) -> None:
        """Say something about what was done, where the screen has a place for it."""
        for notice in self.query("#notice"):
            notice.set_class(error, "-error")
            self.put("#notice", self.words.say("error", text=text) if error else text)

    def on_typed_line_too_long(self) -> None:
        """Says that a paste was cut."""
        self.tell(self.words.say("err_too_long"), error=True)

    def too_fast(self) -> None:
        """Say that a key came too fast to have been pressed by a person."""
        if self.query("#notice"):
            self.put("#notice", self.words.say("err_burst"))

    def settle(self, seconds: float, repeats: bool = False) -> None:
        """Take no answer before what is shown now is painted and has stood for a moment.

        `repeats` tells that the key that led here may act here as soon as any other.
        """
        self.triage.pace.hide()
        # By way of the app, behind whatever it still holds back from being painted.
        self.app.call_later(self.call_after_refresh, self.triage.pace.show, seconds, repeats)


class Modal(Ours[Result], ModalScreen[Result]):
    """A screen of this app that stands before another."""


class Choosing(Ours[Result]):
    """A screen with lines to choose from, by arrows and Enter, by their number, or by a click."""

    @abstractmethod
    def choose(self, line: str) -> None:
        """Do what a line says."""

    @property
    def answers(self) -> AnswerList:
        """The widget of the lines to choose from."""
        return self.query_one(AnswerList)

    def on_answer_list_picked(self, event: AnswerList.Picked) -> None:
        """Chooses the line that was clicked."""
        self.choose(event.line)

    def on_key(self, event: events.Key) -> None:
        """A line's label chooses it."""
        for line in self.answers.lines:
            if line.label and line.label == event.character:
                event.stop()
                self.choose(line.id)
                return

    def action_continue(self) -> None:
        """Choose the line under the cursor."""
        line = self.answers.current
        if line is not None:
            self.choose(line.id)

    def action_up(self) -> None:
        """Move to the line above."""
        self.answers.move(-1)

    def action_down(self) -> None:
        """Move to the line below."""
        self.answers.move(1)

    def action_page_up(self) -> None:
        """Move a screenful up."""
        self.answers.page(-1)

    def action_page_down(self) -> None:
        """A screenful down."""
        self.answers.page(1)


class ScrollScreen(Ours[Result]):
    """A screen with a text to scroll."""

    @property
    def scroller(self) -> VerticalScroll:
        """The widget that scrolls."""
        return self.query(VerticalScroll).first()

    def action_up(self) -> None:
        """Scroll a row up."""
        self.scroller.scroll_up(animate=False)

    def action_down(self) -> None:
        """Scroll a row down."""
        self.scroller.scroll_down(animate=False)

    def action_page_up(self) -> None:
        """Move a screenful up."""
        self.scroller.scroll_page_up(animate=False)

    def action_page_down(self) -> None:
        """A screenful down."""
        self.scroller.scroll_page_down(animate=False)
