"""What must hold between the files of a pack: order, monotone grammar, reach of questions, use of claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chatbot.case import NOT_SURE, Fact
from chatbot.condition import (
    Accepts,
    Condition,
    Not,
    Reached,
    Unanswered,
    Within,
    facts_of,
    leaves_of,
    walk,
)
from chatbot.interview.question import Dialog, Question
from chatbot.packs.node import Node
from chatbot.recommendation.rulebook import Rulebook


def check_content(nodes: Mapping[str, Node], dialog: Dialog, rulebook: Rulebook, exempt: Mapping[str, str]) -> None:
    """Report everything wrong between files, each at the line that would be changed."""
    check = _Check(nodes, dialog, rulebook, exempt)
    check.gates()
    check.rules()
    check.questions()
    check.claims()
    check.advice()


class _Check:
    def __init__(
        self, nodes: Mapping[str, Node], dialog: Dialog, rulebook: Rulebook, exempt: Mapping[str, str]
    ) -> None:
        self.nodes = nodes
        self.dialog = dialog
        self.rulebook = rulebook
        self.exempt = exempt

    def at(self, file: str, *path: str | int) -> Node:
        node = self.nodes[file]
        return Node(node.document, node.problems, path)

    def gates(self) -> None:
        """asked_if looks only at facts asked earlier and does not close as a fact gets worse."""
        seen: list[str] = []
        for name, fact in self.rulebook.facts.items():
            node = self.at("facts.yaml", "facts", name, "asked_if")
            for looked in sorted(facts_of(fact.asked_if) - set(seen)) if fact.asked_if else ():
                node.problem("K001", f"'{name}' is asked if '{looked}', which is asked later; move it up")
            if fact.asked_if and name not in self.exempt:
                for why in self._closes(fact.asked_if):
                    node.problem("K002", f"the gate of '{name}' closes as answers get worse: {why}")
            seen.append(name)
        order = {name: place for place, name in enumerate(self.rulebook.facts)}
        places = {
            name: place for place, question in enumerate(self.dialog.questions.values()) for name in question.facts
        }
        for name, fact in self.rulebook.facts.items():
            for looked in facts_of(fact.asked_if) if fact.asked_if else ():
                if (
                    name in places
                    and looked in places
                    and order[looked] < order[name]
                    and places[looked] > places[name]
                ):
                    self.at("facts.yaml", "facts", name, "asked_if").problem(
                        "K003", f"'{name}' is asked before '{looked}', on which its gate depends; change the dialog"
                    )

    def rules(self) -> None:
        """Rules are monotone by grammar and test no fact that waits for the result."""
        for rule in self.rulebook.rules:
            node = self.at("rules.yaml", "rules", rule.id, "when")
            for part in walk(rule.when):
                if isinstance(part, Reached):
                    node.problem("K004", f"rule '{rule.id}' tests the result; only advice may")
            if rule.id not in self.exempt:
                for why in self._closes(rule.when):
                    node.problem("K005", f"rule '{rule.id}' can stop holding as answers get worse: {why}")
            for name in sorted(facts_of(rule.when)):
                gate = self.rulebook.facts[name].asked_if
                if gate and any(isinstance(leaf, Reached) for leaf in leaves_of(gate)):
                    node.problem(
                        "K006", f"rule '{rule.id}' tests '{name}', which is asked only once the result is known"
                    )

    def _closes(self, condition: Condition) -> Iterator[str]:
        """Why a condition is not monotone: a `not`, or a leaf that a worse value leaves."""
        for part in walk(condition):
            if isinstance(part, Not) and any(self._direction(name) != "free" for name in facts_of(part)):
                yield "it uses 'not' on a fact that can get worse"
            if isinstance(part, Accepts):
                yield from self._gap(part)
            if isinstance(part, Within):
                yield from self._wrong_way(part)

    def _direction(self, name: str) -> str:
        return self.rulebook.facts[name].worse

    def _gap(self, leaf: Accepts) -> Iterator[str]:
        fact = self.rulebook.facts[leaf.fact]
        if fact.worse == "free" or not leaf.values:
            return
        lowest = min(fact.rank(value) for value in leaf.values)
        left = [v for step in fact.steps[lowest:] for v in step if v not in leaf.values]
        above = [v for v in left if fact.rank(v) > lowest]
        if above:
            yield f"'{leaf.fact}' no longer fits when it becomes '{above[-1]}'; use at_least"

    def _wrong_way(self, leaf: Within) -> Iterator[str]:
        worse = self._direction(leaf.fact)
        if worse == "rising" and leaf.high is not None:
            yield f"'{leaf.fact}' rises, so test it with at_least"
        if worse == "falling" and leaf.low is not None:
            yield f"'{leaf.fact}' falls, so test it with at_most"

    def questions(self) -> None:
        """Every fact is asked, every value can be said, every fact of a tick list has a question of its own."""
        asked: dict[str, list[Question]] = {}
        for question in self.dialog.questions.values():
            for name in question.facts:
                asked.setdefault(name, []).append(question)
        for name, fact in self.rulebook.facts.items():
            node = self.at("facts.yaml", "facts", name)
            if name == "interview_mode":
                continue
            if name not in asked:
                node.problem("K007", f"no question asks about '{name}'; add it to dialog.yaml or remove the fact")
                continue
            for value in self._unsayable(fact, asked[name]):
                if f"{name}.{value}" not in self.exempt:
                    node.problem("K008", f"no question can say that '{name}' is '{value}'")
            kinds = {question.kind for question in asked[name]}
            if kinds == {"ticks"} and fact.kind == "one":
                node.problem(
                    "K009", f"'{name}' stands in a tick list only; give it a question of its own for 'not sure'"
                )
        for reserved in set(self.dialog.questions) & {part.id for part in self.dialog.parts}:
            self.at("dialog.yaml", "parts").problem("K010", f"'{reserved}' names both a part and a question")

    def _unsayable(self, fact: Fact, questions: list[Question]) -> Iterator[str]:
        if fact.kind == "number":
            return
        said: set[str] = {str(fact.least)} if fact.kind == "one" and any(q.items for q in questions) else set()
        for question in questions:
            said |= set(question.items_of(fact.id)) | {value for _, value in question.options}
        yield from (value for value in fact.values if value not in NOT_SURE and value not in said)

    def claims(self) -> None:
        """Every claim is used by a rule, an advice or an explanation, or says why not."""
        used = {cite for rule in self.rulebook.rules for cite in rule.cites}
        used |= {cite for item in self.rulebook.advice for cite in item.cites}
        used |= {cite for cites in self.rulebook.cites.values() for cite in cites}
        for name, claim in self.rulebook.library.claims.items():
            node = self.at("claims.yaml", "claims", name)
            if name not in used and not claim.not_encoded:
                node.problem("K011", f"claim '{name}' is used by no rule or advice; use it or say why in not_encoded")
            if name in used and claim.not_encoded:
                node.problem("K012", f"claim '{name}' says it is not encoded, but something cites it")

    def advice(self) -> None:
        """Nothing is both offered and avoided under the same condition, and every sentence of the frame is cited."""
        items = self.rulebook.advice
        for one in items:
            for other in items:
                same = one.about == other.about and one.offer_if == other.offer_if
                if same and one.kind != "avoid" and other.kind == "avoid" and set(one.countries) & set(other.countries):
                    self.at("advice.yaml", "advice", other.id).problem(
                        "K013", f"'{other.id}' avoids what '{one.id}' offers under the same condition"
                    )
            if any(isinstance(leaf, Unanswered) for part in one.blocked_if for leaf in leaves_of(part)):
                self.at("advice.yaml", "advice", one.id).problem("K014", f"'{one.id}' is blocked by an absence")
