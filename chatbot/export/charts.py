"""Counts as bars in an SVG of our own: no script, no font and no address in it, and all of it in words as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

from chatbot.document.svg import Drawing

WIDTH = 900
_EDGE, _BAR, _LONG, _WORDS = 24, 280, 330, 626  # pixels: where names, bars and words begin; how long a bar may be
_ROW, _HIGH, _LINE = 28, 18, 19
# Letters that surely fit, whatever sans-serif font is at hand.
_IN_NAME, _IN_WORDS, _IN_TITLE, _IN_LINE = 33, 36, 76, 120
_LEAST = 3
_KINDS = ("one", "two", "three")
_SCALE = "An outline is as long as the number that it is of; what is filled in it was counted."


@dataclass(frozen=True, slots=True)
class Bar:
    """Counts beside each other, of so many that the outline stands for; `words` say the same."""

    name: str
    counts: tuple[int, ...]
    total: int
    words: str


@dataclass(frozen=True, slots=True)
class Panel:
    """Bars of one scale; `parts` name the counts of each."""

    title: str
    parts: tuple[str, ...]
    bars: tuple[Bar, ...]

    @property
    def most(self) -> int:
        """The number that the longest bar stands for."""
        return max([1, *(bar.total for bar in self.bars)])


def svg(title: str, notes: Sequence[str], panels: Iterable[Panel], name: str = "chart") -> str:
    """Panels of bars below each other; `name` keeps the ids apart from those of another picture on the same page."""
    page, drawn = Drawing(WIDTH, name, y=16), tuple(panels)
    page.striped()
    _wrapped(page, title, "top", _IN_TITLE, 26)
    page.y += 4
    for note in (*notes, _SCALE):
        _wrapped(page, note, "small", _IN_LINE, _LINE)
    for panel in drawn:
        _panel(page, panel)
    return page.whole(title, " ".join((*notes, *map(_in_words, drawn))), page.y + 24)


def _wrapped(page: Drawing, words: str, kind: str, letters: int, high: int) -> None:
    for line in wrap(" ".join(words.split()), letters):
        page.y += high
        page.text(_EDGE, page.y, line, kind)


def _in_words(panel: Panel) -> str:
    """Says in words what a panel shows, for those who do not see it."""
    said = "; ".join(f"{bar.name}: {bar.words}" for bar in panel.bars) or "nothing"
    return f"{panel.title}: {said}."


def _panel(page: Drawing, panel: Panel) -> None:
    page.y += 16
    _wrapped(page, panel.title, "head", _IN_TITLE, 20)
    if len(panel.parts) > 1:
        _legend(page, panel.parts)
    page.y += 14
    if not panel.bars:
        _wrapped(page, "nothing", "small", _IN_LINE, _LINE)
    for bar in panel.bars:
        _bar(page, bar, panel.most)


def _legend(page: Drawing, parts: Sequence[str]) -> None:
    page.y += 24
    x = _EDGE
    for kind, part in zip(_KINDS, parts, strict=False):
        page.box(x, page.y - 12, 14, 14, kind)
        page.text(x + 20, page.y, part, "small")
        x += 44 + 8 * len(part)
    page.box(x, page.y - 12, 14, 14, "all")
    page.text(x + 20, page.y, "the rest", "small")


def _bar(page: Drawing, bar: Bar, most: int) -> None:
    middle = page.y + _HIGH - 4
    page.text(_EDGE, middle, _short(bar.name, _IN_NAME))
    parts = tuple(_parts(bar, most))
    filled = sum(wide for _, wide, _ in parts)
    # However short a bar is, it shows whether all of it was counted.
    least = filled + (_LEAST if bar.total > sum(bar.counts) else 0)
    page.box(_BAR, page.y, max(_LONG * bar.total / most, least), _HIGH, "all")
    for x, wide, kind in parts:
        page.box(x, page.y, wide, _HIGH, kind)
    page.text(_WORDS, middle, _short(bar.words, _IN_WORDS), "small")
    page.y += _ROW


def _parts(bar: Bar, most: int) -> Iterator[tuple[float, float, str]]:
    """The place of each count in its bar; what is there can be seen, however little it is."""
    x = float(_BAR)
    for kind, count in zip(_KINDS, bar.counts, strict=False):
        if count:
            wide = max(_LEAST, _LONG * count / most)
            yield x, wide, kind
            x += wide


def _short(words: str, letters: int) -> str:
    line = " ".join(words.split())
    return line if len(line) <= letters else f"{line[: letters - 3]}..."
