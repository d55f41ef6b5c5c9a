"""`triage new`: a new pack to change."""

from __future__ import annotations

import argparse
from pathlib import Path

from chatbot.cli.common import DONE, talk, today


def arguments(command: argparse.ArgumentParser) -> None:
    """Adds what the command takes to its parser."""
    command.set_defaults(run=run)
    command.add_argument("name", metavar="NAME", help="small letters, figures and _, such as sore_throat")
    command.add_argument(
        "--dir", type=Path, default=Path(), metavar="DIR", help="where dialogs/ and transcripts/ are or will be"
    )


def run(args: argparse.Namespace) -> int:
    """Write the pack, and say what to do next."""
    from chatbot.packs.new import new_pack

    made = new_pack(args.name, args.dir, today())
    transcripts = made.transcripts.as_posix()
    # Conversations beside the working directory are found without being named.
    where = "" if args.dir == Path() else f" --transcripts {transcripts}"
    talk(
        f"wrote the pack {made.pack.as_posix()} and conversations in {transcripts}",
        "it is an example that nobody has reviewed; change it, and look with:",
        f"  triage check {made.called}",
        f"  triage replay {transcripts}",
        f"  triage coverage {made.called}{where}",
        f"  triage preview {made.called}",
    )
    return DONE
