"""Which store is meant: a file on this computer, or a database by its address."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from chatbot.errors import InputError, StorageError
from chatbot.storage.known_heads import Heads
from chatbot.storage.written_address import WRITE, checked_file, checked_server, is_server

if TYPE_CHECKING:
    from chatbot.storage.sql import SqlStore  # an address is read before the first screen, and a store behind it

VARIABLE, OPTION = "TRIAGE_DATABASE", "--database"


def default_file() -> Path:
    """The file in the user's data folder."""
    import platformdirs

    return platformdirs.user_data_path("triage", appauthor=False) / "cases.sqlite"


def heads_of(address: str) -> Heads:
    """The second file of a store, away from the first, so that whoever puts back one does not put back both."""
    import platformdirs

    name = sha256(address.encode()).hexdigest()[:16]
    return Heads(platformdirs.user_state_path("triage", appauthor=False) / f"heads-{name}.txt")


@dataclass(frozen=True, slots=True)
class Place:
    """The address of a store that is or would be: that of a database, or a file."""

    address: str = field(repr=False)
    path: Path | None

    @property
    def heads(self) -> Heads:
        """The second file of the store there."""
        return heads_of(str(self.path) if self.path else self.address.rpartition("@")[2])

    @property
    def told(self) -> str:
        """The address for people to read: no password, and no account."""
        if self.path is not None:
            return str(self.path)
        return self.address.partition("://")[2].rpartition("@")[2].partition("?")[0]

    @property
    def is_empty(self) -> bool:
        """True when there is nothing at all; of a database that is known when it is asked."""
        return self.path is not None and not self.path.exists()

    @property
    def new_file(self) -> str:
        """The whole name of a file that is not there yet; empty where there is one, and for a database."""
        return str(self.path) if self.is_empty else ""

    def refuse_empty(self) -> None:
        """StorageError where there is nothing at all, and nothing is to be made."""
        if self.is_empty:
            raise StorageError(f"there are no records in '{self.path}'; --database names another place")

    def as_login(self, login: str, password: str) -> Place:
        """The same database under another login; InputError where the place is a file, which belongs to one account."""
        if self.path is not None:
            raise InputError("these records are a file of one account; a second person needs a database of the team")
        from sqlalchemy.engine import make_url

        url = make_url(self.address).set(username=login, password=password)
        return Place(url.render_as_string(hide_password=False), None)

    def open(self) -> SqlStore:
        """The store, made where there is none; StorageError when what is there cannot be used."""
        if self.path is None:
            from chatbot.storage.postgres import open_postgres

            return open_postgres(self.address, self.heads)
        from chatbot.storage.sqlite import open_sqlite

        return open_sqlite(self.path, self.heads, self._is_default)

    @property
    def _is_default(self) -> bool:
        return self.path == default_file()

    def join(self) -> SqlStore:
        """The store as a team comes to it: made where it is a database, or the user's own file, and else as it is."""
        return self.open() if self.path is None or self._is_default else self.look()

    def look(self, mend: bool = True) -> SqlStore:
        """The store as it is: StorageError where there is none, so that nobody takes an empty one for theirs.

        Without `mend` nothing is written, and a damaged file stays where it is.
        """
        if self.path is None:
            from chatbot.storage.postgres import look_at_postgres

            return look_at_postgres(self.address, self.heads)
        self.refuse_empty()
        from chatbot.storage.sqlite import look_at_sqlite, open_sqlite

        if mend:
            return open_sqlite(self.path, self.heads, self._is_default)
        return look_at_sqlite(self.path, self.heads)


def place_of(given: str | None = None) -> Place:
    """The place at an address, the one that TRIAGE_DATABASE names where none is given, or the file of this user.

    InputError when it is not clear which place is meant; it says what to write, and repeats nothing of the address.
    """
    source, text = (VARIABLE, os.environ.get(VARIABLE, "")) if given is None else (OPTION, given)
    if given is None and not text:
        return Place(str(default_file()), default_file().absolute())
    try:
        if is_server(text):
            return Place(checked_server(text, is_seen=given is not None), None)
        path = checked_file(text)
    except InputError as error:
        raise InputError(f"{source}: {error} ({WRITE})") from None
    return Place(str(path), path)


def open_store(given: str | None = None) -> SqlStore:
    """The store at an address as `place_of` reads it; StorageError when what is there cannot be used."""
    return place_of(given).open()
