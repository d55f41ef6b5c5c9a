"""A document as one HTML page that needs nothing else: no script, no font, no connection."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

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
    one_by_one,
    verbatim,
)  # fmt: skip

STYLE = """
:root { color-scheme: light; --ink: #1a1a1a; --paper: #fff; --edge: #767676; --tint: #f0f0f0; --link: #0b4f8a; }
@media screen and (prefers-color-scheme: dark) { :root { color-scheme: dark; --ink: #f2f2f2; --paper: #161616;
  --edge: #8f8f8f; --tint: #2b2b2b; --link: #8cc4f5; } }
body { font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; color: var(--ink);
  background: var(--paper); max-width: 64rem; margin: 2rem auto; padding: 0 1.25rem; overflow-wrap: break-word; }
h1, h2, h3, h4 { line-height: 1.25; margin: 1.6em 0 .5em; break-after: avoid; }
h2 { border-bottom: 2px solid var(--ink); padding-bottom: .2em; margin-top: 2.4em; }
h4 { font-size: 1.05rem; }
a { color: var(--link); }
table { border-collapse: collapse; width: 100%; margin: .8em 0 1.4em; break-inside: auto; }
caption { text-align: left; font-weight: 600; padding: .2em 0; }
th, td { border: 1px solid var(--edge); padding: .35em .6em; text-align: left; vertical-align: top; }
thead th { background: var(--tint); }
tbody th { font-weight: 600; width: 18%; }
td:nth-child(2):last-child { overflow-wrap: anywhere; }
tr, pre, svg, .card { break-inside: avoid; }
ul { margin: .3em 0 .8em; padding-left: 1.4em; }
li ul { margin: 0 0 .2em; }
nav ul { columns: 2; }
pre { background: var(--tint); border: 1px solid var(--edge); padding: .8em; white-space: pre-wrap; }
.strong, .card { border: 2px solid var(--ink); padding: .6em .9em; }
.strong { font-weight: 600; }
.card { border-width: 3px; margin: 1em 0; }
.card p { margin: .2em 0; }
.card .strong { border: 0; padding: 0; font-size: 1.2em; }
figure { margin: 1em 0; } figure svg { display: block; max-width: 100%; height: auto; }
@media print { body { font-size: 10.5pt; max-width: none; margin: 0; padding: 0; } a { color: inherit; }
  h2:last-of-type { break-before: page; } nav { display: none; } }
"""
_LONG = re.compile(r"\S{20,}")
_PARTS = re.compile(r"(?<=[./])(?=[^\s./])")


def as_html(blocks: Iterable[Block], title: str, language: str) -> str:
    """The document as a page, with a list of its parts behind the title."""
    whole = list(one_by_one(blocks))
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
    return escape(flat(text))


def _breaking(text: str) -> str:
    """Text in which a long address may break between its parts, so that its column leaves room for others."""
    return _LONG.sub(lambda long: _PARTS.sub("<wbr>", long[0]), _text(text))


def _html(block: Simple) -> str:
    match block:
        case Heading(level, text, anchor):
            place = f' id="{_text(anchor)}"' if anchor else ""
            return f"<h{level}{place}>{_text(text)}</h{level}>\n"
        case Paragraph():
            kind = ' class="strong"' if block.strong else ""
            return f"<p{kind}>{_label(block.label)}{_text(cited(block.text, block.cites, block.after))}</p>\n"
        case Pieces(pieces):
            return f"<p>{_text(', '.join(pieces))}</p>\n"
        case Card(paragraphs):
            return f'<div class="card">\n{"".join(map(_html, paragraphs))}</div>\n'
        case Numbered(numbered):
            lines = "".join(f'<li value="{number}">{_text(text)}</li>\n' for number, text in numbered)
            return f"<ol>\n{lines}</ol>\n"
        case Items(items, title):
            return (f"<p>{_text(title)}:</p>\n" if title else "") + _list(items)
        case Table():
            return _table(block)
        case Code(text):
            return f"<pre><code>{escape(verbatim(text))}</code></pre>\n"
        case Figure(_, svg):
            return f"<figure>{svg}</figure>\n"


def _label(label: str) -> str:
    return f"<strong>{_text(label)}:</strong> " if label else ""


def _list(items: Iterable[Item]) -> str:
    def line(item: Item) -> str:
        under = _list(item.under) if item.under else ""
        return f"<li>{_label(item.label)}{_text(cited(item.text, item.cites))}{under}</li>\n"

    return f"<ul>\n{''.join(map(line, items))}</ul>\n"


def _table(table: Table) -> str:
    caption = f"<caption>{_text(table.caption)}</caption>\n" if table.caption else ""
    head = f"<thead>{_head(table.head)}</thead>\n" if table.head else ""
    rows = ""
    for first, *rest in table.rows:
        cells = "".join(f"<td>{_breaking(cell)}</td>" for cell in rest)
        rows += f'<tr><th scope="row">{_text(first)}</th>{cells}</tr>\n'
    return f"<table>\n{caption}{head}<tbody>\n{rows}</tbody>\n</table>\n"


def _head(cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f'<th scope="col">{_text(cell)}</th>' for cell in cells) + "</tr>"
