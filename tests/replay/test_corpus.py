"""The people a change is tried on: where they come from, and what is wrong with those who cannot be used."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from chatbot.case import Case, PlainValue
from chatbot.errors import InputError
from chatbot.packs.load import load_folder
from chatbot.packs.pack import Pack
from chatbot.recommendation.recommend import recommend
from chatbot.replay.corpus import (
    Line,
    at_random,
    everybody,
    fitted,
    least_case,
    of_archive,
    of_cases,
    of_single_facts,
    of_transcripts,
    of_vignettes,
)

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "transcripts" / "low_back_pain"
STORIES = ROOT / "transcripts" / "vignettes" / "low_back_pain"
ANKLE = ROOT / "tests" / "packs" / "ankle_injury"


def read(line: bytes) -> Line:
    """A line of an archive, without the checks of the shell."""
    found = json.loads(line)
    return found.get("id"), found["facts"], found.get("country", "any")


def test_a_conversation_is_its_case_at_its_end(pack: Pack) -> None:
    (person,) = of_transcripts([str(SCRIPTS / "change_early_answer_withdraws.yaml")], (pack,))
    assert not isinstance(person, InputError)
    assert person.source == "transcript"
    assert recommend(pack.rulebook, person.case).contradictions == ()


def test_a_conversation_that_no_version_can_play_is_told() -> None:
    (found,) = of_transcripts([str(SCRIPTS / "age_seventeen.yaml")], (load_folder(ANKLE),))
    assert isinstance(found, InputError)
    assert "age_seventeen" in str(found)


def test_people_have_distinct_ids_and_a_source(pack: Pack) -> None:
    people = [*of_cases(pack), *of_vignettes([str(STORIES)]), *of_single_facts(pack)]
    assert {person.source for person in people} == {"case", "vignette", "single fact"}
    for source in ("vignette", "single fact"):
        ids = [person.id for person in people if person.source == source]
        assert len(ids) == len(set(ids))


def test_who_states_the_same_in_both_versions_is_there_once(pack: Pack) -> None:
    once = {person.id for person in (*of_cases(pack), *of_single_facts(pack))}
    assert len(everybody(pack, pack, [], [])) <= len([*of_cases(pack), *of_single_facts(pack)])
    assert {person.id for person in everybody(pack, pack, [], []) if not isinstance(person, InputError)} <= once


def test_the_least_case_is_the_least_worrying_one(pack: Pack) -> None:
    result = recommend(pack.rulebook, Case.of_facts(least_case(pack.rulebook)))
    assert result.contradictions == ()
    assert result.level <= 1


def test_single_facts_stand_at_every_bound_and_beside_it(pack: Pack) -> None:
    ages = {
        value
        for person in of_single_facts(pack)
        if person.id.startswith("only age_years ")
        for answer in person.case.answers
        if isinstance(value := answer.values.get("age_years"), int)
    }
    assert {64, 65, 66, 0, 120} <= ages


def test_random_people_are_the_same_for_the_same_seed_in_any_portion(pack: Pack) -> None:
    books = (pack.rulebook,)
    whole = [person.case for person in at_random(books, 7, range(12))]
    parts = [person.case for start in (0, 5) for person in at_random(books, 7, range(start, 5 if not start else 12))]
    assert whole == parts
    assert whole != [person.case for person in at_random(books, 8, range(12))]
    assert len({len(case.answers) for case in whole}) > 1


def test_a_case_is_stated_without_what_a_version_does_not_have(pack: Pack) -> None:
    case = Case.of_facts({"age_years": 40, "shoe_size": 44, "trend": "sideways"}, "nz")
    found = fitted(case, pack.rulebook)
    assert found.left_out == ("shoe_size", "trend", "country nz")
    assert recommend(pack.rulebook, found.case).rule_state.values.keys() == {"age_years", "interview_mode"}


def test_an_archive_gives_its_people(pack: Pack) -> None:
    lines = [b'{"id": "a1", "facts": {"age_years": 40}, "country": "gb"}\n', b"\n", b'{"facts": {}}']
    one, other = of_archive(lines, read, (pack,), "old.jsonl")
    assert (one.id, one.case.country) == ("archive a1", "gb")
    assert other.id == "archive line 3"


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"sadle_sensation": "numb"}, "there is no fact 'sadle_sensation' in either version"),
        ({"saddle_sensation": "green"}, "fact 'saddle_sensation' takes one of"),
        ({"age_years": -1}, "fact 'age_years' lies from 0 to 120"),
    ],
)
def test_a_slip_in_an_archive_is_told_with_its_line(pack: Pack, facts: Mapping[str, PlainValue], says: str) -> None:
    lines = [b'{"facts": {}}\n', json.dumps({"facts": facts}).encode()]
    with pytest.raises(InputError, match=r"old\.jsonl:2: ") as caught:
        of_archive(lines, read, (pack,), "old.jsonl")
    assert says in str(caught.value)
