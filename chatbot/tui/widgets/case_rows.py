"""Rows of cases under a cursor; only those in sight are ever drawn, so that their number costs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget


class CaseRows(Widget, can_focus=True):
    """Lines of text, one a row; the one under the cursor shows itself as `>`."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"cases--text", "cases--cursor", "cases--strong"}
    DEFAULT_CSS = """
    CaseRows { height: 1fr; }
    CaseRows > .cases--cursor { text-style: bold; }
    CaseRows > .cases--strong { text-style: bold; }
    """

    cursor: reactive[int] = reactive(0)

    class Picked(Message):
        """A row was clicked."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 # Textual's own name
        super().__init__(id=id)
        self.lines: Sequence[str] = ()
        self.strong: frozenset[int] = frozenset()
        self._top = 0

    def show(self, lines: Sequence[str], cursor: int, strong: frozenset[int] = frozenset()) -> None:
        """Show other lines; `strong` are those that must not be overlooked."""
        self.lines, self.strong = lines, strong
        self.cursor = max(0, min(cursor, len(lines) - 1))
        self.refresh()

    def validate_cursor(self, cursor: int) -> int:
        """Keeps the cursor on a row."""
        return max(0, min(cursor, len(self.lines) - 1))

    def render_line(self, y: int) -> Strip:
        """Draw one row of the list."""
        width, at = self.size.width, y + self._first()
        if at >= len(self.lines):
            return Strip.blank(width, self.get_component_rich_style("cases--text"))
        here = at == self.cursor
        style = self.get_component_rich_style(
            "cases--cursor" if here else "cases--strong" if at in self.strong else "cases--text"
        )
        return Strip([Segment(f"{'> ' if here else '  '}{self.lines[at]}", style)]).adjust_cell_length(width, style)

    def _first(self) -> int:
        """The row at the top, so that the cursor is in sight."""
        height = max(1, self.size.height)
        self._top = min(max(self._top, self.cursor - height + 1, 0), self.cursor, max(0, len(self.lines) - 1))
        return self._top

    def on_click(self, event: events.Click) -> None:
        """Tell which row was clicked."""
        at = event.y + self._first()
        if at < len(self.lines):
            self.cursor = at
            self.post_message(self.Picked(at))
