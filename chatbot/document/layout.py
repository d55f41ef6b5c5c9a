"""A document in lines: for a page of any width, as text of one width, and as plain ASCII to be pasted anywhere."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from chatbot.document.blocks import (
    Block,
    Card,
    Code,
    Figure,
    Heading,
    Item,
    Items,
    Numbered,
    Paragraph,
    Pieces,
    Simple,
    Table,
    cited,
    flat,
    labelled,
    one_by_one,
    verbatim,
)  # fmt: skip
from chatbot.interview.reading.sanitise import harmless

WIDTH = 79
_STEP = "  "
# A space at which no line ends.
_TIED = "\N{NO-BREAK SPACE}"
# What has a usual form in ASCII; all other signs lose what ASCII has not.
_ASCII = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2013\u2014\u2212\u2022\u00b7", "-"),
        **dict.fromkeys("\u2018\u2019", "'"),
        **dict.fromkeys("\u201c\u201d", '"'),
        "\u2026": "...",
        "\u2265": ">=",
        "\u2264": "<=",
        "\u2192": "->",
        "\u00b0": " deg ",
        "\u00d7": "x",
        "\u00df": "ss",
    }
)


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line before it is wrapped: `first` stands before it, `indent` before what goes on below.

    One that is `fixed` is not wrapped: its columns would be lost.
    """

    text: str = ""
    indent: str = ""
    first: str = ""
    fixed: bool = False


def as_text(blocks: Iterable[Block], width: int = WIDTH) -> Iterator[str]:
    """The document in lines of at most so many characters, but for tables that are wider."""
    return _fitted(_Fold(width, flat).lines(blocks), width)


def as_ascii(blocks: Iterable[Block], width: int = WIDTH) -> Iterator[str]:
    """The same in printable ASCII."""
    return _fitted(_Fold(width, ascii_of).lines(blocks), width)


def as_lines(blocks: Iterable[Block], width: int = WIDTH) -> Iterator[TextLine]:
    """The document in lines before they are wrapped; `width` bounds the first column of a table, and nothing else."""
    return _Fold(width, flat).lines(blocks)


def ascii_of(text: str) -> str:
    """A text in printable ASCII, on one line."""
    plain = unicodedata.normalize("NFKD", harmless(text).translate(_ASCII))
    return " ".join("".join(sign if " " <= sign <= "~" else " " * sign.isspace() for sign in plain).split())


def _fitted(lines: Iterable[TextLine], width: int) -> Iterator[str]:
    for line in lines:
        if line.fixed:
            yield line.text.rstrip()
            continue
        wrapped = textwrap.wrap(
            line.text, width, initial_indent=line.first, subsequent_indent=line.indent, break_on_hyphens=False
        )
        yield from (part.replace(_TIED, " ") for part in wrapped or [line.first.rstrip()])


@dataclass(frozen=True, slots=True)
class _Fold:
    """Blocks to lines; `plain` makes of each text the one line that may stand there."""

    width: int
    plain: Callable[[str], str]

    def lines(self, blocks: Iterable[Block]) -> Iterator[TextLine]:
        """An empty line stands before each block but the first, and none below a part's heading."""
        above: Block | None = None
        for block in blocks:
            if above is not None and not (isinstance(above, Heading) and above.level > 1):
                yield TextLine()
            for simple in one_by_one([block]):
                yield from self._lines(simple)
            above = block

    def _lines(self, block: Simple) -> Iterator[TextLine]:
        match block:
            case Heading(_, text):
                yield TextLine(self.plain(text))
            case Paragraph():
                yield self._paragraph(block)
            case Pieces(pieces, depth):
                indent = depth * _STEP
                yield TextLine(", ".join(self.plain(piece).replace(" ", _TIED) for piece in pieces), indent, indent)
            case Card(paragraphs):
                yield from map(self._paragraph, paragraphs)
            case Items(items, title):
                yield from [TextLine(f"{self.plain(title)}:")] if title else []
                yield from self._items(items)
            case Numbered(numbered):
                yield from (TextLine(f"[{number}] {self.plain(text)}", "    ") for number, text in numbered)
            case Table():
                yield from (TextLine(line, fixed=True) for line in self._table(block))
            case Code(text):
                for line in verbatim(text).split("\n"):
                    yield TextLine(" ".join(map(self.plain, line.split(" "))), fixed=True)
            case Figure():
                pass  # a drawing has no lines; what it shows is said beside it
            case _:
                assert_never(block)

    def _paragraph(self, block: Paragraph) -> TextLine:
        indent = block.depth * _STEP
        text = self.plain(labelled(block.label, cited(block.text, block.cites, block.after)))
        return TextLine(text, indent + _STEP * bool(block.label), indent)

    def _items(self, items: Iterable[Item]) -> Iterator[TextLine]:
        for item in items:
            yield TextLine(self.plain(labelled(item.label, cited(item.text, item.cites))), _STEP, "- ")
            yield from (TextLine(self.plain(under.text), 2 * _STEP, _STEP) for under in item.under)

    def _table(self, table: Table) -> Iterator[str]:
        if table.caption:
            yield self.plain(table.caption)
        rows = [tuple(map(self.plain, row)) for row in ((table.head, *table.rows) if table.head else table.rows)]
        if table.columns:
            for row in rows:
                yield " ".join(f"{cell:<{wide}}" for cell, wide in zip(row, (*table.columns, 0), strict=True))
        elif rows:
            yield from self._columns(rows)

    def _columns(self, rows: list[tuple[str, ...]]) -> Iterator[str]:
        """Rows in columns; a name too long for its column stands on a line of its own above the rest."""
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        room = self.width - len(_STEP) * len(widths) - sum(widths[1:])
        first = min(widths[0], max(room, 1))
        for name, *cells in rows:
            rest = _STEP.join(f"{cell:<{wide}}" for cell, wide in zip(cells, widths[1:], strict=True))
            if len(name) > first:
                yield f"{_STEP}{name}"
                name = ""
            yield f"{_STEP}{name:<{first}}{_STEP}{rest}"
