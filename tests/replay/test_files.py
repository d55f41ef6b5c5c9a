"""Which files a path stands for, and what becomes of a transcript that cannot be played."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from chatbot.errors import InputError, PackError, Problem
from chatbot.packs.pack import Pack
from chatbot.replay.files import Outcome, Player, Script, junit, scripts, transcript_files
from chatbot.replay.parallel import play_all
from chatbot.replay.paths import yaml_files
from tests.support.replaying import replay

FAINT = "pack: low_back_pain\nturns:\n  - {ask: right_now, say: '2'}\nexpect: {level: emergency_now}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two transcripts, a vignette, and a note; the working folder is there."""
    for name in ("b.yaml", "a.yaml", "deep/er/c.yaml", "vignettes/v.yaml", "deep/vignettes/w.yaml", "note.txt"):
        path = tmp_path / "set" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(FAINT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(*names: str) -> list[str]:
    """The files of names, or why there are none."""
    return [script.fault or script.file for script in scripts(names)]


@pytest.mark.usefixtures("folder")
def test_a_folder_is_searched_to_the_ground_in_order_without_vignettes() -> None:
    """Only files that end in .yaml."""
    assert found("set") == ["set/a.yaml", "set/b.yaml", "set/deep/er/c.yaml"]
    assert [path.name for path in transcript_files(["set"])] == ["a.yaml", "b.yaml", "c.yaml"]


@pytest.mark.usefixtures("folder")
def test_names_keep_their_order_and_count_once() -> None:
    """However often they are named."""
    assert found("set/b.yaml", "set", "./set/a.yaml") == ["set/b.yaml", "set/a.yaml", "set/deep/er/c.yaml"]


@pytest.mark.parametrize("pattern", ["set/**/*.yaml", "set/*", "./s*t/**/*.yaml", "set/[abd]*"])
def test_a_pattern_that_the_shell_left_alone_is_worked_out(folder: Path, pattern: str) -> None:
    """As a shell with ** would, and without the vignettes."""
    (folder / "set" / "note.txt").unlink()
    assert sorted(found(pattern)) == ["set/a.yaml", "set/b.yaml", "set/deep/er/c.yaml"]


def test_a_file_whose_name_looks_like_a_pattern_is_a_file(folder: Path) -> None:
    """What is there comes first."""
    (folder / "[a].yaml").write_text(FAINT)
    assert found("[a].yaml") == ["[a].yaml"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("no/such", "there is no transcript 'no/such'"),
        ("set/a.yaml/b", "there is no transcript 'set/a.yaml/b'"),
        ("nothing*", "no transcript matches 'nothing*'"),
        ("set/vignettes", "the folder 'set/vignettes' is passed over; it holds no transcript"),
        ("empty", "there is no transcript in the folder 'empty'"),
        ("a\0b", "cannot read 'a\0b': no file can be so named"),
        ("[\0*", "cannot read '[\0*': no file can be so named"),
        ("loop", "cannot read 'loop': Too many levels of symbolic links"),
        ("x" * 5000, f"cannot read '{'x' * 5000}': File name too long"),
    ],
)
def test_a_place_where_nothing_is_says_so_and_the_others_are_still_found(folder: Path, name: str, said: str) -> None:
    """One sentence for each."""
    (folder / "empty").mkdir()
    (folder / "loop").symlink_to("loop")
    assert found(name, "set/a.yaml") == [said, "set/a.yaml"]
    with pytest.raises(InputError):
        list(transcript_files([name]))


@contextmanager
def nobody() -> Iterator[Path]:
    """A folder of somebody who is not root, whom permissions hold back."""
    with tempfile.TemporaryDirectory() as name:
        if os.geteuid():
            yield Path(name)
            return
        os.chown(name, 65534, 65534)
        os.seteuid(65534)
        try:
            yield Path(name)
        finally:
            os.seteuid(0)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_what_may_not_be_read_says_so() -> None:
    """A folder, a folder in a folder, and a file."""
    with nobody() as place:
        for name in ("shut", "open/shut", "open/free"):
            (place / name).mkdir(parents=True)
        (place / "open/free/a.yaml").write_text(FAINT)
        (place / "open/free/b.yaml").write_text(FAINT)
        (place / "open/free/b.yaml").chmod(0)
        (place / "shut").chmod(0)
        (place / "open/shut").chmod(0)
        said = [
            each.fault or each.file for each in yaml_files([f"{place}/shut", f"{place}/shut/x", f"{place}/open"], "x")
        ]
        played = Player(unused).play(Script(f"{place}/open/free/b.yaml"))
        for name in ("shut", "open/shut"):
            (place / name).chmod(0o700)
    assert said == [
        f"cannot read the folder '{place}/shut': Permission denied",
        f"cannot read '{place}/shut/x': Permission denied",
        f"{place}/open/free/a.yaml",
        f"{place}/open/free/b.yaml",
        f"cannot read the folder '{place}/open/shut': Permission denied",
    ]
    assert played.unusable
    assert "permission denied" in played.fault


