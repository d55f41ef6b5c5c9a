"""No text of a document is markup, whatever the fold: hostile characters change neither its shape nor its lines."""

from collections.abc import Callable
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

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
    Table,
    Together,
    flat,
)  # fmt: skip
from chatbot.document.layout import as_ascii, as_lines, as_text
from chatbot.document.markdown import as_markdown
from chatbot.document.page import as_html
from chatbot.document.svg import Drawing
from tests.support.hostile import STRINGS

READER = MarkdownIt("gfm-like")
PIECES = [
    "|", "<", ">", "`", "```", "\n", "\n\n", "\r\n", "\x1b", "\x1b[2J", "\u202e", "\u2066", "\u200b", "&", "&lt;",
    '"', "'", "\\", "*", "_", "#", "- ", "1. ", "[", "](http://b.c)", "<script>", "-->", "]]>", "---", "~~~", "    ",
    "a.b", "@", "$", "x", " ",
]  # fmt: skip
HOSTILE = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
    st.sampled_from([text for text in STRINGS if len(text) < 600]),
)


UNWANTED = set("\x1b\x07\u202e\u2066\u200b\r")


def document(said: str) -> list[Block]:
    """One of each block, in which every word is this text."""
    strong = Paragraph(said, strong=True, cites=said, after=said, label=said, depth=1)
    table = Table(said, (said, said), ((said, said), (said, said)))
    return [
        Heading(1, said),
        strong,
        Card((strong, Paragraph(said))),
        Heading(2, said, said),
        Items((Item(said, said, (Item(said),), said), Item(said)), said),
        Numbered(((1, said), (2, said))),
        Together((Paragraph(said), Table(rows=((said, said),)), Pieces((said, said), 1))),
        table,
        Table(said, (said, said), ((said, said),), (9,)),
    ]


def tokens(text: str) -> list[str]:
    """The shape of a document in Markdown."""
    found = []
    for token in READER.parse(as_markdown(document(text))):
        inner = [each.type for each in token.children or () if each.type != "text"]
        found += [token.type, *inner]
    return found


class Page(HTMLParser):
    """The tags of a page, and the names of what they say of themselves."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, ...]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, *(name for name, _ in attrs)))

    def handle_comment(self, data: str) -> None:
        self.tags.append(("comment", data))


def tags(text: str) -> list[tuple[str, ...]]:
    """The shape of a page, but for places at which a long word may break."""
    return [tag for tag in Page(as_html(document(text), text, "en")).tags if tag != ("wbr",)]


def drawn(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The shape of a drawing."""
    drawing = Drawing(400, "mine", y=20)
    drawing.text(10, 20, text, "top")
    drawing.text(10, 40, text, middle=True)
    drawing.frame(0, 5, 5, 90, 90, "part")
    drawing.arrow("M0 0 v9")
    drawing.striped()
    return [(node.tag, tuple(node.attrib)) for node in ET.fromstring(drawing.whole(text, text, 100)).iter()]


def lines(text: str) -> list[bool]:
    """Which lines of a document are empty, before they are wrapped."""
    return [not line.text for line in as_lines(document(text), 100_000)]


@pytest.mark.parametrize("shape", [tokens, tags, drawn, lines])
@given(text=HOSTILE)
def test_hostile_text_leaves_the_shape_of_a_document_as_it_is(shape: Callable[[str], object], text: str) -> None:
    for said in (f"x{text}x", f"{text} no"):  # behind a word, and where a mark may begin a block
        if flat(said):
            assert shape(said) == shape("x")


@given(text=HOSTILE)
def test_no_line_of_any_fold_holds_what_a_terminal_acts_on(text: str) -> None:
    blocks = document(f"x{text}x")
    for line in (*as_text(blocks, 60), *as_ascii(blocks, 60), *(line.text for line in as_lines(blocks))):
        assert flat(line) == " ".join(line.split())
        assert "\n" not in line
    assert all(line.isascii() for line in as_ascii(blocks, 60))
    for whole in (as_markdown(blocks), as_html(blocks, text, "en")):
        assert not set(whole) & UNWANTED


@given(text=HOSTILE)
def test_copied_text_stays_inside_its_fence(text: str) -> None:
    blocks: list[Block] = [Code(text, "yaml"), Figure(text, "<svg/>"), Paragraph("after")]
    assert [token.type for token in READER.parse(as_markdown(blocks))] == [
        "fence", "fence", "paragraph_open", "inline", "paragraph_close",
    ]  # fmt: skip
    assert ("script",) not in Page(as_html(blocks, "t", "en")).tags
    assert not set(as_markdown(blocks) + as_html(blocks, "t", "en")) & UNWANTED
    lines = [line.text for line in as_lines([Code(f"a  b {text}\n    c")])]
    assert lines[0].startswith("a  b")
    assert lines[-1] == "    c"


def test_lines_of_what_stands_together_have_no_space_between_them() -> None:
    blocks: list[Block] = [
        Heading(1, "Title"),
        Together((Paragraph("one", label="First"), Paragraph("two", depth=1))),
        Heading(2, "Part"),
        Items((Item("a", under=(Item("b"),)), Item("c", cites="1")), "Some"),
        Pieces(("CES-1 4/8", "NEU-2 3/8"), 1),
    ]
    assert list(as_text(blocks, 20)) == [
        "Title", "", "First: one", "  two", "", "Part", "Some:", "- a", "  b", "- c [1]", "",
        "  CES-1 4/8,", "  NEU-2 3/8",
    ]  # fmt: skip


def test_a_table_in_lines_has_columns_as_wide_as_its_cells_and_as_the_width_allows() -> None:
    table = Table("Rows", ("name", "n"), (("a name that is too long for it", "1"), ("b", "22")))
    assert list(as_text([table], 20)) == [
        "Rows", "  name            n", "  a name that is too long for it", f"{'':18}1", f"  b{'':15}22",
    ]  # fmt: skip
    assert list(as_text([Table(rows=(("a", "b", "c"),), columns=(3, 2))])) == ["a   b  c"]


def test_figures_stand_below_a_name_too_long_for_its_column() -> None:
    rows = (("n" * 60, "1/2 50% (9-91)", "1/2"), ("short", "0/1 0% (0-79)", "0/1"))
    lines = list(as_text([Table(head=("name", "figures which are quite long", "more"), rows=rows)]))
    assert all(len(line) <= 79 for line in lines)
    assert lines[1].strip() == "n" * 60
    assert lines[2].split()[0] == "1/2"


def test_ascii_of_a_table_keeps_its_columns() -> None:
    table = Table(rows=(("\u2265 3", "x"), ("\u00e9t\u00e9", "y")))
    assert list(as_ascii([table])) == ["  >= 3  x", "  ete   y"]
