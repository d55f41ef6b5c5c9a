"""A PostgreSQL of the tests' own: on loopback, as an unprivileged user, to be crashed at will, and gone afterwards."""

import os
import re
import secrets
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Literal, Self

# pytest and psycopg are imported where they are used: `.ci/run` asks `why_not` before anything is installed.
if TYPE_CHECKING:
    import psycopg

OLDEST = 15
MISSING = f"PostgreSQL {OLDEST} or newer is not on this machine"
DEADLINE, AGAIN = 60.0, 0.02
SUPERUSER = "triage"
_PLACES = (
    "usr/lib/postgresql/*/bin",
    "usr/pgsql-*/bin",
    "opt/homebrew/opt/postgresql*/bin",
    "usr/local/opt/postgresql*/bin",
)
# Below the ports that systems hand out, so that nothing takes the port while the server restarts.
_PORTS = range(20_000, 32_000)
_TRIES = 5
_SIGNALS = {"immediate": "SIGQUIT", "fast": "SIGINT"}
_SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = '{folder}'
max_connections = 40
shared_buffers = 16MB
fsync = {fsync}
logging_collector = off
"""
# As a new database has it.
_EMPTIED = """
DROP SCHEMA public CASCADE;
CREATE SCHEMA public AUTHORIZATION pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC
"""


@cache
def _version(programs: Path) -> int:
    """The major version of the server in a folder, 0 where there is none."""
    if not all(os.access(programs / name, os.X_OK) for name in ("initdb", "postgres")):
        return 0
    asked = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"\(PostgreSQL\) (\d+)", asked.stdout)
    return int(found[1]) if found else 0


def _account() -> dict[str, Any]:
    """Who the server runs as, in the words of `subprocess`: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    import pwd

    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise RuntimeError("PostgreSQL does not run as root, and there is no account `postgres` or `nobody`")


