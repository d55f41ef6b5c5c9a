"""The parts of a summary beneath its card, and the works it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.reactive import reactive

from chatbot.case import Audience
from chatbot.recommendation.citation_text import Numbers, citations, rests_on, statement, work
from chatbot.recommendation.summary import Line, Section, Sentence, Summary
from chatbot.tui.widgets.hanging import HangingParagraph, HangingText

# Few enough that what is out of sight costs little, many enough that mounting them does.
_TOGETHER = 12


class Sections(VerticalScroll):
    """The sections of a summary, all or those named, then what this is not; keys and wheel scroll them."""

    DEFAULT_CSS = """
    Sections { height: 1fr; padding: 0 1; overflow-x: hidden; scrollbar-gutter: stable; }
    Sections { border-left: blank $foreground; }
    Sections:focus { border-left: heavy $foreground; }
    Sections > .section { margin-bottom: 1; }
    """

    summary: reactive[Summary | None] = reactive(None, recompose=True)

    def __init__(
        self,
        summary: Summary | None = None,
        only: tuple[str, ...] = (),
        *,
        id: str | None = None,  # noqa: A002 # Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.only = only
        self.set_reactive(Sections.summary, summary)

    def compose(self) -> ComposeResult:
        """One text for each section, named `section-` and its id, and one for the notice."""
        summary = self.summary
        if summary is None:
            return
        for section in self._shown(summary):
            yield HangingText(of_section(section, summary), id=f"section-{section.id}", classes="section")
        notice = HangingParagraph.of(summary.notice.text, citations(summary.notice, summary))
        yield HangingText([notice, HangingParagraph.of(summary.status)], classes="notice")

    def _shown(self, summary: Summary) -> Iterator[Section]:
        if not self.only:
            yield from summary.sections
        for name in self.only:
            section = summary.section(name)
            if section is not None:
                yield section


class References(VerticalScroll):
    """The works cited, numbered, with level, strength and how each was verified; clinicians see ids."""

    DEFAULT_CSS = """
    References { height: 1fr; padding: 0 1; overflow-x: hidden; scrollbar-gutter: stable; }
    References { border-left: blank $foreground; }
    References:focus { border-left: heavy $foreground; }
    """

    def __init__(
        self,
        works: Iterable[Line],
        audience: Audience,
        *,
        id: str | None = None,  # noqa: A002 # Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.works = tuple(works)
        self.audience = audience

    def compose(self) -> ComposeResult:
        """The works, some of them in one text."""
        lines = [of_work(line, self.audience) for line in self.works]
        for at in range(0, len(lines), _TOGETHER):
            yield HangingText(lines[at : at + _TOGETHER], classes="works")


def of_section(section: Section, summary: Summary) -> Iterator[HangingParagraph]:
    """A section's title, and its sentences."""
    yield HangingParagraph.of(section.title, strong=True)
    yield from of_sentences(section.sentences, summary)


def of_sentences(
    sentences: Iterable[Sentence], summary: Summary, numbers: Numbers | None = None
) -> Iterator[HangingParagraph]:
    """Cited sentences, beneath each the answers it rests on; `numbers` of the summary if not given."""
    for sentence in sentences:
        yield HangingParagraph.of(statement(sentence, summary), citations(sentence, summary, numbers), "- ", "  ")
        for text in rests_on(sentence):
            yield HangingParagraph.of(text, first="  ", indent="    ")


def of_work(line: Line, audience: Audience) -> HangingParagraph:
    """One line of the reference list."""
    number = f"[{line.number}] "
    return HangingParagraph.of(work(line, audience), f"({line.label})", number, " " * len(number))
