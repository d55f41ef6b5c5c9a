"""review.yaml: who signed which digest. The pack's status is computed from it alone."""

from __future__ import annotations

from chatbot.packs.node import Node

STATES = ("submitted", "approved")


def read_status(node: Node, digest: str) -> str:
    """Approved when a named person signed exactly these bytes; submitted otherwise."""
    keys = node.mapping(required=("reviews",))
    approved = False
    for review in keys["reviews"].items() if "reviews" in keys else ():
        signed = review.mapping(
            required=("reviewer", "role", "date", "digest", "decision"), optional=("registration", "note")
        )
        if len(signed) >= 5:
            decision = signed["decision"].one_of(("approved", "rejected"), "decision")
            approved = approved or (decision == "approved" and signed["digest"].value == digest)
    return "approved" if approved else "submitted"
