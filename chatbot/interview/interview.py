"""Where an interview stands for a case: the question to ask next, or how it ended.

The state is a fold of the answers, in the pack's order, through the state machine. Back, change, resume, replay and
audit are that one function; a plain answer to the question just asked takes one step of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from chatbot.case import Answer, Case, Mode, Reply, Stated, Value, Whom, stated
from chatbot.condition import TRUE
from chatbot.errors import EngineError
from chatbot.interview.machine import ENDINGS, Cursor, DialogMachine
from chatbot.interview.question import Dialog, Item, Question, lines_answer, plain_answer
from chatbot.interview.wanted import Wanted, is_unsure
from chatbot.recommendation.assess import RuleState, assessor
from chatbot.recommendation.recommend import Recommendation, conclude
from chatbot.recommendation.rulebook import EMERGENCY, Rulebook


class Plan:
    """A pack's dialog and rules made ready for interviews; built once and shared."""

    def __init__(self, dialog: Dialog, rulebook: Rulebook) -> None:
        self.dialog = dialog
        self.rulebook = rulebook
        self.assessor = assessor(rulebook)
        self.machine = DialogMachine(dialog)
        self.wanted = Wanted(dialog, rulebook)
        self.emergencies = tuple(rule for rule in rulebook.rules if rule.level == EMERGENCY)

    def begin(self, mode: Mode = "patient", country: str = "any", whom: Whom = "them") -> Interview:
        """A new interview at its first question."""
        return self.resume(Case(mode=mode, whom=whom, country=country))

    def resume(self, case: Case) -> Interview:
        """The interview of a case, folded from its answers; values of facts that do not apply are withdrawn."""
        rule_state = self.assessor.begin(case.mode)
        kept: tuple[Answer, ...] = ()
        for question in self.dialog.questions:
            if question in case.by_question:
                answer = _applying(case.by_question[question], rule_state, case)
                kept = (*kept, answer)
                rule_state = rule_state.with_stated(self.stated([answer], rule_state))
        return Interview(self, case, rule_state, kept, self._fold(case, rule_state))

    def stated(self, answers: Iterable[Answer], before: RuleState) -> Stated:
        """The facts known after more answers, in asking order."""
        found = stated(self.rulebook.facts, answers, Stated(before.values, before.covered))
        in_order: dict[str, Value] = {name: found.values[name] for name in self.rulebook.facts if name in found.values}
        return Stated(in_order, found.covered)

    def _fold(self, case: Case, rule_state: RuleState) -> str:
        cursor, passed, noted = self.machine.start(), set[str](), False
        while True:
            if cursor.state == "emergency" and "continued" in case.marks:
                noted = True
                self.machine.move(cursor, "continue_note", self._target(case, rule_state, noted, passed))
            elif cursor.state == "check_answers" and "confirmed" in case.marks:
                self.machine.move(cursor, "answered", "complete")
            elif self._is_passed(cursor.state, case, rule_state, noted):
                passed.add(cursor.state)
                self.machine.move(cursor, "answered", self._target(case, rule_state, noted, passed))
            else:
                return self._stopped(cursor, case)

    def _is_passed(self, state: str, case: Case, rule_state: RuleState, noted: bool) -> bool:
        """True when the fold goes on from a state: its question is answered, or what was said is an emergency."""
        if state in ENDINGS or state not in case.by_question:
            return False
        return self.wanted.is_answered(state, case, rule_state) or (not noted and self._is_emergency(rule_state))

    def _is_emergency(self, rule_state: RuleState) -> bool:
        return any(rule_state.rule(rule) == TRUE for rule in self.emergencies)

    def _stopped(self, cursor: Cursor, case: Case) -> str:
        if "stopped" in case.marks and cursor.state not in ("complete", "out_of_scope"):
            self.machine.move(cursor, "stop", "stopped")
        return cursor.state

    def _target(self, case: Case, rule_state: RuleState, noted: bool, passed: set[str] | None = None) -> str:
        """The state a turn leads to: an emergency not yet noted, else the first question in order, else the end."""
        if not noted and self._is_emergency(rule_state):
            return "emergency"
        return self.wanted.next(case, rule_state, None if passed is None else frozenset(passed))

    def turn(self, before: Interview, answer: Answer) -> Interview:
        """One answer to the question just asked; the same as folding all answers again, at the cost of one step."""
        case = before.case.with_answer(answer)
        if (
            before.state != answer.question
            or before.withdrawn
            or before.case.raised
            or answer.question in before.case.by_question
        ):
            return self.resume(case)
        answer = _applying(answer, before.rule_state, case)
        rule_state = before.rule_state.with_stated(self.stated([answer], before.rule_state))
        if any(rule_state.applies(name) != TRUE for name in rule_state.values):
            return self.resume(case)
        cursor = Cursor(before.state)
        self.machine.move(cursor, "answered", self._target(case, rule_state, "continued" in case.marks))
        return Interview(self, case, rule_state, (*before.applicable_answers, answer), cursor.state)

    def confirm(self, before: Interview) -> Interview:
        """The answers checked; one step, where they stand to be checked."""
        case = before.case.marked("confirmed")
        if before.state != "check_answers":
            return self.resume(case)
        cursor = Cursor(before.state)
        self.machine.move(cursor, "answered", "complete")
        return Interview(self, case, before.rule_state, before.applicable_answers, cursor.state)


@lru_cache(maxsize=16)
def plan(dialog: Dialog, rulebook: Rulebook) -> Plan:
    """The plan of a pack, made on first use."""
    return Plan(dialog, rulebook)


