"""What a clinician does about a case in the app: another level, its signature, closing, call-backs, the note."""

from datetime import timedelta
from pathlib import Path

import pytest

from chatbot.packs.pack import Pack
from chatbot.service.desk import Desk
from chatbot.service.records import Records
from tests.support.desking import answered, at_work, simple_call
from tests.support.driving import in_order
from tests.support.memory_store import MemoryStore
from tests.support.team import asked_on

OPENERS = ("n", "1", "enter", "1", "0")
NUMB = {"saddle_sensation": "numb"}
FEVER = {"fever_chills": "yes"}


async def test_up_needs_one_line_and_both_levels_stand_side_by_side(pack: Pack) -> None:
    store = MemoryStore()
    answered(store, pack, reference="bed 1")
    async with at_work(pack, store) as station:
        await station.press("enter", "t", "o", "1")
        await station.write("sounds very unwell")
        assert in_order(station.text, "Level by the rules: SELF-CARE", "Level by the clinician: EMERGENCY, now")
        await station.press("escape", "2")
        assert "EMERGENCY<SELF-CARE" in station.text


async def test_down_needs_a_reason_a_sentence_and_a_page_that_says_what_is_done(pack: Pack) -> None:
    store = MemoryStore()
    answered(store, pack, says=FEVER)
    async with at_work(pack, store) as station:
        await station.press("enter", "t", "o", "3", "1")
        await station.write("examined")
        assert "needs a sentence" in station.notice  # where it is typed, so that nothing typed is refused later
        assert station.row.chosen is None
        await station.press("ctrl+u")
        await station.write("seen by her doctor this morning, no fever")
        assert "STOP. This is less urgent than the rules say." in station.text
        assert in_order(station.text, "By the rules: TODAY", "INF-3", "Yours: WITHIN 2 WEEKS")
        await station.press("1", "2", "enter")  # keys of the pages before do nothing here
        assert "STOP." in station.text
        await station.press("9")
        assert in_order(station.text, "Level by the rules: TODAY", "Level by the clinician: WITHIN 2 WEEKS")
        (made,) = [e.did for e in station.colleague("eve").folder(station.row.case).events if e.did.kind == "override"]
        assert (made.reason, made.instead_of) == ("examined", "same_day")


async def test_going_back_from_the_page_changes_nothing(pack: Pack) -> None:
    store = MemoryStore()
    answered(store, pack, says=FEVER)
    async with at_work(pack, store) as station:
        await station.press("enter", "t", "o", "3", "1")
        await station.write("seen by her doctor this morning")
        await station.press("8")
        assert station.row.chosen is None
        assert "override" not in station.kinds()


async def test_a_level_cannot_be_lowered_before_the_emergency_checks_are_asked(pack: Pack) -> None:
    store = MemoryStore()
    answered(store, pack, says=NUMB)
    async with at_work(pack, store) as station:
        await station.press("enter", "t", "o", "2")
        assert "cannot be lowered before they are" in station.notice
        assert station.topic == "folder"


async def test_what_cannot_be_chosen_is_said_before_anything_is_typed(pack: Pack) -> None:
    """Also after a choice above the rules, while emergency checks are open; and what changes nothing has no key."""
    store = MemoryStore()
    answered(store, pack, says=FEVER, until="fever_chills")
    async with at_work(pack, store) as station:
        await station.press(*OPENERS, "0", "0", "1")
        await station.press("ctrl+q", "2")
        await station.press("u")
        await station.write("the line went dead")
        for level, why in (("1", "level that stands"), ("3", "cannot be lowered"), ("6", "cannot be lowered")):
            await station.press("o", level)
            assert (why in station.notice, station.topic) == (True, "call"), level
        await station.press("u")
        assert station.topic == "call"


async def test_below_an_emergency_somebody_else_signs_and_until_then_it_stands(pack: Pack) -> None:
    store = MemoryStore()
    async with at_work(pack, store) as station:
        await station.press(*OPENERS, "0", "0", "4", "1")
        assert station.topic == "emergency"
        await station.press("4")  # on for the note
        for _ in range(60):
            if station.conversation.asked is None:
                break
            at = station.conversation
            kind = at.asked.question.kind  # type: ignore[union-attr] # one is asked
            if kind == "number":
                await station.write("44" if at.state == "age_years" else "5 days" if at.state == "onset_days" else "3")
            else:
                await station.press("0" if kind != "one" else "1")
        if station.state == "check_answers":
            await station.press("y")
        assert station.conversation.interview.checks_left == ()
        if station.topic == "emergency":
            await station.press("1")
        await station.press("o", "2", "1")
        await station.write("seen and examined in the hospital today")
        await station.press("9")
        assert "Second person: login" in station.text
        await station.press("enter")
        assert "Waits for a second person to sign: TODAY" in station.text
        await station.press("x")
        assert "waits for a second person to sign" in station.notice
        assert station.row.stands == 5
        with pytest.raises(Exception, match="Somebody else"):
            station.colleague("ann").sign(station.row)
        station.colleague("bea").sign(station.row)
        await station.press("1")  # any act reads the case again
        assert in_order(station.text, "Level by the rules: EMERGENCY, now", "Level by the clinician: TODAY")
        await station.press("x", "4")
        assert station.row.outcome == "referred"


