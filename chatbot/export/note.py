"""A note for the record of a clinic: SBAR or SOAP, plain ASCII in 80 columns, to be pasted anywhere.

What was found, what was asked and denied, what is not known and what was not asked stand apart: a reader must never
take one for another. The level of the rules always stands there, also where a clinician chose another.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from chatbot.interview.interview import Interview
from chatbot.interview.reading.sanitise import harmless
from chatbot.interview.view.findings import Findings, findings
from chatbot.recommendation.citing import cited, shown_id
from chatbot.recommendation.recommend import Recommendation
from chatbot.recommendation.rulebook import LEVELS
from chatbot.recommendation.summary import Summary, summarise
from chatbot.wording import Wording

Kind = Literal["sbar", "soap"]
KINDS: tuple[Kind, ...] = ("sbar", "soap")
# Narrower than the 80 columns of a record, so that it can be indented or shown in a window with a scrollbar.
WIDTH = 76
# What has a usual form in ASCII; all other signs lose what ASCII has not.
_ASCII = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2013\u2014\u2212\u2022\u00b7", "-"),
        **dict.fromkeys("\u2018\u2019", "'"),
        **dict.fromkeys("\u201c\u201d", '"'),
        "\u2026": "...",
        "\u2265": ">=",
        "\u2264": "<=",
        "\u2192": "->",
        "\u00b0": " deg ",
        "\u00d7": "x",
        "\u00df": "ss",
    }
)


@dataclass(frozen=True, slots=True)
class Around:
    """What the record knows and a summary does not hold: content, times, codes, and what a clinician added.

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
    lines = _sbar(parts) if kind == "sbar" else _soap(parts)
    return "\n".join(line.rstrip() for line in (*_head(kind, around), *lines, *_foot(parts))) + "\n"


def ascii_of(text: str) -> str:
    """A text in printable ASCII, on one line."""
    plain = unicodedata.normalize("NFKD", harmless(text).translate(_ASCII))
    return " ".join("".join(sign if " " <= sign <= "~" else " " * sign.isspace() for sign in plain).split())


def _wrapped(text: str, first: str = "", rest: str = "") -> Iterator[str]:
    yield from textwrap.wrap(
        ascii_of(text), WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    ) or ([first.rstrip()] if first.strip() else [])


def _items(title: str, items: Iterable[str]) -> Iterator[str]:
    """A list under its title; an empty one says so, since silence could mean anything."""
    yield f"{title}:"
    some = False
    for text in items:
        some = True
        yield from _wrapped(text, "- ", "  ")
    if not some:
        yield "- none"


def _run(title: str, items: Iterable[str]) -> Iterator[str]:
    """A list as one paragraph."""
    yield from _wrapped(f"{title}: {'; '.join(items) or 'none'}", "", "  ")


def _head(kind: Kind, around: Around) -> Iterator[str]:
    yield from _wrapped(f"{kind.upper()} - {around.title} - triage interview, not a medical device")
    facts = (
        ("Reference", around.reference), ("Case", around.case), ("Began", around.began), ("Shown", around.shown),
        ("By", around.by), ("Content", around.content),
    )  # fmt: skip
    for name, value in facts:
        if value:
            yield from _wrapped(f"{name}: {value}", "", "  ")
    yield ""


def _foot(parts: _Parts) -> Iterator[str]:
    yield ""
    if parts.around.notes:
        yield from _items("NOTES", parts.around.notes)
        yield ""
    yield from _wrapped(f"{parts.summary.notice.text} {parts.summary.status}")
    if parts.around.check_code:
        yield f"Check code: {parts.around.check_code}"


def _sbar(parts: _Parts) -> Iterator[str]:
    yield "SITUATION"
    yield from _who(parts)
    yield from _level(parts)
    yield ""
    yield "BACKGROUND"
    yield from _told(parts)
    yield ""
    yield "ASSESSMENT"
    yield from _asked(parts)
    if parts.found.examined:
        yield from _listed(parts, "Examined", parts.found.examined)
    yield from _reasons(parts)
    yield ""
    yield "RECOMMENDATION"
    yield from _plan(parts)


