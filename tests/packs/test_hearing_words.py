"""The words that a pack hears: read when they are first needed, and each fault told at its line."""

from pathlib import Path

import pytest

from chatbot.errors import PackError
from chatbot.interview.hearing.hear import hear
from chatbot.packs.archive import packed, unpacked
from chatbot.packs.check_hearing import check_hearing
from chatbot.packs.lexicons import lexicon
from chatbot.packs.load import load_folder, load_pack

WHOLE = """language: en
parts:
  toes: [toe, toes]
classes:
  pale: [pale, white]
  blue: [blue]
  bone: [bone]
findings:
  foot_now:
    values:
      pale: {any: ["pale toes"]}
      blue: {any: ["blue toes"], not: ["'pink' toes"]}
      bone: {any: ["bone"]}
    raises: [pale, blue, bone]
"""
FAULTS = {
    "a_class_twice": (
        "  blue: [blue]\n",
        "  blue: [blue]\n  toes: [x]\n",
        "there are two classes called 'toes'",
        "R001",
    ),
    "a_class_of_the_program": (
        "  blue: [blue]\n",
        "  blue: [blue]\n  worse: [bad]\n",
        "'worse' is a class of the program",
        "R002",
    ),
    "no_word": (
        "pale: [pale, white]",
        'pale: [pale, "!"]',
        "has no word in it",
        "R003",
    ),
    "no_rule": (
        '"pale toes"',
        '"pale, toes"',
        "is no part of a rule",
        "R004",
    ),
    "no_such_class": (
        '"pale toes"',
        '"pail toes"',
        "there is no class 'pail'; did you mean 'pale'?",
        "R005",
    ),
    "unused": (
        "  blue: [blue]\n",
        "  blue: [blue]\n  red: [red]\n",
        "no rule uses the class 'red'",
        "R006",
    ),
    "no_such_line": (
        "      bone: {any",
        "      bones: {any",
        "there is no key 'bones' here; did you mean 'bone'?",
        "P002",
    ),
    "no_such_fact": (
        "  foot_now:\n",
        "  foot_then:\n",
        "there is no key 'foot_then' here",
        "P002",
    ),
    "raises_nothing": (
        "raises: [pale,",
        "raises: [pail,",
        "'pail' is no value of it; did you mean 'pale'?",
        "P006",
    ),
    "unheard": (
        '      bone: {any: ["bone"]}\n',
        '      bone: {here: ["bone"]}\n',
        "no rule hears 'bone_showing: yes' anywhere",
        "R007",
    ),
    "a_denying_word": (
        "bone: [bone]",
        "bone: [bone, never]",
        "the class 'bone' holds 'never', which denies",
        "R008",
    ),
}


def with_words(folder: Path, words: str) -> Path:
    (folder / "hearing").mkdir()
    (folder / "hearing" / "en.yaml").write_text(words)
    return folder


def test_words_without_a_fault_are_heard(ankle: Path) -> None:
    pack = load_folder(with_words(ankle, WHOLE))
    assert check_hearing(pack) == ()
    words = lexicon(pack)
    assert words is not None
    assert hear(words, "my toes have gone blue").raised == ("foot_now",)
    assert lexicon(pack) is words


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_fault_is_told_where_it_is_and_how_to_mend_it(ankle: Path, fault: str) -> None:
    find, replace, says, code = FAULTS[fault]
    assert WHOLE.count(find) == 1
    problems = check_hearing(load_folder(with_words(ankle, WHOLE.replace(find, replace))))
    told = [problem for problem in problems if says in problem.text]
    assert [problem.code for problem in told] == [code]
    assert told[0].file.endswith("hearing/en.yaml")
    assert (told[0].line > 1) == (code not in ("R007", "R008", "R009"))


def test_what_is_typed_for_one_option_is_not_recorded_as_another(ankle: Path) -> None:
    wording = ankle / "wording" / "en.yaml"
    place = "  standing:\n    patient:\n"
    assert wording.read_text().count(place) == 1
    typed = place.replace("    patient:", "    typed: {limping: [i hobble]}\n    patient:")
    wording.write_text(wording.read_text().replace(place, typed))
    standing = "  standing:\n    values: {easily: {here: [\"'hobble'\"]}}\n"
    folder = with_words(ankle, WHOLE + standing)
    (problem,) = check_hearing(load_folder(folder))
    assert problem.code == "R009"
    assert problem.text == "'i hobble' is typed for standing: limping, and is heard as {'standing': 'easily'}"


def test_a_pack_without_words_works_and_hears_nothing(ankle: Path) -> None:
    pack = load_folder(ankle)
    assert lexicon(pack) is None
    assert check_hearing(pack) == ()


def test_broken_words_are_told_when_they_are_needed_and_not_before(ankle: Path) -> None:
    pack = load_folder(with_words(ankle, "language: [en"))
    with pytest.raises(PackError):
        lexicon(pack)
    assert check_hearing(pack) != ()


def test_another_file_of_that_folder_is_none_of_a_pack(ankle: Path) -> None:
    with_words(ankle, WHOLE)
    (ankle / "hearing" / "notes.txt").write_text("x")
    with pytest.raises(PackError, match="a pack has no such file"):
        load_folder(ankle)


def test_a_pack_kept_with_a_case_keeps_its_words(ankle: Path) -> None:
    pack = load_folder(with_words(ankle, WHOLE))
    kept = packed(pack)
    assert kept is not None
    words = lexicon(unpacked(kept, pack.digest))
    assert words is not None
    assert hear(words, "white toes").raised == ("foot_now",)


def test_the_shipped_words_have_no_fault() -> None:
    assert check_hearing(load_pack()) == ()
