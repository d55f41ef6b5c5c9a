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


def lines(found: Impact) -> Iterator[str]:
    """The report, each line harmless to a terminal and none cut, so that an example can be copied."""
    return (line.first + line.text for line in as_lines([Together(tuple(blocks_of(found)))]))


def blocks_of(found: Impact) -> Iterator[Simple]:
    """The report as a document, what matters most first."""
    old, new, tally = found.old.pack, found.new.pack, found.tally
    people = ", ".join(f"{count} {source}" for source, count in sorted(tally.people.items()))
    digests = f"{old.digest[:12]} -> {new.digest[:12]}"
    yield Paragraph(f"{found.old.name} -> {found.new.name}: pack {new.id}, {digests}, {new.status}")
    yield Paragraph(f"people tried: {tally.people.total()} ({people})")
    yield from _listed("stated without", [f"{name}: {count}" for name, count in sorted(tally.left_out.items())])
    if any(was != now for was, now in tally.matrix):
        yield from _matrix(tally.matrix)
    yield from _causes("downgrades", found.downgrades, found)
    yield from _causes("upgrades", found.upgrades, found)
    advice = [f"{name} {how}: {count}" for (name, how), count in sorted(tally.advice.items())]
    yield from _listed("advice, by people", advice)
    yield from _listed("rules", _pairs(found.changes.rules))
    yield from _listed("facts", _pairs(found.changes.facts))
    yield from _listed("questions added", found.changes.questions_added)
    yield from _listed("questions removed", found.changes.questions_removed)
    yield from _listed("questions changed", _pairs(found.changes.questions_changed))
    yield from _listed("advice changed", found.changes.advice)
    yield from _listed("citations", found.changes.citations)
    yield from _listed("texts", found.changes.texts)
    yield from _listed("nobody reads", found.changes.unseen)
    yield Paragraph(f"version step by effect: {found.step}")


def _pairs(found: Mapping[str, str]) -> list[str]:
    return [f"{name}: {said}" for name, said in found.items()]


def _listed(title: str, found: Iterable[str]) -> Iterator[Simple]:
    entries = list(found)
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


def _causes(title: str, causes: tuple[Cause, ...], found: Impact) -> Iterator[Simple]:
    people = sum(cause.people for cause in causes)
    yield Paragraph(f"{people} people, {len(causes)} cause(s)" if causes else "none", label=title)
    for cause in causes:
        yield Paragraph(f"{people_of(cause)}: {why(cause, found)}", depth=1)
        yield from (Paragraph(f"{_move(move)}: {count}", depth=2) for move, count in sorted(cause.moves.items()))
        before, after = (", ".join(rules) or "no rule" for rules in (cause.example.before, cause.example.after))
        yield Paragraph(f"example ({cause.example.person.id}): before {before}; after {after}", depth=2)
        yield Code(f"      {json.dumps({'facts': cause.facts})}")


def people_of(cause: Cause) -> str:
    """The number of people whom a cause moves."""
    return f"{cause.people} {'person' if cause.people == 1 else 'people'}"


def why(cause: Cause, found: Impact) -> str:
    """The rule responsible, and what happened to it or to the facts it looks at."""
    if not cause.rule:
        return "no rule decided; what was not asked counts otherwise"
    if cause.rule in found.changes.rules:
        return f"rule {cause.rule}: {found.changes.rules[cause.rule]}"
    facts = [f"{name}: {said}" for name, said in found.changes.facts.items() if name in found.facts_behind(cause.rule)]
    fires = "no longer decides" if cause.direction == "down" else "now decides"
    return f"rule {cause.rule} is as it was, but {fires}{': ' if facts else ''}{'; '.join(facts)}"


def _move(move: Move) -> str:
    what, was, now = move
    return f"{what} {was} -> {now}"


def data(found: Impact) -> dict[str, object]:
    """The whole report as plain data."""
    tally, changes = found.tally, found.changes
    return {
        "schema": 1,
        "old": {"name": found.old.name, "version": found.old.pack.version, "digest": found.old.pack.digest},
        "new": {"name": found.new.name, "version": found.new.pack.version, "digest": found.new.pack.digest},
        "status": found.new.pack.status,
        "people": dict(sorted(tally.people.items())),
        "stated_without": dict(sorted(tally.left_out.items())),
        "matrix": [{"old": was, "new": now, "people": count} for (was, now), count in sorted(tally.matrix.items())],
        "downgrades": [_cause(cause, found) for cause in found.downgrades],
        "upgrades": [_cause(cause, found) for cause in found.upgrades],
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
        "step": found.step,
        "signed": found.is_signed,
    }


def _cause(cause: Cause, found: Impact) -> dict[str, object]:
    return {
        "rule": cause.rule or None,
        "why": why(cause, found),
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
