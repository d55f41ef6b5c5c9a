"""Files written for people: never over one that is there, readable by their owner only."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from chatbot.errors import InputError

_MANY = 1000


def free_name(folder: Path, stem: str, ending: str) -> Path:
    """A name in a folder that no file has."""
    names = (folder / f"{stem}{'' if number == 1 else f'-{number}'}.{ending}" for number in range(1, _MANY))
    return next((name for name in names if not name.exists()), folder / f"{stem}.{ending}")


def save(file: Path, documents: Mapping[str, bytes]) -> Path:
    """Write the document that the file's ending names, and return where; InputError says what stands in the way."""
    ending = file.suffix.removeprefix(".").lower()
    if not file.name or ending not in documents:
        raise InputError(f"Enter a file name that ends in {' or '.join(f'.{name}' for name in documents)}.")
    try:
        file = file.expanduser()
        # 0600 and O_EXCL: what is in it is personal, and nothing is replaced, not even through a link.
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(documents[ending])
    except FileExistsError as error:
        raise InputError(f"There is a file of that name already. Enter another name than {file.name}.") from error
    except (OSError, ValueError, RuntimeError) as error:  # the last where nobody of that name has a home
        raise InputError(
            f"It could not be saved there: {getattr(error, 'strerror', error)}. Enter another name."
        ) from error
    return file.absolute()
