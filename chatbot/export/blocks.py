"""A document as plain data, and the same document in lines, as Markdown and as one HTML page.

No text in it is ever markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from chatbot.interview.reading.sanitise import harmless


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title. `anchor` is what the list of contents leads to."""

    level: int
    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; one that must not be missed is strong.

    `cites` stand behind it in brackets, `after` behind them.
    """

    text: str
    strong: bool = False
    cites: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list: what it is, what it says, lines under it, and what it cites."""

    text: str
    label: str = ""
    under: tuple[Item, ...] = ()
    cites: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Item, ...]


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
    """A table with a head; the first cell of a row names it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Text to copy as it stands."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A diagram in both forms: Mermaid, which Markdown readers draw, and SVG made by this project."""

    mermaid: str
    svg: str


Block = Heading | Paragraph | Items | Numbered | Card | Table | Code | Picture
# What the summary is made of, which every fold can write, lines for a narrow page among them.
Reading = Heading | Paragraph | Items | Numbered | Card

STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; color: #1a1a1a;
  background: #fff; max-width: 64rem; margin: 2rem auto; padding: 0 1.25rem; overflow-wrap: break-word; }
h1, h2, h3, h4 { line-height: 1.25; margin: 1.6em 0 .5em; break-after: avoid; }
h2 { border-bottom: 2px solid #1a1a1a; padding-bottom: .2em; margin-top: 2.4em; }
h4 { font-size: 1.05rem; }
a { color: #0b4f8a; }
table { border-collapse: collapse; width: 100%; margin: .8em 0 1.4em; break-inside: auto; }
caption { text-align: left; font-weight: 600; padding: .2em 0; }
th, td { border: 1px solid #767676; padding: .35em .6em; text-align: left; vertical-align: top; }
thead th { background: #ececec; }
tbody th { font-weight: 600; width: 18%; }
td:nth-child(2):last-child { overflow-wrap: anywhere; }
tr, pre, svg { break-inside: avoid; }
ul { margin: .3em 0 .8em; padding-left: 1.4em; }
li ul { margin: 0 0 .2em; }
nav ul { columns: 2; }
pre { background: #f4f4f4; border: 1px solid #767676; padding: .8em; white-space: pre-wrap; }
.strong { border: 2px solid #1a1a1a; padding: .6em .9em; font-weight: 600; }
figure { margin: 1em 0; } figure svg { display: block; max-width: 100%; height: auto; }
@media print { body { font-size: 10.5pt; max-width: none; margin: 0; padding: 0; } a { color: inherit; }
  h2:last-of-type { break-before: page; } nav { display: none; } }
"""
_SPECIAL = re.compile(
    r"[\\`*_{}\[\]<>#|~$^]"
    r"|&(?=#?\w+;)"
    # Many readers make a link of what only looks like an address.
    r"|(?<=/)/|@|\.(?=[^\W\d])|(?<=[wW]{3})\."
)
_AT_START = re.compile(r"^(?:(?=[-+=:])|\d+(?=[.)](?: |$)))")
_FENCES = re.compile("`+")
_LONG = re.compile(r"\S{20,}")
_PARTS = re.compile(r"(?<=[./])(?=[^\s./])")


def escaped(text: str) -> str:
    """A text as one line that reads the same in CommonMark, wherever it stands in a block."""
    line = " ".join(harmless(text).split())
    return _AT_START.sub(r"\g<0>\\", _SPECIAL.sub(r"\\\g<0>", line))


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line before it is wrapped: `first` stands before it, `indent` before what goes on below."""

    text: str = ""
    indent: str = ""
    first: str = ""


def as_lines(blocks: Iterable[Reading]) -> Iterator[TextLine]:
    """The document in lines of text; an empty one before each block but the first, and none below a part's heading."""
    above: Reading | None = None
    for block in blocks:
        if above is not None and not (isinstance(above, Heading) and above.level > 1):
            yield TextLine()
        yield from _text_lines(block)
        above = block


def _text_lines(block: Reading) -> Iterator[TextLine]:
    match block:
        case Heading(_, text):
            yield TextLine(text)
        case Paragraph():
            yield TextLine(_cited_line(block))
        case Card(paragraphs):
            yield from (TextLine(_cited_line(each)) for each in paragraphs)
        case Items(items):
            yield from _item_texts(items, "")
        case Numbered(numbered):
            yield from (TextLine(f"[{number}] {text}", indent="    ") for number, text in numbered)


def _item_texts(items: Iterable[Item], indent: str) -> Iterator[TextLine]:
    for item in items:
        label = f"{item.label}: " if item.label else ""
        text = f"{label}{item.text} [{item.cites}]" if item.cites else f"{label}{item.text}"
        yield TextLine(text, f"{indent}  ", f"{indent}- ")
        yield from (TextLine(under.text, f"{indent}    ", f"{indent}  ") for under in item.under)


def _cited_line(block: Paragraph) -> str:
    return " ".join(filter(None, (block.text, f"[{block.cites}]" if block.cites else "", block.after)))


def as_markdown(blocks: Iterable[Block]) -> str:
    """The document as CommonMark with tables."""
    return "\n\n".join(map(_markdown, blocks)) + "\n"


def _markdown(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * level} {escaped(text)}"
        case Paragraph():
            return _paragraph(block)
        case Card(paragraphs):
            return "\n>\n".join(f"> {_paragraph(each)}" for each in paragraphs)
        case Items(items):
            return "\n".join(_item_lines(items, ""))
        case Numbered(numbered):
            return "\n".join(f"{number}. {escaped(text)}" for number, text in numbered)
        case Table(caption, head, rows):
            lines = [head, tuple("---" for _ in head), *rows]
            table = "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)
            return f"{escaped(caption)}\n\n{table}"
        case Code(text, language):
            return _fenced(text, language)
        case Picture(mermaid, _):
            return _fenced(mermaid, "mermaid")


def _paragraph(block: Paragraph) -> str:
    text = f"**{escaped(block.text)}**" if block.strong else escaped(block.text)
    return " ".join(filter(None, (text, _in_brackets(block.cites), escaped(block.after))))


def _in_brackets(cites: str) -> str:
    # In brackets without a definition, which no text here can make, stands no link.
    return f"[{escaped(cites)}]" if cites else ""


def _cell(text: str) -> str:
    return text if text == "---" else escaped(text)


def _fenced(text: str, language: str) -> str:
    longest = max((len(run) for run in _FENCES.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{_verbatim(text)}\n{fence}"


def _verbatim(text: str) -> str:
    """Lines with their indent, which YAML lives by, without anything a terminal would act on."""
    return "\n".join(
        line[: len(line) - len(line.lstrip(" "))] + " ".join(harmless(line).split("\n")) for line in text.splitlines()
    ).rstrip()


def _item_lines(items: Iterable[Item], indent: str) -> Iterator[str]:
    for item in items:
        label = f"**{escaped(item.label)}:** " if item.label else ""
        text = " ".join(filter(None, (escaped(item.text), _in_brackets(item.cites))))
        yield f"{indent}- {label}{text}".rstrip()
        yield from _item_lines(item.under, f"{indent}  ")


def as_html(blocks: Iterable[Block], title: str, language: str) -> str:
    """The document as one HTML page that needs nothing else: no script, no font, no connection."""
    whole = list(blocks)
    contents = "".join(
        f'<li><a href="#{_text(block.anchor)}">{_text(block.text)}</a></li>\n'
        for block in whole
        if isinstance(block, Heading) and block.level == 2
    )
    nav = f'<nav aria-label="Contents">\n<ul>\n{contents}</ul>\n</nav>\n'
    body = [_html(block) + (nav if isinstance(block, Heading) and block.level == 1 else "") for block in whole]
    return (
        f'<!DOCTYPE html>\n<html lang="{_text(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{_text(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{''.join(body)}</main>\n"
        "</body>\n</html>\n"
    )


def _text(text: str) -> str:
    return escape(" ".join(harmless(text).split()))


def _breaking(text: str) -> str:
    """Text in which a long address may break between its parts, so that its column leaves room for others."""
    return _LONG.sub(lambda long: _PARTS.sub("<wbr>", long[0]), _text(text))


def _html(block: Block) -> str:
    match block:
        case Heading(level, text, anchor):
            place = f' id="{_text(anchor)}"' if anchor else ""
            return f"<h{level}{place}>{_text(text)}</h{level}>\n"
        case Paragraph(_, strong):
            kind = ' class="strong"' if strong else ""
            return f"<p{kind}>{_text(_cited_line(block))}</p>\n"
        case Card(paragraphs):
            return f'<div class="card">\n{"".join(map(_html, paragraphs))}</div>\n'
        case Numbered(numbered):
            lines = "".join(f'<li value="{number}">{_text(text)}</li>\n' for number, text in numbered)
            return f"<ol>\n{lines}</ol>\n"
        case Items(items):
            return _list(items)
        case Table():
            return _table(block)
        case Code(text):
            return f"<pre><code>{escape(_verbatim(text))}</code></pre>\n"
        case Picture(_, svg):
            return f"<figure>{svg}</figure>\n"


def _list(items: Iterable[Item]) -> str:
    def line(item: Item) -> str:
        label = f"<strong>{_text(item.label)}:</strong> " if item.label else ""
        text = _text(f"{item.text} [{item.cites}]" if item.cites else item.text)
        return f"<li>{label}{text}{_list(item.under) if item.under else ''}</li>\n"

    return f"<ul>\n{''.join(map(line, items))}</ul>\n"


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{_text(cell)}</th>' for cell in table.head)
    rows = ""
    for first, *rest in table.rows:
        cells = "".join(f"<td>{_breaking(cell)}</td>" for cell in rest)
        rows += f'<tr><th scope="row">{_text(first)}</th>{cells}</tr>\n'
    caption = f"<caption>{_text(table.caption)}</caption>"
    return f"<table>\n{caption}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
