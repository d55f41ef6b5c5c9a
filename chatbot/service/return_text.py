"""What every shell says to somebody who comes back to answers that were kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatbot.texts.read import texts

if TYPE_CHECKING:
    from chatbot.service.records import Returned


def told_on_return(returned: Returned) -> tuple[str, ...]:
    """The texts for somebody whose interview goes on: what they have to look at first stands first."""
    conversation, day = returned.conversation, returned.since.astimezone().date()
    say, said = texts(conversation.words.language).say, list[str]()
    if returned.missing:
        said.append(say("missing", count=returned.missing))
    if returned.differs:
        case = conversation.interview.case
        then = conversation.words.fill(
            conversation.words.levels[returned.differs]["title"][case.audience], case.country
        )
        said.append(say("differs", day=day, then=then))
    said.append(say("carried", day=day, why=returned.carried) if returned.carried else "")
    return tuple(filter(None, (*said, "" if returned.carried else say("resumed", day=day))))


def told_of_reading(returned: Returned, language: str) -> str:
    """Says why a case can only be read."""
    return texts(language).say("with_nurse" if returned.with_nurse else "held", who=returned.held_by)
