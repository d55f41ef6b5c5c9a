"""What a clinician may do about a level, and when a case may be closed."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product

import pytest

from chatbot.errors import InputError
from chatbot.interview.conversation import called
from chatbot.interview.steps import Answered
from chatbot.packs.pack import Pack
from chatbot.recommendation.rulebook import EMERGENCY, LEVELS
from chatbot.service import decisions
from chatbot.service.decisions import LONGEST, OUTCOMES, REASONS, UNABLE, Standing, standing, told_before
from chatbot.storage.events import By, Called, Event, EventBody, Issued, Note
from chatbot.storage.projection import after
from chatbot.storage.row import Row
from tests.support.filled import Clock, installed, records_in
from tests.support.memory_store import MemoryStore
from tests.support.team import SAYS, alone, asked_on, desk, row_of, way

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SENTENCE = "Examined today, and nothing was found."
CHECKS = ("saddle_sensation", "fever_chills")


def events(*done: EventBody) -> list[Event]:
    """What happened, one after another."""
    by = By(who="nurse", login="ann")
    return [Event(case="c1", seq=seq, at=AT, by=by, pack="d", did=did) for seq, did in enumerate(done, start=1)]


def issued(level: int) -> Issued:
    """A level shown."""
    return Issued(kind="completed", result={"level": level}, then="complete")


# Which level stands.


def test_the_level_stands_that_the_rules_give() -> None:
    assert (Standing(3).by_rules, Standing(3).stands) == (3, 3)


@pytest.mark.parametrize(("engine", "told", "stands"), [(1, 4, 4), (4, 1, 4), (4, 5, 5), (0, 0, 0)])
def test_the_persons_own_level_holds_while_it_is_the_more_urgent_one(engine: int, told: int, stands: int) -> None:
    assert Standing(engine, told).stands == stands


def test_a_clinicians_choice_stands_in_the_place_of_the_rules() -> None:
    for chosen in (0, 5):
        at = Standing(3, 4, chosen=chosen)
        assert (at.stands, at.by_rules) == (chosen, 4)


def test_a_choice_that_waits_for_a_signature_does_not_stand() -> None:
    assert Standing(5, asked=2).stands == 5


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ((), None),
        ((Note(text="x"),), None),
        ((issued(4),), None),
        ((issued(4), Called(then="right_now")), 4),
        ((issued(5), issued(3), Called(then="right_now"), issued(1)), 3),
        ((Called(then="right_now"), issued(3)), None),
    ],
    ids=["nothing", "nobody told", "no call", "told before", "told last before the call", "told in the call"],
)
def test_what_a_person_was_told_is_what_was_shown_last_before_a_nurse_began_to_ask(
    done: tuple[EventBody, ...], expected: int | None
) -> None:
    assert told_before(events(*done)) == expected


def test_the_persons_own_level_holds_until_all_they_said_that_still_applies_is_confirmed(pack: Pack) -> None:
    """Not while one answer is left that nobody has confirmed, however well they are by the others."""
    before = events(issued(4), Called(then="right_now"))
    at, row, seen = called(way(pack, "same_day")[-1], date(2026, 3, 2)), Row("c1", level=4), set[bool]()
    for step in way(pack, "self_care", "nurse")[1:]:
        now = standing(row, at, before)
        seen.add(bool(now.waiting))
        assert now.told == (4 if now.waiting else None)
        assert now.stands == (max(4, now.engine) if now.waiting else now.engine)
        assert step.past is not None
        at = at.take(step.past.step) if isinstance(step.past.step, Answered) else at.confirm()
    last = standing(row, at, before)
    assert (last.waiting, last.told, last.stands, at.state) == ((), None, 0, "complete")
    assert seen == {True, False}


def test_what_a_nurse_asked_from_the_start_waits_for_nobody(pack: Pack) -> None:
    at = way(pack, "urgent_2_weeks", "nurse")[-1].change("leg_symptom_side")
    assert at is not None
    found = standing(Row("c1", level=3), at, events(issued(3)))
    assert (found.waiting, found.told) == ((), None)


def test_a_choice_falls_as_soon_as_something_worse_is_said_than_it_was_made_for() -> None:
    """Also before the next level is shown: until then the row has the choice that was made for the old one."""
    kept = MemoryStore()
    row = alone(records_in(kept), installed("low_back_pain"), "urgent_2_weeks").row
    of_ann = desk(kept, "ann")
    journal = of_ann.call(row)
    asked_on(journal, "urgent_2_weeks")
    journal.row = of_ann.override(journal.row, 1, SENTENCE, "examined")
    assert of_ann.folder(row.case).standing.stands == 1
    worse = journal.last.change("fever_chills")
    assert worse is not None
    journal.take(worse)
    asked_on(journal, "same_day", until="check_answers")
    assert row_of(kept, row.case).stands == 1
    assert of_ann.folder(row.case).standing.stands == 4
    with pytest.raises(InputError, match="not come to an end"):
        of_ann.finish(journal, "advised")
    asked_on(journal)
    assert (row_of(kept, row.case).chosen, row_of(kept, row.case).stands) == (None, 4)
    of_ann.finish(journal, "booked")


# Another level.


def test_a_higher_level_needs_a_line_and_no_reason() -> None:
    did = decisions.override(Standing(1), 4, "  fever\nsince this morning ")
    assert (did.level, did.instead_of, did.reason) == ("same_day", "primary_care", "")
    assert did.words == "fever since this morning"
    for words in ("", " \n", "\x1b[2J", "\u200b"):
        with pytest.raises(InputError, match="a line that says why"):
            decisions.override(Standing(1), 4, words)


@pytest.mark.parametrize("reason", ["", "because", "Examined", UNABLE, "examined "])
def test_a_lower_level_needs_one_of_the_reasons(reason: str) -> None:
    with pytest.raises(InputError, match="one of these reasons: examined, known_before"):
        decisions.override(Standing(4), 2, SENTENCE, reason)


@pytest.mark.parametrize("words", ["", "examined", "seen and examined", "... ... ... ...", "-- ! -- ? --"])
def test_a_lower_level_needs_a_sentence(words: str) -> None:
    with pytest.raises(InputError, match="at least four words"):
        decisions.override(Standing(4), 2, words, "examined")


@pytest.mark.parametrize("reason", REASONS)
def test_a_lower_level_with_a_reason_and_a_sentence_is_chosen(reason: str) -> None:
    did = decisions.override(Standing(4), 2, SENTENCE, reason)
    assert (did.level, did.instead_of, did.reason, did.words) == ("routine_3_months", "same_day", reason, SENTENCE)


def test_words_are_cut_where_they_are_longer_than_anybody_reads() -> None:
    assert len(decisions.override(Standing(1), 4, "word " * 1_000).words) <= LONGEST
    assert len(decisions.unable(Standing(1, checks=CHECKS), "word " * 1_000).words) <= LONGEST
    assert len(decisions.close(Standing(1), "advised", "word " * 1_000).words) <= LONGEST


def test_lower_is_what_is_lower_than_the_rules_say_and_than_the_person_was_told() -> None:
    for at in (Standing(4), Standing(1, told=4), Standing(4, told=1), Standing(4, chosen=5)):
        with pytest.raises(InputError, match="reasons"):
            decisions.override(at, 3, SENTENCE)
        assert decisions.override(at, 3, SENTENCE, "examined").instead_of == "same_day"


def test_the_level_that_stands_is_not_chosen_again() -> None:
    for at in (Standing(3), Standing(1, told=3), Standing(5, chosen=3)):
        with pytest.raises(InputError, match="That is the level that stands"):
            decisions.override(at, 3, SENTENCE, "examined")


def test_a_level_that_waits_for_a_signature_can_be_taken_back() -> None:
    """Where nobody is there to sign, the case could never be closed otherwise."""
    at = Standing(EMERGENCY, asked=2)
    did = decisions.override(at, EMERGENCY, "nobody here to sign")
    row = Row("c1", level=EMERGENCY, asked=2, asker="ann")
    row = after(row, events(did)[0])
    assert (row.asked, row.stands) == (None, EMERGENCY)
    assert decisions.close(Standing(EMERGENCY, chosen=row.chosen, asked=row.asked), "sent_to_emergency")


@pytest.mark.parametrize("at", [Standing(4), Standing(1, told=4), Standing(1, chosen=4), Standing(1, chosen=EMERGENCY)])
def test_no_level_is_lowered_while_emergency_checks_are_not_asked(at: Standing) -> None:
    """Also not back to that of the rules, where somebody could not be assessed: nothing is known of them yet."""
    for level in range(at.stands):
        with pytest.raises(InputError, match="Emergency checks not asked: "):
            decisions.override(replace(at, checks=CHECKS), level, SENTENCE, "examined")
        assert decisions.override(at, level, SENTENCE, "examined").level == LEVELS[level]


@pytest.mark.parametrize("at", [Standing(1), Standing(3, told=4), Standing(5, chosen=2)])
def test_a_level_can_always_be_raised_to_an_emergency(at: Standing) -> None:
    for checks in ((), CHECKS):
        assert decisions.override(replace(at, checks=checks), EMERGENCY, "collapsed").level == "emergency_now"


def test_who_cannot_be_assessed_is_an_emergency_with_a_reason_of_its_own() -> None:
    for at in (Standing(1), Standing(1, told=4), Standing(5, chosen=2)):
        did = decisions.unable(replace(at, checks=CHECKS), "hung up twice")
        assert (did.level, did.reason, did.words) == ("emergency_now", UNABLE, "hung up twice")
        assert did.instead_of == LEVELS[at.by_rules]
    assert decisions.unable(Standing(1, checks=CHECKS), " ").words == "emergency checks could not be asked"
    assert UNABLE not in REASONS


@pytest.mark.parametrize("at", [Standing(1), Standing(1, told=4), Standing(5, chosen=2)])
def test_who_was_asked_every_emergency_check_was_assessed(at: Standing) -> None:
    with pytest.raises(InputError, match="every emergency check was asked"):
        decisions.unable(at, "hung up twice")
    assert decisions.override(at, EMERGENCY, "hung up twice").level == "emergency_now"


@pytest.mark.parametrize("at", [Standing(5), Standing(1, told=5), Standing(1, chosen=5)])
def test_who_is_an_emergency_already_is_not_made_one(at: Standing) -> None:
    with pytest.raises(InputError, match="already"):
        decisions.unable(at, "x")


# Closing.


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_case_is_closed_in_one_of_the_ways_there_are(outcome: str) -> None:
    did = decisions.close(Standing(1), outcome, " said\nso ")
    assert (did.outcome, did.words) == (outcome, "said so")


@pytest.mark.parametrize("outcome", ["", "carried_over", "Advised", "done"])
def test_a_case_is_closed_in_no_other_way(outcome: str) -> None:
    with pytest.raises(InputError, match="one of these ways: advised, sent_to_emergency"):
        decisions.close(Standing(1), outcome)


def test_below_an_emergency_nothing_is_closed_while_emergency_checks_are_not_asked() -> None:
    for level, chosen in product(range(6), (None, *range(6))):
        at = Standing(level, chosen=chosen, checks=CHECKS)
        if at.stands == EMERGENCY:
            assert decisions.close(at, "sent_to_emergency")
        else:
            assert at.why_not_close() == "close_unasked"
            with pytest.raises(InputError, match="Emergency checks not asked: 2"):
                decisions.close(at, "advised")
        assert decisions.close(replace(at, checks=()), "advised")


@pytest.mark.parametrize("chosen", [None, EMERGENCY])
@pytest.mark.parametrize("checks", [(), CHECKS], ids=len)
def test_nothing_is_closed_while_a_lower_level_than_an_emergency_waits_for_a_signature(
    chosen: int | None, checks: tuple[str, ...]
) -> None:
    at = Standing(EMERGENCY, chosen=chosen, asked=2, checks=checks)
    assert at.why_not_close() == "close_unsigned"
    with pytest.raises(InputError, match="waits for a second person to sign"):
        decisions.close(at, "advised")


def test_a_level_that_was_signed_is_closed_at_though_a_still_lower_one_waits() -> None:
    assert decisions.close(Standing(EMERGENCY, chosen=4, asked=2), "advised")


# All of it, with every level there is.


@pytest.mark.parametrize("level", SAYS)
def test_what_is_chosen_stands_in_the_row_and_for_whoever_closes_alike(pack: Pack, level: str) -> None:
    """Whichever level a person was told, whichever is chosen by whom."""
    for chosen in range(6):
        store = MemoryStore()
        clock = Clock()
        row = alone(records_in(store, clock), pack, level).row
        of_ann, of_bob = desk(store, "ann", clock), desk(store, "bob", clock)
        row = of_ann.claim(row)
        at = of_ann.folder(row.case).standing
        if at.stands == EMERGENCY:
            # An emergency broke the questions off, so that no level below it may be chosen.
            assert at.checks
            continue
        if chosen == at.stands:
            continue
        row = of_ann.override(row, chosen, SENTENCE, "examined" if chosen < at.stands else "")
        assert row == row_of(store, row.case)
        assert row.stands == of_ann.folder(row.case).standing.stands == chosen
        with pytest.raises(InputError, match="No lower level waits"):
            of_bob.sign(row)
        closed = of_ann.close(row, "booked")
        assert (closed.outcome, closed.stands) == ("booked", chosen)
