"""An audit for people, in lines, and as data."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from chatbot.interview.reading.sanitise import harmless
from chatbot.recommendation.rulebook import LEVELS
from chatbot.replay.audit import MEASURES, Audit, Judged
from chatbot.replay.published import NOT_COMPARABLE, PUBLISHED
from chatbot.replay.wilson import Share

NOTICE = (
    "The vignettes and their labels were written by this project from its evidence. No clinician has checked the "
    "labels. This is not clinical validation."
)
_WIDTH = 79


def lines(audit: Audit) -> Iterator[str]:
    """The audit in lines of fewer than 80 characters, each harmless to a terminal."""
    pack = audit.pack
    yield f"Audit of {_plain(pack.id)} {_plain(pack.version)} over {len(audit.judged)} vignettes"
    yield f"pack digest {pack.digest}"
    yield ""
    yield from wrap(NOTICE, _WIDTH)
    yield ""
    for name, share in audit.measures.items():
        yield f"{name.replace('_', ' '):<22} {share}"
        yield f"{'':<22} {MEASURES[name][0]}"
    yield "In parentheses: Wilson's 95% interval, as if vignettes were drawn at random."
    yield from _table("lowest acceptable level", audit.by_level())
    yield from _table("category", audit.by_category())
    yield ""
    yield "Expected level (rows; if acceptable, the one that came out) and result (columns)"
    yield from audit.matrix.lines()
    yield ""
    yield f"Outside the acceptable levels: {len(audit.outside)}"
    for one in audit.outside:
        yield from _outside(one)
    yield ""
    yield "Published figures of other symptom checkers"
    yield from wrap(NOT_COMPARABLE, _WIDTH)
    for study in PUBLISHED:
        yield from wrap(f"{study.cite}, doi {study.doi}", _WIDTH, initial_indent="- ", subsequent_indent="  ")
        yield from wrap(f"{study.measured}: {study.found}.", _WIDTH, initial_indent="  ", subsequent_indent="  ")
    yield ""
    yield from wrap(NOTICE, _WIDTH)


def _table(what: str, rows: dict[str, dict[str, Share]]) -> Iterator[str]:
    yield ""
    yield f"By {what}"
    yield f"{'':<21} {'acceptable':<19} {'under':<19} over"
    for name, shares in rows.items():
        cells = (f"{share.short():<19}" for share in shares.values())
        yield " ".join([f"{_plain(name)[:21]:<21}", *cells]).rstrip()


def _outside(one: Judged) -> Iterator[str]:
    kind = "UNDER" if one.under else "OVER" if one.over else "BETWEEN"
    expected = " or ".join(LEVELS[level] for level in one.acceptable)
    decided = ", ".join(one.decided_by) or "no rule"
    named = _plain(f"{one.id} ({one.category})")
    said = f"{kind} {named}: expected {expected}, got {LEVELS[one.got]}, decided by {decided}, ended {one.ended}"
    yield from wrap(said, _WIDTH, subsequent_indent="  ")
    yield from wrap(_plain(one.reason), _WIDTH, initial_indent="  ", subsequent_indent="  ")


def _plain(text: str) -> str:
    return " ".join(harmless(text).split())


def data(audit: Audit) -> dict[str, object]:
    """The audit as one object of plain data."""
    return {
        "schema": 1,
        "pack": audit.pack.id,
        "version": audit.pack.version,
        "digest": audit.pack.digest,
        "notice": NOTICE,
        "total": len(audit.judged),
        "measures": {name: share.data() for name, share in audit.measures.items()},
        "by_level": _shares(audit.by_level()),
        "by_category": _shares(audit.by_category()),
        "matrix": {"levels": list(LEVELS), "rows": [list(row) for row in audit.matrix.rows]},
        "outside": [one.id for one in audit.outside],
        "vignettes": [_judged(one) for one in audit.judged],
        "not_comparable": NOT_COMPARABLE,
        "published": [study.data() for study in PUBLISHED],
    }


def _shares(rows: dict[str, dict[str, Share]]) -> dict[str, object]:
    return {row: {name: share.data() for name, share in shares.items()} for row, shares in rows.items()}


def _judged(one: Judged) -> dict[str, object]:
    return {
        "id": one.id,
        "category": one.category,
        "acceptable": [LEVELS[level] for level in one.acceptable],
        "got": LEVELS[one.got],
        "decided_by": list(one.decided_by),
        "ended": one.ended,
        "unanswered": list(one.unanswered),
        "under": one.under,
        "over": one.over,
        "reason": one.reason,
    }
