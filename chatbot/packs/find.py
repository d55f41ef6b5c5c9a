"""Where a pack's folder is: a path, else the copy inside the installed package, else `dialogs/` beside it."""

from __future__ import annotations

from pathlib import Path

from chatbot.errors import InputError
from chatbot.packs.node import did_you_mean

DEFAULT = "low_back_pain"
_PACKAGE = Path(__file__).resolve().parent.parent


def homes(package: Path = _PACKAGE) -> tuple[Path, ...]:
    """The folders that hold packs by name: the packaged copy, then the one beside the package."""
    return (package / "dialogs", package.parent / "dialogs")


def find_pack(name: str = DEFAULT, package: Path = _PACKAGE) -> Path:
    """The folder of a pack named by path or by id."""
    if Path(name).is_dir() and (Path(name) / "pack.yaml").is_file():
        return Path(name)
    for home in homes(package):
        if "/" not in name and "\\" not in name and (home / name / "pack.yaml").is_file():
            return home / name
    raise InputError(f"there is no pack '{name}'{did_you_mean(name, pack_names(package))}")


def pack_names(package: Path = _PACKAGE) -> tuple[str, ...]:
    """The ids of the packs that come with the program."""
    return tuple(sorted({path.parent.name for home in homes(package) for path in home.glob("*/pack.yaml")}))
