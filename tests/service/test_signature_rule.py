"""Who may go down from an emergency, and which reason is kept: said in plain rows, not by the function that decides."""

from datetime import UTC, datetime
from itertools import product

import pytest

from chatbot.errors import InputError
from chatbot.recommendation.rulebook import LEVELS
from chatbot.service.decisions import REASONS, Standing, needs, override, sign
from chatbot.storage.events import By, Event, Override, body_of, read_event
from chatbot.storage.projection import after
from chatbot.storage.row import Row

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SENTENCE = "Examined today, and nothing was found."
# Level by the rules, level shown last, level that a clinician chose, and whether a level that is chosen then has to be
# signed by a second person: from self-care to within 2 weeks, the same day, an emergency.
RULE = (
    # Nobody chose: an emergency by the rules or on the screen is left by two, everything else by one.
    (4, 4, None, "no no no"),
    (5, 5, None, "yes yes no"),
    (5, 4, None, "yes yes no"),
    (4, 5, None, "yes yes no"),
    (2, None, None, "no no no"),
    # A clinician chose the emergency: it is left by two, whatever the rules say.
    (4, 4, 5, "yes yes no"),
    (0, 0, 5, "yes yes no"),
    (4, None, 5, "yes yes no"),
    (5, 5, 5, "yes yes no"),
    # Two agreed already to the same day in an emergency: back to it takes one, further down again two.
    (5, 5, 4, "yes no no"),
    (4, 5, 4, "yes no no"),
    # No emergency anywhere: one.
    (4, 4, 2, "no no no"),
    (1, 1, 4, "no no no"),
)


@pytest.mark.parametrize(("by_rules", "shown", "chosen", "said"), RULE)
def test_an_emergency_is_left_by_two_whoever_made_it_one(
    by_rules: int, shown: int | None, chosen: int | None, said: str
) -> None:
    standing = Standing(by_rules, chosen=chosen, shown=shown)
    low, same_day, emergency = (word == "yes" for word in said.split())
    signed = {level: needs(standing, level).signature for level in range(6)}
    assert signed == {**dict.fromkeys(range(4), low), 4: same_day, 5: emergency}


def test_what_needs_a_second_person_needs_a_reason_and_a_sentence_too() -> None:
    for by_rules, shown, chosen, asked in product(range(6), (None, 3, 5), (None, *range(6)), (None, 1)):
        standing = Standing(by_rules, chosen=chosen, shown=shown, asked=asked)
        for level in range(6):
            need = needs(standing, level)
            assert need.reason is need.sentence
            assert need.reason or not need.signature, (standing, level)
            assert need.reason or level >= max(by_rules, by_rules if chosen is None else chosen), (standing, level)


def done(row: Row, did: Override) -> Row:
    """The row after a choice of ann, written and read."""
    event = Event(case="c1", seq=1, at=AT, by=By(who="nurse", login="ann"), pack="d", did=did)
    return after(row, read_event(body_of(event)))


def test_an_emergency_that_was_chosen_stands_until_somebody_else_signed_what_is_below_it() -> None:
    row = done(Row("c1", level=4), override(Standing(4, shown=4), 5, "I fear a burst aneurysm"))
    assert (row.stands, row.asked) == (5, None)
    standing = Standing(4, chosen=5, shown=4)
    row = done(row, override(standing, 4, SENTENCE, "examined"))
    assert (row.stands, row.asked, row.asker) == (5, 4, "ann")
    waiting = Standing(4, chosen=5, shown=4, asked=4, asker="ann")
    assert waiting.why_not_close() == "close_unsigned"
    with pytest.raises(InputError, match="Somebody else has to sign"):
        sign(waiting, "ann", 1)
    event = Event(case="c1", seq=2, at=AT, by=By(who="nurse", login="bob"), pack="d", did=sign(waiting, "bob", 1))
    row = after(row, event)
    assert (row.stands, row.asked) == (4, None)


def test_a_choice_that_an_older_program_wrote_is_read_as_it_was_meant() -> None:
    """Such an event does not say what stood before; what its row said then it says now."""
    old = b"""{"at":"2026-03-02T09:30:00.000Z","by":{"login":"ann","who":"nurse"},"case":"c1","did":{"instead_of":
        "same_day","kind":"override","level":"primary_care","words":"seen"},"pack":"d","seq":1}"""
    row = after(Row("c1", level=4, chosen=5), read_event(old))
    assert (row.stands, row.asked) == (1, None)
    new = override(Standing(4, chosen=5, shown=4), 1, SENTENCE, "examined")
    assert (done(Row("c1", level=4, chosen=5), new).stands, new.stood) == (5, "emergency_now")


def test_the_event_says_what_stood() -> None:
    for by_rules, chosen in product(range(6), (None, *range(6))):
        standing = Standing(by_rules, chosen=chosen)
        stood = by_rules if chosen is None else chosen
        if stood < 5:
            did = override(standing, 5, SENTENCE)
            assert (did.stood, did.instead_of) == (LEVELS[stood], LEVELS[by_rules])


@pytest.mark.parametrize("reason", ["banana", *REASONS, "unable_to_assess"])
def test_a_reason_is_kept_only_where_one_is_needed(reason: str) -> None:
    """Reports count reasons: one that stands beside a level that is higher would be counted as a cause to lower."""
    with pytest.raises(InputError, match="no reason"):
        override(Standing(engine=3), 4, "ok", reason)
    if reason not in REASONS:
        with pytest.raises(InputError, match="one of these reasons"):
            override(Standing(engine=3), 2, SENTENCE, reason)
    assert override(Standing(engine=3), 4, "ok").reason == ""
