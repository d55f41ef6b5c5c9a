"""Numbers cut into cells: all numbers of a cell meet the same bounds, so a solver need know no more than the cell."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from chatbot.case import Fact, Span
from chatbot.condition import Condition, Within, leaves_of


@dataclass(frozen=True, slots=True)
class Cell:
    """Neighbouring numbers, both ends included, that no bound tells apart."""

    low: float
    high: float


def cells_of(fact: Fact, conditions: Iterable[Condition]) -> tuple[Cell, ...]:
    """The cells of a number fact in rising order: each bound by itself, and what lies between two bounds."""
    ends = {fact.low, fact.high} | ({fact.rises_from} if fact.rises_from is not None else set())
    for condition in conditions:
        for leaf in leaves_of(condition):
            if isinstance(leaf, Within) and leaf.fact == fact.id:
                ends |= {end for end in (leaf.low, leaf.high) if end is not None and fact.low <= end <= fact.high}
    points, cells = sorted(ends), list[Cell]()
    for place, point in enumerate(points):
        cells.append(Cell(point, point))
        if place + 1 < len(points) and (gap := _between(point, points[place + 1], fact.decimals)):
            cells.append(gap)
    return tuple(cells)


def _between(low: float, high: float, decimals: int) -> Cell | None:
    """The numbers between two bounds; a fact that is not whole takes any, its usual steps are shown where they fit."""
    if not decimals:
        return Cell(low + 1, high - 1) if high - low >= 2 else None
    step = 10.0**-decimals
    first, last = round(low + step, decimals), round(high - step, decimals)
    return Cell(first, last) if first <= last else Cell((low + high) / 2, (low + high) / 2)


def place_of(number: float, cells: tuple[Cell, ...]) -> int:
    """The place of the cell in which a number lies; between two cells of a fact that is not whole, the gap's."""
    at = bisect_left([cell.high for cell in cells], number)
    if at < len(cells) and cells[at].low == cells[at].high and number < cells[at].low and at:
        return at - 1
    return min(at, len(cells) - 1)


def first_from(bound: float, cells: tuple[Cell, ...]) -> int:
    """The place of the first cell whose numbers are all at least a bound."""
    return next((at for at, cell in enumerate(cells) if cell.low >= bound), len(cells))


def span_of(low: int, high: int, cells: tuple[Cell, ...]) -> Span:
    """The plainest interval whose ends lie in these cells."""
    return Span(cells[low].low, cells[low].low if low == high else cells[high].low)