@dataclass(frozen=True, slots=True, eq=False)
class Interview:
    """The interview of one case: `state` is a question's id, or how it ended (see machine.ENDINGS)."""

    plan: Plan
    case: Case
    rule_state: RuleState
    applicable_answers: tuple[Answer, ...]
    state: str

    @property
    def question(self) -> Question | None:
        """The question to ask next; None when the interview has ended."""
        return self.plan.dialog.questions.get(self.state)

    @property
    def again(self) -> bool:
        """True when the question is asked for the second time, in other words."""
        return self.state in self.case.by_question

    @property
    def withdrawn(self) -> bool:
        """True when some answer in the record no longer applies."""
        whole = self.case.by_question
        return any(len(answer.values) != len(whole[answer.question].values) for answer in self.applicable_answers)

    @property
    def completed(self) -> Case:
        """The case to hand over: only values of facts that apply."""
        return self.case.with_answers(self.applicable_answers)

    @property
    def recommendation(self) -> Recommendation:
        """The recommendation by the answers so far."""
        return conclude(self.plan.rulebook, self.completed, self.rule_state)

    @property
    def by_advice_alone(self) -> bool:
        """True when only advice still waits for answers, so that the rest may be skipped."""
        question = self.question
        return question is not None and self.plan.wanted.by_advice_alone(question.id, self.case, self.rule_state)

    @property
    def checks_left(self) -> tuple[str, ...]:
        """The questions of the emergency block that apply and have no answer yet."""
        return tuple(
            question.id
            for question in self.plan.dialog.questions.values()
            if question.block
            and any(self.rule_state.applies(fact) == TRUE for fact in question.facts)
            and not self.plan.wanted.is_answered(question.id, self.case, self.rule_state)
        )

    def applies(self, fact: str) -> bool:
        """True when a fact is asked of this person, or of the question that something said put to them."""
        question = self.question
        raised = question is not None and question.id in self.case.raised and fact in question.facts
        return raised or self.rule_state.applies(fact) == TRUE

    def items(self) -> tuple[Item, ...]:
        """The lines of the checklist being asked: those whose facts apply and, the second time, are not yet known."""
        question = self.question
        items = question.items if question else ()
        items = tuple(item for item in items if any(map(self.applies, item.facts)))
        if question and self.again and question.kind == "lines":
            before = self.case.by_question[question.id]
            unsure = {name for name, value in before.values.items() if is_unsure(value)}
            return tuple(
                item
                for item in items
                if before.lines.get(item.id, "unknown") == "unknown" and unsure.intersection(item.facts)
            )
        return items

    def answer(self, answer: Answer) -> Interview:
        """The interview after an answer; to the question at hand, or a changed one to an earlier question."""
        return self.plan.turn(self, answer.model_copy(update={"again": answer.again or self._is_second(answer)}))

    def _is_second(self, answer: Answer) -> bool:
        return self.again and answer.question == self.state

    def say(self, value: Value) -> Interview:
        """The interview after one value was given to the question at hand."""
        return self.answer(plain_answer(self._asked(), value))

    def tick(self, lines: Mapping[str, Reply]) -> Interview:
        """The interview after a reply to each line of the checklist at hand; first replies are kept the second time."""
        return self.answer(self.listed(lines))

    def listed(self, lines: Mapping[str, Reply], said: str = "") -> Answer:
        """The answer to the checklist at hand from a reply to each line; first replies are kept the second time."""
        question = self._asked()
        before = self.case.by_question.get(question.id)
        merged = {**(before.lines if before else {}), **lines}
        answer = lines_answer(question, self.plan.rulebook.facts, merged, self.applies)
        return answer.model_copy(update={"said": said, "by": self.case.mode})

    def _asked(self) -> Question:
        if self.question is None:
            raise EngineError(f"nothing is asked in state '{self.state}'")
        return self.question

    def change(self, question: str) -> Interview:
        """The interview with one answer taken back, so that its question is asked again; later answers stay."""
        return self.plan.resume(self.case.without(question).unmarked("confirmed", "stopped"))

    def jump(self, question: str) -> Interview:
        """The interview with another question at hand, out of its order; the answer leads back to the order.

        The same interview where the question does not apply, or where none is being asked.
        """
        facts = self.plan.dialog.questions[question].facts
        if self.question is None or not any(self.rule_state.applies(fact) == TRUE for fact in facts):
            return self
        return replace(self, state=question)

    def back(self) -> Interview:
        """The interview before the last answer; the same interview when there is none."""
        answers = self.case.answers
        return self.change(answers[-1].question) if answers else self

    def raising(self, question: str) -> Interview:
        """The interview in which a question is put because of something said; it can add, never clear."""
        return self.plan.resume(self.case.raising(question).unmarked("confirmed", "stopped"))

    def stop(self) -> Interview:
        """The interview given up here."""
        return self.plan.resume(self.case.marked("stopped"))

    def confirm(self) -> Interview:
        """The interview after the answers were checked."""
        return self.plan.confirm(self)

    def continue_note(self) -> Interview:
        """The interview that goes on for the note after an emergency; for nurses only."""
        if self.case.mode != "nurse":
            raise EngineError("only a nurse may continue after an emergency")
        return self.plan.resume(self.case.marked("continued"))

    def skip_rest(self) -> Interview:
        """The interview without the questions that only advice waits for."""
        return self.plan.resume(self.case.marked("skipped_rest"))


def _applying(answer: Answer, rule_state: RuleState, case: Case) -> Answer:
    if answer.question in case.raised:
        return answer
    values = {fact: value for fact, value in answer.values.items() if rule_state.applies(fact) == TRUE}
    return answer if len(values) == len(answer.values) else answer.model_copy(update={"values": values})
