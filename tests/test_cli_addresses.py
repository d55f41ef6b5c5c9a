"""Every command that takes an address reads it in the same way, repeats no password, and makes nothing by a slip."""

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatbot.cli import COMMANDS, main
from chatbot.cli.secrets_hidden import without_secrets
from chatbot.packs.pack import Pack
from chatbot.service.saving import Session
from chatbot.storage.address import VARIABLE, heads_of, open_store
from tests.storage.test_written_address import LEAKY, SECRET, parts_of
from tests.support.filled import fill

# Each command with an address, as somebody would call it, and its exit code where the address cannot be one.
CALLS = {
    "interview": (("interview", "--plain", "--country", "gb"), 2),
    "worklist": (("worklist", "--plain"), 2),
    "audit-log verify": (("audit-log", "verify"), 2),
    "audit-log list": (("audit-log", "list"), 2),
    "audit-log show": (("audit-log", "show", "store"), 2),
    "export": (("export", "--deidentified"), 2),
    "report overrides": (("report", "overrides"), 2),
    "report quality": (("report", "quality"), 2),
    "backup": (("backup", "b.gz"), 2),
    "restore": (("restore", "b.gz"), 2),
    "purge": (("purge", "--days", "9"), 2),
    "doctor": (("doctor",), 1),
}
SLIPS = ("none", "db.example/triage", "$HOME/cases.sqlite", "")


