"""The cases of a list in the words of a database; `listing` says the same in Python, and a test compares them."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import ColumnElement, Select, and_, case, func, or_

from chatbot.storage.carried import CARRIED
from chatbot.storage.listing import Wanted
from chatbot.storage.store import STORE
from chatbot.storage.tables import cases

_Row = TypeVar("_Row", bound=tuple[object, ...])
_c = cases.c
_STANDS = func.coalesce(_c.chosen, _c.level, -1)
_SINCE = case((_c.shown != "", _c.shown), else_=_c.started)


def narrowed(wanted: Wanted) -> ColumnElement[bool]:
    """What is true of the cases of a list."""
    found = [_c.case_id != STORE, *_of_section(wanted)]
    if wanted.levels:
        found.append(_STANDS.in_(wanted.levels))
    if wanted.calls is not None:
        found.append((_c.mode == "nurse") == wanted.calls)
    if wanted.text:
        text = wanted.text.lower().translate({ord(sign): f"\\{sign}" for sign in "\\%_"})
        found.append(
            or_(*(func.lower(part).like(f"%{text}%", escape="\\") for part in (_c.reference, _c.case_id, _c.owner)))
        )
    return and_(*found)


def _of_section(wanted: Wanted) -> list[ColumnElement[bool]]:
    if wanted.section == "closed":
        return [_c.closed != "", _c.closed >= wanted.since, _c.outcome != CARRIED]
    held = and_(_c.owner != "", _c.until > wanted.now)
    if wanted.section in ("mine", "others"):
        return [_c.closed == "", held, (_c.owner == wanted.login) == (wanted.section == "mine")]
    free = [_c.closed == "", ~held]
    if wanted.section == "due":
        return [*free, _c.due != ""]
    return [*free, _c.due == "", or_(_c.level.is_not(None), _c.called != "")]


def ordered(found: Select[_Row], wanted: Wanted) -> Select[_Row]:
    """The cases in the order of the list."""
    if wanted.section == "due":
        return found.order_by(_c.due, _c.urgency.desc(), _c.case_id)
    if wanted.section == "closed":
        return found.order_by(_c.closed.desc(), *_first(wanted))
    if wanted.order == "newest":
        return found.order_by(_SINCE.desc(), _c.case_id)
    return found.order_by(*_first(wanted))


def _first(wanted: Wanted) -> list[ColumnElement[object]]:
    by_urgency: list[ColumnElement[object]] = [_c.urgency.desc()] if wanted.order == "urgency" else []
    return [*by_urgency, _SINCE, _c.case_id]
