"""The summary as a document: blocks that every form is written from, and one line of JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from chatbot.document.blocks import Block, Card, Heading, Item, Items, Numbered, Paragraph, flat
from chatbot.document.markdown import as_markdown
from chatbot.recommendation.citation_text import Numbers, citations, rests_on, statement, work
from chatbot.recommendation.summary import Line, Section, Sentence, Summary
from chatbot.wording import Wording


def markdown(summary: Summary, wording: Wording, heading: str = "") -> str:
    """The whole summary in its order, what it is not at both ends; no text in it is ever markup."""
    return as_markdown(of_summary(summary, wording, heading))


def json_of(data: Mapping[str, object]) -> str:
    """An output object as one line of JSON in ASCII."""
    return json.dumps(data, ensure_ascii=True)


def of_summary(summary: Summary, wording: Wording, heading: str = "") -> list[Block]:
    """The whole summary as blocks, in its order, what it is not at both ends."""
    return [
        Heading(1, heading or wording.say("whole_summary")),
        card_of(summary, wording),
        notice_of(summary),
        *(block for section in summary.sections for block in blocks_of(section, summary)),
        Heading(2, wording.say("references")),
        references_of(summary.references, summary),
        notice_of(summary),
    ]


def card_of(summary: Summary, wording: Wording) -> Card:
    """The level and the time limit; an emergency begins with what to do."""
    headline = statement(summary.headline, summary)
    if summary.level == "emergency_now":
        headline = f"{wording.say('emergency_title')}: {headline}"
    else:
        headline = wording.say("advice", text=headline)
    within = wording.say("time_limit", text=statement(summary.within, summary))
    return Card(
        (
            Paragraph(headline, strong=True, cites=_cites(summary.headline, summary)),
            Paragraph(within, cites=_cites(summary.within, summary)),
        )
    )


def notice_of(summary: Summary) -> Paragraph:
    """The paragraph on what this is not, and on who has approved its content."""
    notice = summary.notice
    return Paragraph(statement(notice, summary), cites=_cites(notice, summary), after=summary.status)


def blocks_of(section: Section, summary: Summary) -> tuple[Heading, Items]:
    """One section under its title."""
    return Heading(2, section.title), items_of(section.sentences, summary)


def items_of(sentences: Iterable[Sentence], summary: Summary, numbers: Numbers | None = None) -> Items:
    """Sentences with the answers they rest on; a long row of answers is one paragraph."""
    return Items(tuple(_items(sentences, summary, numbers)))


def _items(sentences: Iterable[Sentence], summary: Summary, numbers: Numbers | None) -> Iterator[Item]:
    for sentence in sentences:
        # An empty item would make a heading of the line above it.
        under = tuple(Item(text) for text in rests_on(sentence) if flat(text))
        yield Item(statement(sentence, summary), under=under, cites=_cites(sentence, summary, numbers))


def references_of(lines: Iterable[Line], summary: Summary) -> Numbered:
    """Numbered references; clinicians see ids."""
    return Numbered(
        tuple((line.number, f"{flat(work(line, summary.audience))} ({flat(line.label)})") for line in lines)
    )


def _cites(sentence: Sentence, summary: Summary, numbers: Numbers | None = None) -> str:
    return citations(sentence, summary, numbers)[1:-1]
