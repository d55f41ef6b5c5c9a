"""Conditions and questions in one form each, so that only a change of meaning makes two of them differ."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from chatbot.case import Fact
from chatbot.condition import (
    Accepts,
    Algebra,
    Condition,
    Includes,
    Leaf,
    Not,
    Parts,
    Reached,
    Unanswered,
    Within,
    fold,
    leaves_of,
)
from chatbot.interview.question import Question

Form = tuple[Hashable, ...]


class _Canonical(Algebra[Form]):
    """A condition without the names of its terms and the order of its parts."""

    def leaf(self, leaf: Leaf) -> Form:
        return leaf_form(leaf)

    def all_of(self, parts: Parts[Form]) -> Form:
        return _joined("all", parts)

    def any_of(self, parts: Parts[Form]) -> Form:
        return _joined("any", parts)

    def count_of(self, at_least: int, parts: Parts[Form]) -> Form:
        return ("count", at_least, *sorted(parts, key=repr))

    def negated(self, condition: Not) -> Form:
        return ("not", fold(condition.of, self))


def form_of(condition: Condition | None) -> Form:
    """A condition without the names of its terms and the order of its parts; empty where there is none."""
    return () if condition is None else fold(condition, _Canonical())


def _joined(how: str, forms: Iterable[Form]) -> Form:
    parts: set[Hashable] = set()
    for part in forms:
        parts |= set(part[1:]) if part[0] == how else {part}
    if len(parts) == 1:
        (only,) = parts
        return only  # type: ignore[return-value] # a part is a form
    return (how, *sorted(parts, key=repr))


def leaf_form(leaf: Leaf) -> Form:
    """The form of a leaf: what it tests, without the author's words for it."""
    match leaf:
        case Accepts(fact, values, _):
            return ("accepts", fact, *sorted(values))
        case Includes(fact, items):
            return ("includes", fact, *sorted(items))
        case Within(fact, low, high):
            return ("within", fact, low, high)
        case Unanswered(fact):
            return ("unanswered", fact)
        case Reached(what, low):
            return ("reached", what, low)


def fact_form(fact: Fact) -> Form:
    """The form of a fact: what it can state and what its answers count as."""
    ranks = tuple(tuple(sorted(step)) for step in fact.steps)
    shape = (fact.kind, fact.worse, ranks, tuple(sorted(fact.items)), fact.low, fact.high, fact.decimals)
    asked = (fact.nurse_only, fact.required, fact.time_critical, form_of(fact.asked_if), form_of(fact.done_if))
    return (*shape, fact.unit, fact.not_sure, *asked)


def question_form(question: Question) -> Form:
    """The form of a question: what it can be answered with, in the order shown."""
    lines = tuple((item.id, item.gives, item.asks) for item in question.items)
    return (question.kind, question.block, lines, question.options, question.bands, question.picture)


def differences(old: Condition, new: Condition) -> list[str]:
    """In words, what one condition tests that the other does not."""
    before = {leaf_form(leaf): leaf for leaf in leaves_of(old)}
    after = {leaf_form(leaf): leaf for leaf in leaves_of(new)}
    gone = [before[form] for form in before if form not in after]
    come = [after[form] for form in after if form not in before]
    said: list[str] = []
    for leaf in list(gone):
        other = next((one for one in come if _are_lists(leaf, one)), None)
        if other is not None:
            said.append(_moved(leaf, other))
            gone.remove(leaf)
            come.remove(other)
    said += [f"no longer tests {in_words(leaf)}" for leaf in gone] + [f"now tests {in_words(leaf)}" for leaf in come]
    return said or ["its conditions are joined in another way"]


def _are_lists(one: Leaf, other: Leaf) -> bool:
    return isinstance(one, (Accepts, Includes)) and type(one) is type(other) and one.fact == other.fact


def _moved(one: Leaf, other: Leaf) -> str:
    before, after = set(leaf_form(one)[2:]), set(leaf_form(other)[2:])
    fact = leaf_form(one)[1]
    parts = [f"no longer counts {', '.join(sorted(map(str, before - after)))}"] if before - after else []
    parts += [f"now counts {', '.join(sorted(map(str, after - before)))}"] if after - before else []
    return f"{fact}: {' and '.join(parts)}"


def in_words(leaf: Leaf) -> str:
    """A leaf as a clinician reads it beside its fact's id."""
    match leaf:
        case Accepts(fact, values, _):
            return f"{fact}: {', '.join(sorted(values))}"
        case Includes(fact, items):
            return f"{fact} with {' or '.join(items)}"
        case Within(fact, low, high):
            ends = [f"at least {low:g}"] if low is not None else []
            return f"{fact} {' and '.join([*ends, *([f'at most {high:g}'] if high is not None else [])])}"
        case Unanswered(fact):
            return f"{fact} not answered"
        case Reached(what, low):
            return f"{what} of at least {low}"
