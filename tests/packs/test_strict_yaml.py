import random
import sys
import time
from pathlib import Path

import pytest
import yaml

from chatbot.packs import strict_yaml
from chatbot.packs.strict_yaml import (
    MAX_DIGITS,
    MAX_PROBLEMS,
    parse,
    read,
)
from tests.support.strict_reading import data, only, problems
from tests.support.strict_reading import loader as loader

PACKS = Path(__file__).parents[2] / "dialogs"

# fmt: off
WORDS = [
    "no", "off", "yes", "on", "y", "n", "012", "0o7", "0x10", "1:30", "12:30:45", "~", ".inf", "-.inf",
    ".nan", "1_000", "2024-01-31", "+1", ".5", "1.", "01.5", "1e", "True", "FALSE", "Null", "NaN",
    "Infinity", "=", "<<", "-x", "--1", "1,5", "1/2", "1 000", "\u0661",
]
# fmt: on
NUMBERS = {"0": 0, "-7": -7, "42": 42, "1.5": 1.5, "-0.25": -0.25, "1e3": 1000.0, "2.5E-1": 0.25}
CONSTANTS = {"true": True, "false": False, "null": None, "9" * MAX_DIGITS: 10**MAX_DIGITS - 1}


@pytest.mark.parametrize("word", WORDS)
def test_a_plain_word_is_text_unless_json_says_otherwise(word: str) -> None:
    assert data(f"a: {word}") == {"a": word}


@pytest.mark.parametrize(("word", "value"), [*NUMBERS.items(), *CONSTANTS.items()])
def test_json_numbers_and_words_keep_their_json_type(word: str, value: object) -> None:
    found = data(f"- {word}")
    assert found == [value]
    assert isinstance(found, list)
    assert type(found[0]) is type(value)


@pytest.mark.parametrize("quoted", ["'1'", '"1"', "|-\n  1", ">-\n  1", '"\\x31"'])
def test_quoted_and_block_scalars_are_text(quoted: str) -> None:
    assert data(f"a: {quoted}") == {"a": "1"}


def test_an_empty_text_is_written_with_quotes() -> None:
    assert data("a: ''\nb: \"\"") == {"a": "", "b": ""}


def test_keys_are_always_text() -> None:
    keys = ["1", "true", "null", "no", "1.5"]
    assert data("".join(f"{key}: a\n" for key in keys)) == dict.fromkeys(keys, "a")


def test_flow_and_block_collections_nest() -> None:
    text = "rules:\n  A:\n    when: {all: [{term: x}, {is: {y: yes}}]}\n  B: [1, [], {}]\n"
    when = {"all": [{"term": "x"}, {"is": {"y": "yes"}}]}
    assert data(text) == {"rules": {"A": {"when": when}, "B": [1, [], {}]}}


def test_one_document_may_have_its_start_and_end_marked() -> None:
    assert data("# heading\n---\na: 1\n...\n") == {"a": 1}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_change_what_is_read(end: str) -> None:
    text = "a: |\n  one\n  two\nb:\n  - 'x\n    y'\n".replace("\n", end)
    document, _ = parse(text.encode(), "f.yaml")
    assert document is not None
    assert document.data == {"a": "one\ntwo\n", "b": ["x y"]}
    assert document.line("b", 0) == 5


def test_text_beyond_ascii_is_kept() -> None:
    assert data("a: 38 °C, naïve 😀 ❤️") == {"a": "38 °C, naïve 😀 ❤️"}
    assert data("\u00e9: 1".encode()) == {"\u00e9": 1}


def test_every_key_and_item_has_its_line() -> None:
    text = "# c\na:\n  b: 1\n  c:\n    - x\n    - d: 2\n      e: |\n        t\nf: {g: 1,\n  h: [2]}\n"
    document, _ = parse(text, "f.yaml")
    assert document is not None
    by_line = [(line, ".".join(map(str, path))) for path, line in document.lines.items()]
    block = [(2, "a"), (3, "a.b"), (4, "a.c"), (5, "a.c.0"), (6, "a.c.1"), (6, "a.c.1.d"), (7, "a.c.1.e")]
    assert by_line == [*block, (9, "f"), (9, "f.g"), (10, "f.h"), (10, "f.h.0")]


