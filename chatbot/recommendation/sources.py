"""Sources, the claims made in them, and where they disagree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

SourceLevel = Literal["primary", "secondary summary", "project"]
NOT_GRADED = "not graded in source"


@dataclass(frozen=True, slots=True)
class Source:
    """A published work; `verified` says how it was seen: V read, VS in a secondary page, GK not verified."""

    id: str
    text: str
    level: SourceLevel
    verified: Literal["V", "VS", "GK"]
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of a source document, in this project's words."""

    id: str
    says: str
    source: str
    strength: str = NOT_GRADED
    certainty: str = NOT_GRADED
    resolves_to: str = ""
    supported_by: tuple[str, ...] = ()
    note: str = ""
    not_encoded: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a conflict."""

    says: str
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A disagreement of sources: both sides, what this project does, and who decided."""

    id: str
    about: str
    sides: tuple[Side, Side]
    resolution: str
    supported_by: tuple[str, ...]
    weight: str
    decided_by: str
    rules: tuple[str, ...]

    @property
    def claims(self) -> frozenset[str]:
        """Every claim or source named on either side."""
        return frozenset(self.sides[0].cites + self.sides[1].cites)


@dataclass(frozen=True, slots=True)
class Reference:
    """One line of a reference list: a claim with its source document, or a source."""

    id: str
    kind: Literal["claim", "source"]
    text: str
    level: SourceLevel
    strength: str
    certainty: str
    verified: str


@dataclass(frozen=True, slots=True)
class Library:
    """All sources, claims and conflicts of a pack."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()

    def __contains__(self, cite: str) -> bool:
        return cite in self.sources or cite in self.claims

    def reference(self, cite: str) -> Reference:
        """The reference a citation stands for."""
        if cite in self.sources:
            source = self.sources[cite]
            return Reference(cite, "source", source.text, source.level, NOT_GRADED, NOT_GRADED, source.verified)
        claim = self.claims[cite]
        source = self.sources[claim.source]
        text = f"{claim.says} ({source.text})"
        return Reference(cite, "claim", text, source.level, claim.strength, claim.certainty, source.verified)

    def disagreements(self, rules: Iterable[str]) -> tuple[Conflict, ...]:
        """The conflicts whose resolution shows up in one of these rules."""
        fired = set(rules)
        return tuple(conflict for conflict in self.conflicts if fired & set(conflict.rules))
