"""Lane `kill`: conversations ended by SIGKILL at random moments, often several times on the same file."""

from __future__ import annotations

import random
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from benchmarks.survival.apart import Child, DidNotEndError, apart, over_forks
from benchmarks.survival.talking import LAST, Place, Told, stands, talk
from benchmarks.survival.tally import Setting, Tally

WHOLE = 1_000
STEPS = 45
# Milliseconds in which a file is made and a case begun, and which a step takes.
BEGINNING, STEP = 90.0, 10.0


def run(setting: Setting) -> Tally:
    """Kill as often as is asked; each piece of work is a file that is killed up to six times."""
    chance, kills, files = random.Random(setting.share), setting.part(WHOLE), []
    while kills > 0:
        times = min(kills, chance.choice((1, 1, 1, 2, 4, 6)))
        files.append((chance.randrange(1 << 30), times))
        kills -= times
    return over_forks(lambda file: killed(setting, *file), files, setting.processes)


def killed(setting: Setting, seed: int, times: int) -> Tally:
    """One file, killed so often; it is looked at after each."""
    tally, chance, told = Tally(), random.Random(seed), Told(seed)
    with TemporaryDirectory(dir=setting.folder, ignore_cleanup_errors=True) as folder:
        place = Place(Path(folder))
        for time in range(times):
            child = Child.start(lambda say, told=told: talk(setting, place, told, STEPS, say))
            when = _killed(child, chance, STEPS - told.steps)
            tally.runs += 1
            tally.seen[f"killed {when}" if child.end() == -9 else "ended before"] += 1
            before = told.after(child.lines)
            try:
                found = apart(lambda before=before: stands(setting, place, before))
            except DidNotEndError as error:
                tally.violations.append(f"seed {seed}, kill {time}: {error}")
                break
            tally.seen["with a step kept and not yet told"] += found.was_ahead
            if found.wrong:
                tally.violations.append(f"kill: seed {seed}, kill {time}: {'; '.join(found.wrong)}")
                break
            told = found.told
    return tally


def _killed(child: Child, chance: random.Random, steps: int) -> str:
    """Wait for a moment by chance: while the file is made, or after some step; what the moment was."""
    if chance.random() < 0.3:
        sleep(chance.random() * BEGINNING / 1000)
    else:
        lines, until = chance.randrange(1, steps + 4), monotonic() + 60
        while len(child.lines) < lines and monotonic() < until and child.listen(1):
            pass
        sleep(chance.random() * STEP / 1000)
    child.listen(0)
    if LAST in child.lines:
        return "while closing"
    return "in the interview" if child.lines else "before the code was told"
