"""`triage check`: packs checked."""

from __future__ import annotations

import argparse
from pathlib import Path

from chatbot.cli.common import DONE, FAILED, talk, write
from chatbot.errors import PackError


def arguments(command: argparse.ArgumentParser) -> None:
    """Adds what the command takes to its parser."""
    command.set_defaults(run=run)
    command.add_argument("packs", nargs="*", metavar="PACK", help="by name or folder; all that come along if none")
    command.add_argument("--prove", action="store_true", help="prove the safety properties for every case, too")
    command.add_argument("--jobs", type=int, metavar="N", help="processes for the proof; as many as cores if none")
    command.add_argument("--save", type=Path, metavar="DIR", help="write counterexamples there as transcripts")


def run(args: argparse.Namespace) -> int:
    """Load each pack and look at its cases."""
    from chatbot.cli.prove import prove_pack
    from chatbot.packs.check_cases import check_cases
    from chatbot.packs.check_hearing import check_hearing
    from chatbot.packs.find import find_pack, pack_names
    from chatbot.packs.load import load_pack

    code = DONE
    for name in args.packs or pack_names():
        try:
            talk(f"checking {find_pack(name)}")
            pack = load_pack(name)
            problems = (*check_cases(pack.cases, pack.rulebook), *check_hearing(pack))
        except PackError as error:
            problems = error.problems
        for problem in problems:
            write(str(problem))
        write(f"{name}: {'ok' if not problems else f'{len(problems)} problem(s)'}")
        holds = not problems and (not args.prove or prove_pack(pack, find_pack(name), args.jobs, args.save))
        code = code if holds else FAILED
    return code
