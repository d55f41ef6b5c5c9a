"""The sections of a summary and its references: whole, wrapped, scrolled, and never markup."""

from itertools import pairwise

import pytest
from rich.cells import cell_len
from textual.events import MouseScrollDown
from textual.geometry import Offset
from textual.selection import SELECT_ALL, Selection

from chatbot.document.blocks import flat
from chatbot.packs.pack import Pack
from chatbot.recommendation.citation_text import MANY, cited, rests_on, work
from chatbot.recommendation.summary import Section, Sentence, Summary
from chatbot.tui.widgets.hanging import Hanging, HangingParagraph, HangingText, wrap
from chatbot.tui.widgets.sections import References, Sections, of_section, of_work
from tests.support.hostile import STRINGS
from tests.support.painted import WIDE_AND_BACKWARDS, Painted, is_harmless, saying, summary_for

SIZES = [(80, 24), (40, 15)]
TALL = 800


def shown(summary: Summary | None, only: tuple[str, ...] = ()) -> Painted:
    """An app with the sections of a summary."""
    return Painted(lambda: [Sections(summary, only)])


def lines(app: Painted) -> list[str]:
    """What stands on the screen beside the frame, without empty ends."""
    return [row[1:].rstrip() for row in app.rows]


@pytest.mark.parametrize("role", ["patient", "nurse"])
@pytest.mark.parametrize("width", [40, 80, 200])
async def test_every_sentence_stands_there_cited_with_the_answers_beneath(pack: Pack, role: str, width: int) -> None:
    summary = summary_for(pack, "CASE-X3", role)
    app = shown(summary)
    async with app.run_test(size=(width, TALL)):
        said = [
            text
            for section in summary.sections
            for text in (
                section.title,
                *(text for s in section.sentences for text in (f"- {cited(s, summary)}", *rests_on(s))),
            )
        ]
        whole = " ".join([*said, cited(summary.notice, summary), summary.status])
        assert app.text == " ".join(whole.split())


async def test_later_lines_hang_under_the_first() -> None:
    said = Sentence("Keep moving as much as the pain lets you.", ("S-1",), ("You said: It began in the last 2 weeks",))
    summary = saying(["Why"])
    paragraphs = of_section(Section("why", "Why", (said,)), summary)
    assert Hanging(paragraphs).content(24).plain.split("\n") == [
        "Why",
        "- Keep moving as much as",
        "  the pain lets you. [1]",
        "  You said: It began in",
        "    the last 2 weeks",
    ]


async def test_a_long_row_of_answers_is_one_paragraph() -> None:
    said = Sentence("Text.", ("S-1",), tuple(map(str, range(MANY + 1))))
    paragraphs = list(of_section(Section("why", "Why", (said,)), saying(["Why"])))
    assert paragraphs[-1].text == "0; 1; 2; 3; 4; 5; 6"
    assert len(paragraphs) == 3


@pytest.mark.parametrize("size", SIZES)
async def test_keys_and_wheel_scroll_from_the_first_section_to_the_notice(pack: Pack, size: tuple[int, int]) -> None:
    app = shown(summary_for(pack, "CASE-X3", "nurse"))
    async with app.run_test(size=size) as pilot:
        sections = app.query_one(Sections)
        assert lines(app)[0].strip() == "Why"
        await pilot.press("tab", "end")
        assert sections.scroll_offset.y == sections.max_scroll_y > 0
        assert "approved it." in app.text
        await pilot.press("home", "pagedown", "down", "up", "pageup", "down")
        assert sections.scroll_offset.y == 1
        sections.post_message(MouseScrollDown(sections, 5, 5, 0, 1, 0, False, False, False))
        await pilot.pause()
        assert sections.scroll_offset.y > 1


async def test_focus_is_seen_without_colour(pack: Pack) -> None:
    app = shown(summary_for(pack, "CASE-S0"))
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.set_focus(None)
        await pilot.pause()
        before = app.rows
        await pilot.press("tab")
        assert all(one[0] != other[0] for one, other in zip(before, app.rows, strict=True))
        assert [row[1:] for row in before] == [row[1:] for row in app.rows]


async def test_a_screen_may_show_some_sections_in_an_order_of_its_own(pack: Pack) -> None:
    """An emergency says what to do and why, and what this is not."""
    app = shown(summary_for(pack, "CASE-S0"), ("what_to_do", "nothing", "why"))
    async with app.run_test(size=(80, TALL)):
        found = [text.id or text.has_class("notice") for text in app.query(HangingText)]
        assert found == ["section-what_to_do", "section-why", True]
        assert "not a medical device" in app.text


async def test_another_result_takes_the_place_of_the_first(pack: Pack) -> None:
    app = shown(None)
    async with app.run_test(size=(80, TALL)) as pilot:
        assert app.text == ""
        for name in ("CASE-S0", "CASE-S1e"):
            summary = summary_for(pack, name)
            app.query_one(Sections).summary = summary
            await pilot.pause()
            assert [text.id for text in app.query(".section")] == [f"section-{s.id}" for s in summary.sections]


