"""Lanes `verify` and `commit`: how fast a store is looked through, and how long keeping an answer takes; not judged."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.survival.apart import apart
from benchmarks.survival.talking import NOW, Place, records, steps_of
from benchmarks.survival.tally import Setting, Tally
from chatbot.case import Answer
from chatbot.interview.steps import Answered
from chatbot.service.append import written
from chatbot.storage.events import By, EventBody, Note, Stepped
from chatbot.storage.row import Row
from chatbot.storage.verify import Verification

EVENTS, ASKED = 300_000, 200_000
IN_A_CASE = 60
ANSWERS = 2_000


def verify(setting: Setting) -> Tally:
    """Events looked through in a second on one core."""
    events = max(3_000, setting.part(EVENTS))
    with TemporaryDirectory(dir=setting.folder, ignore_cleanup_errors=True) as folder:
        place = Place(Path(folder))
        apart(lambda: _fill(setting, place, events // IN_A_CASE), seconds=600)
        store = setting.open(place.file, place.heads)
        rates = []
        for _ in range(3):
            looked, began = Verification(store), perf_counter()
            wrong = [finding.text for finding in looked.findings()]
            rates.append(looked.events / (perf_counter() - began))
        size = place.file.stat().st_size / 1e6
        store.close()
    figures = [f"best of 3: {max(rates):,.0f} events/s on one core (asked: {ASKED:,})", f"{size:,.0f} MB"]
    return Tally(looked.events, violations=[f"verify: {line}" for line in wrong[:3]], figures=figures)


def _fill(setting: Setting, place: Place, cases: int) -> None:
    """Cases as long as an interview, with answers of the usual length."""
    store = setting.open(place.file, place.heads)
    said = Answer(question="onset_days", values={"onset_days": 21}, said="about three weeks")
    answered = Stepped(step=Answered(answer=said, echo="about 3 weeks"), then="trend")
    did: list[EventBody] = [answered] * (IN_A_CASE - 1)
    for number in range(cases):
        row = Row(f"case-{number:08}", pack="low_back_pain", digest=setting.pack.digest, code=f"{number:064}")
        row, bodies = written(row, [*did, Note(text=str(number))], By(who="patient"), NOW, setting.pack.digest)
        store.begin(row, bodies)
    store.close()


def commit(setting: Setting) -> Tally:
    """Milliseconds that keeping an answer takes, with its way to the disk."""
    taken: list[float] = []
    with TemporaryDirectory(dir=setting.folder, ignore_cleanup_errors=True) as folder:
        place = Place(Path(folder))
        store, seed = setting.open(place.file, place.heads), 0
        while len(taken) < setting.part(ANSWERS):
            someone = steps_of(setting.pack, seed, 0)
            journal = records(store).begin(setting.pack, someone.at)
            for _ in range(40):
                before, someone.at = someone.at, someone.step() or someone.at
                if someone.at is not before:
                    began = perf_counter()
                    journal.take(someone.at)
                    taken.append(1000 * (perf_counter() - began))
            journal.close()
            seed += 1
        store.close()
    taken.sort()
    middle, late, most = taken[len(taken) // 2], taken[int(len(taken) * 0.95)], taken[-1]
    return Tally(len(taken), figures=[f"journal.take p50 {middle:.1f} ms, p95 {late:.1f} ms, at most {most:.1f} ms"])
