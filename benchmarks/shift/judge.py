"""Looks at what is there when the day is over, with the books of all processes and nothing else from them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import cast

from benchmarks.shift.book import Line
from benchmarks.shift.clock import LEAD, NURSES, TOMORROW, Day
from benchmarks.shift.hands import Hands
from benchmarks.shift.waiting import Stand, stands_of
from chatbot.errors import TriageError
from chatbot.interview.conversation import Conversation
from chatbot.packs.pack import Pack
from chatbot.recommendation.output import result
from chatbot.recommendation.rulebook import EMERGENCY, LEVELS
from chatbot.service.cases import of_chain
from chatbot.service.decisions import Standing, standing
from chatbot.service.folding import Folding
from chatbot.storage.chain import Stored, head_of
from chatbot.storage.events import Called, Closed, Event, Issued, Override, Signed, Started
from chatbot.storage.projection import after, stamp
from chatbot.storage.row import STORE, Row
from chatbot.storage.store import CaseStore
from chatbot.storage.verify import Verification

# Whose file a station's lines are in says under which login it wrote.
# Whose file a clinician's lines are in says under which login they wrote.
CLINICIANS = (*NURSES, LEAD)


@dataclass
class Verdict:
    """What was found: `stands` are the levels that stood, `tomorrow` what is left for then."""

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
        findings = Verification(store).findings()
        found.violations += [f"verify with the second file of {station}: {each.text}" for each in findings]
    chains = {case: list(chain) for case, chain in _chains(store)}
    found.violations += _acknowledged(chains, lines, found)
    rows = {row.case: row for row in store.rows()}
    folding = Folding(store, lambda _: pack)
    for case, stored in chains.items():
        if case == STORE:
            continue
        try:
            head_of(case, stored)
            trial = Trial(found, Row(case))
            for event, at in of_chain(folding, case, stored).steps():
                trial.take(event, at)
            trial.end(rows[case])
        except (TriageError, LookupError) as error:
            found.violations.append(f"case {case} cannot be done again: {type(error).__name__}: {error}")
    return found


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
            found.refused[f"{said['act']}: {said['why']}"] += 1
        elif line.what == "kept":
            found.seen["acts and steps acknowledged, each looked for"] += 1
            case, seq = str(said["case"]), int(str(said["seq"]))
            chain = chains.get(case, [])
            if len(chain) < seq or chain[seq - 1].hash.hex() != said["head"]:
                yield f"{line.writer} was told that event {seq} of case {case} is kept, and it is not there"
            for kind in cast("list[str]", said["kinds"]):
                told[case, line.writer, kind].append(seq)
    for (case, writer, kind), seqs in told.items():
        there = [each.seq for each in chains.get(case, []) if _is(each, writer, kind)]
        for number, seq in enumerate(sorted(seqs), start=1):
            if sum(place <= seq for place in there) < number:
                yield f"{writer} was told that '{kind}' is kept in case {case}, and it is not there"


def _is(stored: Stored, writer: str, kind: str) -> bool:
    body = json.loads(stored.body)
    return bool(body["did"]["kind"] == kind and body["by"].get("login") == writer)


@dataclass
class Trial:
    """Goes through one case; `row` and `at` are what was there before the event at hand."""

    found: Verdict
    row: Row
    at: Conversation | None = None
    hands: Hands = field(default_factory=Hands)
    events: list[Event] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def take(self, event: Event, at: Conversation) -> None:
        """Go on by one event, which led the conversation to a place."""
        wrong, seen, before = list(self.hands.take(event)), self.found.seen, self.row
        if isinstance(event.did, Closed):
            wrong += _closing(before, standing(before, self.at or at, self.events), self.events)
            self.found.by_nurse[event.by.login] += 1
            seen["closings"] += 1
        elif isinstance(event.did, Issued):
            now = json.loads(json.dumps(result(at.interview.recommendation)))
            wrong += [] if now == event.did.result else ["what was shown does not follow from the answers"]
            seen[_let_down(before, event, now["level"])] += 1
        seen["cases with a call"] += isinstance(event.did, Called) or (isinstance(event.did, Started) and _by_nurse(at))
        self.events.append(event)
        self.rows.append(after(before, event))
        self.row, self.at = self.rows[-1], at
        chosen = self.row.chosen
        if chosen is not None and chosen < EMERGENCY == self.row.level and not _is_signed(self.events, chosen):
            wrong.append("an emergency is below it, and nobody else signed that")
        self.found.violations += [f"case {before.case}, event {event.seq}: {text}" for text in wrong]

    def end(self, kept: Row) -> None:
        """What there is to say at the end of a case."""
        found, row = self.found, self.row
        found.seen["cases"] += 1
        found.seen["leases that ran out and were taken over"] += self.hands.taken_over
        found.stands += stands_of(row.case, zip(self.events, self.rows, strict=True))
        if row.grown(kept.at) != kept:
            found.violations.append(f"case {row.case}: its row does not follow from its events")
        if row.closed:
            return
        if row.level is None and not row.called:
            found.seen["begun alone, broken off for good, and never on the list"] += 1
        elif not row.owner and row.due >= stamp(TOMORROW) and row.stands != EMERGENCY:
            found.tomorrow.append(f"{row.case} at {row.due}")
        else:
            shown = ("state", "level", "chosen", "asked", "asker", "owner", "until", "called", "due", "changed")
            told = ", ".join(f"{name} {getattr(row, name)}" for name in shown if getattr(row, name) not in ("", None))
            found.violations.append(f"case {row.case} is left over: {told}")


def _by_nurse(at: Conversation) -> bool:
    return at.interview.case.mode == "nurse"


def _let_down(before: Row, event: Event, level: int) -> str:
    """What an emergency is counted as that the rules let down by other answers; no signature is asked for that."""
    if before.level != EMERGENCY or level == EMERGENCY:
        return "levels shown"
    if event.by.who == "nurse":
        return "emergencies that the rules let down when a nurse went through the answers"
    when = "once somebody had taken it on" if before.taken else "before anybody had taken it on"
    return f"emergencies that a person's own other answer let down {when}"


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
