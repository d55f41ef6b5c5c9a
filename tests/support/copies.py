"""The packs at hand, and copies of them that a test may spoil."""

import shutil
from pathlib import Path

ANKLE = Path(__file__).parents[1] / "packs" / "ankle_injury"
SHIPPED = Path(__file__).parents[2] / "dialogs" / "low_back_pain"


def copied(source: Path, target: Path) -> Path:
    """A copy of a pack that has nothing to do with the original."""
    return Path(shutil.copytree(source, target))
