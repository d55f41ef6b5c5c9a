"""Colours and keys of one's own: what a settings file may say, what is said about the rest, and that keys then work."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from chatbot.cli import main
from chatbot.errors import InputError
from chatbot.packs.pack import Pack
from chatbot.tui.app import Start
from chatbot.tui.binding import check_together, read_keys
from chatbot.tui.keys import KEYS
from chatbot.tui.settings import MAX_BYTES, Settings, read_settings
from chatbot.tui.themes import DEFAULT, NAMES
from tests.support.driving import Driven, running
from tests.support.person import TODAY

Write = Callable[[str], Path]


@pytest.fixture(autouse=True)
def nobodys_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Settings of whoever runs the tests are none of theirs."""
    for name in ("HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a settings file."""

    def into(text: str) -> Path:
        file = tmp_path / "settings.toml"
        file.write_bytes(text.encode("utf-8", "surrogateescape"))
        return file

    return into


def fault(file: Path) -> str:
    """What is said of a file."""
    with pytest.raises(InputError) as refused:
        read_settings(file)
    return str(refused.value).replace(str(file), "F")


def test_without_a_file_everything_is_as_it_comes() -> None:
    assert read_settings() == Settings(DEFAULT, {})


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the folder has another name")
def test_the_file_that_is_looked_for_stands_with_the_other_settings(tmp_path: Path) -> None:
    file = tmp_path / "home" / "triage" / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text('theme = "triage-light"\n')
    assert read_settings().theme == "triage-light"
    file.write_text("theme = 1\n")
    with pytest.raises(InputError):
        read_settings()


def test_a_file_names_colours_and_keys(write: Write) -> None:
    file = write('theme = "triage-safe"\n\n[keys]\nback = "f11"\nhelp = "F1, ctrl+g"\nundo = "Shift+Z"\njump = "#"\n')
    assert read_settings(file) == Settings(
        "triage-safe", {"back": "f11", "help": "f1,ctrl+g", "undo": "Z", "jump": "number_sign"}
    )


def test_a_theme_that_is_named_goes_before_that_of_the_file(write: Write) -> None:
    file = write('theme = "triage-safe"\n[keys]\nback = "f11"\n')
    assert read_settings(file, "triage-light") == Settings("triage-light", {"back": "f11"})
    with pytest.raises(InputError, match=r"there is no theme 'triage-ligth'; did you mean 'triage-light'\?"):
        read_settings(file, "triage-ligth")


def test_what_an_editor_puts_before_the_text_is_no_fault(write: Write) -> None:
    assert read_settings(write('\ufefftheme = "triage-light"\r\n')).theme == "triage-light"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('theme = "neon"', "F:1: there is no theme 'neon'; use one of triage-dark, triage-light"),
        ("\ntheme = 3", "F:2: the theme is the name of one, in quotes"),
        ('colour = "x"', "F:1: there is no setting 'colour'; use one of theme, keys"),
        ('teme = "triage-dark"', "F:1: there is no setting 'teme'; did you mean 'theme'?"),
        ("keys = 1", 'F:1: keys are a table, such as [keys] and below it back = "f3"'),
        ('[keys]\nbak = "f3"', "F:2: there is no action 'bak'; did you mean 'back'?"),
        ('[keys]\n"zzzzzz" = "f3"', "F:2: there is no action 'zzzzzz'; use one of continue, back, up"),
        ('[keys]\nback = ""', "F:2: 'back' needs a key, in quotes, such as \"escape\""),
        ("[keys]\nback = 3", "F:2: 'back' needs a key, in quotes"),
        ("[keys]\nback = []", "F:2: 'back' needs a key, in quotes"),
        ('[keys]\nback = "f3,"', "F:2: '' is no key"),
        ('[keys]\nback = "f99"', "F:2: 'f99' is no key; write it such as f3, ctrl+g, pageup or comma"),
        ('[keys]\nback = "hyper"', "F:2: 'hyper' is no key"),
        ('[keys]\nback = "ctrl+"', "F:2: 'ctrl+' is no key"),
        ('[keys]\nback = "ctrl+m"', "F:2: a terminal sends the same for 'ctrl+m' as for 'enter'"),
        ('[keys]\nback = "backspace"', "F:2: 'backspace' is needed for typing and moving"),
        ('[keys]\nback = "tab"', "F:2: 'tab' is needed for typing and moving"),
        ('[keys]\nleave = "q"', "F:2: 'q' is part of what people type"),
        ('[keys]\nhelp = "h"', "F:2: 'h' is part of what people type"),
        ('[keys]\ntick = "x"', "F:2: 'x' is part of what people type"),
        ('[keys]\nundo = "4"', "F:2: '4' chooses an answer"),
        ('[keys]\nhelp = "f8"', "F:2: 'f8' would be both 'help' and 'clear'; give one of them another key"),
        ('[keys]\nback = "ctrl+z"', "F:2: 'ctrl+z' would be both 'suspend' and 'back'"),
        ("theme = ", "F: its end is not as in TOML"),
        ("theme = = 1", "F:1: column 9 cannot be read as TOML"),
        ("a = 1\nb = = 2", "F:2: column 5 cannot be read as TOML"),
        ('theme = """x', "F: its end is not as in TOML"),
        ("[keys", "F: its end is not as in TOML"),
        ("x = " + "[" * 5000, "F: the settings are nested too deeply"),
        ("\udcff", "F: the settings are not UTF-8 text"),
        ("#" * (MAX_BYTES + 1), "F: settings take at most 64 KiB"),
    ],
)
def test_a_slip_is_said_in_one_line_with_its_place(write: Write, text: str, said: str) -> None:
    found = fault(write(text))
    assert found.startswith(said)
    assert "\n" not in found


