"""The kinds of claims: what no case may show, and what some case must."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from chatbot.proof.symbols import Bool, Symbols

Property = Literal[
    "range", "monotone", "promise", "not_sure", "finding", "advice", "warning", "emergency_block", "read", "interview"
]
SENTENCES: dict[Property, str] = {
    "range": "The result lies between the least and the most that the answers allow.",
    "monotone": "Worsening one answer never lowers level or imaging, takes no kind of imaging away, makes none later.",
    "promise": "No kind of imaging that is wanted is later than the level's own promise.",
    "not_sure": '"Not sure" never scores below the least worrying answer.',
    "finding": "Having a finding in one form never scores below being not sure of it in every form.",
    "advice": "Nothing is advised and advised against in one result.",
    "warning": "Whoever has told what a line of advice warns of is at the level that the line sends to.",
    "emergency_block": "An applicable emergency question left open never ends below same day.",
    "read": "Each worrying answer of the emergency block, or that cannot wait, raises somebody's level.",
    "interview": "What the interview leaves out could not have changed the result.",
}
# What an exemption of the pack begins with that leaves out a claim of these properties; its name follows.
EXEMPT_AS: dict[Property, str] = {"emergency_block": "emergency_block.", "read": "unread."}


@dataclass(frozen=True, slots=True)
class Obligation:
    """One thing to prove: `violation` holds in no case that `domain` allows; two `cases` differ in one fact."""

    property: Property
    about: str
    violation: Bool
    domain: tuple[Bool, ...]
    cases: tuple[Symbols, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One thing to show: `shows` holds in some case in which `given` does and that `domain` allows.

    What refutes it is a case with `given` all the same, with as many of the `calm` terms, first to last, as can be.
    """

    property: Property
    about: str
    shows: Bool
    given: Bool
    calm: tuple[Bool, ...]
    domain: tuple[Bool, ...]
    case: Symbols