def test_an_unknown_path_has_the_line_of_its_nearest_ancestor() -> None:
    document, _ = parse("\na:\n  b: 1\n", "f.yaml")
    assert document is not None
    assert document.line("a", "b") == 3
    assert document.line("a", "b", "c", 0) == 3
    assert document.line("a", "z") == 2
    assert document.line("z") == 1
    assert document.line() == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: [2\nc: 3\n", [(3, "Y001")]),
        ("a: b: c\n", [(1, "Y001")]),
        ("a: 1\n\tb: 2\n", [(2, "Y001")]),
        ("a: @x\n", [(1, "Y001")]),
        ('a: 1\nb: "x\n\n\n', [(2, "Y001")]),
        ('a: "\\q"', [(1, "Y001")]),
        ("a: 1\nword\nb: 2\n", [(2, "Y001")]),
        ("a: 1\n...\nb: 2\n", [(3, "Y001")]),
        ("%YAML 1.1\n---\na: 1\n", [(1, "Y001")]),
        ("# c\n%TAG ! tag:x,2000:\n---\na: 1\n", [(2, "Y001")]),
        ("%OTHER x\n---\na: 1\n", [(1, "Y001")]),
        ("a: &x 1\nb: *x\n", [(1, "Y006"), (2, "Y006")]),
        ("a: *x\n", [(1, "Y006")]),
        ("*x : 1\n", [(1, "Y006"), (1, "Y014")]),
        ("- !!str 1\n- !own {a: 1}\n- ! x\n- !!set [a]\n", [(n, "Y007") for n in (1, 2, 3, 4)]),
        ("!!python/object/apply:os.system ['true']\n", [(1, "Y007")]),
        ("a:\n  <<: {b: 1}\n", [(2, "Y008")]),
        ("a: 1\n---\nb: 2\n", [(2, "Y009")]),
        ("a: 1\n---\n", [(2, "Y009")]),
        ("a: 1\nb: 2\na: 3\n'a': 4\n", [(3, "Y010"), (4, "Y010")]),
        ("1: a\n'1': b\n", [(2, "Y010")]),
        ("a: {x: 1, x: 2}\nb:\n- y: 1\n  y: 2\n", [(1, "Y010"), (4, "Y010")]),
        ("a:\nb: 1\nc:\n", [(1, "Y012"), (3, "Y012")]),
        ("- a\n-\n- {b, c: }\n", [(2, "Y012"), (3, "Y012"), (3, "Y012")]),
        ("- 1e999\n- -1e999\n- 1234567890123456\n- -1234567890123456\n", [(n, "Y013") for n in (1, 2, 3, 4)]),
        ("- " + "9" * 100_000, [(1, "Y013")]),
        ("? [a, b]\n: 1\n? {c: d}\n: 2\n", [(1, "Y014"), (3, "Y014")]),
        ("? |\n  a\n: 1\n'': 2\n", [(1, "Y014"), (4, "Y014")]),
    ],
)
def test_what_leaves_the_plain_part_of_yaml_is_refused(text: str, expected: list[tuple[int, str]]) -> None:
    assert problems(text) == expected


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "--- # nothing\n...\n", "   "])
def test_a_file_that_says_nothing_is_refused(text: str) -> None:
    assert [code for _, code in problems(text)] == ["Y015"]


def test_a_merge_key_in_quotes_is_a_word() -> None:
    assert data("'<<': 1") == {"<<": 1}


def test_all_problems_are_reported_at_once_in_line_order_up_to_a_syntax_error() -> None:
    text = "a: &x 1\nb:\nc: !t 2\na: 3\nd: \u202ey\ne: 1e999\n<<: *x\nf: [\ng: 1\n"
    expected = ["Y006", "Y012", "Y007", "Y010", "Y011", "Y013", "Y006", "Y008", "Y001"]
    found = problems(text)
    assert [code for _, code in found] == expected
    assert [line for line, _ in found][:-1] == [1, 2, 3, 4, 5, 6, 7, 7]


def test_a_problem_says_what_is_wrong_and_how_to_mend_it() -> None:
    assert str(only("uses: a\nb: c\nuses: d\n")) == (
        "f.yaml:3: 'uses' stands twice in this mapping (first at line 1); keep one [Y010]"
    )
    assert only("a:\n").text == "'a' has no value; write one, or null, or quotes for an empty text"
    assert only("a: *bold*\n").text == "a '*' or '&' starts a word here; quote the text"
    assert only("a: *bold\n").text == "'*bold' is an alias or anchor; write the value out, or quote the text"


def test_a_problem_never_repeats_a_hidden_or_endless_text() -> None:
    found = parse('"a\\u202e\\n' + "x" * 500 + '": 1\n"a\\u202e\\n' + "x" * 500 + '": 2\n', "f.yaml")[1]
    assert {one.code for one in found} == {"Y010", "Y011"}
    assert all(one.text.isprintable() and len(one.text) < 200 for one in found)


