"""Text that tries to do something: to a terminal, to a reader of numbers, to markup, to memory."""

from itertools import product

# ruff: noqa: RUF001 # the characters that look alike are meant
_CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\r\n"]
_BIDI = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)]
_UNSEEN = [chr(code) for code in (*range(0x200B, 0x200E), 0x2060, 0xFEFF, 0x034F, 0x3164, 0xE0001, 0xE0041, 0xFE0F)]
_SEQUENCES = [
    "\x1b[2J", "\x1b[31m", "\x1b[H", "\x1b[?1049h", "\x1b[6n", "\x1b[c", "\x1b]0;title\x07", "\x1b]52;c;aGk=\x07",
    "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\", "\x1b]4;1;?\x07", "\x1b]10;?\x1b\\", "\x1b]1337;File=a\x07",
    "\x1bP$q\"p\x1b\\", "\x1bX sos \x1b\\", "\x1b^pm\x1b\\", "\x1b_apc\x1b\\", "\x9b2J", "\x9d0;title\x9c", "\x90q\x9c",
    "\x1b[200~yes\x1b[201~", "\x1bO", "\x1b", "\x1b[", "\x1b]0;never ends", "\x1b\x1b[31m", "\x1b[1;2;3;4;5;6;7;8m",
    "\x1b[5n", "\x1b[>c", "\x1b[18t", "\x1b[21t", "\x1b[?2026$p", "\x1bZ", "\x1bc", "\x1b#8", "\x1b(0", "\x0e",
    "\x1b]2;x\x1b\\", "\x1b]9;x\x07", "\x1b]52;c;?\x07", "\x1b]777;notify;a;b\x07", "\x1bP$qm\x1b\\", "\x1b[97;5u",
    "\x1bPtmux;\x1b\x1b]0;x\x07\x1b\\", "\x9b6n", "\x9d52;c;aGk=\x9c", "\x98sos\x9c", "\x9epm\x9c", "\x9fapc\x9c",
    "\x1b[<0;1;1M", "\x1b[M !!", "\x1bOP",
]  # fmt: skip
_MARKUP = [
    "[/x]", "[red]no[/red]", "[@click=app.quit]hi[/]", "[link=http://evil.example]x[/link]", "[[[[", "$x ${x} %s %d",
    "{call_emergency}", "{{7*7}}", "{text}", "<script>alert(1)</script>", "<!-- -->", "]]>", "&lt;", "\\x1b[31m",
    "[@click=app.leave]1[/]", "[@click=screen.action_continue]1", "[@click='app.exit(0)']1[/]", "[bold", "[/", "[/]",
    "[$primary]x[/]", "[on red]x", "[link='javascript:1']x[/link]", "[@mouse.down=app.bell]x[/]", "\\[red]x", "[]",
    "[red]]x[[/red]", "$text", "$var", "${var}", "[b][i][u]", "[#ff0000]x[/]", ":smiley:", "[@]x[/@]", "[1]", "[a=b]",
    "'; DROP TABLE answers; --", "=1+1", "@SUM(1)", "../../etc/passwd", "$(reboot)", "`reboot`", "|| true", "C:\\CON",
]  # fmt: skip
_NUMBERS = [
    "1e309", "NaN", "inf", "-0", "0x10", "٣", "三", "½", "1,5", "1.000", "9" * 5000, "-1", "+1", "1e400", "७",
    "3²", "①", "1/0", "0/0", "7/10/2", "1_000", "Ⅳ", "0b1", "1e-400", "٫٥", "１２",
]  # fmt: skip
_LONG = [
    "\u0336" * 1_000, "a" + "\u0300\u0316\u0336" * 1_000, "\u200b" * 2_000, "\U000e0041" * 500, "\u1161" * 500,
    "腰" * 1_000, "腰が痛い。" * 60, "שלום 12 " * 60, "ألم منذ ٣ أسابيع " * 40, "🇬🇧👍🏽" * 100, "W" * 300, "[" * 500,
    "[/" * 300, "[a]" * 300, "a" * 10_000, "no " * 5_000, "1," * 3_000, "a\u0301" * 2_000, "\u0301" * 2_000,
    "\U0001f468\u200d" * 500,
]  # fmt: skip
_ODD = [
    "腰が３日痛い", "ألم ٣ أسابيع", "כאב 3 שבועות", "ａｂｃ１２３", "\u1100\u1161\u11a8", "e\u0301", "\u00ad", "กำ",
    "1\ufe0f\u20e3", "\U0001f3f4\U000e0067\U000e0062\U000e007f", "\u2028", "\u3000", "\ufff9a\ufffa", "ｙｅｓ", "ⓨⓔⓢ",
    "\ud800", "\udfff", "no\ud800", "\ud83d", "\ufffe", "\uffff", "\ufdd0", "\ufffd", "e\u0301" * 3, "ﬀ", "İ", "ß", "ſ",
    "nо", "yеs", "\u2028no", "no\u2029yes", "no\x85yes", "مرحبا", "שלום", "Z̸͠a̵l̷g̶o̴", "🇬🇧", "👨‍👩‍👧", "ʼno", "“no”",
]  # fmt: skip
_WORDS = ("no", "yes", "1", "not sure", "3 weeks")

STRINGS = tuple(
    dict.fromkeys(
        [
            *(f"{mark}{word}" for mark, word in product([*_CONTROLS, *_BIDI, *_UNSEEN], _WORDS[:3])),
            *(f"{word}{mark}{word}" for mark, word in product([*_BIDI, *_UNSEEN], _WORDS)),
            *(f"{start}{word}{end}" for start, word, end in product(_SEQUENCES, ("", "no"), ("", "\x1b[0m"))),
            *_MARKUP,
            *_NUMBERS,
            *_LONG,
            *_ODD,
        ]
    )
)
LINES = tuple(text for text in STRINGS if "\n" not in text and "\r" not in text)
_NOT_UTF_8 = (b"\xff\xfe", b"\x80abc", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"no\x00yes", b"\x9b31m")
TYPED = (*_SEQUENCES, *_MARKUP, *_NUMBERS, *_ODD, *_BIDI, *_UNSEEN)
BYTES = (*(text.encode("utf-8", "surrogatepass") for text in TYPED), *_NOT_UTF_8)
