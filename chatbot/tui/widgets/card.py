"""The care card: how urgent the result is, in a word, a mark and the shape of its box as well as in colour."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalGroup
from textual.content import Content, Span
from textual.reactive import reactive
from textual.widgets import Static

from chatbot.document.blocks import flat
from chatbot.recommendation.citation_text import citations, statement
from chatbot.recommendation.summary import Sentence, Summary
from chatbot.tui.words import Words

# Each look has a mark and a box of its own; the words tell apart the levels that share one.
LOOKS = {
    "emergency_now": "-emergency",
    "same_day": "-urgent",
    "urgent_2_weeks": "-soon",
    "routine_3_months": "-soon",
    "primary_care": "-soon",
    "self_care": "-selfcare",
}
MARKS = {"-emergency": "!!!", "-urgent": "!!", "-soon": "!", "-selfcare": ""}


class CareCard(VerticalGroup):
    """The card of what to do and how soon, with the citations of both; empty while there is no summary."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"card--cites"}
    DEFAULT_CSS = """
    CareCard { padding: 0 1; border: solid $foreground; }
    CareCard.-emergency { border: double $foreground; }
    CareCard.-urgent { border: heavy $foreground; }
    CareCard.-soon { border: solid $foreground; }
    CareCard.-selfcare { border: round $foreground; }
    CareCard > Static { width: 1fr; }
    CareCard > .headline { text-style: bold; }
    """

    summary: reactive[Summary | None] = reactive(None, recompose=True)

    def __init__(
        self,
        words: Words,
        summary: Summary | None = None,
        *,
        id: str | None = None,  # noqa: A002 # Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.words = words
        self.set_reactive(CareCard.summary, summary)
        self.watch_summary(summary)

    def watch_summary(self, summary: Summary | None) -> None:
        """Take the look of the level."""
        look = LOOKS[summary.level] if summary else ""
        for name in MARKS:
            self.set_class(name == look, name)
        self.display = summary is not None

    def compose(self) -> ComposeResult:
        """The headline, then how soon."""
        summary = self.summary
        if summary is None:
            return
        word = self.words.say(f"card_{summary.level}")
        lead = f"{MARKS[LOOKS[summary.level]]} {word}: ".lstrip()
        yield Static(_cited(lead, summary.headline, summary), markup=False, classes="headline")
        how_soon = self.words.say("card_how_soon")
        yield Static(_cited(f"{how_soon}: ", summary.within, summary), markup=False, classes="within")


def in_one_line(summary: Summary, words: Words) -> str:
    """Says in one line how urgent a result is and what to do, for where it must stay in sight."""
    word = words.say(f"card_{summary.level}")
    return f"{MARKS[LOOKS[summary.level]]} {word}: {flat(statement(summary.headline, summary))}".lstrip()


def _cited(lead: str, sentence: Sentence, summary: Summary) -> Content:
    said = lead + flat(statement(sentence, summary))
    whole = f"{said} {flat(citations(sentence, summary))}"
    # A stylesheet adds to the style of what it stands in, and takes nothing from it.
    return Content(whole, [Span(len(said), len(whole), style) for style in ("not bold", ".card--cites")])