async def test_checks_opened_again_since_are_said_before_a_signature_is_asked_of_anybody(pack: Pack) -> None:
    store = MemoryStore()
    answered(store, pack, says=NUMB)
    bea = Desk(Records(store, store.now, login="bea"), lambda _: pack)
    (row,) = store.rows()
    journal = bea.call(row)
    asked_on(journal, "emergency_now")
    journal.take(journal.last.continue_note())
    asked_on(journal, "emergency_now")
    journal.row = bea.override(journal.row, 3, "seen and examined in the hospital today", "examined")
    again = journal.last.change("bladder_function")
    assert again is not None
    journal.take(again)
    async with at_work(pack, store) as station:
        await station.press("4", "enter", "s")
        assert "Emergency checks open again since a signature was asked for: 1" in station.notice
        assert (station.topic, station.row.asked) == ("folder", 3)
        asked_on(journal, "emergency_now")
        await station.press("escape", "enter", "s", "9")
        assert in_order(station.text, "Level by the rules: EMERGENCY, now", "Level by the clinician: WITHIN 2 WEEKS")
        assert (station.row.chosen, station.row.asked) == (3, None)
    journal.close()


async def test_closing_below_an_emergency_with_checks_not_asked_is_impossible(pack: Pack) -> None:
    async with at_work(pack) as station:
        await station.press(*OPENERS, "0", "0", "1")
        await station.press("ctrl+q", "2")  # the questions end here
        assert station.topic == "call"
        assert "8 emergency checks not asked" in station.text
        await station.press("x")
        assert "Emergency checks not asked: 8" in station.notice
        assert station.row.closed == ""
        await station.press("u")
        await station.write("the line went dead")
        assert "Level by the clinician: EMERGENCY, now" in station.text
        await station.press("x", "5")
        assert (station.row.outcome, station.row.stands) == ("no_contact", 5)


async def test_a_call_back_leaves_the_case_to_whoever_has_time_then(pack: Pack) -> None:
    store = MemoryStore()
    answered(store, pack, reference="bed 2")
    async with at_work(pack, store) as station:
        await station.press("enter", "t", "b")
        await station.write("whenever")
        assert "such as 20 min" in station.notice
        await station.press("b")
        await station.write("20 min")
        assert station.topic == "worklist"
        assert "among the call-backs" in station.notice
        await station.press("3")
        assert in_order(station.text, "[3 Call-backs 1]", "SELF-CARE", " min", "bed 2", "call back")
        assert station.row.owner == ""


async def test_a_case_given_back_waits_again(pack: Pack) -> None:
    store = MemoryStore()
    answered(store, pack)
    async with at_work(pack, store) as station:
        await station.press("enter", "t", "r")
        assert "Given back" in station.notice
        assert "[1 Waiting 1]" in station.text


async def test_what_a_colleague_did_meanwhile_is_said_and_nothing_is_written(pack: Pack) -> None:
    store = MemoryStore()
    answered(store, pack)
    async with at_work(pack, store) as station:
        await station.press("enter", "t")
        row = station.row
        later = store.now() + timedelta(hours=1)
        bea = station.colleague("bea")
        bea.records.clock = lambda: later  # the lease is over by then
        bea.claim(row)
        await station.press("r")
        assert "nurse (bea) took the case on" in station.notice
        assert station.row.owner == "bea"


async def test_the_note_is_copied_with_one_key_saved_with_another_and_has_two_forms(
    pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with at_work(pack) as station:
        await station.press(*OPENERS)
        await simple_call(station)
        await station.press("f7")
        assert station.app.clipboard.startswith("SBAR - ")
        assert "SBAR note copied" in station.notice
        brief = len(station.app.clipboard.splitlines())
        await station.press("k", "f7")
        assert len(station.app.clipboard.splitlines()) > brief
        await station.press("k", "f7")
        assert station.app.clipboard.startswith("SOAP - ")
        await station.press("v")
        assert "SUBJECTIVE" in station.text
        await station.press("escape", "f9")
        await station.press("enter")
        (file,) = tmp_path.iterdir()
        assert file.read_text(encoding="ascii").startswith("SOAP - ")
        assert file.stat().st_mode & 0o777 == 0o600
        assert [each for each in station.kinds() if each == "exported"] == ["exported"] * 4


async def test_what_would_change_the_level_stands_under_the_result(pack: Pack) -> None:
    async with at_work(pack, size=(120, 60)) as station:
        await station.press(*OPENERS)
        await simple_call(station)
        seen = ""
        for _ in range(12):
            seen += station.text
            await station.press("pagedown")
        assert "What would change this advice?" in seen
        assert "More urgent if this were the answer on bladder function" in seen


async def test_a_lead_grades_a_closed_case(pack: Pack) -> None:
    store = MemoryStore()
    answered(store, pack)
    async with at_work(pack, store) as station:
        await station.press("enter", "t", "x", "1", "5", "enter", "g", "2")
        await station.write("should have been seen today")
        graded = [e.did for e in station.colleague("eve").folder(station.row.case).events if e.did.kind == "graded"]
        assert [(each.level, each.words) for each in graded] == [("same_day", "should have been seen today")]


async def test_nothing_is_done_to_a_case_that_is_not_ones_own(pack: Pack) -> None:
    store = MemoryStore()
    answered(store, pack)
    async with at_work(pack, store) as station:
        before = station.row.seq
        await station.press("enter", "x", "o", "b", "r", "1", "2")
        assert station.topic == "folder"
        assert station.row.seq == before + 1  # the look
