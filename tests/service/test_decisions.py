"""What choosing a level takes: the page asks what the desk enforces and the record then says, for every state."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product

from chatbot.errors import InputError
from chatbot.recommendation.rulebook import EMERGENCY
from chatbot.service.decisions import LONGEST, Standing, needs, override
from chatbot.storage.events import By, Event
from chatbot.storage.projection import after
from chatbot.storage.row import Row

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SENTENCE = "Examined today, and nothing was found."
LEVELS = range(6)


def states() -> Iterator[Standing]:
    """Every state a case can be in when a clinician chooses."""
    for rules, chosen, asked, checks, shown in product(
        LEVELS, (None, *LEVELS), (None, *range(EMERGENCY)), ((), ("fever_chills",)), (None, 2, EMERGENCY)
    ):
        yield Standing(rules, chosen=chosen, asked=asked, checks=checks, shown=shown)
        if chosen is None and rules > (shown or 0) and rules:
            yield Standing(rules, None, None, asked, checks, (), shown, fallen=True)


def is_taken(at: Standing, level: int, words: str, reason: str = "") -> bool:
    """Whether the desk takes a choice."""
    try:
        override(at, level, words, reason)
    except InputError:
        return False
    return True


def test_the_desk_takes_what_the_page_asks_for_and_refuses_whatever_lacks_it() -> None:
    for at, level in product(states(), LEVELS):
        need = needs(at, level)
        may = not need.why_not
        assert is_taken(at, level, SENTENCE, "examined") is may, (at, level)
        assert is_taken(at, level, SENTENCE) is (may and not need.reason), (at, level)
        assert is_taken(at, level, "examined", "examined") is (may and not need.sentence), (at, level)
        assert not is_taken(at, level, " ", "examined"), (at, level)


def test_the_record_waits_for_a_signature_where_the_page_says_so_and_nowhere_else() -> None:
    by = By(who="nurse", login="ann")
    for at, level in product(states(), LEVELS):
        need = needs(at, level)
        if need.why_not:
            continue
        did = override(at, level, SENTENCE, "examined")
        # Of a choice that fell the row does not know before the next level is shown.
        row = Row("c1", level=at.shown, chosen=0 if at.fallen else at.chosen, asked=at.asked)
        row = after(row, Event(case="c1", seq=1, at=AT, by=by, pack="d", did=did))
        assert (row.asked == level) is need.signature, (at, level)
        assert (row.chosen == level) is (not need.signature), (at, level)


def test_with_checks_not_asked_no_level_goes_below_the_rules_or_below_the_one_that_stands() -> None:
    for at, level in product(states(), LEVELS):
        if at.checks and level < max(at.stands, at.by_rules):
            assert needs(at, level).why_not in ("override_unasked", "override_stands")
        if level == EMERGENCY != at.stands:
            assert not needs(at, level).why_not


def test_words_do_for_the_page_as_they_do_for_the_desk() -> None:
    for words in ("", " ", "\x1b[2J", "no", "not at all ill", "... ... ... ...", SENTENCE, "word " * LONGEST):
        for at, level in ((Standing(4), 2), (Standing(1), 4)):
            why = needs(at, level).why_not_words(words)
            assert is_taken(at, level, words, "examined") is (not why)
