"""How the sentences of a summary are written in every shell: with their citations, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from chatbot.case import Audience
from chatbot.recommendation.summary import Line, OriginKind, Sentence, Summary

MANY = 6
_NAMED: tuple[OriginKind, ...] = ("rule", "advice", "conflict")

Numbers = Mapping[str, int]


def cited(sentence: Sentence, summary: Summary, numbers: Numbers | None = None) -> str:
    """The sentence with its citations: ids for clinicians; numbers for patients, of the summary if not given."""
    return f"{statement(sentence, summary)} {citations(sentence, summary, numbers)}"


def statement(sentence: Sentence, summary: Summary) -> str:
    """The sentence alone; clinicians see the rule or advice that makes it."""
    name = shown_id(sentence) if summary.audience == "clinician" else ""
    return f"{name}: {sentence.text}" if name else sentence.text


def shown_id(sentence: Sentence) -> str:
    """The id of the rule, advice or conflict that makes a sentence, as clinicians see it; empty for all else."""
    origin = sentence.origin
    return origin.id if origin is not None and origin.kind in _NAMED else ""


def citations(sentence: Sentence, summary: Summary, numbers: Numbers | None = None) -> str:
    """The citations alone, in square brackets."""
    if summary.audience == "clinician":
        return f"[{', '.join(sentence.cites)}]"
    found = summary.numbers(sentence) if numbers is None else [numbers[cite] for cite in sentence.cites]
    return f"[{', '.join(runs(sorted(found)))}]"


def runs(numbers: Sequence[int]) -> Iterator[str]:
    """Numbers in order, those in a row as `1 to 18`: eighteen numbers read aloud hide the sentence."""
    place = 0
    while place < len(numbers):
        end = place
        while end + 1 < len(numbers) and numbers[end + 1] == numbers[end] + 1:
            end += 1
        if end - place >= 2:
            yield f"{numbers[place]} to {numbers[end]}"
        else:
            yield from map(str, numbers[place : end + 1])
        place = end + 1


def rests_on(sentence: Sentence) -> tuple[str, ...]:
    """The answers a sentence rests on, one paragraph each; a long row of them becomes one."""
    return sentence.said if len(sentence.said) <= MANY else ("; ".join(sentence.said),)


def work(line: Line, audience: Audience) -> str:
    """The work that one line of the reference list names; clinicians see its id."""
    return f"{line.reference.id} {line.reference.text}" if audience == "clinician" else line.reference.text
