"""Typed and pasted text is made harmless, and stays itself where it was harmless before."""

import itertools
import sys
import unicodedata
from random import Random
from unittest.mock import patch

import pytest

from chatbot.interview.reading import sanitise as module
from chatbot.interview.reading.sanitise import clean, fold, harmless

CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))]
BIDI = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)]
INVISIBLE = [
    chr(code)
    for code in (
        0xAD, 0x34F, 0x115F, 0x1160, 0x17B4, 0x180B, 0x180E, 0x200B, 0x200C, 0x200D, 0x2060, 0x2061,
        0x206F, 0x3164, 0xFE00,
        0xFE0F, 0xFEFF, 0xFFA0, 0xFFF9, 0xE0001, 0xE0020, 0xE007F, 0xE0100, 0xE01EF,
    )
]  # fmt: skip
NOT_CHARACTERS = [
    chr(code) for code in (0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF)
]

PAYLOADS = (
    "0;title",
    "2;x",
    "4;1;red",
    "8;;https://example.org",
    "10;?",
    "52;c;aGk=",
    "1337;File=:AA",
    "$qm",
    "Gi=1;AA",
)
STRING_STARTS = ("\x1b]", "\x1bP", "\x1b_", "\x1b^", "\x1bX", "\x9d", "\x90", "\x9f", "\x9e", "\x98")
STRING_ENDS = ("\x07", "\x1b\\", "\x9c", "")
CSI = (
    "31m",
    "2J",
    "1;1H",
    "?1049h",
    "6n",
    "c",
    ">0q",
    "200~",
    "201~",
    "?2026$p",
    "!p",
    " q",
    "1;31",
    "",
    "38:2::1:2:3m",
)
PLAIN_ESCAPES = (
    "\x1bc",
    "\x1b7",
    "\x1b(B",
    "\x1b#8",
    "\x1b%G",
    "\x1bOP",
    "\x1bN!",
    "\x1b",
    "\x1b\x1b",
    "\x1b=",
    "\x1b ",
)

HOSTILE = [
    *(form.format(char) for char in CONTROLS for form in ("{0}", "{0}{0}", "{0}pain{0}", "pa{0}in")),
    *(f"{start}{text}{end}" for start in STRING_STARTS[:6] for text in PAYLOADS for end in STRING_ENDS[:2]),
    *(f"{start}{PAYLOADS[0]}{end}pain" for start in STRING_STARTS for end in STRING_ENDS),
    *(f"{start}{body}pain" for start in ("\x1b[", "\x9b") for body in CSI),
    *(f"pain{escape}" for escape in PLAIN_ESCAPES),
    *(f"\x1bPtmux;\x1b{start}{PAYLOADS[5]}\x07\x1b\\" for start in STRING_STARTS[:2]),
    *(f"pa{char}in" for char in (*BIDI, *INVISIBLE, *NOT_CHARACTERS)),
    *(f"pa{char * 1000}in" for char in (*BIDI[:3], *INVISIBLE[:3], *NOT_CHARACTERS[:3])),
    *(f"p{mark * 1000}ain" for mark in ("\u0301", "\u0344", "\u0489", "\u20e3", "\u0316\u0301",
    "\u0301\u0316")),
    "\u202etxt.exe\u202c", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f1ec\U0001f1e7",
    "1\ufe0f\u20e3",
    "\x1b[200~no\r\x1b[201~yes\r", "[@click=app.quit]x[/]", "$var {0} %s {{x}}", "\r\n" * 500, " " * 5000,
    "\u2028\u2029",
    "a" * 1_000_000, "\n" * 1_000_000, "\x1b[" * 300_000, "\x1b]" * 300_000, "e\u0316\u0301" * 200_000,
    "\u0316\u0301" * 300_000,
]  # fmt: skip


def is_harmless(char: str) -> bool:
    if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
        return False
    return char not in (*BIDI, *INVISIBLE, *NOT_CHARACTERS)


def longest_run_of_marks(text: str) -> int:
    runs = itertools.groupby(text, key=lambda char: unicodedata.category(char).startswith("M"))
    return max((len(list(run)) for is_mark, run in runs if is_mark), default=0)


