"""Stores that several programs use at once: a file, and a PostgreSQL of the tests' own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chatbot.storage.postgres import open_postgres
from chatbot.storage.sqlite import open_sqlite
from chatbot.storage.store import CaseStore
from tests.support.counted import day as day
from tests.support.counted import filled as filled


@pytest.fixture(params=("sqlite", "postgres"))
def another(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], CaseStore]]:
    """Opens the same store for one more program; what was opened is closed in the end."""
    opened: list[CaseStore] = []
    url = request.getfixturevalue("lent_database") if request.param == "postgres" else ""

    def one() -> CaseStore:
        opened.append(open_postgres(url) if url else open_sqlite(tmp_path / "cases.sqlite"))
        return opened[-1]

    yield one
    for store in opened:
        store.close()