def unused(_: str) -> Pack:
    """No pack is looked up."""
    raise AssertionError


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "x:1: "),
        ("- a list", "x:1: a transcript is a mapping"),
        ("pack: low_back_pain\nturns: [\n", "x:3: "),
        ("pack: low_back_pain\nturns: []\n", "x:2: turns: "),
        ("pack: low_back_pain\nnonsense: 1\nturns: [stop]\n", "x:2: nonsense: "),
        ("pack: low_back_pain\ncategory: a\nvignettes: []\n", "these are vignettes, not a transcript; triage audit"),
        ("pack: low_back_pain\nturns: [stop]\nexpect: {silent: [EMG-l]}\n", "x: expect names 'EMG-l'"),
        ("pack: low_back_pain\ncountry: atlantis\nturns: [stop]\n", "x: there is no country 'atlantis'"),
    ],
)
def test_what_is_no_transcript_cannot_be_played_and_says_where(pack: Pack, text: str, said: str) -> None:
    """File, line and what is wrong."""
    outcome = Player(lambda _: pack).play(Script("x", text.encode()))
    assert outcome.unusable
    assert said in outcome.fault


def test_a_difference_is_no_bad_input(pack: Pack) -> None:
    """It could be played."""
    outcome = Player(lambda _: pack).play(Script("x", FAINT.replace("right_now", "bowel_function").encode()))
    assert (outcome.unusable, outcome.fault) == (False, "exchange 1: expected question bowel_function, got right_now")


def test_a_pack_that_cannot_be_used_is_looked_up_once_and_hinders_no_other(pack: Pack, tmp_path: Path) -> None:
    """Whether it is not there or not sound."""
    asked: list[str] = []

    def find(name: str) -> Pack:
        asked.append(name)
        if name == "broken":
            raise PackError([Problem("pack.yaml", 1, "X001", "is wrong")])
        if name == "absent":
            raise InputError("there is no pack 'absent'")
        return pack

    for at, name in enumerate(("broken", "low_back_pain", "absent", "broken", "absent", "low_back_pain")):
        (tmp_path / f"{at}.yaml").write_text(FAINT.replace("low_back_pain", name))
    outcomes = list(replay([str(tmp_path)], find))
    assert asked == ["broken", "low_back_pain", "absent"]
    assert [outcome.unusable for outcome in outcomes] == [True, False, True, True, True, False]
    assert "pack 'broken' has 1 problem(s); triage check names them" in outcomes[0].fault


def test_the_report_is_xml_whatever_names_and_faults_hold() -> None:
    """No control characters, no lone surrogates, nothing unescaped; the same bytes each time."""
    bad = "\x00\x1b[31m\udcff\ufffe<&\">'\x9b"
    outcomes = [Outcome(f"{bad}.yaml", 3), Outcome("b", 0, bad), Outcome("c", 0, bad, unusable=True)]
    report = junit(outcomes)
    suite = ET.fromstring(report)
    assert suite.attrib == {"name": "transcripts", "tests": "3", "failures": "1", "errors": "1"}
    assert [[child.tag for child in case] for case in suite] == [[], ["failure"], ["error"]]
    assert suite[0].attrib["name"] == "[31m<&\">'.yaml"
    assert report == junit(outcomes)
    assert b"time" not in report


def test_a_thousand_transcripts_come_out_the_same_over_several_processes() -> None:
    """In the order in which they were named."""
    wrong = FAINT.replace("right_now", "trend")
    texts = (FAINT, FAINT.replace("emergency_now", "self_care"), "nonsense", FAINT.replace("low_back_pain", "absent"))
    # Most leave the script at once, which takes the least time.
    many = [Script(f"{at}.yaml", (wrong if at % 9 else texts[at % 4]).encode()) for at in range(1000)]
    alone = list(play_all(many, 1))
    assert list(play_all(many, 2)) == alone
    assert [outcome.file for outcome in alone] == [script.file for script in many]
    assert {outcome.fault.partition(":")[0] for outcome in alone} >= {"", "exchange 1", "at the end"}
    assert sum(outcome.unusable for outcome in alone) == 56
