"""Coming back by a code: the very question, on the pack it was asked with, or the answers to be confirmed."""

import itertools
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from chatbot.case import Reply
from chatbot.errors import DamagedError, HeldError, InputError
from chatbot.interview.conversation import Conversation, begin
from chatbot.interview.parse_given import parse_picked
from chatbot.packs.load import load_folder
from chatbot.packs.pack import Pack
from chatbot.service.records import TRIES, WHILE, Records
from chatbot.service.return_text import told_on_return
from chatbot.storage.chain import Head, Stored
from chatbot.storage.codes import ALPHABET, BITS, code_of, read_code
from chatbot.storage.events import Issued, Started, read_event
from chatbot.storage.known_heads import Heads
from chatbot.storage.row import STORE
from chatbot.storage.verify import verify
from tests.support.memory_store import MemoryStore
from tests.support.someone import Someone

BEGAN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PACK = Path(__file__).parents[2] / "dialogs" / "low_back_pain"


class Clock:
    """Stands where it is put."""

    now = BEGAN

    def __call__(self) -> datetime:
        return self.now


def records(store: MemoryStore | None = None, clock: Callable[[], datetime] = lambda: BEGAN) -> Records:
    """Records with codes that are known."""
    numbers = itertools.count(0x123456789AB)
    return Records(store or MemoryStore(), clock, secret=lambda: next(numbers))


def some(pack: Pack, kept: Records, seed: int = 4, steps: int = 25) -> tuple[Conversation, str]:
    """A conversation that was held for a while and broke off, and its code."""
    someone = Someone(pack, seed)
    journal = kept.begin(pack, someone.at)
    for _ in range(steps):
        someone.at = someone.step() or someone.at
        journal.take(someone.at)
    journal.close()
    return someone.at, journal.code


@pytest.mark.parametrize("seed", range(25))
def test_a_code_brings_back_the_very_question(pack: Pack, seed: int) -> None:
    kept = records()
    at, code = some(pack, kept, seed)
    found = kept.resume(code, lambda _: pack)
    assert found.carried == ""
    assert found.journal is not None
    if at.state != "stopped":
        assert found.conversation.state == at.state
        assert found.conversation.interview.case == at.interview.case
        assert found.conversation.open_lists == at.open_lists
        assert found.conversation.undoable == at.undoable
    assert list(verify(kept.store)) == []


def test_whom_a_carer_answers_for_is_kept_with_the_beginning(pack: Pack) -> None:
    kept = records()
    journal = kept.begin(pack, begin(pack.plan, pack.wording(), "carer", "gb", None, "her"))
    code = journal.code
    journal.close()
    conversation = kept.resume(code, lambda _: pack).conversation.jump("age_years")
    assert conversation.interview.case.whom == "her"
    assert conversation.asked is not None
    assert conversation.asked.ask == "How old is she?"


def test_a_beginning_that_does_not_say_for_whom_is_about_them() -> None:
    """All that were kept before it was asked."""
    assert Started(name="p", version="1", mode="carer", country="gb", language="en", then="right_now").whom == "them"


def test_who_comes_back_takes_back_what_they_had_replied_last(pack: Pack) -> None:
    kept = records()
    at = begin(pack.plan, pack.wording(), "nurse", "gb", BEGAN.date())
    journal = kept.begin(pack, at)
    replies: tuple[tuple[str, Reply], ...] = (("chest", "no"), ("stroke", "no"), ("chest", "unknown"))
    for line, reply in replies:
        at = at.reply(line, reply)
        journal.take(at)
    journal.close()
    found = kept.resume(journal.code, lambda _: pack).conversation
    assert found.current_replies == at.current_replies
    assert found.undo_reply().current_replies == {"chest": ("no", "no"), "stroke": ("no", "no")}
    assert list(found.undo_reply().undo_reply().current_replies) == ["chest"]


def test_who_gave_up_goes_on_where_they_left(pack: Pack) -> None:
    kept = records()
    at = begin(pack.plan, pack.wording(), "patient", "gb", BEGAN.date())
    journal = kept.begin(pack, at)
    journal.take(at.stop())
    journal.close()
    found = kept.resume(journal.code, lambda _: pack)
    assert found.conversation.state == at.state


