"""A document as CommonMark with tables, in which no text is markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

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
    flat,
    one_by_one,
    verbatim,
)  # fmt: skip

_SPECIAL = re.compile(
    r"[\\`*_{}\[\]<>#|~$^]"
    r"|&(?=#?\w+;)"
    # Many readers make a link of what only looks like an address.
    r"|(?<=/)/|@|\.(?=[^\W\d])|(?<=[wW]{3})\."
)
_AT_START = re.compile(r"^(?:(?=[-+=:])|\d+(?=[.)](?: |$)))")
_FENCES = re.compile("`+")


def escaped(text: str) -> str:
    """A text as one line that reads the same in CommonMark, wherever it stands in a block."""
    return _AT_START.sub(r"\g<0>\\", _SPECIAL.sub(r"\\\g<0>", flat(text)))


def as_markdown(blocks: Iterable[Block]) -> str:
    """The document as CommonMark with tables."""
    return "\n\n".join(map(_markdown, one_by_one(blocks))) + "\n"


def _markdown(block: Simple) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * level} {escaped(text)}"
        case Paragraph():
            return _paragraph(block)
        case Pieces(pieces):
            return escaped(", ".join(pieces))
        case Card(paragraphs):
            return "\n>\n".join(f"> {_paragraph(each)}" for each in paragraphs)
        case Items(items, title):
            return "\n".join([*([f"{escaped(title)}:\n"] if title else []), *_items(items, "")])
        case Numbered(numbered):
            return "\n".join(f"{number}. {escaped(text)}" for number, text in numbered)
        case Table():
            return "\n".join(_table(block))
        case Code(text, language):
            return _fenced(text, language)
        case Figure(mermaid, _):
            return _fenced(mermaid, "mermaid")


def _paragraph(block: Paragraph) -> str:
    text = f"**{escaped(block.text)}**" if block.strong else escaped(block.text)
    return " ".join(filter(None, (_label(block.label), text, _in_brackets(block.cites), escaped(block.after))))


def _label(label: str) -> str:
    return f"**{escaped(label)}:**" if label else ""


def _in_brackets(cites: str) -> str:
    # In brackets without a definition, which no text here can make, stands no link.
    return f"[{escaped(cites)}]" if cites else ""


def _items(items: Iterable[Item], indent: str) -> Iterator[str]:
    for item in items:
        text = " ".join(filter(None, (_label(item.label), escaped(item.text), _in_brackets(item.cites))))
        yield f"{indent}- {text}".rstrip()
        yield from _items(item.under, f"{indent}  ")


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield f"{escaped(table.caption)}\n"
    # There is no table without a head; an empty one is read as none.
    head = table.head or tuple("" for _ in next(iter(table.rows), ()))
    yield _row(map(escaped, head))
    yield _row("---" for _ in head)
    yield from (_row(map(escaped, row)) for row in table.rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _fenced(text: str, language: str) -> str:
    longest = max((len(run) for run in _FENCES.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{verbatim(text)}\n{fence}"
