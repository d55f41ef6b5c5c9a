"""Addresses of stores: only what is clearly a file or a known server is taken, and nothing of the rest is repeated."""

import os
import random
from pathlib import Path

import pytest

from chatbot.errors import InputError
from chatbot.storage.address import VARIABLE, Place, place_of

SECRET = "Kq7Vw2Zx9j"
REFUSED = (
    "",
    " ",
    "-",
    ":memory:",
    "none",
    "Off",
    "NULL",
    "false",
    "memory",
    "sqlite://",
    "sqlite:///",
    "sqlite:///:memory:",
    "sqlite:///none",
    "sqlite://cases.sqlite",
    "sqlite:/srv/cases.sqlite",
    "sqlite:cases.sqlite",
    "sqlite:///cases.sqlite?mode=ro",
    "sqlite:///cases%20old.sqlite",
    "sqlite+pysqlite:///cases.sqlite",
    "file:cases.sqlite",
    "file::memory:?cache=shared",
    " /srv/cases.sqlite",
    "/srv/cases.sqlite ",
    "/srv/cases.sqlite\n",
    "\tcases.sqlite",
    "cases\x00.sqlite",
    "cases\x1b[2J.sqlite",
    "cases\u200b.sqlite",
    "'/srv/cases.sqlite'",
    '"cases.sqlite"',
    "$HOME/cases.sqlite",
    "${HOME}/cases.sqlite",
    "/srv/$TEAM/cases.sqlite",
    "%HOME%/cases.sqlite",
    "{{ home }}/cases.sqlite",
    "/srv/~/cases.sqlite",
    "~ann/cases.sqlite",
    "/srv/a=b/cases.sqlite",
    "db.example",
    "db.example/triage",
    "db.example:5432/triage",
    "db.example/triage.db",
    "localhost:5432",
    "//db.example/triage",
    "app@db.example/triage",
    "app@cases.sqlite",
    "triage",
    "/",
    "./",
    "..",
    "/srv/",
    "/srv/.",
    "mysql://app@db.example/triage",
    "https://db.example/triage",
    "postgres://app@db.example/triage",
    "postgresql://app@db.example/triage",
    "postgresql+psycopg2://app@db.example/triage",
    "PostgreSQL+psycopg://app@db.example/triage",
    "postgresql+psycopg:/app@db.example/triage",
    "postgresql:app@db.example/triage",
    "postgresql+psycopg://",
    "postgresql+psycopg://db.example",
    "postgresql+psycopg://db.example/",
    "postgresql+psycopg://db.example:port/triage",
    "postgresql+psycopg://db.example:99999/triage",
    "postgresql+psycopg://db.example:0/triage",
    "postgresql+psycopg://@db.example/triage",
    "postgresql+psycopg://$USER@db.example/triage",
    "postgresql+psycopg://app@$HOST/triage",
    "postgresql+psycopg://app@db .example/triage",
    "postgresql+psycopg://app@db.example/triage#x",
    "postgresql+psycopg://app@db.example/triage?sslmode",
    "postgresql+psycopg://app@db.example/triage?sslmode=require&sslmode=disable",
    "postgresql+psycopg://app@db.example/triage?sslrootcert=~/ca.pem",
    "postgresql+psycopg://app@db.example/triage/extra\x07",
)  # fmt: skip
# What holds a password in a way that is read otherwise than it was meant, or that others can read.
LEAKY = (
    "host=db.example port=5432 dbname=triage user=app password={}",
    "host=db.example password='{} x' dbname=triage",
    "postgresql+psycopg://app:{}@ge/9x@db.example/triage",
    "postgresql+psycopg://app:a@{}@db.example/triage",
    "postgresql+psycopg://app:{}/9@db.example/triage",
    "postgresql+psycopg://app:{}#1@db.example/triage",
    "postgresql+psycopg://app:{}?1@db.example/triage",
    "postgresql+psycopg://app:100%{}@db.example/triage",
    "postgresql+psycopg://app:{} 2@db.example/triage",
    "postgresql+psycopg://app:$${}@db.example/triage",
    "postgresql+psycopg://app:{}/db.example/triage",
    "postgresql+psycopg://db.example/triage?password={}",
    "postgresql+psycopg://db.example/triage?sslpassword={}",
    "postgresql+psycopg://app@db.example:{}/triage",
    "postgresql://app:{}@db.example/triage",
    "postgresql+psycopg:/app:{}@db.example/triage",
    "postgres:app:{}@db.example/triage",
    "//app:{}@db.example/triage",
    "app:{}@db.example/triage",
    "mysql://app:{}@db.example/triage",
    "sqlite:///app:{}@db.example?x",
    "sqlite:/app:{}@db.example",
    " postgresql+psycopg://app:{}@db.example/triage",
)


def parts_of(secret: str, size: int = 4) -> set[str]:
    """Every part of a secret that would help somebody."""
    return {secret[start : start + size] for start in range(len(secret) - size + 1)}


@pytest.fixture(autouse=True)
def an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(VARIABLE, raising=False)


