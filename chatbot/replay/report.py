"""The impact of a change as a document, in lines to read, and as plain data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from chatbot.document.blocks import Code, Paragraph, Simple, Together
from chatbot.document.layout import as_lines
from chatbot.recommendation.rulebook import LEVELS
from chatbot.replay.effects import Cause, Move
from chatbot.replay.impact import Impact

MOST = 12  # advice and texts listed before the rest are counted; --json has all


def lines(impact: Impact) -> Iterator[str]:
    """The report, each line harmless to a terminal and none cut, so that an example can be copied."""
    return (line.first + line.text for line in as_lines([Together(tuple(blocks_of(impact)))]))


def blocks_of(impact: Impact) -> Iterator[Simple]:
    """The report as a document, what matters most first."""
    old, new, tally = impact.old.pack, impact.new.pack, impact.tally
    people = ", ".join(f"{count} {source}" for source, count in sorted(tally.people.items()))
    digests = f"{old.digest[:12]} -> {new.digest[:12]}"
    yield Paragraph(f"{impact.old.name} -> {impact.new.name}: pack {new.id}, {digests}, {new.status}")
    yield Paragraph(f"people tried: {tally.people.total()} ({people})")
    yield from _listed("stated without", [f"{name}: {count}" for name, count in sorted(tally.left_out.items())])
    if any(was != now for was, now in tally.matrix):
        yield from _matrix(tally.matrix)
    yield from _causes("downgrades", impact.downgrades, impact)
    yield from _causes("upgrades", impact.upgrades, impact)
    advice = [f"{name} {how}: {count}" for (name, how), count in sorted(tally.advice.items())]
    yield from _listed("advice, by people", advice)
    yield from _listed("rules", _pairs(impact.changes.rules))
    yield from _listed("facts", _pairs(impact.changes.facts))
    yield from _listed("questions added", impact.changes.questions_added)
    yield from _listed("questions removed", impact.changes.questions_removed)
    yield from _listed("questions changed", _pairs(impact.changes.questions_changed))
    yield from _listed("advice changed", impact.changes.advice)
    yield from _listed("citations", impact.changes.citations)
    yield from _listed("texts", impact.changes.texts)
    yield from _listed("nobody reads", impact.changes.unseen)
    yield Paragraph(f"version step by effect: {impact.step}")


def _pairs(pairs: Mapping[str, str]) -> list[str]:
    return [f"{name}: {said}" for name, said in pairs.items()]


def _listed(title: str, names: Iterable[str]) -> Iterator[Simple]:
    entries = list(names)
    if entries:
        yield Paragraph(f"{title} ({len(entries)})")
        yield from (Paragraph(entry, depth=1) for entry in entries[:MOST])
    if len(entries) > MOST:
        yield Paragraph(f"and {len(entries) - MOST} more; --json lists all", depth=1)


def _matrix(matrix: Mapping[tuple[str, str], int]) -> Iterator[Simple]:
    """Old levels down, new ones across, the most urgent first."""
    levels = [name for name in reversed(LEVELS) if any(name in pair for pair in matrix)]
    wide = max(map(len, levels))
    yield Paragraph("level, old down and new across")
    rows = [" ".join([" " * (wide + 2), *levels])]
    for was in levels:
        cells = (f"{matrix.get((was, now), 0) or '.':>{len(now)}}" for now in levels)
        rows.append(" ".join([f"  {was:<{wide}}", *cells]))
    yield Code("\n".join(rows))


def _causes(title: str, causes: tuple[Cause, ...], impact: Impact) -> Iterator[Simple]:
    people = sum(cause.people for cause in causes)
    yield Paragraph(f"{people} people, {len(causes)} cause(s)" if causes else "none", label=title)
    for cause in causes:
        yield Paragraph(f"{people_of(cause)}: {why(cause, impact)}", depth=1)
        yield from (Paragraph(f"{_move(move)}: {count}", depth=2) for move, count in sorted(cause.moves.items()))
        before, after = (", ".join(rules) or "no rule" for rules in (cause.example.before, cause.example.after))
        yield Paragraph(f"example ({cause.example.person.id}): before {before}; after {after}", depth=2)
        yield Code(f"      {json.dumps({'facts': cause.facts})}")


def people_of(cause: Cause) -> str:
    """The number of people whom a cause moves."""
    return f"{cause.people} {'person' if cause.people == 1 else 'people'}"


def why(cause: Cause, impact: Impact) -> str:
    """The rule responsible, and what happened to it or to the facts it looks at."""
    if not cause.rule:
        return "no rule decided; what was not asked counts otherwise"
    if cause.rule in impact.changes.rules:
        return f"rule {cause.rule}: {impact.changes.rules[cause.rule]}"
    facts = [
        f"{name}: {said}" for name, said in impact.changes.facts.items() if name in impact.facts_behind(cause.rule)
    ]
    fires = "no longer decides" if cause.direction == "down" else "now decides"
    return f"rule {cause.rule} is as it was, but {fires}{': ' if facts else ''}{'; '.join(facts)}"


def _move(move: Move) -> str:
    what, was, now = move
    return f"{what} {was} -> {now}"


def data(impact: Impact) -> dict[str, object]:
    """The whole report as plain data."""
    tally, changes = impact.tally, impact.changes
    return {
        "schema": 1,
        "old": {"name": impact.old.name, "version": impact.old.pack.version, "digest": impact.old.pack.digest},
        "new": {"name": impact.new.name, "version": impact.new.pack.version, "digest": impact.new.pack.digest},
        "status": impact.new.pack.status,
        "people": dict(sorted(tally.people.items())),
        "stated_without": dict(sorted(tally.left_out.items())),
        "matrix": [{"old": was, "new": now, "people": count} for (was, now), count in sorted(tally.matrix.items())],
        "downgrades": [_cause(cause, impact) for cause in impact.downgrades],
        "upgrades": [_cause(cause, impact) for cause in impact.upgrades],
        "advice": [{"id": name, "how": how, "people": n} for (name, how), n in sorted(tally.advice.items())],
        "rules": dict(changes.rules),
        "facts": dict(changes.facts),
        "questions": {
            "added": list(changes.questions_added),
            "removed": list(changes.questions_removed),
            "changed": dict(changes.questions_changed),
        },
        "advice_changed": list(changes.advice),
        "citations": list(changes.citations),
        "texts": list(changes.texts),
        "nobody_reads": list(changes.unseen),
        "step": impact.step,
        "signed": impact.is_signed,
    }


def _cause(cause: Cause, impact: Impact) -> dict[str, object]:
    return {
        "rule": cause.rule or None,
        "why": why(cause, impact),
        "people": cause.people,
        "moves": [
            {"what": what, "old": was, "new": now, "people": count}
            for (what, was, now), count in sorted(cause.moves.items())
        ],
        "example": {
            "id": cause.example.person.id,
            "facts": cause.facts,
            "country": cause.example.person.case.country,
            "before": list(cause.example.before),
            "after": list(cause.example.after),
        },
    }
