"""Looks at what is there when the day is over, with the books of all processes and nothing else from them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from chatbot.errors import TriageError
from chatbot.packs.pack import Pack
from chatbot.recommendation.output import result
from chatbot.recommendation.rulebook import EMERGENCY, LEVELS
from chatbot.service.closing import Standing, standing
from chatbot.service.reading import Folding
from chatbot.storage.chain import Stored, head_of
from chatbot.storage.events import Called, Closed, Event, Issued, Override, Signed, read_event
from chatbot.storage.projection import after
from chatbot.storage.store import STORE, CaseStore, Row
from chatbot.storage.verify import Verification
from shift.book import Line
from shift.clock import LEAD, NURSES, TOMORROW, Day
from shift.hands import Hands
from shift.waiting import Stand, stands_of

# Whose file a station's lines are in says under which login it wrote.
CLINICIANS = (*NURSES, LEAD)


@dataclass
class Verdict:
    """What was found: `stands` are the levels that stood, `hands` who had the cases, `tomorrow` what is left for then."""

    violations: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    stands: list[Stand] = field(default_factory=list)
    by_nurse: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    tomorrow: list[str] = field(default_factory=list)


def judged(store: CaseStore, day: Day, pack: Pack, lines: Iterable[Line], stations: Iterable[str]) -> Verdict:
    """Everything there is, against everything that was told."""
    found = Verdict()
    for station in stations:
        store.heads = day.heads(station)  # type: ignore[misc] # each station knows how far it wrote
        found.violations += [f"verify with the second file of {station}: {each.text}" for each in _findings(store)]
    chains = {case: list(chain) for case, chain in _chains(store)}
    found.violations += _acknowledged(chains, lines, found)
    rows = {row.case: row for row in store.rows()}
    folding = Folding(store, lambda _: pack)
    for case, stored in chains.items():
        if case == STORE:
            continue
        try:
            head_of(case, stored)
            _of_case(found, folding, rows[case], [read_event(each.body) for each in stored])
        except (TriageError, LookupError) as error:
            found.violations.append(f"case {case} cannot be done again: {type(error).__name__}: {error}")
    return found


def _findings(store: CaseStore) -> Iterator[object]:
    return Verification(store).findings()


def _chains(store: CaseStore) -> Iterator[tuple[str, list[Stored]]]:
    for case, chain in groupby(store.chains(), key=lambda event: event[0]):
        yield case, [Stored(seq, digest, body) for _, seq, digest, body in chain]


def _acknowledged(chains: dict[str, list[Stored]], lines: Iterable[Line], found: Verdict) -> Iterator[str]:
    """What was told to be kept, and is not there."""
    told: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for line in lines:
        said = line.said
        if line.what == "seen":
            found.seen[str(said["told"])] += 1
        elif line.what == "refused":
            why = "; ".join(said["why"])  # type: ignore[arg-type] # a list of texts
            found.refused[f"{said['act']}: {why}"] += 1
        elif line.what == "kept":
            case, seq = str(said["case"]), int(str(said["seq"]))
            chain = chains.get(case, [])
            if len(chain) < seq or chain[seq - 1].hash.hex() != said["head"]:
                yield f"{line.writer} was told that event {seq} of case {case} is kept, and it is not there"
            for kind in said["kinds"]:  # type: ignore[attr-defined] # a list of texts
                told[case, line.writer, kind].append(seq)
    found.seen["acts acknowledged"] = sum(len(seqs) for seqs in told.values())
    for (case, writer, kind), seqs in told.items():
        there = [each.seq for each in chains.get(case, []) if _is(each, writer, kind)]
        for number, seq in enumerate(sorted(seqs), start=1):
            if sum(place <= seq for place in there) < number:
                yield f"{writer} was told that '{kind}' is kept in case {case}, and it is not there"


def _is(stored: Stored, writer: str, kind: str) -> bool:
    body = json.loads(stored.body)
    return bool(body["did"]["kind"] == kind and body["by"].get("login") == writer)


def _of_case(found: Verdict, folding: Folding, row: Row, events: list[Event]) -> None:
    """One case from its first event to its last."""
    name, hands, now, before = events[0].case, Hands(), Row(events[0].case), None
    wrong = found.violations
    rows: list[tuple[Event, Row]] = []
    for place, (event, _, at) in enumerate(folding.steps(events)):
        wrong += [f"case {name}, event {event.seq}: {text}" for text in hands.take(event)]
        if isinstance(event.did, Closed):
            told = standing(now, before or at, events[:place])
            wrong += [f"case {name}, event {event.seq}: {text}" for text in _closing(now, told, events[:place])]
            found.by_nurse[event.by.login] += 1
            found.seen["closings"] += 1
        if isinstance(event.did, Issued) and json.loads(json.dumps(result(at.interview.recommendation))) != event.did.result:
            wrong.append(f"case {name}, event {event.seq}: what was shown does not follow from the answers")
        if isinstance(event.did, Called) or (event.seq == 1 and at.interview.case.mode == "nurse"):
            found.seen["calls"] += 1
        now, before = after(now, event), at
        rows.append((event, now))
        if (now.level or 0) == EMERGENCY > (EMERGENCY if now.stands is None else now.stands):
            if not _is_signed(events[: place + 1], now.chosen or 0):
                wrong.append(f"case {name}, event {event.seq}: an emergency is below it, and nobody else signed that")
    found.seen["leases that ran out and were taken over"] += hands.taken_over
    if now.grown(row.at) != row:
        wrong.append(f"case {name}: its row does not follow from its events")
    found.stands += stands_of(name, rows)
    _left(found, now, name)


def _closing(row: Row, at: Standing, events: list[Event]) -> Iterator[str]:
    """Why a case should not have been closed, from what was there then."""
    if row.stands is None:
        yield "closed, and nobody was ever told a level"
    if at.asked is not None and at.chosen is None:
        yield "closed while a lower level waited for its signature"
    if at.stands < EMERGENCY and at.checks:
        yield f"closed below an emergency, and {', '.join(at.checks)} not asked"
    if at.stands < EMERGENCY <= at.by_rules and not _is_signed(events, at.stands):
        yield "an emergency was closed below it, and nobody else signed that"


def _is_signed(events: list[Event], level: int) -> bool:
    """Whether somebody agreed to a lower level, or to one still lower, that another login had chosen."""
    overrides = {event.seq: event for event in events if isinstance(event.did, Override)}
    for event in events:
        if isinstance(event.did, Signed) and (lower := overrides.get(event.did.override)) is not None:
            chosen = lower.did
            assert isinstance(chosen, Override)
            if lower.by.login != event.by.login and LEVELS.index(chosen.level) <= level:
                return True
    return False


def _left(found: Verdict, row: Row, name: str) -> None:
    if row.closed:
        return
    if row.level is None and not row.called:
        found.seen["begun alone, broken off for good, and never on the list"] += 1
    elif not row.owner and row.due >= TOMORROW.isoformat()[:16] and row.stands != EMERGENCY:
        found.tomorrow.append(f"{name} at {row.due}")
    else:
        found.violations.append(f"case {name} is left over: {row!r:.300}")

