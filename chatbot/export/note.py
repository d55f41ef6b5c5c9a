"""A note for the record of a clinic: SBAR or SOAP, plain ASCII in 80 columns, to be pasted anywhere.

What was found, what was asked and denied, what is not known and what was not asked stand apart: a reader must never
take one for another. The level of the rules always stands there, also where a clinician chose another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from chatbot.document.blocks import Block, Heading, Item, Items, Paragraph, Simple, Together
from chatbot.document.layout import as_ascii
from chatbot.interview.interview import Interview
from chatbot.interview.view.findings import Findings, findings
from chatbot.recommendation.citation_text import cited, shown_id
from chatbot.recommendation.recommend import Recommendation
from chatbot.recommendation.rulebook import LEVELS
from chatbot.recommendation.summary import Section, Summary, summarise
from chatbot.wording import Wording

Kind = Literal["sbar", "soap"]
KINDS: tuple[Kind, ...] = ("sbar", "soap")
# Narrower than the 80 columns of a record, so that it can be indented or shown in a window with a scrollbar.
WIDTH = 76


@dataclass(frozen=True, slots=True)
class Around:
    """The part of a record that a summary does not hold: content, times, codes, and what a clinician added.

    `caller` and `today` say who called and why, `contacts` how often lately; `chosen` is the level a clinician chose.
    `overrides`, `done` and `notes` are sentences ready to stand there.
    """

    title: str
    content: str
    case: str = ""
    reference: str = ""
    began: str = ""
    shown: str = ""
    check_code: str = ""
    by: str = ""
    caller: str = ""
    today: str = ""
    contacts: str = ""
    chosen: str = ""
    overrides: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Parts:
    interview: Interview
    found: Findings
    result: Recommendation
    summary: Summary
    around: Around
    brief: bool


def note(kind: Kind, interview: Interview, wording: Wording, around: Around, status: str, brief: bool = False) -> str:
    """The note on where an interview stands; a brief one names advice by its ids and leaves the reasons to the record.

    What was found, denied, not known and not asked stands in both, and so does the level with the rules behind it.
    """
    result = interview.recommendation
    summary = summarise(result, interview.plan.rulebook, wording, "clinician", status)
    parts = _Parts(interview, findings(interview, wording), result, summary, around, brief)
    body = _sbar(parts) if kind == "sbar" else _soap(parts)
    blocks = [Together(tuple(_head(kind, around))), *body, *_foot(parts)]
    return "\n".join(as_ascii(blocks, WIDTH)) + "\n"


def _items(title: str, texts: Iterable[str]) -> Items:
    """A list under its title; an empty one says so, since silence could mean anything."""
    return Items(tuple(map(Item, texts)) or (Item("none"),), title)


def _run(title: str, texts: Iterable[str]) -> Paragraph:
    """A list as one paragraph."""
    return Paragraph("; ".join(texts) or "none", label=title)


def _facts(*facts: tuple[str, str]) -> Iterator[Paragraph]:
    yield from (Paragraph(text, label=name) for name, text in facts if text)


def _head(kind: Kind, around: Around) -> Iterator[Simple]:
    yield Paragraph(f"{kind.upper()} - {around.title} - triage interview, not a medical device")
    yield from _facts(
        ("Reference", around.reference), ("Case", around.case), ("Began", around.began), ("Shown", around.shown),
        ("By", around.by), ("Content", around.content),
    )  # fmt: skip


def _foot(parts: _Parts) -> Iterator[Block]:
    if parts.around.notes:
        yield _items("NOTES", parts.around.notes)
    notice = Paragraph(f"{parts.summary.notice.text} {parts.summary.status}")
    yield Together((notice, *_facts(("Check code", parts.around.check_code))))


def _part(title: str, *blocks: Iterable[Simple]) -> Iterator[Block]:
    yield Heading(2, title)
    yield Together(tuple(chain(*blocks)))


def _sbar(parts: _Parts) -> Iterator[Block]:
    yield from _part("SITUATION", _who(parts), _level(parts))
    yield from _part("BACKGROUND", _told(parts))
    examined = [_listed(parts, "Examined", parts.found.examined)] if parts.found.examined else []
    yield from _part("ASSESSMENT", _asked(parts), examined, _reasons(parts))
    yield from _part("RECOMMENDATION", _plan(parts))


def _soap(parts: _Parts) -> Iterator[Block]:
    yield from _part("SUBJECTIVE", _who(parts), _told(parts), _asked(parts))
    yield from _part("OBJECTIVE", [_listed(parts, "Examined", parts.found.examined)])
    yield from _part("ASSESSMENT", _level(parts), _reasons(parts))
    yield from _part("PLAN", _plan(parts))


def _who(parts: _Parts) -> Iterator[Simple]:
    told = {"patient": "the person themselves", "carer": "somebody with the person", "nurse": "a nurse with the person"}
    yield Paragraph(f"Answered by {told[parts.interview.case.mode]}.")
    yield from _facts(("Caller", parts.around.caller), ("Why today", parts.around.today))
    ended = {"stopped": "The interview was stopped before its end.", "emergency": "Broken off by an emergency."}
    if parts.interview.state in ended:
        yield Paragraph(ended[parts.interview.state])


def _told(parts: _Parts) -> Iterator[Simple]:
    yield _listed(parts, "Told", parts.found.details)
    if parts.around.contacts:
        yield from _facts(("Contacts about this lately", f"{parts.around.contacts} (not scored)"))


def _level(parts: _Parts) -> Iterator[Simple]:
    yield from _facts(
        ("Level by the rules", f"{_capital(LEVELS[parts.result.level])}. {parts.summary.headline.text}"),
        ("How soon", parts.summary.within.text),
        ("Level by the clinician", f"{_capital(parts.around.chosen)}." if parts.around.chosen else ""),
        *(("OVERRIDE", text) for text in parts.around.overrides),
    )


def _capital(level: str) -> str:
    return level.upper().replace("_", " ")


def _asked(parts: _Parts) -> Iterator[Simple]:
    yield _listed(parts, "Positive", parts.found.positive)
    if parts.brief:  # the lines of long lists, denied one by one, would hide what was found
        yield _run("Asked and denied, or normal", parts.found.denied)
    else:
        yield _items("Asked and denied", parts.found.negative)
    yield _listed(parts, "Not sure", parts.found.not_sure)
    yield _listed(parts, "Not asked", parts.found.not_asked)


def _listed(parts: _Parts, title: str, texts: Iterable[str]) -> Simple:
    return _run(title, texts) if parts.brief else _items(title, texts)


def _reasons(parts: _Parts) -> Iterator[Simple]:
    yield Paragraph(", ".join(rule.id for rule in parts.result.decided_by) or "no rule", label="Decided by")
    for section in _sections(parts, ("why",) if parts.brief else ("why", "not_known", "disagreements")):
        yield _items(section.title, (cited(each, parts.summary) for each in section.sentences))
    for section in _sections(parts, ("disagreements",) if parts.brief else ()):
        yield _run(section.title, map(shown_id, section.sentences))


def _plan(parts: _Parts) -> Iterator[Simple]:
    for section in _sections(parts, ("what_to_do", "imaging", "medicines", "follow_up", "safety_net")):
        if parts.brief and section.id != "what_to_do":
            yield _run(section.title, (shown_id(each) or each.text for each in section.sentences))
        else:
            yield _items(section.title, (cited(each, parts.summary) for each in section.sentences))
    if parts.around.done:
        yield _run("Done", parts.around.done)


def _sections(parts: _Parts, names: Iterable[str]) -> Iterator[Section]:
    yield from filter(None, map(parts.summary.section, names))
