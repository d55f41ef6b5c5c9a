"""The reports in lines for a terminal; every number with what it is a part of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from chatbot.recommendation.rulebook import EMERGENCY, LEVELS, SAME_DAY
from chatbot.replay.wilson import Share
from chatbot.service.promises import TAKEN_WITHIN, promised
from chatbot.service.reporting.choices import FATES
from chatbot.service.reporting.overrides import Group, Overrides
from chatbot.service.reporting.quality import GRADES, Fired, Quality
from chatbot.service.reporting.tables import INTERVALS, head_lines, listed, of, part, plain, table, timed, wrapped

NO_NURSES = "By login: not shown. A lead or an auditor may see it."
_TIMES = {
    "question_alone": "a question, answered alone",
    "question_nurse": "a question, asked by a nurse",
    "interview_alone": "an interview, answered alone",
    "interview_nurse": "an interview, asked by a nurse",
    "shown_to_taken": "shown to one alone, until taken on",
    "shown_to_closed_alone": "shown to one alone, until closed",
    "shown_to_closed_nurse": "shown to a nurse, until closed",
}


def overrides_lines(found: Overrides, with_nurses: bool) -> Iterator[str]:
    """Where clinicians chose another level."""
    yield from head_lines("Levels that clinicians chose", found.gathered)
    total, overall = len(found.gathered.courses), found.overall
    yield from table(
        (
            ("with a level", of(len(found.levelled), total)),
            ("closed", of(sum(course.closed for course in found.gathered.courses), total)),
            ("a choice stands, of those with a level", overall["with_level"].short()),
            ("a choice stands, of those closed", overall["closed"].short()),
        )
    )
    made = sum(found.fates.values())
    yield from _titled(f"What became of {made} choice(s); only what stands is counted below")
    yield from table((of(count, made), FATES[fate]) for fate, count in found.fates.items())
    yield from _titled("Direction, of cases with a level")
    yield from table((name.replace("_", " "), share.short()) for name, share in found.directions.items())
    if found.standing:
        yield from _chosen(found)
    yield from _groups("By rule that had decided; a choice counts for each", "rule", found.by_rule)
    if with_nurses:
        yield from _groups("By login, of the cases that it took on", "login", found.by_nurse)
    else:
        yield from _titled(NO_NURSES)
    yield ""
    yield from wrapped(INTERVALS)


def _chosen(found: Overrides) -> Iterator[str]:
    total = len(found.standing)
    yield from _titled("From the level of the rules to the level chosen")
    yield from table((f"{LEVELS[old]} -> {LEVELS[new]}", of(count, total)) for old, new, count in found.moves)
    yield from _titled("Coded reasons; who goes up need not give one")
    yield from table((name, share.short()) for name, share in found.reasons.items())


def _groups(title: str, what: str, groups: tuple[Group, ...]) -> Iterator[str]:
    yield from _titled(title)
    if not groups:
        yield "  none"
    heads = (what, "overridden", "up", "down", "not signed")
    names = {group.pack for group in groups}
    rows = (
        (
            plain((f"{group.pack}/" if len(names) > 1 else "") + (group.name or "(no login)")),
            group.overridden.short(),
            *(of(count, group.total) for count in (group.up, group.down, group.not_signed)),
        )
        for group in groups
    )
    yield from table(rows, heads) if groups else ()


def quality_lines(found: Quality) -> Iterator[str]:
    """How the work goes."""
    yield from head_lines("How the work goes", found.gathered)
    told, total = len(found.told), len(found.gathered.courses)
    yield from _titled(f"Recommendations, as shown last: {of(told, total)} case(s)")
    yield from table((name, part(share)) for name, share in found.levels.items())
    yield from _titled("Times; time away from the questions is not counted")
    rows = ((_TIMES[name], *timed(each)) for name, each in found.times.items())
    yield from table(rows, ("", "median", "90% within", "of"))
    yield from _unsure(found)
    yield from _promises(found)
    for each in found.fired:
        yield from _rules(each)
    yield from _titled("Level shown, and worked out again by this program")
    yield from table([("otherwise", found.differs.short())])
    yield from _grades(found)
    yield ""
    yield from wrapped(INTERVALS)


def _unsure(found: Quality) -> Iterator[str]:
    yield from _titled('"Not sure" or "rather not say", of the interviews in which it was answered')
    some = [each for each in found.unsure if each.all.count]
    packs = {each.pack for each in found.unsure}
    rows = (
        (
            plain(f"{each.pack}/{each.question}" if len(packs) > 1 else each.question),
            each.all.short(),
            *(of(share.count, share.total) for share in each.shares.values()),
        )
        for each in some
    )
    yield from table(rows, ("question", "all", "alone", "by nurse")) if some else ()
    yield f"  {of(len(found.unsure) - len(some), len(found.unsure))} question(s) answered without any"


def _promises(found: Quality) -> Iterator[str]:
    yield from _titled("Promised and kept, of the times that a level began to stand")
    given = {level: counted for level, counted in found.promises.items() if counted.total() > counted["no_time"]}
    rows = (
        (
            LEVELS[level],
            *(Share(counted[kept], counted.total()).short() for kept in ("kept", "late")),
            *(of(counted[kept], counted.total()) for kept in ("open", "changed")),
        )
        for level, counted in given.items()
    )
    yield from table(rows, ("level", "kept", "late", "open", "changed")) if given else ("  none",)
    no_time = sum(counted["no_time"] for counted in found.promises.values())
    yield f"  {of(no_time, sum(counted.total() for counted in found.promises.values()))} promised no time"
    told = "; ".join(f"{LEVELS[level]} {_promise(level, found.gathered.until)}" for level in given)
    if told:
        yield from wrapped(f"Promised: {told}. Changed: another level took its place while there was time.", "  ")


def _promise(level: int, at: datetime) -> str:
    if level == EMERGENCY:
        return f"taken on in {TAKEN_WITHIN.seconds // 60} minutes"
    due = promised(level, at)
    return "closed that day" if level == SAME_DAY or due is None else f"closed in {(due - at).days} days"


def _rules(found: Fired) -> Iterator[str]:
    installed = (
        f"{plain(found.pack)} {plain(found.version)}" if found.version else f"{plain(found.pack)}, not installed"
    )
    yield from _titled(f"Rules of {installed}, fired in a recommendation shown, of {found.cases} case(s)")
    fired = [f"{plain(rule)} {of(count, found.cases)}" for rule, count in found.rules.items()]
    yield from listed(fired or ["none"], "  ")
    if found.installed:
        yield f"  never fired: {of(len(found.never), found.installed)}"
        yield from listed(map(plain, found.never), "    ")
    if found.gone:
        yield "  fired, and not in the installed content any more:"
        yield from listed(map(plain, found.gone), "    ")


def _grades(found: Quality) -> Iterator[str]:
    closed = sum(course.closed for course in found.gathered.courses)
    total = len(found.graded)
    yield from _titled(f"Final level beside the grade of a lead, of closed cases: {of(total, closed)} graded")
    if total:
        yield from table((GRADES[name], share.short()) for name, share in found.grades.items())
        yield from wrapped("Rows are the grade, columns the final level; agreement stands in brackets.", "  ")
        yield from (line.rstrip() for line in found.matrix.lines())
        yield from wrapped("Leads chose what they graded, and saw the level: this is no blind comparison.", "  ")


def _titled(title: str) -> Iterator[str]:
    yield ""
    yield from wrapped(title)