def test_there_are_hundreds_of_hostile_texts() -> None:
    assert len(HOSTILE) >= 500


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_nothing_hostile_is_left(number: int) -> None:
    made = clean(HOSTILE[number])
    assert all(map(is_harmless, set(made)))
    assert longest_run_of_marks(made) <= 2
    assert made == " ".join(made.split())
    assert len(made) <= 2000
    assert unicodedata.is_normalized("NFC", made)
    assert clean(made) == made


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_output_keeps_its_lines_and_nothing_hostile(number: int) -> None:
    made = harmless(HOSTILE[number])
    assert all(map(is_harmless, set(made) - {"\n"}))
    assert longest_run_of_marks(made) <= 2
    assert harmless(made) == made


def test_a_sequence_goes_with_its_payload_and_the_rest_stays() -> None:
    assert clean("\x1b[31mnumb\x1b[0m leg") == "numb leg"
    assert clean("a\x1b]0;title\x07b\x1b]8;;https://example.org\x1b\\c") == "abc"
    assert clean("a\x9d52;c;aGk=\x9cb\x9b2Jc") == "abc"
    assert clean("\x1bPtmux;\x1b\x1b]52;c;aGk=\x07\x1b\\pain") == "pain"
    assert clean("\x1b[\u200b31mpain") == "pain"


def test_an_unended_sequence_takes_no_more_than_its_line() -> None:
    assert clean("pain\x1b]0;title") == "pain"
    assert harmless("\x1b]0;title\nCall 999 now.") == "\nCall 999 now."


def test_lines_become_spaces_in_an_answer_and_stay_in_output() -> None:
    text = " one\r\ntwo\tthree\u2028four\x85five\rsix  seven "
    assert clean(text) == "one two three four five six seven"
    assert harmless(text) == "one\ntwo three\nfour\nfive\nsix seven"


def test_ordinary_writing_is_left_as_it_is() -> None:
    for text in (
        "It hurts here: 7/10!",
        "na\u00efve caf\u00e9",
        "\u75db\u3044",
        "\u0628\u0647 \u062f\u0631\u062f",
        "\U0001f622 38 \u00b0C",
        "[b]x[/b]",
    ):
        assert clean(text) == text
        assert harmless(text) == text


def test_text_is_composed_and_cut() -> None:
    assert clean("cafe\u0301") == "caf\u00e9"
    assert clean("ab cd", limit=3) == "ab"
    assert clean("x" * 3000, limit=10) == "x" * 10


def test_random_text_comes_out_harmless_and_the_second_cleaning_changes_nothing() -> None:
    random = Random(20260318)
    pieces = [
        "pain",
        " ",
        "e",
        *CONTROLS,
        *BIDI,
        *INVISIBLE,
        *NOT_CHARACTERS,
        *STRING_STARTS,
        "\u0301",
        "\u0344",
        "\ufb2c",
        "\u0958",
    ]
    for _ in range(2000):
        text = "".join(random.choice(pieces) for _ in range(random.randrange(1, 30)))
        text += "".join(chr(random.randrange(sys.maxunicode + 1)) for _ in range(5))
        made = clean(text)
        assert all(map(is_harmless, set(made)))
        assert clean(made) == made
        assert longest_run_of_marks(made) <= 2


def test_work_grows_with_the_length_alone() -> None:
    def looked_at(times: int) -> int:
        with patch.object(module, "_is_seen", wraps=module._is_seen) as seen:
            clean("\u0316\u0301e\x1b]0;\x9b" * times)
        return seen.call_count

    assert looked_at(2000) == 2 * looked_at(1000)


def test_runs_of_marks_are_shortened_before_they_are_put_in_order() -> None:
    with patch.object(unicodedata, "normalize", wraps=unicodedata.normalize) as normalize:
        clean("e" + "\u0301\u0316" * 100_000)
    assert [len(call.args[1]) for call in normalize.call_args_list] == [3]


def test_matching_sees_one_form_of_a_word() -> None:
    assert fold("  \uff2eo\u200b ") == fold("NO") == "no"
    assert fold("don\u2019t") == fold("DON`T") == "don't"
    assert fold("2\u20133 \u2212 4") == "2-3 - 4"
    assert fold("3\u00bd \u0663") == "3.5 3"


@pytest.mark.parametrize("text", ["3\u00b2", "1\u2460", "\u2153", "1\u2488", "\u2167", "\u2082"])
def test_a_figure_out_of_its_place_is_no_digit(text: str) -> None:
    assert "\ufffd" in fold(text)
