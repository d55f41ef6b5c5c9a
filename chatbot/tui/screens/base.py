"""What all screens share: the app by its own type, texts that are never markup, lines under a cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual import events
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from chatbot.tui.widgets.answers import AnswerList

if TYPE_CHECKING:
    from chatbot.tui.app import TriageApp
    from chatbot.tui.words import Words

Result = TypeVar("Result")


class Ours(Screen[Result]):
    """A screen of this app."""

    @property
    def triage(self) -> TriageApp:
        """The app, by its own type."""
        return self.app  # type: ignore[return-value] # there is no other

    @property
    def words(self) -> Words:
        """The app's texts."""
        return self.triage.words

    @property
    def topic(self) -> str:
        """Which help text and key names belong here."""
        return self.__class__.__name__.removesuffix("Screen").lower()

    def put(self, selector: str, text: str) -> None:
        """Show a text, which is never markup; an empty one takes no room."""
        static = self.query_one(selector, Static)
        static.display = bool(text)
        static.update(Content(text))

    def too_fast(self) -> None:
        """Say that a key came too fast to have been pressed by a person."""
        if self.query("#notice"):
            self.put("#notice", self.words.say("err_burst"))

    def settle(self, seconds: float) -> None:
        """Take no answer before what is shown now is painted and has stood for a moment."""
        self.triage.pace.hide()
        self.call_after_refresh(self.triage.pace.show, seconds)


class Modal(Ours[Result], ModalScreen[Result]):
    """A screen of this app that stands before another."""


class Choosing(Ours[Result]):
    """A screen with lines to choose from, by arrows and Enter, by their number, or by a click."""

    def choose(self, line: str) -> None:
        """Do what a line says."""
        raise NotImplementedError

    @property
    def answers(self) -> AnswerList:
        """The lines."""
        return self.query_one(AnswerList)

    def on_answer_list_picked(self, event: AnswerList.Picked) -> None:
        """A click chooses."""
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
        """The line above."""
        self.answers.move(-1)

    def action_down(self) -> None:
        """The line below."""
        self.answers.move(1)

    def action_page_up(self) -> None:
        """A screenful up."""
        self.answers.page(-1)

    def action_page_down(self) -> None:
        """A screenful down."""
        self.answers.page(1)


class Reading(Ours[Result]):
    """A screen with a text to scroll."""

    @property
    def scroller(self) -> VerticalScroll:
        """What scrolls."""
        return self.query(VerticalScroll).first()

    def action_up(self) -> None:
        """A row up."""
        self.scroller.scroll_up(animate=False)

    def action_down(self) -> None:
        """A row down."""
        self.scroller.scroll_down(animate=False)

    def action_page_up(self) -> None:
        """A screenful up."""
        self.scroller.scroll_page_up(animate=False)

    def action_page_down(self) -> None:
        """A screenful down."""
        self.scroller.scroll_page_down(animate=False)
