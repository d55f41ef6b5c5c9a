"""What the nurse's app looks after beside the keys: new emergencies, the lease of a call, how long it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatbot.errors import TriageError
from chatbot.service.worklist import announced, minutes_since

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

    from chatbot.service.desk import Desk
    from chatbot.tui.face import Face

# Seconds from one look at a lease to the next; it is renewed when half of it has gone by.
LEASES = 60.0
# Seconds from one look at how long a call goes on to the next.
MINUTE = 20.0


class Watch:
    """Looks at the store every now and then; `desk` is there once the store is open, `news` while there are some."""

    def __init__(self, app: App[int], face: Face, announce: Callable[[str], None]) -> None:
        # One object: the library's side of it, for workers and timers, and ours.
        self.app, self.face = app, face
        self.desk: Desk | None = None
        self.news = ""
        self._announce = announce
        self._known: frozenset[tuple[str, str]] | None = None

    def begin(self, every: float) -> None:
        """Look from now on."""
        self.app.set_interval(every, self.look)
        self.app.set_interval(LEASES, self.renew_lease)
        self.app.set_interval(MINUTE, self.renew_place)

    def look(self) -> None:
        """Look for emergencies that were not there before."""
        self.app.run_worker(self._look, thread=True, exclusive=True, group="news", exit_on_error=False)

    def _look(self) -> None:
        if self.desk is None:
            return
        try:
            now = self.desk.records.clock()
            rows = self.desk.emergencies(now)
        except TriageError:
            return  # the list itself says so
        urgent = frozenset((row.case, row.shown) for row in rows)
        new = [row for row in rows if self._known is not None and (row.case, row.shown) not in self._known]
        self._known = urgent if self._known is None else self._known | urgent
        waiting = {row.case for row in rows}
        if new:
            self.app.call_from_thread(self.announce, announced(new, now), True)
        elif self.news and not waiting:
            self.app.call_from_thread(self.announce, "", False)

    def announce(self, text: str, is_new: bool) -> None:
        """Say it where the nurse looks, in words; it stays above the list while an emergency waits."""
        self.news = text
        if is_new:
            self.app.bell()
        self._announce(text)
        if self.face.stage is not None:
            self.face.stage.renew_place()
            if text:
                self.face.stage.tell(text, error=True)

    def renew_place(self) -> None:
        """Say how long the call has gone on."""
        if self.face.stage is not None:
            self.face.stage.renew_place()

    def renew_lease(self) -> None:
        """Keep the case of a call for as long as the program runs; where that fails, the next step says why."""
        session, desk = self.face.start.session, self.desk
        if desk is not None and session.journal is not None:
            self.app.run_worker(
                lambda: session.with_journal(desk.renew),
                thread=True, exclusive=True, group="lease", exit_on_error=False,
            )  # fmt: skip

    @property
    def beside(self) -> str:
        """The text before the place of a question: news, and how long the call has gone on."""
        journal, parts, say = self.face.start.session.journal, list[str](), self.face.words.say
        if self.news:
            parts.append(say("place_emergency"))
        if journal is not None and self.desk is not None and journal.row.called:
            parts.append(say("place_minutes", minutes=minutes_since(journal.row.called, self.desk.records.clock())))
        return "".join(f"{part} · " for part in parts)
