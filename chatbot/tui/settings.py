"""Colours and keys of one's own, from a file; what cannot be used is said in one line that tells where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from chatbot.errors import InputError
from chatbot.tui.themes import DEFAULT, NAMES

MAX_BYTES = 64 * 1024
_TABLES = ("theme", "keys")
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True, slots=True)
class Settings:
    """The theme by its name, and for each action that has other keys than its own those keys, with commas between."""

    theme: str = DEFAULT
    keys: Mapping[str, str] = field(default_factory=dict)


def default_file() -> Path:
    """The file where settings are looked for when none is named; it need not be there."""
    from platformdirs import user_config_path

    return user_config_path("triage", appauthor=False) / "settings.toml"


def read_settings(file: Path | None = None, theme: str | None = None) -> Settings:
    """The settings of a file, or of the one that is looked for; a theme that is named goes before the file's."""
    found = _File.read(file) if file is not None else _File.read_if_there(default_file())
    settings = found.settings()
    return settings if theme is None else Settings(known_theme(theme), settings.keys)


def known_theme(name: str) -> str:
    """A theme by its name; InputError when there is none."""
    if name not in NAMES:
        raise InputError(f"there is no theme '{_short(name)}'{_instead(name, NAMES)}")
    return name


def _instead(word: str, known: Iterable[str]) -> str:
    from chatbot.packs.node import did_you_mean  # it brings in the reader of packs

    known = tuple(known)
    return did_you_mean(word, known) or (f"; use one of {', '.join(known)}" if len(known) < 12 else "")


def _short(word: str) -> str:
    return word if len(word) <= 60 else word[:57] + "..."


@dataclass(frozen=True, slots=True)
class _File:
    """A settings file: its name for people, its text, and what it says."""

    name: str = ""
    text: str = ""
    data: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def read_if_there(cls, file: Path) -> _File:
        """A file that need not be there."""
        try:
            return cls.read(file) if file.exists() else cls()
        except OSError as error:
            raise InputError(f"{file}: {error.strerror}") from error

    @classmethod
    def read(cls, file: Path) -> _File:
        """A file that was named; InputError when it cannot be read."""
        import tomllib  # most people have no settings

        try:
            # A pipe or a device might never end.
            if file.exists() and not file.is_file():
                raise InputError(f"{file}: this is no file of settings")
            with file.open("rb") as stream:
                read = stream.read(MAX_BYTES + 1)
            if len(read) > MAX_BYTES:
                raise InputError(f"{file}: settings take at most {MAX_BYTES // 1024} KiB")
            text = read.decode("utf-8-sig")
            return cls(str(file), text, tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            place = _PLACE.search(str(error))
            where = f":{place[1]}: column {place[2]} cannot be read as TOML" if place else ": its end is not as in TOML"
            raise InputError(f"{file}{where}") from error
        except UnicodeDecodeError as error:
            raise InputError(f"{file}: the settings are not UTF-8 text") from error
        except RecursionError as error:
            raise InputError(f"{file}: the settings are nested too deeply") from error
        except (OSError, ValueError) as error:
            raise InputError(f"cannot read '{file}': {getattr(error, 'strerror', error)}") from error

    def settings(self) -> Settings:
        """Reads and checks what the file says."""
        for name in self.data:
            if name not in _TABLES:
                self.fault(name, f"there is no setting '{_short(name)}'{_instead(name, _TABLES)}")
        theme, keys = self.data.get("theme", DEFAULT), self.data.get("keys", {})
        if not isinstance(theme, str):
            self.fault("theme", "the theme is the name of one, in quotes")
        if theme not in NAMES:
            self.fault("theme", f"there is no theme '{_short(theme)}'{_instead(theme, NAMES)}")
        if not isinstance(keys, Mapping):
            self.fault("keys", 'keys are a table, such as [keys] and below it back = "f3"')
        return Settings(theme, self.keys(keys) if keys else {})

    def keys(self, given: Mapping[str, object]) -> Mapping[str, str]:
        """The keys by action, checked against one another on every screen."""
        from chatbot.tui.binding import check_together, read_keys

        by_action = {}
        for action, keys in given.items():
            try:
                by_action[action] = read_keys(action, keys)
            except InputError as error:
                self.fault(action, str(error))
        clash = check_together(by_action)
        if clash is not None:
            self.fault(*clash)
        return by_action

    def fault(self, key: str, text: str) -> NoReturn:
        """Say what is wrong at the line of a key."""
        pattern = re.compile(rf"""\s*\[?\s*["']?{re.escape(key)}["']?\s*[]=.]""")
        line = next((at for at, line in enumerate(self.text.splitlines(), start=1) if pattern.match(line)), 0)
        raise InputError(f"{self.name}:{line}: {text}" if line else f"{self.name}: {text}")
