"""The tests pass where a shell starts them in the background, in which signals from the keyboard are ignored."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).resolve().parent


def sending() -> Iterator[str]:
    """Every test that sends a signal of the keyboard to a program, by its name for pytest."""
    for path in sorted(TESTS.rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        for node in ast.parse(text).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                first = min([node, *node.decorator_list], key=lambda part: part.lineno)
                if re.search(
                    r"\bsignal\.SIG(INT|QUIT)\b", "\n".join(text.split("\n")[first.lineno - 1 : node.end_lineno])
                ):
                    yield f"{path}::{node.name}"


def test_what_sends_signals_passes_where_they_are_ignored() -> None:
    tests = list(sending())
    assert len({test.partition("::")[0] for test in tests}) >= 3, "the tests that send signals are not found"
    pytest = [sys.executable, "-m", "pytest", "-n", "0", "-q", "-p", "no:cacheprovider", *tests]
    in_background = ["sh", "-c", "trap '' INT QUIT; exec \"$@\"", "sh", *pytest]
    done = subprocess.run(in_background, cwd=TESTS.parent, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
