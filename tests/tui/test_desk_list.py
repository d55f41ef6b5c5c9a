"""The worklist on the screen: sections, order, promises, colleagues, what is kept when somebody looks."""

from datetime import timedelta

import pytest

from chatbot.packs.pack import Pack
from chatbot.storage.worklist_query import WorklistQuery
from tests.support.desking import answered, at_work
from tests.support.driving import in_order
from tests.support.memory_store import MemoryStore

NUMB = {"saddle_sensation": "numb"}
FEVER = {"fever_chills": "yes"}


@pytest.fixture
def store(pack: Pack) -> MemoryStore:
    """Four who wait: two for a long time, two who cannot."""
    store = MemoryStore()
    answered(store, pack, reference="well", ago=timedelta(hours=5))
    answered(store, pack, "carer", FEVER, "fever", ago=timedelta(minutes=20))
    answered(store, pack, says=NUMB, reference="numb", ago=timedelta(minutes=3))
    answered(store, pack, says=NUMB, reference="numb too", ago=timedelta(minutes=40))
    return store


def order(text: str) -> list[str]:
    """The references in the order of the rows."""
    names = ("numb too", "numb", "fever", "well")
    return sorted(names, key=lambda name: text.find(f" {name}  ") if f" {name}  " in text else 10_000)


async def test_the_most_urgent_stands_first_and_among_equals_the_longest_waiting(
    pack: Pack, store: MemoryStore
) -> None:
    async with at_work(pack, store) as station:
        rows = "\n".join(station.rows)
        assert order(rows) == ["numb too", "numb", "fever", "well"]
        assert "[1 Waiting 4]" in station.text
        assert in_order(station.text, "> EMERGENCY", "LATE 30 min", "numb too", "TODAY", "fever")
        await station.press("s")
        assert order("\n".join(station.rows)) == ["well", "numb too", "fever", "numb"]
        await station.press("s")
        assert order("\n".join(station.rows)) == ["numb", "fever", "numb too", "well"]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 15)])
async def test_every_row_fits_the_window(pack: Pack, store: MemoryStore, size: tuple[int, int]) -> None:
    async with at_work(pack, store, size=size) as station:
        assert len(station.rows) == size[1]
        assert in_order(station.text, "EMERGENCY", "numb too")


async def test_a_case_that_is_taken_is_ones_own_and_shown_to_colleagues_as_such(pack: Pack, store: MemoryStore) -> None:
    async with at_work(pack, store) as station:
        await station.press("t")
        assert "[1 Waiting 3]" in station.text
        assert "2 Mine 1" in station.text
        bea = station.colleague("bea")
        (row,) = bea.listed(bea.wanted("others", store.now()))
        assert (row.reference, row.owner) == ("numb too", "ann")
        await station.press("2")
        assert in_order(station.text, "[2 Mine 1]", "numb too", "ann to")


async def test_a_case_that_a_colleague_took_first_is_refused_with_what_they_did(pack: Pack, store: MemoryStore) -> None:
    async with at_work(pack, store) as station:
        bea = station.colleague("bea")
        row = bea.listed(bea.wanted("waiting", store.now()))[0]
        bea.claim(row)
        await station.press("t")
        assert "nurse (bea) took the case on" in station.notice or "bea has the case" in station.notice
        assert store.row(row.case).owner == "bea"  # type: ignore[union-attr] # it is there


async def test_the_list_shows_what_colleagues_do(pack: Pack, store: MemoryStore) -> None:
    async with at_work(pack, store) as station:
        bea = station.colleague("bea")
        bea.claim(bea.listed(bea.wanted("waiting", store.now()))[0])
        station.screen.look()  # type: ignore[attr-defined] # as the timer does
        await station.rest()
        assert "[1 Waiting 3]" in station.text
        assert "4 Others 1" in station.text


async def test_the_cursor_stays_on_its_case_when_the_list_changes(pack: Pack, store: MemoryStore) -> None:
    async with at_work(pack, store) as station:
        await station.press("down", "down")
        assert any(row.startswith("> TODAY") for row in station.rows)
        answered(store, pack, says=NUMB, reference="new")
        station.screen.look()  # type: ignore[attr-defined] # as the timer does
        await station.rest()
        assert any(row.startswith("> TODAY") for row in station.rows)


async def test_filter_and_search_narrow_the_list_and_escape_shows_all(pack: Pack, store: MemoryStore) -> None:
    async with at_work(pack, store) as station:
        await station.press("f", "2")
        assert "fever" not in station.text
        assert "Emergencies" in station.notice
        await station.press("escape")
        assert "fever" in station.text
        await station.press("slash")
        await station.write("FEV")
        assert "numb" not in station.text
        assert 'with "FEV"' in station.notice
        await station.press("slash")
        await station.write("nobody is called this")
        assert "Nobody is in this part" in station.notice


async def test_opening_a_case_is_kept_in_it_before_it_is_shown(pack: Pack, store: MemoryStore) -> None:
    async with at_work(pack, store) as station:
        await station.press("enter")
        assert station.topic == "folder"
        assert in_order(station.text, "Case numb too", "Level by the rules: EMERGENCY, now", "CES-1")
        case = next(row.case for row in store.rows() if row.reference == "numb too")
        last = station.colleague("eve").folder(case).events[-1]
        assert (last.did.kind, last.by.login) == ("viewed", "ann")


async def test_hostile_references_are_harmless_on_the_list(pack: Pack) -> None:
    store = MemoryStore()
    for text in ("\x1b[2J[red]x[/]", "\u202eevil", "a" * 300, "[link=x]", "腰" * 60):
        answered(store, pack, reference=text)
    async with at_work(pack, store) as station:
        assert len(station.rows) == 24  # each as wide as the window and harmless, or reading them fails
        await station.press("enter")
        assert len(station.rows) == 24


async def test_a_long_list_is_gone_through_past_its_window(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatbot.tui.desk.worklist_screen.WINDOW", 10)
    store = MemoryStore()
    for _ in range(5):
        answered(store, pack, until="saddle_sensation")
    async with at_work(pack, store) as station:
        desk = station.colleague("bea")
        assert desk.counts(store.now())["waiting"] == 0  # nobody finished: nobody waits
        for _ in range(25):
            answered(store, pack)
        station.screen.look()  # type: ignore[attr-defined] # as the timer does
        await station.rest()
        wanted = desk.listed(WorklistQuery("waiting", "bea", "2999", limit=99))
        seen = set()
        for _ in range(40):
            row = station.screen.row  # type: ignore[attr-defined] # the list's
            seen.add(row.case)
            await station.press("down")
        assert seen == {row.case for row in wanted}
        for _ in range(40):
            await station.press("up")
        assert station.screen.row.case == wanted[0].case  # type: ignore[attr-defined] # the list's


async def test_an_auditor_sees_the_list_and_takes_nothing(pack: Pack, store: MemoryStore) -> None:
    async with at_work(pack, store) as station:
        station.app.desk.__dict__["role"] = "auditor"  # type: ignore[attr-defined] # as the database says it
        await station.press("t", "n")
        assert station.topic == "worklist"
        await station.press("enter")
        assert station.topic == "folder"
        await station.press("t", "x", "o")
        assert {row.owner for row in store.rows() if row.reference} == {""}
