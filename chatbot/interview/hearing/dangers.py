"""Which questions words put, whatever was asked: a danger of the person's own, or one that is not clearly another's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from chatbot.interview.hearing.lexicon import Lexicon, Meaning
from chatbot.interview.hearing.scopes import OLD
from chatbot.interview.hearing.stated import Match


def raised_by(lexicon: Lexicon, matches: Iterable[Match], at_hand: Collection[tuple[str, str]]) -> tuple[str, ...]:
    """The questions that findings put, in the order of the dialog; `at_hand` are the facts and values being asked."""
    asked = {
        lexicon.question_of[fact]
        for match in matches
        if puts(lexicon, match) and not _is_at_hand(match.finding, at_hand)
        for fact in told(lexicon, match.finding)
        if fact in lexicon.question_of
    }
    return tuple(name for name in lexicon.dialog.questions if name in asked)


def _is_at_hand(finding: Meaning, at_hand: Collection[tuple[str, str]]) -> bool:
    return any(pair in at_hand for pair in finding.gives) or any((fact, "") in at_hand for fact in finding.facts)


def puts(lexicon: Lexicon, match: Match) -> bool:
    """True when a finding is one that puts its question, and is not denied, another's, feared, or long the same."""
    return (
        match.stands
        and OLD not in match.around
        and not match.finding.denies
        and any(True for _ in told(lexicon, match.finding))
    )


def told(lexicon: Lexicon, finding: Meaning) -> Iterator[str]:
    """The facts whose question a finding puts."""
    block = lexicon.block(finding.key)
    if block is None or finding.value not in block.raises:
        return
    yield from finding.facts[:1]
