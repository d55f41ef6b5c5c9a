"""A pack's files as one piece, to be kept beside what was asked under it."""

from __future__ import annotations

import json
import tempfile
import zlib
from pathlib import Path, PurePosixPath

from chatbot.errors import InputError
from chatbot.packs.load import load_folder
from chatbot.packs.pack import Pack, digest, digest_of, pack_files

# A pack of this size would not load either.
_MOST = 64 << 20
_DIGEST = 64


def packed(pack: Pack) -> bytes | None:
    """The files the pack was loaded from; None where they are gone, or others by now."""
    folder = pack.folder
    try:
        if folder is None or digest(folder) != pack.digest:
            return None
        files = {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in pack_files(folder)}
    except (OSError, UnicodeDecodeError):
        return None
    return zlib.compress(json.dumps(files, sort_keys=True).encode(), 6)


def is_whole(content: bytes, wanted: str) -> bool:
    """True when a pack in one piece is what was kept, and for a name that is no digest, where nothing can be told."""
    if len(wanted) != _DIGEST:
        return True
    try:
        reader = zlib.decompressobj()
        files = json.loads(reader.decompress(content, _MOST))
        return reader.eof and digest_of((name, text.encode()) for name, text in sorted(files.items())) == wanted
    except (zlib.error, ValueError, AttributeError, TypeError):
        return False


def unpacked(content: bytes, wanted: str) -> Pack:
    """The pack in one piece, with the digest it must have; PackError and InputError say why it cannot be used."""
    try:
        files = json.loads(zlib.decompressobj().decompress(content, _MOST))
        names = {PurePosixPath(name): str(text) for name, text in files.items()}
    except (zlib.error, ValueError, AttributeError) as error:
        raise InputError("the kept content is damaged") from error
    with tempfile.TemporaryDirectory(prefix="triage-pack-") as place:
        folder = Path(place)
        for name, text in names.items():
            if name.is_absolute() or ".." in name.parts:
                raise InputError("the kept content names a file outside its folder")
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        pack = load_folder(folder, kept=True)
    if pack.digest != wanted:
        raise InputError("the kept content is not the one that was used")
    return pack
