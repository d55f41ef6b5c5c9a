"""The packs at hand, copies of them that a test may spoil, and what is wrong with these then."""

import shutil
from pathlib import Path

from chatbot.errors import PackError, Problem
from chatbot.packs.load import load_folder

ANKLE = Path(__file__).parents[1] / "packs" / "ankle_injury"
SHIPPED = Path(__file__).parents[2] / "dialogs" / "low_back_pain"


def copied(source: Path, target: Path) -> Path:
    """A copy of a pack that has nothing to do with the original."""
    return Path(shutil.copytree(source, target))


def problems_of(folder: Path) -> tuple[Problem, ...]:
    """The problems of a pack's content; none when it loads."""
    try:
        load_folder(folder)
    except PackError as error:
        return error.problems
    return ()
