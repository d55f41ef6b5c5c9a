"""The YAML files that paths on a command line stand for: files, folders, and patterns the shell left alone."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path

STDIN = "-"
VIGNETTES = "vignettes"


@dataclass(frozen=True, slots=True)
class Found:
    """One file to read, `-` for stdin; or a place where nothing can be read, and why."""

    file: str
    fault: str = ""


def yaml_files(names: Iterable[str], what: str, passed_over: str | None = None) -> list[Found]:
    """Finds what the names stand for, each once: files as named, those in folders and patterns in order.

    `what` says in faults what was looked for; folders of the name `passed_over` hold something else.
    """
    search = _Search(what, passed_over)
    return list(dict.fromkeys(file for name in names for file in search.named(name)))


@dataclass(frozen=True, slots=True)
class _Search:
    what: str
    passed_over: str | None

    def named(self, name: str) -> Iterator[Found]:
        """Yields the files that one name stands for."""
        if name == STDIN:
            yield Found(name)
            return
        try:
            is_folder = stat.S_ISDIR(Path(name).stat().st_mode)
        except (OSError, ValueError) as error:
            yield from self._not_there(name, error)
            return
        if is_folder:
            yield from self._below(Path(name))
        else:
            yield Found(Path(name).as_posix())

    def _not_there(self, name: str, error: OSError | ValueError) -> Iterator[Found]:
        if has_magic(name) and "\0" not in name:
            yield from self._matching(name)
        elif isinstance(error, (FileNotFoundError, NotADirectoryError)):
            yield Found(name, f"there is no {self.what} '{name}'")
        else:
            yield Found(name, f"cannot read '{name}': {getattr(error, 'strerror', None) or 'no file can be so named'}")

    def _matching(self, pattern: str) -> Iterator[Found]:
        fixed = next(at for at, part in enumerate(Path(pattern).parts) if has_magic(part))
        files: list[Found] = []
        # As a shell would: `Path.glob` also takes hidden files, and takes no pattern that begins at the root.
        for path in map(Path, sorted(glob(pattern, recursive=True))):  # noqa: PTH207 # see above
            if self.passed_over in path.parts[fixed:]:
                continue
            if path.is_dir():
                files += (each for each in self._below(path) if not each.fault)
            else:
                files.append(Found(path.as_posix()))
        yield from files or [Found(pattern, f"no {self.what} matches '{pattern}'")]

    def _below(self, folder: Path) -> Iterator[Found]:
        if folder.name == self.passed_over:
            yield Found(folder.as_posix(), f"the folder '{folder.as_posix()}' is passed over; it holds no {self.what}")
            return
        unreadable: list[OSError] = []
        files: list[Path] = []
        for place, folders, names in os.walk(folder, onerror=unreadable.append):
            folders[:] = [name for name in folders if name != self.passed_over]
            files += [Path(place) / name for name in names if name.endswith(".yaml")]
        yield from (Found(path.as_posix()) for path in sorted(files))
        for error in unreadable:
            yield Found(str(error.filename), f"cannot read the folder '{error.filename}': {error.strerror}")
        if not files and not unreadable:
            yield Found(folder.as_posix(), f"there is no {self.what} in the folder '{folder.as_posix()}'")
