"""The document to keep: whole, plain to any reader of Markdown, and the same bytes everywhere."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from chatbot.case import Case
from chatbot.document.layout import as_lines
from chatbot.document.markdown import escaped
from chatbot.document.page import as_html
from chatbot.export.summary_blocks import markdown, of_summary
from chatbot.interview.reading.sanitise import harmless
from chatbot.packs.pack import Pack
from chatbot.recommendation.citation_text import citations, cited, rests_on, statement, work
from chatbot.recommendation.recommend import Recommendation, recommend
from chatbot.recommendation.sources import Reference
from chatbot.recommendation.summary import Line, Origin, Section, Sentence, Summary
from chatbot.service.results import Options, documents, recommend_lines, result_of, summary_of
from tests.support.hostile import STRINGS

BLOCKS = {
    "heading_open", "heading_close", "paragraph_open", "paragraph_close", "blockquote_open", "blockquote_close",
    "bullet_list_open", "bullet_list_close", "ordered_list_open", "ordered_list_close",
    "list_item_open", "list_item_close", "inline",
}  # fmt: skip
HEADING = {"h1": "# ", "h2": "## "}
READERS = [MarkdownIt("commonmark"), MarkdownIt("gfm-like")]
LIKE_MARKUP = (
    "# head", "## ", "#", "- item", "-", "---", "===", "***", "* * *", "+ x", "1. one", "1.", "12) two", "> quoted",
    "    code", "\tcode", "```", "~~~ x", "a | b", "--- | ---", "|-|-|", "*a*", "_a_", "**a**", "~~a~~", "`a`",
    "[a](http://b.c)", "[a][b]", "[a]: http://b.c", "[1 to 7]: http://b.c", "[^1]: note", "![a](b.png)",
    "<http://b.c>", "<a@b.cd>", "<b>a</b>", "<!--", "&amp; &#42; &copy;", "a\\", "a  ", "http://evil.example/x",
    "https://localhost", "//localhost", "//evil.com", "www.1.com", "WWW.evil.com", "evil.com", "mailto:a@b.cd",
    "a@b.cd", "ftp://b.c", "[ ] task", "[x] done", ": term", "$x$", "==x==", "^a^", "a * b * c", "A&E", "a\nb",
    "a\n\n# b", "a\n---", "a\r\n- b", "doi:10.1016/j.jacr.2021.08.002", "\\*a\\*", "!", "x!",
)  # fmt: skip


def flat(text: str) -> str:
    """A text as the one line that it may become."""
    return " ".join(harmless(text).split())


def read(reader: MarkdownIt, text: str) -> list[str]:
    """The plain texts of a document, headings marked, which has blocks of our kinds only and no markup but strong."""
    found: list[str] = []
    tokens = reader.parse(text)
    for before, token in pairwise([tokens[0], *tokens]):
        assert token.type in BLOCKS, (token.type, token.content[:80])
        if token.type == "inline":
            found.append(HEADING.get(before.tag, "") + "".join(map(_plain, token.children or [])))
    return found


def _plain(token: Token) -> str:
    assert token.type in ("text", "strong_open", "strong_close"), (token.type, token.content[:80])
    return token.content


def expected(summary: Summary, pack: Pack, heading: str = "") -> list[str]:
    """What such a document says, block by block."""
    words = pack.wording()
    lead = f"{words.say('emergency_title')}: " if summary.level == "emergency_now" else words.say("advice", text="")

    def said(sentence: Sentence, lead: str = "") -> str:
        return f"{flat(lead + statement(sentence, summary))} {citations(sentence, summary)}".lstrip()

    def section(found: Section) -> list[str]:
        beneath = [(said(sentence), *filter(None, map(flat, rests_on(sentence)))) for sentence in found.sentences]
        return [f"## {flat(found.title)}", *(text for texts in beneath for text in texts)]

    notice = f"{said(summary.notice)} {flat(summary.status)}".rstrip()
    return [
        f"# {flat(heading or words.say('whole_summary'))}",
        said(summary.headline, lead),
        said(summary.within, words.say("time_limit", text="")),
        notice,
        *(text for found in summary.sections for text in section(found)),
        f"## {flat(words.say('references'))}",
        *(f"{flat(work(line, summary.audience))} ({flat(line.label)})".lstrip() for line in summary.references),
        notice,
    ]


def result_for(pack: Pack, name: str, role: str = "patient", country: str = "gb") -> Recommendation:
    """The recommendation of one of the pack's cases."""
    given = next(case.given for case in pack.cases if case.name == name)
    return recommend(pack.rulebook, Case.of_facts({**given, "interview_mode": role}, country))


