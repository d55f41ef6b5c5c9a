"""Signs that nobody can see, by name: a word that is refused for one of them must not look like another word."""

from __future__ import annotations

import re
import unicodedata

# Controls, lone halves of characters, and what only directs how others are shown.
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
_NAMES = {"\0": "NUL", "\t": "tab", "\n": "line end", "\r": "carriage return", "\x1b": "escape", "\x7f": "delete"}
# How Python holds a byte of a file's name that is no text.
_BYTES = range(0xDC80, 0xDD00)
_MAY_BE_UNSEEN = re.compile(r"[^\x20-\x7e]")


def named_signs(text: str) -> str:
    """The text with the name in place of each sign that is not seen, as in `<escape>` and `<U+200B>`."""
    return _MAY_BE_UNSEEN.sub(lambda match: _named(match[0]), text)


def _named(sign: str) -> str:
    if unicodedata.category(sign) not in _UNSEEN:
        return sign
    if ord(sign) in _BYTES:
        return f"<byte {ord(sign) - 0xDC00:#04x}>"
    return f"<{_NAMES.get(sign, f'U+{ord(sign):04X}')}>"
