"""Named examples and what must come of them; for every rule a pair in which one answer decides if it fires."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from chatbot.case import Case, PlainValue
from chatbot.errors import InputError, Problem
from chatbot.recommendation.recommend import recommend
from chatbot.recommendation.rulebook import IMAGING, LEVELS, Rulebook

Facts = Mapping[str, PlainValue]
FIRES = " fires"


@dataclass(frozen=True, slots=True)
class PackCase:
    """A named example: the facts given and what must come of them."""

    name: str
    given: Facts
    expect: Mapping[str, object]
    file: str = field(default="", repr=False, compare=False)
    line: int = field(default=1, repr=False, compare=False)

    @property
    def case(self) -> Case:
        """The case that states these facts."""
        return Case.of_facts(self.given)


def check_cases(cases: tuple[PackCase, ...], rulebook: Rulebook) -> tuple[Problem, ...]:
    """Every example that does not come out as expected, and every rule that has no pair."""
    problems: list[Problem] = []
    for case in cases:
        try:
            faults = list(differences(case, rulebook))
        except InputError as error:
            faults = [str(error)]
        problems += [Problem(case.file, case.line, "E002", f"case '{case.name}': {fault}") for fault in faults]
    paired = {case.name.removesuffix(FIRES) for case in cases if case.name.endswith(FIRES)}
    file = cases[0].file if cases else "cases.yaml"
    for rule in rulebook.rules:
        if rule.id not in paired:
            problems.append(Problem(file, 1, "E003", f"rule '{rule.id}' has no pair of cases; add one under pairs"))
    return tuple(problems)


def differences(case: PackCase, rulebook: Rulebook) -> Iterator[str]:
    """Yields how a case differs from what it expects."""
    result = recommend(rulebook, case.case)
    fired = {rule.id for rule in result.rules}
    got = {
        "level": LEVELS[result.level],
        "imaging": IMAGING[result.imaging],
        "decided_by": [rule.id for rule in result.decided_by],
        "settled": result.settled,
    }
    for key, expected in case.expect.items():
        names = expected if isinstance(expected, list) else []
        if key == "fires":
            yield from (f"rule '{rule}' should fire and does not" for rule in names if rule not in fired)
        elif key == "silent":
            yield from (f"rule '{rule}' should stay silent and fires" for rule in names if rule in fired)
        elif key == "decided_by" and sorted(names) != sorted(got[key]):  # type: ignore[call-overload] # a list of ids
            yield f"decided by {', '.join(got[key]) or 'no rule'}, expected {', '.join(names) or 'no rule'}"  # type: ignore[arg-type] # as above
        elif key in got and key != "decided_by" and got[key] != expected:
            yield f"{key} is {got[key]}, expected {expected}"