def hostile(text: str, level: str) -> Summary:
    """A summary in which everything that a pack says is this text."""
    cite = Reference("S-1", "claim", text, "primary", text, text, "V")
    said = Sentence(text, ("S-1",), (text, text), Origin("rule", text))
    return Summary(
        audience="patient",
        language="en",
        country="any",
        level=level,
        headline=said,
        within=said,
        sections=(Section("why", text, (said, replace(said, said=(text,) * 7))), Section("imaging", text, (said,))),
        references=(Line(1, cite, text), Line(2, cite, text)),
        notice=said,
        status=text,
    )


@pytest.mark.parametrize("reader", READERS, ids=["CommonMark", "with links and tables"])
@pytest.mark.parametrize("role", ["patient", "nurse"])
def test_every_case_is_written_whole_and_says_nothing_else(pack: Pack, reader: MarkdownIt, role: str) -> None:
    """Every sentence with its citations, the answers beneath it, and every reference, in order."""
    for case in pack.cases:
        summary = summary_of(pack, result_for(pack, case.name, role))
        assert read(reader, markdown(summary, pack.wording())) == expected(summary, pack)


@pytest.mark.parametrize("reader", READERS, ids=["CommonMark", "with links and tables"])
@pytest.mark.parametrize("level", ["emergency_now", "self_care"])
def test_no_text_becomes_markup_a_link_html_a_heading_or_a_list(pack: Pack, reader: MarkdownIt, level: str) -> None:
    """Not alone, not after a word, not before one; what is left of it reads as it stands."""
    short = [text for text in STRINGS if len(text) < 600]
    for text in (*short, *LIKE_MARKUP):
        for given in (text, f"no {text}", f"{text} no"):
            summary = hostile(given, level)
            assert read(reader, markdown(summary, pack.wording(), given)) == expected(summary, pack, given), ascii(
                given
            )


def test_very_long_texts_stay_one_paragraph() -> None:
    for text in STRINGS:
        if len(text) >= 600:
            assert read(READERS[0], f"- {escaped(text)}") == [flat(text)] * bool(flat(text))


def test_a_document_has_nothing_a_terminal_acts_on(pack: Pack) -> None:
    for text in STRINGS:
        found = markdown(hostile(text, "emergency_now"), pack.wording(), text)
        assert harmless(found).split() == found.split()
        assert "\x1b" not in found


def test_an_emergency_is_the_first_thing_said_and_what_this_is_not_stands_at_both_ends(pack: Pack) -> None:
    summary = summary_of(pack, result_for(pack, "CASE-S0"))
    blocks = markdown(summary, pack.wording()).strip().split("\n\n")
    assert blocks[1].startswith("> **EMERGENCY ADVICE: Call 999 or go to A&E now** [1 to ")
    assert blocks[2] == blocks[-1]
    assert "not a medical device" in blocks[2]
    assert "No clinician has approved it." in blocks[2]


