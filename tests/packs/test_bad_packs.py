"""Every kind of content error: what the loader says of it, word for word.

A file in bad/ names changes to a copy of the second complaint and the problems that must be reported, no more and
no less. A change gives a file and either find and replace, or content (repeated `times`), or `remove: yes`.
"""

from pathlib import Path

import pytest
import yaml

from chatbot.errors import PackError
from chatbot.packs.check_cases import check_cases
from chatbot.packs.load import load_folder
from chatbot.packs.strict_yaml import MAX_BYTES, MAX_PROBLEMS
from tests.support.copies import problems_of

BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))
KEYS = {"find": {"file", "find", "replace"}, "content": {"file", "content", "times"}, "remove": {"file", "remove"}}


def changed(folder: Path, change: dict[str, str]) -> None:
    path = folder / change["file"]
    if "remove" in change:
        path.unlink()
    elif "content" in change:
        path.parent.mkdir(exist_ok=True)
        path.write_text(change["content"] * int(change.get("times", "1")))
    else:
        text = path.read_text()
        assert text.count(change["find"]) == 1, f"{change['find']!r} stands {text.count(change['find'])} times"
        path.write_text(text.replace(change["find"], change["replace"]))


def said(folder: Path) -> list[str]:
    """Every problem of a pack, its cases included, with the folder shown as PACK."""
    problems = problems_of(folder)
    if not problems:
        pack = load_folder(folder)
        problems = check_cases(pack.cases, pack.rulebook)
    return [str(problem).replace(folder.as_posix(), "PACK") for problem in problems]


@pytest.mark.parametrize("golden", BAD, ids=lambda path: path.stem)
def test_a_bad_pack_is_told_what_is_wrong_where_and_how_to_mend_it(golden: Path, ankle: Path) -> None:
    case = yaml.load(golden.read_text(), Loader=yaml.BaseLoader)  # plain text only
    assert case.keys() == {"about", "changes", "problems"}
    for change in case["changes"]:
        changed(ankle, change)
    assert said(ankle) == case["problems"]


def test_every_kind_of_change_is_spelled_as_described() -> None:
    for golden in BAD:
        for change in yaml.load(golden.read_text(), Loader=yaml.BaseLoader)["changes"]:
            kind = next(key for key in KEYS if key in change)
            assert set(change) <= KEYS[kind], golden


def test_there_is_an_example_for_each_sort_of_error() -> None:
    assert len(BAD) >= 45


def test_the_second_complaint_itself_has_no_problem(ankle: Path) -> None:
    assert said(ankle) == []


def test_a_problem_never_repeats_an_endless_word(ankle: Path) -> None:
    path = ankle / "rules.yaml"
    path.write_text(path.read_text().replace("term: sore_bone", "term: " + "x" * 100_000))
    (problem,) = problems_of(ankle)
    assert len(problem.text) < 200


def test_problems_are_capped(ankle: Path) -> None:
    many = "".join(f"  R{n}: {{level: nowhere}}\n" for n in range(3000))
    (ankle / "rules.yaml").write_text("rules:\n" + many)
    assert len(problems_of(ankle)) == MAX_PROBLEMS


def test_a_file_over_the_limit_is_not_read(ankle: Path) -> None:
    with (ankle / "claims.yaml").open("ab") as handle:
        handle.truncate(MAX_BYTES + 1)
    assert [problem.code for problem in problems_of(ankle)] == ["Y003"]


def test_a_folder_in_the_place_of_a_file_is_a_missing_file(ankle: Path) -> None:
    (ankle / "rules.yaml").unlink()
    (ankle / "rules.yaml").mkdir()
    assert [problem.code for problem in problems_of(ankle)] == ["P000"]


def test_an_empty_folder_misses_every_file(tmp_path: Path) -> None:
    with pytest.raises(PackError) as caught:
        load_folder(tmp_path)
    assert {problem.code for problem in caught.value.problems} == {"P000"}
    assert len(caught.value.problems) == 12


def test_terms_that_grow_without_measure_are_refused_before_they_are_written_out(ankle: Path) -> None:
    doubling = "".join(f"  t{n}: {{any: [{{term: t{n - 1}}}, {{term: t{n - 1}}}]}}\n" for n in range(1, 60))
    chain = "".join(f"  c{n}: {{any: [{{term: c{n - 1}}}]}}\n" for n in range(1, 3000))
    first = "{is: {bone_showing: yes}}"
    with (ankle / "terms.yaml").open("a") as handle:
        handle.write(f"  t0: {first}\n{doubling}  c0: {first}\n{chain}")
    assert {problem.code for problem in problems_of(ankle)} == {"C011"}
