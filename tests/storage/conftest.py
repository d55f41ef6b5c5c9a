"""Every store a test can be run against: in memory, in a file, and in a PostgreSQL of the tests' own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chatbot.storage.known_heads import Heads
from chatbot.storage.postgres import open_postgres
from chatbot.storage.sqlite import open_sqlite
from chatbot.storage.store import CaseStore
from tests.support.logins import as_login as as_login
from tests.support.logins import database as database
from tests.support.logins import url as url
from tests.support.memory_store import MemoryStore

KINDS = ("memory", "sqlite", "postgres")


@pytest.fixture(params=KINDS)
def reopen(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], CaseStore]]:
    """Opens the same store each time it is called; what was opened is closed in the end."""
    opened: list[CaseStore] = []
    kind = request.param
    memory = MemoryStore()
    url = request.getfixturevalue("lent_database") if kind == "postgres" else ""

    def one() -> CaseStore:
        heads = Heads(tmp_path / "heads.txt")
        found: CaseStore = memory
        if kind == "sqlite":
            found = open_sqlite(tmp_path / "data" / "cases.sqlite", heads)
        elif kind == "postgres":
            found = open_postgres(url, heads)
        opened.append(found)
        return found

    yield one
    for store in opened:
        store.close()


@pytest.fixture
def store(reopen: Callable[[], CaseStore]) -> CaseStore:
    """An empty store of each kind."""
    return reopen()
