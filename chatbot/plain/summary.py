"""The summary in lines."""

from __future__ import annotations

from collections.abc import Iterable

from chatbot.plain.lines import Page
from chatbot.recommendation.citing import Numbers, cited, rests_on, work
from chatbot.recommendation.summary import Line, Section, Sentence, Summary
from chatbot.wording import Wording


def say_summary(page: Page, summary: Summary, wording: Wording) -> None:
    """Write the whole summary in its order; its references come when the person has no more questions."""
    page.say(wording.say("whole_summary"))
    page.say()
    say_head(page, summary, wording)
    for section in summary.sections:
        say_section(page, section, summary)
    page.say()
    say_notice(page, summary)


def say_head(page: Page, summary: Summary, wording: Wording) -> None:
    """Write the level and the time limit."""
    say_headline(page, summary, wording)
    page.say(wording.say("time_limit", text=cited(summary.within, summary)))


def say_headline(page: Page, summary: Summary, wording: Wording) -> None:
    """Write the level; an emergency begins with what to do."""
    headline = cited(summary.headline, summary)
    if summary.level == "emergency_now":
        page.say(f"{wording.say('emergency_title')}: {headline}")
    else:
        page.say(wording.say("advice", text=headline))


def say_section(page: Page, section: Section, summary: Summary) -> None:
    """Write one section under its title."""
    page.say()
    page.say(section.title)
    say_sentences(page, section.sentences, summary)


def say_sentences(page: Page, sentences: Iterable[Sentence], summary: Summary, numbers: Numbers | None = None) -> None:
    """Write sentences with the answers they rest on; a long row of answers becomes one paragraph."""
    for sentence in sentences:
        page.say(cited(sentence, summary, numbers), indent="  ", first="- ")
        for text in rests_on(sentence):
            page.say(text, indent="    ", first="  ")


def say_references(page: Page, lines: Iterable[Line], summary: Summary, wording: Wording) -> None:
    """Write numbered references; clinicians see ids."""
    page.say()
    page.say(wording.say("references"))
    for line in lines:
        page.say(f"[{line.number}] {work(line, summary.audience)} ({line.label})", indent="    ")


def say_notice(page: Page, summary: Summary) -> None:
    """Write what this is not, and who has approved its content."""
    page.say(f"{cited(summary.notice, summary)} {summary.status}")
