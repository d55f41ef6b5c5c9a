"""Copies of what is kept: one case in the form that is asked for, or all of them without who they are."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Literal

from chatbot.errors import InputError, TriageError
from chatbot.export.note import Around, Kind, note
from chatbot.interview.to_transcript import transcript_of
from chatbot.packs.pack import Pack
from chatbot.recommendation.rulebook import LEVELS
from chatbot.replay.play import play
from chatbot.replay.record import yaml_of
from chatbot.service.call_details import added
from chatbot.service.cases import KeptCase, kept_case, of_chain
from chatbot.service.event_text import what
from chatbot.service.folding import Folding
from chatbot.service.maintenance import look
from chatbot.service.records import Records
from chatbot.service.results import documents
from chatbot.storage.chain import Stored, check_code
from chatbot.storage.deidentified import deidentified
from chatbot.storage.events import Event, Kept, Note, Override, Signed
from chatbot.storage.projection import row_of
from chatbot.storage.row import STORE, Row

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
    kept = kept_case(Folding(records.store, load), row)
    makers = {"events": _events, "transcript": _transcript, "json": _json, "md": _markdown}
    makers |= {"sbar": partial(_note, "sbar"), "soap": partial(_note, "soap")}
    copy = makers[wanted](kept)
    look(records, row.case, "exported", wanted)
    return copy


def _events(kept: KeptCase) -> Copy:
    """The bytes of each event as they are kept, so that the chain can be worked out from them."""
    return Copy(b"".join(each.body + b"\n" for each in kept.stored))


def _transcript(kept: KeptCase) -> Copy:
    pack = kept.pack
    transcript = transcript_of(kept.conversation, pack.id)
    if transcript is None:
        raise InputError("nothing was said in this case yet")
    remark = ""
    try:
        play(transcript, pack)
    except TriageError as error:
        remark = f"it does not replay to the same end, since it went over several days or on from another case: {error}"
    if kept.folding.load(pack.id).digest != pack.digest:
        remark = remark or f"it was asked under version {pack.version}, and another is installed"
    return Copy(yaml_of(transcript).encode(), remark)


def _json(kept: KeptCase) -> Copy:
    made, event = _summary(kept)["json"], kept.shown.event
    told = {
        "case": event.case,
        "check_code": check_code(kept.shown.stored.hash),
        "event": event.seq,
        "at": event.at.isoformat(),
        "summary": json.loads(made),
    }
    return Copy(f"{json.dumps(told)}\n".encode())


def _markdown(kept: KeptCase) -> Copy:
    made, event, code = _summary(kept)["md"], kept.shown.event, check_code(kept.shown.stored.hash)
    below = f"\nCheck code {code}: event {event.seq} of case {event.case}, {_minute(event)}\n"
    return Copy(made + below.encode())


def _summary(kept: KeptCase) -> dict[Literal["md", "json"], bytes]:
    """The summary that was shown last."""
    conversation = kept.shown.conversation
    return documents(kept.pack, conversation.interview.recommendation, conversation.words.language)


def _note(kind: Kind, kept: KeptCase) -> Copy:
    return Copy(note_of(kind, kept).encode())


def note_of(kind: Kind, kept: KeptCase, brief: bool = False) -> str:
    """A note for a clinic's record, with what a clinician added to the case; InputError where nothing was shown yet."""
    shown, pack, events = kept.shown, kept.pack, kept.events
    opened, row = added(events), row_of(shown.event.case, events)
    around = Around(
        title=pack.title,
        content=f"{pack.id} {pack.version}, digest {pack.digest[:12]}",
        case=shown.event.case,
        reference=row.reference,
        began=_minute(events[0]),
        shown=_minute(shown.event),
        check_code=check_code(shown.stored.hash),
        by=next((each.by.login for each in reversed(events) if each.by.who == "nurse"), ""),
        caller=opened.caller,
        today=opened.today,
        contacts=opened.contacts,
        chosen="" if row.chosen is None else LEVELS[row.chosen],
        overrides=tuple(what(each) for each in events if isinstance(each.did, Override | Signed)),
        done=opened.done,
        notes=tuple(each.did.text for each in events if isinstance(each.did, Note)),
    )
    return note(kind, shown.conversation.interview, shown.conversation.words, around, pack.status, brief)


def _minute(event: Event) -> str:
    return event.at.isoformat(timespec="minutes").replace("+00:00", "Z")


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
    folding, notes, left_out = Folding(records.store, load), list[dict[str, object]](), list[str]()
    for case, chain in groupby(records.store.chains(), key=lambda event: event[0]):
        stored = [Stored(seq, digest, body) for _, seq, digest, body in chain]
        watch(len(stored))
        if case == STORE:
            continue
        try:
            kept = of_chain(folding, case, stored)
            if not kept.gone_on:
                notes.append(deidentified(kept.pack, kept.conversation, kept.events))
        except TriageError as error:
            left_out.append(f"case {case}: {error}")
    records.log(Kept(kind="exported_all", cases=len(notes)))
    secrets.SystemRandom().shuffle(notes)
    lines = (json.dumps({"id": str(number), **case}) for number, case in enumerate(notes, start=1))
    return Everybody(tuple(lines), tuple(left_out))
