"""What every store does, whatever it is made of."""

from collections.abc import Callable
from dataclasses import replace
from itertools import groupby

import pytest

from chatbot.errors import HeldError, StaleWriteError
from chatbot.storage.chain import Head, head_of, start
from chatbot.storage.row import STORE, Row
from chatbot.storage.store import CaseStore
from chatbot.storage.verify import Verification, verify

Reopen = Callable[[], CaseStore]
BODIES = [b'{"seq":1}', "ä漢🤷".encode(), b"\x00\xff'); DROP TABLE events; --"]
ROW = Row("c1", pack="p", digest="d1", code="s1", state="age_years", reference="bed 4")


def kept(store: CaseStore, row: Row = ROW, bodies: list[bytes] = BODIES) -> Row:
    """The row of a case that was begun."""
    return row.grown(store.begin(row, bodies))


def test_what_was_kept_is_there_byte_for_byte(store: CaseStore) -> None:
    row = kept(store)
    row = row.grown(store.append(replace(row, state="trauma", level=5), [b"more", b"x" * 100_000]))
    assert [event.body for event in store.events("c1")] == [*BODIES, b"more", b"x" * 100_000]
    assert [event.seq for event in store.events("c1")] == [1, 2, 3, 4, 5]
    assert head_of("c1", store.events("c1")) == row.at
    assert store.row("c1") == replace(row, state="trauma", level=5)
    assert list(verify(store)) == []


def test_it_is_there_after_it_was_opened_again(reopen: Reopen) -> None:
    row = kept(reopen())
    again = reopen()
    assert again.row("c1") == row
    assert again.find("s1") == row
    assert [event.body for event in again.events("c1")] == BODIES


def test_the_chain_begins_with_the_name_of_the_case(store: CaseStore) -> None:
    """So that no case can stand for another."""
    one, other = kept(store), kept(store, replace(ROW, case="c2", code="s2"))
    assert one.head != other.head
    assert start("c1") != start("c2")


def test_a_case_is_begun_once(store: CaseStore) -> None:
    kept(store)
    with pytest.raises(StaleWriteError):
        store.begin(ROW, [b"another"])
    assert [event.body for event in store.events("c1")] == BODIES


def test_a_write_behind_the_head_is_refused_and_changes_nothing(store: CaseStore) -> None:
    old = kept(store)
    new = old.grown(store.append(old, [b"first"]))
    with pytest.raises(StaleWriteError):
        store.append(replace(old, state="other"), [b"second"])
    assert store.row("c1") == new
    assert [event.body for event in store.events("c1")] == [*BODIES, b"first"]


def test_a_write_that_was_kept_though_nobody_heard_of_it_is_taken_as_kept(store: CaseStore) -> None:
    """The answer to a commit can get lost; the same write once more is no second one."""
    old = kept(store)
    first = store.append(old, [b"first", b"second"])
    assert store.append(old, [b"first", b"second"]) == first
    assert len(store.events("c1")) == len(BODIES) + 2


def test_a_beginning_that_was_kept_though_nobody_heard_of_it_is_taken_as_kept(store: CaseStore) -> None:
    head = store.begin(ROW, BODIES)
    assert store.begin(ROW, BODIES) == head


def test_a_case_that_is_not_there_is_none(store: CaseStore) -> None:
    assert store.row("nobody") is None
    assert store.find("nothing") is None
    assert list(store.events("nobody")) == []
    with pytest.raises(StaleWriteError):
        store.append(Row("nobody", seq=1, head=b"x"), [b"y"])


def test_no_code_is_no_code(store: CaseStore) -> None:
    """A case without a code is not what an empty code finds."""
    kept(store, replace(ROW, code=""))
    assert store.find("") is None


def test_lists_show_cases_and_not_the_stores_own_chain(store: CaseStore) -> None:
    kept(store)
    kept(store, replace(ROW, case="c2", code="s2"))
    kept(store, Row(STORE))
    assert {row.case for row in store.rows()} == {"c1", "c2"}
    assert {row.case for row, digest in store.sums() if row.sum == digest} == {"c1", "c2", STORE}


def test_chains_come_case_by_case(store: CaseStore) -> None:
    for name in ("b", "a", "c"):
        kept(store, Row(name, code=name))
    found = [(case, seq) for case, seq, _, _ in store.chains()]
    assert sorted(found) == [(case, seq) for case in "abc" for seq in (1, 2, 3)]
    assert [case for case, _ in groupby(case for case, _ in found)] == list(dict.fromkeys(case for case, _ in found))


def test_a_pack_is_kept_once(store: CaseStore) -> None:
    store.keep_pack("d1", b"first")
    store.keep_pack("d1", b"second")
    assert store.pack("d1") == b"first"
    assert store.pack("d2") is None
    assert list(store.packs()) == ["d1"]


def test_one_program_holds_a_case(reopen: Reopen) -> None:
    store, other = reopen(), reopen()
    kept(store)
    hold = store.hold("c1", "on this computer, since 14:02")
    with pytest.raises(HeldError, match="since 14:02"):
        other.hold("c1", "elsewhere")
    hold.release()
    other.hold("c1", "elsewhere").release()


def test_a_purged_case_is_gone_with_the_pack_only_it_needed(store: CaseStore) -> None:
    store.keep_pack("d1", b"one")
    store.keep_pack("d2", b"two")
    kept(store)
    left = kept(store, replace(ROW, case="c2", code="s2", digest="d2"))
    assert store.purge(["c1"]) == len(BODIES)
    assert store.row("c1") is None
    assert list(store.events("c1")) == []
    assert list(store.packs()) == ["d2"]
    assert store.row("c2") == left
    assert list(verify(store)) == []
    store.append(left, [b"it goes on"])


def test_verification_counts_what_it_looked_at(store: CaseStore) -> None:
    for name in "abc":
        kept(store, Row(name))
    looked = Verification(store)
    assert list(looked.findings()) == []
    assert (looked.cases, looked.events) == (3, 9)


def test_the_check_code_is_short_and_that_of_the_head(store: CaseStore) -> None:
    row = kept(store)
    assert row.at.code == Head("c1", 3, store.events("c1")[-1].hash).code
    assert len(row.at.code) == 14