def test_problems_are_capped() -> None:
    assert len(problems("\n".join(f"- &a{n} x" for n in range(3000)))) == MAX_PROBLEMS


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b"\xef\xbb\xbfa: 1\n", 1),
        ("a: 1\n".encode("utf-16"), 1),
        ("a: 1\n".encode("utf-16-le"), 1),
        ("a: 1\n".encode("utf-32"), 1),
        ("a: 1\r\nb: caf\u00e9\r\n".encode("latin-1"), 2),
        (b"a: 1\nb: x\x00\n", 2),
        (b"a: 1\n\nb: \xed\xa0\x80\n", 3),
        (b"a: \xc0\xaf\n", 1),
    ],
)
def test_bytes_that_are_not_plain_utf_8_are_refused(raw: bytes, line: int) -> None:
    assert problems(raw) == [(line, "Y002")]


@pytest.mark.parametrize("text", ["\ufeffa: 1", "a: \ud800", "a: x\0"])
def test_text_given_as_str_obeys_the_same_encoding_rules(text: str) -> None:
    assert problems(text) == [(1, "Y002")]


# fmt: off
HIDDEN = [
    0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0x200E, 0x200F, 0x061C, 0x200B,
    0x200C, 0x200D, 0x2060, 0xFEFF, 0xE0001, 0xE0041, 0xE007F, 0x01, 0x07, 0x08, 0x0B, 0x0C, 0x1B, 0x7F,
    0x80, 0x85, 0x9F, 0x2028, 0x2029, 0xAD,
]
# fmt: on


@pytest.mark.parametrize("code", HIDDEN, ids=hex)
def test_a_hidden_character_is_refused_on_its_line_wherever_it_stands(code: int) -> None:
    sign = chr(code)
    text = f"a: 1\nb: x{sign}y\nc: 2 # {sign}\n{sign}d: |\n  t\n"
    assert problems(text) == [(2, "Y011"), (3, "Y011"), (4, "Y011")]
    assert f"U+{code:04X}" in only(f"a: {sign}x").text


@pytest.mark.parametrize("escape", [r"\u202e", r"\u200b", r"\0", r"\e", r"\r", r"\N", r"\L", r"\x07"])
def test_an_escape_cannot_make_a_hidden_character(escape: str) -> None:
    assert problems(f'a: 1\nb: "x{escape}y"\n"k{escape}": 1\n') == [(2, "Y011"), (3, "Y011")]


def test_escapes_for_lines_and_tabs_are_text() -> None:
    assert data('a: "x\\n\\ty"') == {"a": "x\n\ty"}


@pytest.mark.parametrize("escape", ["\\ud800", "\\U00110000", "\\Uffffffff"])
def test_an_escape_beyond_unicode_is_a_problem_not_a_crash(escape: str) -> None:
    assert {code for _, code in problems(f'a: "{escape}"')} <= {"Y001", "Y011"}


def words(value: object) -> object:
    """Write every scalar as text in one form, so that two readers can be compared."""
    if isinstance(value, dict):
        return {key: words(one) for key, one in value.items()}
    if isinstance(value, list):
        return [words(one) for one in value]
    try:
        return float(str(value))
    except ValueError:
        return {"True": "true", "False": "false", "None": "null"}.get(str(value), str(value))


@pytest.mark.parametrize("file", sorted(PACKS.rglob("*.yaml")), ids=lambda file: str(file.relative_to(PACKS)))
def test_every_pack_file_says_to_us_what_it_says_to_pyyaml(file: Path) -> None:
    document, found = read(file, file.name)
    assert found == ()
    assert document is not None
    assert words(document.data) == words(yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader))


SEED = "a: {b: [1, 'x', \"y\\n\"], c: null}\nd:\n  - e: |\n      text\n    f: 1.5\n  - [g, h]\n# end\n"
TOKENS = [*"[]{},:-?&*!|>'\"%@`#\\ \n\t", "\r\n", "---\n", "...\n", "<<: ", "\u202e", "\0", "\ufeff"]


def test_mutations_are_read_or_refused_and_never_crash() -> None:
    chance = random.Random(7)
    for _ in range(3000):
        text = SEED
        for _ in range(chance.randint(1, 4)):
            start = chance.randrange(len(text))
            text = text[:start] + chance.choice(["", *TOKENS]) + text[start + chance.randint(0, 2) :]
        document, found = parse(text, "f.yaml")
        assert (document is None) == bool(found), text
        assert list(found) == sorted(set(found))
        assert all(1 <= one.line <= text.count("\n") + text.count("\r") + 2 for one in found), text


