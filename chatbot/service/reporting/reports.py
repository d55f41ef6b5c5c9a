"""One report, made: in lines, as data, as a picture, and with what was left out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from chatbot.document.layout import as_text
from chatbot.errors import InputError
from chatbot.packs.pack import Pack
from chatbot.service.records import Records
from chatbot.service.reporting.case_histories import Gathered, gather
from chatbot.service.reporting.overrides import Overrides
from chatbot.service.reporting.pictures import overrides_svg, quality_svg
from chatbot.service.reporting.quality import Quality
from chatbot.service.reporting.report_tables import head_data
from chatbot.service.reporting.report_text import overrides_blocks, quality_blocks
from chatbot.storage.events import Looked

Name = Literal["overrides", "quality"]
# Who may see a report, and whom of these it tells who chose what; a file of records is its owner's, who may all of it.
_MAY_LOOK, _MAY_SEE_NURSES = ("nurse", "lead", "auditor"), ("lead", "auditor")


@dataclass(frozen=True, slots=True)
class Report:
    """A report in every form; `left_out` names the cases it could not count, with why."""

    lines: tuple[str, ...]
    data: dict[str, object]
    svg: str
    left_out: tuple[str, ...]


def report(
    records: Records,
    name: Name,
    load: Callable[[str], Pack],
    days: int | None = None,
    watch: Callable[[int], None] = lambda _: None,
) -> Report:
    """A report on the cases of the last so many days, or on all; that somebody looked is kept first.

    InputError where the login may not see any.
    """
    role = getattr(records.store, "role", "lead")
    if role not in _MAY_LOOK:
        raise InputError(f"the login '{records.login}' may not do this; it is {role or 'a member of no role'}")
    gathered = gather(records, load, days, watch)
    records.log(Looked(kind="viewed", how=f"report {name}"))
    if name == "overrides":
        return _overrides(gathered, role in _MAY_SEE_NURSES)
    quality = Quality(gathered)
    data = {**head_data(name, gathered), **quality.data()}
    return Report(tuple(as_text(quality_blocks(quality))), data, quality_svg(quality), gathered.left_out)


def _overrides(gathered: Gathered, with_nurses: bool) -> Report:
    overrides = Overrides(gathered)
    data = {**head_data("overrides", gathered), **overrides.data(with_nurses)}
    return Report(
        tuple(as_text(overrides_blocks(overrides, with_nurses))), data, overrides_svg(overrides), gathered.left_out
    )
