"""The cases of a list in the words of a database; `worklist_query` says it in Python, and a test compares them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, Text, and_, case, func, literal, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from chatbot.storage.events import CARRIED
from chatbot.storage.row import STORE
from chatbot.storage.tables import cases
from chatbot.storage.worklist_query import SECTIONS, WorklistQuery, urgency_of

_Row = TypeVar("_Row", bound=tuple[object, ...])
_c = cases.c


class _ByCode(FunctionElement[str]):
    """Text that is compared by code point, and of which A to Z alone have small letters: as SQLite has all text."""

    inherit_cache = True
    type = Text()


@compiles(_ByCode)
def _as_it_is(element: _ByCode, compiler: SQLCompiler, **how: Any) -> str:
    return compiler.process(element.clauses, **how)


@compiles(_ByCode, "postgresql")
def _whatever_the_locale(element: _ByCode, compiler: SQLCompiler, **how: Any) -> str:
    return f'({compiler.process(element.clauses, **how)} COLLATE "C")'


def narrowed(wanted: WorklistQuery) -> ColumnElement[bool]:
    """The condition that the cases of a list meet."""
    conditions = [_c.case_id != STORE, *_of_section(wanted)]
    if wanted.levels:
        conditions.append(_c.urgency.in_(map(urgency_of, wanted.levels)))
    if wanted.calls is not None:
        conditions.append((_c.mode == "nurse") == wanted.calls)
    if wanted.sought:
        text = wanted.sought.translate({ord(sign): f"\\{sign}" for sign in "\\%_"})
        # One look at each row: words that are looked for hold no line end, so they lie within one of the three.
        whole = _c.reference.concat("\n").concat(_c.case_id).concat("\n").concat(_c.owner)
        conditions.append(func.lower(_ByCode(whole)).like(f"%{text}%", escape="\\"))
    return and_(*conditions)


def _of_section(wanted: WorklistQuery) -> list[ColumnElement[bool]]:
    if wanted.section == "closed":
        # Times are all of one form, which every locale has in one order; compared as it is, the index serves.
        return [_c.closed != "", _c.closed >= wanted.since, _c.outcome != CARRIED]
    held = and_(_c.owner != "", _ByCode(_c.until) > wanted.now)
    if wanted.section in ("mine", "others"):
        return [_c.closed == "", held, (_c.owner == wanted.login) == (wanted.section == "mine")]
    free = [_c.closed == "", ~held]
    if wanted.section == "due":
        return [*free, _c.due != ""]
    return [*free, _c.due == "", or_(_c.level.is_not(None), _c.called != "")]


def in_sections(wanted: WorklistQuery) -> ColumnElement[str]:
    """The section that a case is in, as the name of it; NULL where it is in none."""
    each = [(and_(*_of_section(replace(wanted, section=name))), literal(name)) for name in SECTIONS]
    return case(*each, else_=None)


def ordered(query: Select[_Row], wanted: WorklistQuery) -> Select[_Row]:
    """The cases in the order of the list."""
    if wanted.section == "due":
        return query.order_by(_ByCode(_c.due), _c.urgency.desc(), _ByCode(_c.case_id))
    if wanted.section == "closed":
        return query.order_by(_ByCode(_c.closed).desc(), *_first(wanted))
    if wanted.order == "newest":
        return query.order_by(_ByCode(_c.shown).desc(), _ByCode(_c.case_id))
    return query.order_by(*_first(wanted))


def _first(wanted: WorklistQuery) -> list[ColumnElement[Any]]:
    by_urgency: list[ColumnElement[Any]] = [_c.urgency.desc()] if wanted.order == "urgency" else []
    return [*by_urgency, _ByCode(_c.shown), _ByCode(_c.case_id)]
