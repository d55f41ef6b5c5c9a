"""Copies of what is kept: one case in the form that is asked for, or all of them without who they are."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Literal

from chatbot.errors import InputError, TriageError
from chatbot.export.note import Around, Kind, note
from chatbot.interview.conversation import Conversation
from chatbot.interview.record import transcript_of
from chatbot.packs.pack import Pack
from chatbot.recommendation.rulebook import LEVELS
from chatbot.replay.play import play
from chatbot.replay.record import yaml_of
from chatbot.service.added import added
from chatbot.service.keeping import look
from chatbot.service.reading import Folding, events_in, gone_on_in, whole
from chatbot.service.records import Records
from chatbot.service.results import documents
from chatbot.service.telling import what
from chatbot.storage.chain import Stored, check_code
from chatbot.storage.deidentified import deidentified
from chatbot.storage.events import Event, Issued, Kept, Note, Override, Signed
from chatbot.storage.projection import projected
from chatbot.storage.store import STORE, Row

Format = Literal["events", "transcript", "json", "md", "sbar", "soap"]
FORMATS: tuple[Format, ...] = ("events", "transcript", "json", "md", "sbar", "soap")


def format_of(typed: str) -> Format:
    """The format of that name; InputError where there is none."""
    for known in FORMATS:
        if typed == known:
            return known
    raise InputError(f"there is no format '{typed[:20]}'; use one of {', '.join(FORMATS)}")


@dataclass(frozen=True, slots=True)
class Copy:
    """One case as the bytes of a file; `remark` says what of it is not as somebody may expect, empty where all is."""

    content: bytes
    remark: str = ""

    @property
    def text(self) -> str:
        """The content in letters, for a reader; what is no UTF-8 is marked."""
        return self.content.decode("utf-8", errors="replace")


def one_case(records: Records, row: Row, wanted: Format, load: Callable[[str], Pack]) -> Copy:
    """A copy of one case; that it was taken is kept first."""
    if row.case == STORE and wanted != "events":
        raise InputError("the store's own chain is no case; it can be had as events only")
    stored = whole(records.store, row)
    folding = Folding(records.store, load)
    makers = {"events": _events, "transcript": _transcript, "json": _json, "md": _markdown}
    makers |= {"sbar": partial(_note, "sbar"), "soap": partial(_note, "soap")}
    copy = makers[wanted](stored, folding)
    look(records, row.case, "exported", wanted)
    return copy


def _events(stored: Sequence[Stored], _: Folding) -> Copy:
    """The bytes of each event as they are kept, so that the chain can be worked out from them."""
    return Copy(b"".join(each.body + b"\n" for each in stored))


def _transcript(stored: Sequence[Stored], folding: Folding) -> Copy:
    events = events_in(stored)
    pack, at = folding.end(events)
    found = transcript_of(at, pack.id)
    if found is None:
        raise InputError("nothing was said in this case yet")
    remark = ""
    try:
        play(found, pack)
    except TriageError as error:
        remark = f"it does not replay to the same end, since it went over several days or on from another case: {error}"
    if folding.load(pack.id).digest != pack.digest:
        remark = remark or f"it was asked under version {pack.version}, and another is installed"
    return Copy(yaml_of(found).encode(), remark)


def _json(stored: Sequence[Stored], folding: Folding) -> Copy:
    made, event, code = _summary(stored, folding)
    told = {
        "case": event.case,
        "check_code": code,
        "event": event.seq,
        "at": event.at.isoformat(),
        "summary": json.loads(made["json"]),
    }
    return Copy(f"{json.dumps(told)}\n".encode())


def _markdown(stored: Sequence[Stored], folding: Folding) -> Copy:
    made, event, code = _summary(stored, folding)
    below = f"\nCheck code {code}: event {event.seq} of case {event.case}, {_minute(event)}\n"
    return Copy(made["md"] + below.encode())


def _note(kind: Kind, stored: Sequence[Stored], folding: Folding) -> Copy:
    return Copy(note_of(kind, stored, folding).encode())


def note_of(kind: Kind, stored: Sequence[Stored], folding: Folding, brief: bool = False) -> str:
    """A note for a clinic's record, with what a clinician added to the case; InputError where nothing was shown yet."""
    pack, at, event = _shown(stored, folding)
    events = events_in(stored)
    first, row = events[0], projected(event.case, [each.body for each in stored])
    opened = added(events)
    around = Around(
        title=pack.title,
        content=f"{pack.id} {pack.version}, digest {pack.digest[:12]}",
        case=event.case,
        reference=row.reference,
        began=_minute(first),
        shown=_minute(event),
        check_code=check_code(stored[event.seq - 1].hash),
        by=next((each.by.login for each in reversed(events) if each.by.who == "nurse"), ""),
        caller=opened.caller,
        today=opened.today,
        contacts=opened.contacts,
        chosen="" if row.chosen is None else LEVELS[row.chosen],
        overrides=tuple(what(each) for each in events if isinstance(each.did, Override | Signed)),
        done=opened.done,
        notes=tuple(each.did.text for each in events if isinstance(each.did, Note)),
    )
    return note(kind, at.interview, at.words, around, pack.status, brief)


def _minute(event: Event) -> str:
    return event.at.isoformat(timespec="minutes").replace("+00:00", "Z")


def _summary(stored: Sequence[Stored], folding: Folding) -> tuple[dict[Literal["md", "json"], bytes], Event, str]:
    """The summary that was shown last, with the event that says so and the check code that stood beside it."""
    pack, at, event = _shown(stored, folding)
    made = documents(pack, at.interview.recommendation, at.words.language)
    return made, event, check_code(stored[event.seq - 1].hash)


def _shown(stored: Sequence[Stored], folding: Folding) -> tuple[Pack, Conversation, Event]:
    """Where the case stood when a recommendation was shown last, and the event that says so."""
    found: tuple[Pack, Conversation, Event] | None = None
    for event, pack, at in folding.steps(events_in(stored)):
        if isinstance(event.did, Issued):
            found = pack, at, event
    if found is None:
        raise InputError("no recommendation was shown in this case")
    return found


@dataclass(frozen=True, slots=True)
class Everybody:
    """All cases without who they are, a line each, and those left out with why."""

    lines: tuple[str, ...]
    left_out: tuple[str, ...]


def everybody(
    records: Records, load: Callable[[str], Pack], watch: Callable[[int], None] = lambda _: None
) -> Everybody:
    """Every case, in an order and under numbers that tell nothing; that it was exported is kept first.

    A case that goes on under another name is there once, as it goes on.
    """
    folding, found, left_out = Folding(records.store, load), list[dict[str, object]](), list[str]()
    for case, chain in groupby(records.store.chains(), key=lambda event: event[0]):
        stored = [Stored(seq, digest, body) for _, seq, digest, body in chain]
        watch(len(stored))
        if case == STORE:
            continue
        try:
            events = events_in(stored)
            if not gone_on_in(events):
                found.append(deidentified(*folding.end(events), events))
        except TriageError as error:
            left_out.append(f"case {case}: {error}")
    records.log(Kept(kind="exported_all", cases=len(found)))
    secrets.SystemRandom().shuffle(found)
    lines = (json.dumps({"id": str(number), **case}) for number, case in enumerate(found, start=1))
    return Everybody(tuple(lines), tuple(left_out))
