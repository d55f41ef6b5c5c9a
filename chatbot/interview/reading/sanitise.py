"""Typed and pasted text made harmless, and the one form of it that matching looks at.

Every pass goes once through the text from left to right, so the time grows with its length and no faster.
"""

import re
import unicodedata

_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI
    r"|(?:\x1b[]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x18\x1a\x1b\x9c\r\n]*(?:\x07|\x1b\\|\x9c)?"  # OSC, DCS, ...
    r"|(?:\x1b[NO]|[\x8e\x8f])[!-~]?"  # a key or one character of another set
    r"|\x1b[ -/]*[0-~]?"
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_MARKS_KEPT = 2
# Invisible though their category says letter or mark: joiner, fillers, and variation selectors.
_UNSEEN = frozenset(
    {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0}
    | set(range(0x180B, 0x1810))
    | set(range(0xFE00, 0xFE10))
    | set(range(0xE0000, 0xE1000))
)
_APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u00b4`"), "'")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_QUARTERS = {"\u00bd": ".5", "\u00bc": ".25", "\u00be": ".75"}
_MIXED = re.compile("(?<![\\d.,/])(\\d+) ?([\u00bd\u00bc\u00be])")


def clean(text: str, limit: int = 2000) -> str:
    """One line of typed or pasted text that can be stored, matched and shown.

    NFC without escape sequences, controls, invisible or bidirectional characters, lone surrogates and
    noncharacters; at most two combining marks after a letter; white space collapsed; cut at `limit`.
    """
    return " ".join(_safe(text).split())[:limit].rstrip()


def harmless(text: str) -> str:
    """Text for output: as `clean` makes it, but line by line and of any length."""
    return "\n".join(" ".join(line.split()) for line in _safe(text).split("\n"))


def as_it_stands(text: str) -> str:
    """Text for output, made harmless, with its lines and spaces as they are; a tab is one space."""
    return _safe(text)


def fold(text: str) -> str:
    """Typed words in the form that readers compare: NFKC, case folded, digits, quotes and dashes in ASCII.

    Characters that only look like a number in place (superscripts, circled digits, odd fractions) become
    U+FFFD, so that a raised 2 after a 3 is never read as thirty-two. A half after a digit becomes `.5`.
    """
    plain = clean(text).translate(_APOSTROPHES).translate(_DASHES)
    plain = _MIXED.sub(lambda match: match[1] + _QUARTERS[match[2]], plain).replace("\u00bd", "half ")
    plain = "".join(_ascii_digit(char) for char in plain)
    folded = unicodedata.normalize("NFKC", plain).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def _safe(text: str) -> str:
    if not text.isascii():
        text = "".join(char for char in text if _is_seen(char))
    text = _LINE_ENDS.sub("\n", _ESCAPES.sub("", text)).replace("\t", " ")
    text = _CONTROLS.sub("", text)
    if text.isascii():
        return text
    # Normalising takes quadratic time in a long run of marks, and may itself split one mark in two.
    return _few_marks(unicodedata.normalize("NFC", _few_marks(text)))


def _is_seen(char: str) -> bool:
    code = ord(char)
    if code in _UNSEEN or 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE:
        return False
    return unicodedata.category(char) not in {"Cf", "Cs"}


def _few_marks(text: str) -> str:
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if unicodedata.category(char).startswith("M") else 0
        if run <= _MARKS_KEPT:
            kept.append(char)
    return "".join(kept)


def _ascii_digit(char: str) -> str:
    if char.isascii():
        return char
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    return "\ufffd" if category in {"No", "Nl"} else char
