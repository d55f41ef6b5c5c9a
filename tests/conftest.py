"""What most tests share: the shipped pack, and a person with nothing worrying."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from chatbot.case import PlainValue
from chatbot.packs.load import load_pack
from chatbot.packs.pack import Pack
from tests.support.postgres_server import PostgresServer, shared_server

pytest_plugins = ["tests.support.lanes"]

# No test, and no program that a test starts, keeps anything where the person who runs them keeps their own.
_HOME = tempfile.TemporaryDirectory(prefix="triage-tests-")
for _name in ("DATA", "STATE", "CONFIG", "CACHE"):
    os.environ[f"XDG_{_name}_HOME"] = str(Path(_HOME.name) / _name.lower())
os.environ["TRIAGE_DATABASE"] = str(Path(_HOME.name) / "cases.sqlite")


@pytest.fixture(scope="session", autouse=True)
def _home() -> Iterator[None]:
    """What was kept by the tests is gone with them."""
    yield
    _HOME.cleanup()


@pytest.fixture(scope="session")
def pack() -> Pack:
    """The shipped low back pain pack."""
    return load_pack("low_back_pain")


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresServer]:
    """A PostgreSQL of the tests' own; without one, what needs it is skipped by name."""
    yield from shared_server()


@pytest.fixture
def lent_database(server: PostgresServer) -> Iterator[str]:
    """The url of a database with nothing in it."""
    with server.lend_database() as url:
        yield url


@pytest.fixture(scope="session")
def well(pack: Pack) -> Mapping[str, PlainValue]:
    """Facts of a 40-year-old man with 5 days of plain back pain that is improving."""
    plain = next(case for case in pack.cases if case.name == "CASE-S1e")
    return {**plain.given, "onset_days": 5, "trend": "improving"}
