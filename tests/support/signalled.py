"""Programs that a test sends signals to: they heed them, however the tests themselves were started."""

import sys

# A shell has what it runs in the background ignore the signals from the keyboard, and what is ignored is inherited.
HEED = (
    "import os, signal, sys\n"
    "for name in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT): signal.signal(name, signal.SIG_DFL)\n"
    "os.execv(sys.argv[1], sys.argv[1:])"
)


def heeding(*program: str) -> list[str]:
    """The command that runs a program, named by its whole path, in which no signal is ignored."""
    return [sys.executable, "-c", HEED, *program]
