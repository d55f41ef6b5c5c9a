"""`triage doctor`: what this installation has, and whether its store answers."""

from __future__ import annotations

import argparse

from chatbot.cli.common import DONE, FAILED, database_option, shown, today, write
from chatbot.doctor import report


def arguments(command: argparse.ArgumentParser) -> None:
    """Adds what the command takes to its parser."""
    command.set_defaults(run=run)
    database_option(command)


def run(args: argparse.Namespace) -> int:
    """Print the report."""
    lines, healthy = report(today(), args.database)
    for line in lines:
        write(shown(line))
    return DONE if healthy else FAILED
