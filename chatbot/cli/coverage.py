"""`triage coverage`: what the conversations and cases of a pack exercise, and what they leave out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from chatbot.cli.common import DONE, FAILED, PACK, write

if TYPE_CHECKING:
    from chatbot.packs.pack import Pack
    from chatbot.replay.coverage import Coverage, Group


def arguments(command: argparse.ArgumentParser) -> None:
    """Adds what the command takes to its parser."""
    command.set_defaults(run=run)
    command.add_argument("pack", nargs="?", metavar="PACK", help=PACK)
    scripted_options(command)
    command.add_argument("--json", action="store_true", help="one JSON object, with who met each first")


def scripted_options(command: argparse.ArgumentParser) -> None:
    """The options that name conversations and vignettes."""
    where = "files or folders; transcripts/{} if there and none is named"
    command.add_argument("--transcripts", nargs="+", metavar="PATH", help=where.format("NAME OF THE PACK"))
    command.add_argument("--vignettes", nargs="+", metavar="PATH", help=where.format("vignettes/NAME OF THE PACK"))


def scripted(args: argparse.Namespace, pack: str) -> tuple[list[str], list[str]]:
    """The paths of conversations and vignettes: those named, else those beside the working directory."""
    kept = Path("transcripts")
    named = ((args.transcripts, kept / pack), (args.vignettes, kept / "vignettes" / pack))
    transcripts, vignettes = ([str(home)] if home.is_dir() else [] for _, home in named)
    return args.transcripts or transcripts, args.vignettes or vignettes


def run(args: argparse.Namespace) -> int:
    """Play, simulate and recommend; then say what is missing."""
    from chatbot.packs.find import DEFAULT
    from chatbot.packs.load import load_pack
    from chatbot.replay.exercise import exercise

    pack = load_pack(args.pack or DEFAULT)
    coverage = exercise(pack, *scripted(args, pack.id))
    if args.json:
        _write_json(pack, coverage)
    else:
        for group in coverage.groups.values():
            _write(group)
        write(f"{pack.id}: {'nothing is missing' if not coverage.missing else f'{coverage.missing} missing'}")
    return FAILED if coverage.missing else DONE


def _write(group: Group) -> None:
    write(f"{group.name}: {len(group.possible) - len(group.missing)} of {len(group.possible)}")
    for name in group.missing:
        write(f"  missing: {name}")
    for name, why in group.impossible.items():
        if name not in group.met:
            write(f"  cannot happen: {name} ({why})")


def _write_json(pack: Pack, coverage: Coverage) -> None:
    import json

    groups = {
        group.name: {
            "wanted": len(group.possible),
            "met": group.met,
            "missing": list(group.missing),
            "cannot_happen": {name: why for name, why in group.impossible.items() if name not in group.met},
        }
        for group in coverage.groups.values()
    }
    data = {"schema": 1, "pack": pack.id, "digest": pack.digest, "missing": coverage.missing, "groups": groups}
    write(json.dumps(data, indent=2))
