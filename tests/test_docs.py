"""What the documents say is true."""

import re
from pathlib import Path

import pytest

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
