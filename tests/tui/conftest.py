"""What the tests of the app share."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet


@pytest.fixture(autouse=True)
def paint_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paint as soon as something changed: nobody looks, and what is painted is the same."""
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 0.0005)


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is saved without naming a folder goes where nobody keeps anything."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session", autouse=True)
def styles_read_once() -> Iterator[None]:
    """Read each style sheet once for all apps of a run: each start would read them again."""
    read, parse = dict[tuple[object, ...], list[RuleSet]](), Stylesheet._parse_rules

    def parse_once(sheet: Stylesheet, *args: Any, **named: Any) -> list[RuleSet]:
        key = (args, tuple(named.items()), frozenset(sheet._variables.items()))
        if key not in read:
            read[key] = parse(sheet, *args, **named)
        return read[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_once)
        yield
