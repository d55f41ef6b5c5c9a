"""Prints how fast one turn, a simulated interview and a recommendation are, and what starting costs.

Run from the project's folder: python benchmarks/speed.py. Figures are of one core; compare them within one run.
"""

import random
import subprocess
import sys
import time
from statistics import median

from chatbot.case import stated
from chatbot.interview.simulate import answer_from, simulate
from chatbot.packs.load import load_pack
from chatbot.packs.random_cases import random_case
from chatbot.recommendation.recommend import recommend

SECONDS = 3.0


def rate(work: list[object], run: object) -> float:
    """How often a second `run` works on one of `work`."""
    started, done = time.perf_counter(), 0
    while time.perf_counter() - started < SECONDS:
        for item in work:
            run(item)  # type: ignore[operator] # a function
        done += len(work)
    return done / (time.perf_counter() - started)


def turns(pack: object, cases: list[object]) -> list[float]:
    """Milliseconds from an answer to the next question, over whole interviews."""
    found: list[float] = []
    for case in cases:
        given = stated(pack.rulebook.facts, case.answers)
        interview = pack.plan.begin(case.mode)
        while interview.question is not None:
            answer, _ = answer_from(interview.question, given, interview)
            started = time.perf_counter()
            interview = interview.answer(answer)
            found.append(1000 * (time.perf_counter() - started))
    return found


def start(code: str) -> float:
    """Milliseconds to start Python and run some code; the median of seven runs."""
    times = []
    for _ in range(7):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
        times.append(1000 * (time.perf_counter() - started))
    return median(times)


def main() -> None:
    """Print the figures."""
    started = time.perf_counter()
    pack = load_pack()
    loaded = 1000 * (time.perf_counter() - started)
    rng = random.Random(1)
    scripted = [case.case for case in pack.cases if case.name.startswith("CASE-")]
    cases = scripted + [random_case(pack.rulebook, rng, worrying=0.03) for _ in range(100)]
    partial = [
        random_case(pack.rulebook, rng, worrying=0.03, known=share) for _ in range(60) for share in (0.3, 0.5, 0.7)
    ]
    per_turn = sorted(turns(pack, cases))
    floor = start("pass")
    print(f"load the pack              {loaded:8.1f} ms")
    print(f"one turn, median           {median(per_turn):8.3f} ms")
    print(f"one turn, 95th percentile  {per_turn[int(len(per_turn) * 0.95)]:8.3f} ms")
    print(f"simulated interviews       {rate(cases, lambda case: simulate(pack.plan, case)):8.0f} a second")
    print(f"recommendations            {rate(cases, lambda case: recommend(pack.rulebook, case)):8.0f} a second")
    print(f"  of cases still open      {rate(partial, lambda case: recommend(pack.rulebook, case)):8.0f} a second")
    help_ = start(
        "from chatbot.cli import main; import contextlib\nwith contextlib.suppress(SystemExit): main(['--help'])"
    )
    print(f"start: bare python         {floor:8.1f} ms")
    print(f"start: triage --help       {help_:8.1f} ms, {help_ / floor:.1f} times bare python")


if __name__ == "__main__":
    main()
