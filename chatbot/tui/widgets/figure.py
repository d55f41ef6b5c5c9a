"""The picture of the body: where a person can point, beside the list that says the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from rich.cells import cell_len
from textual.content import Content
from textual.events import Click, Leave, MouseEvent, MouseMove
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from chatbot.interview.reading.sanitise import clean
from chatbot.interview.view.line import Region
from chatbot.tui.widgets.outline import BACK, BODY, FRONT, GAP, Cell, letter_places
from chatbot.tui.words import Words

OUTLINE, LETTER, CHOSEN, CURRENT = "figure--outline", "figure--letter", "figure--chosen", "figure--current"
# Marks that are told apart without colour.
FILL, DOTS, POINTER, OPEN, CLOSE = "▒", "·", ">", "[", "]"


class Figure(Widget, can_focus=False):
    """Front and back of a body. A click on a region posts `Picked`; what is chosen is set from outside."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {OUTLINE, LETTER, CHOSEN, CURRENT}
    DEFAULT_CSS = """
    Figure {
        width: auto;
        height: auto;
    }
    Figure > .figure--outline { color: $foreground-muted; }
    Figure > .figure--letter { color: $foreground; text-style: bold; }
    Figure > .figure--chosen { color: $text-primary; text-style: bold; }
    Figure > .figure--current {
        color: $block-cursor-foreground;
        background: $block-cursor-background;
        text-style: bold;
    }
    """

    chosen: reactive[frozenset[str]] = reactive(frozenset[str]())
    current: reactive[str | None] = reactive[str | None](None)
    pointed: reactive[str | None] = reactive[str | None](None)

    @dataclass
    class Picked(Message):
        """A region was clicked."""

        option: str

    def __init__(
        self,
        regions: tuple[Region, ...],
        words: Words,
        *,
        id: str | None = None,  # noqa: A002 # Textual's own name
    ) -> None:
        super().__init__(id=id)
        self.regions = {region.option: region for region in regions}
        self._words = words
        # A click means the option with the fewest areas; of equals, the first.
        smallest = sorted(regions, key=lambda region: len(region.areas))
        self._owners = {area: region.option for region in reversed(smallest) for area in region.areas}
        self._letters = letter_places(BODY, self._owners)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002 # Textual's signature
        """The drawing has one size."""
        return BODY.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 # as above
        """A line of labels, the drawing, and a line for a name."""
        return BODY.height + 2

    def option_at(self, x: int, y: int) -> str | None:
        """The option that a click on a cell of the widget's content means; None off the body's regions."""
        return self._owners.get(BODY.areas.get((x - self._margin, y - 1), ""))

    def render(self) -> Content:
        """Labels, the body, and the name of what is pointed at or under the cursor."""
        front, back = (self._words.say(key) for key in ("figure_front", "figure_back"))
        labels = _centred(front, FRONT.width) + Content(" " * GAP) + _centred(back, BACK.width)
        named = self.regions.get(self.pointed or self.current or "")
        name = _centred(named.name if named else "", max(self.content_size.width, BODY.width))
        return Content("\n").join([*(row.pad_left(self._margin) for row in (labels, *self._body())), name])

    def on_click(self, event: Click) -> None:
        """Post what was clicked."""
        option = self._under(event)
        if option is not None:
            event.stop()
            self.post_message(self.Picked(option))

    def on_mouse_move(self, event: MouseMove) -> None:
        """Name what the mouse points at."""
        self.pointed = self._under(event)

    def on_leave(self, event: Leave) -> None:  # noqa: ARG002 # Textual's signature
        """The mouse points at nothing here."""
        self.pointed = None

    @property
    def _margin(self) -> int:
        """The blanks that keep the drawing in the middle of a wider place."""
        return max(0, self.content_size.width - BODY.width) // 2

    def _under(self, event: MouseEvent) -> str | None:
        offset = event.get_content_offset(self)
        return None if offset is None else self.option_at(offset.x, offset.y)

    def _body(self) -> Iterator[Content]:
        filled, dotted = self._areas(self.chosen), self._areas({self.current or ""})
        letters = dict(self._lettering())
        for y, row in enumerate(BODY.rows):
            marks = ((mark, BODY.areas.get((x, y), ""), (x, y)) for x, mark in enumerate(row))
            cells = (letters.get(cell) or _cell(mark, area, filled, dotted) for mark, area, cell in marks)
            runs = groupby(cells, key=lambda cell: cell[1])
            yield Content.assemble(
                *(("".join(mark for mark, _ in run), self.get_visual_style(style)) for style, run in runs)
            )

    def _areas(self, options: frozenset[str] | set[str]) -> set[str]:
        return {area for option in options if option in self.regions for area in self.regions[option].areas}

    def _lettering(self) -> Iterator[tuple[Cell, tuple[str, str]]]:
        """The letters with what stands beside them: brackets where chosen, a pointer under the cursor."""
        for (x, y), option in self._letters.items():
            chosen, current = option in self.chosen, option == self.current
            style = CURRENT if current else CHOSEN if chosen else LETTER
            letter = clean(self.regions[option].letter)
            yield (x, y), (letter if cell_len(letter) == 1 else "*", style)
            if chosen or current:
                yield (x - 1, y), (POINTER if current else OPEN, style)
            if chosen:
                yield (x + 1, y), (CLOSE, style)


def _centred(text: str, width: int) -> Content:
    """A line of exactly so many cells."""
    line = Content(clean(text)).truncate(width, ellipsis=True)
    spare = width - line.cell_length
    return line.pad(spare // 2, spare - spare // 2)


def _cell(mark: str, area: str, filled: set[str], dotted: set[str]) -> tuple[str, str]:
    """A cell of the drawing without a letter, and its style."""
    if mark != " ":
        return mark, OUTLINE
    return (FILL, CHOSEN) if area in filled else (DOTS, LETTER) if area in dotted else (" ", OUTLINE)
