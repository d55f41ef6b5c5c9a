"""Which question is wanted next: the emergency block in full, then what can still change the result, then advice."""

from __future__ import annotations

from functools import cached_property

from chatbot.case import Answer, Case, audience_of
from chatbot.condition import FALSE, OPEN, TRUE, facts_of, truth
from chatbot.condition_facts import Needs, needs
from chatbot.interview.question import Dialog, Question
from chatbot.recommendation.assess import Range, RuleState
from chatbot.recommendation.rulebook import WITHIN, Advice, Rule, Rulebook


class Wanted:
    """The order of a dialog and what its rules and advice look at, prepared for asking."""

    def __init__(self, dialog: Dialog, rulebook: Rulebook) -> None:
        self._questions = dialog.questions
        self._facts = rulebook.facts
        self._advice = rulebook.advice
        self._leaves = next((rule for rule in rulebook.rules if rule.id == dialog.leaves), None)
        last = {entry.question.id: place for place, entry in enumerate(dialog.entries)}
        self._entries = tuple((entry, last[entry.question.id] == place) for place, entry in enumerate(dialog.entries))
        self._again_if = {entry.question.id: entry.again_if for entry in dialog.entries if entry.again_if is not None}
        self._rules_on: dict[str, list[Rule]] = {name: [] for name in rulebook.facts}
        for rule in rulebook.rules:
            for name in facts_of(rule.when):
                self._rules_on[name].append(rule)
        self._gated_by: dict[str, list[str]] = {name: [] for name in rulebook.facts}
        for name, fact in rulebook.facts.items():
            for looked in facts_of(fact.asked_if) if fact.asked_if is not None else ():
                self._gated_by[looked].append(name)

    def next(self, case: Case, rule_state: RuleState, passed: frozenset[str] | None = None) -> str:
        """The first question in the pack's order that is wanted, or the ending that follows.

        With `passed`, questions already answered are walked through too, each once.
        """
        for question_id in self._questions if case.raised else ():
            if question_id in case.raised and question_id not in case.by_question:
                return question_id
        in_block = True
        by_rules = _Needed(self, rule_state)
        for entry, ordinary in self._entries:
            question = entry.question
            if in_block and not question.block:
                in_block = False
                if self._leaves is not None and rule_state.rule(self._leaves) == TRUE:
                    return "out_of_scope"
            if not ordinary and (entry.early_if is None or truth(entry.early_if, rule_state.look) != TRUE):
                continue
            if self.is_answered(question.id, case, rule_state):
                applies = question.id in case.raised or self._applies(question, rule_state)
                if passed is not None and question.id not in passed and applies:
                    return question.id
            elif question.id in case.by_question or self._is_wanted(question, rule_state, by_rules):
                return question.id
        return self._by_advice(case, rule_state) or "check_answers"

    def waiting(self, case: Case, rule_state: RuleState) -> frozenset[str]:
        """The questions without an answer that can still change the result, as things stand."""
        needed = _Needed(self, rule_state)
        return frozenset(
            question.id
            for question in self._questions.values()
            if question.id not in case.by_question and self._is_wanted(question, rule_state, needed)
        )

    def is_answered(self, question: str, case: Case, rule_state: RuleState) -> bool:
        """True when a question has its answer, and need not be asked a second time."""
        answer = case.by_question.get(question)
        return answer is not None and (answer.again or not self.is_asked_again(answer, rule_state))

    def is_asked_again(self, answer: Answer, rule_state: RuleState) -> bool:
        """True when a first answer is asked once more: not sure where time counts or of a number, or again_if."""
        question = self._questions[answer.question]
        critical = question.block or any(self._facts[fact].time_critical for fact in question.facts)
        if (critical or question.bands) and any(is_unsure(value) for value in answer.values.values()):
            return True
        again_if = self._again_if.get(answer.question)
        return again_if is not None and truth(again_if, rule_state.look) == TRUE

    def by_advice_alone(self, question: str, case: Case, rule_state: RuleState) -> bool:
        """True when a question is asked only because an advice waits for it."""
        question_wanted = self._questions[question]
        return (
            question not in case.by_question
            and not question_wanted.block
            and not self._is_wanted(question_wanted, rule_state, _Needed(self, rule_state))
        )

    def _applies(self, question: Question, rule_state: RuleState) -> bool:
        return any(rule_state.applies(fact) == TRUE for fact in question.facts)

    def _is_wanted(self, question: Question, rule_state: RuleState, needed: _Needed) -> bool:
        open_facts = [
            fact for fact in question.facts if not rule_state.known(fact) and rule_state.applies(fact) == TRUE
        ]
        return bool(open_facts) if question.block else any(fact in needed for fact in open_facts)

    def _by_advice(self, case: Case, rule_state: RuleState) -> str | None:
        if "skipped_rest" in case.marks:
            return None
        wanted = self._needed_by_advice(rule_state)
        for entry, ordinary in self._entries:
            question = entry.question
            if not ordinary or question.id in case.by_question:
                continue
            if any(f in wanted and not rule_state.known(f) and rule_state.applies(f) == TRUE for f in question.facts):
                return question.id
        return None

    def _needed_by_advice(self, rule_state: RuleState) -> frozenset[str]:
        at_result = rule_state.at_result(rule_state.range().low)
        audience = audience_of(rule_state.mode)
        facts: set[str] = set()
        for item in self._advice:
            if audience in item.audience:
                facts |= _waits_for(item, at_result)
        for name in list(facts):
            facts |= self._gate_facts(name, rule_state)
        return frozenset(facts)

    def _gate_facts(self, name: str, rule_state: RuleState) -> frozenset[str]:
        gate = self._facts[name].asked_if
        if gate is None or truth(gate, rule_state.look) != OPEN:
            return frozenset()
        direct = needs(gate, rule_state.look)
        return direct.union(*(self._gate_facts(fact, rule_state) for fact in direct))

    def rules_on(self, fact: str) -> list[Rule]:
        """The rules that test a fact."""
        return self._rules_on[fact]

    def gated_by(self, fact: str) -> list[str]:
        """The facts whose gate looks at a fact."""
        return self._gated_by[fact]

    def gate_needs(self, name: str, fact: str, rule_state: RuleState) -> bool:
        """True when an unanswered fact waits for another to know if it applies."""
        gate = self._facts[name].asked_if
        return gate is not None and not rule_state.known(name) and fact in needs(gate, rule_state.look)


