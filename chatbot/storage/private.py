"""Files that only their owner may read, written whole or not at all, and folders for them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from chatbot.errors import InputError


def private_folder(path: Path) -> None:
    """Make a folder for its owner alone, and so those above it that are missing; OSError where it cannot be made."""
    for folder in reversed((path, *path.parents)):
        if not folder.is_dir():
            folder.mkdir(mode=0o700, exist_ok=True)  # with `parents`, Python would leave those above to the umask


@contextmanager
def private_file(path: Path, overwrites: bytes | None = None) -> Iterator[BinaryIO]:
    """A file to write; it has its name when all of it is on the disk.

    What is there already stays, but for a plain file that begins with the bytes `overwrites`. InputError when it
    stays, or the file cannot be written.
    """
    refuse(path, overwrites)
    try:
        number, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)  # for the owner alone
    except (OSError, ValueError) as error:
        raise InputError(f"cannot write '{path}': {getattr(error, 'strerror', None) or error}") from error
    try:
        with os.fdopen(number, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        refuse(path, overwrites)
        Path(name).replace(path)
    except OSError as error:
        raise InputError(f"cannot write '{path}': {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            Path(name).unlink()


def refuse(path: Path, overwrites: bytes | None = None) -> None:
    """InputError where there is a file that must stay."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise InputError(f"cannot write '{path}': {getattr(error, 'strerror', None) or error}") from error
    if overwrites is None:
        raise InputError(f"'{path}' is there already; name another file")
    if not path.is_file() or path.is_symlink() or (status.st_size and not _begins(path, overwrites)):
        raise InputError(f"'{path}' is there already, and is no file that this command wrote; name another")


def _begins(path: Path, wanted: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(wanted)) == wanted
