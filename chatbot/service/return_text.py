"""What every shell says to somebody who comes back to answers that were kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatbot.texts.read import texts

if TYPE_CHECKING:
    from chatbot.service.records import Returned
    from chatbot.wording import Audience


def told_on_return(found: Returned) -> tuple[str, ...]:
    """What is said to somebody whose interview goes on: what they have to look at first stands first."""
    at, day = found.conversation, found.since.astimezone().date()
    say, said = texts(at.words.language).say, list[str]()
    if found.missing:
        said.append(say("missing", count=found.missing))
    if found.differs:
        reader: Audience = "clinician" if at.interview.case.mode == "nurse" else "patient"
        then = at.words.fill(at.words.levels[found.differs]["title"][reader], at.interview.case.country)
        said.append(say("differs", day=day, then=then))
    said.append(say("carried", day=day, why=found.carried) if found.carried else "")
    return tuple(filter(None, (*said, "" if found.carried else say("resumed", day=day))))


def told_of_reading(found: Returned, language: str) -> str:
    """Why a case can only be read."""
    return texts(language).say("with_nurse" if found.with_nurse else "held", who=found.held_by)