def test_coming_back_on_another_day_says_when_it_began(pack: Pack) -> None:
    clock = Clock()
    kept = records(clock=clock)
    _, code = some(pack, kept)
    clock.now = BEGAN + timedelta(days=9)
    found = kept.resume(code, lambda _: pack)
    assert found.since == BEGAN
    assert found.conversation.today == (BEGAN + timedelta(days=9)).astimezone().date()


def test_what_is_open_elsewhere_can_only_be_read(pack: Pack) -> None:
    store = MemoryStore()
    kept, other = records(store), records(store)
    journal = kept.begin(pack, begin(pack.plan, pack.wording(), "nurse", "gb", None))
    found = other.resume(journal.code, lambda _: pack)
    assert found.journal is None
    assert "since" in found.held_by
    assert [read_event(each.body).did.kind for each in store.events(journal.row.case)] == ["started"]
    journal.close()
    assert other.resume(journal.code, lambda _: pack).journal is not None
    with pytest.raises(HeldError):
        store.hold(journal.row.case, "a third")


@pytest.fixture
def changed(tmp_path: Path) -> Pack:
    """The pack with one more word."""
    shutil.copytree(PACK, tmp_path / "low_back_pain")
    file = tmp_path / "low_back_pain" / "pack.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "# another\n", encoding="utf-8")
    return load_folder(tmp_path / "low_back_pain")


def test_a_case_goes_on_with_the_pack_it_was_asked_with(pack: Pack, changed: Pack) -> None:
    kept = records()
    at, code = some(pack, kept)
    found = kept.resume(code, lambda _: changed)
    assert found.carried == ""
    assert found.pack.digest == pack.digest != changed.digest
    assert found.conversation.state == at.state


class WithoutPack(MemoryStore):
    """Has lost its packs."""

    def pack(self, digest: str) -> bytes | None:  # noqa: ARG002 # lost
        return None

    def packs(self) -> tuple[str, ...]:
        return ()


def test_where_the_pack_is_gone_the_answers_wait_to_be_confirmed(pack: Pack, changed: Pack) -> None:
    kept = records(WithoutPack())
    at = begin(pack.plan, pack.wording(), "patient", "gb", None)
    journal = kept.begin(pack, at)
    first = at
    while at.state == first.state and at.asked is not None:
        for line in at.asked.choices:
            at = at.reply(line.id, "no")
        at = at.finish_list()
        journal.take(at)
    found_answer = parse_picked(at, at.asked, frozenset([at.asked.choices[0].id])) if at.asked else None
    at = at.answer(found_answer)  # type: ignore[arg-type] # the first line of a plain question
    journal.take(at)
    journal.close()
    found = kept.resume(journal.code, lambda _: changed)
    assert "not here" in found.carried
    assert found.pack is changed
    assert found.conversation.state == first.state
    assert found.conversation.interview.case.answers == ()
    assert set(found.conversation.previous_answers) == {answer.question for answer in at.interview.case.answers}
    assert (
        set(found.conversation.restore_replies().current_replies) == {line.id for line in first.asked.choices}
        if first.asked
        else ()
    )
    assert found.journal is not None
    found.journal.take(found.conversation.restore_replies().finish_list())
    found.journal.close()
    again = kept.resume(journal.code, lambda _: changed)
    assert again.carried == ""
    assert again.conversation.state == "saddle_sensation"
    assert again.conversation.previous_answers.keys() == {"saddle_sensation"}
    assert list(verify(kept.store)) == []


def test_answers_that_nobody_confirmed_go_on_into_the_case_after_the_next(pack: Pack, changed: Pack) -> None:
    kept = records(WithoutPack())
    at = begin(pack.plan, pack.wording(), "patient", "gb", None)
    journal = kept.begin(pack, at)
    assert at.asked is not None
    lines = [line.id for line in at.asked.choices]
    after = at.reply_together(dict.fromkeys(lines, "no"), "none of them").finish_list()
    journal.take(after)
    journal.close()
    once = kept.resume(journal.code, lambda _: changed)
    assert once.journal is not None
    once.journal.take(once.conversation.reply(lines[0], "unknown"))
    once.journal.close()
    twice = kept.resume(journal.code, lambda _: pack)
    assert twice.pack is pack
    assert twice.conversation.previous_answers[at.state].lines == {**dict.fromkeys(lines, "no"), lines[0]: "unknown"}


