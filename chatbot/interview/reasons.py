"""What stands behind a question, for a clinician: the rules that test it, each with its sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chatbot.interview.interview import Interview
from chatbot.interview.question import Question
from chatbot.recommendation.rulebook import LEVELS
from chatbot.recommendation.summary import Line, Origin, Sentence, View
from chatbot.wording import Wording


@dataclass(frozen=True, slots=True)
class Reasons:
    """Sentences on a question, the most urgent rule first, and the works they cite."""

    sentences: tuple[Sentence, ...]
    references: tuple[Line, ...]


def reasons(interview: Interview, question: Question, words: Wording) -> Reasons:
    """The rules that look at what a question asks, whatever was answered."""
    view = View(interview.recommendation, interview.plan.rulebook, words, "clinician")
    rules = {rule.id: rule for fact in question.facts for rule in interview.plan.wanted.rules_on(fact)}
    ranked = sorted(rules.values(), key=lambda rule: -rule.level)  # the pack's own order within a level
    sentences = [
        Sentence(
            f"{_level(words, rule.level)}: {view.fill(words.rules[rule.id]['clinician'])}",
            rule.cites,
            origin=Origin("rule", rule.id),
        )
        for rule in ranked
    ]
    conflicts = interview.plan.rulebook.library.disagreements(rules)
    sentences += map(view.conflict, conflicts)
    return Reasons(tuple(sentences), tuple(_works(sentences, view)))


def _level(words: Wording, level: int) -> str:
    return words.levels[LEVELS[level]]["title"]["clinician"].rstrip(".")


def _works(sentences: list[Sentence], view: View) -> Iterator[Line]:
    cites = dict.fromkeys(cite for sentence in sentences for cite in sentence.cites)
    return (view.reference(number, cite) for number, cite in enumerate(cites, start=1))