@pytest.fixture(autouse=True)
def an_empty_folder(tmp_path: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("chatbot.doctor.load_pack", lambda _: pack)  # which takes a while, and says nothing here
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "own"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def called(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    """The exit code of a command, and what it wrote."""
    capsys.readouterr()
    try:
        code = main(args)
    except SystemExit as left:
        code = int(left.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


def with_addresses(parser: argparse.ArgumentParser, name: str) -> Iterator[str]:
    """The commands below a parser that take an address."""
    if any("--database" in action.option_strings for action in parser._actions):
        yield name
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below, part in action.choices.items():
                yield from with_addresses(part, f"{name} {below}".strip())


def test_every_command_that_takes_an_address_is_tried_here() -> None:
    from chatbot.cli import _parser

    named = {part for name in COMMANDS for part in with_addresses(_parser([name]), "")}
    assert sorted(named) == sorted(CALLS)


@pytest.mark.parametrize("name", CALLS)
def test_a_slip_in_an_address_is_said_in_one_line_and_nothing_is_made(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    call, wanted = CALLS[name]
    for slip in SLIPS:
        code, out, err = called(capsys, *call, "--database", slip)
        assert code == wanted, slip
        assert re.search("--database: .*NAME@HOST/DATABASE", out + err)
        assert len(err.splitlines()) == (wanted == 2)
        if slip:
            monkeypatch.setenv(VARIABLE, slip)
            assert called(capsys, *call)[0] == wanted, slip
            monkeypatch.delenv(VARIABLE)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", CALLS)
def test_no_command_repeats_a_part_of_a_password(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    call, wanted = CALLS[name]
    for each in LEAKY[::5]:
        written = each.format(SECRET)
        code, out, err = called(capsys, *call, "--database", written)
        assert code == wanted, each
        monkeypatch.setenv(VARIABLE, written)
        again = called(capsys, *call)
        monkeypatch.delenv(VARIABLE)
        told = f"{out}{err}{again[1]}{again[2]}"
        assert not [part for part in parts_of(SECRET) if part in told], each
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "call",
    [
        ("--databse={}",),
        ("{}",),
        ("interview", "{}"),
        ("interview", "--plain", "--resume", "{}"),
        ("interview", "--plain", "--no-save", "--keys", "{}"),
        ("interview", "--plain", "--no-save", "--record", "{}"),
        ("interview", "--country", "{}"),
        ("interview", "--role", "{}"),
        ("backup", "{}", "--database", "./none"),
        ("restore", "{}", "--database", "./none"),
        ("export", "{}", "--database", "./none"),
        ("purge", "--days", "{}"),
        ("report", "{}"),
        ("recommend", "{}"),
        ("simulate", "--pack", "{}"),
        ("check", "{}"),
        ("replay", "{}"),
        ("audit", "{}"),
        ("coverage", "{}"),
        ("review", "{}"),
        ("graph", "{}"),
        ("new", "{}"),
        ("impact", "{}", "{}"),
        ("schema", "{}"),
    ],
)
def test_an_address_in_a_wrong_place_leaks_no_password(
    call: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    address = f"postgresql+psycopg://app:{SECRET}@ge/9x@db.example/triage"
    code, out, err = called(capsys, *(word.format(address) for word in call))
    assert code
    assert not [part for part in parts_of(SECRET) if part in out + err]


@pytest.mark.parametrize("each", LEAKY)
@pytest.mark.parametrize("around", ["{}", "cannot read '{}': no such file", "unknown: {} (got '{}'); see x@y"])
def test_passwords_are_hidden_by_what_they_look_like(each: str, around: str) -> None:
    if "@" not in each and "password" not in each:
        return  # an address without an account, in which a password was written where the port stands
    told = without_secrets(around.replace("{}", each.format(SECRET)))
    assert SECRET not in told or each.endswith(("{}/db.example/triage", "db.example:{}/triage"))


def test_what_holds_no_password_is_told_as_it_is() -> None:
    for text in ("cannot read '/home/ann@clinic/a.yaml'", "3 passed, 1 failed", "see https://nice.org.uk/x", "a@b"):
        assert without_secrets(text) == text
    assert without_secrets("postgresql+psycopg://NAME@HOST/DATABASE") == "postgresql+psycopg://NAME@HOST/DATABASE"


def test_a_new_file_is_named_in_full_before_the_first_question(tmp_path: Path) -> None:
    new, old = Session("new.sqlite"), Session("new.sqlite")
    for session, told in ((new, f"new file: {tmp_path / 'new.sqlite'}"), (old, "")):
        session.open()
        assert told in session.told("en")
        assert (told in session.notice("en")) if told else not session.notice("en")
        session.close()


@pytest.mark.parametrize("code", ["2222-2222-2222", "none"])
def test_coming_back_makes_no_file(code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told, _, err = called(capsys, "interview", "--plain", "--resume", code, "--database", "new.sqlite")
    assert (told, len(err.splitlines())) == (3, 1)
    assert str(tmp_path / "new.sqlite") in err
    assert not list(tmp_path.iterdir())


def test_coming_back_needs_a_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for empty in ("", " "):
        code, _, err = called(capsys, "interview", "--plain", "--resume", empty)
        assert code == 2
        assert "needs the code" in err
    assert not list(tmp_path.iterdir())


def test_a_list_before_any_record_is_empty_but_a_named_file_has_to_be_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = called(capsys, "worklist", "--json")
    assert code == 0
    assert not any(section["count"] for section in json.loads(out)["sections"].values())
    assert str(tmp_path / "own" / "triage" / "cases.sqlite") in err
    code, out, err = called(capsys, "worklist", "--json", "--database", "other.sqlite")
    assert (code, out) == (3, "")
    assert not (tmp_path / "other.sqlite").exists()


def test_the_doctor_names_the_store_and_says_whether_it_answers(
    tmp_path: Path, pack: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "cases.sqlite"
    code, out, _ = called(capsys, "doctor", "--database", "cases.sqlite")
    assert code == 0
    assert f"answers are kept in {file}" in out
    assert "there is no file yet" in out
    assert not file.exists()
    store = open_store(str(file))
    fill(store, pack, (1,))
    store.close()
    code, out, _ = called(capsys, "doctor", "--database", "cases.sqlite")
    assert code == 0
    assert "it answers" in out
    file.write_bytes(b"something else")
    code, out, _ = called(capsys, "doctor", "--database", "cases.sqlite")
    assert code == 1
    assert "it cannot be used" in out
    assert file.read_bytes() == b"something else"
    heads_of(str(file)).path.unlink(missing_ok=True)
