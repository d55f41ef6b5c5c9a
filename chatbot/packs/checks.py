"""What must hold between the files of a pack: order, monotone grammar, reach of questions, use of claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from chatbot.case import INTERVIEW_MODE, Fact
from chatbot.condition import Condition, Leaf, Reached, Unanswered, facts_of, leaves_of, walk
from chatbot.interview.question import Dialog
from chatbot.packs.monotone import closes, waiting_for_the_result
from chatbot.packs.node import Node, did_you_mean, short
from chatbot.packs.reachability import asked_by, critical, unread, unsayable, without_own_question, worrying
from chatbot.recommendation.rulebook import PRIMARY_CARE, Advice, Rule, Rulebook, waits_for

# Kinds of advice that tell somebody what would send them to more urgent help.
WARNING = ("safety_net", "follow_up")
# Those that may say which finding they mean: a medicine, too, can make something dangerous that was told already.
MAY_WARN = (*WARNING, "medicine")


def check_content(
    nodes: Mapping[str, Node], dialog: Dialog, rulebook: Rulebook, exemptions: Iterable[tuple[Node, str]]
) -> None:
    """Report everything wrong between files, each at the line that would be changed."""
    check = _Check(nodes, dialog, rulebook, {what.text(): what for what, _ in exemptions})
    check.exemptions()
    check.gates()
    check.rules()
    check.questions()
    check.emergencies()
    check.claims()
    check.advice()
    check.warnings()


class _Check:
    def __init__(
        self, nodes: Mapping[str, Node], dialog: Dialog, rulebook: Rulebook, exempt: Mapping[str, Node]
    ) -> None:
        self.nodes = nodes
        self.dialog = dialog
        self.rulebook = rulebook
        self.exempt = exempt

    def at(self, file: str, *path: str | int) -> Node:
        node = self.nodes[file]
        return Node(node.document, node.problems, path)

    def exemptions(self) -> None:
        """Every exemption names a rule, a fact, a value of a fact, or what the emergency block may leave open."""
        known = [rule.id for rule in self.rulebook.rules]
        block = [question for question in self.dialog.questions.values() if question.block]
        known += [f"emergency_block.{name}" for question in block for name in question.facts]
        known += [name for fact in self.rulebook.facts.values() for name in _names(fact)]
        known += [f"unread.{name}" for fact in self._critical() for name in worrying(fact)]
        known += [f"hearing.{name}" for question in block for name in question.facts]
        known += [
            f"hearing.{name}.{value}" for q in block for name in q.facts for value in self.rulebook.facts[name].values
        ]
        known += [f"means.{item.id}" for item in self._warning() if item.means is None]
        for what, node in self.exempt.items():
            if what not in known:
                near = did_you_mean(what, known) or "; name a rule, a fact, or fact.value"
                node.problem("K015", f"there is nothing called '{short(what)}' to exempt{near}")

    def gates(self) -> None:
        """asked_if looks only at facts asked earlier and does not close as a fact gets worse."""
        seen: list[str] = []
        for name, fact in self.rulebook.facts.items():
            node = self.at("facts.yaml", "facts", name, "asked_if")
            for looked in sorted(waits_for(fact) - set(seen)):
                node.problem("K001", f"'{name}' is asked if '{looked}', which is asked later; move '{looked}' up")
            if fact.asked_if and name not in self.exempt:
                for why in closes(fact.asked_if, self.rulebook.facts):
                    node.problem("K002", f"the gate of '{name}' closes as answers get worse: {why}")
            seen.append(name)
        self._order_of_questions()

    def _order_of_questions(self) -> None:
        order = {name: place for place, name in enumerate(self.rulebook.facts)}
        places = {name: at for at, question in enumerate(self.dialog.questions.values()) for name in question.facts}
        for name, fact in self.rulebook.facts.items():
            looks_at = facts_of(fact.asked_if) if fact.asked_if else frozenset[str]()
            for looked in sorted(looks_at & places.keys()):
                if name in places and order[looked] < order[name] and places[looked] > places[name]:
                    self.at("facts.yaml", "facts", name, "asked_if").problem(
                        "K003", f"'{name}' is asked before '{looked}', on which its gate depends; change the dialog"
                    )

    def rules(self) -> None:
        """Rules are monotone by grammar and test no fact that waits for the result."""
        late = waiting_for_the_result(self.rulebook.facts)
        for rule in self.rulebook.rules:
            node = self.at("rules.yaml", "rules", rule.id, "when")
            if any(isinstance(part, Reached) for part in self._parts(rule)):
                node.problem("K004", f"rule '{rule.id}' tests the result; only advice may")
            if rule.id not in self.exempt:
                for why in closes(rule.when, self.rulebook.facts, is_rule=True):
                    node.problem("K005", f"rule '{rule.id}' can stop holding as answers get worse: {why}")
            for name in sorted(facts_of(rule.when) & late):
                node.problem("K006", f"rule '{rule.id}' tests '{name}', which is asked only once the result is known")
            if rule.kinds and rule.time < PRIMARY_CARE:
                self.at("rules.yaml", "rules", rule.id, "imaging").problem(
                    "K018", f"rule '{rule.id}' wants imaging and sends to nobody, so that the imaging would be lost; "
                    "give it primary_care or more",
                )  # fmt: skip

    def _parts(self, rule: Rule) -> Iterator[Condition]:
        yield from walk(rule.when)
        if rule.named_if is not None:
            yield from walk(rule.named_if)

    def questions(self) -> None:
        """Every fact is asked, and every value of it can be said and be not known."""
        asked = asked_by(self.dialog)
        for name, fact in self.rulebook.facts.items():
            node = self.at("facts.yaml", "facts", name)
            if name == INTERVIEW_MODE:
                continue
            if name not in asked:
                node.problem("K007", f"no question asks about '{name}'; add it to dialog.yaml or remove the fact")
                continue
            for value in unsayable(fact, asked[name]):
                if f"{name}.{value}" not in self.exempt:
                    node.problem("K008", f"no question can say that '{name}' is '{value}'; add an option or a line")
            for why in without_own_question(fact, asked[name]):
                node.problem("K009", f"'{name}' {why}; give it a question of its own")
        for part in self.dialog.parts:
            if part.id in self.dialog.questions:
                self.at("dialog.yaml", "parts", part.id).problem(
                    "K010", f"'{part.id}' names both a part and a question; rename the part"
                )

    def _critical(self) -> Iterator[Fact]:
        return critical(self.rulebook.facts.values(), self.dialog)

    def emergencies(self) -> None:
        """A rule looks at everything worrying that the emergency block, or a fact that cannot wait, can say."""
        leaves: dict[str, list[Leaf]] = {}
        for leaf in (leaf for rule in self.rulebook.rules for leaf in leaves_of(rule.when)):
            if not isinstance(leaf, Reached):
                leaves.setdefault(leaf.fact, []).append(leaf)
        for fact in self._critical():
            for what in unread(fact, leaves.get(fact.id, ())):
                if f"unread.{what}" not in self.exempt:
                    self.at("facts.yaml", "facts", fact.id).problem(
                        "K016", f"no rule looks at '{what}', so that it is asked and changes nothing; add a rule, or "
                        f"exempt unread.{what} with the reason",
                    )  # fmt: skip

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
        """Nothing is both offered and avoided under the same condition, and no advice is blocked by an absence."""
        items = self.rulebook.advice
        avoided: dict[str, list[Advice]] = {}
        for item in items:
            if item.kind == "avoid":
                avoided.setdefault(item.about, []).append(item)
        for one in items:
            for other in avoided.get(one.about, ()) if one.kind != "avoid" else ():
                if one.offer_if == other.offer_if and set(one.countries) & set(other.countries):
                    self.at("advice.yaml", "advice", other.id).problem(
                        "K013", f"'{other.id}' avoids what '{one.id}' offers under the same condition; change one"
                    )
            if any(isinstance(leaf, Unanswered) for part in one.blocked_if for leaf in leaves_of(part)):
                self.at("advice.yaml", "advice", one.id).problem(
                    "K014", f"'{one.id}' is blocked by an absence; an unanswered block already withholds it"
                )

    def _warning(self) -> Iterator[Advice]:
        return (item for item in self.rulebook.advice if item.kind in WARNING)

    def warnings(self) -> None:
        """A line that says what to watch for, or what comes next, says which finding it means."""
        for item in self._warning():
            if item.means is None and f"means.{item.id}" not in self.exempt:
                self.at("advice.yaml", "advice", item.id).problem(
                    "K017", f"'{item.id}' does not say which finding it means; add 'means' and 'sends_to', or exempt "
                    f"means.{item.id} with the reason",
                )  # fmt: skip
        for item in self.rulebook.advice:
            if item.means is not None:
                self._meaning(item)

    def _meaning(self, item: Advice) -> None:
        if item.sends_to < PRIMARY_CARE:
            self.at("advice.yaml", "advice", item.id, "sends_to").problem(
                "K019", f"'{item.id}' sends somebody with a finding to nobody; name a level from primary_care on"
            )
        if item.kind and item.kind not in MAY_WARN:
            self.at("advice.yaml", "advice", item.id, "means").problem(
                "K020", f"'{item.id}' is no warning and means no finding; only {', '.join(MAY_WARN)} may"
            )


def _names(fact: Fact) -> Iterator[str]:
    yield fact.id
    yield from (f"{fact.id}.{value}" for value in fact.values)
