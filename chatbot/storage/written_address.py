"""An address as somebody wrote it: what is clearly a file, what is clearly a server, and what to write instead.

A guess would keep health data where nobody looks for it. No message repeats what was written: where it was not
understood, nobody knows which part of it is the password.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import parse_qsl

from chatbot.errors import InputError
from chatbot.regular_file import refuse_other_than_file

SERVER = "postgresql+psycopg"
WRITE = f"a database is a file such as ~/cases.sqlite, sqlite:///FILE, or {SERVER}://NAME@HOST/DATABASE"
_PLACES_OF_PASSWORDS = "a password belongs in ~/.pgpass"
_ENCODED = (
    "an '@', ':', '/', '?', '#', '%', '$' or blank in a name or password is written as %40, %3A, %2F, %3F, %23, %25, "
    f"%24 or %20, or the password is left out: {_PLACES_OF_PASSWORDS}"
)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# A drive of Windows is one letter and means something only there.
_MARKED = re.compile(r"/|\.{1,2}/|~" if os.name != "nt" else r"[/\\]|\.{1,2}[/\\]|~|[A-Za-z]:[/\\]")
_ENDINGS = (".sqlite", ".sqlite3", ".db", ".db3")
_NOTHING = ("", "-", "0", ":memory:", "disabled", "false", "memory", "nil", "no", "none", "null", "off", "undefined")
_FILLED_IN = re.compile(r"\$|%\w+%|\{\{|\$\{")
_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_PLACE = re.compile(
    r"(?:\[[0-9A-Fa-f:.]+\]|[^:/?#\[\]@,%]*)(?::(?P<port>\d{1,5}))?/(?P<database>[^/?#]*)(?:\?(?P<options>[^#]*))?"
)
_SEVERAL = ("host", "port")  # as many as there are servers


def is_server(text: str) -> bool:
    """True where an address begins as one of a database server does."""
    return text.partition("://")[0].casefold().startswith("postgres") and "://" in text


def checked_server(text: str, is_seen: bool) -> str:
    """An address of a server that can be read in one way only; InputError says what to write instead.

    `is_seen` where everybody on the computer can read what was written, as they can a command line.
    """
    scheme, _, rest = text.partition("://")
    if scheme != SERVER:
        raise InputError(f"it begins otherwise than with {SERVER}://; write that in front")
    _refuse_unseen(text)
    before, _, place = rest.rpartition("@")
    if re.search(r"[\s@/?#$\[\]]", before) or _ESCAPE.search(before):
        raise InputError(_ENCODED)
    login, _, password = before.partition(":")
    if "@" in rest and not login:
        raise InputError("no name stands before its '@'")
    if password and is_seen:
        raise InputError(
            f"everybody on this computer can read a password on the command line; {_PLACES_OF_PASSWORDS}, "
            "or in an address in TRIAGE_DATABASE"
        )
    parts = _PLACE.fullmatch(place)
    if parts is None or re.search(r"[\s$]", place) or int(parts["port"] or 1) not in range(1, 65_536):
        raise InputError(f"it cannot be read; write {SERVER}://NAME@HOST:PORT/DATABASE; {_ENCODED}")
    if not parts["database"]:
        raise InputError(f"it names no database; write {SERVER}://NAME@HOST/DATABASE")
    _check_options(parts["options"])
    return text


def _check_options(options: str | None) -> None:
    if options is None:
        return
    try:
        pairs = parse_qsl(options, keep_blank_values=True, strict_parsing=True)
    except ValueError:
        raise InputError("behind its '?' stand no options; write ?NAME=VALUE&NAME=VALUE") from None
    names = [name for name, _ in pairs if name not in _SEVERAL]
    if any("pass" in name.casefold() and name != "passfile" for name in names):
        raise InputError(f"a password stands among its options; {_PLACES_OF_PASSWORDS}")
    if len(set(names)) < len(names):
        raise InputError("an option stands there twice")
    if any(value.startswith("~") for _, value in pairs):
        raise InputError("nothing fills in '~' in an option; write the folder out")


def checked_file(text: str) -> Path:
    """The whole path of what is clearly the name of a file; InputError says why it is not clear, or is no file."""
    _refuse_unseen(text)
    scheme = "" if os.name == "nt" and _MARKED.match(text) else (_SCHEME.match(text) or ("", ""))[1]
    is_address = scheme.casefold() == "sqlite" and text[len(scheme) :].startswith(":///")
    name = text[len(scheme) + 4 :] if is_address else text
    if name.strip("'\"/ ").casefold() in _NOTHING or text.casefold() in ("sqlite:", "sqlite://"):
        raise InputError("it names no file; to keep nothing at all: triage interview --no-save")
    if scheme and not is_address:
        raise InputError("it begins as an address of a kind that is not known here")
    for sign, why in _signs(name, is_address):
        if sign:
            raise InputError(why)
    if not is_address and not _MARKED.match(name) and not _is_file_name(name):
        raise InputError("it is not clear that this is a file; write ./ in front of one in this folder")
    return _regular(_at_home(name))


def _signs(name: str, is_address: bool) -> tuple[tuple[object, str], ...]:
    """What no name of a file may hold, and why."""
    back = os.name != "nt" and "\\" in name
    return (
        ("=" in name, "'=' stands in it; settings in words, as in host=... dbname=..., are not taken"),
        (_FILLED_IN.search(name), "nothing fills in a variable here; write it out"),
        (re.search(r"[/\\]~|^~[^/\\]", name), "nothing fills in a '~' there; only ~/ in front is"),
        (name[0] in "'\"" or name[-1] in "'\"", "quotes stand around it; leave them out"),
        (name.startswith("//"), "it begins with //, as an address does"),
        (back, "a '\\' stands in it; folders are divided by '/' here"),
        (is_address and re.search(r"[?#%]", name), "behind sqlite:/// stands the name of a file, without ?, # and %"),
        (re.search(r"(?:^|[/\\])\.{0,2}$", name), "it names a folder; a file in it is needed"),
    )


def _is_file_name(name: str) -> bool:
    """True for a name that ends as files of records do, with nothing in it that hosts and accounts are written with."""
    first, slash, _ = name.partition("/")
    return name.casefold().endswith(_ENDINGS) and not re.search("[@:]", name) and not (slash and "." in first)


def _refuse_unseen(text: str) -> None:
    if text != text.strip():
        raise InputError("blanks stand around it; leave them out")
    if not text.isprintable():
        raise InputError("a sign that nobody can see stands in it")


def _at_home(name: str) -> Path:
    if not name.startswith("~"):
        return Path(name).absolute()
    try:
        path = Path(name).expanduser()
    except RuntimeError:
        path = Path(name)
    if not path.is_absolute():
        raise InputError("nobody knows what '~' is on this computer; write the folder out")
    return path


def _regular(path: Path) -> Path:
    """The path, if a file is there or can be; what else has a name is never read and never written."""
    try:
        refuse_other_than_file(path)
    except FileNotFoundError:
        return path
    except (OSError, ValueError) as error:
        if isinstance(error, PermissionError | NotADirectoryError):
            return path  # whoever opens it says so, and what it means for what was to be kept
        raise InputError(f"it cannot be the name of a file: {getattr(error, 'strerror', None) or error}") from None
    return path
