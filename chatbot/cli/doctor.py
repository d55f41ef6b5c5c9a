"""`triage doctor`: what this installation has."""

from __future__ import annotations

import argparse

from chatbot.cli.common import DONE, FAILED, today, write
from chatbot.doctor import report


def arguments(command: argparse.ArgumentParser) -> None:
    """Adds nothing: the command takes no arguments."""
    command.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Print the report."""
    lines, healthy = report(today())
    for line in lines:
        write(line)
    return DONE if healthy else FAILED
