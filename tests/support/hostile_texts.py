"""Many texts that try to do something, one class for each way: a fixed list of them, and as many more as are wanted."""

import random
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice, product

from tests.support.hostile import STRINGS

# ruff: noqa: RUF001 # the characters that look alike are meant
_CONTROLS = tuple(map(chr, (*range(0x20), *range(0x7F, 0xA0))))
_BIDI = tuple(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)))
_UNSEEN = tuple(map(chr, (*range(0x200B, 0x200E), 0x2060, *range(0x2061, 0x2065), 0xFEFF, 0x00AD, 0x034F, 0x3164)))
_TAGS = tuple(map(chr, (*range(0xE0000, 0xE0080, 3), *range(0xFE00, 0xFE10, 3), *range(0xE0100, 0xE01F0, 24))))
_INTRODUCERS = (
    "\x1b[", "\x9b", "\x1b]", "\x9d", "\x1bP", "\x90", "\x1bX", "\x98", "\x1b^", "\x9e", "\x1b_", "\x9f",
)  # fmt: skip
_ORDERS = ("0;title", "52;c;aGk=", "8;;http://evil.example", "2J", "6n", '$q"p', "1337;File=a", "?1049h")
_ENDS = ("", "\x07", "\x1b\\", "\x9c", "\x18", "\r\n")
_TROJANS = (
    "no\u202e } \u2066if yes\u2069 \u2066", "\u202ayes\u202c\u202bno", "a\u2067b\u2066c\u2069d", "\u202eon\u202c",
    "/*\u202e } \u2066if (isAdmin)\u2069 \u2066 begin admins only */",
)  # fmt: skip
_HOMOGLYPHS = tuple("".join(each) for each in product(("y", "у", "ｙ", "𝐲"), ("e", "е", "ｅ", "é"), ("s", "ѕ", "ｓ")))
_FORMS = (
    "é",
    "e\u0301",
    "Å",
    "Å",
    "ﬁ",
    "ſ",
    "ǆ",
    "각",
    "\u1100\u1161\u11a8",
    "가\u11a8",
    "ｶﾞ",
    "㎏",
    "Ω",
    "Ω",
    "½",
    "x²",
)
_MARKUP = (
    "[@click=app.quit]{}[/]",
    "[link=http://evil.example]{}[/link]",
    "[red]{}",
    "{}[/]",
    "[[{}]",
    "${}",
    "\\[{}]",
)
_UNITS = ("years", "weeks", "/10", "out of 10", "°C", "days ago", "%")
_AMOUNTS = (
    "1e309", "NaN", "-inf", "−0", "0x10", "٣", "三", "½", "1,5", "1.000", "7/10/2", "1_000", "Ⅳ", "１２", "9" * 400,
    "-1", "3²", "①", "1e-400", "٫٥", "0b1", "٣٫٥", "+-1", "1 000", "1'000", "1·5", "二十", "1/0",
)  # fmt: skip
_DAYS = ("29 Feb", "31 April", "0 January", "32 May", "30.2.", "1/13", "13/13")
_YEARS = ("2026", "1900", "0000", "99", "10000", "-1", "2027", "٢٠٢٦")
_SPANS = ("since birth", "since the 31st of June", "for ever", "3 weeks ago tomorrow", "25:61", "1e9 years", "-3 weeks")
_STARTS = ("=", "+", "-", "@", "\t=", "\r=", "\n=", "\0=", "|", "＝", "＋", '"=', ";=", ",=", " =")
_SUMS = ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://evil.example","x")', '"",""')
_SINKS = (
    "<script>{}</script>", "]]>{}", "-->{}", "<!--{}", "</div>{}", "&{};", "&#x1b;{}", "{}\u2028", "{}\r\nINFO ok",
    "- {}", "{}: {{a: b}}", "!!python/object:{}", "&a {}", "*a {}", "? {}", "| {}", "> {}", "%YAML {}", "---\n{}",
    "...\n{}", "{{{{{}}}}}", "%s{}", "%n{}", "${{{}}}", "#{{{}}}", "{{% {} %}}", '"{}', "'{}", "\\{}", "\\u001b{}",
    "\\x9b{}", '"}},{}', "**{}**", "`{}`", "[{}](javascript:1)", "![{}](//evil.example)", "# {}", "{}\n===", "1. {}",
    "    {}", "|{}|", "~~~{}", "http://evil.example/{}", "www.evil.example/{}", "<{}@evil.example>", "[^1]: {}",
    "[{}]: //evil.example", "$${}$$",
)  # fmt: skip
_PATHS = (
    "../" * 9 + "etc/passwd", "/dev/zero", "/proc/self/environ", "CON", "a\0b", "x" * 4_096, "..\u2215..", "~/.ssh/id",
    "C:\\NUL", "\\\\host\\share", "file:///etc/passwd", "a/../../b", "%2e%2e/", "..;/", "-rf", "--help", "sqlite:///x",
)  # fmt: skip
_PEOPLE = (
    "Anna Example, born 1 Feb 1970", "NHS 943 476 5919", "anna@example.org", "+44 20 7946 0000", "192.0.2.1",
    "SW1A 1AA", "SSN 078-05-1120", "MRN 0012345", "https://example.org/anna", "Dr. Müller, Zimmer 3", "患者：山田太郎",
    "Пациент Иванов",
)  # fmt: skip
_WORDS = ("no", "yes", "1", "3 weeks")


