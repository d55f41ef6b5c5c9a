"""Whole conversations with a person who types what a script says."""

from collections.abc import Iterable, Mapping

import pytest

from chatbot.case import Mode
from chatbot.interview.interview import Interview
from chatbot.packs.pack import Pack
from chatbot.plain.lines import Page
from chatbot.plain.talk import Talk
from tests.support.person import TODAY, Converse, Person


@pytest.fixture
def converse(pack: Pack) -> Converse:
    """Hold a whole conversation; gives the interview at its end and the person with the page."""

    def hold(
        says: Mapping[str, str | list[str]] | None = None,
        then: Iterable[str] = ("yes", "done"),
        mode: Mode | None = "patient",
        country: str = "gb",
        width: int = 72,
    ) -> tuple[Interview, Person]:
        person = Person(pack, says or {}, then, country)
        talk = Talk(pack, Page(person.read, person.write, width), "en", country, TODAY)
        return talk.run(mode), person

    return hold
