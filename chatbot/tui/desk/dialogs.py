"""Pages on which a clinician decides: one line of several, a line of words, a page that makes them stop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from chatbot.interview.reading.sanitise import clean, harmless
from chatbot.interview.view.line import Line
from chatbot.tui.key_timing import SETTLE_EMERGENCY
from chatbot.tui.keys import bind
from chatbot.tui.screens.base import Choosing, Modal, Ours
from chatbot.tui.screens.note_screen import LineScreen
from chatbot.tui.widgets.answers import AnswerList
from chatbot.tui.widgets.hints import Hints


class OneOf(Choosing[str | None], Modal[str | None]):
    """One line of several, each with a key of its own; none is chosen by going back."""

    BINDINGS: ClassVar[list[BindingType]] = [*bind("back", "up", "down", "continue", "clear", "leave", "interrupt")]

    def __init__(self, title: str, how: str, lines: Sequence[Line]) -> None:
        super().__init__()
        self.heading, self.how, self.listed = title, how, tuple(lines)

    def compose(self) -> ComposeResult:
        """Title, what it is about, the lines, keys."""
        answers = AnswerList(id="answers")
        with Vertical(id="page"):
            yield Static(Content(self.heading), id="ask", markup=False)
            if self.how:
                yield Static(Content(harmless(self.how)), id="example", markup=False)
            yield answers
            yield Static("", id="notice", markup=False)
        yield Hints(self.words, id="hints")
        answers.show(self.listed, "rows")

    def on_mount(self) -> None:
        """Nothing is chosen yet."""
        self.put("#notice", "")
        self.answers.focus(scroll_visible=False)
        self.settle(0)

    def choose(self, line: str) -> None:
        """End with the line chosen."""
        if self.triage.pace.may_answer():
            self.dismiss(line)

    def action_continue(self) -> None:
        """Choose the line under the cursor; there is none at first."""
        if self.answers.current is None:
            self.tell(self.words.say("desk_choose"))
        else:
            super().action_continue()

    def action_back(self) -> None:
        """Close the page and choose nothing."""
        self.dismiss(None)


class Words(LineScreen):
    """A line of words, its title and use said by whoever asks."""

    EMPTY_KEY = "desk_empty"

    def __init__(
        self, title: str, how: str, may_be_empty: bool = False, is_secret: bool = False,
        judged: Callable[[str], str] = lambda _: "",
    ) -> None:  # fmt: skip
        super().__init__()
        self.heading, self.how, self.judged = title, how, judged
        self.may_be_empty, self.is_secret = may_be_empty, is_secret

    def texts(self) -> tuple[str, str]:
        """Title, and what it is for."""
        return self.heading, harmless(self.how)

    def on_mount(self) -> None:
        """Hides what is secret."""
        super().on_mount()
        self.query_one(Input).password = self.is_secret

    def action_continue(self) -> None:
        """End with what was typed, which may be nothing where that says enough; what does not do stays, to go on."""
        text = clean(self.query_one(Input).value)
        if self.may_be_empty and not self.query_one(Input).value.strip():
            self.dismiss("")
        elif text and (why := self.judged(text)):
            self.tell(why, error=True)
        else:
            super().action_continue()


class Interruption(OneOf):
    """A page on what the rules say and would be done against it; its keys are none of those that come before it."""

    def __init__(self, title: str, texts: Sequence[str], go_on: str, go_back: str) -> None:
        super().__init__(title, "", (Line("back", go_back, "8"), Line("go_on", go_on, "9")))
        self.texts = tuple(texts)

    def compose(self) -> ComposeResult:
        """Title, what the rules say, the two choices."""
        answers = AnswerList(id="answers")
        with Vertical(id="page"):
            yield Static(Content(self.heading), id="call", markup=False)
            with VerticalScroll(can_focus=False):
                yield from (Static(Content(harmless(text)), classes="section", markup=False) for text in self.texts)
            yield answers
            yield Static("", id="notice", markup=False)
        yield Hints(self.words, id="hints")
        answers.show(self.listed, "rows")
        answers.styles.height = 2

    def on_mount(self) -> None:
        """It stands for a while before it can be answered."""
        self.answers.focus(scroll_visible=False)
        self.settle(SETTLE_EMERGENCY)


async def chosen_of(page: Ours[None], title: str, names: Sequence[str], prefix: str, how: str = "") -> str | None:
    """One of several that a person chooses before a page, each by a key of its own; None where they go back."""
    lines = [Line(name, page.words.say(f"{prefix}_{name}"), str(at)) for at, name in enumerate(names, start=1)]
    return await page.app.push_screen_wait(OneOf(page.words.say(title), how, lines))


async def typed_in(
    page: Ours[None], title: str, how: str, may_be_empty: bool = False, is_secret: bool = False,
    why_not: Callable[[str], str] = lambda _: "",
) -> str | None:  # fmt: skip
    """A line of words that a person types before a page; None where they go back.

    `why_not` gives the id of a text that says why words do not do.
    """
    say = page.words.say

    def judged(text: str) -> str:
        return say(why) if (why := why_not(text)) else ""

    return await page.app.push_screen_wait(Words(say(title), say(how), may_be_empty, is_secret, judged))
