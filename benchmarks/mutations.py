"""Plants seeded faults in copies of the pack and prints what caught each, and how long all of it took.

Run from the project's folder: python benchmarks/mutations.py [COUNT] [SEED].
"""

from __future__ import annotations

import sys
import time
from functools import cache
from pathlib import Path

from chatbot.cores import cores, over_cores
from tests.support.mutation import Judge, Judged, Mutant, mutants, table_of

HOME = Path(__file__).parents[1]
PACK = HOME / "dialogs" / "low_back_pain"


@cache
def judge() -> Judge:
    """One for each process."""
    return Judge(PACK, HOME / "transcripts")


def judged(mutant: Mutant) -> Judged:
    """What catches a mutant."""
    return judge().judge(mutant)


def main() -> None:
    """Print each fault, then the table."""
    count, seed = (int(given) for given in [*sys.argv[1:3], *("200", "1")[len(sys.argv) - 1 :]])
    began = time.perf_counter()
    found = list(over_cores(judged, mutants(PACK, count, seed), cores()))
    for each in found:
        print(f"{each.by:18}{each.mutant.kind:14}{each.mutant.file}: {each.mutant.what} | {each.note}"[:400])
    print(f"\n{table_of(found)}\n")
    print(f"{count} faults in {time.perf_counter() - began:.0f} s on {cores()} cores")


if __name__ == "__main__":
    main()
