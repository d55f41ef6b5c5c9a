"""Two versions of a pack to compare: folders, revisions in git, or packs by name."""

from __future__ import annotations

import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from chatbot.errors import InputError, PackError
from chatbot.packs.find import find_pack
from chatbot.packs.load import load_folder
from chatbot.packs.pack import Pack

# What git takes for a revision, and nothing that it could take for an option.
_REVISION = re.compile(r"[\w@][\w.@{}^~/+-]*")
_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Version:
    """A pack as it was named, the folder it was read from, and what it holds."""

    name: str
    folder: Path
    pack: Pack


@contextmanager
def opened(old: str, new: str, home: str) -> Iterator[tuple[Version, Version]]:
    """Both versions, loaded; folders made for revisions last as long as the context.

    `home` names the pack whose folder a revision is of, where the revision names none; if neither name is a
    revision, it is not looked at. InputError says in one line what cannot be used.
    """
    with ExitStack() as kept:
        before, _ = _folder(old, _beside(new, home), kept)
        after, is_after_kept = _folder(new, _beside(old, home), kept)
        yield (
            # What was in use before is compared as it is, and not judged by what authors are told today.
            Version(old, before, _loaded(old, before, is_kept=True)),
            Version(new, after, _loaded(new, after, is_after_kept)),
        )


def _beside(other: str, home: str) -> str:
    """The folder a lone revision is of: the one named beside it, if that is a folder, else the home."""
    return other if _is_folder(other) else home


def _is_folder(name: str) -> bool:
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):  # a name too long, or one that no file can have
        return False


def _folder(name: str, home: str, kept: ExitStack) -> tuple[Path, bool]:
    """The folder of a version, and whether it is one that git kept."""
    try:
        return find_pack(name), False
    except InputError as error:
        revision, _, path = name.partition(":")
        if _is_folder(name) or not _REVISION.fullmatch(revision):
            raise
        missing = error
    where = Path() if path else find_pack(home)
    commit = _commit(where, revision)
    if commit is None:
        raise InputError(f"{missing}, and no revision '{revision}' in git")
    target = Path(kept.enter_context(tempfile.TemporaryDirectory(prefix="triage-impact-")))
    _extract(where, commit, path, target, name)
    return target, True


def _commit(where: Path, revision: str) -> str | None:
    """The commit a revision names; None where git, its repository or the revision is not there."""
    words = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"]
    code, found, _ = _git(where, *words)
    return found.decode().strip() if code == 0 else None


def _extract(where: Path, commit: str, path: str, target: Path, name: str) -> None:
    """Write the pack as it was at a commit into a folder; nothing outside that folder is written."""
    below = path.strip("/") if path else _git(where, "rev-parse", "--show-prefix")[1].decode().strip().rstrip("/")
    top = Path(_git(where, "rev-parse", "--show-toplevel")[1].decode().strip())
    code, archive, said = _git(top, "archive", "--format=tar", "--end-of-options", f"{commit}:{below}")
    if code:
        why = said.decode(errors="replace").strip().splitlines() or ["git says nothing more"]
        raise InputError(f"revision '{name}' has no folder '{below}': {why[0]}")
    _unpack(archive, target)
    if not (target / "pack.yaml").is_file():
        raise InputError(f"revision '{name}' has no pack.yaml in '{below}'; name the folder as REVISION:path/of/pack")


def _unpack(archive: bytes, target: Path) -> None:
    with tarfile.open(fileobj=BytesIO(archive)) as tar:
        for member in tar:
            path, content = target / member.name, tar.extractfile(member) if member.isfile() else None
            if content is not None and path.resolve().is_relative_to(target.resolve()):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.read())


def _git(where: Path, *words: str) -> tuple[int, bytes, bytes]:
    command = ["git", "-C", str(where), "--no-pager", *words]
    try:
        done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=_SECONDS, check=False)
    except FileNotFoundError as error:
        raise InputError("git is not installed, so a revision cannot be read; name a folder") from error
    except (OSError, subprocess.SubprocessError) as error:
        raise InputError(f"git cannot be asked: {error}") from error
    return done.returncode, done.stdout, done.stderr


def _loaded(name: str, folder: Path, is_kept: bool) -> Pack:
    try:
        return load_folder(folder, is_kept)
    except PackError as error:
        first = str(error.problems[0]).removeprefix(f"{folder.as_posix()}/")
        more = f" (and {len(error.problems) - 1} more)" if len(error.problems) > 1 else ""
        raise InputError(f"the pack '{name}' cannot be used: {first}{more}") from error
