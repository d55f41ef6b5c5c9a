"""What the tests of packs share."""

from pathlib import Path

import pytest

from tests.support.copies import ANKLE, copied


@pytest.fixture
def ankle(tmp_path: Path) -> Path:
    """A fresh copy of the second complaint."""
    return copied(ANKLE, tmp_path / "ankle_injury")
