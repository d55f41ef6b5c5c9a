"""A nurse's call in the app: openers, a part as a checklist, what the person said alone, its end."""

from datetime import timedelta

import pytest

from chatbot.packs.pack import Pack
from chatbot.service.records import Records
from chatbot.tui.desk.desk_app import DeskApp
from tests.support.desking import SIMPLE, Station, answered, at_work, simple_call
from tests.support.driving import in_order
from tests.support.memory_store import MemoryStore

OPENERS = ("n", "1", "enter", "1", "0")


def desk_app(station: Station) -> DeskApp:
    """The app by its own type."""
    assert isinstance(station.app, DeskApp)
    return station.app


async def test_a_simple_call_takes_at_most_45_keys_from_the_first_opener_to_its_end(pack: Pack) -> None:
    async with at_work(pack) as station:
        await station.press(*OPENERS)
        await simple_call(station)
        assert station.topic == "call"
        await station.press("1", "2", "f7", "x", "1")
        assert station.topic == "worklist"
        assert station.row.outcome == "advised"
        assert station.pressed <= 45
        kinds = station.kinds()
        for kind in ("opened", "taught_back", "safety_net_given", "exported", "completed", "closed"):
            assert kind in kinds


async def test_openers_are_in_the_note_and_change_no_level(pack: Pack) -> None:
    async with at_work(pack) as station:
        await station.press("n", "2")
        await station.write("bed 7")
        await station.write("cannot tie his shoes")
        await station.press("3")
        assert station.row.reference == "bed 7"
        await simple_call(station)
        level = station.row.level
        assert "Caller: family, friend or carer · Why today: other; cannot tie his shoes" in station.text
        await station.press("f7")
        note = station.app.clipboard
        assert in_order(note, "SBAR", "Reference: bed 7", "Caller: family, friend or carer", "cannot tie his shoes")
        assert "Contacts about this lately: three or more (not scored)" in note
        assert note.isascii()
        assert max(map(len, note.splitlines())) <= 80
        assert level == 0


async def test_an_opener_can_be_passed_over_and_taken_back(pack: Pack) -> None:
    async with at_work(pack) as station:
        await station.press("n", "enter", "enter", "6", "escape")
        assert "What made you call today?" in station.text
        await station.press("2", "x")
        opened = next(e.did for e in station.colleague("eve").folder(station.row.case).events if e.did.kind == "opened")
        assert (opened.caller, opened.why, opened.contacts) == ("", "worse", "unknown")


async def test_leaving_the_openers_begins_no_call(pack: Pack) -> None:
    async with at_work(pack) as station:
        await station.press("n", "1", "escape", "escape")
        assert station.topic == "worklist"
        assert list(station.store.rows()) == []


async def test_a_part_stands_there_as_a_checklist_in_acuity_order(pack: Pack) -> None:
    async with at_work(pack, size=(120, 40)) as station:
        await station.press(*OPENERS, "0", "0", "1")
        assert in_order(
            station.text, "asked Emergencies", "None of these", "asked Saddle sensation: Normal",
            "now > Bladder function", "to ask Bowel function", "to ask Side of leg symptoms",
        )  # fmt: skip
        assert "8 emergency checks not asked" in station.rows[0]
        assert "0 min" in station.rows[0]


async def test_what_the_person_said_alone_stands_there_until_it_is_confirmed(pack: Pack) -> None:
    store = MemoryStore()
    answered(store, pack, says={"saddle_sensation": "1"}, reference="bed 3")
    async with at_work(pack, store) as station:
        await station.press("enter", "c", "1", "enter", "1", "0")
        assert "The person said: None of these" in station.text
        assert "theirs Saddle sensation" in station.text
        await station.press("enter")
        assert station.said("right_now") is not None
        await station.press("4")  # the nurse hears something else than what was ticked
        assert station.said("saddle_sensation") == {"saddle_sensation": "numb"}
        await station.press("1")
        assert station.topic == "emergency"
        assert "called" in station.kinds()


async def test_every_answer_can_be_confirmed_with_one_key(pack: Pack) -> None:
    store = MemoryStore()
    answered(store, pack)
    async with at_work(pack, store) as station:
        await station.press("enter", "c", "1", "enter", "1", "0")
        asked = 0
        while (
            station.conversation.asked is not None
            and station.conversation.state in station.conversation.previous_answers
        ):
            at = station.conversation.state
            await station.press("enter")
            asked += 1
            assert station.state != at, at
        assert asked > 15
        assert station.conversation.interview.checks_left == ()


async def test_a_note_can_be_written_from_anywhere(pack: Pack) -> None:
    async with at_work(pack) as station:
        await station.press(*OPENERS, "0", "0", "n")
        await station.write("husband is with her")
        assert "Noted." in station.notice
        for _ in range(8):  # a 0 after a 1 counts when it comes once more
            await station.press("1" if station.state != "balance_hands" else "0")
        assert station.state == "age_years"  # where figures are typed
        await station.press("n")
        await station.write("sounds older")
        folder = station.colleague("eve").folder(station.row.case)
        notes = [(e.did.text, e.did.question) for e in folder.events if e.did.kind == "note"]
        assert notes == [("husband is with her", "saddle_sensation"), ("sounds older", "age_years")]