async def test_text_can_be_selected_line_by_line(pack: Pack) -> None:
    summary = summary_for(pack, "CASE-S0")
    app = shown(summary)
    async with app.run_test(size=(80, 24)):
        why = app.query_one("#section-why", HangingText)
        app.screen.selections = {why: Selection(Offset(0, 0), Offset(9, 1))}
        assert app.screen.get_selected_text() == "Why\n- Trouble"
        app.screen.selections = {why: SELECT_ALL}
        selected = " ".join((app.screen.get_selected_text() or "").split())
        assert selected.startswith(f"Why - {cited(summary.sections[0].sentences[0], summary)} You said: ")


async def test_500_sizes_raise_nothing_and_leave_the_text_whole(pack: Pack) -> None:
    summary = summary_for(pack, "CASE-X3", "nurse")
    text = HangingText(of_section(summary.sections[0], summary))
    words = text.hanging.content(80).plain.split()
    for width in range(500):
        found = text.hanging.content(width).plain
        assert width < 30 or found.split() == words
    app = shown(summary)
    async with app.run_test(size=(120, 40)) as pilot:
        before = app.rows
        for width in (1, 200, 3, 40, 79, 120):
            await pilot.resize_terminal(width, max(1, width // 3))
        await pilot.pause()
        assert app.rows == before


@pytest.mark.parametrize("role", ["patient", "nurse"])
async def test_references_are_numbered_with_level_strength_and_how_verified(pack: Pack, role: str) -> None:
    summary = summary_for(pack, "CASE-S0", role)
    app = Painted(lambda: [References(summary.references, summary.audience)])
    async with app.run_test(size=(80, TALL)):
        said = (f"[{line.number}] {work(line, summary.audience)} ({line.label})" for line in summary.references)
        assert app.text == " ".join(said)
        assert ("[1] S0-01 " in app.text) == (role == "nurse")
        assert "(primary source; strength not graded in source; read in the source)" in app.text


@pytest.mark.parametrize("size", SIZES)
async def test_references_scroll_to_the_last(pack: Pack, size: tuple[int, int]) -> None:
    summary = summary_for(pack, "CASE-S0")
    app = Painted(lambda: [References(summary.references, summary.audience)])
    async with app.run_test(size=size) as pilot:
        assert lines(app)[0].strip().startswith("[1] ")
        await pilot.press("tab", "end")
        assert f"[{len(summary.references)}] " in app.text


@pytest.mark.parametrize("width", [1, 2, 5, 20, 40, 76])
def test_every_line_fits_and_nothing_is_lost_whatever_the_text(width: int) -> None:
    for text in (*STRINGS, *WIDE_AND_BACKWARDS):
        plain = flat(text)
        parts = list(wrap(plain, width, max(1, width - 2)))
        assert all(plain[one:other].strip() == "" for (_, one), (other, _) in pairwise(parts))
        assert "".join(plain[start:end] for start, end in parts).replace(" ", "") == plain.replace(" ", "")
        for at, (start, end) in enumerate(parts):
            fits = cell_len(plain[start:end]) <= (max(1, width - 2) if at else width)
            assert fits or len(plain[start:end].strip()) == 1, ascii(text[:60])


@pytest.mark.parametrize("width", [40, 80])
async def test_hostile_text_is_shown_as_it_reads_or_not_at_all(width: int) -> None:
    """In titles, sentences, answers, citations and references; every row is whole and harmless."""
    texts = [text for text in (*STRINGS, *WIDE_AND_BACKWARDS) if len(text) < 300]
    assert len(texts) > 500
    summary = saying(texts)
    app = shown(summary)
    async with app.run_test(size=(width, 5 * len(texts))):
        assert "- [@click=app.quit]hi[/] [1]" in app.text
        assert "- <script>alert(1)</script> [1]" in app.text
        assert app.text.endswith(f"{flat(texts[0])} [1] {flat(texts[0])}")
    app = Painted(lambda: [References(summary.references, "clinician")])
    async with app.run_test(size=(width, 5 * len(texts))):
        assert " [/x] ([/x]) [" in app.text


def test_very_long_text_is_laid_out_harmlessly() -> None:
    for text in STRINGS:
        found = Hanging([HangingParagraph.of(text, text, "- ", "  ")]).content(40).plain
        assert is_harmless(found.replace("\n", ""))
        assert all(cell_len(line) <= 40 for line in found.split("\n"))


async def test_the_softer_part_begins_with_the_citations(pack: Pack) -> None:
    summary = summary_for(pack, "CASE-S0")
    content = Hanging(of_section(summary.sections[0], summary)).content(76)
    soft = [content.plain[span.start : span.end] for span in content.spans if span.style == ".hanging--soft"]
    assert soft[0].strip() == "[1 to 12]"
    assert "".join(soft).count("[") == len(summary.sections[0].sentences)
    reference = Hanging([of_work(summary.references[24], "patient")]).content(200)
    assert [reference.plain[s.start : s.end].strip() for s in reference.spans] == [f"({summary.references[24].label})"]
