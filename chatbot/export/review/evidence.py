"""What the content rests on, for review: conflicts, claims left out, exemptions, sources."""

from __future__ import annotations

from collections.abc import Iterator

from chatbot.document.blocks import Block, Heading, Item, Items, Paragraph, Table
from chatbot.export.review.rule_list import LEVEL, VERIFIED, graded
from chatbot.packs.pack import Pack
from chatbot.recommendation.sources import Conflict, Side


def evidence(pack: Pack) -> Iterator[Block]:
    """Conflicts, claims not encoded, exemptions and sources, each with its reason."""
    library = pack.rulebook.library
    yield Heading(2, "Where sources disagree", "conflicts")
    for conflict in library.conflicts:
        yield Heading(3, f"{conflict.id}: {conflict.about}", f"conflict-{conflict.id}")
        yield Items(tuple(_conflict(conflict)))
    yield from () if library.conflicts else (Paragraph("No conflict is recorded."),)
    used = [claim for claim in library.claims.values() if not claim.not_encoded]
    yield from _table(
        Heading(2, "Claims used", "claims"),
        Table(
            "Statements of the source documents that rules and advice rest on, in words of this project",
            ("Claim", "It says", "Source", "Strength and certainty as given there", "Supported by", "Note"),
            tuple((c.id, c.says, c.source, graded(c), ", ".join(c.supported_by), c.note) for c in used),
        ),
    )
    left_out = [claim for claim in library.claims.values() if claim.not_encoded]
    yield from _table(
        Heading(2, "Claims not encoded", "not-encoded"),
        Table(
            "Statements of the source documents that no rule or advice uses",
            ("Claim", "It says", "Source", "Why it is left out"),
            tuple((claim.id, claim.says, claim.source, claim.not_encoded) for claim in left_out),
        ),
    )
    yield from _table(
        Heading(2, "Exemptions", "exemptions"),
        Table("What need not follow the order of worry, and why", ("What", "Reason"), pack.exemptions),
    )
    yield from _table(
        Heading(2, "Sources", "sources"),
        Table(
            "Every source, its level, how it was seen, and the places in it",
            ("Source", "Work", "Level", "Verified", "Places"),
            tuple(
                (source.id, source.text, LEVEL[source.level], VERIFIED[source.verified], "; ".join(source.points))
                for source in library.sources.values()
            ),
        ),
    )


def _table(heading: Heading, table: Table) -> Iterator[Block]:
    yield heading
    yield table if table.rows else Paragraph("There is none.")


def _conflict(conflict: Conflict) -> Iterator[Item]:
    for label, side in zip(("One side", "The other side"), conflict.sides, strict=True):
        yield Item(_side(side), label)
    support = f" (supported by {', '.join(conflict.supported_by)})" if conflict.supported_by else ""
    yield Item(f"{conflict.resolution}{support}", "What is done here")
    yield Item(f"{conflict.decided_by}; weight: {conflict.weight}", "Decided by")
    yield Item(", ".join(conflict.rules) or "none", "Rules")


def _side(side: Side) -> str:
    return f"{side.says} ({', '.join(side.cites)})"
