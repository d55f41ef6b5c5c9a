"""Solver terms worked out for many cases at once: each variable is a whole number with one bit for each case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import and_, or_

import z3

from chatbot.proof.symbols import Bool


class Bits:
    """The values of terms, as bits of whole numbers; what the solver is given is what is looked at here."""

    def __init__(self, width: int, true_in: Mapping[str, Iterable[int]]) -> None:
        self.all = (1 << width) - 1
        self._variables = {name: number_of(width, places) for name, places in true_in.items()}
        self._found: dict[int, int] = {}
        self._kept: list[Bool] = []  # a term that is let go leaves its number to another

    def of(self, term: Bool) -> int:
        """The cases in which a term is true."""
        self._kept.append(term)
        waiting = [term]
        while waiting:
            open_term = waiting[-1]
            if open_term.get_id() in self._found:
                waiting.pop()
            elif missing := [part for part in open_term.children() if part.get_id() not in self._found]:
                waiting += missing
            else:
                self._found[open_term.get_id()] = self._combine(
                    open_term, [self._found[part.get_id()] for part in open_term.children()]
                )
                waiting.pop()
        return self._found[term.get_id()]

    def _combine(self, term: Bool, parts: Sequence[int]) -> int:
        kind = term.decl().kind()
        if kind == z3.Z3_OP_AND:
            return reduce(and_, parts, self.all)
        if kind == z3.Z3_OP_OR:
            return reduce(or_, parts, 0)
        if kind == z3.Z3_OP_NOT:
            return self.all & ~parts[0]
        if kind == z3.Z3_OP_IMPLIES:
            return (self.all & ~parts[0]) | parts[1]
        if kind in (z3.Z3_OP_TRUE, z3.Z3_OP_FALSE):
            return self.all if kind == z3.Z3_OP_TRUE else 0
        if kind == z3.Z3_OP_PB_AT_LEAST:
            return self._at_least(term.decl().params()[0], parts)
        if kind == z3.Z3_OP_UNINTERPRETED:
            return self._variables.get(term.decl().name(), 0)
        raise NotImplementedError(term.decl().name())

    def _at_least(self, number: int, parts: Sequence[int]) -> int:
        counted = [self.all] + [0] * number  # in which cases at least so many of the parts seen so far are true
        for part in parts:
            for place in range(number, 0, -1):
                counted[place] |= counted[place - 1] & part
        return counted[number]


def number_of(width: int, places: Iterable[int]) -> int:
    """A whole number with a bit for each of these places."""
    found = bytearray(width // 8 + 1)
    for place in places:
        found[place // 8] |= 1 << (place % 8)
    return int.from_bytes(found, "little")
