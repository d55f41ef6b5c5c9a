"""The server that other tests stand on: it answers, keeps what was committed, and leaves nothing behind."""

import os
import socket
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chatbot.storage.postgres import open_postgres
from tests.support import postgres_server
from tests.support.postgres_server import MISSING, PostgresServer, why_not

pytestmark = pytest.mark.skipif(why_not() is not None, reason=MISSING)


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """One server for what does not end it, and which writes through."""
    with PostgresServer.start() as server:
        yield server


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which something else listens."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def asked(server: PostgresServer, question: str, database: str = "postgres") -> list[object]:
    """The first column of an answer."""
    with server.connect(database) as connection:
        return [row[0] for row in connection.execute(question)]


def test_it_answers(server: PostgresServer) -> None:
    assert asked(server, "select 1") == [1]


def test_it_is_new_enough_keeps_utf8_and_writes_through(server: PostgresServer) -> None:
    assert int(str(asked(server, "show server_version_num")[0])) >= 150000
    shown = [asked(server, f"show {name}")[0] for name in ("server_encoding", "fsync", "full_page_writes")]
    assert shown == ["UTF8", "on", "on"]


def test_text_sorts_by_code_point(server: PostgresServer) -> None:
    words = ["b", "é", "B", "a", "Z", "~"]
    assert asked(server, f"select w from unnest(array{words}) w order by w") == sorted(words)


def test_it_listens_on_loopback_alone_and_its_folder_is_closed(server: PostgresServer) -> None:
    assert asked(server, "show listen_addresses") == ["127.0.0.1"]
    assert asked(server, "select distinct address from pg_hba_file_rules") == ["127.0.0.1"]
    assert asked(server, "show unix_socket_directories") == [str(server.folder)]
    assert stat.S_IMODE(server.folder.stat().st_mode) == 0o700


def test_each_database_is_fresh(server: PostgresServer) -> None:
    first, second = (server.create_database() for _ in range(2))
    assert first != second
    assert first.startswith(f"postgresql+psycopg://triage@127.0.0.1:{server.port}/test_")
    for url in (first, second):
        with server.connect(url.rpartition("/")[2]) as connection:
            connection.execute("create table here (id int)")


def test_a_database_that_is_lent_again_is_as_a_new_one(server: PostgresServer) -> None:
    def shape(url: str) -> list[object]:
        """The schemas with their owners and rights, and what stands in them."""
        name = url.rpartition("/")[2]
        schemas = "select (nspname, pg_get_userbyid(nspowner), nspacl::text)::text from pg_namespace order by 1"
        return [*asked(server, schemas, name), *asked(server, "select relname from pg_class order by 1", name)]

    new = shape(server.create_database())
    with server.lend_database() as first:
        open_postgres(first).close()
        assert shape(first) != new
    with server.lend_database() as again:
        assert again == first
        assert shape(again) == new


def test_a_database_that_somebody_still_reads_is_not_lent_again(server: PostgresServer) -> None:
    with server.lend_database() as first:
        open_postgres(first).close()
        reading = server.connect(first.rpartition("/")[2])
        reading.execute("begin")
        reading.execute("select * from cases")
    with reading, server.lend_database() as other:
        assert other != first


@pytest.mark.parametrize(
    "ended",
    [
        pytest.param(lambda server: server.restart("immediate"), id="immediate"),
        pytest.param(lambda server: server.restart("fast"), id="fast"),
        pytest.param(lambda server: (server.kill(), server.restart()), id="kill"),
    ],
)
def test_what_was_committed_survives(server: PostgresServer, ended: Callable[[PostgresServer], object]) -> None:
    url, name = server.url(), server.create_database().rpartition("/")[2]
    with server.connect(name) as connection, server.connect(name) as other:
        connection.execute("create table kept (id int)")
        connection.execute("insert into kept values (7)")
        other.execute("begin")
        other.execute("insert into kept values (8)")
        ended(server)
        other.close()
    assert server.url() == url
    assert asked(server, "select id from kept", name) == [7]


def test_no_process_and_no_folder_is_left(server: PostgresServer) -> None:
    with PostgresServer.start() as other:
        assert other.port != server.port
        with other.connect() as connection:
            numbers = [row[0] for row in connection.execute("select pid from pg_stat_activity")]
            other.stop()
    assert len(numbers) > 3
    for number in numbers:
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)
    assert not other.folder.exists()
    with pytest.raises(OSError), socket.create_connection(("127.0.0.1", other.port), timeout=1):
        pass
    assert asked(server, "select 1") == [1]


def test_a_killed_server_leaves_nothing_either() -> None:
    with PostgresServer.start() as other:
        other.kill()
        with pytest.raises(OSError), socket.create_connection(("127.0.0.1", other.port), timeout=1):
            pass
    assert not other.folder.exists()


def test_a_taken_port_is_passed_over(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    ports = iter([taken, postgres_server._free_port()])
    monkeypatch.setattr(postgres_server, "_free_port", lambda: next(ports))
    with PostgresServer.start() as other:
        assert other.port != taken
        assert asked(other, "select 1") == [1]


def test_a_server_that_does_not_come_up_says_why_and_goes(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_server, "_free_port", lambda: taken)
    ended: list[PostgresServer] = []
    monkeypatch.setattr(PostgresServer, "__init__", noting(ended))
    with pytest.raises(RuntimeError, match=r"(?s)PostgreSQL ended with 1:.*could not bind"):
        PostgresServer.start()
    assert [server.folder.exists() for server in ended] == [False]


def test_a_folder_that_holds_something_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine").touch()
    with pytest.raises(ValueError, match="is not empty"):
        PostgresServer.start(tmp_path)
    assert (tmp_path / "mine").exists()


def noting(servers: list[PostgresServer]) -> Callable[..., None]:
    """Make a server as always, and keep it in a list."""
    make = PostgresServer.__init__

    def made(server: PostgresServer, programs: Path, folder: Path, writes_through: bool) -> None:
        servers.append(server)
        make(server, programs, folder, writes_through)

    return made
