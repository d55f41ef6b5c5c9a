"""`triage check --prove`: the proof of a pack, with the counterexamples of what does not hold."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from chatbot.cli.common import shown, talk, write, write_file
from chatbot.cli.progress import watched
from chatbot.errors import InputError

if TYPE_CHECKING:
    from chatbot.packs.pack import Pack
    from chatbot.proof.prove import Proof
    from chatbot.proof.solve import Finding

HOW_TO_GET_IT = "the proof needs the solver z3: pip install 'triage-chatbot[proof]'"


def prove_pack(pack: Pack, folder: Path, jobs: int | None, save: Path | None) -> bool:
    """Prove a pack and say what came of it; whether all of it holds."""
    if find_spec("z3") is None:
        raise InputError(HOW_TO_GET_IT)
    from time import monotonic

    from chatbot.proof.prove import joined, pieces, prove

    began = monotonic()
    work = pieces(pack, str(folder))
    proof = joined(watched(prove(work, jobs), "proving", len(work)))
    for line in _lines(pack, proof):
        write(shown(line))
    for number, (title, text) in enumerate(_counterexamples(pack, proof), start=1):
        if save is not None:
            save.mkdir(parents=True, exist_ok=True)
            write_file(str(save / f"counterexample_{number}.yaml"), text.encode())
            talk(f"{title}: {save / f'counterexample_{number}.yaml'}")
        else:
            write(f"# {title}; as a file, `triage replay` plays it")
            write(text)
    talk(f"the proof took {monotonic() - began:.0f} s")
    return proof.holds


def _lines(pack: Pack, proof: Proof) -> Iterator[str]:
    """Yields what is proved, what is not, and what a reviewer should look at."""
    from chatbot.proof.obligations import EXEMPT_AS, SENTENCES
    from chatbot.proof.prove import SAMPLES

    for name, sentence in SENTENCES.items():
        judged = [finding for finding in proof.findings if finding.property == name]
        proved = sum(finding.verdict == "proved" for finding in judged)
        yield f"{'proved' if proved == len(judged) else 'FAILED'} {name}: {sentence} ({proved} of {len(judged)} claims)"
        yield from (f"  {finding.verdict}: {finding.about}" for finding in judged if finding.verdict != "proved")
        yield from (f"  exempt: {what}: {reason}" for what, reason in _left_out(pack, EXEMPT_AS.get(name, "")))
    reached = sum(witness.facts is not None for witness in proof.rules)
    asked = sum(facts is not None for _, facts in proof.questions)
    yield (
        f"{'FAILED' if proof.unreached else 'proved'} reach: {reached} of {len(proof.rules)} rules and {asked} of "
        f"{len(proof.questions)} questions have a witness; each emergency interrupts at the next screen."
    )
    yield from (f"  {line}" for line in (*proof.unreached, *proof.faults))
    yield (
        f"{'FAILED' if proof.disagreements else 'checked'} reading: solver and engine agree in "
        f"{SAMPLES:,} random cases about every rule, level, imaging and advice."
    )
    yield from (f"  {line}" for line in proof.disagreements)
    if proof.never_alone:
        yield f"for the reviewer: these rules never decide without another: {', '.join(proof.never_alone)}"


def _left_out(pack: Pack, prefix: str) -> Iterator[tuple[str, str]]:
    """Yields what the pack exempts under a prefix, and why; nothing without a prefix."""
    for what, reason in pack.exemptions:
        if prefix and what.startswith(prefix):
            yield what.removeprefix(prefix), reason


def _counterexamples(pack: Pack, proof: Proof) -> Iterator[tuple[str, str]]:
    """The smallest cases that refute a property, as transcripts."""
    from chatbot.proof.counterexample import told
    from chatbot.replay.record import yaml_of

    for finding in proof.unproved:
        for place, facts in enumerate(finding.cases, start=1):
            which = f"{place} of {len(finding.cases)}"
            transcript = told(pack, facts, _about(finding, which))
            if transcript is not None:
                yield f"counterexample to {finding.property} ({finding.about}), {which}", yaml_of(transcript)


def _about(finding: Finding, which: str) -> str:
    from chatbot.proof.obligations import SENTENCES

    return f"Counterexample {which} to: {SENTENCES[finding.property]} ({finding.about})"
