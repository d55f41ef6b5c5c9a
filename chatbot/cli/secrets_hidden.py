"""Passwords of addresses kept out of all that the commands say.

An address can stand anywhere in a message: as a slip in place of a pack, a file or a code. It is hidden by what it
looks like and not by how it is read, which is wrong exactly where somebody wrote it wrongly.
"""

from __future__ import annotations

import re

_HIDDEN = "***"
# What the commands write themselves to show how an address looks.
_EXAMPLE = "NAME@HOST"
# A path, which an address becomes as the name of a file, has one stroke where the address had two.
_SERVER = re.compile(r"([\w+.-]*(?:postgres|psycopg)[\w+.-]*:/*).*@", re.DOTALL | re.IGNORECASE)
_ADDRESS = re.compile(r"((?<![^\s'\"=(])[A-Za-z][\w+.-]*:/+|(?<![^\s'\"=(])//)\S*@")
_ACCOUNT = re.compile(r"(?<![^\s'\"=(])[^\s'\":/]+:[^\s/]\S*@")
_SETTING = re.compile(r"((?:password|passwd|passphrase|pwd)\s*[=:]\s*)\S.*", re.DOTALL | re.IGNORECASE)


def without_secrets(text: str) -> str:
    """The text, with `***` for all between the beginning of an address and its last `@`, and behind `password=`."""
    text = text.replace(_EXAMPLE, "\0")
    for pattern in (_SERVER, _ADDRESS):
        text = pattern.sub(rf"\1{_HIDDEN}@", text)
    text = _ACCOUNT.sub(f"{_HIDDEN}@", text)
    return _SETTING.sub(rf"\1{_HIDDEN}", text).replace("\0", _EXAMPLE)
