"""What a clinician does about a case: another level, a call-back, its end; asked for step by step, kept at once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from chatbot.recommendation.citation_text import shown_id
from chatbot.recommendation.rulebook import LEVELS
from chatbot.recommendation.summary import View
from chatbot.service.decisions import OUTCOMES, REASONS, Need, Standing, needs
from chatbot.service.times import read_time
from chatbot.tui.desk.at_desk import at_desk
from chatbot.tui.desk.dialogs import Interruption, chosen_of, typed_in
from chatbot.tui.desk.level_lines import level_text

if TYPE_CHECKING:
    from chatbot.service.cases import KeptCase
    from chatbot.service.desk import Desk
    from chatbot.tui.desk.open_case import OpenCase


class Decisions:
    """The decisions about the case of a page; `acts` has them by the names of their keys."""

    def __init__(self, case: OpenCase) -> None:
        self.case = case
        self.acts: Mapping[str, Callable[[], Awaitable[None]]] = {
            "override": self.override, "sign": self.sign, "unable": self.unable, "close": self.close,
            "callback": self.call_back, "release": self.release, "take": self.take, "call": self.call,
            "grade": self.grade,
        }  # fmt: skip

    def may(self, name: str) -> bool:
        """True when something can be done now; only then it has a key."""
        kept, desk = self.case.kept, self.case.desk
        if kept is None or desk is None or name not in _WHEN:
            return True
        return _WHEN[name](kept, desk.has(kept.row), desk)

    # Another level.

    async def override(self) -> None:
        """Choose another level: up with a line; down with a reason, a sentence, and a page that says what is done."""
        kept, page = self.case.kept, self.case.page
        if kept is None:
            return
        at = kept.standing
        how = page.words.say("override_how", level=level_text(at.by_rules, page.words))
        name = await chosen_of(page, "override_title", LEVELS[::-1], "level", how)
        if name is None:
            return
        level = LEVELS.index(name)
        need = needs(at, level)
        if need.why_not:
            self.case.refuse(need.why_not, count=len(at.checks))
            return
        reason = await chosen_of(page, "reason_why", REASONS, "reason") if need.reason else ""
        if reason is None:
            return
        how = "override_down" if need.sentence else "override_up"
        said = await typed_in(page, "override_words", how, why_not=need.why_not_words)
        if said is None or (need.reason and not await self._is_meant(at, level, kept)):
            return
        if await self.case.keep(lambda desk, row: desk.override(row, level, said, reason), "override_kept"):
            await self._have_signed(need)

    async def _is_meant(self, standing: Standing, level: int, kept: KeptCase) -> bool:
        """Asks whether it is meant: says what the rules say, and what would be done against it."""
        words = self.case.page.words
        view = View(
            kept.conversation.interview.recommendation, kept.pack.rulebook, kept.conversation.words, "clinician"
        )
        texts = [
            words.say("meant_rules", level=level_text(standing.by_rules, words)),
            *(f"{shown_id(each)} {each.text}".strip() + f" [{', '.join(each.cites)}]" for each in view.why()),
            words.say("meant_yours", level=level_text(level, words)),
        ]
        if needs(standing, level).signature:
            texts.append(words.say("meant_second"))
        shown = Interruption(words.say("meant_title"), texts, words.say("meant_go_on"), words.say("meant_back"))
        return await self.case.page.app.push_screen_wait(shown) == "go_on"

    async def _have_signed(self, need: Need) -> None:
        """Below an emergency somebody else signs, at this computer or at their own."""
        page, kept = self.case.page, self.case.kept
        if not need.signature or kept is None or kept.row.asked is None:
            return
        login = await typed_in(page, "second_title", "second_how", may_be_empty=True)
        if not login:
            self.case.tell("second_later")
            return
        secret = await typed_in(page, "second_secret", "second_secret_how", may_be_empty=True, is_secret=True)
        if secret is None:
            return
        address = page.triage.start.session.address
        await self.case.keep(lambda desk, row: desk.sign_as(row, address, login, secret), "second_kept")

    async def sign(self) -> None:
        """Agree to a lower level that somebody else chose; why it cannot be signed is said before anything is asked."""
        kept, desk = self.case.kept, self.case.desk
        if kept is None or desk is None or kept.standing.asked is None:
            return
        why = kept.standing.why_not_sign(desk.login)
        if why:
            self.case.refuse(why, count=len(kept.standing.checks))
        elif await self._is_meant(kept.standing, kept.standing.asked, kept):
            await self.case.keep(lambda desk, row: desk.sign(row), "second_kept")

    async def unable(self) -> None:
        """The person cannot be assessed."""
        said = await typed_in(self.case.page, "unable_title", "unable_how", may_be_empty=True)
        if said is not None:
            await self.case.keep(lambda desk, row: desk.unable(row, said), "unable_kept")

    # What becomes of the case.

    async def close(self) -> None:
        """End the case; why it cannot be ended is said before anything is asked."""
        kept = self.case.kept
        if kept is None:
            return
        why = kept.standing.why_not_close()
        if why:
            self.case.refuse(why, count=len(kept.standing.checks))
            return
        outcome = await chosen_of(self.case.page, "close_title", OUTCOMES, "outcome")
        if outcome is not None and await self.case.keep(lambda desk, row: desk.close(row, outcome)):
            self.case.leave("close_kept")

    async def call_back(self) -> None:
        """Plan when to call back; the case is nobody's until then."""
        typed = await typed_in(self.case.page, "call_back_title", "call_back_how")
        if typed is None:
            return
        if await self.case.keep(lambda desk, row: desk.call_back(row, read_time(typed, desk.records.clock()))):
            self.case.leave("call_back_kept")

    async def release(self) -> None:
        """Give the case back to the list."""
        if await self.case.keep(lambda desk, row: desk.release(row)):
            self.case.leave("release_kept")

    async def take(self) -> None:
        """Take the case on without a call."""
        await self.case.keep(lambda desk, row: desk.claim(row), "desk_taken")

    async def call(self) -> None:
        """Go through the questions with the person, or on from where a call broke off."""
        at_desk(self.case.page).call(self.case.row())

    async def grade(self) -> None:
        """Say which level one would have given, without having seen the other's."""
        name = await chosen_of(self.case.page, "grade_title", LEVELS[::-1], "level")
        if name is None:
            return
        said = await typed_in(self.case.page, "grade_words", "grade_how", may_be_empty=True)
        if said is not None:
            await self.case.keep(lambda desk, row: desk.grade(row, LEVELS.index(name), said), "grade_kept")


def _may_call(kept: KeptCase, _: bool, desk: Desk) -> bool:
    """True when there is something left to ask: of a person nobody has called, or in a call that broke off."""
    is_over = kept.conversation.asked is None and kept.conversation.interview.case.mode == "nurse"
    return not kept.row.closed and desk.may("work") and not is_over


def _is_mine(_: KeptCase, is_mine: bool, __: Desk) -> bool:
    return is_mine


_WHEN: dict[str, Callable[[KeptCase, bool, Desk], bool]] = {
    **dict.fromkeys(("override", "close", "callback", "release", "note"), _is_mine),
    "unable": lambda kept, is_mine, _: is_mine and kept.standing.may_be_unable(),
    "take": lambda kept, is_mine, desk: not is_mine and not kept.row.closed and desk.may("work"),
    "call": _may_call,
    "sign": lambda kept, _, desk: desk.may("work") and kept.standing.is_for(desk.login),
    "grade": lambda kept, _, desk: bool(kept.row.closed) and desk.may("grade"),
}
