"""What an interview found, for a clinician: positive, denied, not sure, not asked; each apart from the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chatbot.case import NOT_SURE, Fact, Value
from chatbot.interview.interview import Interview
from chatbot.recommendation.value_text import chosen, in_words
from chatbot.wording import Wording


@dataclass(frozen=True, slots=True)
class Findings:
    """Sentences in asking order. `details` are answers that are neither good nor bad, `examined` what a nurse found.

    `denied` are the names alone of what is in `negative`.
    """

    positive: tuple[str, ...]
    negative: tuple[str, ...]
    not_sure: tuple[str, ...]
    not_asked: tuple[str, ...]
    details: tuple[str, ...]
    examined: tuple[str, ...]
    denied: tuple[str, ...]


def findings(interview: Interview, wording: Wording) -> Findings:
    """Sorts what was said by what it means; of a fact that does not apply nothing is said."""
    lists: dict[str, list[str]] = {name: [] for name in Findings.__slots__}
    facts = interview.plan.rulebook.facts
    words = _Words(interview, wording)
    asked = {name for question in interview.plan.dialog.questions.values() for name in question.facts}
    for name, value in interview.rule_state.values.items():
        if name not in asked:
            continue
        for kind, text in words.of(facts[name], value):
            lists[kind].append(wording.fill(text, interview.case.country))
    missing = interview.recommendation.not_asked
    lists["not_asked"] = [wording.fill(words.name(facts[name]), interview.case.country) for name in missing]
    return Findings(**{name: tuple(dict.fromkeys(texts)) for name, texts in lists.items()})


class _Words:
    def __init__(self, interview: Interview, wording: Wording) -> None:
        self.wording = wording
        self.picked = chosen(interview.completed)
        self.covered = interview.rule_state.covered

    def name(self, fact: Fact) -> str:
        """The name of a fact."""
        text = self.wording.facts[fact.id]["clinician"]
        return text[:1].upper() + text[1:]

    def of(self, fact: Fact, value: Value) -> Iterator[tuple[str, str]]:
        """Yields what one answer says, with where it belongs."""
        if isinstance(value, str) and value in NOT_SURE:
            yield "not_sure", self.name(fact)
        elif fact.nurse_only:
            yield from (("examined" if kind != "not_sure" else kind, text) for kind, text in self.examined(fact, value))
        elif fact.kind == "number" or fact.worse == "free":
            yield "details", self.told(fact, value)
        elif isinstance(value, frozenset):
            yield from self.of_list(fact, value)
        else:
            least = isinstance(value, str) and fact.rank(value) == 0
            yield "negative" if least else "positive", self.told(fact, value)
            if least:
                yield "denied", self.name(fact)

    def examined(self, fact: Fact, value: Value) -> Iterator[tuple[str, str]]:
        """Yields what a nurse found; of a list, what was looked for and not found is said, too."""
        if not isinstance(value, frozenset):
            yield "examined", self.told(fact, value)
            return
        for kind, text in self.of_list(fact, value):
            if kind == "denied":
                continue
            yield kind, f"{self.wording.say('none_true')}: {text}" if kind == "negative" else text

    def of_list(self, fact: Fact, value: frozenset[str]) -> Iterator[tuple[str, str]]:
        """The items that are true, those that were asked and denied, and that some are not known."""
        items = value - {"unknown"}
        if items:
            yield "positive", self.told(fact, items)
        if "unknown" in value:
            yield "not_sure", self.name(fact)
            return
        asked = self.covered.get(fact.id, frozenset(fact.items))
        denied = frozenset(asked) & frozenset(fact.items) - value - {"unknown"}
        if denied:
            yield "negative", self.told(fact, denied)
            yield "denied", f"{self.name(fact)} (others)" if items else self.name(fact)

    def told(self, fact: Fact, value: Value) -> str:
        """A value with the name of its fact, said once."""
        texts = in_words(self.wording, fact, value, "clinician", self.picked)
        said, name = "; ".join(texts), self.name(fact)
        return said[:1].upper() + said[1:] if name.casefold() in said.casefold() else f"{name}: {said}"
