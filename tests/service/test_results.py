"""Facts in, recommendations out: good lines, bad lines in their place, and the keys of the output."""

import codecs
import json
from collections.abc import Iterable, Mapping

import pytest

from chatbot.case import PlainValue
from chatbot.errors import InputError
from chatbot.packs.pack import Pack
from chatbot.packs.schema import input_schema, output_schema
from chatbot.recommendation.output import Result
from chatbot.service.json_lines import MAX_LINE, read_object
from chatbot.service.results import Options, Reply, recommend_lines, simulate_lines, summary_lines

A_LIST = "this looks like a list; send one object a line, as `jq -c '.[]'` writes them"
FIRST_FOUR = [
    "schema", "id", "disposition", "level", "imaging", "imaging_level",
    "at_least", "at_most", "imaging_at_least", "imaging_at_most", "imaging_kinds",
    "settled",
    "decided_by", "imaging_by", "rules",
    "undecided", "not_asked", "not_sure", "contradictions",
]  # fmt: skip
IN_WORDS = [
    "referral", "advice", "medicines", "avoid", "follow_up", "safety_net", "citations", "sections", "also_cited",
    "audience", "language", "country", "status", "notice", "pack", "version", "digest",
]  # fmt: skip
SIMULATED = ["asked", "questions_asked", "ended", "unanswered"]


def line(facts: object, **more: object) -> bytes:
    return json.dumps({"facts": facts, **more}).encode()


def answered(pack: Pack, lines: Iterable[bytes], **options: object) -> list[Reply]:
    """The replies of `recommend`, each checked to be one line of strict JSON."""
    found = list(recommend_lines(pack, lines, Options(**options)))  # type: ignore[arg-type] # named in the test
    for reply in found:
        assert json.loads(reply.line(), parse_constant=lambda word: pytest.fail(word)) == reply.data
        assert "\n" not in reply.line()
        assert reply.line().isascii()
    return found


def one(pack: Pack, given: bytes, **options: object) -> dict[str, object]:
    (reply,) = answered(pack, [given], **options)
    return reply.data


def error(pack: Pack, given: bytes) -> str:
    """What is said of a bad line, which stands between two good ones that are answered."""
    good = line({"age_years": 40}, id="good")
    before, bad, after = answered(pack, [good, given, good])
    assert before.data == after.data
    assert before.data["id"] == "good"
    assert list(bad.data) == ["schema", "line", "id", "error"]
    assert bad.data["line"] == 2
    assert bad.error == f"line 2: {bad.data['error']}"
    return str(bad.data["error"])


def test_the_output_has_the_documented_keys_in_their_order(pack: Pack) -> None:
    facts = {"age_years": 40, "saddle_sensation": "numb"}
    data = one(pack, line(facts, id="a1"))

    assert list(data) == [*FIRST_FOUR, *IN_WORDS]
    Result.model_validate(data)
    assert data["id"] == "a1"
    assert (data["disposition"], data["level"], data["imaging"], data["imaging_level"]) == (
        "emergency_now",
        5,
        "emergency",
        6,
    )
    assert (data["at_least"], data["at_most"], data["settled"]) == (4, 5, False)
    assert data["decided_by"] == data["imaging_by"] == ["CES-1"]


def test_brief_gives_the_first_four_lines_only(pack: Pack) -> None:
    assert list(one(pack, line({"age_years": 40}), brief=True)) == FIRST_FOUR


def test_simulate_adds_what_was_asked(pack: Pack, well: Mapping[str, PlainValue]) -> None:
    (reply,) = simulate_lines(pack, [line(dict(well))], Options())
    data = reply.data
    assert list(data) == [*FIRST_FOUR, *IN_WORDS, *SIMULATED]
    Result.model_validate(data)
    assert data["ended"] == "complete"
    assert data["questions_asked"] == len(data["asked"])  # type: ignore[arg-type] # a list
    assert data["unanswered"] == []


def test_simulate_says_which_questions_the_facts_could_not_answer(pack: Pack) -> None:
    (reply,) = simulate_lines(pack, [line({"age_years": 40})], Options(brief=True))
    assert "saddle_sensation" in reply.data["unanswered"]  # type: ignore[operator] # a list
    assert reply.data["level"] == 4


def test_simulate_stops_at_an_emergency_and_below_the_age(pack: Pack, well: Mapping[str, PlainValue]) -> None:
    lines = [
        line({**well, "saddle_sensation": "numb", "cauda_symptom_timing": "new_or_worsening"}),
        line({**well, "age_years": 12}),
    ]
    numb, child = simulate_lines(pack, lines, Options(brief=True))
    assert numb.data["ended"] == "emergency"
    assert child.data["ended"] == "out_of_scope"


