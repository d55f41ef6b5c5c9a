"""One line to choose from, and one region of a picture beside the lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# How lines are answered: one of them, any of them, each with a reply of its own; rows are chosen to do something.
Kind = Literal["one", "many", "replies", "rows"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what stands before it, what it says, what is said beneath it while it is at hand, what it does.

    A line that stands `alone` among lines with replies has none.
    """

    id: str
    text: str
    label: str = ""
    beneath: str = ""
    action: str = ""
    heading: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Region:
    """One option of the list beside the figure: its letter and name there, and its areas of the body outline."""

    option: str
    letter: str
    name: str
    areas: tuple[str, ...]
