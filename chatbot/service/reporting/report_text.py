"""The reports as documents; every number with what it is a part of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from chatbot.document.blocks import Block, Code, Heading, Paragraph, Pieces, Simple, Table, Together
from chatbot.recommendation.rulebook import EMERGENCY, LEVELS, SAME_DAY
from chatbot.replay.wilson import Share
from chatbot.service.reporting.level_choices import FATES
from chatbot.service.reporting.overrides import Group, Overrides
from chatbot.service.reporting.quality import GRADES, Fired, Quality
from chatbot.service.reporting.report_tables import INTERVALS, head, of, part, plain, timed
from chatbot.service.response_targets import TAKEN_WITHIN, promised

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


def overrides_blocks(overrides: Overrides, with_nurses: bool) -> Iterator[Block]:
    """Reports where clinicians chose another level."""
    total, overall = len(overrides.gathered.courses), overrides.overall
    counted = _table(
        (
            ("with a level", of(len(overrides.levelled), total)),
            ("closed", of(sum(course.closed for course in overrides.gathered.courses), total)),
            ("a choice stands, of those with a level", overall["with_level"].short()),
            ("a choice stands, of those closed", overall["closed"].short()),
        )
    )
    yield from head("Levels that clinicians chose", overrides.gathered, counted)
    made = sum(overrides.fates.values())
    yield Heading(2, f"What became of {made} choice(s); only what stands is counted below")
    yield _table((of(count, made), FATES[fate]) for fate, count in overrides.fates.items())
    yield Heading(2, "Direction, of cases with a level")
    yield _table((name.replace("_", " "), share.short()) for name, share in overrides.directions.items())
    if overrides.standing:
        yield from _chosen(overrides)
    yield from _groups("By rule that had decided; a choice counts for each", "rule", overrides.by_rule)
    if with_nurses:
        yield from _groups("By login, of the cases that it took on", "login", overrides.by_nurse)
    else:
        yield Paragraph(NO_NURSES)
    yield Paragraph(INTERVALS)


def _table(rows: Iterable[tuple[str, ...]], *heads: str) -> Simple:
    """Rows, or that there are none."""
    every = tuple(rows)
    return Table(head=heads, rows=every) if every else Paragraph("none", depth=1)


def _chosen(overrides: Overrides) -> Iterator[Block]:
    total = len(overrides.standing)
    yield Heading(2, "From the level of the rules to the level chosen")
    yield _table((f"{LEVELS[old]} -> {LEVELS[new]}", of(count, total)) for old, new, count in overrides.moves)
    yield Heading(2, "Coded reasons; who goes up need not give one")
    yield _table((name, share.short()) for name, share in overrides.reasons.items())


def _groups(title: str, what: str, groups: tuple[Group, ...]) -> Iterator[Block]:
    yield Heading(2, title)
    names = {group.pack for group in groups}
    rows = (
        (
            plain((f"{group.pack}/" if len(names) > 1 else "") + (group.name or "(no login)")),
            group.overridden.short(),
            *(of(count, group.total) for count in (group.up, group.down, group.not_signed)),
        )
        for group in groups
    )
    yield _table(rows, what, "overridden", "up", "down", "not signed")


def quality_blocks(quality: Quality) -> Iterator[Block]:
    """Reports how the work goes."""
    yield from head("How the work goes", quality.gathered)
    told, total = len(quality.told), len(quality.gathered.courses)
    yield Heading(2, f"Recommendations, as shown last: {of(told, total)} case(s)")
    yield _table((name, part(share)) for name, share in quality.levels.items())
    yield Heading(2, "Times; time away from the questions is not counted")
    yield _table(
        ((_TIMES[name], *timed(each)) for name, each in quality.times.items()), "", "median", "90% within", "of"
    )
    yield Heading(2, '"Not sure" or "rather not say", of the interviews in which it was answered')
    yield Together(tuple(_unsure(quality)))
    yield Heading(2, "Promised and kept, of the times that a level began to stand")
    yield Together(tuple(_promises(quality)))
    for each in quality.fired:
        yield from _rules(each)
    yield Heading(2, "Level shown, and worked out again by this program")
    yield _table([("otherwise", quality.differs.short())])
    yield from _grades(quality)
    yield Paragraph(INTERVALS)


def _unsure(quality: Quality) -> Iterator[Simple]:
    some = [each for each in quality.unsure if each.all.count]
    packs = {each.pack for each in quality.unsure}
    rows = (
        (
            plain(f"{each.pack}/{each.question}" if len(packs) > 1 else each.question),
            each.all.short(),
            *(of(share.count, share.total) for share in each.shares.values()),
        )
        for each in some
    )
    if some:
        yield _table(rows, "question", "all", "alone", "by nurse")
    yield Paragraph(
        f"{of(len(quality.unsure) - len(some), len(quality.unsure))} question(s) answered without any", depth=1
    )


def _promises(quality: Quality) -> Iterator[Simple]:
    given = {level: counted for level, counted in quality.promises.items() if counted.total() > counted["no_time"]}
    rows = (
        (
            LEVELS[level],
            *(Share(counted[kept], counted.total()).short() for kept in ("kept", "late")),
            *(of(counted[kept], counted.total()) for kept in ("open", "changed")),
        )
        for level, counted in given.items()
    )
    yield _table(rows, "level", "kept", "late", "open", "changed")
    no_time = sum(counted["no_time"] for counted in quality.promises.values())
    every = sum(counted.total() for counted in quality.promises.values())
    yield Paragraph(f"{of(no_time, every)} promised no time", depth=1)
    told = "; ".join(f"{LEVELS[level]} {_promise(level, quality.gathered.until)}" for level in given)
    if told:
        said = f"Promised: {told}. Changed: another level took its place while there was time."
        yield Paragraph(said, depth=1)


def _promise(level: int, moment: datetime) -> str:
    if level == EMERGENCY:
        return f"taken on in {TAKEN_WITHIN.seconds // 60} minutes"
    due = promised(level, moment)
    return "closed that day" if level == SAME_DAY or due is None else f"closed in {(due - moment).days} days"


def _rules(rules: Fired) -> Iterator[Block]:
    installed = (
        f"{plain(rules.pack)} {plain(rules.version)}" if rules.version else f"{plain(rules.pack)}, not installed"
    )
    yield Heading(2, f"Rules of {installed}, fired in a recommendation shown, of {rules.cases} case(s)")
    fired = [f"{plain(rule)} {of(count, rules.cases)}" for rule, count in rules.rules.items()]
    lines: list[Simple] = [Pieces(tuple(fired or ["none"]), 1)]
    if rules.installed:
        lines.append(Paragraph(f"never fired: {of(len(rules.never), rules.installed)}", depth=1))
        lines.append(Pieces(tuple(map(plain, rules.never)), 2))
    if rules.gone:
        lines.append(Paragraph("fired, and not in the installed content any more:", depth=1))
        lines.append(Pieces(tuple(map(plain, rules.gone)), 2))
    yield Together(tuple(lines))


def _grades(quality: Quality) -> Iterator[Block]:
    closed = sum(course.closed for course in quality.gathered.courses)
    total = len(quality.graded)
    title = f"Final level beside the grade of a lead, of closed cases: {of(total, closed)} graded"
    if not total:
        yield Paragraph(title)
        return
    yield Heading(2, title)
    yield Together(
        (
            _table((GRADES[name], share.short()) for name, share in quality.grades.items()),
            Paragraph("Rows are the grade, columns the final level; agreement stands in brackets.", depth=1),
            Code("\n".join(quality.matrix.lines())),
            Paragraph("Leads chose what they graded, and saw the level: this is no blind comparison.", depth=1),
        )
    )