@pytest.mark.parametrize("word", ["unknown", "prefer_not"])
def test_every_fact_takes_unknown_and_prefer_not(pack: Pack, word: str) -> None:
    """Alone, it is answered, never scored below the least value, and said to be not known."""
    for name in pack.rulebook.facts:
        if name != "interview_mode":
            data = one(pack, line({name: word}), role="nurse")
            assert "error" not in data, (name, data)
            assert name in data["not_sure"], name  # type: ignore[operator] # a list


def test_a_number_may_be_an_interval_and_the_more_urgent_end_counts(pack: Pack) -> None:
    wide = one(pack, line({"age_years": {"from": 12, "to": 40}}), brief=True)
    child = one(pack, line({"age_years": 12}), brief=True)
    assert wide["level"] >= child["level"]  # type: ignore[operator] # numbers


def test_the_country_of_a_line_goes_before_the_one_of_the_command(pack: Pack) -> None:
    gb, us = answered(pack, [line({"age_years": 40}, country="gb"), line({"age_years": 40})], country="us")
    assert "999" in gb.line()
    assert "911" in us.line()
    assert gb.data["level"] == us.data["level"]


def test_a_role_sets_who_is_asked_unless_the_facts_do(pack: Pack) -> None:
    plain, nurse = answered(pack, [line({"interview_mode": "patient"}), line({})], role="nurse")
    assert (plain.data["audience"], nurse.data["audience"]) == ("patient", "clinician")


@pytest.mark.parametrize("case_id", ["a1", "", "é\ud800\x1b[31m", 0, -5, 10**25, None])
def test_an_id_is_repeated_as_it_was_given(pack: Pack, case_id: object) -> None:
    assert one(pack, line({"age_years": 40}, id=case_id))["id"] == case_id


@pytest.mark.parametrize("case_id", ["true", "1.5", "1e400", "[1]", "{}"])
def test_an_id_of_another_type_is_an_error_and_not_repeated(pack: Pack, case_id: str) -> None:
    said = error(pack, f'{{"id": {case_id}, "facts": {{}}}}'.encode())
    assert said == '"id" is a text or a whole number'


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (b"hello", "the line is not a JSON object: Expecting value at character 1"),
        (b'{"facts": {}', "the line is not a JSON object: Expecting ',' delimiter at character 13"),
        (b"[1, 2]", f"the line is not a JSON object: {A_LIST}"),
        (b"null", 'the line is not a JSON object; send {"facts": {...}}'),
        (b"{}", 'the object needs "facts", a mapping of fact names to values'),
        (b'{"facts": null}', 'the object needs "facts", a mapping of fact names to values'),
        (b'{"facts": []}', 'the object needs "facts", a mapping of fact names to values'),
        (b'{"fact": {}}', "there is no key 'fact' in an input object; did you mean 'facts'?"),
        (b'{"facts": {"age_year": 4}}', "there is no fact 'age_year'; did you mean 'age_years'?"),
        (b'{"facts": {"age_years": NaN}}', "NaN is not a JSON number"),
        (b'{"facts": {"age_years": Infinity}}', "Infinity is not a JSON number"),
        (b'{"facts": {"age_years": -Infinity}}', "-Infinity is not a JSON number"),
        (b'{"facts": {}, "facts": {}}', "the key 'facts' stands twice"),
        (b'{"facts": {"trend": "worse", "trend": "better"}}', "the key 'trend' stands twice"),
        (b'{"facts": {"age_years": 1' + b"0" * 400 + b"}}", "a number has more than 30 digits"),
        (b'{"facts": {"age_years": 1' + b"0" * 5000 + b"}}", "a number has more than 30 digits"),
        (b'{"facts": {}, "country": "atlantis"}', "there is no country 'atlantis'; use one of any, gb, us"),
        (b'{"facts": {}, "country": 7}', "there is no country '7'; use one of any, gb, us"),
        (b'{"facts": {"age_years": "\xff"}}', "the line is not UTF-8 text"),
        (b"\xff\xfe{}", "the line is not UTF-8 text; it looks like UTF-16"),
        (b'{\0"\0f\xff\0', "the line is not UTF-8 text; it looks like UTF-16"),
        (b"[" * 100_000, "the line is nested too deeply"),
        (b'{"facts": ' + b" " * MAX_LINE + b"{}}", f"the line is longer than {MAX_LINE} bytes; send smaller objects"),
    ],
)  # fmt: skip
def test_a_bad_line_is_answered_in_its_place(pack: Pack, given: bytes, said: str) -> None:
    assert error(pack, given) == said


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("age_years", "1e400"), ("age_years", "-1"), ("age_years", "121"), ("age_years", "4.5"), ("age_years", "true"),
        ("age_years", '"forty"'), ("age_years", "null"), ("age_years", "{}"), ("age_years", '{"from": 1}'),
        ("age_years", '{"from": 5, "to": 1}'), ("age_years", '{"from": 1, "to": 1e400}'), ("age_years", "[40]"),
        ("saddle_sensation", '"sadle"'), ("saddle_sensation", "1"), ("saddle_sensation", "null"),
        ("saddle_sensation", '["numb"]'), ("saddle_sensation", '"\\ud800"'), ("infection_risk", '"diabetes"'),
        ("infection_risk", '["nothing_like_it"]'), ("infection_risk", "[1]"), ("infection_risk", "{}"),
        ("interview_mode", '"robot"'), ("interview_mode", "1"), ("exam_temp_c", "1000"),
        ("age_years", "[" * 400 + "]" * 400),
    ],
)  # fmt: skip
def test_a_wrong_value_names_its_fact(pack: Pack, fact: str, value: str) -> None:
    assert f"fact '{fact}'" in error(pack, f'{{"facts": {{"{fact}": {value}}}}}'.encode())


