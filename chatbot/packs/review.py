"""review.yaml: who signed which digest. The pack's status is computed from it alone."""

from __future__ import annotations

import re
from datetime import date

from chatbot.packs.node import Node

_DIGEST = re.compile("[0-9a-f]{64}")


def read_status(node: Node, digest: str) -> str:
    """Approved when a named person signed exactly these bytes; submitted otherwise."""
    keys = node.mapping(required=("reviews",))
    signed = [_signed(review) for review in keys["reviews"].items()] if "reviews" in keys else []
    return "approved" if digest and digest in signed else "submitted"


def _signed(node: Node) -> str:
    """The digest that a review approves; none when it rejects."""
    names = ("reviewer", "role", "date", "digest", "decision")
    keys = node.mapping(required=names, optional=("registration", "note"))
    texts = {name: child.text() for name, child in keys.items()}
    if "date" in keys and not _is_day(texts["date"]):
        keys["date"].problem("V001", "'date' should be a day such as 2026-03-31")
    if "digest" in keys and not _DIGEST.fullmatch(texts["digest"]):
        keys["digest"].problem("V002", "'digest' should be the 64 small letters and figures that were signed")
    decision = keys["decision"].one_of(("approved", "rejected"), "decision") if "decision" in keys else ""
    return texts["digest"] if decision == "approved" and keys.keys() >= set(names) else ""


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
