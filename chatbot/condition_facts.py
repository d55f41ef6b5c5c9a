"""Two more readings of a condition: the facts that an open one still needs, and those behind a true one."""

from __future__ import annotations

from chatbot.condition import (
    FALSE,
    OPEN,
    TRUE,
    Algebra,
    Condition,
    Leaf,
    Look,
    Not,
    Parts,
    Reached,
    Term,
    Truth,
    count,
    facts_of,
    fold,
    truth,
)

Weighed = tuple[Truth, frozenset[str]]
_NO_FACT: frozenset[str] = frozenset()


def _fact_of(leaf: Leaf) -> frozenset[str]:
    return _NO_FACT if isinstance(leaf, Reached) else frozenset([leaf.fact])


class Needs(Algebra[Weighed]):
    """Truth, and while it is open the facts that are; conditions of one pack and one case share their parts."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._leaves: dict[Leaf, Weighed] = {}
        self._terms: dict[str, Weighed] = {}

    def of(self, condition: Condition) -> frozenset[str]:
        """The facts whose answer can still decide an open condition; none when it is decided."""
        return fold(condition, self)[1]

    def leaf(self, leaf: Leaf) -> Weighed:
        weighed = self._leaves.get(leaf)
        if weighed is None:
            found = self._look(leaf)
            weighed = self._leaves[leaf] = (found, _fact_of(leaf) if found == OPEN else _NO_FACT)
        return weighed

    def term(self, term: Term) -> Weighed:
        weighed = self._terms.get(term.name)
        if weighed is None:
            weighed = self._terms[term.name] = fold(term.of, self)
        return weighed

    def all_of(self, parts: Parts[Weighed]) -> Weighed:
        facts: list[frozenset[str]] = []
        for found, needed in parts:
            if not found:
                return FALSE, _NO_FACT
            if found == OPEN:
                facts.append(needed)
        return (OPEN, _NO_FACT.union(*facts)) if facts else (TRUE, _NO_FACT)

    def any_of(self, parts: Parts[Weighed]) -> Weighed:
        facts: list[frozenset[str]] = []
        for found, needed in parts:
            if found == TRUE:
                return TRUE, _NO_FACT
            if found:
                facts.append(needed)
        return (OPEN, _NO_FACT.union(*facts)) if facts else (FALSE, _NO_FACT)

    def count_of(self, at_least: int, parts: Parts[Weighed]) -> Weighed:
        weighed = list(parts)
        found = count(at_least, [part for part, _ in weighed])
        return found, _NO_FACT.union(*(needed for _, needed in weighed)) if found == OPEN else _NO_FACT

    def negated(self, condition: Not) -> Weighed:
        found, needed = fold(condition.of, self)
        return TRUE - found, needed


def needs(condition: Condition, look: Look) -> frozenset[str]:
    """The facts whose answer can still decide an open condition; none when it is decided."""
    return Needs(look).of(condition)


class _Because(Algebra[Weighed]):
    """Truth, and where it is true the facts that make it so."""

    def __init__(self, look: Look) -> None:
        self._look = look

    def leaf(self, leaf: Leaf) -> Weighed:
        found = self._look(leaf)
        return found, _fact_of(leaf) if found == TRUE else _NO_FACT

    def all_of(self, parts: Parts[Weighed]) -> Weighed:
        least, facts = TRUE, list[frozenset[str]]()
        for found, behind in parts:
            if not found:
                return FALSE, _NO_FACT
            least = min(least, found)
            facts.append(behind)
        return least, _NO_FACT.union(*facts) if least == TRUE else _NO_FACT

    def any_of(self, parts: Parts[Weighed]) -> Weighed:
        weighed = list(parts)
        most = max((found for found, _ in weighed), default=FALSE)
        return most, _NO_FACT.union(*(behind for _, behind in weighed)) if most == TRUE else _NO_FACT

    def count_of(self, at_least: int, parts: Parts[Weighed]) -> Weighed:
        weighed = list(parts)
        found = count(at_least, [part for part, _ in weighed])
        return found, _NO_FACT.union(*(behind for _, behind in weighed)) if found == TRUE else _NO_FACT

    def negated(self, condition: Not) -> Weighed:
        found = TRUE - truth(condition.of, self._look)
        return found, facts_of(condition) if found == TRUE else _NO_FACT


def because(condition: Condition, look: Look) -> frozenset[str]:
    """The facts whose answers make a true condition true."""
    return fold(condition, _Because(look))[1]