def _huge() -> Iterator[str]:
    yield from ("a" * 10_000, "腰" * 100_000, "\n" * 100_000, "a" * 1_000_000, "\x1b[31m" * 20_000, "no " * 50_000)
    yield from ("a" + "\u0300\u0316" * 20_000, "\x1b]0;" + "x" * 100_000, "[" * 20_000, "\u202e" * 20_000)


def _pasted() -> Iterator[str]:
    for start, word, end in product(
        ("\x1b[200~", "\x9b200~", ""), _WORDS, ("\x1b[201~", "\x1b[201~\r", "\r\n", "\r", "\x03")
    ):
        yield f"{start}{word}{end}{word}"
    yield from ("\r\n" * 500 + "no", "no\r" * 100, "\x1b[13;1u" * 50, "\x1b[27;5;9~", "\x1b[<0;1;1M\x1b[<0;1;1m")


# Each class of the list under its number.
CLASSES: Mapping[str, tuple[str, ...]] = {
    "I1 controls": tuple(
        form for mark in _CONTROLS for form in (mark, mark * 2, f"{mark}no", f"no{mark}", f"a{mark}b")
    ),
    "I2 sequences": tuple(
        f"{start}{order}{end}no" for start, order, end in product(_INTRODUCERS, _ORDERS, _ENDS)
    ),
    "I3 unseen": tuple(
        form for mark in (*_BIDI, *_UNSEEN, *_TAGS) for form in (mark, f"no{mark}", f"y{mark}es", f"{mark}3 weeks")
    ) + _TROJANS,
    "I4 letters": (
        *_HOMOGLYPHS, *_FORMS,
        *(letter + mark * many for letter, mark, many in product("ae1", "\u0300\u0336\u0489\u20dd", (1, 3, 1_000))),
        "\U0001f468\u200d\U0001f469\u200d\U0001f467", "🇬🇧" * 50, "👍🏽", "腰" * 300, "\u1161" * 300, "ᄀ" * 300,
        *map(chr, (0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xFFFE, 0xFFFF, 0xFDD0, 0x1FFFE, 0x10FFFF, 0xFFFD, 0xE000)),
        *(f"no{half}yes" for half in ("\ud83d", "\ude00", "\ude00\ud83d")),
    ),
    "I5 markup": tuple(form.format(word) for form, word in product(_MARKUP, _WORDS)),
    "I6 huge": tuple(_huge()),
    "I7 numbers": tuple(f"{amount} {unit}" for amount, unit in product(_AMOUNTS, _UNITS)),
    "I8 dates": (*(f"{day} {year}" for day, year in product(_DAYS, _YEARS)), *_SPANS),
    "I9 pasted": tuple(_pasted()),
    "I11 formulas": tuple("".join(each) for each in product(_STARTS, _SUMS)),
    "I12 sinks": tuple(form.format(word) for form, word in product(_SINKS, _WORDS[1:])),
    "I13 paths": _PATHS,
    "I14 people": _PEOPLE,
}  # fmt: skip


@cache
def fixed() -> tuple[str, ...]:
    """The fixed list: the strings that the shells are tried with, and those of every class, each once."""
    return tuple(dict.fromkeys((*STRINGS, *(text for some in CLASSES.values() for text in some))))


def of_every_kind(many: int) -> tuple[str, ...]:
    """So many of the fixed list from all over it, none of them longer than a screen takes."""
    texts = [text for text in fixed() if len(text) <= 20_000]
    return tuple(texts[len(texts) * at // many] for at in range(min(many, len(texts))))


def generated(seed: int) -> Iterator[str]:
    """Texts without end, the same for the same seed: pieces of several classes, words, and characters by chance."""
    chance = random.Random(seed)  # nothing secret
    names = list(CLASSES)
    while True:
        pieces = [_piece(chance, names) for _ in range(chance.choice((1, 1, 2, 3, 5)))]
        yield chance.choice(("", "", " ")).join(pieces)


def some(seed: int, many: int) -> tuple[str, ...]:
    """So many of the texts of a seed."""
    return tuple(islice(generated(seed), many))


def _piece(chance: random.Random, names: list[str]) -> str:
    way = chance.random()
    if way < 0.15:
        return chance.choice(_WORDS)
    if way < 0.3:
        return "".join(
            chr(chance.randrange(chance.choice((0x80, 0x3000, 0x110000)))) for _ in range(chance.randrange(9))
        )
    text = chance.choice(CLASSES[chance.choice(names)])
    if way > 0.8 and text:  # cut anywhere, since what is left of a sequence is one as well
        at = chance.randrange(len(text))
        text = text[at : at + 200] if way > 0.9 else text[:at]
    return text[:300] if way < 0.995 else text[:4_000]
