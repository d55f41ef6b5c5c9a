"""What was answered so far, and any other question, each one key away."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from chatbot.interview.conversation import Conversation
from chatbot.interview.reading.sanitise import fold
from chatbot.interview.view.answer_rows import question_lines, row_lines
from chatbot.interview.view.line import Line
from chatbot.interview.view.result_questions import About
from chatbot.tui.keys import bind
from chatbot.tui.screens.base import Choosing, Modal
from chatbot.tui.widgets.answers import AnswerList
from chatbot.tui.widgets.hints import Hints
from chatbot.tui.widgets.typed import TypedLine


class Picking(Choosing[str | None], Modal[str | None]):
    """Lines to choose one from, narrowed by what is typed; choosing none leaves everything as it is."""

    TITLE_KEY = ""
    HOW_KEY = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind("continue", "back", "up", "down", "page_up", "page_down", "clear", "leave", "interrupt")
    ]

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[Line, ...] = ()

    @abstractmethod
    def listed(self) -> Iterable[Line]:
        """The lines to choose from."""

    def compose(self) -> ComposeResult:
        """Title, line to type in, lines, keys."""
        words = self.words
        with Vertical(id="page"):
            yield Static(words.say(self.TITLE_KEY), id="ask", markup=False)
            yield Static(words.say(self.HOW_KEY), id="example", markup=False)
            yield TypedLine(lambda _: False, id="typed")
            yield Static("", id="notice", markup=False)
            yield AnswerList(id="answers")
        yield Hints(words, id="hints")

    def on_mount(self) -> None:
        """Show all lines, narrowed by nothing."""
        self.lines = tuple(self.listed())
        self.answers.show(self.lines, "rows")
        self.put("#notice", "" if self.lines else self.words.say("nothing_yet"))
        self.query_one(TypedLine).focus(scroll_visible=False)

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        """Show the lines in which the typed words stand."""
        wanted = fold(event.value)
        lines = tuple(line for line in self.lines if not wanted or (not line.heading and wanted in fold(line.text)))
        self.answers.show(lines, "rows", cursor=0 if wanted and lines else None)
        if self.lines:
            self.put("#notice", "" if lines else self.words.say("nothing_found"))

    def choose(self, line: str) -> None:
        """End with the line chosen."""
        self.dismiss(line)

    def action_back(self) -> None:
        """Close the page and choose nothing."""
        self.dismiss(None)


class TopicsScreen(Picking):
    """The questions people have about their result."""

    TITLE_KEY, HOW_KEY = "topics_title", "topics_how"

    def __init__(self, about: About) -> None:
        super().__init__()
        self.about = about

    def listed(self) -> Iterable[Line]:
        """The questions, numbered as they can be typed."""
        return (Line(choice.id, choice.texts[0], str(at)) for at, choice in enumerate(self.about.choices, start=1))


class OfConversation(Picking):
    """Lines that come from the conversation."""

    def __init__(self, conversation: Conversation) -> None:
        super().__init__()
        self.conversation = conversation


class SoFarScreen(OfConversation):
    """The page of what we have so far; a line chosen is asked again."""

    TITLE_KEY, HOW_KEY = "so_far_title", "so_far_how"

    def choose(self, line: str) -> None:
        """Change an answer that can be changed now."""
        if any(listed.action for listed in self.lines if listed.id == line):
            super().choose(line)

    def listed(self) -> Iterable[Line]:
        """The answers that count."""
        return row_lines(self.conversation, self.words)


class JumpScreen(OfConversation):
    """Every question that applies; the one chosen is put now."""

    TITLE_KEY, HOW_KEY = "jump_title", "jump_how"

    def listed(self) -> Iterable[Line]:
        """The questions in the order they are asked."""
        return question_lines(self.conversation, self.words)
