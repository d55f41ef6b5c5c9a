"""The summary in lines."""

from __future__ import annotations

from collections.abc import Iterable

from chatbot.document.blocks import Block, Heading
from chatbot.document.layout import as_lines
from chatbot.export.summary_blocks import blocks_of, card_of, items_of, notice_of, references_of
from chatbot.plain.lines import Page
from chatbot.recommendation.citation_text import Numbers
from chatbot.recommendation.summary import Line, Section, Sentence, Summary
from chatbot.wording import Wording


def say_summary(page: Page, summary: Summary, wording: Wording) -> None:
    """Write the whole summary in its order; its references come when the person has no more questions."""
    sections = (block for section in summary.sections for block in blocks_of(section, summary))
    _say(page, Heading(1, wording.say("whole_summary")), card_of(summary, wording), *sections, notice_of(summary))


def say_head(page: Page, summary: Summary, wording: Wording) -> None:
    """Write the level and the time limit."""
    _say(page, card_of(summary, wording))


def say_headline(page: Page, summary: Summary, wording: Wording) -> None:
    """Write the level; an emergency begins with what to do."""
    _say(page, card_of(summary, wording).paragraphs[0])


def say_section(page: Page, section: Section, summary: Summary) -> None:
    """Write one section under its title."""
    page.say()
    _say(page, *blocks_of(section, summary))


def say_sentences(page: Page, sentences: Iterable[Sentence], summary: Summary, numbers: Numbers | None = None) -> None:
    """Write sentences with the answers they rest on; a long row of answers becomes one paragraph."""
    _say(page, items_of(sentences, summary, numbers))


def say_references(page: Page, lines: Iterable[Line], summary: Summary, wording: Wording) -> None:
    """Write numbered references; clinicians see ids."""
    page.say()
    _say(page, Heading(2, wording.say("references")), references_of(lines, summary))


def say_notice(page: Page, summary: Summary) -> None:
    """Write what this is not, and who has approved its content."""
    _say(page, notice_of(summary))


def _say(page: Page, *blocks: Block) -> None:
    for line in as_lines(blocks):
        page.say(line.text, indent=line.indent, first=line.first)
