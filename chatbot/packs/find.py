"""Where a pack's folder is: a path, else the copy inside the installed package, else `dialogs/` beside it."""

from __future__ import annotations

import re
from pathlib import Path

from chatbot.errors import InputError
from chatbot.packs.node import did_you_mean, short

DEFAULT = "low_back_pain"
_ID = re.compile(r"[\w-]+")
_PACKAGE = Path(__file__).resolve().parent.parent


def homes(package: Path = _PACKAGE) -> tuple[Path, ...]:
    """The folders that hold packs by name: the packaged copy, then the one beside the package."""
    return (package / "dialogs", package.parent / "dialogs")


def find_pack(name: str = DEFAULT, package: Path = _PACKAGE) -> Path:
    """The folder of a pack named by path or by id."""
    if _holds_a_pack(Path(name)):
        return Path(name)
    if _ID.fullmatch(name):
        for home in homes(package):
            if _holds_a_pack(home / name):
                return home / name
    if name and _is_folder(Path(name)):
        raise InputError(f"the folder '{short(name)}' has no pack.yaml; name the folder of a pack")
    known = pack_names(package)
    near = did_you_mean(name, known) or (f"; there are {', '.join(known)}" if known else "")
    raise InputError(f"there is no pack '{short(name)}'{near}")


def _holds_a_pack(folder: Path) -> bool:
    return _is_folder(folder) and (folder / "pack.yaml").is_file()


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name too long, or one that no file can have
        return False


def pack_names(package: Path = _PACKAGE) -> tuple[str, ...]:
    """The ids of the packs that come with the program."""
    return tuple(sorted({path.parent.name for home in homes(package) for path in home.glob("*/pack.yaml")}))