def test_a_file_of_300_kilobytes_is_read_and_its_time_is_shown() -> None:
    rule = "    when: {all: [{term: x}, {is: {y: yes}}]}\n    level: same_day\n    cites: [S1-01, S1-02]\n"
    text = "rules:\n" + "".join(f"  R{n}:\n{rule}" for n in range(3000))
    started = time.perf_counter()
    document, _ = parse(text, "f.yaml")
    taken = time.perf_counter() - started
    sys.stdout.write(f"{len(text) // 1000} KB in {1000 * taken:.0f} ms with {strict_yaml._LOADER.__name__}\n")
    assert document is not None
    assert len(document.lines) == 1 + 3000 * 12


@pytest.mark.parametrize(
    "text",
    [
        "a: call 999 #now\n",
        "a: X # y\n",
        "a: one\n  two # three\n",
        "- say it   # loudly\n",
        "a: {b: no! # c\n}\n",
        "a: [b c # d\n]\n",
        "x: 1\na: ü é ñ # o\n",
    ],
)
def test_a_comment_that_would_cut_a_text_short_is_refused(text: str) -> None:
    (found,) = parse(text, "f.yaml")[1]
    assert found.code == "Y017"
    assert "quote the text" in found.text
    assert found.line == text[: text.index("#")].count("\n") + 1


@pytest.mark.parametrize(
    "text",
    ['a: "x" # y', "a: 'x # y'", "a: 1 # y", "level: same_day  # y",
     "a: true # y", "a: null # y", "a: # y\n  b: 1", "a: x#y", "# y\na: x",
     "a: [b] # y", "a: |  # y\n  t # u\n", "a:\n  # y\n  b: x\n  # z\n"],
)  # fmt: skip
def test_a_comment_that_cuts_nothing_is_none_of_anybodys_business(text: str) -> None:
    assert parse(text, "f.yaml")[1] == ()


SPACES, QUOTES = (0xA0, 0x2003, 0x2007, 0x202F, 0x3000), (0x201C, 0x201D, 0x201E, 0x2018, 0x2019, 0xAB, 0x203A)


@pytest.mark.parametrize("code", SPACES, ids=hex)
@pytest.mark.parametrize(
    "text",
    [
        "a:\n_ b: 1\n",
        "a:\n  # c\n\n_ b: 1\n",
        "a: {b:_c, d: e}\n",
        "a:_\n  b: 1\n",
        "a: b\n_ c: d\n",
        "a:_b\n",
        "-_b\n",
        "a: 1\n_b: 2\n",
        "a:\n  b: 1\n _c: 2\n",
        "a: b_#c\n",
    ],
)
def test_a_space_that_is_none_for_yaml_is_named_where_one_has_to_stand(text: str, code: int) -> None:
    found = parse(text.replace("_", chr(code)), "f.yaml")[1]
    line = text[: text.index("_")].count("\n") + 1
    assert [(one.line, one.code) for one in found] == [(line, "Y018")]
    assert f"U+{code:04X}" in found[0].text


@pytest.mark.parametrize("code", SPACES, ids=hex)
def test_what_does_not_follow_from_a_space_that_is_none_is_told_beside_it(code: int) -> None:
    text = "a:\nb: 1\nc:\n_ d: 1\ne: 1\ne: 2\n".replace("_", chr(code))
    found = parse(text, "f.yaml")[1]
    assert [(one.line, one.code) for one in found] == [(1, "Y012"), (4, "Y018"), (6, "Y010")]


@pytest.mark.parametrize("code", QUOTES, ids=hex)
@pytest.mark.parametrize("text", ["a: _b\n", "a: _b: c_\n", "- _b_\n", "_a_: 1\n", "a: {_b_: 1}\n", "a: [_b_]\n"])
def test_a_curly_quote_is_named_where_a_straight_one_was_meant(text: str, code: int) -> None:
    found = parse(text.replace("_", chr(code)), "f.yaml")[1]
    assert {one.code for one in found} == {"Y018"}
    assert f"U+{code:04X}" in found[0].text


@pytest.mark.parametrize("sign", [chr(code) for code in (*SPACES, *QUOTES)], ids=ascii)
def test_within_a_text_such_a_character_is_a_part_of_it(sign: str) -> None:
    assert data(f'a: "{sign}x{sign}"\nb: x{sign}y\nc: |\n  {sign}x\n') == {
        "a": f"{sign}x{sign}",
        "b": f"x{sign}y",
        "c": f"{sign}x\n",
    }


def test_what_only_an_author_has_to_mend_keeps_no_file_from_being_read_that_was_read_before() -> None:
    """A pack kept with a case was written before these were refused."""
    found, told = parse("a: X # y\nb: “z”\n", "f.yaml", for_authors=False)
    assert (found and found.data, told) == ({"a": "X", "b": "“z”"}, ())
    for text in ("a: “b: c”\n", "a: 1\na: 2\n"):
        assert [one.code for one in parse(text, "f.yaml", for_authors=False)[1]] != []
