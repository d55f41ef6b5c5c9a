"""The whole proof of a pack, in pieces that the cores of a machine share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from chatbot.cores import cores, over_cores
from chatbot.packs.load import load_pack
from chatbot.packs.pack import Pack
from chatbot.proof.cross_check import disagreements
from chatbot.proof.properties import Claims
from chatbot.proof.solve import Facts, Finding, decide
from chatbot.proof.witness import RuleWitness, Witnesses, missing_edges

SAMPLES, SAMPLES_A_PIECE, SEED = 20_000, 2_500, 20261121
_CLAIMS_A_PIECE, _RULES_A_PIECE = 30, 40


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the proof of the pack in a folder: so many claims, rules or cases from a place on, or the questions."""

    folder: str
    kind: Literal["claims", "rules", "agree", "questions"]
    start: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """The outcome of a piece."""

    findings: tuple[Finding, ...] = ()
    rules: tuple[RuleWitness, ...] = ()
    questions: tuple[tuple[str, Facts | None], ...] = ()
    disagreements: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """The proof of a pack: what is proved, what is refuted, and the witnesses."""

    findings: tuple[Finding, ...] = ()
    rules: tuple[RuleWitness, ...] = ()
    questions: tuple[tuple[str, Facts | None], ...] = ()
    disagreements: tuple[str, ...] = ()
    faults: tuple[str, ...] = field(default=())

    @property
    def holds(self) -> bool:
        """Every claim proved, every rule and question reached, solver and engine of one mind."""
        return not (self.disagreements or self.faults or self.unproved or self.unreached)

    @property
    def unproved(self) -> tuple[Finding, ...]:
        """The claims that are refuted or undecided."""
        return tuple(finding for finding in self.findings if finding.verdict != "proved")

    @property
    def unreached(self) -> tuple[str, ...]:
        """The faults of rules and questions."""
        silent = [f"rule '{witness.rule}': {witness.fault}" for witness in self.rules if witness.fault]
        return (*silent, *(f"question '{name}': nobody is asked it" for name, facts in self.questions if facts is None))

    @property
    def never_alone(self) -> tuple[str, ...]:
        """The rules that can never decide a level or an imaging without another."""
        return tuple(witness.rule for witness in self.rules if witness.facts is not None and not witness.alone)


def pieces(pack: Pack, folder: str) -> list[Piece]:
    """The proof of a pack in pieces, the longest first."""
    found = [Piece(folder, "claims", at) for at in range(0, len(_claims(pack)), _CLAIMS_A_PIECE)]
    found += [Piece(folder, "agree", at) for at in range(0, SAMPLES, SAMPLES_A_PIECE)]
    found += [Piece(folder, "rules", at) for at in range(0, len(pack.rulebook.rules), _RULES_A_PIECE)]
    return [*reversed(found), Piece(folder, "questions")]


def prove(work: Sequence[Piece], jobs: int | None = None) -> Iterator[Part]:
    """Do the pieces, with at most so many processes, by default as many as there are cores."""
    yield from over_cores(do, work, min(jobs or cores(), len(work)))


def joined(parts: Iterable[Part]) -> Proof:
    """The proof that its parts make."""
    parts_in_order = list(parts)
    return Proof(
        tuple(finding for part in parts_in_order for finding in part.findings),
        tuple(witness for part in parts_in_order for witness in part.rules),
        tuple(question for part in parts_in_order for question in part.questions),
        tuple(line for part in parts_in_order for line in part.disagreements),
        tuple(fault for part in parts_in_order for fault in part.faults),
    )


def do(piece: Piece) -> Part:
    """One piece of a proof."""
    pack = _pack(piece.folder)
    if piece.kind == "claims":
        return Part(
            findings=tuple(decide(make()) for make in _claims(pack)[piece.start : piece.start + _CLAIMS_A_PIECE])
        )
    if piece.kind == "agree":
        return Part(disagreements=tuple(disagreements(pack.rulebook, SAMPLES_A_PIECE, SEED + piece.start)))
    witnesses = Witnesses(pack)
    if piece.kind == "rules":
        rules = pack.rulebook.rules[piece.start : piece.start + _RULES_A_PIECE]
        return Part(rules=tuple(witnesses.rule(rule) for rule in rules))
    faults = tuple(f"no answer to '{question}' leads to the emergency screen" for question in missing_edges(pack))
    return Part(questions=tuple(witnesses.questions().items()), faults=faults)


@lru_cache(maxsize=2)
def _pack(folder: str) -> Pack:
    return load_pack(folder)


@lru_cache(maxsize=2)
def _claims(pack: Pack) -> list[Claims.Make]:
    return list(Claims(pack.rulebook, pack.dialog, frozenset(what for what, _ in pack.exemptions)).makers())
