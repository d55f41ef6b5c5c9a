"""A confusion matrix of levels: what was expected in rows, what came out in columns; as text and as a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chatbot.document.blocks import flat
from chatbot.document.svg import Drawing
from chatbot.recommendation.rulebook import LEVELS

_TITLE = "Expected and resulting levels of care"
_FIRST, _COLUMN = 17, 10  # characters: together less than 80
_LEFT, _TOP, _WIDE, _HIGH = 150, 130, 96, 52  # pixels: of the row names, of what stands above, of a cell


@dataclass(frozen=True, slots=True)
class Matrix:
    """The counts of how often each level came out where each was expected."""

    rows: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, int]]) -> Matrix:
        """Count pairs of an expected level and the level that came out."""
        counted = Counter(pairs)
        every = range(len(LEVELS))
        return cls(tuple(tuple(counted[expected, got] for got in every) for expected in every))

    @property
    def cells(self) -> Iterator[tuple[int, int, int]]:
        """Expected level, level that came out, and how often, row by row."""
        for expected, row in enumerate(self.rows):
            for got, count in enumerate(row):
                yield expected, got, count

    def lines(self) -> Iterator[str]:
        """The matrix in lines of fewer than 80 characters; agreement stands in brackets."""
        for part in (0, 1):
            yield " " * _FIRST + "".join(f"{_name(level)[part]:>{_COLUMN - 1}} " for level in range(len(LEVELS)))
        for expected, row in enumerate(self.rows):
            cells = (f"[{count}]" if got == expected else f"{count or '.'} " for got, count in enumerate(row))
            yield (f"{LEVELS[expected]:<{_FIRST}}" + "".join(f"{cell:>{_COLUMN}}" for cell in cells)).rstrip()

    def svg(self, about: str) -> str:
        """The matrix as an SVG picture; `about` names what was audited."""
        drawing = Drawing(_LEFT + len(LEVELS) * _WIDE + 24, y=_TOP + len(LEVELS) * _HIGH + 22)
        about = flat(about)[:60]
        _heads(drawing, about)
        for cell in self.cells:
            _cell(drawing, *cell)
        _legend(drawing)
        return drawing.whole(f"{_TITLE}: {about}", self.in_words(), drawing.y + 10)

    def in_words(self) -> str:
        """The picture in words, for those who do not see it."""
        said = [f"{' '.join(_name(e))} expected, {' '.join(_name(g))} came out: {n}" for e, g, n in self.cells if n]
        return "Rows are the level expected, columns the level that came out. " + "; ".join(said) + "."


def _heads(drawing: Drawing, about: str) -> None:
    drawing.text(16, 30, _TITLE, "top")
    drawing.text(16, 52, about, "small")
    drawing.text(_LEFT + len(LEVELS) * _WIDE / 2, 80, "level that came out", middle=True)
    drawing.text(16, _TOP - 10, "level expected")
    for level in range(len(LEVELS)):
        first, second = _name(level)
        across = _LEFT + level * _WIDE + _WIDE / 2
        drawing.text(across, _TOP - 26, first, middle=True)
        drawing.text(across, _TOP - 9, second, middle=True)
        drawing.text(16, _TOP + level * _HIGH + _HIGH / 2 + 5, f"{first} {second}")


def _name(level: int) -> tuple[str, str]:
    first, _, second = LEVELS[level].partition("_")
    return first, second.replace("_", " ")


def _cell(drawing: Drawing, expected: int, got: int, count: int) -> None:
    x, y = _LEFT + got * _WIDE, _TOP + expected * _HIGH
    kind = "agrees" if got == expected else "under" if got < expected else "over"
    drawing.box(x, y, _WIDE, _HIGH, f"cell {kind if count else 'none'}")
    if not count:
        drawing.text(x + _WIDE / 2, y + _HIGH / 2 + 5, "0", "zero", middle=True)
        return
    drawing.text(x + _WIDE / 2, y + 24, str(count), "count", middle=True)
    drawing.text(x + _WIDE / 2, y + 42, kind, "small", middle=True)  # colour is never the only sign


def _legend(drawing: Drawing) -> None:
    for line in (
        "agrees: acceptable. under: less urgent than expected. over: more urgent.",
        "Vignettes and labels were written by this project; no clinician checked the labels.",
        "This is not clinical validation.",
    ):
        drawing.text(16, drawing.y, line, "small")
        drawing.y += 20