def refused(given: str | None) -> str:
    """The one line in which an address is refused."""
    with pytest.raises(InputError) as raised:
        place_of(given)
    words = str(raised.value)
    assert "postgresql+psycopg://NAME@HOST/DATABASE" in words
    assert words.isprintable()
    return words


@pytest.mark.parametrize("given", REFUSED)
def test_what_is_not_clearly_a_file_or_a_server_is_refused_wherever_it_stands(
    given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refused(given).startswith("--database: ")
    if given and "\0" not in given:
        monkeypatch.setenv(VARIABLE, given)
        assert refused(None).startswith("TRIAGE_DATABASE: ")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("given", LEAKY)
def test_no_part_of_a_password_stands_in_what_is_said_of_an_address(
    given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = given.format(SECRET)
    monkeypatch.setenv(VARIABLE, written)
    for words in (refused(written), refused(None)):
        assert not [part for part in parts_of(SECRET) if part in words]


def test_whatever_a_password_is_made_of_no_part_of_it_is_repeated_and_it_is_read_whole_or_not_at_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from sqlalchemy.engine import make_url

    by_chance = random.Random(1843)
    taken = 0
    for _ in range(1500):
        secret = "".join(by_chance.choices("abcXYZ019@:/#?%& =$'\"[]\\~;,", k=9))
        monkeypatch.setenv(VARIABLE, f"postgresql+psycopg://app:{secret}@db.example:5432/triage")
        try:
            place = place_of()
        except InputError as error:
            words = str(error)
        else:
            taken += 1
            url, words = make_url(place.address), f"{place.told} {place!r}"
            assert (url.username, url.host, url.port, url.database) == ("app", "db.example", 5432, "triage")
        assert not [part for part in parts_of(secret, 5) if part in words], secret
    assert taken


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("cases.sqlite", "cases.sqlite"),
        ("data/cases.sqlite", "data/cases.sqlite"),
        ("Cases.DB", "Cases.DB"),
        ("./none", "none"),
        ("./db.example/triage", "db.example/triage"),
        ("../cases", "../cases"),
        ("sqlite:///cases", "cases"),
        ("sqlite:///./cases", "cases"),
        ("./ann@clinic/100% mine.sqlite", "ann@clinic/100% mine.sqlite"),
    ],
)
def test_what_is_clearly_a_file_is_that_file(given: str, wanted: str, tmp_path: Path) -> None:
    place = place_of(given)
    assert place.path is not None
    assert Path(os.path.normpath(place.path)) == Path(os.path.normpath(tmp_path / wanted))
    assert place.path.is_absolute()


@pytest.mark.parametrize("written", ["~/a b/cases.sqlite", "sqlite:///~/a b/cases.sqlite"])
def test_a_home_is_filled_in(written: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv(VARIABLE, written)
    assert place_of().path == place_of(written).path == tmp_path / "a b" / "cases.sqlite"


def test_a_home_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "here")
    monkeypatch.setenv("USERPROFILE", "here")
    assert "write the folder out" in refused("~/cases.sqlite")


@pytest.mark.parametrize(
    "given",
    [
        "postgresql+psycopg://db.example/triage",
        "postgresql+psycopg://app@db.example/triage",
        "postgresql+psycopg://app@db.example:5433/triage?sslmode=verify-full&sslrootcert=/etc/ca.pem",
        "postgresql+psycopg://app@[::1]:5432/triage",
        "postgresql+psycopg://CLINIC%5Cann@db.example/triage",
        "postgresql+psycopg:///triage?host=/var/run/postgresql",
        "postgresql+psycopg://app:@db.example/triage",
    ],
)
def test_a_server_is_taken_as_it_was_written(given: str) -> None:
    place = place_of(given)
    assert (place.address, place.path) == (given, None)
    assert "@" not in place.told
    assert "?" not in place.told
    assert "/triage" in place.told


def test_a_password_may_stand_in_the_environment_and_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    address = "postgresql+psycopg://app:Tr1%40ge%2F9x@db.example/triage"
    assert "command line" in refused(address)
    monkeypatch.setenv(VARIABLE, address)
    place = place_of()
    assert place.address == address
    assert "Tr1" not in f"{place!r} {place.told} {place.heads.path}"


def test_a_name_that_is_taken_by_something_else_than_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.sqlite").mkdir()
    os.mkfifo(tmp_path / "pipe.sqlite")
    for name, kind in (("folder.sqlite", "a folder"), ("pipe.sqlite", "a pipe"), ("/dev/null", "a device")):
        assert kind in refused(name)
        assert kind in refused(f"sqlite:///{name}")
    assert "cannot be the name of a file" in refused(f"./{'x' * 300}")


def test_without_an_address_it_is_the_file_of_this_user(monkeypatch: pytest.MonkeyPatch) -> None:
    assert place_of() == place_of(None)
    own = place_of()
    monkeypatch.setenv(VARIABLE, "")  # as a shell that has no other way leaves it out
    assert place_of() == own
    assert own.path is not None
    assert own.path.name == "cases.sqlite"
    assert isinstance(own, Place)
