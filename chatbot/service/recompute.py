"""Every recommendation that was issued, worked out once more: what this program says now, beside what it said then."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import groupby

from chatbot.errors import PackError, TriageError
from chatbot.recommendation.output import result
from chatbot.service.cases import of_chain
from chatbot.service.folding import Folding
from chatbot.storage.chain import Stored
from chatbot.storage.events import Event, Issued
from chatbot.storage.row import STORE


@dataclass(frozen=True, slots=True)
class Difference:
    """One key of a recommendation that came out otherwise; `key` is "record" where the case could not be done again."""

    case: str
    seq: int
    key: str
    issued: object
    recomputed: object

    def data(self) -> dict[str, object]:
        """Gives the same as data for JSON."""
        return asdict(self)

    def line(self) -> str:
        """As a line to read."""
        where = f"event {self.seq} of case {self.case}"
        if self.key == "record":
            return f"{where} cannot be worked out again: {self.recomputed}"
        told = (json.dumps(value, sort_keys=True) for value in (self.issued, self.recomputed))
        return f"{where}: {self.key} was {next(told)} when it was issued, and is {next(told)} now"


@dataclass(slots=True)
class Recomputation:
    """Goes through a store; `issued` counts the recommendations that were worked out again."""

    folding: Folding
    watch: Callable[[int], None] = lambda _: None
    issued: int = 0

    def differences(self) -> Iterator[Difference]:
        """Yields what comes out otherwise, case by case."""
        for case, chain in groupby(self.folding.store.chains(), key=lambda event: event[0]):
            stored = [Stored(seq, digest, body) for _, seq, digest, body in chain]
            self.watch(len(stored))
            if case != STORE:
                yield from self._of_case(case, stored)

    def _of_case(self, case: str, stored: list[Stored]) -> Iterator[Difference]:
        at = 1
        try:
            kept = of_chain(self.folding, case, stored)
            if not any(isinstance(event.did, Issued) for event in kept.events):
                return
            for event, conversation in kept.steps():
                at = event.seq
                if isinstance(event.did, Issued):
                    self.issued += 1
                    now = json.loads(json.dumps(result(conversation.interview.recommendation)))
                    yield from _compared(event, event.did.result, now)
        except PackError:
            yield Difference(case, at, "record", None, "this program cannot read the content it was asked with")
        except TriageError as error:
            yield Difference(case, at, "record", None, str(error))


def _compared(event: Event, then: dict[str, object], now: dict[str, object]) -> Iterator[Difference]:
    for key in sorted(then.keys() | now.keys()):
        if then.get(key) != now.get(key):
            yield Difference(event.case, event.seq, key, then.get(key), now.get(key))