def _soap(parts: _Parts) -> Iterator[str]:
    yield "SUBJECTIVE"
    yield from _who(parts)
    yield from _told(parts)
    yield from _asked(parts)
    yield ""
    yield "OBJECTIVE"
    yield from _listed(parts, "Examined", parts.found.examined)
    yield ""
    yield "ASSESSMENT"
    yield from _level(parts)
    yield from _reasons(parts)
    yield ""
    yield "PLAN"
    yield from _plan(parts)


def _who(parts: _Parts) -> Iterator[str]:
    told = {"patient": "the person themselves", "carer": "somebody with the person", "nurse": "a nurse with the person"}
    yield from _wrapped(f"Answered by {told[parts.interview.case.mode]}.")
    for name, value in (("Caller", parts.around.caller), ("Why today", parts.around.today)):
        if value:
            yield from _wrapped(f"{name}: {value}", "", "  ")
    ended = {"stopped": "The interview was stopped before its end.", "emergency": "Broken off by an emergency."}
    if parts.interview.state in ended:
        yield ended[parts.interview.state]


def _told(parts: _Parts) -> Iterator[str]:
    yield from _listed(parts, "Told", parts.found.details)
    if parts.around.contacts:
        yield from _wrapped(f"Contacts about this lately: {parts.around.contacts} (not scored)", "", "  ")


def _level(parts: _Parts) -> Iterator[str]:
    level = LEVELS[parts.result.level].upper().replace("_", " ")
    yield from _wrapped(f"Level by the rules: {level}. {parts.summary.headline.text}", "", "  ")
    yield from _wrapped(f"How soon: {parts.summary.within.text}", "", "  ")
    if parts.around.chosen:
        yield from _wrapped(f"Level by the clinician: {parts.around.chosen.upper().replace('_', ' ')}.", "", "  ")
    for text in parts.around.overrides:
        yield from _wrapped(f"OVERRIDE: {text}", "", "  ")


def _asked(parts: _Parts) -> Iterator[str]:
    yield from _listed(parts, "Positive", parts.found.positive)
    if parts.brief:  # the lines of long lists, denied one by one, would hide what was found
        yield from _run("Asked and denied, or normal", parts.found.denied)
    else:
        yield from _items("Asked and denied", parts.found.negative)
    yield from _listed(parts, "Not sure", parts.found.not_sure)
    yield from _listed(parts, "Not asked", parts.found.not_asked)


def _listed(parts: _Parts, title: str, items: Iterable[str]) -> Iterator[str]:
    return _run(title, items) if parts.brief else _items(title, items)


def _reasons(parts: _Parts) -> Iterator[str]:
    rules = ", ".join(rule.id for rule in parts.result.decided_by) or "no rule"
    yield from _wrapped(f"Decided by: {rules}", "", "  ")
    for name in ("why",) if parts.brief else ("why", "not_known", "disagreements"):
        section = parts.summary.section(name)
        if section is not None:
            yield from _items(section.title, (cited(each, parts.summary) for each in section.sentences))
    section = parts.summary.section("disagreements")
    if parts.brief and section is not None:
        yield from _run(section.title, map(shown_id, section.sentences))


def _plan(parts: _Parts) -> Iterator[str]:
    for name in ("what_to_do", "imaging", "medicines", "follow_up", "safety_net"):
        section = parts.summary.section(name)
        if section is None:
            continue
        if parts.brief and name != "what_to_do":
            yield from _run(section.title, (shown_id(each) or each.text for each in section.sentences))
        else:
            yield from _items(section.title, (cited(each, parts.summary) for each in section.sentences))
    if parts.around.done:
        yield from _run("Done", parts.around.done)
