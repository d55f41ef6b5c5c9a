"""Paragraphs whose later lines hang under the first, at any width, with what is less important in a softer style."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.content import Content, Span
from textual.css.styles import RulesMap
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import Static

from chatbot.document.blocks import flat


@dataclass(frozen=True, slots=True)
class HangingParagraph:
    """A text of one line: `first` stands before it, `indent` before its later lines; from `soft` on it is softer."""

    text: str
    first: str = ""
    indent: str = ""
    soft: int | None = None
    strong: bool = False

    @classmethod
    def of(
        cls, text: str, soft: str = "", first: str = "", indent: str = "", *, strong: bool = False
    ) -> HangingParagraph:
        """A paragraph of a text and a softer one after it, each made harmless."""
        said, after = flat(text), flat(soft)
        return cls(f"{said} {after}".strip(), first, indent, len(said) if after else None, strong)

    def lines(self, width: int) -> Iterator[tuple[str, int, int]]:
        """Each line at this width: what stands before it, and from where to where in the text it goes."""
        lead = self.first
        for start, end in wrap(self.text, width - len(self.first), width - len(self.indent)):
            yield lead, start, end
            lead = self.indent


def wrap(text: str, width: int, later: int) -> Iterator[tuple[int, int]]:
    """Yields where lines of a text begin and end, in characters; `later` is the width of all but the first."""
    start = at = used = 0
    for word in text.split(" "):
        size = cell_len(word)
        if at > start and used + 1 + size > width:
            yield start, at - 1
            start, used, width = at, 0, later
        while size > width and len(word) > 1:
            fits = _fitting(word, width)
            yield start, start + fits
            start, width, word = start + fits, later, word[fits:]
            at, size = start, cell_len(word)
        used += size + (at > start)
        at += len(word) + 1
    yield start, at - 1


def _fitting(word: str, width: int) -> int:
    """Counts the characters of a word that stay within a width, at least one."""
    used = 0
    for count, char in enumerate(word):
        used += cell_len(char)
        if used > width:
            return max(1, count)
    return len(word)


class Hanging(Visual):
    """Paragraphs laid out for the width at hand."""

    def __init__(self, paragraphs: Iterable[HangingParagraph]) -> None:
        self.paragraphs = tuple(paragraphs)
        self._width = 0
        self._content = Content()

    def content(self, width: int) -> Content:
        """The lines at this width, each no longer than it."""
        if width != self._width:
            self._width, self._content = width, self._lay_out(max(1, width))
        return self._content

    def _lay_out(self, width: int) -> Content:
        lines: list[str] = []
        spans: list[Span] = []
        at = 0
        for paragraph in self.paragraphs:
            for lead, start, end in paragraph.lines(width):
                line = lead + paragraph.text[start:end]
                after = at + len(line)
                if paragraph.strong:
                    spans.append(Span(at, after, ".hanging--strong"))
                if paragraph.soft is not None and paragraph.soft < end:
                    spans.append(Span(at + len(lead) + max(0, paragraph.soft - start), after, ".hanging--soft"))
                lines.append(line)
                at = after + 1
        return Content("\n".join(lines), spans)

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """The lines in style."""
        return self.content(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002 # the library's signature
        """As wide as the longest paragraph."""
        return max((len(each.first) + cell_len(each.text) for each in self.paragraphs), default=0)

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002 # the library's signature
        """Counts the lines at this width."""
        return self.content(width).plain.count("\n") + 1 if self.paragraphs else 0


class HangingText(Static):
    """Paragraphs to read and to select from; nothing in them is markup."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"hanging--strong", "hanging--soft"}
    # The lines are laid out to fit already.
    DEFAULT_CSS = """
    HangingText { width: 1fr; height: auto; text-wrap: nowrap; text-overflow: clip; }
    HangingText > .hanging--strong { text-style: bold; }
    """

    def __init__(
        self,
        paragraphs: Iterable[HangingParagraph],
        *,
        id: str | None = None,  # noqa: A002 # Textual's own name
        classes: str | None = None,
    ) -> None:
        self.hanging = Hanging(paragraphs)
        super().__init__(self.hanging, markup=False, id=id, classes=classes)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text selected, line by line as it stands on the screen."""
        return selection.extract(self.hanging.content(self.content_size.width).plain), "\n"
