"""An interview that answers itself from given facts, question by question, through the state machine."""

from __future__ import annotations

from dataclasses import dataclass

from chatbot.case import Answer, Case, PlainValue, Stated, Value, plain, stated
from chatbot.errors import EngineError
from chatbot.interview.interview import Interview, Plan
from chatbot.interview.question import Question


@dataclass(frozen=True, slots=True, eq=False)
class Simulation:
    """The end of a simulated interview, the questions in the order asked, and those the facts had no answer to."""

    interview: Interview
    asked: tuple[str, ...]
    unanswered: tuple[str, ...]


def simulate(plan: Plan, case: Case, *, note: bool = False) -> Simulation:
    """Answer each question asked from the facts a case states; nothing is invented.

    A question that the facts cannot answer is passed over. With `note`, a nurse goes on after an emergency.
    """
    given = stated(plan.rulebook.facts, case.answers)
    interview = plan.begin(case.mode, case.country)
    asked: list[str] = []
    unanswered: dict[str, None] = {}
    while True:
        question = interview.question
        if question is None:
            goes_on = note and case.mode == "nurse" and "continued" not in interview.case.marks
            if interview.state == "emergency" and goes_on:
                interview = interview.continue_note()
                continue
            break
        asked.append(question.id)
        if len(asked) > 2 * len(plan.dialog.questions):
            raise EngineError(f"the interview does not end; it asked '{question.id}' again")
        answer, missing = answer_from(question, given, interview)
        unanswered.update(dict.fromkeys(missing))
        interview = interview.answer(answer)
    if interview.state == "check_answers":
        interview = interview.confirm()
    return Simulation(interview, tuple(asked), tuple(unanswered))


def answer_from(question: Question, given: Stated, interview: Interview) -> tuple[Answer, list[str]]:
    """The answer that given facts make to a question, and the facts they are silent about."""
    facts = interview.plan.rulebook.facts
    values: dict[str, PlainValue] = {}
    put: dict[str, tuple[str, ...]] = {}
    missing: list[str] = []
    for name in filter(interview.applies, question.facts):
        value = given.values.get(name)
        if value is None:
            missing.append(name)
        elif question.items and facts[name].kind == "many":
            put[name] = question.items_of(name)
            values[name] = sorted(_shared(value, put[name]))
        elif not _opens(question, name, value, interview):
            values[name] = plain(value)
    return Answer(question=question.id, values=values, put=put), missing


def _shared(value: Value, put: tuple[str, ...]) -> frozenset[str]:
    chosen = value if isinstance(value, frozenset) else frozenset()
    return chosen & {*put, "unknown"}


def _opens(question: Question, name: str, value: Value, interview: Interview) -> bool:
    """True when a checklist leaves the fact to its own question: opened by `asks`, or not sure in a tick list."""
    fact = interview.plan.rulebook.facts[name]
    if question.kind not in ("ticks", "lines") or value == fact.least:
        return False
    said = question.items_of(name)
    return value not in said if question.kind == "ticks" else False