def test_many_keys_do_not_take_long(pack: Pack) -> None:
    """A hundred thousand different keys, the last of them twice."""
    keys = ",".join(f'"{n}":1' for n in range(90_000))
    assert error(pack, f'{{"facts": {{{keys},"7":1}}}}'.encode()) == "the key '7' stands twice"


def test_empty_lines_are_passed_over_and_a_byte_order_mark_is_no_error(pack: Pack) -> None:
    good = line({"age_years": 40})
    replies = answered(pack, [b"\xef\xbb\xbf" + good + b"\r\n", b"\n", b"   \t \n", b"nonsense", good])
    assert [reply.error.partition(":")[0] for reply in replies] == ["", "line 4", ""]


def test_the_same_facts_in_another_order_give_the_same_output(pack: Pack, well: Mapping[str, PlainValue]) -> None:
    backwards = dict(reversed(well.items()))
    assert one(pack, line(dict(well))) == one(pack, line(backwards))


def test_a_reply_for_people_names_level_and_reason(pack: Pack) -> None:
    (reply,) = answered(pack, [line({"age_years": 40, "saddle_sensation": "numb"}, id=0)])
    text = list(summary_lines(reply))
    assert text[:2] == ["0: emergency_now, imaging emergency", "  decided by: CES-1"]
    assert "not a medical device" in text[-1]


def test_the_schemas_name_every_key_and_every_fact(pack: Pack) -> None:
    result = output_schema()["anyOf"][0]["properties"]
    assert list(result) == [*FIRST_FOUR, *IN_WORDS, *SIMULATED]
    assert list(input_schema(pack)["properties"]["facts"]["properties"]) == list(pack.rulebook.facts)


def test_the_json_says_what_the_summary_says_and_every_work_it_cites_is_in_it(pack: Pack) -> None:
    for case in pack.cases:
        for role in ("patient", "nurse"):
            (reply,) = answered(pack, [line({**case.given, "interview_mode": role}, country="gb")])
            assert reply.summary is not None
            said = json.loads(reply.line())
            sentences = [each for section in said["sections"] for each in section["sentences"]]
            shown = [each for section in reply.summary.sections for each in section.sentences]
            assert [(each["text"], each["because"]) for each in sentences] == [
                (each.text, list(each.said)) for each in shown
            ]
            assert all(each["origin"]["id"] for each in sentences)
            works = [work["id"] for work in (*said["citations"], *said["also_cited"])]
            assert len(works) == len(set(works))
            assert set(works) >= {cite for each in sentences for cite in each["cites"]}
            Result.model_validate(said)


@pytest.mark.parametrize(
    ("given", "shape"),
    [
        (b"{", "one object over several lines"),
        (b'{"facts": {', "one object over several lines"),
        (b'  "facts": {', "one object over several lines"),
        (b'    "age_years": 40,', "one object over several lines"),
        (b"  }", "one object over several lines"),
        (b"},", "one object over several lines"),
        (b"[", "a list"),
        (b'[{"facts": {}},', "a list"),
        (b"age_years,trend,sex", "a table from a spreadsheet"),
        (b"40;worse;male", "a table from a spreadsheet"),
        (b"40\tworse", "a table from a spreadsheet"),
        (b'{"facts": {}}\r{"facts": {}}', "a carriage return alone"),
    ],
)
def test_other_shapes_of_data_are_known_and_what_is_wanted_is_said(given: bytes, shape: str) -> None:
    for ending in (b"", b"\n", b"\r\n"):
        with pytest.raises(InputError, match=shape) as raised:
            read_object(given + ending)
        assert "send one object a line" in str(raised.value)


def test_a_mark_of_the_encoding_may_stand_where_any_file_began(pack: Pack) -> None:
    marked = codecs.BOM_UTF8 + b'{"facts": {}}\r\n'
    lines = [marked, codecs.BOM_UTF8 + b"\n", marked]
    assert [reply.error for reply in recommend_lines(pack, lines, Options(brief=True))] == ["", ""]
