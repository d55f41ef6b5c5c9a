"""A store looked through: whether it is whole, where a check code stands, what comes out otherwise now."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field

from chatbot.errors import DamagedError, InputError
from chatbot.packs.pack import Pack
from chatbot.service.event_text import what
from chatbot.service.folding import Folding
from chatbot.service.recompute import Difference, Recomputation
from chatbot.storage.chain import check_code
from chatbot.storage.events import Issued, read_event
from chatbot.storage.store import CaseStore
from chatbot.storage.verify import Finding, Verification

_CODE = re.compile(r"[0-9A-F]{12}")


def normal_code(typed: str) -> str:
    """A check code as it is printed; InputError when it can be none, empty when nothing was typed."""
    text = re.sub(r"[\s-]", "", typed).upper()
    if text and not _CODE.fullmatch(text):
        raise InputError("a check code has twelve digits and letters from A to F, such as 0A1B-2C3D-4E5F")
    return check_code(bytes.fromhex(text)) if text else ""


@dataclass(frozen=True, slots=True)
class Place:
    """The event that a check code belongs to, and what it is."""

    case: str
    seq: int
    at: str
    did: str


@dataclass(slots=True)
class Inspection:
    """The outcome of an inspection; `differences` and `code` are None and empty where nobody asked for them."""

    looked: Verification
    findings: list[Finding]
    code: str = ""
    places: list[Place] = field(default_factory=list)
    recomputed: int = 0
    differences: list[Difference] | None = None

    @property
    def is_unreadable(self) -> bool:
        """True when not one event could be read."""
        return self.looked.ended_early and not self.looked.events

    @property
    def is_well(self) -> bool:
        """True when nothing was found, and all that was asked for."""
        return not self.findings and not self.differences and (not self.code or bool(self.places))

    def data(self) -> dict[str, object]:
        """Everything as one object."""
        data: dict[str, object] = {
            "whole": not self.findings,
            "cases": self.looked.cases,
            "events": self.looked.events,
            "findings": [{"case": each.case, "seq": each.seq, "text": each.text} for each in self.findings],
        }
        if self.differences is not None:
            data |= {"recomputed": self.recomputed, "differences": [each.data() for each in self.differences]}
        if self.code:
            data |= {"check_code": self.code, "found": [asdict(place) for place in self.places]}
        return data

    def lines(self) -> Iterator[str]:
        """Everything in lines."""
        yield from (f"BROKEN {finding.text}" for finding in self.findings)
        yield from (f"DIFFERS {difference.line()}" for difference in self.differences or ())
        for place in self.places:
            yield f"check code {self.code} is that of event {place.seq} of case {place.case}, {place.at}: {place.did}"
        if self.code and not self.places:
            yield f"no event has the check code {self.code}"
        if self.differences is not None:
            yield f"{self.recomputed} recommendation(s) worked out again, {len(self.differences)} difference(s)"
        state = f"{len(self.findings)} thing(s) are not as they were written" if self.findings else "all as written"
        yield f"{self.looked.cases} chain(s), {self.looked.events} event(s): {state}"


def inspect(
    store: CaseStore,
    load: Callable[[str], Pack] | None = None,
    code: str = "",
    watch: Callable[[int], None] = lambda _: None,
) -> Inspection:
    """Look a store through; with `load`, which brings installed packs, recommendations are worked out again."""
    looked = Verification(store, watch=watch)
    inspection = Inspection(looked, list(looked.findings()), code)
    if looked.ended_early:
        return inspection
    if load is not None:
        again = Recomputation(Folding(store, load), watch)
        inspection.differences = list(again.differences())
        inspection.recomputed = again.issued
    if code:
        inspection.places = list(_places(store, code, watch))
    return inspection


def _places(store: CaseStore, code: str, watch: Callable[[int], None]) -> Iterator[Place]:
    for case, seq, digest, body in store.chains():
        watch(1)
        if check_code(digest) != code:
            continue
        try:
            event = read_event(body)
        except DamagedError:
            yield Place(case, seq, "", "cannot be read")
        else:
            # Only a summary has a check code beside it; what else was said is nobody's business here.
            did = what(event) if isinstance(event.did, Issued) else event.did.kind
            yield Place(case, seq, event.at.isoformat(), did)