async def test_why_a_question_is_asked_shows_the_rules_and_their_sources(pack: Pack) -> None:
    async with at_work(pack, size=(120, 40)) as station:
        await station.press(*OPENERS, "0", "0", "question_mark")
        assert in_order(station.text, "Why we ask: Cauda equina", "CES-1: Emergency now", "[S1-01")
        await station.press("escape")
        assert station.state == "saddle_sensation"


async def test_the_rest_of_a_part_is_not_known_with_one_key_but_emergency_checks_are_asked(pack: Pack) -> None:
    async with at_work(pack) as station:
        await station.press(*OPENERS, "r")
        assert "one by one" in station.notice
        assert station.state == "right_now"
        await simple_call(station)
        values = station.conversation.interview.rule_state.values
        assert values["exam_temp_c"] == "unknown"
        assert values["exam_news2"] == "unknown"


@pytest.mark.parametrize(("typed", "meant"), [(("5", "d", "enter"), 5), (("3", "w", "enter"), 21)])
async def test_a_reading_needs_no_second_key_and_stands_in_the_checklist(
    pack: Pack, typed: tuple[str, ...], meant: int
) -> None:
    async with at_work(pack) as station:
        await station.press(*OPENERS)
        while station.state != "onset_days":
            await station.press(*SIMPLE[station.state])
        await station.press(*typed)
        value = station.conversation.interview.rule_state.values["onset_days"]
        assert (value.low, value.high) == (meant, meant)  # type: ignore[union-attr] # an interval
        await station.press("u")
        assert station.state == "onset_days"


async def test_an_age_that_would_end_the_questions_is_still_confirmed(pack: Pack) -> None:
    async with at_work(pack) as station:
        await station.press(*OPENERS)
        while station.state != "age_years":
            await station.press(*SIMPLE[station.state])
        await station.press("4", "enter")
        assert station.conversation.state == "age_years"
        await station.press("2")
        assert station.conversation.state == "age_years"


async def test_leaving_for_the_list_keeps_the_case_and_the_question(pack: Pack) -> None:
    async with at_work(pack) as station:
        await station.press(*OPENERS, "0", "0", "1", "l")
        assert station.topic == "worklist"
        assert station.row.owner == "ann"
        await station.press("2", "enter", "c")
        assert station.state == "bladder_function"


async def test_a_call_that_broke_off_goes_on_at_the_very_question(pack: Pack) -> None:
    store = MemoryStore()
    async with at_work(pack, store) as station:
        await station.press(*OPENERS, "0", "0", "1")
    store._held.clear()  # as when a program ends, however it ends
    async with at_work(pack, store) as station:
        await station.press("2", "enter", "c")
        assert station.state == "bladder_function"
        assert station.said("saddle_sensation") == {"saddle_sensation": "normal"}


async def test_a_new_emergency_is_said_in_words_during_a_call(pack: Pack) -> None:
    async with at_work(pack) as station:
        app = desk_app(station)
        app.watch_over.look()
        await station.rest()
        await station.press(*OPENERS)
        answered(station.store, pack, says={"saddle_sensation": "numb"}, reference="bed 9")
        app.watch_over.look()
        await station.rest()
        assert "NEW EMERGENCY waiting: bed 9" in station.notice
        assert "NEW EMERGENCY WAITING" in station.rows[0]
        await station.press("l")
        assert "NEW EMERGENCY waiting: bed 9" in station.text


async def test_the_patient_learns_that_a_nurse_goes_through_it_and_changes_nothing_then(pack: Pack) -> None:
    store = MemoryStore()
    journal = answered(store, pack)
    async with at_work(pack, store) as station:
        await station.press("enter", "c", "1", "enter", "1", "0")
    found = Records(store).resume(journal.code, lambda _: pack)
    assert found.journal is None
    assert found.with_nurse
    assert found.conversation.interview.case.mode == "patient"


async def test_a_lease_that_a_colleague_took_over_is_said_in_the_call(pack: Pack) -> None:
    async with at_work(pack) as station:
        await station.press(*OPENERS, "0", "0")
        later = station.store.now() + timedelta(hours=1)
        bea = station.colleague("bea")
        bea.records.clock = lambda: later
        bea.claim(station.row)
        await station.press("1")
        assert "nurse (bea) took the case on" in station.notice
        assert "NOT SAVED" in station.rows[0]


async def test_a_case_that_is_in_work_keeps_its_lease(pack: Pack) -> None:
    async with at_work(pack) as station:
        await station.press(*OPENERS)
        until = station.row.until
        later = station.store.now() + timedelta(minutes=10)
        assert station.app.desk is not None  # type: ignore[attr-defined] # the worklist's
        station.app.desk.records.clock = lambda: later  # type: ignore[attr-defined] # the worklist's
        desk_app(station).watch_over.renew_lease()
        await station.rest()
        assert station.row.until > until


async def test_an_answer_can_be_changed_after_what_was_done_at_the_end(pack: Pack) -> None:
    """What a nurse did to the case herself is no reason to refuse her next step."""
    async with at_work(pack) as station:
        await station.press(*OPENERS)
        await simple_call(station)
        await station.press("1", "o", "2")
        await station.write("he sounds worse than he says")
        await station.press("escape")
        assert station.topic == "question"
        at = station.state
        await station.press(*SIMPLE.get(at, ("1",)))
        assert station.topic in ("call", "check")
        assert "taken up in another place" not in station.text
        await station.press(*(("y",) if station.topic == "check" else ()))
        assert "Level by the clinician: TODAY" in station.text