def test_keys_may_change_places(write: Write) -> None:
    keys = read_settings(write('[keys]\nso_far = "f2"\nwhy = "f3"\nquestions = "f3"\n')).keys
    assert keys == {"so_far": "f2", "why": "f3", "questions": "f3"}


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    assert fault(tmp_path / "none.toml") == "cannot read 'F': No such file or directory"
    assert "this is no file of settings" in fault(tmp_path)
    with pytest.raises(InputError):
        read_settings(Path("a\0b"))


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files on Windows")
def test_a_pipe_is_not_waited_for_and_a_locked_file_is_said(tmp_path: Path, write: Write) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert fault(tmp_path / "pipe") == "F: this is no file of settings"
    file = write("")
    file.chmod(0)
    if not os.access(file, os.R_OK):
        assert fault(file) == "cannot read 'F': Permission denied"


def test_no_action_shares_its_key_with_another_on_one_screen() -> None:
    assert check_together({}) is None


@pytest.mark.parametrize("action", KEYS)
def test_every_action_keeps_its_own_key_and_can_be_given_another(action: str) -> None:
    assert read_keys(action, KEYS[action]) == KEYS[action]
    assert read_keys(action, "ctrl+shift+f9") == "ctrl+shift+f9"


@pytest.mark.parametrize("action", KEYS)
def test_no_action_can_be_left_without_a_key(action: str) -> None:
    for nothing in ("", " ", ",", None, False, []):
        with pytest.raises(InputError):
            read_keys(action, nothing)


def own_keys(pack: Pack, **keys: str) -> Start:
    """A start with keys of one's own."""
    return Start(
        lambda: pack, country="gb", today=TODAY, keys={name: read_keys(name, key) for name, key in keys.items()}
    )


async def everything_listed(app: Driven) -> str:
    """The whole list of what can be done, in which one looks for actions."""
    return " ".join(f"{command.title} {command.help}" for command in app.app.get_system_commands(app.app.screen))


async def test_a_key_of_ones_own_works_is_shown_everywhere_and_the_old_one_does_nothing(pack: Pack) -> None:
    async with running(pack, size=(120, 40), start=own_keys(pack, so_far="f5", skip="f3", help="ctrl+g")) as app:
        hints = app.rows[-1]
        assert "F5 So far" in hints
        assert "Ctrl+G Help" in hints
        listed = await everything_listed(app)
        assert "So far Key: F5" in listed
        assert "Help Key: Ctrl+G" in listed
        await app.keys("f1")
        assert app.topic == "question"
        await app.keys("ctrl+g")
        assert app.topic != "question"
        assert "F5" in app.text
        assert "Ctrl+G" in app.text
        assert "F1 " not in app.text
        await app.keys("escape", "f5")
        assert "What we have so far" in app.text


@pytest.mark.parametrize(("name", "key", "old"), [("leave", "f11", "ctrl+q"), ("palette", "f11", "ctrl+p")])
async def test_the_ways_out_and_to_everything_move_with_their_keys(pack: Pack, name: str, key: str, old: str) -> None:
    async with running(pack, start=own_keys(pack, **{name: key})) as app:
        await app.keys(old)
        assert app.topic == "question"
        await app.keys(key)
        assert app.topic != "question"


async def test_two_keys_may_do_the_same(pack: Pack) -> None:
    async with running(pack, start=own_keys(pack, help="f1, f11")) as app:
        for key in ("f1", "f11"):
            await app.keys(key)
            assert app.topic != "question"
            await app.keys("escape")


@pytest.mark.parametrize("theme", NAMES)
async def test_every_theme_that_can_be_named_is_there(pack: Pack, theme: str) -> None:
    async with running(pack, start=Start(lambda: pack, today=TODAY, theme=theme)) as app:
        assert app.app.current_theme.name == theme


def test_a_slip_in_what_is_named_is_exit_code_two_even_in_lines(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    for args in (["--theme", "neon"], ["--keys", str(write("x"))], ["--plain", "--keys", "/none/such"]):
        assert main(["interview", *args]) == 2
        said = capsys.readouterr().err
        assert said.startswith("triage: ")
        assert said.count("\n") == 1
