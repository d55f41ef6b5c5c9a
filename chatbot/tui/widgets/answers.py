"""The lines of a question: chosen from, ticked, or each with a reply of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from chatbot.interview.reading.sanitise import harmless
from chatbot.interview.view.line import Kind, Line

REPLIES = ("yes", "no", "unknown")
_MARKS = {"one": ("( )", "(•)"), "many": ("[ ]", "[x]"), "replies": ("", ""), "rows": ("", "")}
# From this width on replies stand beside their line, else beneath it.
_WIDE = 66
_LEAST_TEXT = 8


@dataclass(frozen=True, slots=True)
class _Row:
    """One row on the screen: its line, its part of the text, and where replies stand in it."""

    line: int
    text: str = ""
    first: bool = False
    soft: bool = False
    replies: bool = False


class AnswerList(ScrollView, can_focus=True):
    """Lines under a cursor that shows itself as `>`; nothing is chosen until a person chooses."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "answers--text",
        "answers--label",
        "answers--soft",
        "answers--chosen",
        "answers--cursor",
        "answers--heading",
        "answers--action",
    }
    DEFAULT_CSS = """
    AnswerList {
        height: 1fr; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; scrollbar-gutter: stable;
    }
    AnswerList > .answers--chosen { text-style: bold; }
    AnswerList > .answers--cursor { text-style: bold; }
    AnswerList > .answers--heading { text-style: bold; }
    AnswerList > .answers--action { text-style: underline; }
    """

    cursor: reactive[int | None] = reactive(None)
    chosen: reactive[frozenset[str]] = reactive(frozenset())

    class Picked(Message):
        """A line was clicked; `reply` is which of its replies, if it has them."""

        def __init__(self, line: str, reply: str | None) -> None:
            super().__init__()
            self.line = line
            self.reply = reply

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 # Textual's own name
        super().__init__(id=id)
        self.lines: tuple[Line, ...] = ()
        self.kind: Kind = "one"
        self.replies: Mapping[str, str] = {}
        self.reply_texts: Sequence[str] = REPLIES
        self._rows: list[_Row] = []
        self._width = self._label_width = self._lead = self._replies_width = 0
        self._spots: list[tuple[int, int, str]] = []
        self.moved = False  # by a person, since these lines were shown
        self._seen: set[int] = set()
        self._lasts: set[int] = set()

    def show(
        self,
        lines: tuple[Line, ...],
        kind: Kind,
        reply_texts: Sequence[str] = REPLIES,
        cursor: int | None = None,
    ) -> None:
        """Show other lines, none of them chosen."""
        # Whoever made the lines, nothing in them may reach the terminal raw.
        self.lines = tuple(replace(line, text=harmless(line.text), beneath=harmless(line.beneath)) for line in lines)
        self.kind, self.reply_texts = kind, tuple(map(harmless, reply_texts))
        self.replies = {}
        self.moved = False
        self._seen = set()
        self.set_reactive(AnswerList.chosen, frozenset())
        self.set_reactive(AnswerList.cursor, cursor)
        self.scroll_to(0, 0, animate=False)
        self._arrange()
        self.call_after_refresh(self._look)  # what is scrolled away later was on the screen, too

    def show_replies(self, replies: Mapping[str, str]) -> None:
        """Show what was replied to each line."""
        self.replies = replies
        self.refresh()

    @property
    def current(self) -> Line | None:
        """The line under the cursor."""
        return None if self.cursor is None or self.cursor >= len(self.lines) else self.lines[self.cursor]

    @property
    def unseen(self) -> int:
        """The number of lines that have not been on the screen yet."""
        return len(self._unseen())

    def _unseen(self) -> list[int]:
        self._look()
        answered = (at for at, line in enumerate(self.lines) if not (line.alone or line.heading))
        return [at for at in answered if at not in self._seen]

    def read_on(self) -> None:
        """Bring the first line that has not been on the screen to its top, and the cursor with it.

        One that is longer than the screen is read on, as much as fits at a time.
        """
        unseen = next(iter(self._unseen()), None)
        if unseen is not None:
            top = round(self.scroll_y) if self.cursor == unseen else None
            self.cursor = unseen
            first = next(at for at, row in enumerate(self._rows) if row.line == unseen)
            on = first if top is None or top < first else top + max(1, self.scrollable_content_region.height - 1)
            self.scroll_to(y=on, animate=False, immediate=True)

    def index(self, line: str) -> int | None:
        """The place of a line."""
        return next((at for at, found in enumerate(self.lines) if found.id == line), None)

    def move(self, step: int) -> None:
        """Move the cursor by lines, past headings; it stops at the ends."""
        places = [at for at, line in enumerate(self.lines) if not line.heading]
        if not places:
            return
        self.moved = True
        if self.cursor is None or self.cursor not in places:
            self.cursor = places[0] if step > 0 else places[-1]
            return
        at = places.index(self.cursor) + step
        self.cursor = places[max(0, min(at, len(places) - 1))]

    def page(self, step: int) -> None:
        """Move the cursor by a screenful of rows, and past no line that was out of sight; that points at no line."""
        moved = self.moved
        self._page(step)
        self.moved = moved

    def _page(self, step: int) -> None:
        firsts = {row.line: at for at, row in enumerate(self._rows) if row.first}
        if self.cursor is None or self.cursor not in firsts:
            self.move(step)
            return
        height = self.scrollable_content_region.height
        lasts = [at for at, row in enumerate(self._rows) if row.line == self.cursor]
        if step > 0 and lasts[-1] >= round(self.scroll_y) + height:  # a line longer than the screen is read on first
            self.scroll_relative(y=max(1, height - 1), animate=False)
            return
        reach = firsts[self.cursor] + step * max(1, height - 1)
        ends = {row.line: at for at, row in enumerate(self._rows)}
        lines = [line for line, at in firsts.items() if (ends[line] <= reach if step > 0 else at >= reach)]
        wanted = max(lines, default=self.cursor) if step > 0 else min(lines)
        places = [at for at, line in enumerate(self.lines) if not line.heading]
        by = sum(self.cursor < at <= wanted or wanted <= at < self.cursor for at in places)
        self.move(step * max(1, by))

    def watch_cursor(self) -> None:
        """Bring the line under the cursor into sight."""
        self._arrange()
        rows = [at for at, row in enumerate(self._rows) if row.line == self.cursor]
        if rows:
            top = 0 if self.cursor == 0 else rows[0]
            self.scroll_to_region(Region(0, top, 1, rows[-1] - top + 1), animate=False, force=True)

    def watch_chosen(self) -> None:
        """Draw the marks of the chosen lines."""
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows, wrapped to the width they are painted at; after the paint they would be seen to jump."""
        if self._width != self.scrollable_content_region.width:
            self._arrange()
        return super().render_lines(crop)

    def on_focus(self) -> None:
        """Draw the cursor in the colours of focus."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Tell which line, and which of its replies, was clicked."""
        offset = event.get_content_offset(self)
        at = None if offset is None else offset.y + round(self.scroll_y)
        if offset is None or at is None or at >= len(self._rows):
            return
        row = self._rows[at]
        line = self.lines[row.line]
        if line.heading:
            return
        self.cursor = row.line
        reply = self._reply_at(row, offset.x)
        if self.kind != "replies" or line.alone or reply is not None:
            self.post_message(self.Picked(line.id, reply))

    def _look(self) -> None:
        top = round(self.scroll_y)
        shown = range(top, min(top + self.scrollable_content_region.height, len(self._rows)))
        # Whoever saw the last row of a line has read it to its end.
        self._seen |= {self._rows[at].line for at in shown if at in self._lasts}

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remember how far down the lines have been seen."""
        super().watch_scroll_y(old_value, new_value)
        # What is said above or below may take some of the room yet, so nothing counts as seen before it is painted.
        self.call_after_refresh(self._look)

    def _arrange(self) -> None:
        if not self.size.width:
            self._width = 0  # not laid out yet, or not shown: the lines are wrapped when they are painted
            return
        self._width = max(1, self.scrollable_content_region.width)
        self._measure()
        self._rows = [row for at, line in enumerate(self.lines) for row in self._rows_of(at, line)]
        self._lasts = set({row.line: at for at, row in enumerate(self._rows)}.values())
        self.virtual_size = Size(self._width, len(self._rows))
        self._refresh_scrollbars()  # with the lines, not a frame after them
        self.refresh()

    def _rows_of(self, index: int, line: Line) -> Iterator[_Row]:
        lead = 0 if line.heading else self._lead
        side = cell_len(line.action) + 1 if line.action else 0
        replies = self.kind == "replies" and not line.alone
        beside = replies and self._width >= _WIDE
        width = max(_LEAST_TEXT, self._width - lead - (self._replies_width + 1 if beside else side))
        for place, part in enumerate(Content(line.text).wrap(width) or [Content("")]):
            yield _Row(index, part.plain.rstrip(), place == 0, replies=beside and place == 0)
        if line.beneath and index == self.cursor:
            for part in Content(line.beneath).wrap(max(_LEAST_TEXT, self._width - lead)):
                yield _Row(index, part.plain.rstrip(), soft=True)
        if replies and not beside:
            yield _Row(index, replies=True)

    def _measure(self) -> None:
        """Measures how many cells stand before the texts, and where each reply stands in a row; once for all rows."""
        self._label_width = max((cell_len(line.label) for line in self.lines), default=0)
        label, mark = self._label_width, len(_MARKS[self.kind][0])
        self._lead = 2 + (label + 1 if label else 0) + (mark + 1 if mark else 0)
        self._replies_width = sum(cell_len(text) + 3 for text in self.reply_texts) - 1
        at = self._width - self._replies_width if self._width >= _WIDE else self._lead
        self._spots = []
        for reply, text in zip(REPLIES, self.reply_texts, strict=True):
            self._spots.append((at, at + cell_len(text) + 2, reply))
            at += cell_len(text) + 3

    def _reply_at(self, row: _Row, x: int) -> str | None:
        if not row.replies:
            return None
        return next((reply for start, end, reply in self._spots if start <= x < end), None)

    def render_line(self, y: int) -> Strip:
        """One row: cursor, label, mark, text, replies."""
        at = y + round(self.scroll_y)
        width = self.scrollable_content_region.width
        if at >= len(self._rows):
            return Strip.blank(width, self._style("text"))
        row = self._rows[at]
        style = self._style_of(row)
        segments = [*self._before(row, style), Segment(row.text, self._soft(style) if row.soft else style)]
        used = sum(cell_len(segment.text) for segment in segments)
        segments += self._after(row, style, used)
        return Strip(segments).adjust_cell_length(width, style)

    def _style_of(self, row: _Row) -> Style:
        line = self.lines[row.line]
        if row.line == self.cursor:
            return self._style("cursor")
        if line.heading:
            return self._style("heading")
        return self._style("chosen" if line.id in self.chosen else "text")

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"answers--{name}")

    def _soft(self, style: Style) -> Style:
        return style + Style(bold=False, italic=True)

    def _before(self, row: _Row, style: Style) -> Iterator[Segment]:
        line = self.lines[row.line]
        if line.heading:
            return
        yield Segment("> " if row.first and row.line == self.cursor else "  ", style)
        if width := self._label_width:
            text = " " * (width - cell_len(line.label)) + line.label if row.first else " " * width
            label = self._style("label") if row.line != self.cursor else style
            yield Segment(text + " ", label)
        if mark := _MARKS[self.kind][line.id in self.chosen]:
            yield Segment(f"{mark} " if row.first else " " * (len(mark) + 1), style)

    def _after(self, row: _Row, style: Style, used: int) -> Iterator[Segment]:
        line = self.lines[row.line]
        if row.replies:
            yield Segment(" " * max(0, self._spots[0][0] - used), style)
            for (_, _, reply), text in zip(self._spots, self.reply_texts, strict=True):
                is_said = self.replies.get(line.id) == reply
                told = style + self._style("chosen") if is_said and row.line != self.cursor else style
                yield Segment(f"[{text}]" if is_said else f" {text} ", told)
                yield Segment(" ", style)
        elif line.action and row.first:
            gap = max(1, self._width - used - cell_len(line.action))
            yield Segment(" " * gap, style)
            yield Segment(line.action, style + self._style("action") if row.line != self.cursor else style)
