"""A confusion matrix of levels: what was expected in rows, what came out in columns; as text and as a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from chatbot.interview.reading.sanitise import harmless
from chatbot.recommendation.rulebook import LEVELS

_FIRST, _COLUMN = 17, 10  # characters: together less than 80
_LEFT, _TOP, _WIDE, _HIGH = 150, 130, 96, 52  # pixels: of the row names, of what stands above, of a cell
_STYLE = """
text { font: 14px system-ui, sans-serif; fill: #1b1b1b }
.head { font-size: 18px; font-weight: 600 } .small { font-size: 12px } .count { font-size: 17px; font-weight: 600 }
.paper { fill: #ffffff } .cell { stroke: #767676 } .none { fill: #f4f4f4 } .zero { fill: #595959 }
.agrees { fill: #cfe3f7 } .under { fill: #f7c9c4 } .over { fill: #fbe6b0 }
@media (prefers-color-scheme: dark) {
  text { fill: #f2f2f2 } .paper { fill: #161616 } .none { fill: #242424 } .zero { fill: #b4b4b4 }
  .agrees { fill: #1c4468 } .under { fill: #7a231c } .over { fill: #5c4508 } .cell { stroke: #8f8f8f }
}
"""


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
        width, height = _LEFT + len(LEVELS) * _WIDE + 24, _TOP + len(LEVELS) * _HIGH + 92
        about = escape(" ".join(harmless(about).split())[:60])
        size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        return "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title about">',
                f'<title id="title">Expected and resulting levels of care: {about}</title>',
                f'<desc id="about">{escape(self.in_words())}</desc>',
                f"<style>{_STYLE}</style>",
                f'<rect class="paper" width="{width}" height="{height}"/>',
                *self._heads(about),
                *(line for cell in self.cells for line in _cell(*cell)),
                *_legend(height - 70),
                "</svg>",
                "",
            ]
        )

    def in_words(self) -> str:
        """The picture in words, for those who do not see it."""
        said = [f"{' '.join(_name(e))} expected, {' '.join(_name(g))} came out: {n}" for e, g, n in self.cells if n]
        return "Rows are the level expected, columns the level that came out. " + "; ".join(said) + "."

    def _heads(self, about: str) -> Iterator[str]:
        yield _text(16, 30, "Expected and resulting levels of care", "head")
        yield _text(16, 52, about, "small")
        yield _text(_LEFT + len(LEVELS) * _WIDE / 2, 80, "level that came out", middle=True)
        yield _text(16, _TOP - 10, "level expected")
        for level in range(len(LEVELS)):
            first, second = _name(level)
            across = _LEFT + level * _WIDE + _WIDE / 2
            yield _text(across, _TOP - 26, first, middle=True)
            yield _text(across, _TOP - 9, second, middle=True)
            yield _text(16, _TOP + level * _HIGH + _HIGH / 2 + 5, f"{first} {second}")


def _name(level: int) -> tuple[str, str]:
    first, _, second = LEVELS[level].partition("_")
    return first, second.replace("_", " ")


def _cell(expected: int, got: int, count: int) -> Iterator[str]:
    x, y = _LEFT + got * _WIDE, _TOP + expected * _HIGH
    kind = "agrees" if got == expected else "under" if got < expected else "over"
    place = f'x="{x}" y="{y}" width="{_WIDE}" height="{_HIGH}"'
    yield f'<rect class="cell {kind if count else "none"}" {place}/>'
    if not count:
        yield _text(x + _WIDE / 2, y + _HIGH / 2 + 5, "0", "zero", middle=True)
        return
    yield _text(x + _WIDE / 2, y + 24, str(count), "count", middle=True)
    yield _text(x + _WIDE / 2, y + 42, kind, "small", middle=True)  # colour is never the only sign


def _legend(y: int) -> Iterator[str]:
    words = (
        "agrees: acceptable. under: less urgent than expected. over: more urgent.",
        "Vignettes and labels were written by this project; no clinician checked the labels.",
        "This is not clinical validation.",
    )
    for at, line in enumerate(words):
        yield _text(16, y + 20 * at, line, "small")


def _text(x: float, y: float, words: str, kind: str = "", *, middle: bool = False) -> str:
    named = f' class="{kind}"' if kind else ""
    anchor = ' text-anchor="middle"' if middle else ""
    return f'<text x="{x:g}" y="{y:g}"{named}{anchor}>{words}</text>'
