"""`triage hear`: one answer for each line, in JSON and in words."""

import json

from tests.test_cli import run


def test_hear_answers_every_line_and_ends_with_two_when_one_was_bad() -> None:
    lines = [
        {"id": 1, "question": "saddle_sensation", "say": "completely numb"},
        {"id": "b", "say": "my foot flops and I am numb between my legs"},
        {"id": 3, "question": "right_now", "line": "jaundice", "say": "no"},
        {"id": 4, "question": "no_such", "say": "x"},
        {"id": 5, "question": "right_now", "line": "no_such", "say": "x"},
        {"id": 6, "line": "jaundice", "say": "x"},
        {"id": 7, "say": 7},
        {"id": 8, "says": "x"},
        {"id": 9, "question": "saddle_sensation", "say": "can I talk to a human"},
    ]
    done = run("hear", "--json", typed=b"\n".join(json.dumps(line).encode() for line in lines) + b"\n\nno json\n")
    out = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 2
    assert [line.get("id") for line in out] == [1, "b", 3, 4, 5, 6, 7, 8, 9, None]
    assert out[0] == {
        "schema": 1, "id": 1, "understood": True, "values": {"saddle_sensation": "numb"}, "proposed": {}, "either": [],
        "raised": [], "reply": None,
    }  # fmt: skip
    assert out[1]["raised"] == ["saddle_sensation", "leg_weakness"]
    assert out[2]["values"] == {"other_emergency_signs": []}
    assert all("error" in line for line in (*out[3:8], out[9]))
    assert out[8]["reply"] == "human"
    assert len(done.stderr.splitlines()) == 6


def test_hear_says_in_words_what_it_heard_and_why_not() -> None:
    said = "my gran was numb down below. I just ache"
    done = run("hear", typed=json.dumps({"say": said}).encode())
    assert done.returncode == 0
    assert done.stdout.decode().splitlines() == [
        f'"{said}"',
        "  not understood",
        '  seen and not counted: "numb down below" as saddle_sensation numb, since other: gran',
    ]
