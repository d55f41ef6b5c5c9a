"""Records of every form that was released are brought up to date whole; those of a newer program are left alone."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from chatbot.errors import StorageError
from chatbot.packs.pack import Pack
from chatbot.service.records import Records
from chatbot.storage import migrate
from chatbot.storage.codes import code_of
from chatbot.storage.postgres import open_postgres
from chatbot.storage.sqlite import open_sqlite
from chatbot.storage.store import CaseStore
from chatbot.storage.tables import SCHEMA, metadata
from chatbot.storage.verify import verify
from tests.support.postgres_server import PostgresServer

# One file of each form, with two cases that broke off, as it lay on a disk.
FORMS = sorted((Path(__file__).parent / "schemas").glob("*.sql"))


def revisions() -> list[str]:
    """All forms there are, the oldest first."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()][::-1]


def restored(form: Path, at: Path) -> Path:
    """The file as it lay on a disk."""
    with closing(sqlite3.connect(at)) as connection:
        connection.executescript(form.read_text(encoding="utf-8"))
    return at


def test_every_form_that_was_released_is_here() -> None:
    assert [form.stem for form in FORMS] == revisions()
    assert revisions()[-1] == SCHEMA


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_records_of_an_older_program_are_whole_and_go_on(form: Path, tmp_path: Path, pack: Pack) -> None:
    store = open_sqlite(restored(form, tmp_path / "cases.sqlite"))
    assert store.warning == ""
    rows = {row.case: row.seq for row in store.rows()}
    assert set(rows) == {"case-1", "case-2"}
    assert [finding for finding in verify(store) if "content kept" not in finding.text] == []
    found = Records(store).resume(code_of(7), lambda _: pack)
    assert found.journal is not None
    assert found.journal.row.seq > 0
    store.close()


def test_records_of_a_newer_program_are_refused_and_not_touched(tmp_path: Path) -> None:
    path = restored(FORMS[-1], tmp_path / "cases.sqlite")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(StorageError, match="newer version"):
        open_sqlite(path)
    assert path.read_bytes()[100:] == before[100:]
    assert [file.name for file in tmp_path.glob("*damaged*")] == []


def tables_of(store: CaseStore, url: str) -> dict[str, set[str]]:
    """The columns of the tables in a database."""
    del store
    engine = create_engine(url)
    with engine.connect() as connection:
        found = inspect(connection)
        names = {table: {column["name"] for column in found.get_columns(table)} for table in found.get_table_names()}
    engine.dispose()
    return names


def test_the_migrations_make_the_tables_that_the_program_uses(tmp_path: Path, server: PostgresServer) -> None:
    wanted = {table.name: {column.name for column in table.columns} for table in metadata.tables.values()}
    url = server.create_database()
    for store, place in (
        (open_sqlite(tmp_path / "cases.sqlite"), f"sqlite:///{tmp_path / 'cases.sqlite'}"),
        (open_postgres(url), url),
    ):
        found = tables_of(store, place)
        store.close()
        assert found.pop("alembic_version") == {"version_num"}
        assert found == wanted


def test_the_database_itself_refuses_to_change_an_event(tmp_path: Path, server: PostgresServer) -> None:
    from test_contract import BODIES, ROW

    url = server.create_database()
    file = tmp_path / "cases.sqlite"
    for store, place in ((open_sqlite(file), f"sqlite:///{file}"), (open_postgres(url), url)):
        store.begin(ROW, BODIES)
        engine = create_engine(place)
        for statement in ("UPDATE events SET seq = seq + 10", "DELETE FROM events"):
            with pytest.raises(Exception, match="never"), engine.begin() as connection:
                connection.execute(text(statement))
        engine.dispose()
        assert [event.body for event in store.events(ROW.case)] == BODIES
        store.close()


def test_a_file_of_another_program_is_refused_and_not_touched(tmp_path: Path) -> None:
    """A slip in a name must not cost anybody their file."""
    text, other = tmp_path / "notes.txt", tmp_path / "other.sqlite"
    text.write_text("my notes\n" * 3_000, encoding="utf-8")
    with closing(sqlite3.connect(other)) as connection:
        connection.executescript("CREATE TABLE events (id INTEGER); INSERT INTO events VALUES (1)")
    for file in (text, other):
        before = file.read_bytes()
        with pytest.raises(StorageError, match="another program"):
            open_sqlite(file)
        assert file.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir() if "damaged" in file.name] == []


def test_tables_of_another_program_in_postgresql_are_left_alone(server: PostgresServer) -> None:
    url = server.create_database()
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num TEXT)"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('a1b2c3d4e5f6')"))
    with pytest.raises(StorageError, match="another program"):
        open_postgres(url)
    with engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) == {"alembic_version"}
    engine.dispose()
