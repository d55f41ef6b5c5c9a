"""Which questions ask about a fact, what of it they cannot say, and what of it no rule looks at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from chatbot.case import NOT_SURE, UNANSWERED, Fact
from chatbot.condition import Accepts, Includes, Leaf, Unanswered, Within
from chatbot.interview.question import Dialog, Question


def asked_by(dialog: Dialog) -> dict[str, list[Question]]:
    """The questions that ask about each fact."""
    asked: dict[str, list[Question]] = {}
    for question in dialog.questions.values():
        for name in question.facts:
            asked.setdefault(name, []).append(question)
    return asked


def unsayable(fact: Fact, questions: list[Question]) -> Iterator[str]:
    """The values of a fact that no option and no line of its questions gives."""
    if fact.kind == "number":
        return
    said: set[str] = set(fact.steps[0][:1]) if fact.steps and any(q.items for q in questions) else set()
    for question in questions:
        said |= set(question.items_of(fact.id)) | {value for _, value in question.options}
    yield from (value for value in fact.values if value not in NOT_SURE and value not in said)


def without_own_question(fact: Fact, questions: list[Question]) -> Iterator[str]:
    """Yields why a fact that only checklists speak of needs a question of its own; nothing when it does not."""
    if any(question.fact for question in questions):
        return
    if any(item.asks == fact.id for question in questions for item in question.items):
        yield "is opened by a line with 'asks' and nothing asks it then"
    elif fact.kind == "one" and {question.kind for question in questions} == {"ticks"}:
        yield "stands in a tick list only, which leaves 'not sure' to it"
    elif fact.kind == "many" and "unknown" not in fact.items:
        yield "stands in checklists only and has no item 'unknown' for 'not sure'"


def critical(facts: Iterable[Fact], dialog: Dialog) -> Iterator[Fact]:
    """The facts of the emergency block, and all others that cannot wait."""
    block = {name for question in dialog.questions.values() if question.block for name in question.facts}
    yield from (fact for fact in facts if fact.time_critical or fact.id in block)


def worrying(fact: Fact) -> dict[str, str]:
    """The values of a fact that a rule has to tell from its least, by the name under which a pack exempts them.

    "Not sure" and all that ranks above it are worrying, and every item of a list; what ranks below is harmless. A fact
    without an order, and a number, stand as a whole, under an empty value.
    """
    if fact.kind == "number" or fact.worse == "free":
        return {fact.id: ""}
    return {f"{fact.id}.{value}": value for value in _worrying(fact)}


def unread(fact: Fact, leaves: Collection[Leaf]) -> Iterator[str]:
    """The names of the worrying values of a fact that none of these comparisons tells from its least value."""
    for name, value in worrying(fact).items():
        if not any(_tells(leaf, value, fact) for leaf in leaves):
            yield name


def _worrying(fact: Fact) -> tuple[str, ...]:
    unsure = (UNANSWERED,) if fact.counted("unknown") is None and "unknown" not in fact.items else ()
    if fact.kind == "many":
        return (*fact.items, *unsure)
    if unsure:  # it has no place among the steps, so nothing but the least ranks below it
        return (*(value for value in fact.values if fact.rank(value)), *unsure)
    lowest = max(1, fact.rank(str(fact.counted("unknown"))))
    return tuple(value for value in fact.values if value != "prefer_not" and fact.rank(value) >= lowest)


def _tells(leaf: Leaf, value: str, fact: Fact) -> bool:
    if not value:
        return isinstance(leaf, Within if fact.kind == "number" else Accepts | Includes | Unanswered)
    if value == UNANSWERED:
        return isinstance(leaf, Unanswered)
    if isinstance(leaf, Includes):
        return value in leaf.items
    return isinstance(leaf, Accepts) and value in leaf.values and fact.least not in leaf.values
