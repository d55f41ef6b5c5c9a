"""The body outline: each side drawn in text, and a map of the same shape that says which cell is which area.

Every line stands between bars, so that blanks at its end count. In a map a letter names the area, by the list beneath
it, a dot is no area, and the capital is where the area's letter goes; the cells beside a capital take its brackets.
On the front the person's right is on the left, as when someone stands before you; on the back left is left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Cell = tuple[int, int]

FRONT_PICTURE = """
|      ▗▄▄▄▖      |
|      ▟▗ ▖▙      |
|      ▜   ▛      |
|   ▗▄▄▞▘ ▝▚▄▄▖   |
|  ▗▘         ▝▖  |
|  ▌ ▖       ▗ ▐  |
| ▐  ▐       ▌  ▌ |
| ▌ ▗▘       ▝▖ ▐ |
| ▌ ▌         ▐ ▐ |
| ▝▀▌         ▐▀▘ |
|   ▌    ▄    ▐   |
|   ▐   ▐ ▌   ▌   |
|   ▝▖  ▌ ▐  ▗▘   |
|    ▌  ▌ ▐  ▐    |
|   ▗▙▄▄▌ ▐▄▄▟▖   |
"""
FRONT_MAP = """
|......hhhhh......|
|......hhhhh......|
|......hhHhh......|
|...ccccnNncccc...|
|..ccccccCcccccc..|
|..pprrrrRrrrrqq..|
|.pPpfFfbbbjJjqQq.|
|.ppffffbBbjjjjqq.|
|.ppiiIibbbkKkkqq.|
|.ppiioOoguUukkqq.|
|...tttttGvvvvv...|
|...ttTtt.vvVvv...|
|...ssSss.wwWww...|
|....ssss.wwww....|
|...ddDdd.eeEee...|
"""
FRONT_AREAS = {
    "h": "front_head", "n": "front_neck", "c": "front_chest", "r": "front_ribs", "b": "front_belly",
    "g": "front_genitals",
    "p": "front_arm_right", "q": "front_arm_left",
    "f": "front_flank_right", "j": "front_flank_left",
    "i": "front_hip_right", "k": "front_hip_left",
    "o": "front_groin_right", "u": "front_groin_left",
    "t": "front_thigh_right", "v": "front_thigh_left",
    "s": "front_shin_right", "w": "front_shin_left",
    "d": "front_foot_right", "e": "front_foot_left",
}  # fmt: skip

BACK_PICTURE = """
|      ▗▄▄▄▖      |
|      ▟   ▙      |
|      ▜   ▛      |
|   ▗▄▄▞▘ ▝▚▄▄▖   |
|  ▗▘         ▝▖  |
|  ▌ ▖       ▗ ▐  |
| ▐  ▐       ▌  ▌ |
| ▌ ▗▘       ▝▖ ▐ |
| ▌ ▌         ▐ ▐ |
| ▝▀▌         ▐▀▘ |
|   ▌    ▄    ▐   |
|   ▐   ▐ ▌   ▌   |
|   ▝▖  ▌ ▐  ▗▘   |
|    ▌  ▌ ▐  ▐    |
|   ▗▙▄▄▌ ▐▄▄▟▖   |
"""
BACK_MAP = """
|......hhhhh......|
|......hhhhh......|
|......hhHhh......|
|...uuuunNnuuuu...|
|..uuuuuuUuuuuuu..|
|..ppmmmmMmmmmqq..|
|.pPpfFflLljJjqQq.|
|.ppffffllljjjjqq.|
|.ppiiiixXxkkkkqq.|
|.ppiiiIixkKkkkqq.|
|...ttttt.vvvvv...|
|...ttTtt.vvVvv...|
|...ssSss.wwWww...|
|....ssss.wwww....|
|...ddDdd.eeEee...|
"""
BACK_AREAS = {
    "h": "back_head", "n": "back_neck", "u": "back_upper", "m": "back_middle", "l": "back_low", "x": "back_tailbone",
    "p": "back_arm_left", "q": "back_arm_right",
    "f": "back_flank_left", "j": "back_flank_right",
    "i": "back_buttock_left", "k": "back_buttock_right",
    "t": "back_thigh_left", "v": "back_thigh_right",
    "s": "back_calf_left", "w": "back_calf_right",
    "d": "back_foot_left", "e": "back_foot_right",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class View:
    """One side of the body: its drawing row by row, the area of each cell, and the cell where its letter goes."""

    rows: tuple[str, ...]
    areas: Mapping[Cell, str]
    marks: Mapping[str, Cell]

    @property
    def width(self) -> int:
        """The cells of a row."""
        return len(self.rows[0])

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.rows)


def read_view(picture: str, chart: str, names: Mapping[str, str]) -> View:
    """A side of the body from its drawing, its map and what the map's letters mean; KeyError for any other letter."""
    rows = _between_bars(picture)
    letters = {(x, y): letter for y, row in enumerate(_between_bars(chart)) for x, letter in enumerate(row)}
    areas = {cell: names[letter.lower()] for cell, letter in letters.items() if letter != "."}
    marks = {areas[cell]: cell for cell, letter in letters.items() if letter.isupper()}
    return View(rows, areas, marks)


def _between_bars(text: str) -> tuple[str, ...]:
    return tuple(line.strip("|") for line in text.strip().splitlines())


def beside(left: View, right: View, gap: int) -> View:
    """Two sides of the body as one, the second to the right of the first."""
    shift = left.width + gap
    return View(
        tuple(one + " " * gap + other for one, other in zip(left.rows, right.rows, strict=True)),
        {**left.areas, **{(x + shift, y): area for (x, y), area in right.areas.items()}},
        {**left.marks, **{area: (x + shift, y) for area, (x, y) in right.marks.items()}},
    )


def letter_places(view: View, owners: Mapping[str, str]) -> dict[Cell, str]:
    """Places the letters, given the owner of each area: once in each patch of touching areas of one owner."""
    left = {cell: owners[area] for cell, area in view.areas.items() if area in owners}
    places: dict[Cell, str] = {}
    while left:
        owner = left[cell := next(iter(left))]
        patch = _patch(cell, left)
        for inside in patch:
            del left[inside]
        marks = [mark for mark in view.marks.values() if mark in patch]
        middle = tuple(sum(axis) / len(patch) for axis in zip(*patch, strict=True))
        if marks:
            places[min(marks, key=lambda mark: (abs(mark[0] - middle[0]) + abs(mark[1] - middle[1]), mark[1]))] = owner
    return places


def _patch(start: Cell, owners: Mapping[Cell, str]) -> set[Cell]:
    patch, ahead = {start}, [start]
    while ahead:
        x, y = ahead.pop()
        for near in ((x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)):
            if near not in patch and owners.get(near) == owners[start]:
                patch.add(near)
                ahead.append(near)
    return patch


GAP = 2
FRONT = read_view(FRONT_PICTURE, FRONT_MAP, FRONT_AREAS)
BACK = read_view(BACK_PICTURE, BACK_MAP, BACK_AREAS)
BODY = beside(FRONT, BACK, GAP)
