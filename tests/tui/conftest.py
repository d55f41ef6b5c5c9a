"""What the tests of the app share."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def paint_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paint as soon as something changed: nobody looks, and what is painted is the same."""
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 0.0005)


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is saved without naming a folder goes where nobody keeps anything."""
    monkeypatch.chdir(tmp_path)
