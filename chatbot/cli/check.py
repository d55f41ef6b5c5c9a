"""`triage check`: packs checked."""

from __future__ import annotations

import argparse

from chatbot.cli.common import DONE, FAILED, talk, write
from chatbot.errors import PackError


def arguments(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    command.set_defaults(run=run)
    command.add_argument("packs", nargs="*", metavar="PACK", help="by name or folder; all that come along if none")


def run(args: argparse.Namespace) -> int:
    """Load each pack and look at its cases."""
    from chatbot.packs.cases import check_cases
    from chatbot.packs.find import find_pack, pack_names
    from chatbot.packs.load import load_pack

    code = DONE
    for name in args.packs or pack_names():
        try:
            talk(f"checking {find_pack(name)}")
            pack = load_pack(name)
            problems = check_cases(pack.cases, pack.rulebook)
        except PackError as error:
            problems = error.problems
        for problem in problems:
            write(str(problem))
        write(f"{name}: {'ok' if not problems else f'{len(problems)} problem(s)'}")
        code = FAILED if problems else code
    return code
