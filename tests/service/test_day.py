"""The day of benchmarks/day.py in small: nothing is wrong with it, and each planted fault is found."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot copy a process")


def gone_through(*given: str) -> tuple[int, str]:
    """What a day ends with, and what is printed."""
    done = subprocess.run(
        [sys.executable, HOME / "benchmarks" / "day.py", *given],
        capture_output=True, text=True, check=False, timeout=300, cwd=HOME,
    )  # fmt: skip
    assert done.stdout, done.stderr
    if done.stdout.startswith("skipped: "):
        pytest.skip(done.stdout.removeprefix("skipped: ").strip())
    return done.returncode, done.stdout + done.stderr


def test_nothing_is_lost_on_a_day_with_kills_and_a_crash() -> None:
    code, said = gone_through("--cases", "20", "--speed", "400", "--kills", "8", "--crashes", "1")
    assert code == 0, said
    seen = dict(re.findall(r"^\| (.+?) \| ([\d,]+) \|$", said, re.MULTILINE))
    assert (seen["kills of nurses"], seen["crashes of the server"]) == ("8", "1")
    assert int(seen["cases"]) >= 20
    assert int(seen["closings"]) > 10
    assert int(seen["acts and steps acknowledged, each looked for"].replace(",", "")) > 500
    assert "0 violations" in said


@pytest.mark.parametrize(
    ("fault", "found"),
    [
        ("two-hands", r"\w+ took on a case that \w+ has until"),
        ("lost", r"was told that event \d+ of case \S+ is kept, and it is not there"),
        ("unsigned", "closed while a lower level waited for its signature"),
        ("unasked", "closed below an emergency, and .* not asked"),
        ("twice", "did 'closed' to a case that is closed"),
    ],
)
def test_a_planted_fault_is_found(fault: str, found: str) -> None:
    """Nurses who take what others have, lose what they say is kept, wait for no signature, ask nothing, close twice."""
    code, said = gone_through("--cases", "10", "--speed", "600", "--kills", "1", "--crashes", "0", "--fault", fault)
    assert code == 1, said
    assert re.search(f"VIOLATION .*{found}", said), said