def _environment() -> dict[str, str]:
    """Without what would change the server, and with messages in English: one of them is read."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}


def _free_port() -> int:
    """A port that nothing listens on just now: PostgreSQL cannot be told to choose one."""
    while True:
        port = secrets.choice(_PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port


class PostgresServer:
    """A server in a folder of its own; `with` ends it and removes the folder."""

    def __init__(self, programs: Path, folder: Path, writes_through: bool = True) -> None:
        self.folder = folder
        self.port = 0
        self._settings = _SETTINGS.format(folder=folder, fsync="on" if writes_through else "off")
        self._free: list[str] = []
        self._programs, self._data, self._log = programs, folder / "data", folder / "log"
        self._account = _account()
        self._process: subprocess.Popen[bytes] | None = None
        self._gone = -1

    @staticmethod
    def find_programs() -> Path | None:
        """The folder of the newest `initdb` and `postgres` that will do, None where there are none."""
        if sys.platform == "win32":
            return None
        found = [folder for place in _PLACES for folder in sorted(Path("/").glob(place))]
        if on_path := shutil.which("postgres"):
            found += [Path(on_path).absolute().parent, Path(on_path).resolve().parent]
        newest = max(found, key=_version, default=None)
        return newest if newest and _version(newest) >= OLDEST else None

    @classmethod
    def start(cls, folder: Path | None = None, *, writes_through: bool = True) -> Self:
        """Make a server and wait until it answers.

        One that does not write through to the disk keeps what was committed when it is killed, though not when the
        machine is, and makes and removes databases some times as fast.
        `folder` has to be empty or absent: it becomes the server's own and goes with it. Without one it is a new
        folder right under the system's for temporary files: pytest's are closed to the account that a server of
        root's runs as. RuntimeError with the end of the log where it does not come up.
        """
        programs = cls.find_programs()
        if programs is None:
            raise RuntimeError(MISSING)
        if folder is None:
            folder = Path(tempfile.mkdtemp(prefix="triage-pg-"))
        elif folder.exists() and any(folder.iterdir()):
            raise ValueError(f"{folder} is not empty")
        server = cls(programs, folder.resolve(), writes_through)
        try:
            server._initialise()
            server._launch_somewhere()
        except BaseException:
            server.stop()
            raise
        return server

    def url(self, database: str = "postgres") -> str:
        """Where SQLAlchemy finds a database of this server."""
        return f"postgresql+psycopg://{SUPERUSER}@127.0.0.1:{self.port}/{database}"

    def connect(self, database: str = "postgres") -> "psycopg.Connection":
        """A connection past SQLAlchemy, in which each statement commits by itself."""
        import psycopg

        return psycopg.connect(
            host="127.0.0.1", port=self.port, user=SUPERUSER, dbname=database, autocommit=True, connect_timeout=10
        )

    def create_database(self) -> str:
        """The url of a fresh database that no other test has."""
        from psycopg import sql

        name = f"test_{secrets.token_hex(6)}"
        with self.connect() as connection:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        return self.url(name)

    @contextmanager
    def lend_database(self) -> Iterator[str]:
        """The url of a database with nothing in it, which is emptied and lent again once whoever has it is done."""
        url = self._free.pop() if self._free else self.create_database()
        yield url
        with suppress(self._refused()), self.connect(url.rpartition("/")[2]) as connection:
            connection.execute("SET lock_timeout = '500ms'")
            connection.execute(_EMPTIED)
            self._free.append(url)

    @staticmethod
    def _refused() -> "type[psycopg.Error]":
        """What comes of a server that is gone, and of a database that somebody still reads: it is not lent again."""
        import psycopg

        return psycopg.Error

    def restart(self, mode: Literal["immediate", "fast"] = "immediate") -> None:
        """Start again on the same port: `immediate` is a crash, `fast` a shutdown; after `kill` only a start."""
        self._end(signal.Signals[_SIGNALS[mode]])
        self._launch(self.port)

    def kill(self) -> None:
        """End it as a failing machine would; what it had on disk stays, for `restart`."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it and remove its folder; nothing happens the second time."""
        try:
            if self._process is None and (self._data / "postmaster.pid").exists():
                # What a killed server held in shared memory is only given back by the next one.
                with suppress(RuntimeError):
                    self._launch(self.port)
            try:
                self._end(signal.SIGQUIT)
            except TimeoutError:
                self._end(signal.SIGKILL)
        finally:
            if self.folder.exists():
                shutil.rmtree(self.folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _initialise(self) -> None:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        if self._account:
            os.chown(self.folder, self._account["user"], self._account["group"])
        # Older macOS has no C.UTF-8; both compare by code point.
        locale = "C" if sys.platform == "darwin" else "C.UTF-8"
        made = subprocess.run(
            [self._programs / "initdb", "-D", self._data, "-U", SUPERUSER, "-E", "UTF8", f"--locale={locale}",
             "--auth=trust", "--no-sync", "--no-instructions"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
            cwd=self.folder, env=_environment(), timeout=DEADLINE, **self._account,
        )  # fmt: skip
        if made.returncode:
            raise RuntimeError(f"initdb ended with {made.returncode} in {self.folder}:\n{made.stdout[-2000:]}")
        (self._data / "pg_hba.conf").write_text("host all all 127.0.0.1/32 trust\n")
        with (self._data / "postgresql.conf").open("a") as settings:
            settings.write(self._settings)

    def _launch_somewhere(self) -> None:
        for left in reversed(range(_TRIES)):
            try:
                self._launch(_free_port())
                break
            except RuntimeError as error:
                if not left or "could not bind" not in str(error):
                    raise

    def _launch(self, port: int) -> None:
        """Start the postmaster as a child, which keeps its number ours, and wait until it takes connections."""
        self.port = port
        # Every process of the server inherits the writing end, so the reading end tells when the last has ended.
        self._gone, held = os.pipe()
        try:
            with self._log.open("ab") as log:
                before = log.tell()
                self._process = process = subprocess.Popen(
                    [self._programs / "postgres", "-D", self._data, "-p", str(port)],
                    stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder, env=_environment(),
                    pass_fds=(held,), start_new_session=True, **self._account,
                )  # fmt: skip
        finally:
            os.close(held)
        until = monotonic() + DEADLINE
        while not self._ready(process.pid):
            if process.poll() is not None:
                self._end(signal.SIGKILL)
                raise RuntimeError(f"PostgreSQL ended with {process.returncode}:\n{self._said(before)}")
            if monotonic() > until:
                raise RuntimeError(f"PostgreSQL is not up after {DEADLINE:.0f} s:\n{self._said(before)}")
            sleep(AGAIN)

    def _ready(self, number: int) -> bool:
        """Whether the postmaster says so, in the file that `pg_ctl` reads: line 1 is its number, line 8 its state."""
        try:
            lines = (self._data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > 7 and lines[0] == str(number) and lines[7].strip() == "ready"

    def _said(self, since: int) -> str:
        return self._log.read_bytes()[since:][-2000:].decode(errors="replace")

    def _end(self, how: signal.Signals) -> None:
        """Signal the postmaster and wait until it and everything below it has ended; TimeoutError where it stays."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.send_signal(how)
        try:
            self._process.wait(DEADLINE)
        except subprocess.TimeoutExpired:
            raise TimeoutError(f"PostgreSQL did not end on {how.name} in {DEADLINE:.0f} s") from None
        gone, _, _ = select.select([self._gone], [], [], DEADLINE)
        os.close(self._gone)
        self._process = None
        if not gone:
            raise TimeoutError(f"a process of PostgreSQL outlived it by {DEADLINE:.0f} s")


def why_not() -> str | None:
    """The reason of a skip, which `.ci/expected-skips` names; None where there is a server."""
    return None if PostgresServer.find_programs() else MISSING


def shared_server() -> Iterator[PostgresServer]:
    """For `yield from` in a session's fixture: each worker has a server of its own, and a database costs little."""
    if reason := why_not():
        import pytest

        pytest.skip(reason)
    with PostgresServer.start(writes_through=False) as server:
        yield server
