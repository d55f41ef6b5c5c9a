"""An audit for people, as a document and in lines, and as data."""

from __future__ import annotations

from collections.abc import Iterator

from chatbot.document.blocks import Block, Code, Heading, Item, Items, Paragraph, Simple, Table, Together
from chatbot.document.layout import as_text
from chatbot.recommendation.rulebook import LEVELS
from chatbot.replay.audit import MEASURES, Audit, Judged
from chatbot.replay.published import NOT_COMPARABLE, PUBLISHED, Study
from chatbot.replay.wilson import Share

NOTICE = (
    "The vignettes and their labels were written by this project from its evidence. No clinician has checked the "
    "labels. This is not clinical validation."
)


def lines(audit: Audit) -> Iterator[str]:
    """The audit in lines of fewer than 80 characters, each harmless to a terminal."""
    return as_text(blocks_of(audit))


def blocks_of(audit: Audit) -> Iterator[Block]:
    """The audit as a document."""
    pack = audit.pack
    title = Paragraph(f"Audit of {pack.id} {pack.version} over {len(audit.judged)} vignettes")
    yield Together((title, Paragraph(f"pack digest {pack.digest}")))
    yield Paragraph(NOTICE)
    measures = (
        f"{name.replace('_', ' '):<22} {share}\n{'':<22} {MEASURES[name][0]}" for name, share in audit.measures.items()
    )
    interval = Paragraph("In parentheses: Wilson's 95% interval, as if vignettes were drawn at random.")
    yield Together((Code("\n".join(measures)), interval))
    yield from _table("lowest acceptable level", audit.by_level())
    yield from _table("category", audit.by_category())
    yield Heading(2, "Expected level (rows; if acceptable, the one that came out) and result (columns)")
    yield Code("\n".join(audit.matrix.lines()))
    outside = tuple(line for one in audit.outside for line in _outside(one))
    yield Together((Heading(2, f"Outside the acceptable levels: {len(audit.outside)}"), *outside))
    yield Heading(2, "Published figures of other symptom checkers")
    yield Together((Paragraph(NOT_COMPARABLE), *(line for study in PUBLISHED for line in _study(study))))
    yield Paragraph(NOTICE)


def _table(what: str, rows: dict[str, dict[str, Share]]) -> Iterator[Block]:
    yield Heading(2, f"By {what}")
    shares = tuple((name[:21], *(share.short() for share in each.values())) for name, each in rows.items())
    yield Table(head=("", "acceptable", "under", "over"), rows=shares, columns=(21, 19, 19))


def _outside(one: Judged) -> Iterator[Paragraph]:
    kind = "UNDER" if one.under else "OVER" if one.over else "BETWEEN"
    expected = " or ".join(LEVELS[level] for level in one.acceptable)
    decided = ", ".join(one.decided_by) or "no rule"
    said = f"expected {expected}, got {LEVELS[one.got]}, decided by {decided}, ended {one.ended}"
    yield Paragraph(said, label=f"{kind} {one.id} ({one.category})")
    yield Paragraph(one.reason, depth=1)


def _study(study: Study) -> Iterator[Simple]:
    yield Items((Item(f"{study.cite}, doi {study.doi}"),))
    yield Paragraph(f"{study.measured}: {study.found}.", depth=1)


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
