"""What a clinician does about a case: another level, a call-back, its end; asked for step by step, kept at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from textual import work

from chatbot.interview.view.line import Line
from chatbot.recommendation.citing import shown_id
from chatbot.recommendation.rulebook import LEVELS
from chatbot.recommendation.summary import View
from chatbot.service.decisions import OUTCOMES, REASONS, Need, Standing, needs
from chatbot.service.times import read_time
from chatbot.tui.desk.at_desk import DeskScreen, at_desk, done
from chatbot.tui.desk.choosing import Interruption, OneOf, Words
from chatbot.tui.desk.standing import level_text
from chatbot.tui.screens.base import Reading

if TYPE_CHECKING:
    from chatbot.service.cases import KeptCase
    from chatbot.service.desk import Desk
    from chatbot.storage.row import Row

_Found = TypeVar("_Found")


class Deciding(DeskScreen, Reading[None]):
    """A page on one case; `folder` is the case as it was read last."""

    folder: KeptCase | None = None

    @property
    def row(self) -> Row:
        """The case as it was seen last."""
        raise NotImplementedError

    def renewed(self, folder: KeptCase) -> None:
        """Show where the case stands now."""
        raise NotImplementedError

    def leave_for(self, text: str) -> None:
        """Leave the case, and say on the list what was done."""
        if at_desk(self).conversation is not None:
            at_desk(self).on_start_again()
        at_desk(self).to_list(text)

    async def done(self, act: Callable[[Desk], _Found]) -> _Found | None:
        """Do something at the store; None where it could not be done, and why is said here."""
        return await done(self.desk, act, lambda text: self.tell(text, error=True))

    async def keep(self, act: Callable[[Desk, Row], Row], text: str = "") -> bool:
        """Keep something in the case, and show it; False where it was refused, which is said."""
        self.tell("")
        row = await self.done(lambda desk: act(desk, self.row))
        if row is not None and text:
            self.tell(self.words.say(text))
        folder = await self.done(lambda desk: desk.folder(self.row.case))
        if folder is not None and self.is_attached:
            self.renewed(folder)
        return row is not None

    @work
    async def refresh_case(self) -> None:
        """Read the case as it is kept."""
        folder = await self.done(lambda desk: desk.folder(self.row.case))
        if folder is not None:
            self.renewed(folder)

    async def choose(self, title: str, names: tuple[str, ...], prefix: str, how: str = "") -> str | None:
        """One of several, by a key of its own."""
        lines = [Line(name, self.words.say(f"{prefix}_{name}"), str(at)) for at, name in enumerate(names, start=1)]
        return await self.app.push_screen_wait(OneOf(self.words.say(title), how, lines))

    async def words_for(
        self, title: str, how: str, may_be_empty: bool = False, is_secret: bool = False,
        why_not: Callable[[str], str] = lambda _: "",
    ) -> str | None:  # fmt: skip
        """A line of words; `why_not` gives the id of a text that says why words do not do."""
        say = self.words.say

        def judged(text: str) -> str:
            return say(why) if (why := why_not(text)) else ""

        return await self.app.push_screen_wait(Words(say(title), say(how), may_be_empty, is_secret, judged))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 # Textual's
        """Only what can be done now has a key."""
        folder, desk = self.folder, self.desk
        if folder is None or desk is None or action not in _WHEN:
            return True
        return _WHEN[action](folder, desk.has(folder.row), desk)

    # Another level.

    @work
    async def action_override(self) -> None:
        """Choose another level: up with a line; down with a reason, a sentence, and a page that says what is done."""
        folder = self.folder
        if folder is None:
            return
        at = folder.standing
        how = self.words.say("override_how", level=level_text(at.by_rules, self.words))
        name = await self.choose("override_title", LEVELS[::-1], "level", how)
        if name is None:
            return
        level = LEVELS.index(name)
        need = needs(at, level)
        if need.why_not:
            self.tell(self.words.say(need.why_not, count=len(at.checks)), error=True)
            return
        reason = await self.choose("reason_why", REASONS, "reason") if need.reason else ""
        if reason is None:
            return
        how = "override_down" if need.sentence else "override_up"
        said = await self.words_for("override_words", how, why_not=need.why_not_words)
        if said is None or (need.reason and not await self.is_meant(at, level, folder)):
            return
        if await self.keep(lambda desk, row: desk.override(row, level, said, reason), "override_kept"):
            await self.have_signed(need)

    async def is_meant(self, at: Standing, level: int, folder: KeptCase) -> bool:
        """What the rules say, and what would be done against it."""
        say = self.words.say
        view = View(folder.at.interview.recommendation, folder.pack.rulebook, folder.at.words, "clinician")
        texts = [
            say("meant_rules", level=level_text(at.by_rules, self.words)),
            *(f"{shown_id(each)} {each.text}".strip() + f" [{', '.join(each.cites)}]" for each in view.why()),
            say("meant_yours", level=level_text(level, self.words)),
        ]
        if needs(at, level).signature:
            texts.append(say("meant_second"))
        page = Interruption(say("meant_title"), texts, say("meant_go_on"), say("meant_back"))
        return await self.app.push_screen_wait(page) == "go_on"

    async def have_signed(self, need: Need) -> None:
        """Below an emergency somebody else signs, at this computer or at their own."""
        if not need.signature or self.folder is None or self.folder.row.asked is None:
            return
        login = await self.words_for("second_title", "second_how", may_be_empty=True)
        if not login:
            self.tell(self.words.say("second_later"))
            return
        secret = await self.words_for("second_secret", "second_secret_how", may_be_empty=True, is_secret=True)
        if secret is None:
            return
        address = self.triage.start.session.address
        await self.keep(lambda desk, row: desk.sign_as(row, address, login, secret), "second_kept")

    @work
    async def action_sign(self) -> None:
        """Agree to a lower level that somebody else chose."""
        folder, desk = self.folder, self.desk
        if folder is None or desk is None or folder.row.asked is None:
            return
        why = folder.standing.why_not_sign(desk.login)
        if why:
            self.tell(self.words.say(why, count=len(folder.standing.checks)), error=True)
            return
        if await self.is_meant(folder.standing, folder.row.asked, folder):
            await self.keep(lambda desk, row: desk.sign(row), "second_kept")

    @work
    async def action_unable(self) -> None:
        """The person cannot be assessed."""
        said = await self.words_for("unable_title", "unable_how", may_be_empty=True)
        if said is not None:
            await self.keep(lambda desk, row: desk.unable(row, said), "unable_kept")

    # What becomes of the case.

    @work
    async def action_close(self) -> None:
        """End the case; why it cannot be ended is said before anything is asked."""
        if self.folder is None:
            return
        why = self.folder.standing.why_not_close()
        if why:
            self.tell(self.words.say(why, count=len(self.folder.standing.checks)), error=True)
            return
        outcome = await self.choose("close_title", OUTCOMES, "outcome")
        if outcome is None:
            return
        if await self.keep(lambda desk, row: desk.close(row, outcome)):
            self.leave_for(self.words.say("close_kept"))

    @work
    async def action_callback(self) -> None:
        """Plan when to call back; the case is nobody's until then."""
        typed = await self.words_for("call_back_title", "call_back_how")
        if typed is None:
            return
        if await self.keep(lambda desk, row: desk.call_back(row, read_time(typed, desk.records.clock()))):
            self.leave_for(self.words.say("call_back_kept"))

    @work
    async def action_release(self) -> None:
        """Give the case back to the list."""
        if await self.keep(lambda desk, row: desk.release(row)):
            self.leave_for(self.words.say("release_kept"))

    @work
    async def action_take(self) -> None:
        """Take the case on without a call."""
        await self.keep(lambda desk, row: desk.claim(row), "desk_taken")

    @work
    async def action_call(self) -> None:
        """Go through the questions with the person, or on from where a call broke off."""
        at_desk(self).call(self.row)

    @work
    async def action_grade(self) -> None:
        """Say which level one would have given, without having seen the other's."""
        name = await self.choose("grade_title", LEVELS[::-1], "level")
        if name is None:
            return
        said = await self.words_for("grade_words", "grade_how", may_be_empty=True)
        if said is not None:
            await self.keep(lambda desk, row: desk.grade(row, LEVELS.index(name), said), "grade_kept")


def _may_call(folder: KeptCase, _: bool, desk: Desk) -> bool:
    """Whether there is something left to ask: of a person nobody has called, or in a call that broke off."""
    is_over = folder.at.asked is None and folder.at.interview.case.mode == "nurse"
    return not folder.row.closed and desk.may("work") and not is_over


def _is_mine(_: KeptCase, is_mine: bool, __: Desk) -> bool:
    return is_mine


_WHEN: dict[str, Callable[[KeptCase, bool, Desk], bool]] = {
    **dict.fromkeys(("override", "close", "callback", "release", "note"), _is_mine),
    "unable": lambda folder, is_mine, _: is_mine and folder.standing.may_be_unable(),
    "take": lambda folder, is_mine, desk: not is_mine and not folder.row.closed and desk.may("work"),
    "call": _may_call,
    "sign": lambda folder, _, desk: desk.may("work") and folder.standing.is_for(desk.login),
    "grade": lambda folder, _, desk: bool(folder.row.closed) and desk.may("grade"),
}
