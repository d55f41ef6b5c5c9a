"""What choosing a level takes: the page asks what the desk enforces and the record then says, for every state."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

from chatbot.errors import InputError
from chatbot.recommendation.rulebook import EMERGENCY
from chatbot.service.decisions import LONGEST, Standing, needs, override, sign, unable
from chatbot.storage.events import By, Event, EventBody
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


def kept(row: Row, did: EventBody, login: str) -> Row:
    """The row after something that a login did."""
    return after(row, Event(case="c1", seq=1, at=AT, by=By(who="nurse", login=login), pack="d", did=did))


def is_signed(at: Standing, login: str) -> bool:
    """Whether the desk takes a signature."""
    try:
        sign(at, login, 1)
    except InputError:
        return False
    return True


def asking() -> Iterator[Standing]:
    """Every state in which somebody may be asked to sign."""
    for at, is_closed in product(states(), (False, True)):
        yield replace(at, asker="" if at.asked is None else "ann", closed=is_closed)


def test_the_desk_takes_what_the_page_asks_for_and_refuses_whatever_lacks_it() -> None:
    for at, level in product(states(), LEVELS):
        need = needs(at, level)
        may = not need.why_not
        reason = "examined" if need.reason else ""
        assert is_taken(at, level, SENTENCE, reason) is may, (at, level)
        assert is_taken(at, level, SENTENCE, "" if reason else "examined") is False, (at, level)
        assert is_taken(at, level, "examined", reason) is (may and not need.sentence), (at, level)
        assert not is_taken(at, level, " ", reason), (at, level)


def test_the_record_waits_for_a_signature_where_the_page_says_so_and_nowhere_else() -> None:
    for at, level in product(states(), LEVELS):
        need = needs(at, level)
        if need.why_not:
            continue
        did = override(at, level, SENTENCE, "examined" if need.reason else "")
        # Of a choice that fell the row does not know before the next level is shown.
        row = Row("c1", level=at.shown, chosen=0 if at.fallen else at.chosen, asked=at.asked)
        row = kept(row, did, "ann")
        assert (row.asked == level) is need.signature, (at, level)
        assert (row.chosen == level) is (not need.signature), (at, level)


def test_with_checks_not_asked_no_level_goes_below_the_rules_or_below_the_one_that_stands() -> None:
    lowered, raised = 0, 0
    for at, level in product(states(), LEVELS):
        if at.checks and level < max(at.stands, at.by_rules):
            lowered += 1
            assert needs(at, level).why_not in ("override_unasked", "override_stands")
        if level == EMERGENCY != at.stands:
            raised += 1
            assert not needs(at, level).why_not
    assert min(lowered, raised) > 500


def test_words_do_for_the_page_as_they_do_for_the_desk() -> None:
    for words in ("", " ", "\x1b[2J", "no", "not at all ill", "... ... ... ...", SENTENCE, "word " * LONGEST):
        for at, level in ((Standing(4), 2), (Standing(1), 4)):
            why = needs(at, level).why_not_words(words)
            assert is_taken(at, level, words, "examined" if level < at.stands else "") is (not why)


def test_a_page_offers_a_signature_where_the_desk_takes_it_and_the_record_then_says_so() -> None:
    signed = 0
    for at, login in product(asking(), ("", "ann", "bob")):
        may = not at.why_not_sign(login)
        assert is_signed(at, login) is may, (at, login)
        if may:
            signed += 1
            row = Row("c1", level=at.shown, chosen=at.chosen, asked=at.asked, asker=at.asker)
            row = kept(row, sign(at, login, 1), login)
            assert (row.chosen, row.asked) == (at.asked, None), (at, login)
    assert signed > 500


def test_nothing_is_signed_that_nobody_asked_for_that_one_asked_for_oneself_or_in_a_closed_case() -> None:
    refused = [
        (at, login)
        for at, login in product(asking(), ("", "ann", "bob"))
        if at.asked is None or login != "bob" or at.closed
    ]
    assert len(refused) > 5_000
    for at, login in refused:
        assert at.why_not_sign(login) in ("sign_nothing", "sign_own", "sign_closed"), (at, login)


def test_what_could_not_be_asked_for_now_is_not_signed_either() -> None:
    """Emergency checks that were opened again since, or answers that make it an emergency since."""
    seen: set[str] = set()
    for at in asking():
        if at.asked is None or at.closed:
            continue
        seen.add(why := at.why_not_sign("bob"))
        assert bool(why) is bool(needs(at, at.asked).why_not), at
        if at.checks and at.asked < max(at.stands, at.by_rules):
            assert why == "sign_unasked", at
        # Whatever else holds: checks that are open never make possible what is not, and make it impossible mostly.
        assert not (at.why_not_sign("bob") and not replace(at, checks=("fever_chills",)).why_not_sign("bob")), at
    assert seen == {"", "sign_unasked", "sign_unshown"}


def test_who_waits_for_a_signature_closes_nothing_and_has_nothing_signed_while_checks_are_open() -> None:
    """Closing and signing stop at the same checks, so that neither is a way past the other."""
    waiting = [at for at in asking() if at.asked is not None and at.asked < at.stands and at.checks and not at.closed]
    assert len(waiting) > 100
    for at in waiting:
        assert not is_signed(at, "bob"), at
        assert at.why_not_close() or at.stands >= EMERGENCY, at


def test_nobody_is_said_to_be_unable_to_answer_who_was_asked_or_is_an_emergency() -> None:
    for at in states():
        assert at.may_be_unable() is (at.stands < EMERGENCY and at.checks != ()), at
        try:
            did = unable(at, "")
        except InputError:
            assert not at.may_be_unable(), at
        else:
            assert at.may_be_unable(), at
            assert kept(Row("c1", level=at.shown, chosen=at.chosen), did, "ann").stands == EMERGENCY, at
