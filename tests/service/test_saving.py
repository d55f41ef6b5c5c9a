"""What becomes of the answers in one run: a store that breaks under it, and one that is somebody else's by now."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from chatbot.errors import StaleWriteError
from chatbot.interview.conversation import Conversation, begin
from chatbot.packs.pack import Pack
from chatbot.service.records import Records
from chatbot.service.saving import Session
from chatbot.storage.events import read_event
from chatbot.storage.known_heads import Heads
from chatbot.storage.row import STORE
from chatbot.storage.sqlite import open_sqlite
from chatbot.storage.verify import verify
from chatbot.texts.read import texts
from tests.support.memory_store import MemoryStore


@pytest.fixture
def first(pack: Pack) -> Conversation:
    """A patient's first question."""
    return begin(pack.plan, pack.wording(), "patient", "gb", None)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of this test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "data" / "cases.sqlite"


def test_a_file_that_is_spoilt_in_the_midst_is_set_aside_and_all_answers_go_on(
    pack: Pack, first: Conversation, file: Path
) -> None:
    session = Session(str(file))
    assert session.begin(pack, first) == ""
    assert first.asked is not None
    at = first.reply(first.asked.choices[0].id, "no")
    assert session.take(at) == ""
    code = session.code
    assert session.records is not None
    # Let go of first: what is open would write its own pages over what is put there.
    session.records.store._connection.close()  # type: ignore[attr-defined]
    session.records.store._connection = None  # type: ignore[attr-defined]
    file.write_bytes(b"spoilt" * 2_000)
    for ending in ("-wal", "-shm"):
        file.with_name(f"{file.name}{ending}").unlink(missing_ok=True)
    then = at.stop()
    assert session.take(then) == "moved"
    assert "kept in a new file" in session.news("moved", "en")
    assert "damaged-1" in session.news("moved", "en")
    assert session.is_kept
    kinds = [read_event(each.body).did.kind for each in session.records.store.events(STORE)]
    assert kinds == ["set_aside"]
    assert list(verify(session.records.store)) == []
    session.close()
    again = Session(str(file))
    assert again.resume(code, lambda _: pack).conversation.current_replies == at.current_replies != {}
    again.close()


class Taken(MemoryStore):
    """Somebody else wrote to every case."""

    def append(self, row: object, bodies: object) -> object:  # type: ignore[override] # noqa: ARG002 # refused
        raise StaleWriteError("changed")


def test_a_case_taken_up_elsewhere_is_said_and_no_longer_called_kept(pack: Pack, first: Conversation) -> None:
    session = Session(records=Records(Taken(), lambda: datetime(2026, 3, 2, tzinfo=UTC)))
    assert session.begin(pack, first) == ""
    assert session.take(first.stop()) == "elsewhere"
    assert not session.is_kept
    assert session.code == session.check_code == ""
    assert "in another place" in session.news("elsewhere", "en")
    assert "in another place" in session.told("en")
    assert session.take(first) == ""


def test_what_was_wrong_with_the_records_is_said_where_they_are_opened(tmp_path: Path, file: Path) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(b"")
    store = open_sqlite(file, Heads(tmp_path / "heads"))
    store.close()
    file.write_bytes(file.read_bytes()[:4096] + b"x" * 8192)
    session = Session(str(file))
    session.open()
    assert "set aside" in session.warning or "kept as" in session.warning
    session.close()


@pytest.mark.parametrize("key", ["cannot_save", "saved_again", "elsewhere", "moved", "missing", "differs", "carried"])
def test_every_text_is_there(key: str) -> None:
    assert texts("qq-XX").say(key) == texts().say(key)
