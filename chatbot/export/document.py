"""The summary as a document to keep: CommonMark for people, one line of JSON for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from chatbot.interview.clean import harmless
from chatbot.recommendation.citing import citations, rests_on, statement, work
from chatbot.recommendation.summary import Line, Section, Sentence, Summary
from chatbot.wording import Wording

_SPECIAL = re.compile(
    r"[\\`*_{}\[\]<>#|~$^]"
    r"|&(?=#?\w+;)"
    # Many readers make a link of what only looks like an address.
    r"|(?<=/)/|@|\.(?=[^\W\d])|(?<=[wW]{3})\."
)
_AT_START = re.compile(r"^(?:(?=[-+=:])|\d+(?=[.)](?: |$)))")


def markdown(summary: Summary, wording: Wording, heading: str = "") -> str:
    """The whole summary in its order, what it is not at both ends; no text in it is ever markup."""
    blocks = [
        f"# {escaped(heading or wording.say('whole_summary'))}",
        _card(summary, wording),
        _notice(summary),
        *(block for section in summary.sections for block in _section(section, summary)),
        f"## {escaped(wording.say('references'))}",
        _references(summary.references, summary),
        _notice(summary),
    ]
    return "\n\n".join(blocks) + "\n"


def json_of(data: Mapping[str, object]) -> str:
    """An output object as one line of JSON in ASCII."""
    return json.dumps(data, ensure_ascii=True)


def escaped(text: str) -> str:
    """A text as one line that reads the same in CommonMark, wherever it stands in a block."""
    line = " ".join(harmless(text).split())
    return _AT_START.sub(r"\g<0>\\", _SPECIAL.sub(r"\\\g<0>", line))


def _card(summary: Summary, wording: Wording) -> str:
    """The level and the time limit; an emergency begins with what to do."""
    headline = statement(summary.headline, summary)
    if summary.level == "emergency_now":
        headline = f"{wording.say('emergency_title')}: {headline}"
    else:
        headline = wording.say("advice", text=headline)
    within = wording.say("time_limit", text=statement(summary.within, summary))
    return (
        f"> **{escaped(headline)}** {_citations(summary.headline, summary)}\n>\n"
        f"> {escaped(within)} {_citations(summary.within, summary)}"
    )


def _notice(summary: Summary) -> str:
    """What this is not, and who has approved its content."""
    return f"{_cited(summary.notice, summary)} {escaped(summary.status)}"


def _cited(sentence: Sentence, summary: Summary) -> str:
    return f"{escaped(statement(sentence, summary))} {_citations(sentence, summary)}".lstrip()


def _citations(sentence: Sentence, summary: Summary) -> str:
    # In brackets without a definition, which no text here can make, stands no link.
    return f"[{escaped(citations(sentence, summary)[1:-1])}]"


def _section(section: Section, summary: Summary) -> Iterator[str]:
    yield f"## {escaped(section.title)}"
    yield "\n".join(_items(section, summary))


def _items(section: Section, summary: Summary) -> Iterator[str]:
    for sentence in section.sentences:
        yield f"- {_cited(sentence, summary)}"
        # An empty item would make a heading of the line above it.
        yield from (f"  - {text}" for text in map(escaped, rests_on(sentence)) if text)


def _references(lines: Iterable[Line], summary: Summary) -> str:
    return "\n".join(
        f"{line.number}. {escaped(work(line, summary.audience))} ({escaped(line.label)})" for line in lines
    )
