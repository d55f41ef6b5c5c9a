"""`triage schema`: JSON Schemas."""

from __future__ import annotations

import argparse

from chatbot.cli.common import DONE, PACK, write


def arguments(command: argparse.ArgumentParser) -> None:
    """Adds what the command takes to its parser."""
    command.set_defaults(run=run)
    command.add_argument("what", choices=("input", "output", "pack"))
    command.add_argument("--pack", metavar="PACK", help=PACK)


def run(args: argparse.Namespace) -> int:
    """Print one schema."""
    import json

    from chatbot.packs.find import DEFAULT
    from chatbot.packs.load import load_pack
    from chatbot.packs.schema import input_schema, output_schema, pack_schema

    if args.what == "input":
        schema = input_schema(load_pack(args.pack or DEFAULT))
    else:
        schema = output_schema() if args.what == "output" else pack_schema()
    write(json.dumps(schema, indent=2))
    return DONE