def test_plain_text_stays_easy_to_read_unrendered() -> None:
    """Commas, full stops, brackets round citations and names such as A&E are as they were."""
    text = "Call 999 or go to A&E (now): 38.5 C, 10-12 days? 50%! It's 'so'; pain/numbness."
    assert escaped(text) == text
    assert [escaped(text) for text in ("3.5 days", "3-month", "2 weeks")] == ["3.5 days", "3-month", "2 weeks"]


def test_references_are_numbered_as_cited(pack: Pack) -> None:
    summary = summary_of(pack, result_for(pack, "CASE-S0"))
    written = markdown(summary, pack.wording()).partition("## References\n\n")[2].split("\n\n")[0].split("\n")
    assert [line.split(". ")[0] for line in written] == [str(line.number) for line in summary.references]


def test_a_heading_of_the_shell_stands_first(pack: Pack) -> None:
    """Date and check code are put there by who has them."""
    found = markdown(summary_of(pack, result_for(pack, "CASE-S1e")), pack.wording(), "Back pain, 2 March 2026")
    assert found.startswith("# Back pain, 2 March 2026\n\n> ")


def test_the_json_is_what_recommend_gives_for_the_same_facts(pack: Pack) -> None:
    for role in ("patient", "nurse"):
        given = next(case.given for case in pack.cases if case.name == "CASE-X3")
        facts = {"facts": {**given, "interview_mode": role}, "country": "us"}
        (reply,) = recommend_lines(pack, [json.dumps(facts).encode()], Options())
        result = result_for(pack, "CASE-X3", role, "us")
        assert documents(pack, result)["json"].decode() == reply.line() + "\n"
        assert result_of(pack, result) == reply.data


def test_a_document_is_the_same_bytes_whatever_the_machine() -> None:
    code = (
        "from chatbot.packs.load import load_pack; from chatbot.case import Case\n"
        "from chatbot.recommendation.recommend import recommend; from chatbot.service.results import documents\n"
        "pack = load_pack()\n"
        "for case in pack.cases[:20]:\n"
        "    found = documents(pack, recommend(pack.rulebook, Case.of_facts(case.given, 'gb')))\n"
        "    print(ascii(found))"
    )
    outputs = []
    for seed, locale, zone in (("0", "C", "UTC"), ("77", "tr_TR.UTF-8", "Asia/Tokyo")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone}
        outputs.append(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=env).stdout)
    assert all(one == other for one, other in pairwise(outputs))
    assert outputs[0]


@pytest.mark.parametrize("role", ["patient", "nurse"])
def test_every_form_of_a_summary_says_the_same_sentences_in_the_same_order(pack: Pack, role: str) -> None:
    """Lines and a page in HTML are written from the blocks that Markdown is written from."""
    for case in pack.cases[::7]:
        summary = summary_of(pack, result_for(pack, case.name, role))
        blocks = of_summary(summary, pack.wording())
        lines = [f"{line.first}{line.text}" for line in as_lines(blocks)]
        page = as_html(blocks, "summary", "en")
        assert "<script" not in page
        for said in (" ".join(lines), unescape(re.sub(r"<[^>]+>", " ", page))):
            text, place = " ".join(said.split()), 0
            for sentence in summary.sentences[:-1]:
                place = text.index(flat(cited(sentence, summary)), place)
            assert text.count(flat(cited(summary.notice, summary))) == 2


@pytest.mark.parametrize("text", [text for text in (*STRINGS, *LIKE_MARKUP) if len(text) < 600], ids=ascii)
def test_no_text_becomes_a_tag_or_an_entity_on_a_page(pack: Pack, text: str) -> None:
    page = Page()
    page.feed(as_html(of_summary(hostile(f"no {text}", "self_care"), pack.wording()), text, "en"))
    assert page.tags <= TAGS
    assert flat(f"no {text}") in flat("".join(page.said))


TAGS = {"html", "head", "meta", "title", "style", "body", "main", "nav", "h1", "h2", "ul", "ol", "li", "p", "div", "a"}


class Page(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.said: list[str] = []

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.said.append(data)
