"""What a document is made of. No text in a block is ever markup; each fold escapes it for its own form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chatbot.interview.reading.sanitise import as_it_stands, harmless


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title. `anchor` is what the list of contents leads to."""

    level: int
    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; one that must not be missed is strong.

    `label` says what it is. `cites` stand behind it in brackets, `after` behind them. In lines it stands `depth` steps
    under what is above it.
    """

    text: str
    strong: bool = False
    cites: str = ""
    after: str = ""
    label: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Pieces:
    """Pieces in one paragraph with commas between; in lines none is cut, and it stands as deep as a paragraph may."""

    pieces: tuple[str, ...]
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list: what it is, what it says, lines under it, and what it cites."""

    text: str
    label: str = ""
    under: tuple[Item, ...] = ()
    cites: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list, under a title if it has one."""

    items: tuple[Item, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A list whose numbers are referred to."""

    items: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """Paragraphs that belong together and stand out."""

    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table, with a caption and a head where it needs them; the first cell of a row names it.

    In lines columns are as wide as their cells, or as wide as `columns` says, in characters; the last is not bounded.
    """

    caption: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    columns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """Text to copy as it stands."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A diagram in both forms: Mermaid, which Markdown readers draw, and SVG made by this project."""

    mermaid: str
    svg: str


@dataclass(frozen=True, slots=True)
class Together:
    """Blocks without space between them."""

    blocks: tuple[Simple, ...]


Simple = Heading | Paragraph | Pieces | Items | Numbered | Card | Table | Code | Figure
Block = Simple | Together


def one_by_one(blocks: Iterable[Block]) -> Iterator[Simple]:
    """The blocks, those that stand together among them."""
    for block in blocks:
        yield from block.blocks if isinstance(block, Together) else (block,)


def flat(text: str) -> str:
    """A text made harmless, as one line."""
    return " ".join(harmless(text).split())


def verbatim(text: str) -> str:
    """Lines with their spaces, which YAML and columns live by, without anything a terminal would act on."""
    return "\n".join(map(str.rstrip, as_it_stands(text).split("\n"))).rstrip()


def cited(text: str, cites: str, after: str = "") -> str:
    """A text, what it cites in brackets, and what stands behind them."""
    return " ".join(filter(None, (flat(text), f"[{flat(cites)}]" if flat(cites) else "", flat(after))))


def labelled(label: str, text: str) -> str:
    """A text behind what it is."""
    return f"{flat(label)}: {text}" if flat(label) else text