class _Needed:
    """Judges whether a fact can still change the result, once for each fact and rule looked at."""

    def __init__(self, wanted: Wanted, rule_state: RuleState) -> None:
        self._wanted = wanted
        self._reading = rule_state
        self._facts: dict[str, bool] = {}
        self._rules: dict[str, frozenset[str]] = {}
        self._needs = Needs(rule_state.look)

    def __contains__(self, fact: str) -> bool:
        if fact not in self._facts:
            self._facts[fact] = False  # gates look at earlier facts only, so no circle is left open
            self._facts[fact] = self._by_rule(fact) or any(
                self._wanted.gate_needs(name, fact, self._reading) and name in self
                for name in self._wanted.gated_by(fact)
            )
        return self._facts[fact]

    @cached_property
    def _reached(self) -> Range:
        return self._reading.range()

    def _by_rule(self, fact: str) -> bool:
        for rule in self._wanted.rules_on(fact):
            if self._reading.rule(rule) == OPEN and self._reached.is_raised_by(rule):
                if rule.id not in self._rules:
                    self._rules[rule.id] = self._needs.of(rule.when)
                if fact in self._rules[rule.id]:
                    return True
        return False


def _waits_for(item: Advice, rule_state: RuleState) -> frozenset[str]:
    """The facts an advice waits for: its offer, or what could block or caution it once offered.

    Nothing is asked only to say a shorter time limit.
    """
    if item.shown_in == WITHIN:
        return frozenset()
    offered, blocks, cautions = rule_state.offer(item)
    if offered == OPEN:
        return needs(item.offer_if, rule_state.look)
    if offered == FALSE or TRUE in blocks or OPEN not in blocks + cautions:
        return frozenset()
    return frozenset().union(*(needs(part, rule_state.look) for part in (*item.blocked_if, *item.caution_if)))


def is_unsure(value: object) -> bool:
    """True when a plain value says "not sure", by itself or as an item of a list."""
    return value == "unknown" or (isinstance(value, list) and "unknown" in value)
