"""The library of faults.c: made, loaded before all others by starting this program again, and armed from Python."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
from enum import IntEnum, IntFlag
from pathlib import Path

_SOURCE = Path(__file__).parent / "faults.c"
_MADE = "SURVIVAL_FAULTS"


class How(IntEnum):
    """What happens at the call that is meant."""

    OFF = 0
    KILL = 1
    KILL_HALFWAY = 2
    POWER_ALL_LOST = 3
    POWER_SOME_LOST = 4
    FAIL_ONCE = 5
    FAIL_ON = 6


class Calls(IntFlag):
    """The calls that are counted."""

    WRITE = 1
    SYNC = 2
    OPEN = 4
    NAME = 8
    READ = 16
    CHANGES = WRITE | SYNC | NAME


def missing() -> str:
    """Why there is no such library here; empty where there is."""
    if hasattr(ctypes.CDLL(None), "survival_arm"):
        return ""
    return "calls can be made to fail on Linux with a C compiler only"


def preloaded() -> None:
    """Start this program again with the library before all others, where that can be; else go on without it."""
    if folder := os.environ.pop(_MADE, ""):
        # It is mapped by now, and programs that are started from here are to be left alone.
        del os.environ["LD_PRELOAD"]
        shutil.rmtree(folder)
        return
    compiler = shutil.which("cc") or shutil.which("gcc")
    if sys.platform != "linux" or compiler is None or "LD_PRELOAD" in os.environ:
        return
    folder = tempfile.mkdtemp(prefix="triage-faults-")
    library = Path(folder) / "faults.so"
    made = subprocess.run([compiler, "-O1", "-shared", "-fPIC", "-o", library, _SOURCE, "-ldl"], check=False)
    if made.returncode:
        shutil.rmtree(folder)
        return
    os.environ.update({_MADE: folder, "LD_PRELOAD": str(library)})
    os.execv(sys.executable, sys.orig_argv)


def arm(folder: Path, how: How, calls: Calls, at: int, failure: int = 0) -> None:
    """From now on count those calls on files below the folder; the one at that number goes as is said."""
    path = os.fsencode(folder.resolve())
    _library().survival_arm(path, int(how), int(calls), ctypes.c_long(at), failure)


def disarm() -> int:
    """Let everything pass; how many calls there were."""
    library = _library()
    library.survival_seen.restype = ctypes.c_long
    seen = int(library.survival_seen())
    library.survival_arm(b"", 0, 0, ctypes.c_long(0), 0)
    return seen


def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None)
