"""review.yaml: who decided what about which digest. The pack's status is computed from it alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal, cast

from chatbot.packs.node import Node

Decision = Literal["approved", "rejected", "under_review", "superseded", "retired"]
DECISIONS: tuple[Decision, ...] = ("approved", "rejected", "under_review", "superseded", "retired")
STATES = ("submitted", *DECISIONS)
FIELDS = ("reviewer", "role", "date", "digest", "decision")
OPTIONAL = ("registration", "note")
_DIGEST = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Review:
    """One decision of a named person on one digest; nobody checks here that the person is who they say."""

    reviewer: str
    role: str
    date: str
    digest: str
    decision: Decision
    registration: str = ""
    note: str = ""


def read_reviews(node: Node) -> tuple[Review, ...]:
    """Every decision in the order written, which is the order of their dates."""
    keys = node.mapping(required=("reviews",))
    items = keys["reviews"].items() if "reviews" in keys else []
    read = [(item, review) for item in items if (review := _review(item))]
    for (_, earlier), (item, later) in pairwise(read):
        if later.date < earlier.date:
            # The last one counts, so a file in another order could be read in two ways.
            item.child("date").problem("V003", "this review is older than the one before it; add new ones at the end")
    return tuple(review for _, review in read)


def status_of(reviews: tuple[Review, ...], digest: str) -> str:
    """The last decision on exactly this digest; `submitted` when there is none."""
    decided = [review.decision for review in reviews if digest and review.digest == digest]
    return decided[-1] if decided else "submitted"


def _review(node: Node) -> Review | None:
    keys = node.mapping(required=FIELDS, optional=OPTIONAL)
    texts = {name: child.text() for name, child in keys.items()}
    if "date" in keys and not _is_day(texts["date"]):
        keys["date"].problem("V001", "'date' should be a day such as 2026-03-31")
    if "digest" in keys and not _DIGEST.fullmatch(texts["digest"]):
        keys["digest"].problem("V002", "'digest' should be the 64 small letters and figures that were signed")
    decision = keys["decision"].one_of(DECISIONS, "decision") if "decision" in keys else ""
    if not decision or not all(texts.get(name) for name in FIELDS):
        return None
    texts.pop("decision")
    return Review(**texts, decision=cast("Decision", decision))


def _is_day(text: str) -> bool:
    try:
        # Without the dashes it would still be a day, but dates are compared as they are written.
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
