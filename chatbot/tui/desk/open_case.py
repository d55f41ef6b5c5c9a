"""The case that a page shows: as it was read last, and how something is done to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from chatbot.tui.desk.at_desk import at_desk, done

if TYPE_CHECKING:
    from chatbot.service.cases import KeptCase
    from chatbot.service.desk import Desk
    from chatbot.storage.row import Row
    from chatbot.tui.desk.at_desk import DeskScreen

_Done = TypeVar("_Done")


class OpenCase:
    """One case on a page.

    `kept` is the case as it was read last, None until it has been. `row` gives the row that a page writes behind,
    `show` brings on the page what was read.
    """

    def __init__(self, page: DeskScreen, row: Callable[[], Row], show: Callable[[KeptCase], None]) -> None:
        self.page, self.row, self._show = page, row, show
        self.kept: KeptCase | None = None

    @property
    def desk(self) -> Desk | None:
        """The desk at which one works, once the store is open."""
        return self.page.desk

    def tell(self, key: str, **parts: object) -> None:
        """Say on the page what was done."""
        self.page.tell(self.page.words.say(key, **parts))

    def refuse(self, key: str, **parts: object) -> None:
        """Say on the page why something cannot be done."""
        self.page.tell(self.page.words.say(key, **parts), error=True)

    async def done(self, act: Callable[[Desk], _Done]) -> _Done | None:
        """Do something at the store; None where it could not be done, and why is said on the page."""
        return await done(self.desk, act, lambda text: self.page.tell(text, error=True))

    async def keep(self, act: Callable[[Desk, Row], Row], key: str = "") -> bool:
        """Keep something in the case, and show it; False where it was refused, which is said."""
        self.page.tell("")
        row = await self.done(lambda desk: act(desk, self.row()))
        if row is not None and key:
            self.tell(key)
        await self.renew()
        return row is not None

    async def renew(self) -> None:
        """Read the case as it is kept, and show it."""
        kept = await self.done(lambda desk: desk.folder(self.row().case))
        if kept is not None and self.page.is_attached:
            self.kept = kept
            self._show(kept)

    def leave(self, key: str) -> None:
        """Leave the case, and say on the list what was done, if anything was."""
        app = at_desk(self.page)
        if app.conversation is not None:
            app.on_start_again()
        app.to_list(self.page.words.say(key) if key else "")
