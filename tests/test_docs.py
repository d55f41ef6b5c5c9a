"""What the documents say is true."""

import re
import shutil
from collections.abc import Mapping
from contextlib import chdir
from pathlib import Path

import pytest

from chatbot.case import Case
from chatbot.cli import main
from chatbot.interview.transcript import Exchange
from chatbot.packs.pack import Pack
from chatbot.recommendation.recommend import recommend

ROOT = Path(__file__).resolve().parent.parent


def test_every_test_named_in_the_hazard_log_exists() -> None:
    """A control without its test is not a control."""
    log = (ROOT / "docs" / "hazards.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", log)
    assert len(named) >= 20
    for file, test in named:
        assert re.search(rf"^(async )?def {test}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE), (
            file,
            test,
        )


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "docs/hazards.md"])
def test_links_inside_the_project_lead_somewhere(name: str) -> None:
    """Every relative link names a file that is there."""
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
        if "://" not in target and not target.startswith("mailto:"):
            assert (ROOT / name).parent.joinpath(target).exists(), target


def test_the_readme_says_what_this_is_not() -> None:
    """Wherever a person could think otherwise."""
    text = (ROOT / "README.md").read_text(encoding="utf-8").casefold()
    for words in ("not a medical device", "not validated", "submitted", "approved by nobody"):
        assert words in text


def test_the_readme_gives_the_two_commands() -> None:
    """One starts the interview, one passes the tests."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/triage" in text
    assert "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest" in text


# What the examples say is run, so that they cannot go stale; lines of files are numbers that any change moves.


def fenced(name: str) -> list[str]:
    """The blocks of text in a document that are no code."""
    return re.findall(r"```text\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)


def checked(folder: Path, edits: Mapping[str, tuple[str, str]], capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What `triage check` says of the content with these places changed."""
    pack = Path(shutil.copytree(ROOT / "dialogs" / "low_back_pain", folder / "dialogs" / "low_back_pain"))
    for file, (old, new) in edits.items():
        text = (pack / file).read_text(encoding="utf-8")
        assert old in text
        (pack / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with chdir(folder):
        assert main(["check", "dialogs/low_back_pain"]) == 1
    return [re.sub(r"(\.yaml):\d+:", r"\1:LINE:", line) for line in capsys.readouterr().out.splitlines()]


def test_moving_a_threshold_is_answered_as_the_guide_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = (block for block in fenced("CONTRIBUTING.md") if "'NEU-6 fires'" in block)
    rules = (ROOT / "dialogs" / "low_back_pain" / "rules.yaml").read_text(encoding="utf-8")
    rule = rules[rules.index("  NEU-6:") :]
    rule = rule[: rule.index("cites:")]
    bound = "{at_least: {pain_severity_nprs: 7}"
    assert rule.count(bound) == 1
    edits = {"rules.yaml": (rule, rule.replace(bound, bound.replace("7", "8")))}
    assert checked(tmp_path, edits, capsys)[:-1] == example.splitlines()


ADDED = """  DEMO-1:
    when: {all: [{is: {fever_chills: yes}}, {is: {skin_rash: burning_skin_no_rash}}]}
    level: same_day
    imaging: none
    referral: same_day_clinician
    cites: [SRC-NHSUK]
"""
SOUND = ADDED.replace("is: {skin_rash", "at_least: {skin_rash")
REASON = "\nrules:\n", '\nrules:\n  DEMO-1:\n    patient: "See somebody today."\n    clinician: "Today."\n'
SPOILT: tuple[Mapping[str, tuple[str, str]], ...] = (
    {"terms.yaml": ("saddle_sensation", "sadle_sensation")},
    {"rules.yaml": ("cites: [S1-01,", "cites: [S1-99,")},
    {"rules.yaml": ("rules:\n", "rules:\n" + ADDED)},
    {"rules.yaml": ("rules:\n", "rules:\n" + ADDED), "wording/en.yaml": REASON},
    {"rules.yaml": ("rules:\n", "rules:\n" + SOUND), "wording/en.yaml": REASON},
)


def test_each_example_of_an_error_is_one_that_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = (block for block in fenced("CONTRIBUTING.md") if "sadle_sensation" in block)
    told = {line for n, edits in enumerate(SPOILT) for line in checked(tmp_path / str(n), edits, capsys)}
    assert [line for line in example.splitlines() if line not in told] == []


def test_the_first_example_of_what_rules_mean_is_what_comes_out(pack: Pack) -> None:
    text = (ROOT / "docs" / "semantics.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| (left out|`\w+`) \| (\d) \| (\d), (\d) \| (yes|no) \| ([^|]+) \| ([^|]+) \|$", text, re.MULTILINE
    )
    assert len(rows) == 3
    for timing, level, low, high, settled, decided, why in rows:
        given = {} if timing == "left out" else {"cauda_symptom_timing": timing.strip("`")}
        facts = {"age_years": 40, "saddle_sensation": "altered", **given}
        recommended = recommend(pack.rulebook, Case.of_facts(facts))
        assert (recommended.level, recommended.range.level) == (int(level), (int(low), int(high)))
        assert recommended.settled is (settled == "yes")
        assert [rule.id for rule in recommended.decided_by] == decided.split(", ")
        count = re.search(r"(\d+) other rules are still open", why)
        assert count is None or int(count.group(1)) == len(recommended.undecided)
    assert "other rules are still open" in rows[-1][-1]


def test_the_guide_names_each_module_at_the_top_each_benchmark_and_who_measures_words() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    top = [path for path in (ROOT / "chatbot").iterdir() if path.name not in ("__init__.py", "py.typed", "__pycache__")]
    named = [path.name + ("/" if path.is_dir() else "") for path in top]
    assert len(named) > 15
    assert [name for name in named if not re.search(rf"^  .*\b{re.escape(name)}", text, re.MULTILINE)] == []
    run = [path for path in (ROOT / "benchmarks").glob("*.py") if '"__main__"' in path.read_text(encoding="utf-8")]
    benchmarks = [path.name for path in run]
    assert len(benchmarks) > 5
    assert [name for name in benchmarks if name not in text] == []
    using = [path for path in (ROOT / "chatbot").rglob("*.py") if "from rapidfuzz" in path.read_text(encoding="utf-8")]
    assert len(using) > 2
    assert [path for path in using if f"`{path.relative_to(ROOT / 'chatbot').as_posix()}`" not in text] == []


def test_all_that_may_stand_beside_a_turn_is_described() -> None:
    text = (ROOT / "docs" / "transcripts.md").read_text(encoding="utf-8")
    assert [name for name in Exchange.model_fields if not re.search(rf"`{name}\b|{{{name}:", text)] == []