def test_a_record_that_is_not_what_was_written_is_not_gone_on_with(pack: Pack) -> None:
    store = MemoryStore()
    kept = records(store)
    _, code = some(pack, kept)
    (row,) = store.rows()
    chain = store._chains[row.case]
    chain[3] = Stored(4, chain[3].hash, chain[3].body + b" ")
    with pytest.raises(DamagedError):
        kept.resume(code, lambda _: pack)


def test_wrong_codes_are_limited(pack: Pack) -> None:
    clock = Clock()
    kept = records(clock=clock)
    _, code = some(pack, kept)
    for number in range(TRIES):
        with pytest.raises(InputError, match="no interview"):
            kept.resume(code_of(number), lambda _: pack)
    for tried in (code_of(77), code):
        with pytest.raises(InputError, match="too many"):
            kept.resume(tried, lambda _: pack)
    clock.now = BEGAN + WHILE
    assert kept.resume(code, lambda _: pack).journal is not None
    kinds = [read_event(each.body).did.kind for each in kept.store.events(STORE)]
    assert kinds == ["code_refused"] * TRIES


def test_a_slip_is_found_without_counting_as_a_try(pack: Pack) -> None:
    kept = records()
    _, code = some(pack, kept)
    for place, character in enumerate(code):
        for other in ALPHABET:
            if character != "-" and other != character:
                with pytest.raises(InputError, match="slip"):
                    kept.resume(code[:place] + other + code[place + 1 :], lambda _: pack)
    plain = code.replace("-", "")
    for place in range(len(plain) - 1):
        swapped = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
        if swapped != plain:
            with pytest.raises(InputError, match="slip"):
                kept.resume(swapped, lambda _: pack)
    assert list(kept.store.events(STORE)) == []


@pytest.mark.parametrize("number", [0, 1, (1 << BITS) - 1, 0x5A5A5A5A5A5])
def test_a_code_is_read_as_people_type_it(number: int) -> None:
    code = code_of(number)
    for typed in (code, code.lower(), code.replace("-", " "), f"  {code.replace('-', '')}. "):
        assert read_code(typed) == code
    for typed in ("", code[:-1], code + "2", code.replace("-", "O", 1), "\x1b[2J", "٣" * 12):
        with pytest.raises(InputError):
            read_code(typed)


class Far(MemoryStore):
    """Shared by many stations."""


def test_wrong_codes_at_one_station_keep_no_other_from_coming_back(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Far(is_remote=True)
    kept = records(store)
    _, code = some(pack, kept)
    monkeypatch.setattr("socket.gethostname", lambda: "desk-1")
    for number in range(TRIES):
        with pytest.raises(InputError, match="no interview"):
            kept.resume(code_of(number), lambda _: pack)
    with pytest.raises(InputError, match="too many"):
        kept.resume(code, lambda _: pack)
    monkeypatch.setattr("socket.gethostname", lambda: "desk-2")
    assert kept.resume(code, lambda _: pack).journal is not None


def test_answers_that_were_kept_once_and_are_gone_are_missed(pack: Pack, tmp_path: Path) -> None:
    store = MemoryStore(heads=Heads(tmp_path / "heads.txt"))
    kept = records(store)
    at, code = some(pack, kept)
    (row,) = store.rows()
    assert store.heads is not None
    store.heads.note(row.at)
    again = kept.resume(code, lambda _: pack)
    assert again.missing == 0
    assert again.journal is not None
    again.journal.close()
    store.heads.note(Head(row.case, row.seq + 9, b"\0" * 32))
    (row,) = store.rows()
    assert kept.resume(code, lambda _: pack).missing == store.heads.known()[row.case].seq - row.seq > 0
    assert at.state


def test_a_result_that_comes_out_otherwise_now_is_said(pack: Pack) -> None:
    kept = records()
    first = begin(pack.plan, pack.wording(), "patient", "gb", BEGAN.date())
    assert first.asked is not None
    journal = kept.begin(pack, first)
    journal.take(first.reply(first.asked.choices[0].id, "yes"))
    shown = [event for event in map(read_event, journal.bodies) if isinstance(event.did, Issued)]
    assert [event.did.kind for event in shown] == ["interrupted"]
    other = {**shown[0].did.model_dump()["result"], "disposition": "self_care"}
    journal.keep([Issued(kind="interrupted", result=other, then="emergency")])
    journal.close()
    found = kept.resume(journal.code, lambda _: pack)
    assert found.differs == "self_care"
    assert "Then it was: You can look after this yourself for now" in " ".join(told_on_return(found))
